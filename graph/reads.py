"""The store's own questions: articles, entities, edges, events, statements, casualties, counts.

Rows are dicts of JSON values. A `Page` holds rows and the cursor of the next page; cursors are opaque.
Unless asked, only the statuses that read as fact are given (`planned` and `denied` are not).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graph import entity_queries
from graph.edge_reads import EdgeReads
from graph.event_reads import CasualtyFilter, EventFilter, EventReads, StatementFilter
from graph.reading import Page, Row, offset
from graph.values import article_record, entity_record, sentence_record, span_record
from schema.text import fold

__all__ = ["CasualtyFilter", "EventFilter", "Page", "StatementFilter", "StoreReads"]

#: Characters with a meaning in full-text queries; researchers' words are words.
_SPECIAL = str.maketrans(dict.fromkeys('+-&|!(){}[]^"~*?:\\/', " "))


class StoreReads(EdgeReads, EventReads):
    """Everything that can be asked of a store; `GraphStore` adds the connection."""

    # ------------------------------------------------------------------ articles

    def articles(self, *, source: str | None = None, limit: int = 50, after: str | None = None) -> Page:
        """The articles, newest first, without their text."""
        rows, following = self._page(entity_queries.ARTICLES, {"source": source}, limit, after)
        return Page([article_record(row["d"]) for row in rows], following)

    def article(self, document: str) -> Row | None:
        """One article with its text, its sentences and the run that read it; None when there is none."""
        rows = self._rows(entity_queries.ARTICLE, {"id": document})
        if not rows:
            return None
        node = rows[0]["d"]
        sentences = self._rows(entity_queries.SENTENCES, {"id": document})
        return {
            **article_record(node),
            "text": node["text"],
            "run": rows[0]["run"],
            "entities": list(node["entities"]),
            "events": list(node["events"]),
            "sentences": [sentence_record(row["s"]) for row in sentences],
        }

    # ------------------------------------------------------------------ entities

    def entities(
        self, search: str | None = None, *, type: str | None = None, limit: int = 50, after: str | None = None
    ) -> Page:
        """Agents and places, the most reported first; `type` is a type name, or `agent` or `place`.

        `search` finds by any name in Arabic or English whatever the spelling (hamza, ta marbuta, marks),
        best match first; the last word may be unfinished.
        """
        if search is None:
            rows, following = self._page(entity_queries.ENTITIES, {"type": type}, limit, after)
            return Page([entity_record(row["n"]) for row in rows], following)
        ranked = self._ranked(search, type)
        skip = offset(after)
        more = len(ranked) > skip + limit
        return Page(
            [entity_record(n) for n in ranked[skip : skip + limit]], str(skip + limit) if more else None
        )

    def _ranked(self, search: str, type: str | None) -> list[Mapping[str, Any]]:
        words = fold(search.translate(_SPECIAL)).split()
        if not words:
            return []
        text = " ".join(words)
        found: dict[str, tuple[float, Mapping[str, Any]]] = {}
        query = f"({' AND '.join(words)}) OR ({' AND '.join([*words[:-1], words[-1] + '*'])})"
        for row in self._rows(
            entity_queries.FULLTEXT, {"index": "entity_names", "query": query, "limit": 500}
        ):
            node = row["n"]
            if type is None or type in (node["type"], node["kind"]):
                found[node["id"]] = (row["score"], node)

        def rank(item: tuple[float, Mapping[str, Any]]) -> tuple[int, int, float, str]:
            score, node = item
            names = node["search_key"].split("\n")
            exact = 0 if text in names else 1 if any(name.startswith(text) for name in names) else 2
            return exact, -node.get("article_count", 0), -score, node["id"]

        return [node for _, node in sorted(found.values(), key=rank)]

    def entity(self, id: str) -> Row | None:
        """One agent or place; None when there is none."""
        rows = self._rows(entity_queries.ENTITIES_BY_ID, {"ids": [id]})
        return entity_record(rows[0]["n"]) if rows else None

    def mentions(self, entity: str, *, limit: int = 50, after: str | None = None) -> Page:
        """Where the articles name an entity, with the sentence around it."""
        rows, following = self._page(entity_queries.MENTIONS, {"id": entity}, limit, after)
        documents = self._documents(row["m"]["document"] for row in rows)
        items = [
            {
                **span_record(row["m"]),
                "document": documents[row["m"]["document"]],
                "sentence": sentence_record(row["s"]),
            }
            for row in rows
        ]
        return Page(items, following)

    # ------------------------------------------------------------------ text and counts

    def fulltext(self, query: str, *, limit: int = 20) -> list[Row]:
        """Sentences that hold all the words, in any spelling and with their inflections, best first."""
        words = fold(query.translate(_SPECIAL)).split()
        if not words:
            return []
        found = self._rows(
            entity_queries.FULLTEXT, {"index": "sentence_text", "query": " AND ".join(words), "limit": limit}
        )
        documents = self._documents(row["n"]["document"] for row in found)
        items = [
            {
                "sentence": sentence_record(row["n"]),
                "document": documents[row["n"]["document"]],
                "score": row["score"],
            }
            for row in found
        ]
        return sorted(items, key=lambda item: (-item["score"], item["sentence"]["id"]))

    def stats(self) -> Row:
        """Counts of nodes by label, edges by type, events by type and status; the server's name."""
        events = self._rows(entity_queries.COUNT_EVENTS, {})
        types: dict[str, int] = defaultdict(int)
        statuses: dict[str, int] = defaultdict(int)
        for row in events:
            types[row["type"]] += row["count"]
            statuses[row["status"]] += row["count"]
        nodes = {row["label"]: row["count"] for row in self._rows(entity_queries.COUNT_NODES, {})}
        return {
            "documents": nodes.get("Document", 0),
            "nodes": nodes,
            "edges": {row["type"]: row["count"] for row in self._rows(entity_queries.COUNT_EDGES, {})},
            "event_types": dict(sorted(types.items())),
            "statuses": dict(sorted(statuses.items())),
            "server": self._server_name(),
        }
