"""The files made from the ontology: up to date, the same bytes each time, and good for their readers."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pyshacl
import pytest
import rdflib
from factory import make_extraction
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from typer.testing import CliRunner

from schema.contract import to_contract
from schema.errors import OntologyError
from schema.exporters import cypher, json_schema, markdown, owl, shacl
from schema.ontology import DEFAULT_PATH, Ontology, load_ontology
from scripts import generate

ROOT = Path(__file__).parents[1]
ONTOLOGY = load_ontology()
H = rdflib.Namespace(ONTOLOGY.namespace)
RENDERERS = [owl.render, shacl.render, json_schema.render, cypher.render, markdown.render]


def test_the_files_in_the_repository_are_up_to_date() -> None:
    contents = generate.generate(ONTOLOGY)
    assert generate.differing(contents, ROOT) == []
    for path, content in contents.items():
        assert (ROOT / path).read_bytes() == content.encode()


@pytest.mark.parametrize("render", RENDERERS)
def test_the_same_ontology_gives_the_same_text(render: Callable[[Ontology], str], tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(DEFAULT_PATH.read_bytes())
    assert render(load_ontology(copy)) == render(ONTOLOGY)


@pytest.mark.parametrize("render", RENDERERS)
def test_a_new_event_type_reaches_every_file(render: Callable[[Ontology], str], tmp_path: Path) -> None:
    text = DEFAULT_PATH.read_text(encoding="utf-8")
    new = """
  Strike:
    labels: {en: Strike of workers, ar: إضراب}
    definition: {en: Workers stop working., ar: توقف العمال عن العمل.}
    plover: PROTEST
    cameo: "143"
    family: pressure
    roles: {recipient: agent, topic: any}
    shortcuts: [{edge: WENT_ON_STRIKE_AGAINST, labels: {en: struck work, ar: أضرب ضد}}]
"""
    path = tmp_path / "wider.yaml"
    path.write_text(text.replace("\nevent_types:\n", "\nevent_types:" + new, 1), encoding="utf-8")
    rendered = render(load_ontology(path))
    if render is cypher.render:
        assert rendered == render(ONTOLOGY)  # a type is a property there: no constraint hangs on it
    else:
        assert "WENT_ON_STRIKE_AGAINST" in rendered
        assert "WENT_ON_STRIKE_AGAINST" not in render(ONTOLOGY)


# ------------------------------------------------------------------ scripts.generate


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command works on an empty folder, and leaves the lexicon alone."""
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "read_lexicon", lambda: None)
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(generate.app, list(arguments))


def test_generate_writes_and_check_tells_what_differs(elsewhere: Path) -> None:
    absent = run("--check")
    assert absent.exit_code == 1
    assert "docs/ontology.md: is absent; run `python -m scripts.generate`" in absent.stderr
    assert not list(elsewhere.iterdir())
    assert run().exit_code == 0
    assert run("--check").exit_code == 0
    with (elsewhere / "schema/generated/schema.cypher").open("a", encoding="utf-8") as file:
        file.write("// by hand\n")
    changed = run("--check")
    assert changed.exit_code == 1
    assert changed.stderr.splitlines() == [
        "schema/generated/schema.cypher: is out of date ('-// by hand'); run `python -m scripts.generate`"
    ]


def test_check_reads_the_lexicon_too(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong() -> None:
        raise OntologyError("assault.yaml: entry 3: 'Strike' is not an event type")

    run()
    monkeypatch.setattr(generate, "read_lexicon", wrong)
    result = run("--check")
    assert result.exit_code == 3
    assert result.stderr == "error: assault.yaml: entry 3: 'Strike' is not an event type\n"


# ------------------------------------------------------------------ OWL


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=owl.render(ONTOLOGY), format="turtle")


@pytest.mark.parametrize("render", [owl.render, shacl.render])
def test_turtle_holds_no_blank_node(render: Callable[[Ontology], str]) -> None:
    parsed = rdflib.Graph().parse(data=render(ONTOLOGY), format="turtle")
    assert len(parsed) > 500
    assert not [term for triple in parsed for term in triple if isinstance(term, rdflib.BNode)]


def test_types_are_classes_under_agent_place_and_event(graph: rdflib.Graph) -> None:
    for names, parent in (
        (ONTOLOGY.agent_types, H.Agent),
        (ONTOLOGY.place_types, H.Place),
        (ONTOLOGY.event_types.keys() - {"Statement"}, H.Event),
    ):
        for name in names:
            assert (H[name], RDF.type, OWL.Class) in graph
            assert (H[name], RDFS.subClassOf, parent) in graph
    assert (H.Agent, RDFS.subClassOf, rdflib.URIRef("http://xmlns.com/foaf/0.1/Agent")) in graph


