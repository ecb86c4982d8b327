"""Which parties of an event an edge joins: each actor with each in the edge's role, or equals in pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from schema.ontology import EventType


def pairs(type_: EventType, to: str, roles: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Subject and object of every edge of an event to the role `to`; `roles`: role -> ids.

    Parties of a symmetric event may all be told as actors.
    """
    ours, theirs = roles.get("actor", ()), roles.get(to, ())
    if type_.symmetric:
        theirs = (*theirs, *roles.get("partner", ()))
    joined = product(ours, theirs) if theirs or not type_.symmetric else combinations(ours, 2)
    return ((one, other) for one, other in joined if one != other)
