"""`python -m scripts.demo`: the whole way of one article, from its text to a picture."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.syntax import Syntax

from extractors.weights import run_info
from graph.batch import build_batch
from graph.settings import Settings
from graph.store import open_store
from graph.view import view_of_extraction
from graph.visual import write_html
from schema.errors import ArticleError
from schema.ontology import load_ontology
from scripts.cli import Models, Verbose, models_of, out_console, run
from scripts.inputs import Unreadable, read_inputs
from scripts.reading import Failure, extract_all
from scripts.tables import casualties_table, heading, rows_table, triples_table

#: Who did what to whom, as the graph holds it; planned and denied events are left out.
QUESTION = """\
MATCH (who:Entity)-[did:STRUCK|KILLED|WOUNDED|SEARCHED|FOUGHT|AIDED]->(whom:Entity)
WHERE NOT did.status IN ['planned', 'denied']
RETURN who.label_ar AS who, type(did) AS did, whom.label_ar AS whom, did.status AS status
ORDER BY did, who, whom LIMIT 8"""


def demo(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="The article to read.")
    ] = "samples/article.txt",
    output: Annotated[Path, typer.Option("--output", help="Folder for the page with the graph.")] = Path(
        "out"
    ),
    models: Models = None,
    verbose: Verbose = False,
) -> None:
    """Read one article, print its triples, load it, ask the graph a question and draw it."""
    settings = Settings()
    weights = models_of(models, settings)
    ontology = load_ontology()
    console = out_console()
    start = perf_counter()

    found = next(read_inputs([article]), None)
    if found is None or isinstance(found, Unreadable):
        raise found.error if found else ArticleError(f"{article}: no article in it")
    extraction = next(extract_all([found], models=weights))
    if isinstance(extraction, Failure):
        raise ArticleError(extraction.message)
    title = extraction.article.title or extraction.article.id
    console.print(heading(f"1. {article}: {title}"))
    console.print(triples_table(extraction, ontology, console.width))
    if extraction.casualties:
        console.print(casualties_table(extraction, ontology))
    read = perf_counter()

    with open_store(settings, ontology) as store:
        report = store.write(build_batch(extraction, ontology, run_info(weights)))
        console.print(heading(f"2. In the graph of {settings.data_dir}/ (article {report.outcome})"))
        console.print(heading("3. A question in Cypher"))
        console.print(Syntax(QUESTION, "cypher", background_color="default", word_wrap=True))
        console.print(rows_table(store.read(QUESTION)))
    loaded = perf_counter()

    output.mkdir(parents=True, exist_ok=True)
    page = output / "graph.html"
    write_html(view_of_extraction(extraction), ontology, page)
    console.print(heading(f"4. Open this in a browser: {page.resolve().as_uri()}"))
    console.print(
        f"{len(extraction.triples)} triples, {len(extraction.events)} events, "
        f"{len(extraction.actors)} actors. "
        f"Loading the models and reading took {read - start:.1f} s, the graph {loaded - read:.1f} s.",
        style="dim",
    )


if __name__ == "__main__":
    run(demo)
