"""Actors and places: search, one of them, its surroundings, its events, where articles name it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import Store, Work
from api.examples import EDGE, ENTITY, EVENT, EVIDENCE, page
from api.parameters import After, Day, Identity, Limit, Statuses, Words, answers, iso, statuses_of
from api.responses import not_found
from api.views import event_row, graph_row
from graph.evidence import mention_records
from graph.store import EventFilter, GraphStore

router = APIRouter(prefix="/entities", tags=["entities"])

HINT = "search with /entities?search="


@router.get("", responses=answers(page(ENTITY), 400, 503))
def search(
    store: Store,
    search: Annotated[Words, Query(examples=["التحالف الدولي"])] = None,
    type: Annotated[
        str | None, Query(max_length=40, description="A type of the ontology, or `agent` or `place`.")
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Actors and places by any of their names, in Arabic or English, whatever the spelling.

    Without `search`: all of them, the most reported first.
    """
    return asdict(store.entities(search, type=type, limit=limit, after=after))


def _known(store: GraphStore, identity: str) -> dict[str, Any]:
    found = store.entity(identity)
    if found is None:
        raise not_found("entity", identity, HINT)
    return found


@router.get("/{identity}", responses=answers(ENTITY, 404, 503))
def entity(store: Store, identity: Identity) -> dict[str, Any]:
    """One actor or place, with all its names."""
    return _known(store, identity)


@router.get("/{identity}/neighbourhood", responses=answers({"nodes": [ENTITY], "edges": [EDGE]}, 404, 503))
def neighbourhood(
    work: Work,
    store: Store,
    identity: Identity,
    depth: Annotated[int, Query(ge=1, le=3)] = 1,
    status: Statuses = None,
    limit: Limit = 200,
) -> dict[str, Any]:
    """The best supported relations around it."""
    _known(store, identity)
    wanted = statuses_of(status, work.ontology.statuses)
    return graph_row(store, store.neighbourhood([identity], depth=depth, statuses=wanted, limit=limit))


@router.get("/{identity}/timeline", responses=answers(page(EVENT), 404, 503))
def timeline(
    work: Work,
    store: Store,
    identity: Identity,
    status: Statuses = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = 100,
    after: After = None,
) -> dict[str, Any]:
    """Its events, the oldest first; those of unknown time last. For a place: what happened there."""
    place = _known(store, identity)["kind"] == "place"
    found = store.events(
        EventFilter(
            actor=None if place else identity,
            place=identity if place else None,
            statuses=_tuple(statuses_of(status, work.ontology.statuses)),
            since=iso(since),
            until=iso(until),
            order="oldest",
        ),
        limit=limit,
        after=after,
    )
    return {"items": [event_row(event) for event in found.items], "next": found.next}


def _tuple(given: list[str] | None) -> tuple[str, ...] | None:
    return tuple(given) if given is not None else None


@router.get("/{identity}/mentions", responses=answers(page(EVIDENCE), 404, 503))
def mentions(store: Store, identity: Identity, limit: Limit = 20, after: After = None) -> dict[str, Any]:
    """Where articles name it: the sentence, with the range of the name in `marks`."""
    _known(store, identity)
    found = store.mentions(identity, limit=limit, after=after)
    return {"items": mention_records(found.items), "next": found.next}
