"""Which parties of an event an edge joins: each actor with each in the edge's role, or equals in pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from extractors.base import EventDraft
from schema.ontology import EventType, load_ontology


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge that an event would give: `subject` and `object` are ids of entities."""

    predicate: str
    subject: str
    object: str


def edges(event: EventDraft) -> Iterator[Edge]:
    """The edges between the parties of an event."""
    type_ = load_ontology().event_type(event.type)
    for shortcut in type_.shortcuts:
        for one, other in pairs(type_, shortcut.to, event.roles):
            yield Edge(shortcut.edge, one, other)


def pairs(type_: EventType, to: str, roles: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Subject and object of every edge of an event to the role `to`; `roles`: role -> ids.

    Parties of a symmetric event may all be told as actors.
    """
    ours, theirs = roles.get("actor", ()), roles.get(to, ())
    if type_.symmetric:
        theirs = (*theirs, *roles.get("partner", ()))
    joined = product(ours, theirs) if theirs or not type_.symmetric else combinations(ours, 2)
    return ((one, other) for one, other in joined if one != other)
