"""OWL 2 in Turtle: classes, properties and concept schemes, mapped to the public vocabularies.

Agent, place and event types are classes; roles, statuses, kinds, stances, families and PLOVER
categories are SKOS concepts (`h:status-planned`). An event type named as a node class (Statement) is
that class. Where an edge may end in several classes that no single class stands for, `domainIncludes`
of schema.org says so: `rdfs:domain` with several values would mean all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from schema.exporters.turtle import OWN, W3C, Block, document, labels, literal, own
from schema.ontology import Entry, Ontology, RelationType

DATATYPES = {
    "string": "xsd:string",
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "boolean": "xsd:boolean",
    "date": "xsd:date",
}


def render(ontology: Ontology) -> str:
    """The ontology as one Turtle document."""
    prefixes = {**W3C, **ontology.prefixes, OWN: ontology.namespace}
    return document(prefixes, _blocks(ontology), "Generated from schema/ontology.yaml; change that file.")


def concept(scheme: str, name: str) -> str:
    """The term of a concept, e.g. `h:status-planned`."""
    return own(f"{scheme}-{name}")


def _blocks(ontology: Ontology) -> Iterator[Block]:
    yield _header(ontology)
    yield from _annotations()
    yield from _classes(ontology)
    yield from _predicates(ontology)
    yield from _structure(ontology)
    yield from _literals(ontology)
    for scheme, title, section in (
        ("role", "Roles", ontology.roles),
        ("status", "Truth statuses", ontology.statuses),
        ("casualty", "Casualty kinds", ontology.casualty_kinds),
        ("stance", "Stances", ontology.stances),
        ("family", "Families of predicates", ontology.families),
        ("plover", "PLOVER categories", ontology.plover_categories),
    ):
        yield from _scheme(scheme, title, section)


def _header(ontology: Ontology) -> Block:
    return (
        f"<{ontology.namespace.rstrip('#/')}>",
        [
            ("rdf:type", "owl:Ontology"),
            ("rdfs:label", literal("Hadath: actors, events and relations of news", "en")),
            ("rdfs:label", literal("حدث: الفاعلون والأحداث والعلاقات في الأخبار", "ar")),
            ("owl:versionInfo", literal(ontology.version)),
        ],
    )


def _annotations() -> Iterator[Block]:
    for name, text in (
        ("cameo", "CAMEO code"),
        ("ploverCategory", "PLOVER category"),
        ("family", "family of predicates"),
        ("derivedFrom", "event type that a shortcut is derived from"),
        ("hasRole", "role that an event type has"),
        ("factual", "reads as fact"),
    ):
        yield own(name), [("rdf:type", "owl:AnnotationProperty"), ("rdfs:label", literal(text, "en"))]


def _classes(ontology: Ontology) -> Iterator[Block]:
    for node in ontology.node_classes.values():
        parents = [own(node.under)] if node.under else []
        extra = [("owl:disjointWith", own("Place"))] if node.name == "Agent" else []
        if node.name in ontology.event_types:
            extra += _event_codes(ontology, node.name)
        yield _class(node, [*parents, *node.maps], extra)
    for agent in ontology.agent_types.values():
        yield _class(agent, [own("Agent"), *agent.maps])
    for place in ontology.place_types.values():
        yield _class(place, [own("Place"), *place.maps])
    for event in ontology.event_types.values():
        if event.name not in ontology.node_classes:
            yield _class(event, [own("Event")], _event_codes(ontology, event.name))


def _class(entry: Entry, parents: Iterable[str], extra: Iterable[tuple[str, str]] = ()) -> Block:
    return (
        own(entry.name),
        [
            ("rdf:type", "owl:Class"),
            *(("rdfs:subClassOf", parent) for parent in parents),
            *labels("rdfs:label", entry.labels),
            *labels("skos:definition", entry.definition),
            *extra,
        ],
    )


def _event_codes(ontology: Ontology, name: str) -> list[tuple[str, str]]:
    event = ontology.event_types[name]
    codes = [event.cameo, *event.cameo_also] if event.cameo else [*event.cameo_also]
    return [
        *([(own("ploverCategory"), concept("plover", event.plover))] if event.plover else []),
        *((own("cameo"), literal(code)) for code in codes),
        (own("family"), concept("family", event.family)),
        *((own("hasRole"), concept("role", role)) for role in event.roles),
    ]


def class_for(ontology: Ontology, types: frozenset[str]) -> str | None:
    """The one class that stands for exactly these types; None where no single one does."""
    agents, places = frozenset(ontology.agent_types), frozenset(ontology.place_types)
    if types == agents | places:
        return own("Entity")
    if types == agents:
        return own("Agent")
    if types == places:
        return own("Place")
    return own(next(iter(types))) if len(types) == 1 else None


def _ends(ontology: Ontology, relation: RelationType) -> Iterator[tuple[str, str]]:
    for end, types in (("domain", relation.domain), ("range", relation.range)):
        if single := class_for(ontology, types):
            yield f"rdfs:{end}", single
        else:
            yield from ((f"schema:{end}Includes", own(name)) for name in sorted(types))


def _predicates(ontology: Ontology) -> Iterator[Block]:
    for relation in ontology.relations.values():
        derived = relation.event_type
        yield (
            own(relation.name),
            [
                ("rdf:type", "owl:ObjectProperty"),
                *([("rdf:type", "owl:SymmetricProperty")] if relation.symmetric else []),
                *(("rdfs:subPropertyOf", term) for term in relation.maps),
                *_ends(ontology, relation),
                *labels("rdfs:label", relation.labels),
                *labels("skos:definition", relation.definition),
                (own("family"), concept("family", relation.family)),
                *([(own("derivedFrom"), own(derived))] if derived else []),
            ],
        )


def _several(predicate: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if len(names) == 1:
        yield f"rdfs:{predicate}", own(names[0])
    else:
        yield from ((f"schema:{predicate}Includes", own(name)) for name in names)


def _structure(ontology: Ontology) -> Iterator[Block]:
    for edge in ontology.structure.values():
        yield (
            own(edge.name),
            [
                ("rdf:type", "owl:ObjectProperty"),
                *(("rdfs:subPropertyOf", term) for term in edge.maps),
                *_several("domain", edge.sources),
                *_several("range", edge.targets),
                *labels("rdfs:label", edge.labels),
            ],
        )


def _literals(ontology: Ontology) -> Iterator[Block]:
    for item in ontology.properties.values():
        # `cameo` and `family` are annotations on classes and literals on events: one term, no OWL type twice.
        if item.name == "cameo":
            continue
        datatype = DATATYPES.get(item.datatype)
        yield (
            own(item.name),
            [
                ("rdf:type", "owl:DatatypeProperty"),
                *(("rdfs:subPropertyOf", term) for term in item.maps),
                *_several("domain", item.of),
                *([("rdfs:range", datatype)] if datatype else []),
                *labels("rdfs:label", item.labels),
            ],
        )


def _scheme(scheme: str, title: str, section: Mapping[str, Entry]) -> Iterator[Block]:
    yield own(f"{scheme}-scheme"), [("rdf:type", "skos:ConceptScheme"), ("rdfs:label", literal(title, "en"))]
    for entry in section.values():
        factual = getattr(entry, "factual", None)
        yield (
            concept(scheme, entry.name),
            [
                ("rdf:type", "skos:Concept"),
                ("skos:inScheme", own(f"{scheme}-scheme")),
                ("skos:notation", literal(entry.name)),
                *labels("skos:prefLabel", entry.labels),
                *labels("skos:definition", entry.definition),
                *([(own("factual"), str(factual).lower())] if factual is not None else []),
            ],
        )
