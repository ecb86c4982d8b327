"""The trigger lexicon: which written words tell an event, of which type, and what stands round them.

    lexicon = load_triggers()
    lexicon.lookup("قصفت")                         # the verb قصف, third person feminine, past
    lexicon.match_at(("سيارة", "مفخخة"), 0)        # nouns of several words first, the longest first

Homographs (قتل the verb and the masdar) give all readings; the reader picks by the word's class.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from extractors.inflection import (
    Analysis,
    Features,
    analyse,
    changed,
    nisba_forms,
    noun_forms,
    passive_of,
    verb_forms,
)
from extractors.normalise import fold
from extractors.trigger_files import PREPOSITIONS, Trigger, read_triggers
from schema.ontology import load_ontology

__all__ = ["Match", "Trigger", "TriggerLexicon", "Words", "fits", "load_triggers", "slot_of"]

_VERBS = ("verb", "light")
#: Written apart from the noun by the tokenizer, or not: بالإعدام, ب + الإعدام.
_PROCLITICS = frozenset("بلكو")
_LETTERS = frozenset("وفسبلك")
_SLOT_OF = {fold(word): word for word in PREPOSITIONS} | {"الي": "إلى", "لل": "ل"}
_PRONOUNS = ("هما", "ها", "هم", "هن", "ه")
_ENDINGS = ("يه", "تان", "تين", "ات", "ان", "ون", "ين", "ا", "ه")


@dataclass(frozen=True, slots=True)
class Match:
    """A reading of one written form. `analysis` is set where attached particles had to be taken off."""

    trigger: Trigger
    features: Features
    analysis: Analysis | None = None


class Words(NamedTuple):
    """A match from one position on: it covers `length` forms."""

    trigger: Trigger
    length: int
    features: Features


def slot_of(preposition: str) -> str | None:
    """The slot that a written preposition stands for, None where it is no slot."""
    return _SLOT_OF.get(fold(preposition))


@lru_cache(maxsize=20_000)
def _stems(form: str) -> frozenset[str]:
    """The folded word without ال, and without each inflectional ending: what `with` and `without` list."""
    key = fold(form).removeprefix("ال") or fold(form)
    found = {key}
    for pronoun in _PRONOUNS:
        if key.endswith(pronoun) and len(key) - len(pronoun) >= 3:
            noun = key[: -len(pronoun)]
            found |= {noun, noun[:-1] + "ه"} if noun.endswith("ت") else {noun}
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            found |= {key[: -len(ending)], key[: -len(ending)] + "ه"}
    return frozenset(found)


def _heads(words: Collection[str]) -> set[str]:
    return set().union(*(_stems(word) for word in words)) if words else set()


def fits(
    trigger: Trigger,
    fillers: Mapping[str, Collection[str]],
    sentence: Collection[str] = (),
    near: Collection[str] | None = None,
) -> bool:
    """Whether the slots' head words allow this trigger.

    `fillers` maps each filled slot to its head words as written (in a passive clause give the subject under
    `obj` too); for the pseudo-slot `any`, `sentence` holds all written words, which `without` looks through,
    and `near` those round the trigger, which `with` does (default: the sentence).
    """
    if any(not fillers.get(slot) for slot in trigger.needs):
        return False
    for slot, words in trigger.with_.items():
        around = sentence if near is None else near
        if words.isdisjoint(_heads(around if slot == "any" else fillers.get(slot, ()))):
            return False
    return all(
        words.isdisjoint(_heads(sentence if slot == "any" else fillers.get(slot, ())))
        for slot, words in trigger.without.items()
    )


class TriggerLexicon:
    """Look-up from written forms to triggers. Build it once (`load_triggers`)."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        self.triggers = tuple(triggers)
        self._forms: dict[str, list[Match]] = {}
        self._phrases: dict[str, list[tuple[Trigger, Features]]] = {}
        self._readings = lru_cache(maxsize=50_000)(self._read)
        plurals: dict[str, tuple[str, ...]] = {}
        for trigger in triggers:
            if trigger.kind == "noun" and not trigger.words and trigger.plurals:
                plurals.setdefault(trigger.lemma, trigger.plurals)
        for trigger in triggers:
            if trigger.words:
                head = trigger.lemma.split()[0]
                own = tuple(plural.split()[0] for plural in trigger.plurals)
                many = own or plurals.get(head, _sound(head))
                for form, features in noun_forms(head, many, trigger.gender).items():
                    self._phrases.setdefault(form, []).append((trigger, features))
            else:
                for form, features in _forms_of(trigger, plurals).items():
                    self._forms.setdefault(form, []).append(Match(trigger, features))
        for trigger in triggers:
            if trigger.type is None and trigger.kind == "noun" and not trigger.words:
                for form, features in noun_forms(trigger.lemma, _sound(trigger.lemma)).items():
                    verbs = [m for m in self._forms.get(form, ()) if m.trigger.kind in _VERBS]
                    self._forms[form] = [*verbs, Match(trigger, features)]
        for matches in self._forms.values():
            if len(matches) > 1:
                matches.sort(key=lambda match: _generality(match.trigger))

    def lookup(self, form: str) -> tuple[Match, ...]:
        """All readings of a written form, the most particular first.

        Particles are taken off only where the whole form is unknown.
        """
        return self._readings(fold(form))

    def _read(self, key: str) -> tuple[Match, ...]:
        if found := self._forms.get(key):
            return tuple(found)
        for analysis in analyse(key)[1:]:
            matches = self._forms.get(analysis.core, ())
            allowed = tuple(replace(m, analysis=analysis) for m in matches if _may_carry(m, analysis))
            if allowed:
                return allowed
        return ()

    def match_at(self, forms: Sequence[str], i: int) -> list[Words]:
        """The triggers that begin at position `i` of a sentence's forms, the longest first.

        Attached particles may stand as forms of their own (ب، الإعدام) or not (بالإعدام).
        """
        found: list[Words] = []
        for trigger, features in self._phrases.get(fold(forms[i]), ()):
            end = i + 1
            for word in trigger.words[1:]:
                end = _take(word, forms, end)
                if not end:
                    break
            else:
                found.append(Words(trigger, end - i, features))
        found.sort(key=lambda words: -words.length)
        found += [Words(match.trigger, 1, match.features) for match in self.lookup(forms[i])]
        return found or self._mistaken(forms, i)

    def _mistaken(self, forms: Sequence[str], i: int) -> list[Words]:
        """What the tokenizer took for something else: a first radical for a particle, a verb's ت for ة.

        و، افقت is وافقت; س، يطروا is سيطروا; دربة، ها is دربتها.
        """
        key, after = fold(forms[i]), forms[i + 1] if i + 1 < len(forms) else ""
        whole: Sequence[Match] = ()
        length = 1
        if key in _LETTERS and after and not self.lookup(after):
            whole, length = self._forms.get(key + fold(after), ()), 2
        elif forms[i].endswith("ة") and fold(after) in _PRONOUNS:
            whole = [m for m in self._forms.get(key[:-1] + "ت", ()) if m.trigger.kind in _VERBS]
        return [Words(match.trigger, length, match.features) for match in whole]


