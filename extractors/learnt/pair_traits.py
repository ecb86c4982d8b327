"""What the rules say of two entities that an event may join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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


#: Places among some entities: who does it and to whom.
Pair = tuple[int, int]


def rules_edges(occasion: Occasion) -> set[tuple[str, str]]:
    """Subject and object of the edges that the rules give at an occasion, of a symmetric one both ways."""
    taken = {(e.subject, e.object) for e in edges(occasion.event)} if occasion.event else set()
    return taken | {(other, one) for one, other in taken} if occasion.symmetric else taken


def pairs_of(
    scene: Scene, occasion: Occasion, entities: Sequence[str]
) -> tuple[NDArray[np.int64], dict[Pair, OfPair]]:
    """The pairs (pairs, 2) of entities that the ontology lets the occasion's edge join, and what the rules
    say of those of which they say something.
    """
    meant = [scene.reading.entities[entity] for entity in entities]
    allowed = load_ontology().event_type(occasion.type).roles["recipient"]
    others = [
        place
        for place, entity in enumerate(meant)
        if entity.type in allowed or (entity.kind == "state" and "Country" in allowed)
    ]
    doers = [place for place, entity in enumerate(meant) if entity.kind != "place"]
    found = np.empty((len(doers), len(others), 2), np.int64)
    found[:, :, 0], found[:, :, 1] = np.array(doers, int)[:, None], others
    pairs = found.reshape(-1, 2)
    return pairs[pairs[:, 0] != pairs[:, 1]], _shown(scene, occasion, entities)


def _shown(scene: Scene, occasion: Occasion, entities: Sequence[str]) -> dict[Pair, OfPair]:
    """What the rules say of the pairs that their edges join in the article."""
    taken, edges_ = rules_edges(occasion), scene.edges
    places = {entity: place for place, entity in enumerate(entities)}
    shown: dict[Pair, OfPair] = {}
    for one, two in edges_:
        if one not in places or two not in places or one == two:
            continue
        for a, b in ((one, two), (two, one)):
            there, back = edges_.get((a, b), ()), edges_.get((b, a), ())
            counts = min(len(there), _MOST_EDGES), min(len(back), _MOST_EDGES)
            by_rules, same = float((a, b) in taken), float(occasion.predicate in there)
            shown[places[a], places[b]] = OfPair(by_rules, *counts, same)
    return shown
