"""Learning who takes part in which event, from articles that were read (`scripts.train.facts`).

The table shows what networks give for articles of days of which they have not learnt.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.base import Reading
from extractors.event_pairs import edges
from extractors.learnt.model import Model, Thresholds
from extractors.learnt.network import PartyNetwork, Sizes, read_vectors
from extractors.learnt.occasions import TELLING, Occasion, is_told_by_words
from extractors.learnt.parties import Judged, chosen, judged
from extractors.learnt.questions import FIGURES, PAIRS, STATUSES, TEXTS, WORD_COLUMNS, Asked, Codes, ask
from extractors.learnt.scene import Scene, word_of
from extractors.learnt.tellings import OFTEN, Tellings
from extractors.weights import one_thread
from schema.ontology import load_ontology
from scripts.scoring import Tally
from scripts.train.facts import Drawn
from scripts.train.fitting import NONE, Example, Fitting, fit
from scripts.train.learning import Triple, parts_of, score, table_of

logger = logging.getLogger("hadath.train")

_FITTING = Fitting()
_THRESHOLDS = Thresholds(keep=0.2, add=0.55)
#: What the table shows beside.
_OTHERS = ((0.15, 0.6), (0.15, 0.5), (0.4, 0.4), (0.5, 0.5), (0.2, 2.0))
#: What a pair counts for that the reader drew, though in another sentence.
_ELSEWHERE = 0.3

Counts = dict[str, dict[str, int]]
Numbers = dict[str, NDArray[np.float16]]


@dataclass(frozen=True, slots=True)
class Settings:
    """`networks` are trained from different beginnings and their scores averaged; the table has one network a
    part. Each process trains one at a time.
    """

    fitting: Fitting = _FITTING
    networks: int = 2
    parts: int = 2
    processes: int = 2
    thresholds: Thresholds = _THRESHOLDS


DEFAULT = Settings()


@dataclass(frozen=True, slots=True)
class Studied:
    """An article with all that is asked of it and what its reader drew."""

    scene: Scene
    facts: Sequence[Drawn]
    asked: Sequence[Asked]
    example: Example


def train_parties(
    read: Sequence[tuple[Reading, Sequence[Drawn]]], vectors: Path, settings: Settings = DEFAULT
) -> tuple[Model, str]:
    """What is learnt from the readings with their facts, and a table of what it gives on articles that it has
    not learnt from. `vectors` is the file of the word vectors.
    """
    rows, table = read_vectors(vectors)
    days = [(reading.document.article.date or "")[:10] for reading, _ in read]
    parts = parts_of(days, settings.parts)
    counts, own = count_tellings(read, parts)
    tellings = Tellings(counts)
    codes = Codes({"type": {type_: n for n, type_ in enumerate(_predicates(), 1)}}, growing=True)
    articles = [
        _studied(reading, facts, tellings.without(own[part]), codes, rows)
        for (reading, facts), part in zip(read, parts, strict=True)
    ]
    pairs = sum(len(a.example.pairs) for a in articles)
    logger.info("%d parties and %d pairs", sum(len(a.example.sides) for a in articles), pairs)
    sizes = Sizes(
        tuple(len(codes.found[name]) for name in WORD_COLUMNS),
        tuple(len(codes.found[name]) for name in TEXTS),
        len(FIGURES),
        len(PAIRS),
        table.shape[1],
    )
    examples = [a.example for a in articles]
    lessons = [
        [e for e, p in zip(examples, parts, strict=True) if p != part] for part in range(settings.parts)
    ]
    lessons += [examples] * settings.networks
    seeds = [*([0] * settings.parts), *range(settings.networks)]
    learn = partial(_learn, sizes, vectors, settings.fitting)
    networks = [PartyNetwork.of(sizes, table, n) for n in _learnt(learn, lessons, seeds, settings.processes)]
    unseen, all_ = networks[: settings.parts], networks[settings.parts :]
    given = [_judged(article, unseen[part]) for article, part in zip(articles, parts, strict=True)]
    model = Model(Codes(codes.found), tellings, settings.thresholds, all_, rows)
    return model, _table(articles, given, settings.thresholds)


def _learnt(
    learn: Callable[[Sequence[Example], int], Numbers],
    lessons: Sequence[Sequence[Example]],
    seeds: Sequence[int],
    processes: int,
) -> list[Numbers]:
    """What is learnt from each lesson, in processes of their own; the first that fails ends the rest."""
    with ProcessPoolExecutor(processes, get_context("spawn"), _tell, (logger.getEffectiveLevel(),)) as pool:
        jobs = [pool.submit(learn, *job) for job in zip(lessons, seeds, strict=True)]
        wait(jobs, return_when=FIRST_EXCEPTION)
        pool.shutdown(wait=True, cancel_futures=True)
    return [job.result() for job in jobs]


def _tell(level: int) -> None:
    """Let a process that is begun anew tell how the training goes."""
    logging.basicConfig(level=level, format="%(asctime)s %(message)s")


def _learn(sizes: Sizes, vectors: Path, fitting: Fitting, examples: Sequence[Example], seed: int) -> Numbers:
    """The numbers of a network trained in this process. Arrays go back: tensors would hold file handles."""
    with one_thread():
        return fit(sizes, read_vectors(vectors)[1], fitting, examples, seed).numbers()


def _predicates() -> dict[str, str]:
    """Type of event -> its edge, for those whose parties are looked for."""
    events = load_ontology().event_types.values()
    return {e.name: e.shortcuts[0].edge for e in events if is_told_by_words(e.name)}


def count_tellings(
    read: Sequence[tuple[Reading, Sequence[Drawn]]], parts: Sequence[int]
) -> tuple[Counts, dict[int, Counts]]:
    """How often each word stood in all the articles and which events it told, and the same by part."""
    types = {predicate: type_ for type_, predicate in _predicates().items()}
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


def _studied(
    reading: Reading, facts: Sequence[Drawn], tellings: Tellings, codes: Codes, rows: dict[str, int]
) -> Studied:
    """The questions of one article with the answers of its reader."""
    scene = Scene(reading)
    asked, questions = ask(scene, tellings, codes, rows)
    by_predicate: dict[str, list[Drawn]] = defaultdict(list)
    for fact in facts:
        by_predicate[fact.predicate].append(fact)
    sides, side_weights, pairs, pair_weights, statuses = [], [], [], [], []
    for one in asked:
        same = by_predicate[one.occasion.predicate]
        for entity in one.entities:
            here, elsewhere = _sides(one.occasion, same, entity)
            sides.append(here)
            side_weights.append([float(h or not e) for h, e in zip(here, elsewhere, strict=True)])
        for a, b, _ in one.pairs:
            told = [f for f in same if is_drawn(f, one.occasion, one.entities[a], one.entities[b])]
            in_sentence = [f for f in told if f.at is not None and f.at[0] == one.occasion.sentence]
            pairs.append(float(bool(told)))
            pair_weights.append(1.0 if in_sentence or not told else _ELSEWHERE)
            statuses.append(STATUSES.index(in_sentence[0].status) if in_sentence else NONE)
    example = Example(
        questions,
        np.asarray(sides, np.float32).reshape(-1, 2),
        np.asarray(side_weights, np.float32).reshape(-1, 2),
        np.asarray(pairs, np.float32),
        np.asarray(pair_weights, np.float32),
        np.asarray(statuses, np.int64),
        _types(reading, facts, codes),
    )
    return Studied(scene, facts, asked, example)


def _types(reading: Reading, facts: Sequence[Drawn], codes: Codes) -> NDArray[np.int64]:
    """The code of the type that each word of an article tells; the word 0 tells none."""
    types = {predicate: type_ for type_, predicate in _predicates().items()}
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


def _judged(article: Studied, network: PartyNetwork) -> list[list[Judged]]:
    """The edges that each occasion of an article may give, as a network judges them."""
    scores = network.answers(article.example.questions)
    found, at = [], 0
    for asked in article.asked:
        found.append(list(judged(asked, scores, at)))
        at += len(asked.pairs)
    return found


def _table(
    articles: Sequence[Studied], given: Sequence[Sequence[Sequence[Judged]]], thresholds: Thresholds
) -> str:
    predicates = frozenset(_predicates().values())
    by_rules = [
        [(e.subject, e.predicate, e.object) for event in a.scene.reading.events for e in edges(event)]
        for a in articles
    ]

    def tallies(given: Iterable[Iterable[Triple]]) -> Iterator[Tally]:
        return (score(a.facts, own, predicates) for a, own in zip(articles, given, strict=True))

    rows = {"the rules alone": tallies(by_rules)}
    for keep, add in ((thresholds.keep, thresholds.add), *_OTHERS):
        name = f"kept from {keep:.2f}, added from {add:.2f}, cross-validated"
        own = [_triples(a, edges_, Thresholds(keep, add)) for a, edges_ in zip(articles, given, strict=True)]
        rows[name] = tallies(own)
    return f"{table_of(rows)}\n\n{_calibration(articles, given)}"


def _triples(article: Studied, given: Sequence[Sequence[Judged]], thresholds: Thresholds) -> Iterator[Triple]:
    """The edges that one article would be given."""
    for asked, own in zip(article.asked, chosen(given, thresholds), strict=True):
        for edge in own:
            yield edge.subject, asked.occasion.predicate, edge.object


def _calibration(articles: Sequence[Studied], given: Sequence[Sequence[Sequence[Judged]]]) -> str:
    """How many of the pairs of each range of chances the readers drew."""
    found = [
        (edge.chance, any(is_drawn(f, asked.occasion, edge.subject, edge.object) for f in same))
        for article, own in zip(articles, given, strict=True)
        for asked, edges_ in zip(article.asked, own, strict=True)
        for same in [[f for f in article.facts if f.predicate == asked.occasion.predicate]]
        for edge in edges_
    ]
    lines = ["| chance | pairs | drawn |", "|---|---|---|"]
    for tenth in range(10):
        right = [drawn for chance, drawn in found if tenth <= chance * 10 < tenth + 1]
        if right:
            lines.append(f"| 0.{tenth}-{(tenth + 1) / 10:.1f} | {len(right)} | {np.mean(right):.2f} |")
    return "\n".join(lines)
