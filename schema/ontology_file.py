"""Reads `ontology.yaml`: its form (pydantic), and that its entries fit together.

A wrong file raises `OntologyError`, one line that names the entry:
`ontology.yaml: event_types.Airstrike.plover: 'ASALT' is not a PLOVER category; use one of ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from schema.errors import OntologyError
from schema.yaml_files import read_yaml

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Fillers = str | list[str]

#: Words that stand for several types where a filler is asked for.
FILLER_WORDS = ("agent", "place", "any", "time")


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextForm(_Form):
    """The same text in both languages."""

    en: Words
    ar: Words


class NamedForm(_Form):
    labels: TextForm
    definition: TextForm | None = None


class DefinedForm(_Form):
    labels: TextForm
    definition: TextForm


class EntityTypeForm(DefinedForm):
    colour: Colour
    shape: Words
    maps: list[str] = []


class RoleForm(DefinedForm):
    fills: Fillers


class FamilyForm(NamedForm):
    colour: Colour


class ShortcutForm(_Form):
    edge: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]+$")]
    labels: TextForm
    to: str = "recipient"


class EventTypeForm(DefinedForm):
    plover: str | None
    cameo: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-9]|20)[0-9]{0,2}$")] | None
    cameo_also: list[str] = []
    family: str
    roles: dict[str, Fillers] = {}
    shortcuts: list[ShortcutForm]
    symmetric: bool = False


class RelationForm(DefinedForm):
    family: str
    domain: Fillers
    range: Fillers
    maps: list[str] = []


class StatusForm(DefinedForm):
    factual: bool
    dash: list[Annotated[int, Field(gt=0)]]
    opacity: Annotated[float, Field(gt=0, le=1)]


class NodeClassForm(DefinedForm):
    under: str | None = None
    maps: list[str] = []
    indexes: list[str] = []


class StructureForm(_Form):
    model_config = ConfigDict(populate_by_name=True)

    sources: list[str] = Field(alias="from", min_length=1)
    targets: list[str] = Field(alias="to", min_length=1)
    labels: TextForm
    maps: list[str] = []


class PropertyForm(_Form):
    of: list[str] = Field(min_length=1)
    datatype: Literal["string", "integer", "decimal", "boolean", "date", "temporal"]
    labels: TextForm
    required: bool = False
    values: str | None = None
    maps: list[str] = []


class OntologyFile(_Form):
    """The whole file, checked."""

    namespace: Annotated[str, StringConstraints(pattern=r"^https?://\S+[#/]$")]
    version: Words
    prefixes: dict[str, str]
    agent_types: dict[str, EntityTypeForm]
    place_types: dict[str, EntityTypeForm]
    roles: dict[str, RoleForm]
    common_roles: dict[str, Fillers]
    families: dict[str, FamilyForm]
    plover_categories: dict[str, NamedForm]
    event_types: dict[str, EventTypeForm]
    relations: dict[str, RelationForm]
    statuses: dict[str, StatusForm]
    casualty_kinds: dict[str, DefinedForm]
    stances: dict[str, NamedForm]
    node_classes: dict[str, NodeClassForm]
    structure: dict[str, StructureForm]
    properties: dict[str, PropertyForm]

    def fillers(self, declared: Fillers) -> frozenset[str]:
        """The type names that a filler stands for; nothing for `time`, which no entity fills."""
        words = [declared] if isinstance(declared, str) else declared
        names: set[str] = set()
        for word in words:
            if word in ("agent", "any"):
                names |= self.agent_types.keys()
            if word in ("place", "any"):
                names |= self.place_types.keys()
            if word not in FILLER_WORDS:
                names.add(word)
        return frozenset(names)


def read_ontology_file(path: Path) -> OntologyFile:
    """The checked content of the file at `path`; `OntologyError` when it is absent or wrong."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise OntologyError(f"{path.name}: holds no entries; start from the ontology.yaml of the project")
    try:
        content = OntologyFile.model_validate(data)
    except ValidationError as error:
        raise OntologyError(f"{path.name}: {_first_line(error)}") from error
    if problem := next(_problems(content), None):
        raise OntologyError(f"{path.name}: {problem}")
    return content


