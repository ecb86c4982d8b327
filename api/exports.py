"""The rows of the graph as JSON lines, CSV and GeoJSON, made as they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, Literal

from api.responses import to_json
from api.views import casualty_row, event_row
from graph.store import EventFilter, GraphStore, Page

Row = dict[str, Any]

PAGE_ROWS = 500
BOM = "\ufeff"

Table = Literal["articles", "entities", "events", "statements", "casualties"]


def table_rows(store: GraphStore, table: Table, statuses: list[str] | None) -> Iterator[Row]:
    """All rows of a kind, read page by page; `statuses` of events, None for those that read as fact."""
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


def json_lines(rows: Iterator[Row]) -> Iterator[str]:
    """One JSON object a line."""
    return (to_json(row) + "\n" for row in rows)


def csv_lines(table: Table, rows: Iterator[Row]) -> Iterator[str]:
    """Columns and rows for a spreadsheet; what it would take for a formula begins with an apostrophe."""
    columns = COLUMNS[table]
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


def geojson(rows: Iterator[Row]) -> Iterator[str]:
    """Events whose place is known, as points."""
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
