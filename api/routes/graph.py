"""The graph as such: neighbourhoods, the sentences behind a relation, ways between two, pictures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.dependencies import Store, Work
from api.examples import EDGE, ENTITY, EVIDENCE
from api.parameters import Statuses, answers, statuses_of
from api.responses import Json, not_found
from api.views import graph_row, view_of_graph
from graph.evidence import evidence_of_edges
from graph.visual import content_security_policy, network_html

router = APIRouter(prefix="/graph", tags=["graph"])

Ids = Annotated[list[str] | None, Query(max_length=200, description="Ids of actors or places.")]
GRAPH = {"nodes": [ENTITY], "edges": [EDGE], "places": {}, "truncated": False}


@router.get("", responses=answers(GRAPH, 503, media=("application/json", "text/html")))
def graph(
    work: Work,
    store: Store,
    ids: Ids = None,
    depth: Annotated[int, Query(ge=1, le=3)] = 1,
    status: Statuses = None,
    limit: Annotated[int, Query(ge=1, le=2000, description="Most edges; the best supported first.")] = 300,
    format: Literal["json", "html"] = "json",
    title: Annotated[str, Query(max_length=200)] = "حدث",
) -> Response:
    """The relations around some actors or places, as JSON or as a page that opens offline.

    Without ids: the best supported relations of the whole graph.
    """
    wanted = statuses_of(status, work.ontology.statuses)
    if ids:
        found = store.neighbourhood(ids, depth=depth, statuses=wanted, limit=limit)
    else:
        found = store.overview(statuses=wanted, limit=limit)
    row = graph_row(store, found)
    if format == "json":
        return Json(row)
    return page(network_html(view_of_graph(store, row, title), work.ontology))


def page(html: str, filename: str | None = None) -> Response:
    """An exported picture; it may run its own scripts and nothing else."""
    headers = {"Content-Security-Policy": content_security_policy() + "; frame-ancestors 'none'"}
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return Response(html.encode("utf-8", "replace"), media_type="text/html; charset=utf-8", headers=headers)


@router.get("/evidence", responses=answers({"items": [EVIDENCE]}, 503))
def evidence(
    store: Store,
    edge: Annotated[list[str], Query(min_length=1, max_length=200, description="`edge_ids` of an edge.")],
    limit: Annotated[int, Query(ge=1, le=200)] = 30,
) -> dict[str, Any]:
    """The sentences behind a relation: trigger and participants marked, the speaker, the article."""
    return {"items": evidence_of_edges(store, edge, limit)}


@router.get("/paths", responses=answers({"items": [{"nodes": [ENTITY], "edges": [EDGE]}]}, 404, 503))
def paths(
    work: Work,
    store: Store,
    source: Annotated[str, Query(max_length=200)],
    target: Annotated[str, Query(max_length=200)],
    max_length: Annotated[int, Query(ge=1, le=6)] = 4,
    status: Statuses = None,
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
) -> dict[str, Any]:
    """The shortest ways between two actors or places, over relations in either direction."""
    for identity in (source, target):
        if store.entity(identity) is None:
            raise not_found("entity", identity, "search with /entities?search=")
    wanted = statuses_of(status, work.ontology.statuses)
    found = store.paths(source, target, max_length=max_length, statuses=wanted, limit=limit)
    return {"items": found}
