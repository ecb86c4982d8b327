"""`python -m scripts.extract`: what articles say, as a table or as one JSON object an article."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from graph.rdf import extraction_to_turtle
from graph.settings import Settings
from schema.contract import to_contract
from schema.ontology import load_ontology
from scripts.cli import Models, Verbose, end_with_failures, models_of, out_console, run, say, write_out
from scripts.inputs import read_inputs
from scripts.reading import Failure, extract_all
from scripts.tables import casualties_table, heading, triples_table


class Format(StrEnum):
    """How the result is written."""

    table = "table"
    jsonl = "jsonl"
    ttl = "ttl"


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE", help="Files (text, HTML, JSON, JSON lines), folders, or - for stdin."
        ),
    ],
    format: Annotated[
        Format,
        typer.Option("--format", help="table: for a person; jsonl: one contract object a line; ttl: RDF."),
    ] = Format.table,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, help="Processes that read articles; each loads the models.")
    ] = 1,
    models: Models = None,
    verbose: Verbose = False,
) -> None:
    """Extract actors, events, casualties, statements and their triples from Arabic news articles.

    An article that cannot be read is reported on standard error and left out; the exit code is then 3.
    """
    ontology = load_ontology()
    console = out_console()
    failed = done = 0
    for result in extract_all(read_inputs(inputs), models=models_of(models, Settings()), jobs=jobs):
        if isinstance(result, Failure):
            failed += 1
            say(result.message)
            continue
        done += 1
        if format is Format.jsonl:
            write_out(json.dumps(to_contract(result, ontology), ensure_ascii=False) + "\n")
            continue
        if format is Format.ttl:
            write_out(extraction_to_turtle(result, ontology))
            continue
        article = result.article
        console.print(heading(" · ".join(filter(None, (article.title, article.date, article.source)))))
        console.print(triples_table(result, ontology, console.width))
        if result.casualties:
            console.print(casualties_table(result, ontology))
    end_with_failures(failed, failed + done)


if __name__ == "__main__":
    run(extract)
