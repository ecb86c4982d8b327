"""The commands without models or server: what they read, how they fail, what they print."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner

from extractors.pipeline import ArticleFailure
from schema.errors import (
    ArticleError,
    BatchError,
    HadathError,
    ModelError,
    OntologyError,
    QueryError,
    StoreError,
)
from schema.model import Article, Extraction
from schema.ontology import Ontology
from scripts import reading, tables
from scripts.cli import app_of, guarded, isolate
from scripts.extract import extract
from scripts.inputs import Unreadable, read_inputs
from scripts.query import query
from scripts.reading import Failure, extract_all
from scripts.tables import Isolated, count, rows_table, shortened, triples_table, value_text
from tests.factory import make_extraction

FSI, PDI = "\u2068", "\u2069"


class PreparedPipeline:
    """Gives the factory's extraction for its text, and fails on an article whose id begins with `bad`."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def extract_many(self, articles: Iterator[Article]) -> Iterator[Extraction | ArticleFailure]:
        for article in articles:
            self.read.append(article.id)
            if article.id.startswith("bad"):
                yield ArticleFailure(article, ArticleError("it is empty; give an article's text"))
            else:
                yield replace(make_extraction(article.id, article.date), article=article)


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> PreparedPipeline:
    prepared = PreparedPipeline()
    monkeypatch.setattr(reading, "_pipeline", lambda models: prepared)
    return prepared


def line(article_id: str) -> str:
    article = make_extraction(article_id).article
    fields = ("id", "title", "date", "source", "text")
    return json.dumps({field: getattr(article, field) for field in fields}, ensure_ascii=False)


# ---------------------------------------------------------------------- what is read


def test_a_folder_is_read_file_by_file_and_a_bad_one_does_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال الوزير إن الاجتماع انتهى.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("   ", encoding="utf-8")
    (tmp_path / "c.json").write_text(json.dumps({"id": "c", "text": "انتهى الاجتماع أمس."}), encoding="utf-8")
    first, second, third = read_inputs([str(tmp_path)])
    assert isinstance(first, Article)
    assert isinstance(second, Unreadable)
    assert str(second.error).startswith(str(tmp_path / "b.txt"))
    assert isinstance(third, Article)
    assert third.id == "c"


def test_a_broken_json_line_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join([line("one"), "{broken", "", '{"id": "x"}', line("two")]), encoding="utf-8")
    found = list(read_inputs([str(file)]))
    assert [item.id for item in found if isinstance(item, Article)] == ["one", "two"]
    errors = [str(item.error) for item in found if isinstance(item, Unreadable)]
    assert [error.split(":")[0] for error in errors] == [f"{file}, line 2", f"{file}, line 4"]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (line("one") + "\n" + line("two") + "\n", ["one", "two"]),
        (json.dumps({"id": "pretty", "text": "انتهى الاجتماع أمس."}, indent=1), ["pretty"]),
    ],
    ids=["json lines", "one JSON object"],
)
def test_standard_input(content: str, ids: list[str]) -> None:
    found = read_inputs(["-"], io.BytesIO(content.encode()))
    assert [item.id for item in found if isinstance(item, Article)] == ids


def test_plain_text_on_standard_input() -> None:
    text = "انتهى الاجتماع أمس.\nوقال الوزير إنه كان مثمراً."
    (article,) = read_inputs(["-"], io.BytesIO(text.encode()))
    assert isinstance(article, Article)
    assert article.text == text


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("nothing.txt", "nothing.jsonl", "empty"):
        (found,) = read_inputs([str(tmp_path / name)])
        assert isinstance(found, Unreadable)
        assert name in str(found.error)


def test_results_come_in_the_order_of_the_inputs(pipeline: PreparedPipeline) -> None:
    article = make_extraction("one").article
    inputs = [
        article,
        Unreadable(ArticleError("file, line 2: not valid JSON")),
        replace(article, id="bad"),
        replace(article, id="two"),
    ]
    first, second, third, fourth = extract_all(inputs)
    assert isinstance(first, Extraction)
    assert second == Failure("file, line 2: not valid JSON")
    assert third == Failure("bad: it is empty; give an article's text")
    assert isinstance(fourth, Extraction)
    assert fourth.article.id == "two"


