"""SHACL shapes in Turtle: what a graph in RDF must fulfil. Every shape and list cell has an IRI.

A shape for each node class with literals (datatype, allowed names, required ones) and one for each
predicate (what may be its subject and its object). Use with RDFS inference or with the OWL file beside
the data, since types are subclasses of Agent and Place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schema.exporters.owl import DATATYPES, class_for
from schema.exporters.turtle import OWN, W3C, Block, document, literal, named_list, own
from schema.ontology import Ontology, Property, RelationType

SHACL = "http://www.w3.org/ns/shacl#"

#: A date or a date with time, as ISO 8601 writes it.
TEMPORAL = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"


def render(ontology: Ontology) -> str:
    """The shapes as one Turtle document."""
    prefixes = {"rdf": W3C["rdf"], "xsd": W3C["xsd"], "sh": SHACL, OWN: ontology.namespace}
    return document(prefixes, _blocks(ontology), "Generated from schema/ontology.yaml; change that file.")


def _blocks(ontology: Ontology) -> Iterator[Block]:
    for node in ontology.node_classes:
        carried = [item for item in ontology.properties.values() if node in item.of]
        if not carried:
            continue
        names = [own(f"shape-{node}-{item.name}") for item in carried]
        yield (
            own(f"shape-{node}"),
            [
                ("rdf:type", "sh:NodeShape"),
                ("sh:targetClass", own(node)),
                *(("sh:property", name) for name in names),
            ],
        )
        for name, item in zip(names, carried, strict=True):
            yield _literal_shape(name, item)
    for relation in ontology.relations.values():
        yield from _predicate_shapes(ontology, relation)


def _literal_shape(name: str, item: Property) -> Block:
    pattern = None
    if item.values is not None:
        pattern = f"^({'|'.join(re.escape(value) for value in item.values)})$"
    elif item.datatype == "temporal":
        pattern = TEMPORAL
    datatype = DATATYPES.get(item.datatype)
    return (
        name,
        [
            ("rdf:type", "sh:PropertyShape"),
            ("sh:path", own(item.name)),
            ("sh:maxCount", "1"),
            *([("sh:minCount", "1")] if item.required else []),
            *([("sh:datatype", datatype)] if datatype else []),
            *([("sh:pattern", literal(pattern))] if pattern else []),
            *([("sh:lessThanOrEquals", own("max"))] if item.name == "min" else []),
            *([("sh:lessThanOrEquals", own("latest"))] if item.name == "earliest" else []),
            *([("sh:lessThan", own("end"))] if item.name == "start" else []),
            ("sh:name", literal(item.labels.en, "en")),
            ("sh:name", literal(item.labels.ar, "ar")),
        ],
    )


def _predicate_shapes(ontology: Ontology, relation: RelationType) -> Iterator[Block]:
    for end, types, target in (
        ("subject", relation.domain, "sh:targetSubjectsOf"),
        ("object", relation.range, "sh:targetObjectsOf"),
    ):
        name = own(f"shape-{relation.name}-{end}")
        message = f"the {end} of {relation.name} must be one of {', '.join(sorted(types))}"
        head = [("rdf:type", "sh:NodeShape"), (target, own(relation.name)), ("sh:message", literal(message))]
        if single := class_for(ontology, types):
            yield name, [*head, ("sh:class", single)]
        else:
            options = [f"{name}-{option}" for option in sorted(types)]
            yield name, [*head, ("sh:or", f"{name}-options-1")]
            yield from named_list(f"{name}-options", options)
            for option, type_name in zip(options, sorted(types), strict=True):
                yield option, [("rdf:type", "sh:NodeShape"), ("sh:class", own(type_name))]
