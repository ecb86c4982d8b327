"""`python -m scripts.status`: what is set up, whether the graph server runs, and what the graph holds."""

from __future__ import annotations

import json
import platform
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

from extractors.weights import models_folder, models_id
from graph.local_server import LocalServer
from graph.settings import Settings
from graph.store import open_store
from schema import VERSION
from schema.errors import ModelError
from scripts.cli import Models, Verbose, models_of, out_console, run, write_out


def status(
    stop: Annotated[
        bool, typer.Option("--stop", help="Stop the embedded graph server; the graph stays on disk.")
    ] = False,
    json_object: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
    models: Models = None,
    verbose: Verbose = False,
) -> None:
    """Show the version, the models, the graph server and how much the graph holds.

    The embedded server is started for the counts, and stopped again when nothing else uses it.
    """
    settings = Settings()
    console = out_console()
    if stop:
        if settings.neo4j_uri:
            raise typer.BadParameter(
                "HADATH_NEO4J_URI is set; stop that server yourself", param_hint="--stop"
            )
        was_running = LocalServer(settings).stop()
        console.print("the graph server is stopped" if was_running else "no graph server was running")
        return
    found = {
        "version": VERSION,
        "python": platform.python_version(),
        **_models(models_of(models, settings)),
        **_graph(settings),
    }
    if json_object:
        write_out(json.dumps(found, ensure_ascii=False) + "\n")
        return
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    for name, value in found.items():
        table.add_row(name.replace("_", " "), f"{value:,}" if isinstance(value, int) else str(value))
    console.print(table)


def _models(option: Any) -> dict[str, Any]:
    try:
        return {"models": str(models_folder(option)), "models_id": models_id(option)}
    except ModelError as error:
        return {"models": str(error)}


def _graph(settings: Settings) -> dict[str, Any]:
    with open_store(settings) as store:
        stats = store.stats()
    nodes = stats["nodes"]
    return {
        "server": stats["server"],
        "data": settings.neo4j_uri or str(settings.data_dir),
        "articles": stats["documents"],
        **{
            f"{name.lower()}_nodes": nodes[name] for name in ("Entity", "Event", "Statement") if name in nodes
        },
        "edges": sum(stats["edges"].values()),
    }


if __name__ == "__main__":
    run(status)
