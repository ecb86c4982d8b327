"""Many articles through the pipeline, in one process or several, in order, the bad ones set apart."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from schema.model import Article, Extraction
from scripts.inputs import Unreadable

if TYPE_CHECKING:
    from extractors.pipeline import ArticleFailure, Pipeline

#: Articles handed to a process at a time.
CHUNK = 16


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that gave nothing; `message` is one line that names it and says why."""

    message: str


Result = Extraction | Failure
_Chunk = list[Article | Failure]


def extract_all(
    inputs: Iterable[Article | Unreadable], *, models: Path | str | None = None, jobs: int = 1
) -> Iterator[Result]:
    """One result for every input, in its order. Articles are read as they are needed.

    With `jobs` above 1 that many processes are started, and each loads the models once.
    Raises ModelError when the weights do not load.
    """
    chunks = _chunked(inputs)
    if jobs == 1:
        for chunk in chunks:
            yield from _extract_chunk(chunk, models)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        pending: deque[Future[list[Result]]] = deque()
        for chunk in chunks:
            pending.append(pool.submit(_extract_chunk, chunk, models))
            if len(pending) > 2 * jobs:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def _chunked(inputs: Iterable[Article | Unreadable]) -> Iterator[_Chunk]:
    items = (Failure(str(item.error)) if isinstance(item, Unreadable) else item for item in inputs)
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def _extract_chunk(chunk: _Chunk, models: Path | str | None) -> list[Result]:
    articles = [item for item in chunk if isinstance(item, Article)]
    # Where nothing can be read, what is wrong is said without loading the models first.
    extracted = _pipeline(models).extract_many(articles) if articles else iter(())
    return [item if isinstance(item, Failure) else _result(next(extracted)) for item in chunk]


@cache
def _pipeline(models: Path | str | None) -> Pipeline:
    """The pipeline of this process, built at its first article."""
    # Imported here: torch takes seconds, which `--help` and a wrong file name ought not to wait for.
    from extractors.pipeline import build_pipeline

    return build_pipeline(models)


def _result(outcome: Extraction | ArticleFailure) -> Result:
    if isinstance(outcome, Extraction):
        return outcome
    return Failure(f"{outcome.article.id}: {outcome.error}")
