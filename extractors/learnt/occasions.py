"""The words that may tell an event, and who may take part in it.

A word may tell an event of a type where the rules found one, where the lexicon has it for a trigger, or where
it told one often enough in the articles that were read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.base import EventDraft
from extractors.detection import Found
from extractors.learnt.scene import Scene, parties_of, word_of
from extractors.learnt.tellings import Tellings
from schema.ontology import load_ontology

#: The classes of words that tell events.
TELLING = frozenset({"VERB", "NOUN", "ADJ", "X"})
#: A word that the lexicon lacks must have told a type in such a share of its occurrences.
_SHARE = 0.1
#: How many sentences back a party may stand, and how many such are thought of.
_BACK, _RECENT = 3, 6


@dataclass(frozen=True, slots=True)
class Occasion:
    """Words `first`..`last` of a sentence that may tell an event of a type. `event` is that of the rules, if
    they found it; `trigger` the lexicon's entry at the word; `told` how often the word told this type in the
    articles read, and in what share of its occurrences.
    """

    type: str
    sentence: int
    first: int
    last: int
    event: EventDraft | None
    trigger: Found | None
    told: tuple[int, float]

    @property
    def predicate(self) -> str:
        """The edge that its parties have."""
        return load_ontology().event_type(self.type).shortcuts[0].edge

    @property
    def symmetric(self) -> bool:
        """Whether its edge has no direction."""
        return load_ontology().event_type(self.type).symmetric

    @property
    def in_lexicon(self) -> bool:
        """Whether the lexicon's entry at the word has this type."""
        return self.trigger is not None and self.trigger.trigger.type == self.type


def is_told_by_words(type_: str) -> bool:
    """Whether parties of a type are looked for here: all but statements, which have steps of their own."""
    return type_ != "Statement"


def occasions(scene: Scene, tellings: Tellings) -> Iterator[Occasion]:
    """All occasions of an article, in text order."""
    for sentence in scene.reading.document.sentences:
        for word in sentence.words:
            at = (sentence.index, word.index)
            events = [e for e in scene.events.get(at, ()) if is_told_by_words(e.type)]
            trigger = scene.triggers.get(at)
            types: dict[str, list[EventDraft | None]] = {e.type: [] for e in events}
            for event in events:
                types[event.type].append(event)
            told: dict[str, tuple[int, float]] = {}
            if word.upos in TELLING:
                told = tellings.of(word_of(word))
                if trigger is not None and trigger.trigger.type and is_told_by_words(trigger.trigger.type):
                    types.setdefault(trigger.trigger.type, [None])
                if at not in scene.named:
                    often = (t for t, (_, share) in told.items() if share >= _SHARE)
                    types.update({t: [None] for t in often if t not in types})
            for type_, found in types.items():
                of_type = trigger is not None and trigger.trigger.type == type_
                for event_ in found:
                    last = event_.last if event_ else trigger.last if trigger and of_type else word.index
                    yield Occasion(type_, *at, last, event_, trigger, told.get(type_, (0, 0.0)))


def candidates(scene: Scene, occasion: Occasion) -> list[str]:
    """The entities that may take part: those of the sentence, those mentioned lately, those the article tells
    most of, and whom the rules took.
    """
    here = dict.fromkeys(m.entity for m in scene.in_sentence[occasion.sentence])
    recent: dict[str, None] = {}
    for sentence in range(occasion.sentence - 1, max(-1, occasion.sentence - 1 - _BACK), -1):
        recent |= {m.entity: None for m in scene.in_sentence[sentence] if m.entity not in here}
    first = {e: scene.mentions[e][0].sentence for e in scene.most_told}
    most = (e for e in scene.most_told if first[e] <= occasion.sentence)
    taken = parties_of(occasion.event) if occasion.event else {}
    by_rules = (e for entities in taken.values() for e in entities)
    return list(dict.fromkeys((*here, *list(recent)[:_RECENT], *most, *by_rules)))
