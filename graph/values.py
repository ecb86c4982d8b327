"""What the driver gives, as plain JSON values: our own ids, never the server's, which change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import neo4j.graph
import neo4j.spatial
import neo4j.time

Json = Any


def plain(value: object) -> Json:
    """A JSON value. A node is {id, labels, properties}, an edge {id, type, source, target, properties}.

    `source` and `target` of an edge are our ids where the query gives its nodes too or the edge keeps
    them (`subject`, `object`), else None. A path is {nodes, edges}; times are ISO text; a point is its
    list of coordinates.
    """
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, neo4j.graph.Node):
        properties = {key: plain(item) for key, item in sorted(value.items())}
        return {"id": properties.get("id"), "labels": sorted(value.labels), "properties": properties}
    if isinstance(value, neo4j.graph.Relationship):
        return _edge(value)
    if isinstance(value, neo4j.graph.Path):
        return {"nodes": [plain(n) for n in value.nodes], "edges": [plain(r) for r in value.relationships]}
    if isinstance(value, (neo4j.time.Date, neo4j.time.DateTime, neo4j.time.Time, neo4j.time.Duration)):
        return value.iso_format()
    if isinstance(value, neo4j.spatial.Point):
        return list(value)
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return str(value)


def _edge(edge: neo4j.graph.Relationship) -> Json:
    properties = {key: plain(item) for key, item in sorted(edge.items())}
    start, end = edge.nodes or (None, None)
    return {
        "id": properties.get("id"),
        "type": edge.type,
        "source": (start.get("id") if start else None) or properties.get("subject"),
        "target": (end.get("id") if end else None) or properties.get("object"),
        "properties": properties,
    }


# ---------------------------------------------------------------------- records of the store's own reads


def entity_record(node: Mapping[str, Any]) -> Json:
    """An agent or place, as lists and pages show it."""
    keys = ("id", "kind", "type", "label_ar", "label_en", "names", "key", "wikidata", "lat", "lon")
    record = {key: node.get(key) for key in keys}
    return {**record, "precision_km": node.get("precision_km"), "article_count": node.get("article_count", 0)}


def entity_reference(node: Mapping[str, Any]) -> Json:
    """An agent or place where something else names it."""
    return {key: node.get(key) for key in ("id", "type", "label_ar", "label_en")}


def place_reference(node: Mapping[str, Any]) -> Json:
    return {**entity_reference(node), **{key: node.get(key) for key in ("lat", "lon", "precision_km")}}


def edge_record(edge: Mapping[str, Any], edge_type: str) -> Json:
    """An edge between entities, from its properties."""
    keys = (
        "event_id", "status", "article_count", "documents", "evidence", "document", "start", "end", "said_by",
        "place", "rule", "confidence", "sentences",
    )  # fmt: skip
    record = {
        "id": edge.get("id"),
        "source": edge.get("subject"),
        "target": edge.get("object"),
        "type": edge_type,
    }
    record |= {key: plain(edge.get(key)) for key in keys}
    return {**record, "first_seen": plain(edge.get("first_seen")), "last_seen": plain(edge.get("last_seen"))}


def span_record(node: Mapping[str, Any], text: str = "text") -> Json:
    return {"start": node.get("start"), "end": node.get("end"), "text": node.get(text)}


def sentence_record(node: Mapping[str, Any]) -> Json:
    """A sentence with its article's id; offsets are code points of the article's text."""
    keys = ("id", "document", "index", "heading", "start", "end", "text")
    return {key: node.get(key) for key in keys}


def article_record(node: Mapping[str, Any]) -> Json:
    keys = ("id", "title", "source", "url", "sentence_count", "event_count")
    return {**{key: node.get(key) for key in keys}, "date": node.get("published")}
