"""docs/ontology.md: the ontology as a page to read, in English and Arabic side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schema.ontology import AgentType, Entry, EventType, Ontology, PlaceType, RelationType, Text

INTRO = """\
<!-- Generated from schema/ontology.yaml by `python -m scripts.generate`; change that file. -->

# The ontology

What a Hadath graph may hold: who acts, where, what can happen, which edges follow from it, and how far
each may be taken for true. `schema/ontology.yaml` is the only place where this is written; this page,
the OWL file, the SHACL shapes, the JSON Schema and the Cypher constraints are made from it.

An article's event becomes an `Event` node with its participants in *roles*. From it a *shortcut* edge is
derived, from the actor to the recipient, so that a question reads as one asks it:
`(Coalition)-[:STRUCK]->(ISIS)`. Every edge carries a *status*."""


def render(ontology: Ontology) -> str:
    """The page."""
    parts = [INTRO, *_sections(ontology)]
    return "\n\n".join(parts) + "\n"


def _sections(ontology: Ontology) -> Iterator[str]:
    yield "## Actors"
    yield _entity_table(ontology.agent_types)
    yield "## Places"
    yield _entity_table(ontology.place_types)
    yield "## Event types"
    yield (
        "PLOVER is the category of that scheme, CAMEO the code of that scheme; a dash where it has none that "
        "fits. ⇄ marks edges that hold in both directions. The edge goes from the actor to what stands "
        "in brackets."
    )
    yield (
        "An event carries its codes when it happened and is told as a particular deed. Whether an event of "
        "`ASSAULT` or `PROTEST` is told so, a model judges that has learnt it from sentences that people "
        "coded; where its weights are absent (other models than those shipped), every event that happened "
        "carries them. Type, roles, edges and counts do not depend on it."
    )
    for family in ontology.families.values():
        events = [event for event in ontology.event_types.values() if event.family == family.name]
        if events:
            yield f"### {_both(family.labels)} `{family.colour}`"
            yield _event_table(ontology, events)
            yield "\n".join(f"* **{event.name}**: {_definition(event)}" for event in events)
    yield "## Standing relations"
    yield _relation_table(ontology)
    yield "## Roles on an event"
    yield (
        "Every event type has "
        + ", ".join(f"`{role}`" for role in _common(ontology))
        + "; others are listed."
    )
    yield _plain_table(ontology.roles)
    yield "## Truth status"
    yield _status_table(ontology)
    yield "## Casualty kinds"
    yield _plain_table(ontology.casualty_kinds)
    yield "## Stance of a reporting verb"
    yield _table(("name", "العربية"), ((f"`{s.name}`", s.label_ar) for s in ontology.stances.values()))
    yield "## PLOVER categories"
    yield _plover_table(ontology)
    yield "## In the property graph"
    yield _node_table(ontology)
    yield _structure_table(ontology)
    yield "## Mappings"
    yield _mapping_table(ontology)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _both(text: Text) -> str:
    return f"{text.en} · {text.ar}"


def _definition(entry: Entry) -> str:
    return f"{entry.definition.en}<br>{entry.definition.ar}" if entry.definition else ""


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _entity_table(types: Mapping[str, AgentType] | Mapping[str, PlaceType]) -> str:
    return _table(
        ("type", "العربية", "meaning", "drawn as"),
        ((f"`{t.name}`", t.label_ar, _definition(t), f"{t.shape} `{t.colour}`") for t in types.values()),
    )


def _common(ontology: Ontology) -> list[str]:
    """The roles that all event types share."""
    return [role for role in ontology.roles if all(role in e.roles for e in ontology.event_types.values())]


def _event_table(ontology: Ontology, events: Sequence[EventType]) -> str:
    common = _common(ontology)
    return _table(
        ("type", "العربية", "PLOVER", "CAMEO", "edge", "further roles"),
        (
            (
                f"`{event.name}`",
                event.label_ar,
                event.plover or "–",
                "/".join(code for code in (event.cameo, *event.cameo_also) if code) or "–",
                _edges(ontology, event),
                _codes(role for role in event.roles if role not in common),
            )
            for event in events
        ),
    )


def _edges(ontology: Ontology, event: EventType) -> str:
    mark = " ⇄" if event.symmetric else ""
    return "<br>".join(
        f"`{s.edge}`{mark} {s.labels.ar} ({_filler(ontology, event.roles[s.to])})" for s in event.shortcuts
    )


def _filler(ontology: Ontology, types: frozenset[str]) -> str:
    """The words of the file for a set of types."""
    agents, places = frozenset(ontology.agent_types), frozenset(ontology.place_types)
    words = {agents | places: "agent or place", agents: "agent", places: "place"}
    return words.get(types) or " or ".join(sorted(types))


def _relation_table(ontology: Ontology) -> str:
    standing: list[RelationType] = [r for r in ontology.relations.values() if r.kind == "standing"]
    return _table(
        ("edge", "العربية", "from", "to", "meaning"),
        (
            (
                f"`{r.name}`",
                r.label_ar,
                _filler(ontology, r.domain),
                _filler(ontology, r.range),
                _definition(r),
            )
            for r in standing
        ),
    )


def _plain_table(section: Mapping[str, Entry]) -> str:
    return _table(
        ("name", "العربية", "meaning"),
        ((f"`{entry.name}`", entry.label_ar, _definition(entry)) for entry in section.values()),
    )


def _status_table(ontology: Ontology) -> str:
    return _table(
        ("status", "العربية", "meaning", "reads as fact"),
        (
            (f"`{s.name}`", s.label_ar, _definition(s), "yes" if s.factual else "**no**")
            for s in ontology.statuses.values()
        ),
    )


def _plover_table(ontology: Ontology) -> str:
    return _table(
        ("category", "العربية", "event types"),
        (
            (
                f"`{category.name}`",
                category.label_ar,
                _codes(e.name for e in ontology.event_types.values() if e.plover == category.name),
            )
            for category in ontology.plover_categories.values()
        ),
    )


def _node_table(ontology: Ontology) -> str:
    return _table(
        ("label", "beside", "العربية", "meaning", "properties besides `id`"),
        (
            (
                f"`{node.name}`",
                f"`{node.under}`" if node.under else "",
                node.label_ar,
                _definition(node),
                _codes(item.name for item in ontology.properties.values() if node.name in item.of),
            )
            for node in ontology.node_classes.values()
        ),
    )


def _structure_table(ontology: Ontology) -> str:
    return _table(
        ("edge", "العربية", "from", "to"),
        (
            (f"`{edge.name}`", edge.label_ar, _codes(edge.sources), _codes(edge.targets))
            for edge in ontology.structure.values()
        ),
    )


def _mapping_table(ontology: Ontology) -> str:
    sections: tuple[Mapping[str, Entry], ...] = (
        ontology.node_classes,
        ontology.agent_types,
        ontology.place_types,
        ontology.relations,
        ontology.structure,
        ontology.properties,
    )
    rows = [
        (f"`{entry.name}`", _codes(maps))
        for section in sections
        for entry in section.values()
        if (maps := getattr(entry, "maps", ()))
    ]
    return _table(("ours", "same or wider term"), rows)
