"""Learning who takes part in which event, from articles that were read (`scripts.train.facts`).

The table shows what networks give for articles of days of which they have not learnt.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.base import Reading
from extractors.event_pairs import edges
from extractors.learnt.belonging import Belonging, belongings, settled
from extractors.learnt.model import Model, Thresholds
from extractors.learnt.network import PartyNetwork, Sizes, read_vectors
from extractors.learnt.parties import Judged, chosen, judged
from extractors.learnt.questions import (
    FIGURES,
    PAIRS,
    TEXTS,
    TIE_FIGURES,
    TIE_TEXTS,
    WORD_COLUMNS,
    Codes,
)
from extractors.learnt.tellings import Tellings
from extractors.learnt.ties import STANDING
from extractors.weights import one_thread
from scripts.scoring import Tally
from scripts.train.facts import Drawn
from scripts.train.fitting import Example, Fitting, fit
from scripts.train.learning import Triple, parts_of, score, table_of
from scripts.train.lessons import Studied, count_tellings, is_drawn, predicates, studied

logger = logging.getLogger("hadath.train")

_FITTING = Fitting()
_THRESHOLDS = Thresholds(keep=0.2, add=0.55, add_harm=0.75, add_standing=0.7)
#: What the table shows beside.
_OTHERS = ((0.2, 0.55), (0.15, 0.6), (0.15, 0.5), (0.4, 0.4), (0.5, 0.5), (0.2, 2.0))  # keep, add either

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
class Given:
    """What a network gives an article: the edges that each occasion may give, and the belongings."""

    edges: Sequence[Sequence[Judged]]
    belongings: Mapping[Triple, Belonging]


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
    codes = Codes({"type": {type_: n for n, type_ in enumerate(predicates(), 1)}}, growing=True)
    articles = [
        studied(reading, facts, tellings.without(own[part]), codes, rows)
        for (reading, facts), part in zip(read, parts, strict=True)
    ]
    pairs = sum(len(a.example.pairs) for a in articles)
    ties = sum(len(a.example.ties) for a in articles)
    logger.info("%d parties, %d pairs, %d ties", sum(len(a.example.sides) for a in articles), pairs, ties)
    sizes = Sizes(
        tuple(len(codes.found[name]) for name in WORD_COLUMNS),
        tuple(len(codes.found[name]) for name in TEXTS),
        len(FIGURES),
        len(PAIRS),
        tuple(len(codes.found[name]) for name in TIE_TEXTS),
        len(TIE_FIGURES),
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


def _judged(article: Studied, network: PartyNetwork) -> Given:
    """The edges that the occasions and ties of an article may give, as a network judges them."""
    scores = network.answers(article.example.questions)
    found, at = [], 0
    for asked in article.inquiry.occasions:
        found.append(list(judged(asked, scores, at)))
        at += len(asked.pairs)
    return Given(found, belongings(article.inquiry.ties, scores))


def _table(articles: Sequence[Studied], given: Sequence[Given], thresholds: Thresholds) -> str:
    events, standing = frozenset(predicates().values()), frozenset(STANDING)

    def row(name: str, triples: Callable[[Studied, Given], Iterable[Triple]]) -> None:
        found = [list(triples(a, own)) for a, own in zip(articles, given, strict=True)]
        for kind, asked in (("all", events | standing), ("events", events), ("standing", standing)):
            rows[f"{name}: {kind}"] = [
                score(a.facts, [t for t in own if t[1] in asked], asked)
                for a, own in zip(articles, found, strict=True)
            ]

    rows: dict[str, list[Tally]] = {}
    row("the rules alone", lambda article, _: _by_rules(article))
    row("as shipped, cross-validated", partial(_triples, thresholds=thresholds))
    for keep, add in _OTHERS:
        given_by = partial(_triples, thresholds=Thresholds(keep, add, add, add))
        row(f"kept from {keep:.2f}, added from {add:.2f}, cross-validated", given_by)
    return f"{table_of(rows)}\n\n{_calibration(articles, given)}"


def _by_rules(article: Studied) -> Iterator[Triple]:
    reading = article.scene.reading
    for event in reading.events:
        for edge in edges(event):
            yield edge.subject, edge.predicate, edge.object
    for relation in reading.relations:
        yield relation.subject, relation.predicate, relation.object


def _triples(article: Studied, given: Given, thresholds: Thresholds) -> Iterator[Triple]:
    """The edges that one article would be given."""
    for asked, own in zip(article.inquiry.occasions, chosen(given.edges, thresholds), strict=True):
        for edge in own:
            yield edge.subject, asked.occasion.predicate, edge.object
    for relation in settled(article.scene.reading, given.belongings, thresholds):
        yield relation.subject, relation.predicate, relation.object


def _calibration(articles: Sequence[Studied], given: Sequence[Given]) -> str:
    """How many of the pairs of each range of chances the readers drew."""
    found: list[tuple[float, bool]] = []
    for article, own in zip(articles, given, strict=True):
        for asked, judged_ in zip(article.inquiry.occasions, own.edges, strict=True):
            same = [f for f in article.facts if f.predicate == asked.occasion.predicate]
            for edge in judged_:
                drawn = any(is_drawn(f, asked.occasion, edge.subject, edge.object) for f in same)
                found.append((edge.chance, drawn))
        drawn_ = {(a, f.predicate, b) for f in article.facts for a in f.subject for b in f.object}
        found += [(belonging.chance, triple in drawn_) for triple, belonging in own.belongings.items()]
    lines = ["| chance | pairs | drawn |", "|---|---|---|"]
    for tenth in range(10):
        right = [drawn for chance, drawn in found if tenth <= chance * 10 < tenth + 1]
        if right:
            lines.append(f"| 0.{tenth}-{(tenth + 1) / 10:.1f} | {len(right)} | {np.mean(right):.2f} |")
    return "\n".join(lines)
