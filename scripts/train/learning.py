"""How many of the given triples are right, and the parts of the articles that are asked apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from schema.ontology import load_ontology
from scripts.scoring import Tally
from scripts.train.facts import Drawn

Triple = tuple[str, str, str]


def parts_of(days: Sequence[str], parts: int) -> list[int]:
    """The part that the article of each day is in: stretches of whole days, since those of one day tell the
    same news.
    """
    first: dict[str, int] = {}
    for number, day in enumerate(days):
        first.setdefault(day, number)
    return [first[day] * parts // len(days) for day in days]


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
