"""What the rules say of two entities that an event may join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.event_pairs import edges
from extractors.learnt.occasions import Occasion
from extractors.learnt.scene import Scene
from schema.ontology import load_ontology

#: More edges between the same two make no difference.
_MOST_EDGES = 3


class OfPair(NamedTuple):
    """Whether the rules give this edge here; how many predicates they give between the two in the article,
    this way and back; whether one of them has the same predicate.
    """

    by_rules: float
    edges: float
    edges_back: float
    same: float


#: What the rules say of most pairs.
NOTHING = OfPair(0.0, 0.0, 0.0, 0.0)


def rules_edges(occasion: Occasion) -> set[tuple[str, str]]:
    """Subject and object of the edges that the rules give at an occasion, of a symmetric one both ways."""
    taken = {(e.subject, e.object) for e in edges(occasion.event)} if occasion.event else set()
    return taken | {(other, one) for one, other in taken} if occasion.symmetric else taken


def pairs_of(scene: Scene, occasion: Occasion, entities: Sequence[str]) -> Iterator[tuple[int, int, OfPair]]:
    """The pairs of entities, by their places, that the ontology lets the occasion's edge join, each with what
    the rules say of it.
    """
    taken = rules_edges(occasion)
    predicate, found = occasion.predicate, scene.edges
    meant = [scene.reading.entities[entity] for entity in entities]
    allowed = load_ontology().event_type(occasion.type).roles["recipient"]
    others = [
        place
        for place, entity in enumerate(meant)
        if entity.type in allowed or (entity.kind == "state" and "Country" in allowed)
    ]
    for a, doer in enumerate(meant):
        if doer.kind == "place":
            continue
        for b in others:
            if a == b:
                continue
            there = found.get((entities[a], entities[b]), ())
            back = found.get((entities[b], entities[a]), ())
            if not there and not back:
                yield a, b, NOTHING
                continue
            by_rules = (entities[a], entities[b]) in taken
            counts = min(len(there), _MOST_EDGES), min(len(back), _MOST_EDGES)
            yield a, b, OfPair(float(by_rules), *counts, float(predicate in there))
