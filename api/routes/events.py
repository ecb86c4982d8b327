"""Events: by type or code, who, where, when, how sure, whose report."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from api.dependencies import Store, Work
from api.examples import EVENT, EVIDENCE, PLACE, page
from api.parameters import After, Day, EntityId, Identity, Limit, Statuses, answers, iso, statuses_of
from api.responses import not_found
from api.views import event_row
from graph import entity_queries, event_queries
from graph.evidence import evidence_of_events
from graph.store import EventFilter
from schema.errors import QueryError

router = APIRouter(prefix="/events", tags=["events"])

NEAR = r"^-?\d{1,3}(\.\d{1,9})?,-?\d{1,3}(\.\d{1,9})?,\d{1,5}(\.\d{1,6})?$"


@router.get("", responses=answers(page(EVENT), 400, 503))
def events(
    work: Work,
    store: Store,
    type: Annotated[list[str] | None, Query(description="Event types of the ontology.")] = None,
    plover: Annotated[list[str] | None, Query(description="PLOVER categories, e.g. ASSAULT.")] = None,
    cameo: Annotated[list[str] | None, Query(description="CAMEO codes or their beginnings.")] = None,
    actor: EntityId = None,
    role: Annotated[str | None, Query(max_length=40, description="The actor's role in the event.")] = None,
    place: EntityId = None,
    near: Annotated[
        str | None,
        Query(pattern=NEAR, description="latitude,longitude,kilometres", examples=["33.3,44.4,50"]),
    ] = None,
    since: Day = None,
    until: Day = None,
    status: Statuses = None,
    source: Annotated[str | None, Query(max_length=200, description="Who published the article.")] = None,
    document: Annotated[str | None, Query(max_length=200, description="Id of an article.")] = None,
    sort: Literal["newest", "oldest"] = "newest",
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Events that pass all filters. One of unknown time counts with the day of its report."""
    _check(work.ontology.event_types, type, "an event type")
    _check(work.ontology.plover_categories, plover, "a PLOVER category")
    _check(work.ontology.roles, [role] if role else None, "a role")
    statuses = statuses_of(status, work.ontology.statuses)
    found = store.events(
        EventFilter(
            types=tuple(type or ()),
            plover=tuple(plover or ()),
            cameo=tuple(cameo or ()),
            actor=actor,
            role=role,
            place=place,
            near=_near(near),
            since=iso(since),
            until=iso(until),
            statuses=tuple(statuses) if statuses is not None else None,
            source=source,
            document=document,
            order=sort,
        ),
        limit=limit,
        after=after,
    )
    return {"items": [event_row(event) for event in found.items], "next": found.next}


def _check(known: Any, given: list[str] | None, what: str) -> None:
    for name in given or ():
        if name not in known:
            raise QueryError(f"{name[:60]!r} is not {what}; use {', '.join(known)}")


def _near(text: str | None) -> tuple[float, float, float] | None:
    if text is None:
        return None
    lat, lon, kilometres = (float(part) for part in text.split(","))
    if abs(lat) > 90 or abs(lon) > 180:
        raise QueryError("near: latitudes go from -90 to 90, longitudes from -180 to 180")
    return lat, lon, kilometres


POINTS = {
    "items": [{**{key: EVENT[key] for key in ("id", "type", "status", "date")}, "place": PLACE["id"]}],
    "entities": {PLACE["id"]: PLACE},
    "sources": {"sample-1": "وكالة الأنباء"},
    "truncated": False,
}


@router.get("/points", responses=answers(POINTS, 503))
def points(
    store: Store,
    ids: Annotated[list[str] | None, Query(max_length=200, description="Actors or places.")] = None,
) -> dict[str, Any]:
    """When and where of up to 5,000 events of any status, for timelines and maps.

    Entities stand once in `entities`, the publisher of each article in `sources`.
    """
    rows = store.read(event_queries.event_points(bool(ids)), {"ids": ids or []})
    named = {p["id"] for row in rows for p in row["participants"]} | {row["place"] for row in rows}
    found = store.neighbourhood(sorted(named - {None}), depth=0)["nodes"]
    documents = sorted({document for row in rows for document in row["documents"]})
    shown = ("id", "type", "label_ar", "label_en", "lat", "lon", "precision_km")
    return {
        "items": rows,
        "entities": {node["id"]: {key: node[key] for key in shown} for node in found},
        "sources": {
            row["id"]: row["source"] for row in store.read(entity_queries.DOCUMENTS_BY_ID, {"ids": documents})
        },
        "truncated": len(rows) >= min(event_queries.EVENT_POINT_LIMIT, store.settings.query_row_limit),
    }


@router.get("/{identity}", responses=answers({**EVENT, "evidence": [EVIDENCE]}, 404, 503))
def event(store: Store, identity: Identity) -> dict[str, Any]:
    """One event of any status, with the sentences that tell it."""
    found = store.event(identity)
    if found is None:
        raise not_found("event", identity, "list them with /events")
    return {**event_row(found), "evidence": evidence_of_events(store, [identity])}
