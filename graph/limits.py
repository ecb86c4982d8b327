"""How large an answer to a researcher's query may be: a few rows can hold as much as many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from schema.errors import QueryError

ANSWER_LIMIT = 16_000_000
"""Characters and values that the rows of one answer may hold together."""


def bounded(rows: Iterable[dict[str, Any]], limit: int = ANSWER_LIMIT) -> Iterator[dict[str, Any]]:
    """The rows; raises `QueryError` at the one that makes the answer larger than the limit."""
    size = 0
    for row in rows:
        size += _size(row)
        if size > limit:
            raise QueryError(f"the answer is larger than {limit // 1_000_000} MB: ask for less")
        yield row


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value) + 1
    if isinstance(value, dict):
        return sum(len(key) + _size(item) for key, item in value.items()) + 1
    if isinstance(value, list):
        return sum(map(_size, value)) + 1
    return 4
