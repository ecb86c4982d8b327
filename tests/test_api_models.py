"""The API with the real pipeline: the sample article in, its facts and its picture out."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from extractors.weights import run_info
from graph.settings import Settings
from graph.store import GraphStore

pytestmark = [pytest.mark.models, pytest.mark.server]

SAMPLE = Path(__file__).parents[1] / "samples" / "article.txt"


def test_the_sample_article_becomes_a_graph_that_answers(store: GraphStore, store_settings: Settings) -> None:
    given = ApiSettings(_env_file=None, rate_limit=0)  # type: ignore[call-arg]
    app = create_app(store_settings, api_settings=given, store=store)
    with TestClient(app, base_url="http://localhost") as client:
        answer = client.post("/articles", content=SAMPLE.read_bytes(), headers={"Content-Type": "text/plain"})
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert found["extraction"]["date"] is None
        stored = store.article(found["extraction"]["id"])
        assert stored is not None
        assert stored["run"] == run_info().id  # as scripts.ingest would, which passes it over
        names = {entity["id"]: entity["label_ar"] for entity in found["extraction"]["actors"]}
        facts = {
            (names.get(t["subject"]), t["predicate"], names.get(t["object"]), t["status"])
            for t in found["extraction"]["triples"]
        }
        struck = [fact for fact in facts if fact[1] == "STRUCK"]
        assert struck
        assert {status for *_, status in struck} == {"inferred"}
        daesh = client.get("/entities", params={"search": "داعش"}).json()["items"][0]
        graph = client.get("/graph", params={"ids": daesh["id"]}).json()
        edge = next(edge for edge in graph["edges"] if edge["predicate"] == "STRUCK")
        evidence = client.get("/graph/evidence", params={"edge": edge["edge_ids"]}).json()["items"]
        assert len(evidence) >= 2  # the chain of the inference
        assert all(item["sentence"] in found["text"] for item in evidence)
        page = client.get("/graph", params={"ids": daesh["id"], "format": "html"})
        assert "التحالف الدولي" in page.text
