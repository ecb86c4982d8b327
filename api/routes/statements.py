"""What people said, who was hurt, and the text itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from api.dependencies import Store, Work
from api.examples import CASUALTY, EVIDENCE, REFERENCE, STATEMENT, page
from api.parameters import After, Day, EntityId, Limit, answers, iso
from api.views import casualty_row
from graph import report_queries
from graph.store import CasualtyFilter, StatementFilter
from schema.errors import QueryError

router = APIRouter()


@router.get("/statements", tags=["statements"], responses=answers(page(STATEMENT), 400, 503))
def statements(
    work: Work,
    store: Store,
    speaker: EntityId = None,
    about: EntityId = None,
    stance: Annotated[str | None, Query(max_length=40)] = None,
    document: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Reported speech: who said what about whom, with the words and the sentence."""
    if stance is not None and stance not in work.ontology.stances:
        raise QueryError(f"{stance!r} is not a stance; use {', '.join(work.ontology.stances)}")
    wanted = StatementFilter(speaker, about, stance, document)
    return asdict(store.statements(wanted, limit=limit, after=after))


@router.get("/casualties", tags=["casualties"], responses=answers(page(CASUALTY), 400, 503))
def casualties(
    work: Work,
    store: Store,
    actor: EntityId = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    place: EntityId = None,
    since: Day = None,
    until: Day = None,
    document: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Counts of people hurt, a row for each count in an article; `max` null means "or more"."""
    _check_kind(work, kind)
    wanted = CasualtyFilter(actor, kind, place, iso(since), iso(until), document)
    found = store.casualties(wanted, limit=limit, after=after)
    return {"items": [casualty_row(row) for row in found.items], "next": found.next}


def _check_kind(work: Work, kind: str | None) -> None:
    if kind is not None and kind not in work.ontology.casualty_kinds:
        raise QueryError(f"{kind!r} is no kind of casualty; use {', '.join(work.ontology.casualty_kinds)}")


LEDGER = {"group": REFERENCE, "kind": "killed", "min": 27, "max": None, "rows": 3}


@router.get("/casualties/ledger", tags=["casualties"], responses=answers({"items": [LEDGER]}, 400, 503))
def ledger(
    work: Work,
    store: Store,
    by: Annotated[Literal["victim", "by", "place", "month", "source"], Query()] = "victim",
    actor: EntityId = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    place: EntityId = None,
    since: Day = None,
    until: Day = None,
    source: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 500,
) -> dict[str, Any]:
    """Sums of what articles report, by group and kind. Two articles may report the same people, and
    kinds are never added to each other; `max` is null where one of the counts is open."""
    _check_kind(work, kind)
    given = {"actor": actor, "kind": kind, "place": place, "source": source}
    filters = {name: value for name, value in given.items() if value is not None}
    filters |= {name: day for name, day in (("since", iso(since)), ("until", iso(until))) if day}
    rows = store.read(report_queries.ledger(by, filters), {**filters, "limit": limit})
    return {"items": [_sum(row, groups) for groups in [_groups(store, rows, by)] for row in rows]}


def _groups(store: Store, rows: list[dict[str, Any]], by: str) -> dict[str, dict[str, Any]]:
    keys = sorted({row["key"] for row in rows if row["key"] is not None})
    if by in ("month", "source"):
        return {key: {"id": key, "label_ar": key, "label_en": key} for key in keys}
    return {node["id"]: node for node in store.neighbourhood(keys, depth=0)["nodes"]}


def _sum(row: dict[str, Any], groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    group = groups.get(row["key"])
    return {
        "group": {key: group.get(key) for key in ("id", "type", "label_ar", "label_en")} if group else None,
        "kind": row["kind"],
        "min": row["min"],
        "max": row["max"] if row["bounded"] == row["rows"] else None,
        "rows": row["rows"],
    }


@router.get("/search", tags=["text"], responses=answers({"items": [EVIDENCE]}, 503))
def sentences(
    store: Store,
    q: Annotated[str, Query(min_length=1, max_length=400, examples=["غارات الرطبة"])],
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> dict[str, Any]:
    """Sentences that hold all the words, in any spelling and inflection, the best first."""
    return {"items": store.fulltext(q, limit=limit)}