def _first_line(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    entry = ".".join(str(part) for part in first["loc"] if part not in ("str", "list[str]"))
    if first["type"] == "extra_forbidden":
        return f"{entry}: is not a known key; correct its spelling or remove it"
    if first["type"] == "missing":
        return f"{entry}: is missing; add it"
    return f"{entry}: {first['msg']}, not {first['input']!r}"


def _problems(content: OntologyFile) -> Iterator[str]:
    """What does not fit together, each naming its entry first."""
    yield from _type_problems(content)
    yield from _event_problems(content)
    yield from _edge_problems(content)
    yield from _property_problems(content)
    yield from _map_problems(content)


def _filler_problems(content: OntologyFile, entry: str, declared: Fillers) -> Iterator[str]:
    known = {*content.agent_types, *content.place_types, *FILLER_WORDS}
    for word in [declared] if isinstance(declared, str) else declared:
        if word not in known:
            yield f"{entry}: {word!r} is not a type; use agent, place, any or one of {_listed(known)}"


def _type_problems(content: OntologyFile) -> Iterator[str]:
    for name in content.agent_types.keys() & content.place_types.keys():
        yield f"place_types.{name}: is an agent type too; give one of them another name"
    for name, role in content.roles.items():
        yield from _filler_problems(content, f"roles.{name}.fills", role.fills)
    for name, declared in content.common_roles.items():
        if name not in content.roles:
            yield f"common_roles.{name}: is not a role; use one of {_listed(content.roles)}"
        yield from _filler_problems(content, f"common_roles.{name}", declared)
    if "actor" not in content.common_roles:
        yield "common_roles.actor: is missing; shortcut edges start from the actor"
    for name, node in content.node_classes.items():
        if node.under is not None and node.under not in content.node_classes:
            yield f"node_classes.{name}.under: {node.under!r} is not a node class"


def _event_problems(content: OntologyFile) -> Iterator[str]:
    for name, event in content.event_types.items():
        entry = f"event_types.{name}"
        if not re.fullmatch(r"[A-Z][A-Za-z]+", name):
            yield f"{entry}: the name must be letters in CamelCase"
        if event.plover is not None and event.plover not in content.plover_categories:
            wanted = _listed(content.plover_categories)
            yield f"{entry}.plover: {event.plover!r} is not a PLOVER category; use one of {wanted}"
        if event.family not in content.families:
            yield f"{entry}.family: {event.family!r} is not a family; use one of {_listed(content.families)}"
        for role, declared in event.roles.items():
            if role not in content.roles:
                yield f"{entry}.roles.{role}: is not a role; use one of {_listed(content.roles)}"
            yield from _filler_problems(content, f"{entry}.roles.{role}", declared)
        for shortcut in event.shortcuts:
            if shortcut.to not in {**content.common_roles, **event.roles}:
                yield f"{entry}.shortcuts.{shortcut.edge}.to: {shortcut.to!r} is not a role of {name}"


def _edge_problems(content: OntologyFile) -> Iterator[str]:
    owner: dict[str, str] = dict.fromkeys(content.structure, "structure")
    for name, relation in content.relations.items():
        entry = f"relations.{name}"
        if name in owner:
            yield f"{entry}: the edge is declared in {owner[name]} too; give one of them another name"
        owner[name] = "relations"
        if relation.family not in content.families:
            wanted = _listed(content.families)
            yield f"{entry}.family: {relation.family!r} is not a family; use one of {wanted}"
        yield from _filler_problems(content, f"{entry}.domain", relation.domain)
        yield from _filler_problems(content, f"{entry}.range", relation.range)
    for name, event in content.event_types.items():
        for shortcut in event.shortcuts:
            if shortcut.edge in owner:
                taken = owner[shortcut.edge]
                yield f"event_types.{name}.shortcuts.{shortcut.edge}: is the edge of {taken} too; use another"
            owner[shortcut.edge] = f"event_types.{name}"
    for name, edge in content.structure.items():
        for end in (*edge.sources, *edge.targets):
            if end not in content.node_classes:
                wanted = _listed(content.node_classes)
                yield f"structure.{name}: {end!r} is not a node class; use one of {wanted}"


def _property_problems(content: OntologyFile) -> Iterator[str]:
    for name, form in content.properties.items():
        for node in form.of:
            if node not in content.node_classes:
                wanted = _listed(content.node_classes)
                yield f"properties.{name}.of: {node!r} is not a node class; use one of {wanted}"
        if form.values is not None and not isinstance(getattr(content, form.values, None), dict):
            yield f"properties.{name}.values: {form.values!r} is not a section of the file"
    for name, node_class in content.node_classes.items():
        for index in node_class.indexes:
            if index not in content.properties or name not in content.properties[index].of:
                yield f"node_classes.{name}.indexes: {index!r} is not a property declared on {name}"


def _map_problems(content: OntologyFile) -> Iterator[str]:
    sections = ("agent_types", "place_types", "relations", "node_classes", "structure", "properties")
    for section in sections:
        for name, entry in getattr(content, section).items():
            for term in entry.maps:
                prefix, colon, local = term.partition(":")
                if not colon or not local or prefix not in content.prefixes:
                    wanted = _listed(content.prefixes)
                    yield f"{section}.{name}.maps: {term!r} needs a known prefix; use one of {wanted}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
