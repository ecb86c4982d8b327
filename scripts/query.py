"""`python -m scripts.query`: one Cypher question, read-only, as a table or as JSON lines."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from graph.settings import Settings
from graph.store import open_store
from scripts.cli import Verbose, out_console, run, write_out
from scripts.tables import rows_table


def query(
    cypher: Annotated[
        str, typer.Argument(metavar="CYPHER", help="The question; docs/cypher-recipes.md has some.")
    ],
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param", metavar="NAME=VALUE", help="Value of $NAME, as JSON or plain text; repeatable."
        ),
    ] = None,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object a row instead of a table.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Most rows. Default: HADATH_QUERY_ROW_LIMIT.")
    ] = None,
    timeout: Annotated[
        float | None, typer.Option("--timeout", min=0.001, help="Seconds. Default: HADATH_QUERY_TIMEOUT_S.")
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Ask the graph in Cypher. The query runs as a user that may only read.

    Exit code 4: the query is wrong, not allowed, or ran too long. 5: no server.
    """
    params = dict(_parameter(text) for text in param or ())
    with open_store(Settings()) as store:
        rows = store.read(cypher, params, limit=limit, timeout=timeout)
    if json_lines:
        for row in rows:
            write_out(json.dumps(row, ensure_ascii=False) + "\n")
        return
    console = out_console()
    if rows:
        console.print(rows_table(rows))
    console.print(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}", style="dim")


def _parameter(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"'{text}' is not NAME=VALUE", param_hint="--param")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


if __name__ == "__main__":
    run(query)
