"""What in a sentence speaks for or against its events being coded: its words, and how it tells the events.

Names, nationalities and numbers are masked by their kind, so that a judgement learnt from one year's
news of some countries holds for another's: of "قتل 12 جنديا في بعقوبة" counts that a number of soldiers were
killed in a place, not which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from extractors.base import EventDraft, Reading
from extractors.document import Sentence
from extractors.normalise import fold
from schema.ontology import load_ontology

_NAMED = {"PER": "<person>", "LOC": "<place>", "ORG": "<body>"}
#: Words that stay as they are within a name (المتحدث باسم …).
_UNMASKED = frozenset({"ADP", "CCONJ", "DET", "PUNCT"})
_DEEPEST = 12
#: How many words before and behind the word that tells an event are near it.
_BEFORE, _BEHIND = 5, 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence shows: its masked `terms`, the `traits` of its telling, all its `words`, and those
    `near` the words that tell the events.
    """

    terms: frozenset[str]
    traits: Mapping[str, float]
    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def evidence(reading: Reading, sentence: Sentence, events: Iterable[EventDraft]) -> Evidence:
    """What the sentence shows of these events, which it tells."""
    told = list(events)
    words = levelled_words(sentence)
    near = [
        word
        for event in told
        for first, last in _told_at(event, sentence.index)
        for word in words[max(0, first - 1 - _BEFORE) : last + _BEHIND]
    ]
    return Evidence(terms(reading, sentence), traits(reading, sentence, told), words, tuple(near))


def levelled_words(sentence: Sentence) -> tuple[str, ...]:
    """The words of a sentence in levelled spelling, numbers masked."""
    return tuple(levelled(word.text) for word in sentence.words)


def terms(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """The words of a sentence and the pairs of neighbours: spelling levelled, names and numbers masked."""
    words = list(_masked(sentence, _masks(reading, sentence)))
    return frozenset((*words, *(f"{one} {next_}" for one, next_ in pairwise(words))))


def traits(reading: Reading, sentence: Sentence, events: Iterable[EventDraft]) -> Mapping[str, float]:
    """How the sentence tells these events, from 0 to 1; of several events the most that holds of one.

    actor, recipient, place: whether the event has one; crowd: unnamed people act. bare: nouns alone tell it.
    early: how near its word stands to the beginning. high: how near to the root of the tree. relative:
    whether it stands in a relative clause, which tells what is known already.
    """
    found: dict[str, float] = {}
    for event in events:
        actors = event.roles.get("actor", ())
        told: dict[str, float] = {
            "actor": bool(actors),
            "recipient": bool(event.roles.get("recipient")),
            "place": event.place is not None,
            "crowd": any(reading.entities[a].type == "Population" for a in actors),
            "bare": event.bare,
        }
        for index, _ in _told_at(event, sentence.index):
            above = list(_ancestors(sentence, index))
            told["early"] = 1 - index / len(sentence.words)
            told["high"] = 1 / (1 + len(above))
            told["relative"] = any(relation.startswith("acl") for relation in above)
            for name, value in told.items():
                found[name] = max(found.get(name, 0.0), float(value))
    return found


def told_events(reading: Reading, sentence: int, category: str) -> list[EventDraft]:
    """The events of a PLOVER category that happened and that the sentence tells."""
    ontology = load_ontology()
    return [
        event
        for event in reading.events
        if event.codable
        and event.status in ontology.factual_statuses
        and ontology.event_type(event.type).plover == category
        and sentence in tellings(event)
    ]


def tellings(event: EventDraft) -> frozenset[int]:
    """The sentences that tell an event."""
    return frozenset((event.sentence, *(sentence for sentence, _, _ in event.also)))


def _told_at(event: EventDraft, sentence: int) -> list[tuple[int, int]]:
    """The first and last words of a sentence that tell the event."""
    own = [(event.first, event.last)] if event.sentence == sentence else []
    return own + [(first, last) for at, first, last in event.also if at == sentence]


def _ancestors(sentence: Sentence, index: int) -> Iterator[str]:
    """The relations on the way from a word to the root."""
    word = sentence.word(index)
    for _ in range(_DEEPEST):
        if word is None or not word.head:
            return
        yield word.deprel
        word = sentence.word(word.head)


def _masks(reading: Reading, sentence: Sentence) -> dict[int, str]:
    """Word index -> the kind of name that it belongs to."""
    masks: dict[int, str] = {}
    for name in sentence.names:
        masks.update(dict.fromkeys(range(name.first, name.last + 1), _NAMED.get(name.label, "<name>")))
    for mention in reading.in_sentence(sentence.index):
        if mention.form == "name":
            kind = "<place>" if mention.kind in ("place", "state") else "<body>"
            kind = "<person>" if mention.type == "Person" else kind
            masks.update(dict.fromkeys(range(mention.first, mention.core + 1), kind))
        elif mention.form == "nisba":
            masks[mention.head] = "<nationality>"
    return masks


def _masked(sentence: Sentence, masks: Mapping[int, str]) -> Iterator[str]:
    """The words in order; a name of several words is one."""
    last = ""
    for word in sentence.words:
        mask = masks.get(word.index, "") if word.upos not in _UNMASKED else ""
        if not mask or mask != last:
            yield mask or levelled(word.text)
        last = mask


def levelled(word: str) -> str:
    """A word in levelled spelling, a number masked by whether it is a year."""
    digits = "".join(filter(str.isdigit, word))
    if digits:
        return "<year>" if len(digits) == 4 and digits[:2] in ("19", "20") else "<number>"
    return fold(word) or word