def test_edges_are_properties_with_their_ends(graph: rdflib.Graph) -> None:
    assert (H.DEPLOYED_TO, RDFS.domain, H.Agent) in graph
    assert (H.DEPLOYED_TO, RDFS.range, H.Place) in graph
    assert (H.STRUCK, RDFS.range, H.Entity) in graph
    symmetric = set(graph.subjects(RDF.type, OWL.SymmetricProperty))
    assert symmetric == {H[p] for p in ONTOLOGY.predicates if ONTOLOGY.is_symmetric(p)}


def test_labels_are_tagged_with_their_language(graph: rdflib.Graph) -> None:
    labels = {(label.language, str(label)) for label in graph.objects(H.Airstrike, RDFS.label)}  # type: ignore[attr-defined]
    assert labels == {("en", "Airstrike"), ("ar", "غارة جوية")}
    assert graph.value(H["status-planned"], H.factual) == rdflib.Literal(False)
    assert (H["status-planned"], RDF.type, SKOS.Concept) in graph


def test_no_term_is_two_things_at_once(graph: rdflib.Graph) -> None:
    kinds = [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.Concept]
    seen = [subject for kind in kinds for subject in graph.subjects(RDF.type, kind)]
    assert len(seen) == len(set(seen))


# ------------------------------------------------------------------ SHACL

DATA = """
@prefix h: <https://w3id.org/hadath/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
:coalition a h:Coalition ; h:label_ar "التحالف" ; h:STRUCK :isis ; h:DEPLOYED_TO :city .
:isis a h:ArmedGroup ; h:label_ar "داعش" .
:city a h:City ; h:label_ar "الرقة" ; h:lat 35.95 ; h:lon 39.01 .
:strike a h:Airstrike ; h:type "Airstrike" ; h:status "stated" .
:dead a h:Casualty ; h:kind "killed" ; h:min 5 ; h:max 7 .
:word a h:Mention ; h:start 0 ; h:end 4 ; h:text "قصفت" .
:when a h:TimeSpan ; h:earliest "2015-01-02" ; h:latest "2015-01-02" ; h:precision "day" ; h:raw "أمس" .
"""


@lru_cache(maxsize=1)
def shapes_and_classes() -> tuple[rdflib.Graph, rdflib.Graph]:
    """The shapes, and of the OWL file what they need: which class lies under which."""
    shapes = rdflib.Graph().parse(data=shacl.render(ONTOLOGY), format="turtle")
    full = rdflib.Graph().parse(data=owl.render(ONTOLOGY), format="turtle")
    classes = rdflib.Graph()
    for triple in full.triples((None, RDFS.subClassOf, None)):
        classes.add(triple)
    return shapes, classes


def validate(data: str) -> tuple[bool, str]:
    shapes, classes = shapes_and_classes()
    conforms, _, text = pyshacl.validate(
        rdflib.Graph().parse(data=data, format="turtle"), shacl_graph=shapes, ont_graph=classes
    )
    return conforms, text


def test_a_graph_that_fits_conforms() -> None:
    conforms, text = validate(DATA)
    assert conforms, text


@pytest.mark.parametrize(
    ("before", "after", "shape"),
    [
        ("h:DEPLOYED_TO :city", "h:DEPLOYED_TO :isis", "shape-DEPLOYED_TO-object"),
        (":isis a h:ArmedGroup", ":isis h:STRUCK :coalition ; a h:City", "shape-STRUCK-subject"),
        ('h:status "stated"', 'h:status "sure"', "shape-Event-status"),
        (' ; h:status "stated"', "", "shape-Event-status"),
        ("h:max 7", "h:max 4", "shape-Casualty-min"),
        ("h:min 5", 'h:min "five"', "shape-Casualty-min"),
        ("h:start 0", "h:start 9", "shape-Mention-start"),
        ('h:earliest "2015-01-02"', 'h:earliest "2 January"', "shape-TimeSpan-earliest"),
        ('h:earliest "2015-01-02"', 'h:earliest "2015-01-03"', "shape-TimeSpan-earliest"),
        (' ; h:label_ar "داعش"', "", "shape-Entity-label_ar"),
        ("h:lat 35.95", 'h:lat "north"', "shape-Place-lat"),
    ],
)
def test_a_graph_that_does_not_fit_is_refused(before: str, after: str, shape: str) -> None:
    assert before in DATA
    conforms, text = validate(DATA.replace(before, after, 1))
    assert not conforms
    assert shape in text


