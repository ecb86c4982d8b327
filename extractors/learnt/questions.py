"""What the network is asked of an article: its words, who may take part in which event, which pairs an edge
may join, and who may belong to whom; first in values that a reader understands, then in numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar, cast, get_type_hints

import numpy as np
from numpy.typing import NDArray

from extractors.learnt.occasions import Occasion, candidates, occasions
from extractors.learnt.pair_traits import OfPair, Pair, pairs_of
from extractors.learnt.party_traits import OfOccasion, OfParty, OfPlace, of_occasion, of_parties, of_place
from extractors.learnt.scene import Scene
from extractors.learnt.tellings import Tellings
from extractors.learnt.ties import OfTie, Tie, Ties
from extractors.learnt.word_traits import OfWord, of_words
from schema.ontology import load_ontology

Value = float | str
T = TypeVar("T")
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@cache
def _places(of_type: type, groups: tuple[type, ...]) -> list[tuple[int, str]]:
    """Place and name of the traits of a type, text or number, in a row of all traits of some groups."""
    kinds = [kind for group in groups for kind in get_type_hints(group).items()]
    return [(place, name) for place, (name, kind) in enumerate(kinds) if kind is of_type]


def _named(of_type: type, *groups: type) -> tuple[str, ...]:
    """The traits of a type, of all traits of some groups, in their order."""
    return tuple(name for _, name in _places(of_type, groups))


#: What an edge may claim.
STATUSES = tuple(load_ontology().statuses)
#: The traits of a word and of a pair, and those of an entity that are texts and numbers.
WORDS, PAIRS = OfWord._fields, OfPair._fields
TEXTS, FIGURES = (_named(kind, OfOccasion, OfParty, OfPlace) for kind in (str, float))
#: The traits of a tie that are texts and numbers.
TIE_TEXTS, TIE_FIGURES = (_named(kind, OfTie) for kind in (str, float))
#: The columns of the codes of a word's traits; an entity has some of the same name.
WORD_COLUMNS = tuple(f"word {name}" for name in WORDS)


class Questions(NamedTuple):
    """What is asked of some articles, in numbers. The first word of all, 0, stands for none.

    `vectors` (words): the row of each word's vector. `words` (words, traits): codes. `links` (words, 3): the
    word before, the word behind, the head. `sentences` (words): numbers from 1; 0 for word 0. `parties`
    (entities, 2): the event's word and the one that names the entity. `occasions` (entities): the occasion
    that each is asked for. `texts`, `figures` (entities, traits): codes and numbers; the first text is the
    type of event. `pairs` (pairs, 2): numbers of entities, who does it and to whom. `of_pairs` (pairs,
    traits): numbers. `ties` (ties, 4): head and first word of who may belong, and of whom to. `tie_texts`,
    `tie_figures` (ties, traits): codes and numbers.
    """

    vectors: Ints
    words: Ints
    links: Ints
    sentences: Ints
    parties: Ints
    occasions: Ints
    texts: Ints
    figures: Floats
    pairs: Ints
    of_pairs: Floats
    ties: Ints
    tie_texts: Ints
    tie_figures: Floats


class Codes:
    """Column -> text -> number from 1. `growing` gives a text that is new the next number, else it gets 0."""

    def __init__(
        self, found: Mapping[str, Mapping[str, int]] | None = None, *, growing: bool = False
    ) -> None:
        self.found = {column: dict(texts) for column, texts in (found or {}).items()}
        self._growing = growing

    def of(self, columns: Sequence[str], texts: Sequence[Sequence[str]]) -> Ints:
        """(texts, columns): the numbers of the texts of each column."""
        return np.array([self._numbers(*column) for column in zip(columns, texts, strict=True)], np.int64).T

    def _numbers(self, column: str, texts: Sequence[str]) -> list[int]:
        if self._growing:
            known = self.found.setdefault(column, {})
            return [known.setdefault(text, len(known) + 1) for text in texts]
        known = self.found.get(column, {})
        return [known.get(text, 0) for text in texts]


@dataclass(frozen=True, slots=True)
class Asked:
    """An occasion with the entities that may take part, the number of the first of them among all, the pairs
    (pairs, 2) that an edge may join, as places among the entities, and what the rules say of those of which
    they say something.
    """

    occasion: Occasion
    first: int
    entities: Sequence[str]
    pairs: Ints
    shown: Mapping[Pair, OfPair]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """All that is asked of an article: its occasions, its ties, and both in numbers."""

    occasions: Sequence[Asked]
    ties: Sequence[Tie]
    questions: Questions


def ask(scene: Scene, tellings: Tellings, codes: Codes, rows: Mapping[str, int]) -> Inquiry:
    """All occasions and ties of an article and what is asked of them; `rows` are those of the word
    vectors.
    """
    starts, words = _words(scene, codes, rows)
    found: list[Asked] = []
    parties: list[tuple[int, int]] = []
    of_occasions: list[OfOccasion] = []
    shown: list[tuple[Value, ...]] = []
    for occasion in occasions(scene, tellings):
        entities = candidates(scene, occasion)
        found.append(Asked(occasion, len(parties), entities, *pairs_of(scene, occasion, entities)))
        of_occasions.append(of_occasion(scene, occasion))
        at = starts[occasion.sentence] + occasion.first
        for entity, of_party in zip(entities, of_parties(scene, occasion, entities), strict=True):
            place, mention = of_place(scene, occasion, entity)
            shown.append((*of_party, *place))
            parties.append((at, starts[mention.sentence] + mention.head if mention else 0))
    counts = [len(one.entities) for one in found]
    told_texts, told_figures = _parted(codes, of_occasions, OfOccasion)
    texts, figures = _parted(codes, shown, OfParty, OfPlace)
    ties, of_ties = _ties(scene, codes, starts)
    return Inquiry(
        found,
        ties,
        Questions(
            *words,
            _ints(parties, 2),
            np.repeat(np.arange(len(found)), counts),
            np.hstack([np.repeat(told_texts, counts, 0), texts]),
            np.hstack([np.repeat(told_figures, counts, 0), figures]),
            np.concatenate([_ints((), 2), *(one.pairs + one.first for one in found)]),
            np.concatenate([_floats((), len(PAIRS)), *map(_of_pairs, found)]),
            *of_ties,
        ),
    )


def _ties(scene: Scene, codes: Codes, starts: Sequence[int]) -> tuple[list[Tie], tuple[Ints, Ints, Floats]]:
    """The ties of an article, and `ties`, `tie_texts` and `tie_figures`."""
    ties = Ties(scene)
    found = list(ties)
    words = [
        [starts[tie.sentence] + index for end in (tie.subject, tie.other) for index in (end.head, end.first)]
        for tie in found
    ]
    return found, (_ints(words, 4), *_parted(codes, [ties.of_tie(tie) for tie in found], OfTie))


def _of_pairs(asked: Asked) -> Floats:
    """What the rules say of each pair; of most they say nothing."""
    count = len(asked.entities)
    found: Floats = np.zeros((count, count, len(PAIRS)), np.float32)
    for pair, shown in asked.shown.items():
        found[pair] = shown
    of_pairs: Floats = found[*asked.pairs.T]
    return of_pairs


def _parted(codes: Codes, rows: Sequence[Sequence[Value]], *groups: type) -> tuple[Ints, Floats]:
    """Codes of the texts and figures of rows with the traits of some groups. By columns, which is quicker."""
    texts, figures = _places(str, groups), _places(float, groups)
    columns = _columns(rows, len(texts) + len(figures))
    shown = codes.of(
        [name for _, name in texts], [cast("tuple[str, ...]", columns[place]) for place, _ in texts]
    )
    return shown, np.array([columns[place] for place, _ in figures], np.float32).T


def _columns(rows: Sequence[Sequence[T]], width: int) -> list[tuple[T, ...]]:
    """The values of rows, column by column."""
    return list(zip(*rows, strict=True)) or [()] * width


def _words(
    scene: Scene, codes: Codes, rows: Mapping[str, int]
) -> tuple[list[int], tuple[Ints, Ints, Ints, Ints]]:
    """The word before each sentence, and `vectors`, `words`, `links` and `sentences` of the article."""
    starts, vectors, sentences, links = [], [0], [0], [(0, 0, 0)]
    traits: list[OfWord] = []
    for sentence in scene.reading.document.sentences:
        start, last = len(vectors) - 1, len(sentence.words)
        starts.append(start)
        for word, of_word in zip(sentence.words, of_words(scene, sentence.index), strict=True):
            number = start + word.index
            vectors.append(rows.get(word.text, 0))
            traits.append(of_word)
            before, behind = word.index > 1, word.index < last
            links.append(
                ((number - 1) * before, (number + 1) * behind, (start + word.head) * (word.head > 0))
            )
            sentences.append(sentence.index + 1)
    shown = codes.of(WORD_COLUMNS, _columns(traits, len(WORDS)))
    return starts, (_ints(vectors), np.pad(shown, ((1, 0), (0, 0))), _ints(links, 3), _ints(sentences))


def joined(asked: Sequence[Questions]) -> Questions:
    """What is asked of several articles as one."""
    parts: list[Questions] = []
    words = sentences = occasions_ = parties = 0
    for one in asked:
        from_ = 1 if parts else 0
        parts.append(
            Questions(
                one.vectors[from_:],
                one.words[from_:],
                np.where(one.links > 0, one.links + words, 0)[from_:],
                np.where(one.sentences > 0, one.sentences + sentences, 0)[from_:],
                np.where(one.parties > 0, one.parties + words, 0),
                one.occasions + occasions_,
                one.texts,
                one.figures,
                one.pairs + parties,
                one.of_pairs,
                one.ties + words,
                one.tie_texts,
                one.tie_figures,
            )
        )
        words += len(one.vectors) - 1
        sentences += int(one.sentences.max())
        occasions_ += int(one.occasions.max(initial=-1)) + 1
        parties += len(one.parties)
    return Questions(*map(np.concatenate, zip(*parts, strict=True)))


def _ints(rows: Sequence[object], width: int = 0) -> Ints:
    found = np.asarray(rows, np.int64)
    return found.reshape(-1, width) if width else found


def _floats(rows: Sequence[object], width: int) -> Floats:
    return np.asarray(rows, np.float32).reshape(-1, width)
