"""`python -m scripts.ingest`: articles into the graph, with a progress bar; run again to go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from extractors.weights import run_info
from graph.batch import build_batch
from graph.settings import Settings
from graph.store import GraphStore, open_store
from schema.errors import BatchError
from schema.model import Article, RunInfo
from schema.ontology import load_ontology
from scripts.cli import Models, Verbose, end_with_failures, err_console, models_of, out_console, run, say
from scripts.inputs import Unreadable, read_inputs
from scripts.reading import Failure, extract_all


def ingest(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE", help="Files (text, HTML, JSON, JSON lines), folders, or - for stdin."
        ),
    ],
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, help="Processes that read articles; each loads the models.")
    ] = 1,
    again: Annotated[
        bool, typer.Option("--again", help="Read articles again that stand in the graph unchanged.")
    ] = False,
    models: Models = None,
    verbose: Verbose = False,
) -> None:
    """Load Arabic news articles into the graph.

    An article that stands there already, with the same text and read by the same models, is passed over, so
    an interrupted run goes on where it stopped. One that cannot be read is reported on standard error and
    left out; the exit code is then 3.
    """
    settings = Settings()
    weights = models_of(models, settings)
    this_run = run_info(weights)
    ontology = load_ontology()
    outcomes: Counter[str] = Counter()
    with open_store(settings) as store, _progress() as progress:
        task = progress.add_task("articles", total=None)

        def fresh(articles: Iterable[Article | Unreadable]) -> Iterator[Article | Unreadable]:
            for article in articles:
                if isinstance(article, Article) and not again and stands(store, article, this_run):
                    outcomes["unchanged"] += 1
                    progress.advance(task)
                else:
                    yield article

        for result in extract_all(fresh(read_inputs(inputs)), models=weights, jobs=jobs):
            progress.advance(task)
            if isinstance(result, Failure):
                outcomes["failed"] += 1
                say(result.message)
                continue
            try:
                outcomes[store.write(build_batch(result, ontology, this_run)).outcome] += 1
            except BatchError as error:
                outcomes["failed"] += 1
                say(f"{result.article.id}: {error}")
    counts = ", ".join(
        f"{outcomes[name]:,} {name}" for name in ("created", "replaced", "unchanged", "failed")
    )
    out_console().print(f"{outcomes.total():,} articles: {counts}")
    end_with_failures(outcomes["failed"], outcomes.total())


def stands(store: GraphStore, article: Article, run: RunInfo) -> bool:
    """Whether the graph holds the article as it is now, read by the same program and models."""
    known = store.article(article.id)
    if known is None:
        return False
    same = all(
        known[field] == getattr(article, field) for field in ("text", "title", "date", "source", "url")
    )
    return same and known["run"] == run.id


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err_console(),
        transient=True,
    )


if __name__ == "__main__":
    run(ingest)
