"""`python -m scripts.export`: the graph as an interactive page, or its rows for another program."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.exports import Table, csv_lines, geojson, json_lines, table_rows
from api.views import graph_row, view_of_graph
from graph.settings import Settings
from graph.store import GraphStore, open_store
from graph.visual import write_html
from schema.errors import InputError
from schema.ontology import Ontology, load_ontology
from scripts.cli import Verbose, out_console, run

SUFFIXES = (".html", ".jsonl", ".csv", ".geojson")


class Rows(StrEnum):
    """What the rows of a JSON lines or CSV file are."""

    articles = "articles"
    entities = "entities"
    events = "events"
    statements = "statements"
    casualties = "casualties"


def export(
    output: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=".html: a page that opens offline; .jsonl, .csv: the rows of --table; "
            ".geojson: events of known place.",
        ),
    ] = Path("out/graph.html"),
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about", metavar="NAME", help="HTML: around this actor or place, Arabic or English; repeatable."
        ),
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", min=1, max=3, help="HTML: steps from those of --about.")
    ] = 1,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            help="stated, attributed, inferred, planned or denied; repeatable. "
            "Default: those that read as fact.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="HTML: most relations, best supported first.")
    ] = 500,
    title: Annotated[str | None, typer.Option("--title", help="HTML: heading of the page.")] = None,
    table: Annotated[Rows, typer.Option("--table", help="JSON lines and CSV: which rows.")] = Rows.events,
    verbose: Verbose = False,
) -> None:
    """Export the graph: a picture with the sentence behind every relation, or tables of what it holds."""
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise typer.BadParameter(f"'{output}' must end in {', '.join(SUFFIXES)}", param_hint="FILE")
    ontology = load_ontology()
    for name in status or ():
        if name not in ontology.statuses:
            raise typer.BadParameter(
                f"'{name}' is none of {', '.join(ontology.statuses)}", param_hint="--status"
            )
    output.parent.mkdir(parents=True, exist_ok=True)
    with open_store(Settings(), ontology) as store:
        if suffix == ".html":
            done = _page(store, ontology, output, about or [], depth, status, limit, title)
        else:
            done = _rows(store, output, "events" if suffix == ".geojson" else table.value, status)
    out_console().print(f"{output}: {done}", soft_wrap=True)


def _page(
    store: GraphStore,
    ontology: Ontology,
    output: Path,
    about: list[str],
    depth: int,
    statuses: list[str] | None,
    limit: int,
    title: str | None,
) -> str:
    if about:
        ids = [_entity(store, name) for name in about]
        found = store.neighbourhood(ids, depth=depth, statuses=statuses, limit=limit)
    else:
        found = store.overview(statuses=statuses, limit=limit)
    if not found["edges"]:
        raise InputError("the graph has no such relation; load articles with python -m scripts.ingest")
    view = view_of_graph(store, graph_row(store, found), title or "، ".join(about) or "حدث")
    write_html(view, ontology, output)
    more = f"; there are more than --limit {limit:,}" if found["truncated"] else ""
    return f"{len(view.nodes):,} actors and places, {len(view.edges):,} relations{more}"


def _entity(store: GraphStore, name: str) -> str:
    """The id of the best match of a name."""
    matches = store.entities(name, limit=1).items
    if not matches:
        raise InputError(f"no actor or place named '{name}' in the graph; try a part of the name")
    return str(matches[0]["id"])


def _rows(store: GraphStore, output: Path, table: Table, statuses: list[str] | None) -> str:
    rows = table_rows(store, table, statuses)
    match output.suffix.lower():
        case ".csv":
            lines = csv_lines(table, rows)
        case ".geojson":
            lines = geojson(rows)
        case _:
            lines = json_lines(rows)
    with output.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(lines)
    return f"all {table}" if output.suffix.lower() != ".geojson" else "all events of known place"


if __name__ == "__main__":
    run(export)
