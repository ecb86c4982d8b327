"""Researchers' own questions: one Cypher query, read-only, within limits of time and rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from api.dependencies import Row, Store, Work
from api.parameters import answers
from api.responses import Json, to_json
from api.security import analyst
from schema.errors import HadathError, QueryError

router = APIRouter(prefix="/cypher", tags=["cypher"], dependencies=[Depends(analyst)])

INT64 = range(-(2**63), 2**63)
DEPTH = 20


class CypherInput(BaseModel):
    """A query, and the values of its `$parameters`."""

    query: str = Field(
        min_length=1, max_length=20_000, examples=["MATCH (n:Agent) RETURN n.label_ar LIMIT 5"]
    )
    parameters: dict[str, Any] = Field(default_factory=dict, max_length=100)
    limit: int | None = Field(default=None, ge=1, description="Most rows; the settings hold the upper bound.")


EXAMPLE = {"columns": ["name"], "rows": [{"name": "التحالف الدولي"}], "truncated": False}


@router.post("", responses=answers(EXAMPLE, 503, media=("application/json", "application/x-ndjson")))
def cypher(
    work: Work,
    store: Store,
    given: Annotated[CypherInput, Body()],
    format: Annotated[
        Literal["json", "ndjson"], Query(description="ndjson: the rows as they come, one JSON object a line.")
    ] = "json",
) -> Response:
    """Run a query as the database user that may only read.

    Nodes and edges come with our ids. A query that is wrong, writes, or takes too long is a 400 that says
    so; `truncated` tells that the row limit cut the answer.
    """
    _check(given.parameters)
    limit = min(given.limit or work.settings.query_row_limit, work.settings.query_row_limit)
    if format == "ndjson":
        rows = store.stream(given.query, given.parameters, limit=limit)
        return StreamingResponse(_lines(rows), media_type="application/x-ndjson")
    found = store.read(given.query, given.parameters, limit=limit)
    return Json({"columns": list(found[0]) if found else [], "rows": found, "truncated": len(found) >= limit})


def _lines(rows: Iterator[Row]) -> Iterator[bytes]:
    """The rows, a line each. The first is fetched before the answer begins, so that a wrong query is a 400;
    what goes wrong later can only be the last line, as {"error": ...}."""
    first = list(_take_one(rows))

    def lines() -> Iterator[bytes]:
        try:
            for row in chain(first, rows):
                yield (to_json(row) + "\n").encode("utf-8", "replace")
        except HadathError as error:
            yield (to_json({"error": str(error)}) + "\n").encode()

    return lines()


def _take_one(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        return


def _check(value: Any, depth: int = 0) -> None:
    """Refuse what the Bolt protocol has no form for, in words that say so."""
    if depth > DEPTH:
        raise QueryError(f"parameters: nested deeper than {DEPTH}")
    if isinstance(value, int) and not isinstance(value, bool) and value not in INT64:
        raise QueryError("parameters: whole numbers must fit into 64 bits")
    if isinstance(value, dict):
        for key, item in value.items():
            _check(key, depth + 1)
            _check(item, depth + 1)
    if isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise QueryError("parameters: a text is not valid Unicode")
