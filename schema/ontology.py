"""The ontology as objects: which types, roles, edges and statuses there are, and what may stand where.

    ontology = load_ontology()
    ontology.event_type("Airstrike").plover                     # "ASSAULT"
    ontology.event_for("STRUCK").name                           # "Airstrike"
    ontology.allows("DEPLOYED_TO", "MilitaryForce", "City")     # True

The data stand in `ontology.yaml`; nothing of them is repeated here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from schema.errors import OntologyError
from schema.ontology_file import OntologyFile, TextForm, read_ontology_file
from schema.ontology_types import (
    AgentType,
    CasualtyKind,
    Entry,
    EventType,
    Family,
    NodeClass,
    PlaceType,
    PloverCategory,
    Property,
    RelationType,
    Role,
    Shortcut,
    Stance,
    Status,
    StructureEdge,
    Text,
)

__all__ = [
    "AgentType",
    "CasualtyKind",
    "Entry",
    "EventType",
    "Family",
    "NodeClass",
    "Ontology",
    "PlaceType",
    "PloverCategory",
    "Property",
    "RelationType",
    "Role",
    "Shortcut",
    "Stance",
    "Status",
    "StructureEdge",
    "Text",
    "load_ontology",
]

DEFAULT_PATH = Path(__file__).with_name("ontology.yaml")


T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Ontology:
    """All of it. Mappings are in the order of the file; `relations` holds every predicate."""

    namespace: str
    version: str
    prefixes: Mapping[str, str]
    agent_types: Mapping[str, AgentType]
    place_types: Mapping[str, PlaceType]
    roles: Mapping[str, Role]
    families: Mapping[str, Family]
    plover_categories: Mapping[str, PloverCategory]
    event_types: Mapping[str, EventType]
    relations: Mapping[str, RelationType]
    statuses: Mapping[str, Status]
    casualty_kinds: Mapping[str, CasualtyKind]
    stances: Mapping[str, Stance]
    node_classes: Mapping[str, NodeClass]
    structure: Mapping[str, StructureEdge]
    properties: Mapping[str, Property]

    @cached_property
    def entity_types(self) -> Mapping[str, AgentType | PlaceType]:
        """Agent types, then place types."""
        return {**self.agent_types, **self.place_types}

    @cached_property
    def predicates(self) -> tuple[str, ...]:
        """The names of all edges that a triple may have."""
        return tuple(self.relations)

    @cached_property
    def factual_statuses(self) -> frozenset[str]:
        """The statuses that read as fact; default queries and views show these only."""
        return frozenset(name for name, status in self.statuses.items() if status.factual)

    @cached_property
    def labels(self) -> Mapping[str, Text]:
        """Labels by name, of all types, predicates, roles, statuses, kinds, families and node classes."""
        sections: tuple[Mapping[str, Entry], ...] = (
            self.structure,
            self.node_classes,
            self.families,
            self.roles,
            self.stances,
            self.plover_categories,
            self.statuses,
            self.casualty_kinds,
            self.entity_types,
            self.relations,
            self.event_types,
        )
        return {name: entry.labels for section in sections for name, entry in section.items()}

    def event_type(self, name: str) -> EventType:
        """The event type of that name; `OntologyError` when there is none."""
        return _get(self.event_types, name, "an event type")

    def entity_type(self, name: str) -> AgentType | PlaceType:
        """The agent or place type of that name; `OntologyError` when there is none."""
        return _get(self.entity_types, name, "an agent or place type")

    def relation(self, predicate: str) -> RelationType:
        """The predicate of that name; `OntologyError` when there is none."""
        return _get(self.relations, predicate, "a predicate")

    def status(self, name: str) -> Status:
        """The status of that name; `OntologyError` when there is none."""
        return _get(self.statuses, name, "a status")

    def event_for(self, predicate: str) -> EventType | None:
        """The event type that a predicate is derived from; None for standing relations and unknown names."""
        relation = self.relations.get(predicate)
        return self.event_types[relation.event_type] if relation and relation.event_type else None

    def is_symmetric(self, predicate: str) -> bool:
        """Whether the predicate holds in both directions; `OntologyError` for an unknown one."""
        return self.relation(predicate).symmetric

    def allows(self, predicate: str, subject_type: str, object_type: str) -> bool:
        """Whether entities of these types may stand at the two ends of a predicate."""
        relation = self.relation(predicate)
        return subject_type in relation.domain and object_type in relation.range

    def role_allows(self, event_type: str, role: str, entity_type: str) -> bool:
        """Whether an event of that type has the role, and an entity of that type may fill it."""
        return entity_type in self.event_type(event_type).roles.get(role, frozenset())


def _get(section: Mapping[str, T], name: str, what: str) -> T:
    try:
        return section[name]
    except KeyError:
        known = ", ".join(section)
        raise OntologyError(f"{name!r} is not {what} of the ontology; use one of {known}") from None


@lru_cache(maxsize=4)
def _load(path: Path) -> Ontology:
    return _build(read_ontology_file(path))


def load_ontology(path: Path | None = None) -> Ontology:
    """The ontology of the project, or of another file; read once in a process.

    Raises `OntologyError`, which names the entry, when the file is wrong.
    """
    return _load(DEFAULT_PATH if path is None else path)


def _build(content: OntologyFile) -> Ontology:
    families = {
        name: Family(name, _text(form.labels), _definition(form.definition), form.colour)
        for name, form in content.families.items()
    }
    event_types = {name: _event_type(name, content) for name in content.event_types}
    return Ontology(
        namespace=content.namespace,
        version=content.version,
        prefixes=content.prefixes,
        agent_types={
            n: AgentType(n, _text(f.labels), _text(f.definition), f.colour, f.shape, tuple(f.maps))
            for n, f in content.agent_types.items()
        },
        place_types={
            n: PlaceType(n, _text(f.labels), _text(f.definition), f.colour, f.shape, tuple(f.maps))
            for n, f in content.place_types.items()
        },
        roles={
            n: Role(n, _text(f.labels), _text(f.definition), content.fillers(f.fills))
            for n, f in content.roles.items()
        },
        families=families,
        plover_categories={
            n: PloverCategory(n, _text(f.labels), _definition(f.definition))
            for n, f in content.plover_categories.items()
        },
        event_types=event_types,
        relations={r.name: r for r in _relations(content, event_types.values())},
        statuses={
            n: Status(n, _text(f.labels), _text(f.definition), f.factual, tuple(f.dash), f.opacity)
            for n, f in content.statuses.items()
        },
        casualty_kinds={
            n: CasualtyKind(n, _text(f.labels), _text(f.definition))
            for n, f in content.casualty_kinds.items()
        },
        stances={
            n: Stance(n, _text(f.labels), _definition(f.definition)) for n, f in content.stances.items()
        },
        node_classes={
            n: NodeClass(n, _text(f.labels), _text(f.definition), f.under, tuple(f.maps), tuple(f.indexes))
            for n, f in content.node_classes.items()
        },
        structure={
            n: StructureEdge(n, _text(f.labels), None, tuple(f.sources), tuple(f.targets), tuple(f.maps))
            for n, f in content.structure.items()
        },
        properties={n: _property(n, content) for n in content.properties},
    )


def _event_type(name: str, content: OntologyFile) -> EventType:
    form = content.event_types[name]
    roles = {**content.common_roles, **form.roles}
    return EventType(
        name=name,
        labels=_text(form.labels),
        definition=_text(form.definition),
        plover=form.plover,
        cameo=form.cameo,
        cameo_also=tuple(form.cameo_also),
        family=form.family,
        colour=content.families[form.family].colour,
        symmetric=form.symmetric,
        roles={role: content.fillers(roles[role]) for role in content.roles if role in roles},
        shortcuts=tuple(Shortcut(s.edge, s.to, _text(s.labels)) for s in form.shortcuts),
    )


def _property(name: str, content: OntologyFile) -> Property:
    form = content.properties[name]
    values = tuple(getattr(content, form.values)) if form.values else None
    of, maps = tuple(form.of), tuple(form.maps)
    return Property(name, _text(form.labels), None, of, form.datatype, form.required, values, maps)


def _relations(content: OntologyFile, event_types: Iterable[EventType]) -> Iterable[RelationType]:
    for event in event_types:
        for shortcut in event.shortcuts:
            yield RelationType(
                name=shortcut.edge,
                labels=shortcut.labels,
                definition=event.definition,
                kind="event" if event.plover else "speech",
                family=event.family,
                colour=event.colour,
                domain=event.roles["actor"],
                range=event.roles[shortcut.to],
                symmetric=event.symmetric,
                event_type=event.name,
                maps=(),
            )
    for name, form in content.relations.items():
        yield RelationType(
            name=name,
            labels=_text(form.labels),
            definition=_text(form.definition),
            kind="standing",
            family=form.family,
            colour=content.families[form.family].colour,
            domain=content.fillers(form.domain),
            range=content.fillers(form.range),
            symmetric=False,
            event_type=None,
            maps=tuple(form.maps),
        )


def _text(form: TextForm) -> Text:
    return Text(form.en, form.ar)


def _definition(form: TextForm | None) -> Text | None:
    return _text(form) if form else None
