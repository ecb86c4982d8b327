"""The rows of an extraction, without a server; settings; Turtle; the container files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError
from rdflib import RDF, Graph, Namespace, URIRef

from api.settings import ApiSettings
from graph.batch import build_batch, edge_id
from graph.rdf import DATA, NIF, extraction_to_turtle, iri
from graph.schema_queries import schema
from graph.settings import Settings
from schema.errors import BatchError
from schema.model import RunInfo, Triple
from schema.ontology import Ontology
from tests.factory import make_extraction

ROOT = Path(__file__).parents[1]


def test_same_extraction_gives_the_same_batch(ontology: Ontology) -> None:
    first = build_batch(make_extraction(), ontology, RunInfo("1"))
    assert build_batch(make_extraction(), ontology, RunInfo("1")) == first
    assert build_batch(make_extraction(), ontology, RunInfo("2")).digest != first.digest
    assert build_batch(make_extraction(date=None), ontology, RunInfo("1")).digest != first.digest


def test_every_row_is_known_to_the_ontology(ontology: Ontology) -> None:
    batch = build_batch(make_extraction(), ontology, RunInfo("1"))
    nodes = {(node.label, node.id) for node in batch.nodes}
    for node in batch.nodes:
        assert {node.label, *node.labels} <= {*ontology.node_classes, *ontology.entity_types}
    for edge in batch.edges:
        frame = ontology.structure[edge.type]
        assert {edge.source, edge.target} <= nodes
        assert edge.source[0] in frame.sources or frame.sources == ("Place",)
        assert edge.target[0] in {*frame.targets, "Entity"}


def test_rows_keep_offsets_and_leave_out_the_unknown(ontology: Ontology) -> None:
    extraction = make_extraction(date=None)
    text = extraction.article.text
    for node in build_batch(extraction, ontology).nodes:
        assert None not in node.properties.values()
        spoken = node.properties.get("text", node.properties.get("evidence", node.properties.get("trigger")))
        if node.label != "Document" and "start" in node.properties:
            assert text[int(node.properties["start"]) : int(node.properties["end"])] == spoken  # type: ignore[arg-type]
        assert "date" not in node.dates
        assert "reported" not in node.dates


def test_mentions_lie_in_the_sentences_that_hold_them(ontology: Ontology) -> None:
    batch = build_batch(make_extraction(), ontology)
    nodes = {node.id: node.properties for node in batch.nodes}
    inside = [edge for edge in batch.edges if edge.type == "IN"]
    assert len(inside) == sum(node.label == "Mention" for node in batch.nodes)
    for edge in inside:
        mention, sentence = nodes[edge.source[1]], nodes[edge.target[1]]
        assert sentence["start"] <= mention["start"] < mention["end"] <= sentence["end"]  # type: ignore[operator]


def test_event_without_a_triple_still_has_its_claim(ontology: Ontology) -> None:
    bare = replace(make_extraction(), triples=())
    claims = [node for node in build_batch(bare, ontology).nodes if node.label == "Claim"]
    assert len(claims) == len(bare.events)
    assert {claim.properties["polarity"] for claim in claims if claim.properties["status"] == "denied"} == {
        "negative"
    }
    assert not any("edge_id" in claim.properties for claim in claims)


def test_symmetric_edges_are_the_same_in_both_directions(ontology: Ontology) -> None:
    assert edge_id("b", "MET_WITH", "a", "e", symmetric=True) == edge_id(
        "a", "MET_WITH", "b", "e", symmetric=True
    )
    assert edge_id("b", "STRUCK", "a", "e", symmetric=False) != edge_id(
        "a", "STRUCK", "b", "e", symmetric=False
    )
    given = make_extraction()
    coalition, _, _, _, forces, _ = given.actors
    evidence = given.sentences[1].span
    both = tuple(
        Triple(a.id, "COOPERATED_WITH", b.id, "stated", evidence)
        for a, b in ((coalition, forces), (forces, coalition))
    )
    batch = build_batch(replace(given, triples=both), ontology)
    assert sum("edge_id" in node.properties for node in batch.nodes) == 1


def test_what_does_not_fit_is_refused_before_any_row(ontology: Ontology) -> None:
    given = make_extraction()
    with pytest.raises(BatchError, match="nothing is stored"):
        build_batch(replace(given, events=(replace(given.events[0], status="certain"),)), ontology)


# ---------------------------------------------------------------------- settings


def test_every_setting_says_what_it_is_for() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def test_settings_are_documented_in_their_own_words() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for settings in (Settings, ApiSettings):
        for name, field in settings.model_fields.items():
            default = "" if field.default is None or field.default == "" else f"`{field.default}`"
            row = f"| `HADATH_{name.upper()}` | {default} | {field.description} |"
            assert row in page, f"docs/settings.md lacks the row:\n{row}"


def test_nothing_is_read_from_the_environment_at_import() -> None:
    code = "import graph.store, graph.local_server, graph.rdf"
    wrong = {**os.environ, "HADATH_BOLT_PORT": "no port", "HADATH_HEAP": "much"}
    subprocess.run([sys.executable, "-c", code], check=True, env=wrong, cwd=ROOT)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HADATH_NEO4J_URI", "bolt://db:7687")
    monkeypatch.setenv("HADATH_NEO4J_PASSWORD", "very secret")
    settings = Settings()
    assert settings.neo4j_uri == "bolt://db:7687"
    assert "very secret" not in repr(settings)
    monkeypatch.setenv("HADATH_HEAP", "much")
    with pytest.raises(ValidationError, match="heap"):
        Settings()


# ---------------------------------------------------------------------- Turtle


def test_turtle_is_the_same_each_time_and_parses(ontology: Ontology) -> None:
    turtle = extraction_to_turtle(make_extraction(), ontology, RunInfo("1"))
    assert extraction_to_turtle(make_extraction(), ontology, RunInfo("1")) == turtle
    graph = Graph().parse(data=turtle, format="turtle")
    sem, hadath = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/"), Namespace(ontology.namespace)
    assert len(set(graph.subjects(RDF.type, sem.Event))) == 4
    assert len(set(graph.subjects(RDF.type, hadath.Airstrike))) == 1
    assert not [s for s in graph.subjects() if not isinstance(s, URIRef)]


def test_turtle_offsets_point_into_the_text(ontology: Ontology) -> None:
    graph = Graph().parse(data=extraction_to_turtle(make_extraction(), ontology), format="turtle")
    text = str(graph.value(iri("sample-1"), NIF.isString))
    assert text == make_extraction().article.text
    anchored = list(graph.subject_objects(NIF.anchorOf))
    assert len(anchored) > 20
    for subject, anchor in anchored:
        begin, end = (int(str(graph.value(subject, p))) for p in (NIF.beginIndex, NIF.endIndex))
        assert text[begin:end] == str(anchor)


def test_planned_and_denied_are_no_plain_triples(ontology: Ontology) -> None:
    graph = Graph().parse(data=extraction_to_turtle(make_extraction(), ontology), format="turtle")
    hadath = Namespace(ontology.namespace)
    assert len(list(graph.triples((None, hadath.STRUCK, None)))) == 1
    for predicate in (hadath.WITHDREW_FROM, hadath.ARRESTED):
        assert not list(graph.triples((None, predicate, None)))
        assert len(list(graph.subjects(RDF.predicate, predicate))) == 1


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_turtle_fits_the_shapes(ontology: Ontology) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    shapes = (ROOT / "schema/generated/shapes.ttl").read_text(encoding="utf-8")
    fits, _, report = pyshacl.validate(
        extraction_to_turtle(make_extraction(), ontology),
        shacl_graph=shapes,
        data_graph_format="turtle",
        shacl_graph_format="turtle",
    )
    assert fits, report


@pytest.mark.parametrize("article", ["a b", "http://x/y?z=1", "مقال", 'q"<>{}|\\^`'])
def test_any_article_id_makes_a_valid_name(ontology: Ontology, article: str) -> None:
    graph = Graph().parse(data=extraction_to_turtle(make_extraction(article), ontology), format="turtle")
    assert (iri(article), NIF.isString, None) in graph
    assert str(iri(article)).startswith(str(DATA))


# ---------------------------------------------------------------------- files beside the code


def test_schema_statements_cover_every_node_class(ontology: Ontology) -> None:
    statements = list(schema(ontology))
    assert len(statements) == len(set(statements))
    for name, entry in ontology.node_classes.items():
        constraint = any(f"(n:{name}) REQUIRE n.id IS UNIQUE" in statement for statement in statements)
        assert constraint == (entry.under is None), name


def test_compose_has_no_password_and_waits_for_health() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    compose = yaml.safe_load(text)
    neo4j, api = compose["services"]["neo4j"], compose["services"]["api"]
    assert re.fullmatch(r"neo4j:5\.\d+-community", neo4j["image"])
    for service in (neo4j, api):
        assert service["healthcheck"]["test"]
        for name, value in service["environment"].items():
            if "AUTH" in name or "PASSWORD" in name or "KEYS" in name:
                assert ":?" in value, f"{name} must be asked for with a message"
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert api["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert compose["volumes"].keys() == {"neo4j-data"}
    known = {f"HADATH_{name.upper()}" for name in Settings.model_fields}
    assert {"HADATH_NEO4J_URI", "HADATH_NEO4J_USER", "HADATH_NEO4J_PASSWORD"} <= known & {*api["environment"]}


def test_image_copies_the_packages_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for package in ("schema", "extractors", "graph", "api", "scripts"):
        assert f"COPY {package} {package}" in text
    assert re.search(r"^USER (?!root)", text, re.MULTILINE)
