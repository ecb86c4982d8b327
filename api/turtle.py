"""Entities, events and their relations as Turtle, a statement a line, made as the rows are read.

The names are those of `graph.rdf`; an article's own sentences and offsets are in the Turtle that
`python -m scripts.export` writes for an article. Only the statuses asked for are given, and a relation
stands as a plain triple only where its event reads as fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SKOS, XSD

from graph.batch import Edge
from graph.rdf import SEM, iri
from schema.ontology import Ontology

Row = dict[str, Any]
Term = URIRef | Literal


def turtle(entities: Iterable[Row], events: Iterable[Row], ontology: Ontology) -> Iterator[str]:
    """The lines, entities first."""
    terms = Namespace(ontology.namespace)
    for entity in entities:
        yield from _lines(iri(entity["id"]), _entity(entity, terms))
    for event in events:
        yield from _lines(iri(event["id"]), _event(event, terms))
        yield from _participants(event, terms)
        yield from _relations(event, ontology, terms)


def _participants(row: Row, terms: Namespace) -> Iterator[str]:
    """Who took part, and through a node of its own in which role (as SEM says it)."""
    event = iri(row["id"])
    for participant in row["participants"]:
        role = {"role": participant["role"]}
        edge = Edge("PARTICIPATED_IN", ("Entity", participant["id"]), ("Event", row["id"]), role)
        who, played = iri(participant["id"]), iri(edge.id)
        yield from _lines(who, [(terms[edge.type], event)])
        yield from _lines(event, [(SEM.hasActor, played)])
        facts = [(RDF.type, SEM.Role), (SEM.roleType, terms[f"role-{participant['role']}"]), (RDF.value, who)]
        yield from _lines(played, facts)


def _lines(subject: URIRef, facts: Iterable[tuple[URIRef, Term | None]]) -> Iterator[str]:
    for predicate, value in facts:
        if value is not None:
            yield f"{subject.n3()} {predicate.n3()} {value.n3()} .\n"


def _entity(row: Row, terms: Namespace) -> Iterator[tuple[URIRef, Term | None]]:
    for kind in ("Entity", "Place" if row["kind"] == "place" else "Agent", row["type"]):
        yield RDF.type, terms[kind]
    for language in ("ar", "en"):
        label = row[f"label_{language}"]
        yield RDFS.label, Literal(label, lang=language) if label else None
    for name in row["names"] or ():
        yield SKOS.altLabel, Literal(name, lang="ar")
    for key in ("lat", "lon", "precision_km"):
        yield terms[key], Literal(Decimal(repr(row[key]))) if row[key] is not None else None


def _event(row: Row, terms: Namespace) -> Iterator[tuple[URIRef, Term | None]]:
    yield RDF.type, terms["Event"]
    yield RDF.type, terms[row["type"]]
    for key in ("status", "plover", "cameo"):
        yield terms[key], Literal(row[key]) if row[key] else None
    time = row["time"] or {}
    for key, day in (
        ("earliest", time.get("earliest")),
        ("latest", time.get("latest")),
        ("reported", row["reported"]),
    ):
        yield terms[key], Literal(day, datatype=XSD.date) if day else None
    yield terms["TOOK_PLACE_IN"], iri(row["place"]["id"]) if row["place"] else None
    for document in row["documents"]:
        yield terms["document"], iri(document["id"])


def _relations(row: Row, ontology: Ontology, terms: Namespace) -> Iterator[str]:
    if row["status"] not in ontology.factual_statuses:
        return
    for shortcut in ontology.event_type(row["type"]).shortcuts:
        ends = [
            [p["id"] for p in row["participants"] if p["role"] == role] for role in ("actor", shortcut.to)
        ]
        for subject in ends[0]:
            for object_ in ends[1]:
                yield from _lines(iri(subject), [(terms[shortcut.edge], iri(object_))])
