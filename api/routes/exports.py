"""Taking data along: as JSON lines, CSV, GeoJSON and HTML, sent as they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from api.dependencies import Row, Store, Work
from api.parameters import Statuses, answers, statuses_of
from api.responses import to_json
from api.routes.graph import page
from api.views import casualty_row, event_row, graph_row, view_of_graph
from graph.store import EventFilter, GraphStore, Page
from graph.visual import network_html

router = APIRouter(prefix="/export", tags=["export"])

PAGE_ROWS = 500
BOM = "\ufeff"

Table = Literal["articles", "entities", "events", "statements", "casualties"]


@router.get("/{table}.jsonl", responses=answers("one JSON object a line", 503))
def jsonl(work: Work, store: Store, table: Table, status: Statuses = None) -> Response:
    """All rows of a kind, one JSON object a line."""
    rows = _rows(store, table, statuses_of(status, work.ontology.statuses))
    return _stream(((to_json(row) + "\n") for row in rows), "application/x-ndjson", f"{table}.jsonl")


@router.get("/{table}.csv", responses=answers("columns and rows", 503))
def table_csv(work: Work, store: Store, table: Table, status: Statuses = None) -> Response:
    """All rows of a kind as a table in UTF-8, which spreadsheets open as it is.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    rows = _rows(store, table, statuses_of(status, work.ontology.statuses))
    return _stream(_csv_lines(COLUMNS[table], rows), "text/csv; charset=utf-8", f"{table}.csv")


@router.get("/events.geojson", responses=answers({"type": "FeatureCollection", "features": []}, 503))
def geojson(work: Work, store: Store, status: Statuses = None) -> Response:
    """Events whose place is known, as points; `precision_km` says how far off the true place may lie."""
    rows = _rows(store, "events", statuses_of(status, work.ontology.statuses))
    return _stream(_geojson(rows), "application/geo+json", "events.geojson")


PAGE_ANSWER: dict[int | str, dict[str, Any]] = {
    **answers({}, 503),
    200: {"content": {"text/html": {}}, "description": "The page."},
}


class ViewInput(BaseModel):
    """What a picture shows: the entities, and the edges among them, by id."""

    nodes: list[str] = Field(max_length=5000)
    edges: list[str] = Field(max_length=20_000)
    title: str = Field(default="حدث", max_length=200)


@router.post("/view", responses=PAGE_ANSWER)
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


def _rows(store: GraphStore, table: Table, statuses: list[str] | None) -> Iterator[Row]:
    wanted = EventFilter(statuses=tuple(statuses) if statuses is not None else None, order="oldest")
    readers: dict[Table, tuple[Callable[[str | None], Page], Callable[[Row], Row]]] = {
        "articles": (lambda after: store.articles(limit=PAGE_ROWS, after=after), _same),
        "entities": (lambda after: store.entities(limit=PAGE_ROWS, after=after), _same),
        "events": (lambda after: store.events(wanted, limit=PAGE_ROWS, after=after), event_row),
        "statements": (lambda after: store.statements(limit=PAGE_ROWS, after=after), _same),
        "casualties": (lambda after: store.casualties(limit=PAGE_ROWS, after=after), casualty_row),
    }
    read, shape = readers[table]
    after: str | None = None
    while True:
        found = read(after)
        yield from map(shape, found.items)
        if found.next is None:
            return
        after = found.next


def _same(row: Row) -> Row:
    return row


def _label(row: Row | None) -> str | None:
    return row["label_ar"] if row else None


def _role(row: Row, role: str) -> str:
    return "؛ ".join(p["label_ar"] for p in row["participants"] if p["role"] == role)


COLUMNS: dict[str, dict[str, Callable[[Row], Any]]] = {
    "articles": {key: itemgetter(key) for key in ("id", "title", "date", "source", "url")},
    "entities": {
        **{
            key: itemgetter(key)
            for key in ("id", "type", "label_ar", "label_en", "lat", "lon", "precision_km", "article_count")
        },
        "names": lambda row: "؛ ".join(row["names"] or ()),
    },
    "events": {
        **{key: itemgetter(key) for key in ("id", "type", "plover", "cameo", "status", "date")},
        "actor": lambda row: _role(row, "actor"),
        "recipient": lambda row: _role(row, "recipient"),
        "place": lambda row: _label(row["place"]),
        "lat": lambda row: row["place"]["lat"] if row["place"] else None,
        "lon": lambda row: row["place"]["lon"] if row["place"] else None,
        "sentence": lambda row: row["evidence"]["text"] if row["evidence"] else None,
        "article": lambda row: "؛ ".join(document["id"] for document in row["documents"]),
    },
    "statements": {
        "id": lambda row: row["id"],
        "speaker": lambda row: _label(row["speaker"]),
        "cue": lambda row: row["cue"],
        "stance": lambda row: row["stance"],
        "about": lambda row: "؛ ".join(str(about.get("label_ar") or about["id"]) for about in row["about"]),
        "content": lambda row: row["content"]["text"] if row["content"] else None,
        "article": lambda row: row["document"]["id"],
    },
    "casualties": {
        **{key: itemgetter(key) for key in ("id", "kind", "min", "max", "date", "evidence")},
        "victim": lambda row: _label(row["victim"]),
        "by": lambda row: _label(row["by"]),
        "place": lambda row: _label(row["place"]),
        "article": lambda row: row["document"]["id"],
    },
}


def _csv_lines(columns: dict[str, Callable[[Row], Any]], rows: Iterator[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BOM)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(read(row)) for read in columns.values()])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _geojson(rows: Iterator[Row]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for row in rows:
        place = row["place"]
        if place is None or place["lat"] is None or place["lon"] is None:
            continue
        feature = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]},
            "properties": {
                **{key: row[key] for key in ("id", "type", "plover", "cameo", "status", "date")},
                "actor": _role(row, "actor"),
                "recipient": _role(row, "recipient"),
                "place": place["label_ar"],
                "precision_km": place["precision_km"],
                "sentence": row["evidence"]["text"] if row["evidence"] else None,
            },
        }
        yield comma + to_json(feature)
        comma = ","
    yield "]}"


@router.get("/graph.html", responses=PAGE_ANSWER)
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
