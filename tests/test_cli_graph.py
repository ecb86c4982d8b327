"""The commands that load and ask the graph, on the embedded server; the demo with the shipped models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph.store import GraphStore
from schema.model import RunInfo
from scripts import export as export_module
from scripts import ingest as ingest_module
from scripts import query as query_module
from scripts import reading
from scripts import status as status_module
from scripts.cli import app_of
from tests.factory import make_extraction
from tests.test_cli import PreparedPipeline, line

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.server


@pytest.fixture
def graph(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> GraphStore:
    """The session's store, as the one that the commands open."""

    @contextmanager
    def opened(*_: Any) -> Iterator[GraphStore]:
        yield store

    for module in (export_module, ingest_module, query_module, status_module):
        monkeypatch.setattr(module, "open_store", opened)
    return store


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> PreparedPipeline:
    prepared = PreparedPipeline()
    monkeypatch.setattr(reading, "_pipeline", lambda models: prepared)
    monkeypatch.setattr(ingest_module, "run_info", lambda models: RunInfo("test", "prepared"))
    return prepared


@pytest.fixture
def news(tmp_path: Path) -> Path:
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(line(name) for name in ("one", "bad", "two")), encoding="utf-8")
    return file


def run(module: Any, name: str, *arguments: str) -> Any:
    return CliRunner().invoke(app_of(getattr(module, name)), list(arguments))


def test_ingest_goes_on_where_it_stopped(graph: GraphStore, pipeline: PreparedPipeline, news: Path) -> None:
    first = run(ingest_module, "ingest", str(news))
    assert first.exit_code == 3
    assert "bad: it is empty" in first.stderr
    assert "3 articles: 2 created, 0 replaced, 0 unchanged, 1 failed" in first.stdout
    counts = graph.stats()

    pipeline.read.clear()
    second = run(ingest_module, "ingest", str(news))
    assert "2 unchanged, 1 failed" in second.stdout
    assert pipeline.read == ["bad"], "an article that stands in the graph is not read again"
    assert graph.stats() == counts

    assert "2 unchanged" in run(ingest_module, "ingest", str(news), "--again").stdout
    assert set(pipeline.read) == {"one", "bad", "two"}


def test_ingest_reads_a_changed_article_and_one_read_by_other_models_again(
    graph: GraphStore, pipeline: PreparedPipeline, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(ingest_module, "ingest", str(news))
    row = json.loads(line("one"))
    row["text"] += "\n\nانتهى."
    news.write_text(json.dumps(row), encoding="utf-8")
    assert "1 replaced" in run(ingest_module, "ingest", str(news)).stdout
    assert "1 unchanged" in run(ingest_module, "ingest", str(news)).stdout
    monkeypatch.setattr(ingest_module, "run_info", lambda models: RunInfo("test", "others"))
    assert "1 replaced" in run(ingest_module, "ingest", str(news)).stdout


def test_query(graph: GraphStore, pipeline: PreparedPipeline, news: Path) -> None:
    run(ingest_module, "ingest", str(news))
    cypher = (
        "MATCH (a:Entity)-[r:STRUCK]->(b:Entity {key: $key}) RETURN DISTINCT a.label_ar AS who, r.status AS s"
    )
    shown = run(query_module, "query", cypher, "--param", "key=isis")
    assert shown.exit_code == 0
    assert "التحالف الدولي" in shown.stdout
    assert "1 row" in shown.stdout
    as_json = run(query_module, "query", cypher, "--param", "key=isis", "--json")
    assert json.loads(as_json.stdout) == {"who": "التحالف الدولي", "s": "stated"}
    limited = run(query_module, "query", "MATCH (n) RETURN n.id AS id", "--limit", "2", "--json")
    assert len(limited.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "cypher",
    ["MATCH (n", "CREATE (n:Entity {id: 'x'})", "MATCH (n) DETACH DELETE n"],
    ids=["wrong", "make", "delete"],
)
def test_a_query_that_may_not_run_ends_with_4(
    graph: GraphStore, pipeline: PreparedPipeline, news: Path, cypher: str
) -> None:
    run(ingest_module, "ingest", str(news))
    counts = graph.stats()
    result = run(query_module, "query", cypher)
    assert result.exit_code == 4
    assert result.stderr.count("\n") == 1
    assert graph.stats() == counts


def test_status(graph: GraphStore, pipeline: PreparedPipeline, news: Path) -> None:
    run(ingest_module, "ingest", str(news))
    found = json.loads(run(status_module, "status", "--json").stdout)
    assert found["articles"] == 2
    assert found["entity_nodes"] == graph.stats()["nodes"]["Entity"]
    assert "articles" in run(status_module, "status").stdout


def test_export(graph: GraphStore, pipeline: PreparedPipeline, news: Path, tmp_path: Path) -> None:
    empty = run(export_module, "export", str(tmp_path / "none.html"))
    assert empty.exit_code == 3
    assert "scripts.ingest" in empty.stderr
    run(ingest_module, "ingest", str(news))

    page = tmp_path / "new folder" / "isis.html"
    shown = run(export_module, "export", str(page), "--about", "داعش", "--title", "عنوان الصفحة")
    assert shown.exit_code == 0, shown.stderr
    assert "عنوان الصفحة" in page.read_text(encoding="utf-8")
    unknown = run(export_module, "export", str(page), "--about", "لا أحد بهذا الاسم")
    assert unknown.exit_code == 3

    run(export_module, "export", str(tmp_path / "events.jsonl"), "--status", "denied")
    events = [json.loads(row) for row in (tmp_path / "events.jsonl").read_text("utf-8").splitlines()]
    assert {event["type"] for event in events} == {"Arrest"}
    run(export_module, "export", str(tmp_path / "people.csv"), "--table", "entities")
    assert "سامي الجبوري" in (tmp_path / "people.csv").read_text("utf-8-sig")
    run(export_module, "export", str(tmp_path / "map.geojson"))
    features = json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]
    assert features[0]["geometry"]["coordinates"] == [40.2853, 33.0381]

    assert run(export_module, "export", str(tmp_path / "graph.png")).exit_code == 2
    assert run(export_module, "export", str(page), "--status", "true").exit_code == 2


@pytest.mark.models
def test_the_commands_as_a_person_runs_them(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HADATH_")}
    environment |= {"HADATH_DATA_DIR": str(tmp_path / "data"), "HADATH_HEAP": "512m", "NO_COLOR": "1"}

    def command(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", f"scripts.{name}", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
        )

    demo = command("demo", "--output", str(tmp_path / "out"))
    assert demo.returncode == 0, demo.stderr
    for words in ("تنظيم داعش", "RETURN", "graph.html"):
        assert words in demo.stdout
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "داعش" in page
    again = command("demo", "--output", str(tmp_path / "out"))
    assert "article unchanged" in again.stdout

    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"id": "one", "text": make_extraction().article.text}), encoding="utf-8")
    extracted = command("extract", str(file), "--format", "jsonl", "--jobs", "2")
    assert extracted.returncode == 0, extracted.stderr
    assert json.loads(extracted.stdout)["id"] == "one"
