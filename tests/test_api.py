"""Asking the API: entities, events, graph, evidence, Cypher, exports; errors as problem documents."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import rdflib
from api_support import api_client
from factory import SENTENCES, make_extraction
from fastapi.testclient import TestClient

from graph.batch import build_batch
from graph.settings import Settings
from graph.store import GraphStore
from schema.ontology import Ontology

pytestmark = pytest.mark.server

EXTRACTION = make_extraction()
COALITION, ISIS, SPOKESMAN, CHANNEL, FORCES, CIVILIANS = (actor.id for actor in EXTRACTION.actors)
RUTBA = EXTRACTION.places[0].id
STRIKE = EXTRACTION.events[0].id


@pytest.fixture(scope="module")
def client(session_store: GraphStore, store_settings: Settings, ontology: Ontology) -> Iterator[TestClient]:
    """Over a graph of two articles, which no test here changes."""
    session_store.clear()
    session_store.write(build_batch(EXTRACTION, ontology))
    session_store.write(build_batch(make_extraction("sample-2", "2024-02-20", "صحيفة"), ontology))
    with api_client(session_store, store_settings) as opened:
        yield opened


def test_health(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "graph": "ok"}


def test_an_article_has_its_text_and_sentences(client: TestClient) -> None:
    found = client.get("/articles/sample-1").json()
    assert found["text"] == EXTRACTION.article.text
    assert [s["text"] for s in found["sentences"]] == list(SENTENCES)


# ---------------------------------------------------------------- entities


@pytest.mark.parametrize(
    ("search", "found"),
    [("التحالف الدولي", COALITION), ("global coal", COALITION), ("الرطبه", RUTBA), ("داعش", ISIS)],
)
def test_search_in_both_languages_and_any_spelling(client: TestClient, search: str, found: str) -> None:
    items = client.get("/entities", params={"search": search}).json()["items"]
    assert items
    assert items[0]["id"] == found


def test_entities_come_in_pages(client: TestClient) -> None:
    seen: list[str] = []
    after = None
    while True:
        answer = client.get("/entities", params={"limit": 3, **({"after": after} if after else {})}).json()
        assert len(answer["items"]) <= 3
        seen += [item["id"] for item in answer["items"]]
        after = answer["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) >= 7


def test_one_entity_its_mentions_and_its_timeline(client: TestClient) -> None:
    assert client.get(f"/entities/{COALITION}").json()["label_en"] == "Global Coalition"
    mention = client.get(f"/entities/{COALITION}/mentions").json()["items"][0]
    mark = mention["marks"][0]
    assert mention["sentence"][mark["start"] : mark["end"]] == "التحالف الدولي"
    assert mention["document"]["source"]
    timeline = client.get(f"/entities/{COALITION}/timeline").json()["items"]
    assert [event["date"] for event in timeline] == sorted(event["date"] for event in timeline)
    assert {event["type"] for event in timeline} == {"Airstrike", "Killing"}
    there = client.get(f"/entities/{RUTBA}/timeline").json()["items"]
    assert {event["type"] for event in there} == {"Airstrike"}


@pytest.mark.parametrize(
    "path", ["/entities/nobody", "/entities/nobody/mentions", "/events/none", "/jobs/none"]
)
def test_what_is_not_there_is_a_404(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:hadath:problem:not-found"


# ---------------------------------------------------------------- events and the rest


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ({}, {"Airstrike", "Killing"}),
        ({"status": "all"}, {"Airstrike", "Killing", "Withdrawal", "Arrest"}),
        ({"status": ["planned", "denied"]}, {"Withdrawal", "Arrest"}),
        ({"type": "Killing"}, {"Killing"}),
        ({"plover": "ASSAULT"}, {"Airstrike", "Killing"}),
        ({"plover": "RETREAT", "status": "all"}, set()),  # planned only, so without a code
        ({"cameo": "195"}, {"Airstrike"}),
        ({"actor": COALITION, "role": "actor"}, {"Airstrike", "Killing"}),
        ({"actor": COALITION, "role": "recipient"}, set()),
        ({"place": RUTBA}, {"Airstrike"}),
        ({"near": "33.1,40.2,30"}, {"Airstrike"}),
        ({"near": "10.0,40.2,30"}, set()),
        ({"source": "صحيفة"}, {"Airstrike", "Killing"}),
        ({"source": "أخرى"}, set()),
        ({"since": "2024-02-01", "until": "2024-02-28"}, {"Killing"}),
        ({"since": "2025-01-01"}, set()),
    ],
)
def test_events_by_every_filter(client: TestClient, query: dict[str, object], types: set[str]) -> None:
    answer = client.get("/events", params=query)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    assert {event["type"] for event in answer.json()["items"]} == types


@pytest.mark.parametrize(
    "query",
    [
        "type=Party",
        "status=maybe",
        "plover=FUN",
        "near=91,0,5",
        "after=x",
        "role=hero",
        "limit=0",
        "since=jan",
        "near=a",
    ],
)
def test_wrong_filters_are_refused_in_words(client: TestClient, query: str) -> None:
    answer = client.get(f"/events?{query}")
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


def test_one_event_with_its_sentence_marked(client: TestClient) -> None:
    event = client.get(f"/events/{STRIKE}").json()
    assert event["date"] == "2024-01-14"
    assert event["place"]["precision_km"] == 5.0
    shown = event["evidence"][0]
    marked = {shown["sentence"][m["start"] : m["end"]]: m["kind"] for m in shown["marks"]}
    assert marked["غارات"] == "trigger"
    assert marked["التحالف الدولي"] == "participant"


def test_statements_casualties_and_text(client: TestClient) -> None:
    statement = client.get("/statements", params={"speaker": SPOKESMAN}).json()["items"][0]
    assert statement["cue"] == "قال"
    rows = client.get("/casualties", params={"kind": "killed", "document": "sample-1"}).json()["items"]
    assert [(row["min"], row["max"], row["victim"]["id"]) for row in rows] == [(12, 12, ISIS)]
    found = client.get("/search", params={"q": "غارة الرطبة"}).json()["items"]
    assert any("الرطبة" in item["sentence"]["text"] for item in found)


def test_the_ledger_sums_by_group_and_never_across_kinds(client: TestClient) -> None:
    items = client.get("/casualties/ledger", params={"by": "victim"}).json()["items"]
    sums = {(item["group"]["id"], item["kind"]): (item["min"], item["max"]) for item in items}
    assert sums[ISIS, "killed"] == (24, 24)
    wounded = [value for (_, kind), value in sums.items() if kind == "wounded"]
    assert wounded == [(12, None)]  # "more than five", twice: open at the top
    by_month = client.get("/casualties/ledger", params={"by": "month", "kind": "killed"}).json()["items"]
    assert {(item["group"]["id"], item["min"]) for item in by_month} == {("2024-01", 12), ("2024-02", 12)}
    by_source = client.get("/casualties/ledger", params={"by": "source", "kind": "killed", "source": "صحيفة"})
    assert [item["group"]["id"] for item in by_source.json()["items"]] == ["صحيفة"]
    for group in ("by", "place"):
        assert client.get("/casualties/ledger", params={"by": group}).status_code == 200


# ---------------------------------------------------------------- graph


def test_a_neighbourhood_leaves_out_what_is_not_fact(client: TestClient) -> None:
    graph = client.get("/graph", params={"ids": ISIS}).json()
    assert {edge["predicate"] for edge in graph["edges"]} == {"STRUCK", "KILLED", "COMMENTED_ON"}
    struck = next(edge for edge in graph["edges"] if edge["predicate"] == "STRUCK")
    assert struck["article_count"] == 2
    assert struck["sources"] == ["صحيفة", "وكالة الأنباء"]
    assert graph["places"][struck["places"][0]]["label_ar"] == "الرطبة"
    everything = client.get("/graph", params={"ids": ISIS, "status": "all"}).json()
    assert {edge["status"] for edge in everything["edges"]} >= {"stated", "inferred", "planned"}


def test_the_chain_of_an_inference(client: TestClient) -> None:
    graph = client.get("/graph", params={"ids": ISIS}).json()
    killed = next(edge for edge in graph["edges"] if edge["predicate"] == "KILLED")
    items = client.get("/graph/evidence", params={"edge": killed["edge_ids"][0]}).json()["items"]
    assert [item["sentence"] for item in items] == [SENTENCES[1], SENTENCES[2]]
    assert items[0]["status"] == "inferred"


def test_ways_between_two(client: TestClient) -> None:
    found = client.get("/graph/paths", params={"source": COALITION, "target": CHANNEL}).json()["items"]
    assert [node["id"] for node in found[0]["nodes"]] == [COALITION, ISIS, SPOKESMAN, CHANNEL]
    assert client.get("/graph/paths", params={"source": COALITION, "target": "nobody"}).status_code == 404


def test_a_picture_of_the_graph(client: TestClient) -> None:
    answer = client.get("/graph", params={"ids": ISIS, "status": "all", "format": "html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'sha256-" in answer.headers["content-security-policy"]
    assert SENTENCES[1] in answer.text
    assert client.get("/graph", params={"format": "html"}).status_code == 200


# ---------------------------------------------------------------- cypher and exports


def test_cypher_answers_with_columns_and_rows(client: TestClient) -> None:
    query = "MATCH (n:Entity {id: $id}) RETURN n.label_ar AS name, n AS node"
    found = client.post("/cypher", json={"query": query, "parameters": {"id": COALITION}}).json()
    assert found["columns"] == ["name", "node"]
    assert found["rows"][0]["name"] == "التحالف الدولي"
    assert found["rows"][0]["node"]["id"] == COALITION
    many = client.post("/cypher", json={"query": "UNWIND range(1, 50) AS n RETURN n", "limit": 10}).json()
    assert (len(many["rows"]), many["truncated"]) == (10, True)
    lines = client.post(
        "/cypher?format=ndjson", json={"query": "UNWIND [1, 2] AS n RETURN n"}
    ).text.splitlines()
    assert [json.loads(line) for line in lines] == [{"n": 1}, {"n": 2}]


def test_every_recipe_of_the_explorer_answers(client: TestClient) -> None:
    for recipe in client.get("/schema").json()["recipes"]:
        answer = client.post("/cypher", json={"query": recipe["cypher"]})
        assert answer.status_code == 200, recipe["en"]
        assert answer.json()["rows"], recipe["en"]


def test_exports(client: TestClient) -> None:
    rows = client.get("/export/events.csv?status=all").text.removeprefix("\ufeff").splitlines()
    assert rows[0].startswith("id,type,plover,cameo,status,date,actor")
    assert len(rows) == 9
    lines = [json.loads(line) for line in client.get("/export/entities.jsonl").text.splitlines()]
    assert COALITION in {line["id"] for line in lines}
    shapes = client.get("/export/events.geojson").json()["features"]
    assert {tuple(shape["geometry"]["coordinates"]) for shape in shapes} == {(40.2853, 33.0381)}
    assert shapes[0]["properties"]["precision_km"] == 5.0
    for table in ("articles", "statements", "casualties"):
        assert len(client.get(f"/export/{table}.csv").text.splitlines()) > 1
    graph = client.get("/graph", params={"ids": ISIS, "status": "all"}).json()
    body = {
        "nodes": [n["id"] for n in graph["nodes"]],
        "edges": [e["id"] for e in graph["edges"]],
        "title": "عرضي",
    }
    page = client.post("/export/view", json=body)
    assert "<title>عرضي</title>" in page.text
    assert SENTENCES[1] in page.text
    assert client.get("/export/nothing.csv").status_code == 422


def test_the_graph_as_turtle(client: TestClient, ontology: Ontology) -> None:
    graph = rdflib.Graph().parse(data=client.get("/export/graph.ttl").text, format="turtle")
    terms = rdflib.Namespace(ontology.namespace)
    data = rdflib.Namespace("https://w3id.org/hadath/data/")
    assert (data[COALITION], terms["STRUCK"], data[ISIS]) in graph
    assert (data[STRIKE], terms["TOOK_PLACE_IN"], data[RUTBA]) in graph
    assert not list(graph.triples((None, terms["ARRESTED"], None)))  # denied
    everything = rdflib.Graph().parse(data=client.get("/export/graph.ttl?status=all").text, format="turtle")
    assert len(everything) > len(graph)
    assert not list(everything.triples((None, terms["ARRESTED"], None)))


def test_schema_and_stats(client: TestClient, ontology: Ontology) -> None:
    schema = client.get("/schema").json()
    assert set(schema["events"]) == set(ontology.event_types)
    assert schema["predicates"]["MET_WITH"]["symmetric"] is True
    stats = client.get("/stats").json()
    assert stats["documents"] == 2
