"""Light verbs and the nouns of the events that they carry: شن هجوما, تعرض لقصف, الهجوم الذي استهدف X.

The noun is the verb's object or subject by its frame, stands near where the tree lost it, or is what a
relative clause points back to.
"""

from __future__ import annotations

from collections.abc import Mapping

from extractors.antecedents import may_mean
from extractors.detection import Found
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import agrees_with, definite, has_pronoun
from extractors.referents import resolve
from extractors.type_groups import ATTACKS


def nouns_of(
    participants: Participants, light: Found, by_word: Mapping[int, Found], consumed: set[int]
) -> list[Found]:
    """The nouns whose events a light verb carries, but for those `consumed` by another; `by_word`: the event
    nouns of the sentence.
    """
    frame = light.trigger.frame
    events = [slot for slot, role in frame.items() if role == "event"]
    nouns: list[Found] = []
    for slot in events:
        fillers = light.slots.get(slot)
        causing = frame.get("subj") == "cause"  # خلف القصف ستة قتلى: the shelling is what did it
        if slot == "obj" and (light.slots.passive or not (fillers or causing)):
            fillers = [*fillers, *light.slots.get("subj")]
        if not fillers or all(participants.clauses[light.sentence].word(f).upos == "PRON" for f in fillers):
            fillers = [*fillers, *_noun_before(participants, light, by_word)]
        for filler in fillers:
            reported = participants.clauses[light.sentence].keys[filler - 1] in function_words("documenting")
            noun = by_word.get(filler) or next(
                (by_word[i] for i in range(filler, filler + 3) if i in by_word and not reported), None
            )
            if noun and noun not in nouns and noun.first not in consumed:
                nouns.append(noun)
    resumed = has_pronoun(participants.clauses[light.sentence].words, light.first - 1)
    if (
        events
        and not nouns
        and light.verbal
        and not resumed
        and (near := _noun_behind(participants, light, by_word))
    ):
        nouns = [near] if near.first not in consumed else []
    if events and not nouns and resumed and (above := _noun_above(participants, light, by_word)):
        nouns = [above] if above.first not in consumed else []
    return nouns


def target_behind(participants: Participants, light: Found, noun: Found) -> str | None:
    """Whom a verb hits whose object the tree takes for a part of its subject: in "استهدف هجوم دورية
    أمريكية" a feminine word is neither هجوم nor its adjective. Empty where the object names nobody of
    its own; None where there is no such object.
    """
    frame, clause = light.trigger.frame, participants.clauses[light.sentence]
    hits = frame.get("subj") == "event" and frame.get("obj") == "recipient" and not light.slots.passive
    at = noun.last + 1
    if not hits or light.slots.get("obj") or noun.first != light.last + 1 or at > len(clause.words):
        return None
    subject, word = clause.word(noun.last), clause.word(at)
    parted = word.text.endswith("ة") and not subject.text.endswith(("ة", "ات"))
    if not parted or definite(subject) or definite(word) or word.upos not in ("NOUN", "ADJ"):
        return None
    return resolve(participants, light.sentence, at) or ""


def _noun_behind(participants: Participants, light: Found, by_word: Mapping[int, Found]) -> Found | None:
    """The event noun behind a light verb in its clause, where neither tree nor order gave an object."""
    clause = participants.clauses[light.sentence]
    for index in range(light.last + 1, min(len(clause.words), light.last + 8) + 1):
        word = clause.word(index)
        if word.upos in ("VERB", "SCONJ") or word.text in ("،", "؛", ".", ":"):
            return None
        if clause.keys[index - 1] in function_words("documenting"):
            return None
        noun = by_word.get(index)
        causes = light.trigger.frame.get("subj") == "cause"
        if noun is not None and not (causes and noun.trigger.type in ATTACKS):
            adjunct = clause.keys[index - 2] == "ب" and "ب" not in light.trigger.frame
            return None if adjunct else noun
    return None


def _noun_above(participants: Participants, light: Found, by_word: Mapping[int, Found]) -> Found | None:
    """The event noun of the phrase that a relative clause closes, where the tree hangs the clause on a
    later noun of it (عمليات تفتيش على الأرض نفذها X): the pronoun agrees with the event.
    """
    clause = participants.clauses[light.sentence]
    head = clause.antecedent(light.first)
    if head and fold(light.trigger.lemma) in function_words("leading") and _is_led(participants, light, head):
        return None
    while head and clause.word(head).upos != "VERB":
        noun = by_word.get(head)
        pronoun = clause.words[light.last]
        if noun is not None and (
            agrees_with(pronoun, clause.word(noun.first))
            or (fold(pronoun.text), noun.features.gender) == ("ها", "f")  # الحرب التي تقودها X
        ):
            return noun
        above = clause.word(head).head
        head = above if 0 < above < head else None
    return None


def _is_led(participants: Participants, light: Found, index: int) -> bool:
    """Whether the word names a body that the pronoun means: دعم من التحالف الذي تقوده السعودية."""
    named = participants.mention_at(light.sentence, index, places=False)
    pronoun = participants.clauses[light.sentence].words[light.last]
    return named is not None and may_mean(participants, pronoun, named.entity)


def _noun_before(participants: Participants, light: Found, by_word: Mapping[int, Found]) -> list[int]:
    """The event noun that a resumptive pronoun points back to (عمليات تفتيش نفذها X)."""
    clause = participants.clauses[light.sentence]
    if clause.keys[light.first - 2 : light.first - 1] == ["ما"]:
        return []  # احتجاجا على ما تعرض له X: the pronoun means what ما means
    if not has_pronoun(clause.words, light.first - 1) and clause.antecedent(light.first) is None:
        return []
    return next(([i] for i in range(light.first - 1, max(0, light.first - 9), -1) if i in by_word), [])


def fills(light: Found, role: str) -> bool:
    """Whether the light verb's own subject or object fills that role."""
    return any(light.trigger.frame.get(slot) == role for slot in ("subj", "obj"))


def makes_others_do(noun: Found) -> bool:
    """Whether the subject of a verbal noun only makes others do what it tells (تمكن من طرد المسلحين)."""
    return noun.trigger.frame.get("subj", "actor") != "actor"


def words_of(noun: Found) -> range:
    """The word indexes that a noun trigger covers."""
    return range(noun.first, noun.last + 1)
