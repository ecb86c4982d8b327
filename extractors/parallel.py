"""Annotation on several cores: one process a core, each with its own models, articles in batches."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from extractors.document import Document
from extractors.syntax import Annotator, Predicate

#: Articles that go through the models together: enough to sort sentences by length, little memory.
BATCH = 40

_annotator: Annotator | None = None


def annotate_all(
    documents: Iterable[Document],
    models: str | Path | None = None,
    *,
    processes: int = 1,
    parse: Predicate | None = None,
    batch: int = BATCH,
) -> Iterator[Document]:
    """The annotated documents in the same order, however many; some batches at a time are in memory.

    `parse` (see `Annotator.annotate`) must be a function of a module where `processes` is above 1. May raise
    ModelError at the first document.
    """
    if processes <= 1:
        annotator = Annotator(models)
        for group in _groups(documents, batch):
            yield from annotator.annotate(group, parse)
        return
    # A forked child of a process in which torch has run may hang; a spawned one does not.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (models,)) as pool:
        waiting: list[Future[list[Document]]] = []
        for group in _groups(documents, batch):
            waiting.append(pool.submit(_annotate, group, parse))
            if len(waiting) > processes:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


def _groups(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    remaining = iter(documents)
    while group := list(islice(remaining, size)):
        yield group


def _start(models: str | Path | None) -> None:
    global _annotator
    _annotator = Annotator(models)


def _annotate(documents: Sequence[Document], parse: Predicate | None) -> list[Document]:
    if _annotator is None:
        raise RuntimeError("the worker has not been started")
    return _annotator.annotate(documents, parse)
