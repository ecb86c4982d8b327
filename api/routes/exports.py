"""Taking data along: as JSON lines, CSV, GeoJSON and HTML, sent as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from api.dependencies import Store, Work
from api.exports import Table, csv_lines, geojson, json_lines, table_rows
from api.parameters import Statuses, answers, statuses_of
from api.routes.graph import page
from api.turtle import turtle
from api.views import graph_row, view_of_graph
from graph.visual import network_html

router = APIRouter(prefix="/export", tags=["export"])

LINES_ANSWER = answers('{"id": "event-1a2b3c4d5e6f7081"}', 503, media=("application/x-ndjson",))
CSV_ANSWER = answers("id,type,status", 503, media=("text/csv",))
GEO_ANSWER = answers({"type": "FeatureCollection", "features": []}, 503, media=("application/geo+json",))
TURTLE_TABLES: tuple[Table, Table] = ("entities", "events")
TURTLE_ANSWER = answers("<a> <b> <c> .", 503, media=("text/turtle",))
PAGE_ANSWER = answers("<!DOCTYPE html>", 503, media=("text/html",))


@router.get("/{table}.jsonl", responses=LINES_ANSWER, response_class=StreamingResponse)
def jsonl(work: Work, store: Store, table: Table, status: Statuses = None) -> Response:
    """All rows of a kind, one JSON object a line."""
    rows = table_rows(store, table, statuses_of(status, work.ontology.statuses))
    return _stream(json_lines(rows), "application/x-ndjson", f"{table}.jsonl")


@router.get("/{table}.csv", responses=CSV_ANSWER, response_class=StreamingResponse)
def table_csv(work: Work, store: Store, table: Table, status: Statuses = None) -> Response:
    """All rows of a kind as a table in UTF-8, which spreadsheets open as it is.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    rows = table_rows(store, table, statuses_of(status, work.ontology.statuses))
    return _stream(csv_lines(table, rows), "text/csv; charset=utf-8", f"{table}.csv")


@router.get("/events.geojson", responses=GEO_ANSWER, response_class=StreamingResponse)
def events_geojson(work: Work, store: Store, status: Statuses = None) -> Response:
    """Events whose place is known, as points; `precision_km` says how far off the true place may lie."""
    rows = table_rows(store, "events", statuses_of(status, work.ontology.statuses))
    return _stream(geojson(rows), "application/geo+json", "events.geojson")


@router.get("/graph.ttl", responses=TURTLE_ANSWER, response_class=StreamingResponse)
def graph_turtle(work: Work, store: Store, status: Statuses = None) -> Response:
    """Entities, events and their relations as RDF under the ontology."""
    statuses = statuses_of(status, work.ontology.statuses)
    entities, events = (table_rows(store, table, statuses) for table in TURTLE_TABLES)
    return _stream(turtle(entities, events, work.ontology), "text/turtle; charset=utf-8", "graph.ttl")


class ViewInput(BaseModel):
    """What a picture shows: the entities, and the edges among them, by id."""

    nodes: list[str] = Field(max_length=5000)
    edges: list[str] = Field(max_length=20_000)
    title: str = Field(default="حدث", max_length=200)


@router.post("/view", responses=PAGE_ANSWER, response_class=HTMLResponse)
def view(work: Work, store: Store, given: Annotated[ViewInput, Body()]) -> Response:
    """A view of the explorer as a page of its own that opens offline."""
    found = store.neighbourhood(given.nodes, statuses=list(work.ontology.statuses), limit=20_000)
    wanted, shown = set(given.edges), set(given.nodes)
    row = graph_row(store, found)
    row["nodes"] = [node for node in row["nodes"] if node["id"] in shown]
    row["edges"] = [
        edge
        for edge in row["edges"]
        if wanted & set(edge["edge_ids"]) and {edge["source"], edge["target"]} <= shown
    ]
    html = network_html(view_of_graph(store, row, given.title), work.ontology)
    return page(html, "hadath.html")


def _stream(lines: Iterator[str], media_type: str, name: str) -> StreamingResponse:
    return StreamingResponse(
        (line.encode("utf-8", "replace") for line in lines),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="hadath-{name}"'},
    )


@router.get("/graph.html", responses=PAGE_ANSWER, response_class=HTMLResponse)
def graph_html(
    work: Work,
    store: Store,
    status: Statuses = None,
    limit: Annotated[int, Query(ge=1, le=2000)] = 500,
) -> Response:
    """The best supported relations of the whole graph as a page that opens offline."""
    wanted = statuses_of(status, work.ontology.statuses)
    row = graph_row(store, store.overview(statuses=wanted, limit=limit))
    return page(network_html(view_of_graph(store, row, "حدث"), work.ontology), "hadath.html")
