"""Words a second of the annotation beside a plain `stanza.Pipeline` with the same weights, in one run.

    python -m scripts.benchmark ARTICLES [--limit N] [--processes 2] [--models FOLDER]

ARTICLES is a file or folder of articles (see `extractors.reader`). Both read the same text after a warm-up.
Times are wall-clock and processor seconds; on a shared machine only the latter compare well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from extractors.document import Document
from extractors.parallel import annotate_all
from extractors.reader import read_path
from extractors.sentences import bare_document
from extractors.syntax import Annotator
from extractors.weights import load_pipeline


@dataclass(frozen=True, slots=True)
class Run:
    """One way of annotating: words given, wall-clock seconds, processor seconds of this process."""

    name: str
    words: int
    wall: float
    processor: float


def measure(name: str, count: Callable[[], int]) -> Run:
    """Run `count`, which annotates and gives the number of words."""
    wall, processor = time.perf_counter(), time.process_time()
    words = count()
    return Run(name, words, time.perf_counter() - wall, time.process_time() - processor)


def plain_words(pipeline: Callable[[str], object], texts: Sequence[str]) -> int:
    """Words that Stanza finds, one article after the other, with its own tokens and sentences."""
    return sum(getattr(pipeline(text), "num_words") for text in texts)  # noqa: B009  (Stanza is untyped)


def words_of(documents: Sequence[Document]) -> int:
    """Words of annotated documents."""
    return sum(len(sentence.words) for document in documents for sentence in document.sentences)


def main(
    articles: Annotated[Path, typer.Argument(help="file or folder of articles")],
    limit: Annotated[int, typer.Option(help="how many articles at most")] = 60,
    processes: Annotated[int, typer.Option(help="cores for the last row")] = 2,
    models: Annotated[str | None, typer.Option(help="folder of models, or official")] = None,
) -> None:
    """Print the table."""
    documents = [bare_document(article) for article in islice(read_path(articles), limit)]
    texts = ["\n\n".join(sentence.text for sentence in d.sentences) for d in documents]
    started = time.perf_counter()
    annotator = Annotator(models)
    loading = time.perf_counter() - started
    annotator.annotate(documents[:1])
    plain = load_pipeline(models, tokenize_no_ssplit=False, lemma_store_results=False)
    plain(texts[0])
    runs = [
        measure("plain stanza.Pipeline", lambda: plain_words(plain, texts)),
        measure("annotate, cold", lambda: words_of(annotator.annotate(documents))),
        measure("annotate, warm", lambda: words_of(annotator.annotate(documents))),
        measure(
            "warm, half parsed",
            lambda: words_of(annotator.annotate(documents, _every_second())),
        ),
        measure(
            f"{processes} processes, with loading",
            lambda: words_of(list(annotate_all(documents, models, processes=processes, batch=20))),
        ),
    ]
    table = Table(title=f"{len(documents)} articles; models loaded in {loading:.1f} s")
    for column in ("", "words", "wall s", "words/s", "cpu s", "words/cpu s", "times"):
        table.add_column(column, justify="left" if not column else "right")
    base = runs[0].words / runs[0].processor
    for run in runs:
        rate = run.words / run.processor if run.processor > 0.05 * run.wall else 0.0
        table.add_row(
            run.name,
            str(run.words),
            f"{run.wall:.1f}",
            f"{run.words / run.wall:.0f}",
            f"{run.processor:.1f}",
            f"{rate:.0f}" if rate else "-",
            f"{rate / base:.1f}" if rate else "",
        )
    Console().print(table)


def _every_second() -> Callable[[Sequence[str]], bool]:
    seen = 0

    def wanted(words: Sequence[str]) -> bool:
        nonlocal seen
        seen += 1
        return seen % 2 == 0

    return wanted


if __name__ == "__main__":
    typer.run(main)
