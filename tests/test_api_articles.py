"""Articles through the API: added, read without keeping, sent in bulk, deleted."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from api_support import api_client
from factory import make_extraction
from fastapi.testclient import TestClient

from graph.batch import build_batch
from graph.settings import Settings
from graph.store import GraphStore
from schema.ontology import Ontology

pytestmark = pytest.mark.server

EXTRACTION = make_extraction()
ISIS = EXTRACTION.actors[1].id


@pytest.fixture
def empty(store: GraphStore, store_settings: Settings) -> Iterator[TestClient]:
    with api_client(store, store_settings) as client:
        yield client


@pytest.fixture
def client(empty: TestClient, store: GraphStore, ontology: Ontology) -> TestClient:
    """Over a graph of two articles."""
    store.write(build_batch(EXTRACTION, ontology))
    store.write(build_batch(make_extraction("sample-2", "2024-02-20", "صحيفة"), ontology))
    return empty


def test_a_text_becomes_graph_and_contract(empty: TestClient) -> None:
    body = {
        "text": EXTRACTION.article.text,
        "id": "sample-1",
        "date": "2024-01-15",
        "source": "وكالة الأنباء",
    }
    answer = empty.post("/articles", json=body)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["changes"]["outcome"] == "created"
    assert found["changes"]["nodes_created"] > 20
    assert [t["predicate"] for t in found["extraction"]["triples"]][:2] == ["STRUCK", "KILLED"]
    assert "التحالف الدولي" in answer.text  # letters, not escapes
    again = empty.post("/articles", json=body).json()
    assert again["changes"]["outcome"] == "unchanged"
    assert [a["id"] for a in empty.get("/articles").json()["items"]] == ["sample-1"]


def test_plain_text_is_taken_too(empty: TestClient) -> None:
    answer = empty.post(
        "/articles", content=EXTRACTION.article.text.encode(), headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 200
    assert answer.json()["text"] == EXTRACTION.article.text


def test_an_article_can_be_read_without_keeping_it(empty: TestClient) -> None:
    found = empty.post("/articles?store=false", json={"text": EXTRACTION.article.text}).json()
    assert found["changes"] is None
    assert found["extraction"]["events"]
    assert empty.get("/articles").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "kind", "status", "word"),
    [
        (b"{}", "application/json", 422, "text"),
        (b'{"text": ""}', "application/json", 422, "empty"),
        (b'{"text": 7}', "application/json", 422, "text"),
        (b"[1, 2", "application/json", 422, "JSON"),
        (b'{"text": "x", "date": "gestern"}', "application/json", 422, "date"),
        (b"broken", "text/plain", 422, "no sentence"),
        (b"\xff\xfe\x00\x01\x02", "text/plain", 422, "request"),
        (b"x", "application/pdf", 415, "text/plain"),
        (b'{"url": "https://example.org/"}', "application/json", 403, "HADATH_FETCH_URLS"),
    ],
)
def test_articles_that_cannot_be_used(
    empty: TestClient, body: bytes, kind: str, status: int, word: str
) -> None:
    answer = empty.post("/articles", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert word in problem["detail"]
    assert problem["instance"] == "/articles"
    assert empty.get("/articles").json()["items"] == []


def test_many_articles_are_a_job_with_progress(empty: TestClient) -> None:
    lines = [{"id": f"a{i}", "text": "broken" if i == 1 else EXTRACTION.article.text} for i in range(3)]
    body = "\n".join(json.dumps(line) for line in lines)
    answer = empty.post("/articles/batch", content=body, headers={"Content-Type": "application/x-ndjson"})
    assert answer.status_code == 202
    report = answer.json()
    for _ in range(100):
        report = empty.get(answer.headers["location"]).json()
        if report["state"] == "done":
            break
        time.sleep(0.1)
    assert (report["state"], report["total"], report["done"], report["failed"]) == ("done", 3, 2, 1)
    assert report["failures"] == [{"article": "a1", "detail": "a1: it holds no sentence"}]
    assert {a["id"] for a in empty.get("/articles").json()["items"]} == {"a0", "a2"}
    assert empty.get("/jobs").json()["items"][0]["id"] == report["id"]


def test_deleting_an_article_takes_what_only_it_supports(client: TestClient) -> None:
    assert client.delete("/articles/sample-2").json()["outcome"] == "deleted"
    assert client.get("/articles/sample-2").status_code == 404
    assert client.get(f"/entities/{ISIS}").json()["article_count"] == 1
    assert client.delete("/articles/sample-2").status_code == 404
