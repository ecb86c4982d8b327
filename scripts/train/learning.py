"""Learning without cheating: rows from values, habits and chances that come from other parts of the articles
than the one they are of, and how many of the triples are right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.learnt.habits import Habits
from extractors.learnt.model import Value
from extractors.learnt.trees import Trees
from schema.ontology import load_ontology
from scripts.scoring import Tally
from scripts.train.boosting import Growth, grow
from scripts.train.facts import Drawn

Triple = tuple[str, str, str]


def parts_of(count: int, parts: int) -> list[int]:
    """The part that each of so many articles is in: stretches, since those of a day tell the same news."""
    return [number * parts // count for number in range(count)]


class Codes:
    """Gives the texts of each column numbers, in the order in which they come."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, int]] = defaultdict(dict)

    def row(self, columns: Sequence[str], values: Sequence[Value]) -> list[float]:
        """The values as numbers."""
        return [
            float(self.found[column].setdefault(value, len(self.found[column])))
            if isinstance(value, str)
            else value
            for column, value in zip(columns, values, strict=True)
        ]


def learnt(
    rows: NDArray[np.float32],
    answers: NDArray[np.bool_],
    weights: NDArray[np.float64] | None,
    part: NDArray[np.int64],
    growth: Growth,
) -> tuple[Trees, NDArray[np.float64]]:
    """Trees of all the rows, and the chance of each row by trees that know nothing of the articles of its
    part.
    """
    unseen = np.zeros(len(rows))
    for number in np.unique(part):
        asked = part == number
        own = weights[~asked] if weights is not None else None
        unseen[asked] = grow(rows[~asked], answers[~asked], own, growth).probability(rows[asked])
    return grow(rows, answers, weights, growth), unseen


def with_habits(
    rows: Sequence[Sequence[list[float]]],
    patterns: Sequence[Sequence[Sequence[str]]],
    answers: Sequence[Sequence[Sequence[bool]]],
    parts: Sequence[int],
    rare: int,
) -> tuple[Habits, NDArray[np.float32]]:
    """Habits of all the articles, and all rows with what the articles of other parts say of their patterns.

    To leave out the article's own counts alone would give its answers away: where it says yes, all others
    together say yes once less often.
    """
    own: dict[int, dict[str, list[int]]] = {part: {} for part in parts}
    for part, own_patterns, own_answers in zip(parts, patterns, answers, strict=True):
        for texts, given in zip(own_patterns, own_answers, strict=True):
            for text in texts:
                counts = own[part].setdefault(text, [0] * (1 + len(given)))
                counts[0] += 1
                for place, answer in enumerate(given, 1):
                    counts[place] += answer
    total: dict[str, list[int]] = {}
    for found in own.values():
        for text, counts in found.items():
            so_far = total.setdefault(text, [0] * len(counts))
            total[text] = [a + b for a, b in zip(so_far, counts, strict=True)]
    kept = {text: counts for text, counts in sorted(total.items()) if counts[0] >= rare}
    shares = np.mean([a for given in answers for a in given], axis=0)
    usual = [float(share) for share in np.clip(shares, 1e-4, 1 - 1e-4)]
    habits = Habits(kept, usual)
    full = [
        [*row, *habits.without(own[part]).odds(texts)]
        for part, own_rows, own_patterns in zip(parts, rows, patterns, strict=True)
        for row, texts in zip(own_rows, own_patterns, strict=True)
    ]
    return habits, np.array(full, np.float32)


def score(facts: Sequence[Drawn], given: Iterable[Triple], predicates: frozenset[str]) -> Tally:
    """How many of the given triples are among the facts; told twice counts once on either side. A fact of
    which an end is not found is missed.
    """
    wanted = {
        (f.predicate, f.subject, f.object, -1 if f.subject and f.object else number): f
        for number, f in enumerate(facts)
        if f.predicate in predicates
    }
    left = list(wanted.values())
    hits = wrong = 0
    symmetric = load_ontology().is_symmetric
    for subject, predicate, other in dict.fromkeys(given):
        right = [
            f
            for f in wanted.values()
            if f.predicate == predicate
            and (
                (subject in f.subject and other in f.object)
                or (symmetric(predicate) and other in f.subject and subject in f.object)
            )
        ]
        hit = next((f for f in right if f in left), None)
        if hit is not None:
            left.remove(hit)
            hits += 1
        wrong += not right
    return Tally(hits, len(left), wrong)


def table_of(rows: Mapping[str, Iterable[Tally]]) -> str:
    """A table with a row for each way of giving triples."""
    lines = ["| | right | wrong | missed | P | R | F1 |", "|---|---|---|---|---|---|---|"]
    for name, tallies in rows.items():
        all_ = list(tallies)
        total = Tally(sum(t.tp for t in all_), sum(t.fn for t in all_), sum(t.fp for t in all_))
        figures = f"{total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f}"
        lines.append(f"| {name} | {total.tp} | {total.fp} | {total.fn} | {figures} |")
    return "\n".join(lines)
