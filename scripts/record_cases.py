"""`python -m scripts.record_cases`: record the parses that the tables of cases and the golden files rest on.

Run it after the models change: it parses every case anew, then moves the rows that are no longer met to
`open.yaml` and those of `open.yaml` that are met now to their tables. With `--golden` it writes the golden
files of whole articles (and their parses) instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from extractors.conllu import document_from_conllu, to_conllu
from extractors.document import Document
from extractors.reader import read_path
from schema.contract import to_contract
from schema.model import Article, Extraction
from scripts.cases import OPEN, PARSES, ROOT, TABLES, Case, check, interpret, load_cases, recorded
from scripts.cli import Models, Verbose, out_console, run

GOLDEN = ROOT / "tests" / "golden"


def record_cases(
    golden: Annotated[
        bool, typer.Option("--golden", help="Write the golden files of whole articles instead.")
    ] = False,
    missing: Annotated[
        bool, typer.Option("--missing", help="Parse only what has no recorded parse.")
    ] = False,
    sort: Annotated[
        bool, typer.Option("--sort/--no-sort", help="Move rows between their tables and open.yaml.")
    ] = True,
    models: Models = None,
    verbose: Verbose = False,
) -> None:
    """Record the parses of the tables of cases, and sort their rows into met and open ones."""
    console = out_console()
    if golden:
        for name in write_golden(models, keep=missing):
            console.print(name)
        return
    tables = load_cases()
    cases = [case for rows in tables.values() for case in rows]
    known = dict(recorded()) if missing else {}
    fresh = [case.article() for case in cases if case.id not in known]
    known |= {document.article.id: document for document in annotate(fresh, models)}
    text = "".join(to_conllu(known[case.id]) for case in cases)
    PARSES.write_text(text, encoding="utf-8", newline="\n")
    recorded.cache_clear()
    console.print(f"{len(fresh)} texts parsed, {len(cases)} recorded")
    if sort:
        for name, rows in sorted_tables(tables, known).items():
            console.print(f"{name}: {rows} rows")


def annotate(articles: Iterable[Article], models: Path | str | None) -> list[Document]:
    """The articles, annotated by the models."""
    articles = list(articles)
    if not articles:
        return []
    # Imported here: torch takes seconds, which rows that need no parse ought not to wait for.
    from extractors.sentences import bare_document
    from extractors.syntax import Annotator

    return Annotator(models).annotate([bare_document(article) for article in articles])


# -- tables --------------------------------------------------------------------------------------------------


def sorted_tables(tables: Mapping[str, tuple[Case, ...]], parses: Mapping[str, Document]) -> dict[str, int]:
    """Write the tables with the open rows apart; the number of rows of each. Rows keep their wording."""
    written: dict[str, list[str]] = {name: [] for name in tables}
    written.setdefault(OPEN, [])
    heads: dict[str, str] = {}
    for name, rows in tables.items():
        heads[name], blocks = _blocks((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
        for case, block in zip(rows, blocks, strict=True):
            table = case.table or name
            bare = re.sub(r"\n  table: \w+", "", block)
            if check(case, interpret(parses[case.id], learnt=False)):
                written[OPEN].append(f"{bare}\n  table: {table}")
            else:
                written.setdefault(table, []).append(bare)
    for name, kept in written.items():
        text = heads.get(name, "") + "\n".join([*kept, ""])
        (TABLES / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    return {name: len(kept) for name, kept in written.items()}


def _blocks(text: str) -> tuple[str, list[str]]:
    """What stands before the first row, and each row's lines."""
    head, *rows = re.split(r"^(?=- )", text, flags=re.MULTILINE)
    return head, [row.rstrip() for row in rows]


# -- golden files --------------------------------------------------------------------------------------------


def golden_articles() -> dict[str, Article]:
    """Name of the golden file -> its article: the sample, and those of articles.jsonl beside the files."""
    sample = next(read_path(ROOT / "samples" / "article.txt"))
    articles = [replace(sample, id="sample"), *read_path(GOLDEN / "articles.jsonl")]
    return {article.id: article for article in articles}


def golden_parses() -> dict[str, Document]:
    """Name of the golden file -> the recorded parse of its article."""
    return {name: document_from_conllu(_golden_parse(name).read_text("utf-8")) for name in golden_articles()}


def golden_text(extraction: Extraction) -> str:
    """The contract object as it stands in a golden file."""
    return json.dumps(to_contract(extraction), ensure_ascii=False, indent=1) + "\n"


def write_golden(models: Path | str | None, *, keep: bool = False) -> list[str]:
    """Write the golden files of the articles, and their parses (with `keep` only those that are absent)."""
    articles = golden_articles()
    fresh = [article for name, article in articles.items() if not (keep and _golden_parse(name).exists())]
    for document in annotate(fresh, models):
        parse = to_conllu(document)
        _golden_parse(document.article.id).write_text(parse, encoding="utf-8", newline="\n")
    for name, document in golden_parses().items():
        text = golden_text(interpret(document))
        (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    return [f"tests/golden/{name}.json" for name in articles]


def _golden_parse(name: str) -> Path:
    return ROOT / "tests" / "fixtures" / f"golden-{name}.conllu"


if __name__ == "__main__":
    run(record_cases)
