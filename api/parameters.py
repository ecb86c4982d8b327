"""Query parameters that several routes share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import Path, Query

from api.responses import Problem, problem_answers
from schema.errors import QueryError

Identity = Annotated[str, Path(min_length=1, max_length=200, description="An id as other answers give it.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Most rows of this page.")]
After = Annotated[
    str | None, Query(max_length=20, description="`next` of the page before; leave out for the first page.")
]
Statuses = Annotated[
    list[str] | None,
    Query(
        description="Statuses to give (stated, attributed, inferred, planned, denied), or `all`; "
        "left out: those that read as fact."
    ),
]
EntityId = Annotated[str | None, Query(max_length=200, description="Id of an actor or place.")]
Day = Annotated[dt.date | None, Query(description="ISO date, e.g. 2024-01-15.")]
Words = Annotated[str | None, Query(max_length=400)]


def statuses_of(given: list[str] | None, known: Any) -> list[str] | None:
    """None: the default of the store; `all`: every one. `QueryError` names one that is unknown."""
    if not given:
        return None
    for status in given:
        if status != "all" and status not in known:
            raise QueryError(f"{status[:60]!r} is not a status; use all, {', '.join(known)}")
    return list(known) if "all" in given else given


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def answers(
    example: Any,
    *statuses: int,
    description: str = "OK",
    code: int = 200,
    media: tuple[str, ...] = ("application/json",),
) -> dict[int | str, Any]:
    """The OpenAPI entry of an answer, by example, with the problems that it may be instead."""
    return {
        code: {"description": description, "content": {kind: {"example": example} for kind in media}},
        **problem_answers(*statuses),
    }


__all__ = [
    "After",
    "Day",
    "EntityId",
    "Identity",
    "Limit",
    "Problem",
    "Statuses",
    "Words",
    "answers",
    "iso",
    "statuses_of",
]