def _generality(trigger: Trigger) -> tuple[bool, bool, bool]:
    """Sorts the reading that asks for most first: a slot's head, a word of the sentence, a slot."""
    return trigger.with_.keys() <= {"any"}, not trigger.with_, not trigger.needs


def _forms_of(trigger: Trigger, plurals: Mapping[str, tuple[str, ...]]) -> dict[str, Features]:
    """The written forms of a trigger of one word."""
    lemma = trigger.lemma
    if trigger.verb is not None:
        return {form: found for form, found in _verb_forms(trigger).items() if _is_usual(form, found)}
    if trigger.kind in ("agent", "patient") and not trigger.plurals:
        return noun_forms(lemma) | nisba_forms(lemma)
    if trigger.kind == "masdar" and len(lemma) < 4:  # their dual and plural are other words (ضمان)
        return {form: found for form, found in noun_forms(lemma).items() if found.number == "s"}
    if trigger.kind == "light":  # إجراءات are measures, not the acts of carrying out
        return noun_forms(lemma, ())
    forms = noun_forms(lemma, trigger.plurals or plurals.get(lemma, _sound(lemma)), trigger.gender)
    if not lemma.endswith("ة"):  # حربي is the adjective, not "the two wars of"
        forms = {form: found for form, found in forms.items() if found.number != "d" or form[-1] != "ي"}
    return forms


