"""What a network of parties learns from: what is asked of each article that was read, and the answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.base import Reading
from extractors.learnt.occasions import TELLING, Occasion, is_told_by_words
from extractors.learnt.questions import STATUSES, Codes, Inquiry, ask
from extractors.learnt.scene import Scene, word_of
from extractors.learnt.tellings import OFTEN, Tellings
from extractors.learnt.ties import STANDING
from schema.ontology import load_ontology
from scripts.train.facts import Drawn
from scripts.train.fitting import NONE, Example

#: What a pair counts for that the reader drew, though in another sentence.
_ELSEWHERE = 0.3

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Studied:
    """An article with all that is asked of it and what its reader drew."""

    scene: Scene
    facts: Sequence[Drawn]
    inquiry: Inquiry
    example: Example


def predicates() -> dict[str, str]:
    """Type of event -> its edge, for those whose parties are looked for."""
    events = load_ontology().event_types.values()
    return {e.name: e.shortcuts[0].edge for e in events if is_told_by_words(e.name)}


def count_tellings(
    read: Sequence[tuple[Reading, Sequence[Drawn]]], parts: Sequence[int]
) -> tuple[Counts, dict[int, Counts]]:
    """How often each word stood in all the articles and which events it told, and the same by part."""
    types = {predicate: type_ for type_, predicate in predicates().items()}
    own: dict[int, dict[str, Counter[str]]] = {part: defaultdict(Counter) for part in parts}
    for part, (reading, facts) in zip(parts, read, strict=True):
        found = own[part]
        for sentence in reading.document.sentences:
            for word in sentence.words:
                if word.upos in TELLING:
                    found[word_of(word)][""] += 1
        for predicate, (sentence_, index) in sorted({(f.predicate, f.at) for f in facts if f.at}):
            word = reading.document.sentences[sentence_].words[index - 1]
            if predicate in types and word.upos in TELLING:
                found[word_of(word)][types[predicate]] += 1
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for found in own.values():
        for word_, counts in found.items():
            total[word_].update(counts)
    kept = {
        word_: {type_: n for type_, n in sorted(counts.items()) if not type_ or n >= OFTEN}
        for word_, counts in sorted(total.items())
    }
    by_part = {part: {word_: dict(c) for word_, c in found.items()} for part, found in own.items()}
    return {word_: counts for word_, counts in kept.items() if len(counts) > 1}, by_part


def studied(
    reading: Reading, facts: Sequence[Drawn], tellings: Tellings, codes: Codes, rows: dict[str, int]
) -> Studied:
    """The questions of one article with the answers of its reader."""
    scene = Scene(reading)
    inquiry = ask(scene, tellings, codes, rows)
    by_predicate: dict[str, list[Drawn]] = defaultdict(list)
    for fact in facts:
        by_predicate[fact.predicate].append(fact)
    sides, side_weights = [], []
    pairs, ties = _Answers(), _Answers()
    for one in inquiry.occasions:
        same = by_predicate[one.occasion.predicate]
        for entity in one.entities:
            here, elsewhere = _sides(one.occasion, same, entity)
            sides.append(here)
            side_weights.append([float(h or not e) for h, e in zip(here, elsewhere, strict=True)])
        for a, b in one.pairs.tolist():
            told = [f for f in same if is_drawn(f, one.occasion, one.entities[a], one.entities[b])]
            pairs.add([told], one.occasion.sentence)
    for tie in inquiry.ties:
        subject, other = tie.pair
        relations = [
            [f for f in by_predicate[predicate] if subject in f.subject and other in f.object]
            for predicate in STANDING
        ]
        ties.add(relations, tie.sentence)
    drawn, weights, statuses = pairs.arrays(1)
    tied, tie_weights, tie_statuses = ties.arrays(len(STANDING))
    example = Example(
        inquiry.questions,
        np.asarray(sides, np.float32).reshape(-1, 2),
        np.asarray(side_weights, np.float32).reshape(-1, 2),
        drawn[:, 0],
        weights[:, 0],
        statuses,
        _types(reading, facts, codes),
        tied,
        tie_weights,
        tie_statuses,
    )
    return Studied(scene, facts, inquiry, example)


class _Answers:
    """What the reader drew, row by row: for each predicate whether, what it counts for, and the status."""

    def __init__(self) -> None:
        self._drawn: list[list[float]] = []
        self._weights: list[list[float]] = []
        self._statuses: list[int] = []

    def add(self, facts: Sequence[Sequence[Drawn]], sentence: int) -> None:
        """Take a row: for each predicate the facts that are drawn, asked of this sentence."""
        here = [[f for f in own if f.at is None or f.at[0] == sentence] for own in facts]
        self._drawn.append([float(bool(own)) for own in facts])
        self._weights.append(
            [1.0 if told or not own else _ELSEWHERE for told, own in zip(here, facts, strict=True)]
        )
        self._statuses.append(next((STATUSES.index(f.status) for told in here for f in told), NONE))

    def arrays(self, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]:
        """(rows, predicates) whether and weight, (rows) the status."""
        drawn = np.asarray(self._drawn, np.float32).reshape(-1, width)
        weights = np.asarray(self._weights, np.float32).reshape(-1, width)
        return drawn, weights, np.asarray(self._statuses, np.int64)


def _types(reading: Reading, facts: Sequence[Drawn], codes: Codes) -> NDArray[np.int64]:
    """The code of the type that each word of an article tells; the word 0 tells none."""
    types = {predicate: type_ for type_, predicate in predicates().items()}
    told = {fact.at: types[fact.predicate] for fact in facts if fact.at and fact.predicate in types}
    known = codes.found["type"]
    return np.array(
        [
            0,
            *(
                known.get(told.get((s.index, w.index), ""), 0)
                for s in reading.document.sentences
                for w in s.words
            ),
        ]
    )


def _sides(
    occasion: Occasion, facts: Sequence[Drawn], entity: str
) -> tuple[tuple[bool, bool], tuple[bool, bool]]:
    """Whether the entity is the actor, and the recipient, of a fact of the occasion's sentence, and of one
    that another tells.
    """
    here, elsewhere = [False, False], [False, False]
    for fact in facts:
        ends = (fact.subject, fact.object)
        if occasion.symmetric:
            ends = (fact.subject | fact.object,) * 2
        told = here if fact.at is not None and fact.at[0] == occasion.sentence else elsewhere
        for side, end in enumerate(ends):
            told[side] = told[side] or entity in end
    return (here[0], here[1]), (elsewhere[0], elsewhere[1])


def is_drawn(fact: Drawn, occasion: Occasion, subject: str, other: str) -> bool:
    """Whether a fact of the occasion's predicate is the edge between two entities."""
    return (subject in fact.subject and other in fact.object) or (
        occasion.symmetric and other in fact.subject and subject in fact.object
    )
