"""Who is part or member of what, and who leads it: the relations that an article's naming tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.base import Reading, Relation
from extractors.learnt.model import Thresholds, chance
from extractors.learnt.questions import STATUSES
from extractors.learnt.ties import STANDING, Tie
from extractors.status import speaker_of

if TYPE_CHECKING:
    from extractors.learnt.network import Scores

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Belonging:
    """A relation that a tie may tell, the chance that it is right, and its likeliest status."""

    tie: Tie
    chance: float
    status: str


def belongings(ties: Sequence[Tie], scores: Scores) -> dict[Triple, Belonging]:
    """Subject, predicate and object -> the likeliest telling of it in the article."""
    found: dict[Triple, Belonging] = {}
    for tie, odds, statuses in zip(ties, scores.ties, scores.tie_statuses, strict=True):
        subject, other = tie.pair
        for predicate, score in zip(STANDING, odds, strict=True):
            triple, likely = (subject, predicate, other), chance(score)
            if triple not in found or likely > found[triple].chance:
                found[triple] = Belonging(tie, likely, STATUSES[int(statuses.argmax())])
    return found


def settled(
    reading: Reading, found: Mapping[Triple, Belonging], thresholds: Thresholds
) -> tuple[Relation, ...]:
    """The relations of an article without those of the rules that are hardly right, and with the likely
    ones that they lack. What no tie tells stays as the rules have it. Two whom nothing joins get their
    likeliest relation only.
    """
    kept = tuple(_kept(reading.relations, found, thresholds.keep))
    joined = {frozenset((r.subject, r.object)) for r in kept if r.predicate in STANDING}
    added: list[Relation] = []
    for triple, own in sorted(found.items(), key=lambda item: -item[1].chance):
        pair = frozenset((triple[0], triple[2]))
        if own.chance >= thresholds.add_standing and pair not in joined:
            joined.add(pair)
            added.append(_relation(reading, triple, own))
    return (*kept, *sorted(added, key=lambda relation: relation.evidence.start))


def _kept(
    relations: Sequence[Relation], found: Mapping[Triple, Belonging], threshold: float
) -> Iterator[Relation]:
    for relation in relations:
        own = found.get((relation.subject, relation.predicate, relation.object))
        if own is None:
            yield relation
        elif own.chance >= threshold:
            yield replace(relation, chance=own.chance)


def _relation(reading: Reading, triple: Triple, own: Belonging) -> Relation:
    """The relation that a tie tells. Nobody reports what he belongs to himself."""
    tie = own.tie
    words = reading.document.sentences[tie.sentence].words
    first, last = min(tie.subject.first, tie.other.first), max(tie.subject.last, tie.other.last)
    evidence = reading.document.span(words[first - 1].start, words[last - 1].end)
    said_by = None
    if own.status != "stated":
        said_by = speaker_of(tie.sentence, tie.subject.head, reading.statements)
    said_by = None if said_by == triple[0] else said_by
    return Relation(*triple, own.status, evidence, "learnt", tie.sentence, said_by, own.chance)
