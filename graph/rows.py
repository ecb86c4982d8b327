"""The rows of a batch: nodes and edges of the property graph, as plain data with content-hash ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.identity import content_id

Value = str | int | float | bool | list[str]


@dataclass(frozen=True, slots=True)
class Node:
    """`id` is unique under the base label `label`; `labels` stand beside it; `dates` are ISO dates."""

    label: str
    id: str
    properties: Mapping[str, Value]
    labels: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the frame (no predicate) between two nodes, given as (base label, id)."""

    type: str
    source: tuple[str, str]
    target: tuple[str, str]
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """One id for the pair and, where the edge has one, the role; `order` and the like do not matter."""
        return content_id("edge", self.type, self.source[1], self.target[1], self.properties.get("role"))


@dataclass(frozen=True, slots=True)
class GraphBatch:
    """All rows of one article. `entities` and `events` are the ids of what other articles may share."""

    document: str
    digest: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    entities: tuple[str, ...]
    events: tuple[str, ...]


def edge_id(subject: str, predicate: str, object_: str, event: str | None, symmetric: bool) -> str:
    """The id of an edge between entities; both directions of a symmetric one have the same."""
    ends = sorted((subject, object_)) if symmetric else [subject, object_]
    return content_id("edge", predicate, *ends, event)
