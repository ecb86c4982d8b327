"""Rows of the store in the form of the API: edges of one relation put together, events with their day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph import entity_queries
from graph.evidence import evidence_of_edges
from graph.store import GraphStore
from graph.view import Evidence, GraphView, Label, ViewDocument, ViewEdge, ViewNode

Row = dict[str, Any]

EVIDENCE_FOR_EXPORT = 3
"""Edges of one relation whose sentences go into an exported page."""


def graph_row(store: GraphStore, found: Row) -> Row:
    """A neighbourhood with one edge for each subject, predicate, object and status.

    The store keeps an edge for each event; readers want the relation once, with what it rests on.
    """
    documents = _documents(store, found["edges"])
    merged: dict[tuple[str, str, str, str], list[Row]] = {}
    for edge in found["edges"]:
        key = (edge["source"], edge["type"], edge["target"], edge["status"])
        merged.setdefault(key, []).append(edge)
    edges = [_edge(key, members, documents) for key, members in merged.items()]
    wanted = sorted({place for edge in edges for place in edge["places"]})
    places = store.neighbourhood(wanted, depth=0)["nodes"]
    return {
        "nodes": found["nodes"],
        "edges": edges,
        "places": {place["id"]: place for place in places},
        "truncated": found["truncated"],
    }


def _edge(key: tuple[str, str, str, str], members: Sequence[Row], documents: Mapping[str, Row]) -> Row:
    source, predicate, target, status = key
    articles = sorted({document for member in members for document in member["documents"] or ()})
    seen = [member[name] for member in members for name in ("first_seen", "last_seen") if member[name]]
    return {
        "id": members[0]["id"],
        "edge_ids": [member["id"] for member in members],
        "source": source,
        "target": target,
        "predicate": predicate,
        "status": status,
        "article_count": len(articles),
        "first_seen": min(seen, default=None),
        "last_seen": max(seen, default=None),
        "places": sorted({member["place"] for member in members if member["place"]}),
        "sources": sorted(
            {documents[a]["source"] for a in articles if a in documents and documents[a]["source"]}
        ),
    }


def _documents(store: GraphStore, edges: Iterable[Row]) -> dict[str, Row]:
    ids = sorted({document for edge in edges for document in edge["documents"] or ()})
    return {row["id"]: row for row in store.read(entity_queries.DOCUMENTS_BY_ID, {"ids": ids})}


def event_row(event: Row) -> Row:
    """An event with the one day that it is sorted by: of the event, else of the report; None unknown."""
    time = event["time"] or {}
    return {**event, "date": time.get("earliest") or event["reported"]}


def casualty_row(row: Row, reported: Mapping[str, str | None] | None = None) -> Row:
    time = row["time"] or {}
    evidence = row["evidence"] or {}
    return {
        **row,
        "date": time.get("earliest") or row["document"]["date"],
        "evidence": row["span"]["text"],
        "sentence": evidence.get("text"),
    }


def view_of_graph(store: GraphStore, found: Row, title: str) -> GraphView:
    """The picture of a graph row, with the sentences behind its edges."""
    documents: dict[str, ViewDocument] = {}
    edges = []
    for edge in found["edges"]:
        shown = evidence_of_edges(store, edge["edge_ids"][:EVIDENCE_FOR_EXPORT], limit=10)
        for item in shown:
            about = item["document"]
            documents[about["id"]] = ViewDocument(about["id"], about["title"], about["source"], about["date"])
        edges.append(
            ViewEdge(
                edge["source"],
                edge["target"],
                edge["predicate"],
                edge["status"],
                tuple(_evidence(item) for item in shown),
            )
        )
    nodes = tuple(
        ViewNode(node["id"], node["type"], node["label_ar"] or node["id"], node["label_en"])
        for node in found["nodes"]
    )
    return GraphView(title, nodes, tuple(edges), tuple(documents.values()))


def _evidence(item: Row) -> Evidence:
    telling = [mark for mark in item["marks"] if mark["kind"] in ("trigger", "evidence")]
    return Evidence(
        sentence=item["sentence"],
        document=item["document"]["id"],
        mark=(telling[0]["start"], telling[0]["end"]) if telling else None,
        event=item["event"]["type"] if item["event"] else None,
        said_by=_label(item["said_by"]),
        place=_label(item["place"]),
        time=item["time"],
        confidence=item["confidence"],
    )


def _label(entity: Row | None) -> Label | None:
    return Label(entity["label_ar"] or entity["id"], entity["label_en"]) if entity else None
