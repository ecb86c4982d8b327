"""The sentences behind edges and events, with the trigger and the participants marked in them.

Marks are ranges within the sentence, in code points, end exclusive: {start, end, kind, id}, where `kind` is
`trigger`, `evidence`, or `participant`, and `id` is the event or entity meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph import report_queries
from graph.store import GraphStore

Row = dict[str, Any]


def evidence_of_edges(store: GraphStore, edges: Sequence[str], limit: int = 50) -> list[Row]:
    """What the articles say for these edges: one row a sentence, chains in the order of the inference."""
    rows = store.read(report_queries.EVIDENCE_OF_EDGES, {"ids": list(edges)}, limit=limit)
    return _records(store, rows)


def evidence_of_events(store: GraphStore, events: Sequence[str], limit: int = 50) -> list[Row]:
    """The sentences that tell these events, as for edges."""
    rows = store.read(report_queries.EVIDENCE_OF_EVENTS, {"ids": list(events)}, limit=limit)
    return _records(store, rows)


def mention_records(items: Iterable[Row]) -> list[Row]:
    """The store's mentions of an entity in the same form."""
    return [
        {
            "sentence": item["sentence"]["text"],
            "marks": [_mark(item["start"], item["end"], item["sentence"]["start"], "participant", None)],
            "document": item["document"],
        }
        for item in items
    ]


def _records(store: GraphStore, rows: Sequence[Row]) -> list[Row]:
    """Each sentence of an event's claims once, in the order of the rows."""
    found: dict[tuple[str, Any, Any], Row] = {}
    for row in rows:
        found.setdefault((row["sentence_id"], row["event"], row["said_by"]), row)
    kept = list(found.values())
    ids = sorted({row["sentence_id"] for row in kept})
    mentions: dict[str, list[Row]] = defaultdict(list)
    for mention in store.read(report_queries.MENTIONS_IN_SENTENCES, {"ids": ids}):
        mentions[mention["sentence"]].append(mention)
    named = {row[key] for row in kept for key in ("said_by", "place") if row[key]}
    entities = {node["id"]: node for node in store.neighbourhood(sorted(named), depth=0)["nodes"]}
    return [_record(row, mentions[row["sentence_id"]], entities) for row in kept]


def _record(row: Row, mentions: Iterable[Row], entities: Mapping[str, Row]) -> Row:
    begin, end = row["sentence_start"], row["sentence_end"]
    marks = []
    if row["trigger_start"] is not None and begin <= row["trigger_start"] and row["trigger_end"] <= end:
        marks.append(_mark(row["trigger_start"], row["trigger_end"], begin, "trigger", row["event"]))
    parties = set(row["parties"]) | {row["subject"], row["object"]}
    for mention in mentions:
        if mention["entity"] in parties:
            marks.append(_mark(mention["start"], mention["end"], begin, "participant", mention["entity"]))
    if not marks and begin <= row["start"] and row["end"] <= end:
        marks.append(_mark(row["start"], row["end"], begin, "evidence", None))
    return {
        "sentence": row["sentence"],
        "marks": sorted(marks, key=lambda mark: (mark["start"], -mark["end"])),
        "document": {
            "id": row["document"],
            "title": row["title"],
            "date": row["published"],
            "source": row["source"],
            "url": row["url"],
        },
        "event": {"id": row["event"], "type": row["event_type"]} if row["event"] else None,
        "status": row["status"],
        "confidence": row["confidence"],
        "said_by": entities.get(row["said_by"]),
        "place": entities.get(row["place"]),
        "time": row["time"],
    }


def _mark(start: int, end: int, begin: int, kind: str, identity: str | None) -> Row:
    return {"start": start - begin, "end": end - begin, "kind": kind, "id": identity}
