"""Which words tell an event, of which type: triggers that fit what stands round them, one reading a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.arguments import Slots
from extractors.base import Mention
from extractors.called import is_naming
from extractors.clause import Clause
from extractors.gazetteer import load_gazetteer
from extractors.inflection import Features
from extractors.lexicon_words import function_words
from extractors.noun_arguments import noun_slots
from extractors.phrases import QUOTES, are_people, definite
from extractors.triggers import Trigger, fits, load_triggers
from extractors.type_groups import COUNTED, STRIKES
from extractors.verb_arguments import intransitive, verb_slots

_VERBAL = frozenset({"verb", "light"})
#: How many words before and after a trigger may tell its sense (طائرات قصفت، لقي عشرة من الجنود حتفهم).
_BEFORE, _AFTER = 8, 16
#: How many words after a number or a word of quantity may be what is counted.
_COUNTED = 3
#: Particles that shorten a present (لم يستعد، لا تقل).
_SHORTENING = (["لم"], ["لا"], ["لما"], ["ل"], ["فل"])
_NOMINAL_TAGS = frozenset({"NOUN", "PROPN", "X", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger at words `first`..`last` (from 1) of a sentence, with its slots."""

    trigger: Trigger
    features: Features
    sentence: int
    first: int
    last: int
    slots: Slots

    @property
    def verbal(self) -> bool:
        """Whether it is a verb (or light verb) rather than a noun."""
        return _is_verbal(self.trigger, self.features)


def detect(clause: Clause, mentions: list[Mention]) -> list[Found]:
    """The triggers of a sentence in text order; words inside names and dates tell no event."""
    hidden = clause.times | {
        i
        for m in mentions
        if m.form in ("name", "title")
        and not (m.rule == "head noun" or (m.kind == "place" and m.form == "description"))
        for i in range(m.first, m.last + 1)
    }
    hidden |= {m.first for m in mentions if m.type == "Coalition" and clause.has_article(m.first)}
    people = [m for m in mentions if m.type == "Person" and m.form == "name" and m.first > 1]
    hidden |= {m.first - 1 for m in people if is_naming(clause.sentence, m.first - 1)}
    bodies = [m for m in mentions if m.rule == "head noun" and m.form == "name"]
    heads = {m.first for m in bodies}
    hidden |= {i for m in bodies for i in range(m.first, m.last + 1) if i != m.tie}
    found: list[Found] = []
    kept = [i for i, w in enumerate(clause.words) if w.text not in QUOTES]
    keys = [clause.words[i].text for i in kept]
    at = 0
    while at < len(kept):
        index = kept[at] + 1
        headed = index in heads  # حملة اعتقالات is no body, though its first word may head the name of one
        if index in hidden and not headed and not clause.tells_more(index):
            at += 1
            continue
        best = _best(clause, keys, at, kept)
        if best is None or (headed and best[1] == 1):
            at += 1
            continue
        trigger, length, features, slots = best
        if trigger.type is not None or trigger.kind == "light":
            found.append(
                Found(trigger, features, clause.sentence.index, index, kept[at + length - 1] + 1, slots)
            )
        at += length if trigger.kind != "light" else 1
    return found


