"""Learning who takes part in which event, from articles that were read (`scripts.train.facts`).

No article says anything about itself: what is counted of it comes from the other parts of the articles, and
the chances of parties that the trees of edges learn from come from trees that have not seen its part.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extractors.base import Reading
from extractors.event_pairs import edges
from extractors.learnt import edge_traits, party_traits
from extractors.learnt.edge_traits import Candidate, edge_values, paired
from extractors.learnt.habits import Tellings
from extractors.learnt.model import Model, Thresholds
from extractors.learnt.occasions import TELLING, Occasion, is_told_by_words, occasions
from extractors.learnt.parties import ACTOR, COLUMNS, EDGE, RECIPIENT, Judged, chosen, parties_at
from extractors.learnt.scene import Scene, word_of
from schema.ontology import load_ontology
from scripts.scoring import Tally
from scripts.train.boosting import Growth
from scripts.train.facts import Drawn
from scripts.train.learning import Codes, Triple, learnt, parts_of, score, table_of, with_habits

logger = logging.getLogger("hadath.train")


_PARTIES, _EDGES = Growth(200), Growth(150, depth=5, leaves=16)
_THRESHOLDS = Thresholds(keep=0.15, add=0.6)
#: What the table shows beside.
_OTHERS = ((0.15, 0.4), (0.15, 0.5), (0.25, 0.4), (0.35, 0.35), (0.45, 0.45), (0.15, 2.0))


@dataclass(frozen=True, slots=True)
class Settings:
    """`rare`: patterns seen less often are left out. An edge of the rules is kept where it is not hopeless:
    the rules are surer where more is known of an article's events than the articles read show.
    """

    of_parties: Growth = _PARTIES
    of_edges: Growth = _EDGES
    rare: int = 3
    thresholds: Thresholds = _THRESHOLDS
    parts: int = 5


DEFAULT = Settings()


@dataclass(slots=True)
class Parties:
    """The entities that may take part in the occasions of one article, and what the reader says of them.

    `rows` has a row an entity; `answers` two columns, actor and recipient, `weights` too: a fact told
    elsewhere in the article neither speaks for nor against.
    """

    scene: Scene
    facts: Sequence[Drawn]
    told: list[tuple[Occasion, party_traits.OfOccasion]] = field(default_factory=list)
    ends: list[list[tuple[str, party_traits.OfParty, party_traits.OfPlace]]] = field(default_factory=list)
    rows: list[list[float]] = field(default_factory=list)
    patterns: list[Sequence[str]] = field(default_factory=list)
    answers: list[tuple[bool, bool]] = field(default_factory=list)
    weights: list[tuple[float, float]] = field(default_factory=list)


def train_parties(
    read: Sequence[tuple[Reading, Sequence[Drawn]]], settings: Settings = DEFAULT
) -> tuple[Model, str]:
    """What is learnt from the readings with their facts, and a table of what it gives on articles that it has
    not learnt from.
    """
    parts = parts_of(len(read), settings.parts)
    counts, own = count_tellings(read, parts, settings.rare)
    tellings, codes = Tellings(counts), Codes()
    articles = [
        _parties(reading, facts, tellings.without(own[part]), codes)
        for (reading, facts), part in zip(read, parts, strict=True)
    ]
    habits, rows = with_habits(
        [a.rows for a in articles],
        [a.patterns for a in articles],
        [a.answers for a in articles],
        parts,
        settings.rare,
    )
    answers = np.array([answer for a in articles for answer in a.answers])
    weights = np.array([weight for a in articles for weight in a.weights])
    group = np.repeat(np.arange(len(articles)), [len(a.rows) for a in articles])
    part = np.array(parts)
    logger.info("%d parties of %d occasions", len(rows), sum(len(a.told) for a in articles))
    trees, chances = {}, []
    for side, name in enumerate((ACTOR, RECIPIENT)):
        trees[name], unseen = learnt(
            rows, answers[:, side], weights[:, side], part[group], settings.of_parties
        )
        chances.append(unseen)
    pairs = [
        _pairs(article, np.stack(chances)[:, group == number], codes)
        for number, article in enumerate(articles)
    ]
    edge_rows = np.array([asked.row for own_pairs in pairs for asked in own_pairs], np.float32)
    right = np.array([asked.right for own_pairs in pairs for asked in own_pairs])
    edge_group = np.repeat(np.arange(len(pairs)), [len(p) for p in pairs])
    trees[EDGE], sure = learnt(edge_rows, right, None, part[edge_group], settings.of_edges)
    table = _table(articles, pairs, sure, settings.thresholds)
    return Model(COLUMNS, dict(codes.found), habits, trees, settings.thresholds, tellings), table


Counts = dict[str, dict[str, int]]


def _predicates() -> dict[str, str]:
    """Type of event -> its edge, for those whose parties are looked for."""
    events = load_ontology().event_types.values()
    return {e.name: e.shortcuts[0].edge for e in events if is_told_by_words(e.name)}


def count_tellings(
    read: Sequence[tuple[Reading, Sequence[Drawn]]], parts: Sequence[int], rare: int
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
        word_: {type_: n for type_, n in sorted(counts.items()) if not type_ or n >= rare - 1}
        for word_, counts in sorted(total.items())
    }
    by_part = {part: {word_: dict(c) for word_, c in found.items()} for part, found in own.items()}
    return {word_: counts for word_, counts in kept.items() if len(counts) > 1}, by_part


def _parties(reading: Reading, facts: Sequence[Drawn], tellings: Tellings, codes: Codes) -> Parties:
    """The parties of one article."""
    article = Parties(Scene(reading), facts)
    for occasion in occasions(article.scene, tellings):
        told = party_traits.of_occasion(article.scene, occasion)
        same = [f for f in facts if f.predicate == occasion.predicate]
        article.told.append((occasion, told))
        article.ends.append([])
        for entity, party, place, patterns in parties_at(article.scene, occasion):
            article.ends[-1].append((entity, party, place))
            article.rows.append(codes.row(party_traits.COLUMNS, (*told, *party, *place)))
            article.patterns.append(patterns)
            here, elsewhere = _sides(occasion, same, entity)
            article.answers.append(here)
            acts, suffers = (float(h or not e) for h, e in zip(here, elsewhere, strict=True))
            article.weights.append((acts, suffers))
    return article


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


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair that an edge may join: the occasion's number and predicate, whether the rules join it, its row,
    and whether the reader drew it.
    """

    occasion: int
    predicate: str
    subject: str
    object: str
    by_rules: bool
    row: list[float]
    right: bool


