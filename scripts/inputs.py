"""Articles from what a person names on the command line; one that cannot be read does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extractors.reader import article_files, read_all, read_article, read_path
from schema.errors import ArticleError, HadathError
from schema.model import Article

STDIN = "-"
JSON_LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that gave no article; `error` names the file and the line."""

    error: HadathError


def read_inputs(names: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Article | Unreadable]:
    """The articles of files, folders and `-` (standard input), in the order given.

    In JSON lines each line stands alone: a broken one is given as `Unreadable` and the next is read.
    """
    for name in names:
        if name == STDIN:
            yield from _read_stream(stdin or sys.stdin.buffer)
            continue
        path = Path(name)
        try:
            files = article_files(path) if path.is_dir() else [path]
        except ArticleError as error:
            yield Unreadable(error)
            continue
        for file in files:
            yield from _read_file(file)


def _read_file(path: Path) -> Iterator[Article | Unreadable]:
    if path.suffix.lower() not in JSON_LINES:
        yield from _until_error(read_path(path))
        return
    try:
        with path.open("rb") as lines:
            yield from _read_lines(lines, str(path))
    except FileNotFoundError:
        yield Unreadable(ArticleError(f"{path}: no such file"))
    except OSError as error:
        yield Unreadable(ArticleError(f"{path}: cannot be read: {error.strerror}"))


def _read_stream(stream: BinaryIO) -> Iterator[Article | Unreadable]:
    """Standard input: JSON lines as they come when the first line is a JSON object, else all of it."""
    first = stream.readline()
    if first.startswith(b"{") and first.rstrip().endswith(b"}"):
        yield from _read_lines(_chain(first, stream), "standard input")
        return
    yield from _until_error(read_all(first + stream.read(), name="standard input"))


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _read_lines(lines: Iterable[bytes], name: str) -> Iterator[Article | Unreadable]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield read_article(line, kind="json", name=f"{name}, line {number}")
        except HadathError as error:
            yield Unreadable(error)


def _until_error(articles: Iterator[Article]) -> Iterator[Article | Unreadable]:
    try:
        yield from articles
    except HadathError as error:
        yield Unreadable(error)