def _verb_forms(trigger: Trigger) -> dict[str, Features]:
    assert trigger.verb is not None
    active = verb_forms(*trigger.verb)
    if trigger.passive is None and "obj" not in trigger.frame:
        return {form: changed(features, "voice", trigger.voice) for form, features in active.items()}
    past, present = trigger.passive or passive_of(*trigger.verb)
    if trigger.passive is None and len(past) == 3 and past[1] == "ي":
        past = trigger.verb[0]  # قيد، زير: such passives are not used, and their letters are other words
    passive = verb_forms(past, present)
    forms = {form: changed(features, "voice", "passive") for form, features in passive.items()}
    for form, features in active.items():
        other = passive.get(form)
        if other is not None and other.person == 3 and features.person != 3:
            continue  # أصيب is "was hit", not "I hit"
        same = other is not None and other.tense == features.tense
        forms[form] = changed(features, "voice", "either" if same else "active")
    return forms


def _is_usual(form: str, features: Features) -> bool:
    """Whether news writes such a form; the others mostly have the letters of another word (ضمن، أجل)."""
    if features.person == 2 or (features.person == 1 and features.voice == "passive"):
        return False
    if features.mood == "jussive":
        return len(form) > 4 and features.person == 3
    if features.gender == "f" and features.number == "p":
        return len(form) > 5 and form[-2] not in "يو"
    return features.person != 1 or len(form) > 4 or form.endswith("و")


def _sound(noun: str) -> tuple[str, ...]:
    """The plural in ات, which verbal nouns and nouns in ة take (اعتقالات، غارات)."""
    return ((noun[:-1] if noun.endswith("ة") else noun) + "ات",)


def _may_carry(match: Match, analysis: Analysis) -> bool:
    """Whether the particles taken off may stand on such a word, and the rest is long enough to be trusted."""
    features, core, suffix = match.features, analysis.core, analysis.suffix
    particles = [prefix for prefix in analysis.prefixes if prefix not in ("و", "ف")]
    if suffix in ("ي", "ك", "ني", "كن"):  # nearly always part of an adjective (حربي) or of the stem (هناك)
        return False
    if features.tense is not None:
        if features.voice == "passive" or features.person != 3 or len(core) < (4 if suffix else 3):
            return False
        if "س" in particles or particles == ["ل"]:
            return features.tense == "present" and len(core) > 3
        return not particles and not core.startswith("ال")
    if len(core) == 2:  # بشن، لصد
        return particles in (["ب"], ["ل"]) and not suffix and match.trigger.kind in ("light", "masdar")
    if "س" in particles or len(core) < 3 or (suffix and (features.definite or core.startswith("ال"))):
        return False
    return not suffix or len(core) > 4 or match.trigger.kind not in ("agent", "patient")


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> frozenset[str]:
    """The forms that a later word of a phrase may take: with ال, and agreeing with its noun."""
    stem = word.removeprefix("ال").removesuffix("ه")
    if stem.endswith("ي") or word.endswith("ه"):
        agreeing = {stem + ending for ending in ("", "ه", "ان", "ين", "تان", "تين", "ات", "ون", "ا")}
    else:
        agreeing = {word.removeprefix("ال"), word.removeprefix("ال") + "ه"}
    return frozenset(agreeing | {"ال" + form for form in agreeing} | {word})


def _take(word: str, forms: Sequence[str], at: int) -> int:
    """The position after `word` (folded) when it stands at `at`, else 0."""
    if at >= len(forms):
        return 0
    key = fold(forms[at])
    if key in _spellings(word):
        return at + 1
    if word[0] in _PROCLITICS and key == word[0] and at + 1 < len(forms):
        rest = word[1:]
        rest = "ال" + rest[1:] if word.startswith("لل") else rest
        return at + 2 if fold(forms[at + 1]) in _spellings(rest) else 0
    return 0


@lru_cache(maxsize=1)
def load_triggers() -> TriggerLexicon:
    """The shipped lexicon, read and checked once.

    Raises:
        OntologyError: a lexicon file is wrong; the message names the file and the entry.
    """
    return TriggerLexicon(read_triggers(load_ontology()))