# ---------------------------------------------------------------------- how commands fail


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ArticleError("no"), 3),
        (BatchError("no"), 3),
        (OntologyError("no"), 3),
        (ModelError("no"), 3),
        (QueryError("no"), 4),
        (StoreError("no"), 5),
        (PermissionError(13, "Permission denied", "out"), 3),
        (RuntimeError("two\nlines"), 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_an_error_is_one_line_and_an_exit_code(error: Exception, code: int) -> None:
    def fail(verbose: bool = False) -> None:
        raise error

    quiet = CliRunner().invoke(app_of(fail))
    assert quiet.exit_code == code
    assert quiet.stdout == ""
    assert quiet.stderr.count("\n") == 1
    assert quiet.stderr.startswith("hadath: ")
    loud = CliRunner().invoke(app_of(fail), ["--verbose"])
    assert loud.exit_code == code
    assert "Traceback" in loud.stderr


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HADATH_BOLT_PORT", "many")
    result = CliRunner().invoke(app_of(query), ["RETURN 1"])
    assert result.exit_code == 2
    assert "HADATH_BOLT_PORT" in result.stderr


def test_wrong_usage() -> None:
    runner = CliRunner()
    assert runner.invoke(app_of(extract), []).exit_code == 2
    assert runner.invoke(app_of(extract), ["a.txt", "--format", "xml"]).exit_code == 2
    assert runner.invoke(app_of(extract), ["a.txt", "--jobs", "0"]).exit_code == 2
    assert runner.invoke(app_of(query), ["RETURN $n", "--param", "n"]).exit_code == 2


def test_no_server_behind_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HADATH_NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("HADATH_NEO4J_PASSWORD", "secret")
    result = CliRunner().invoke(app_of(query), ["RETURN 1"])
    assert result.exit_code == 5
    assert "HADATH_NEO4J_URI" in result.stderr
    assert "secret" not in result.stderr


def test_the_guard_keeps_the_signature() -> None:
    def command(name: str, verbose: bool = False) -> None:
        """What it does."""

    assert guarded(command).__doc__ == "What it does."
    assert "--verbose" in CliRunner().invoke(app_of(command), ["--help"]).stdout


# ---------------------------------------------------------------------- what they print


def test_extract_as_json_lines(pipeline: PreparedPipeline, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(f"{line('one')}\nnot json\n{line('bad')}\n{line('two')}\n", encoding="utf-8")
    result = CliRunner().invoke(app_of(extract), [str(file), "--format", "jsonl"])
    assert result.exit_code == 3
    objects = [json.loads(row) for row in result.stdout.splitlines()]
    assert [row["id"] for row in objects] == ["one", "two"]
    assert "تنظيم داعش" in result.stdout
    assert [row.split(":")[1].split(",")[0].strip() for row in result.stderr.splitlines()] == [
        str(file),
        "bad",
        "2 of 4 articles could not be read; see the lines above",
    ]


def test_extract_as_a_table(pipeline: PreparedPipeline, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(line("one"), encoding="utf-8")
    result = CliRunner().invoke(app_of(extract), [str(file)])
    assert result.exit_code == 0
    for words in ("التحالف الدولي · Global Coalition", "STRUCK", "planned (سامي الجبوري)", "6 or more"):
        assert words in result.stdout
    assert FSI not in result.stdout


def test_extract_as_rdf(pipeline: PreparedPipeline, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(line("one"), encoding="utf-8")
    result = CliRunner().invoke(app_of(extract), [str(file), "--format", "ttl"])
    assert result.exit_code == 0
    assert "h:STRUCK" in result.stdout


@pytest.mark.parametrize("width", [80, 119, 120, 200])
def test_the_triples_fit_the_terminal(ontology: Ontology, width: int) -> None:
    extraction = make_extraction()
    console = Console(width=width, file=io.StringIO())
    console.print(triples_table(extraction, ontology, width))
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    assert all(cell_len(row) <= width for row in printed.splitlines())
    flat = " ".join(printed.split())
    for predicate in {triple.predicate for triple in extraction.triples}:
        assert predicate in flat


def test_each_line_of_a_cell_is_isolated_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "isolate", lambda text: f"{FSI}{text}{PDI}")
    console = Console(width=20, file=io.StringIO())
    console.print(Isolated("القوات العراقية والتحالف الدولي ضد تنظيم داعش"))
    assert isinstance(console.file, io.StringIO)
    rows = [row.strip() for row in console.file.getvalue().splitlines()]
    assert len(rows) > 1
    assert all(row.startswith(FSI) and row.endswith(PDI) for row in rows)


def test_nothing_is_isolated_in_a_pipe_and_nothing_is_reordered(capsys: pytest.CaptureFixture[str]) -> None:
    assert isolate("داعش") == "داعش"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(15, 15, "15"), (5, 10, "5 to 10"), (51, None, "51 or more"), (1200, 1200, "1,200")],
)
def test_counts(low: int, high: int | None, words: str) -> None:
    assert count(low, high) == words


def test_long_evidence_is_cut_between_words() -> None:
    cut = shortened("كلمة " * 100)
    assert cut.endswith("كلمة …")
    assert len(cut) <= tables.EVIDENCE_LENGTH + 2
    assert shortened("قصير\nجداً") == "قصير جداً"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (3, "3"),
        (["a", "b"], "a, b"),
        ({"a": 1}, "a: 1"),
        (
            {
                "id": "actor-1",
                "labels": ["Entity"],
                "properties": {"id": "actor-1", "label_ar": "داعش", "label_en": "ISIS"},
            },
            "داعش · ISIS",
        ),
        ({"id": "event-1", "labels": ["Event"], "properties": {"type": "Airstrike"}}, "Airstrike"),
        (
            {"id": "e", "type": "STRUCK", "source": "a", "target": "b", "properties": {"status": "stated"}},
            "STRUCK (stated)",
        ),
    ],
)
def test_values_of_a_query(value: object, words: str) -> None:
    assert value_text(value) == words


def test_rows_of_a_query() -> None:
    table = rows_table([{"who": "داعش", "n": 1}, {"who": None, "n": 2}])
    assert [column.header for column in table.columns] == ["who", "n"]
    assert table.row_count == 2


def test_every_error_class_has_its_exit_code() -> None:
    codes = {cls.__name__: cls.exit_code for cls in HadathError.__subclasses__()}
    assert {codes[name] for name in ("InputError", "OntologyError", "ModelError")} == {3}
    assert (codes["QueryError"], codes["StoreError"]) == (4, 5)