def _pairs(article: Parties, chances: NDArray[np.float64], codes: Codes) -> list[Asked]:
    """The pairs of one article that an edge may join."""
    found, at = [], 0
    for number, ((occasion, told), ends) in enumerate(zip(article.told, article.ends, strict=True)):
        own = chances[:, at : at + len(ends)].T
        parties = [Candidate(*end, *map(float, sides)) for end, sides in zip(ends, own, strict=True)]
        at += len(ends)
        for one, other, shown in paired(article.scene, occasion, parties):
            row = codes.row(edge_traits.COLUMNS, edge_values(told, one, other, shown))
            right = is_drawn(article.facts, occasion, one.entity, other.entity)
            ends_ = one.entity, other.entity
            found.append(Asked(number, occasion.predicate, *ends_, bool(shown.by_rules), row, right))
    return found


def is_drawn(facts: Iterable[Drawn], occasion: Occasion, subject: str, other: str) -> bool:
    """Whether the reader drew the edge, at this word or another."""
    return any(
        (subject in fact.subject and other in fact.object)
        or (occasion.symmetric and other in fact.subject and subject in fact.object)
        for fact in facts
        if fact.predicate == occasion.predicate
    )


def _table(
    articles: Sequence[Parties],
    pairs: Sequence[Sequence[Asked]],
    sure: NDArray[np.float64],
    thresholds: Thresholds,
) -> str:
    predicates = frozenset(_predicates().values())
    chances = iter(sure)
    judged = [
        [(a, Judged(a.subject, a.object, a.by_rules, float(next(chances)))) for a in own] for own in pairs
    ]
    by_rules = [
        [(e.subject, e.predicate, e.object) for event in a.scene.reading.events for e in edges(event)]
        for a in articles
    ]

    def tallies(given: Iterable[Iterable[Triple]]) -> Iterator[Tally]:
        return (score(a.facts, own, predicates) for a, own in zip(articles, given, strict=True))

    rows = {"the rules alone": tallies(by_rules)}
    for keep, add in ((thresholds.keep, thresholds.add), *_OTHERS):
        name = f"kept from {keep:.2f}, added from {add:.2f}, cross-validated"
        rows[name] = tallies([_given(own, Thresholds(keep, add)) for own in judged])
    return f"{table_of(rows)}\n\n{_calibration(pairs, sure)}"


def _given(judged: Sequence[tuple[Asked, Judged]], thresholds: Thresholds) -> Iterator[Triple]:
    """The edges that one article would be given."""
    together: dict[int, list[tuple[Asked, Judged]]] = defaultdict(list)
    for asked, edge in judged:
        together[asked.occasion].append((asked, edge))
    own = list(together.values())
    for pairs, given in zip(own, chosen([[e for _, e in pairs] for pairs in own], thresholds), strict=True):
        for edge in given:
            yield edge.subject, pairs[0][0].predicate, edge.object


def _calibration(pairs: Sequence[Sequence[Asked]], sure: NDArray[np.float64]) -> str:
    """How many of the pairs of each range of chances the readers drew."""
    right = np.array([asked.right for own in pairs for asked in own])
    lines = ["| chance | pairs | drawn |", "|---|---|---|"]
    for low in np.arange(0, 1, 0.1):
        own = right[(sure >= low) & (sure < low + 0.1)]
        if len(own):
            lines.append(f"| {low:.1f}-{low + 0.1:.1f} | {len(own)} | {own.mean():.2f} |")
    return "\n".join(lines)