def _best(
    clause: Clause, keys: list[str], at: int, kept: list[int]
) -> tuple[Trigger, int, Features, Slots] | None:
    """The reading that fits: longest first, then the most particular."""
    index = kept[at] + 1
    tag = clause.word(index).upos
    readings = [(w.trigger, w.length, w.features) for w in load_triggers().match_at(keys, at)]
    if not readings:
        return None
    if len(keys[at]) == 1:  # a word's first radical taken for a particle (و، افقت)
        index = kept[at + 1] + 1
        tag = clause.word(index).upos
    lone = any(r[0].kind == "verb" and r[0].type in STRIKES for r in readings) and _before_one(clause, index)
    if tag == "NOUN" and (lone or _opens_clause(clause, index) or _before_subject(clause, index)):
        tag = "VERB" if any(r[0].kind in _VERBAL and r[2].tense == "past" for r in readings) else tag
    if tag == "NOUN" and _goes_on(clause, index, readings):
        tag = "VERB"
    if clause.keys[index - 2 : index - 1] not in _SHORTENING:
        readings = [r for r in readings if r[2].mood != "jussive"]  # لم يستعد, not يستعد ل
    readings = _agreeing(clause, index, list(_of_class(readings, tag)))
    people = load_gazetteer().head(keys[at])
    forces = people is not None and people.number == "p" and index in clause.phrases
    if people and people.head.member_of is None and (people.head.type == "Population" or forces):
        # The plural of a noun for people or aircraft may look like a verbal noun (طلبة, students; طلب, a
        # demand; مقاتلات, fighters).
        readings = [r for r in readings if r[0].kind not in ("masdar",)]
    if _qualifies(clause, index):
        readings = [r for r in readings if r[0].kind != "masdar" or not _has_twin(r[0], readings)]
    readings.sort(key=lambda r: (-r[1], not r[0].with_, not r[0].needs))
    verbal: dict[Features, Slots] = {}  # what is the subject depends on the form
    nominal: dict[int, Slots] = {}  # by the last word
    for trigger, length, features in readings:
        last = kept[at + length - 1] + 1
        if _is_verbal(trigger, features):
            if features not in verbal:
                verbal[features] = verb_slots(clause, index, features)
            slots = verbal[features] if trigger.takes_object else intransitive(verbal[features], index)
        else:
            if last not in nominal:
                nominal[last] = noun_slots(clause, index, last)
            slots = nominal[last]
            if trigger.kind == "agent" and slots.get("by") and _has_twin(trigger, readings):
                continue  # المدينة المحاصرة من قبل X: who does it is named apart
        if not (trigger.needs or trigger.with_ or trigger.without):
            return trigger, length, features, slots
        fillers = {
            slot: [word for i in indexes for word in _heads(clause, i)]
            for slot, indexes in slots.fillers.items()
        }
        if _is_verbal(trigger, features):
            objects = [
                *fillers.get("obj", []),
                *(fillers.get("subj", []) if slots.passive or not fillers.get("obj") else []),
            ]
            fillers = {**fillers, "obj": objects}
        fillers["self"] = [clause.word(index).text]
        sentence = [w.text for w in clause.words]
        if fits(trigger, fillers, sentence, near=sentence[max(0, index - 1 - _BEFORE) : last + _AFTER]):
            return trigger, length, features, slots
    return None


def _qualifies(clause: Clause, index: int) -> bool:
    """Whether a word has the article as the noun, name or adjective before it: it describes that
    (مدينة كوباني المحاصرة), as a participle does and no verbal noun.
    """
    if index < 2 or not clause.has_article(index):
        return False
    before = clause.word(index - 1)
    named = any(last == index - 1 for last in clause.phrases.values())
    return clause.word(index).upos == "ADJ" or ((named or definite(before)) and before.upos in _NOMINAL_TAGS)


def _has_twin(trigger: Trigger, readings: list[tuple[Trigger, int, Features]]) -> bool:
    """Whether the letters of a verbal noun or active participle are another participle of the same verb as
    well (المحاصرة).
    """
    others = [t for t, _, _ in readings if t.type == trigger.type and t.kind != trigger.kind]
    return any(t.kind in ("agent", "patient") for t in others)


def _is_verbal(trigger: Trigger, features: Features) -> bool:
    """Whether it is read as a verb; a light verb's verbal noun (قيام، شن) has the slots of a noun."""
    return trigger.kind in _VERBAL and (trigger.kind == "verb" or features.tense is not None)


def _opens_clause(clause: Clause, index: int) -> bool:
    """Whether a word that may be a verb stands first, before a definite doer and a second noun phrase
    (قصف الجيش مواقع). The tagger takes such verbs for nouns; a noun's idafa has no place for the second
    phrase.
    """
    if (
        index > 1 and clause.word(index - 1).upos not in ("CCONJ", "PUNCT")
    ) or index + 1 not in clause.phrases:
        return False
    after = clause.phrases[index + 1]
    known = definite(clause.word(index + 1)) or definite(clause.word(after))  # الجيش, طيران التحالف
    if not known or after >= len(clause.words):
        return False
    if after + 1 in clause.phrases and are_people(clause.keys[after]):
        return True  # قصف الجيش الأوكراني الانفصاليين
    return clause.words[after].upos == "NOUN" and not definite(clause.words[after])