def test_ends_of_single_types_become_a_choice(tmp_path: Path) -> None:
    text = DEFAULT_PATH.read_text(encoding="utf-8")
    start = text.index("  LEADS:")
    path = tmp_path / "own.yaml"
    path.write_text(
        text[:start] + text[start:].replace("domain: agent", "domain: [Person, State]", 1), encoding="utf-8"
    )
    ontology = load_ontology(path)
    shapes = rdflib.Graph().parse(data=shacl.render(ontology), format="turtle")
    classes = rdflib.Graph().parse(data=owl.render(ontology), format="turtle")
    assert not list(classes.objects(H.LEADS, RDFS.domain))
    for leader, fits in (("Person", True), ("State", True), ("ArmedGroup", False)):
        data = f':a a h:{leader} ; h:label_ar "أ" ; h:LEADS :b . :b a h:Coalition ; h:label_ar "ب" .'
        prefixes = "@prefix h: <https://w3id.org/hadath/ontology#> . @prefix : <https://example.org/> . "
        conforms, _, report = pyshacl.validate(
            rdflib.Graph().parse(data=prefixes + data, format="turtle"), shacl_graph=shapes, ont_graph=classes
        )
        assert conforms is fits, report


# ------------------------------------------------------------------ JSON Schema

VALIDATOR = jsonschema.Draft202012Validator(json_schema.contract_schema(ONTOLOGY))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema.contract_schema(ONTOLOGY))


@pytest.mark.parametrize("date", ["2024-01-15", None])
def test_a_contract_object_fits(date: str | None) -> None:
    VALIDATOR.validate(to_contract(make_extraction(date=date)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("actors.0.type", "City"),
        ("places.0.type", "State"),
        ("places.0.lat", 120),
        ("events.0.type", "Storm"),
        ("events.0.status", "sure"),
        ("events.0.plover", "WAR"),
        ("events.0.participants.0.role", "victim"),
        ("triples.0.predicate", "HIT"),
        ("triples.0.evidence", "the sentence"),
        ("casualties.0.min", -1),
        ("casualties.0.kind", "dead"),
        ("statements.0.stance", "sly"),
        ("weather", "fine"),
    ],
)
def test_what_does_not_fit_is_refused(path: str, value: object) -> None:
    contract = to_contract(make_extraction())
    target: Any = contract
    *way, last = path.split(".")
    for step in way:
        target = target[int(step)] if step.isdigit() else target[step]
    target[last] = value
    assert list(VALIDATOR.iter_errors(contract))


@pytest.mark.parametrize("key", ["id", "title", "date", "actors", "triples", "statements"])
def test_the_keys_of_the_contract_are_required(key: str) -> None:
    contract = to_contract(make_extraction())
    del contract[key]
    assert [error.validator for error in VALIDATOR.iter_errors(contract)] == ["required"]


# ------------------------------------------------------------------ Cypher, Markdown


def test_every_base_label_is_unique_by_id() -> None:
    text = cypher.render(ONTOLOGY)
    for label in (
        "Entity",
        "Event",
        "Statement",
        "Claim",
        "Casualty",
        "Document",
        "Sentence",
        "Mention",
        "TimeSpan",
        "Run",
    ):
        assert f"IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;" in text
    assert len(set(cypher.statements(ONTOLOGY))) == len(cypher.statements(ONTOLOGY))
    assert "(n:Agent)" not in text
    assert "(n:Person)" not in text


def test_the_page_shows_everything_in_both_languages() -> None:
    page = markdown.render(ONTOLOGY)
    for name in (*ONTOLOGY.entity_types, *ONTOLOGY.predicates, *ONTOLOGY.roles, *ONTOLOGY.statuses):
        assert f"`{name}`" in page
    for event in ONTOLOGY.event_types.values():
        assert event.definition
        assert event.definition.en in page
        assert event.definition.ar in page


def test_tables_of_the_page_are_rectangular() -> None:
    width = None
    for line in markdown.render(ONTOLOGY).splitlines():
        if line.startswith("|"):
            cells = line.replace("\\|", "").count("|")
            assert width in (None, cells), line
            width = cells
        else:
            width = None


def test_the_schema_file_keeps_arabic_readable() -> None:
    assert json.loads(json_schema.render(ONTOLOGY)) == json_schema.contract_schema(ONTOLOGY)
    assert "\\u06" not in json_schema.render(ONTOLOGY)
