"""The parts of the ontology as frozen objects; `schema.ontology` loads and offers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Arabic."""

    en: str
    ar: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What every part of the ontology has: its name (the identifier used in data) and its labels."""

    name: str
    labels: Text
    definition: Text | None

    @property
    def label_en(self) -> str:
        return self.labels.en

    @property
    def label_ar(self) -> str:
        return self.labels.ar


@dataclass(frozen=True, slots=True)
class AgentType(Entry):
    """A kind of who acts. `shape` is a vis-network node shape, `colour` is #rrggbb."""

    colour: str
    shape: str
    maps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceType(Entry):
    """A kind of where. Fields as for an agent type."""

    colour: str
    shape: str
    maps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role(Entry):
    """How something takes part in an event; `fills` are the type names that may stand in it at most."""

    fills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Family(Entry):
    """Predicates of one tone, drawn in one colour."""

    colour: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An edge derived from an event: from its actor to whoever fills the role `to`."""

    edge: str
    to: str
    labels: Text


@dataclass(frozen=True, slots=True)
class EventType(Entry):
    """A kind of event. `roles`: role name -> type names that may fill it (none for `time`).

    `plover` and `cameo` are None where those schemes have nothing that fits.
    """

    plover: str | None
    cameo: str | None
    cameo_also: tuple[str, ...]
    family: str
    colour: str
    symmetric: bool
    roles: Mapping[str, frozenset[str]] = field(hash=False)
    shortcuts: tuple[Shortcut, ...]

    @property
    def shortcut(self) -> str | None:
        """The name of the first shortcut edge, None for a type without any."""
        return self.shortcuts[0].edge if self.shortcuts else None

    @property
    def cameo_root(self) -> str | None:
        """The two digits of the CAMEO root category."""
        return self.cameo[:2] if self.cameo else None


@dataclass(frozen=True, slots=True)
class RelationType(Entry):
    """A predicate of triples: a shortcut of an event, an edge of a statement, or a standing relation.

    `domain` and `range` are the type names that may be its subject and object. `event_type` is the
    type it is derived from (None for standing ones). Definitions of shortcuts are those of the event.
    """

    kind: Literal["event", "speech", "standing"]
    family: str
    colour: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool
    event_type: str | None
    maps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status(Entry):
    """How far something may be taken for true. `dash` is in pixels, strokes and gaps; empty: whole."""

    factual: bool
    dash: tuple[int, ...]
    opacity: float


@dataclass(frozen=True, slots=True)
class CasualtyKind(Entry):
    """What befell the people counted."""


@dataclass(frozen=True, slots=True)
class Stance(Entry):
    """What a reporting verb says of its speaker's attitude."""


@dataclass(frozen=True, slots=True)
class PloverCategory(Entry):
    """One of PLOVER's categories."""


@dataclass(frozen=True, slots=True)
class NodeClass(Entry):
    """A label of the property graph; one with `under` stands beside the label that it names."""

    under: str | None
    maps: tuple[str, ...]
    indexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StructureEdge(Entry):
    """An edge of the property graph that is no predicate of triples."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    maps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property(Entry):
    """A literal that nodes carry. `values` are the names it may hold; None: any of its datatype."""

    of: tuple[str, ...]
    datatype: str
    required: bool
    values: tuple[str, ...] | None
    maps: tuple[str, ...]