def _goes_on(clause: Clause, index: int, readings: list[tuple[Trigger, int, Features]]) -> bool:
    """Whether و joins the word to a verb of harm before it, as another such verb before its victims (لقي
    خمسة مصرعهم وجرح 40): what و joins is alike.
    """
    harmful = any(t.type in COUNTED and t.kind == "verb" and f.tense == "past" for t, _, f in readings)
    if not harmful or clause.keys[index - 2 : index - 1] != ["و"] or index + 1 not in clause.phrases:
        return False
    for word in reversed(clause.words[: index - 2]):
        types = {m.trigger.type for m in load_triggers().lookup(word.text)}
        if types & COUNTED and clause.keys[word.index - 1] not in function_words("deaths"):
            return word.upos == "VERB"
        if word.text in (".", "؛"):
            break
    return False


def _agreeing(
    clause: Clause, index: int, readings: list[tuple[Trigger, int, Features]]
) -> list[tuple[Trigger, int, Features]]:
    """Of readings as a verb in both genders (تسلم: he received, she hands over) those of the gender of the
    subject right behind; all where a subject stands before or its gender does not show.
    """
    genders = {r[2].gender for r in readings if _is_verbal(r[0], r[2]) and r[2].number == "s"}
    if not {"m", "f"} <= genders or index >= len(clause.words) or clause.topic(index) is not None:
        return readings
    head = load_gazetteer().head(clause.words[index].text)
    if head is None or not definite(clause.words[index]) or (head.number != "s" and head.gender != "f"):
        return readings
    return [r for r in readings if not _is_verbal(r[0], r[2]) or r[2].gender in (None, head.gender)]


def _before_subject(clause: Clause, index: int) -> bool:
    """Whether people in the nominative stand right behind a word: no noun's idafa, but its subject (خطف
    مسلحون, أسر مقاتلو البيشمركة); their adjective shows it too (قاتل شبان أوروبيون).
    """
    key, behind = [*clause.keys[index : index + 2], "", ""][:2]
    described = behind.endswith("ون") and clause.words[index + 1].upos == "ADJ"
    nominative = key.endswith(("ون", "و")) or described
    head = load_gazetteer().head(clause.words[index].text) if key and nominative else None
    return head is not None and head.number == "p" and head.head.type == "Population"


def _before_one(clause: Clause, index: int) -> bool:
    """Whether one of a people stands right behind a word that attacks (دهس فلسطيني بسيارته مستوطنا)."""
    return index + 1 in clause.people and load_gazetteer().nisba(clause.keys[index]) is not None


def _heads(clause: Clause, index: int) -> list[str]:
    """The head word of a filler; after a number or a word of quantity also what is counted (30 سيارة)."""
    found = [clause.word(index).text]
    quantities, approximators = function_words("quantities"), function_words("approximators")
    # "أكثر من عشرين برميلا": what the number is more or less than stands between
    rounded = (index + 1,) if clause.keys[index - 1] in function_words("more_or_less") else ()
    for word in clause.words[index : index + _COUNTED + len(rounded)]:
        before = clause.keys[word.index - 2]
        counts = clause.words[word.index - 2].upos == "NUM" or before in quantities or before in approximators
        counts = counts or word.index - 1 in rounded or word.index in rounded
        if not counts and len(found) == 1:
            break
        if word.upos in ("VERB", "PUNCT"):
            break
        found.append(word.text)
    return found


def _of_class(
    readings: list[tuple[Trigger, int, Features]], tag: str
) -> Iterator[tuple[Trigger, int, Features]]:
    """The readings of the word's class; where it has none of that class the tagger is overruled."""
    verbs = [r for r in readings if _is_verbal(r[0], r[2])]
    nouns = [r for r in readings if not _is_verbal(r[0], r[2])]
    if tag == "ADP":
        # "ومثل المتهم أمام القاضي": what stands behind shows the verb that looks like a preposition
        yield from (r for r in verbs if r[0].needs and r[2].tense == "past")
    elif tag == "VERB":
        yield from verbs or [r for r in nouns if r[1] > 1]
    elif tag in _NOMINAL_TAGS:
        # The tagger takes the first person, which news hardly writes, for a name (أدعو الأطراف).
        yield from nouns or [
            r
            for r in verbs
            if tag in ("NOUN", "X") and (r[2].tense == "past" or (r[2].person == 1 and tag == "X"))
        ]
