"""The store's own questions: articles, entities, edges, events, statements, casualties, counts.

Rows are dicts of JSON values. A `Page` holds rows and the cursor of the next page; cursors are opaque.
Unless asked, only the statuses that read as fact are given (`planned` and `denied` are not).
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from graph import queries
from graph.values import (
    article_record,
    edge_record,
    entity_record,
    entity_reference,
    place_reference,
    plain,
    sentence_record,
    span_record,
)
from schema.errors import QueryError
from schema.ontology import Ontology
from schema.text import fold

Row = dict[str, Any]
#: Characters with a meaning in full-text queries; researchers' words are words.
_SPECIAL = str.maketrans(dict.fromkeys('+-&|!(){}[]^"~*?:\\/', " "))


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor to give as `after` for more (None at the end)."""

    items: list[Row]
    next: str | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events. Empty and None let all through; `statuses` None means those that read as fact.

    `cameo` codes match by their beginning. `near` is (latitude, longitude, kilometres). `since` and
    `until` are ISO dates; an event of unknown time counts with the day its article was published.
    """

    types: tuple[str, ...] = ()
    plover: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()
    actor: str | None = None
    role: str | None = None
    place: str | None = None
    near: tuple[float, float, float] | None = None
    since: str | None = None
    until: str | None = None
    statuses: tuple[str, ...] | None = None
    source: str | None = None
    document: str | None = None
    order: Literal["newest", "oldest"] = "newest"


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements: ids of speaker, of what they are about and of the article; a stance."""

    speaker: str | None = None
    about: str | None = None
    stance: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class CasualtyFilter:
    """Which casualty rows: `actor` is victim or doer; place and dates are those of the event."""

    actor: str | None = None
    kind: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None


class StoreReads:
    """What can be asked of a store; `GraphStore` adds the connection."""

    ontology: Ontology

    @abstractmethod
    def _rows(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]: ...

    @abstractmethod
    def _server_name(self) -> str: ...

    # ------------------------------------------------------------------ articles

    def articles(self, *, source: str | None = None, limit: int = 50, after: str | None = None) -> Page:
        """The articles, newest first, without their text."""
        rows, following = self._page(queries.ARTICLES, {"source": source}, limit, after)
        return Page([article_record(row["d"]) for row in rows], following)

    def article(self, document: str) -> Row | None:
        """One article with its text, its sentences and the run that read it; None when there is none."""
        rows = self._rows(queries.ARTICLE, {"id": document})
        if not rows:
            return None
        node = rows[0]["d"]
        sentences = self._rows(queries.SENTENCES, {"id": document})
        return {
            **article_record(node),
            "text": node["text"],
            "run": rows[0]["run"],
            "entities": list(node["entities"]),
            "events": list(node["events"]),
            "sentences": [sentence_record(row["s"]) for row in sentences],
        }

    def _documents(self, ids: Iterable[str]) -> dict[str, Row]:
        rows = self._rows(queries.DOCUMENTS_BY_ID, {"ids": sorted(set(ids))})
        return {row["id"]: {key: row[key] for key in ("id", "title", "date", "source")} for row in rows}

    # ------------------------------------------------------------------ entities

    def entities(
        self, search: str | None = None, *, type: str | None = None, limit: int = 50, after: str | None = None
    ) -> Page:
        """Agents and places, the most reported first; `type` is a type name, or `agent` or `place`.

        `search` finds by any name in Arabic or English whatever the spelling (hamza, ta marbuta, marks),
        best match first; the last word may be unfinished.
        """
        if search is None:
            rows, following = self._page(queries.ENTITIES, {"type": type}, limit, after)
            return Page([entity_record(row["n"]) for row in rows], following)
        ranked = self._ranked(search, type)
        skip = _offset(after)
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
        for row in self._rows(queries.FULLTEXT, {"index": "entity_names", "query": query, "limit": 500}):
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
        rows = self._rows(queries.ENTITIES_BY_ID, {"ids": [id]})
        return entity_record(rows[0]["n"]) if rows else None

    def mentions(self, entity: str, *, limit: int = 50, after: str | None = None) -> Page:
        """Where the articles name an entity, with the sentence around it."""
        rows, following = self._page(queries.MENTIONS, {"id": entity}, limit, after)
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

    # ------------------------------------------------------------------ edges between entities

    def neighbourhood(
        self,
        ids: Sequence[str],
        *,
        depth: int = 1,
        statuses: Sequence[str] | None = None,
        predicates: Sequence[str] | None = None,
        limit: int = 300,
    ) -> Row:
        """The edges within `depth` steps of some entities: {nodes, edges, truncated}.

        At most `limit` edges, the best supported of each step first. An id that is not there gives nothing.
        """
        edges: dict[str, Row] = {}
        seen: set[str] = set()
        step = list(dict.fromkeys(ids))
        truncated = False
        for _ in range(depth):
            if not step or truncated:
                break
            seen.update(step)
            query = queries.edges_around(self._predicates(predicates))
            rows = self._rows(
                query, {"ids": step, "statuses": self._statuses(statuses), "limit": limit + len(edges) + 1}
            )
            for row in rows:
                if row["r"]["id"] not in edges and len(edges) >= limit:
                    truncated = True
                    break
                edges[row["r"]["id"]] = edge_record(row["r"], row["type"])
            ends = {end for edge in edges.values() for end in (edge["source"], edge["target"])}
            step = sorted(ends - seen)
        return self._graph(edges.values(), ids, truncated)

    def overview(self, *, statuses: Sequence[str] | None = None, limit: int = 300) -> Row:
        """The best supported edges of the whole graph, in the form of `neighbourhood`."""
        query = queries.best_edges(self._predicates(None))
        rows = self._rows(query, {"statuses": self._statuses(statuses), "limit": limit + 1})
        edges = [edge_record(row["r"], row["type"]) for row in rows[:limit]]
        return self._graph(edges, (), len(rows) > limit)

    def paths(
        self,
        source: str,
        target: str,
        *,
        max_length: int = 4,
        statuses: Sequence[str] | None = None,
        limit: int = 5,
    ) -> list[Row]:
        """Up to `limit` shortest ways between two entities over edges in either direction.

        Each is {nodes, edges} in order. Searched from both ends by steps, at most 2,000 edges a step.
        """
        if source == target:
            return []
        query = queries.edges_around(self._predicates(None))
        wanted = self._statuses(statuses)
        edges: dict[str, Row] = {}
        links: dict[str, set[str]] = defaultdict(set)
        fronts = ({source}, {target})
        seen = ({source}, {target})
        for _ in range(max_length):
            side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
            if not fronts[side]:
                break
            ids = sorted(fronts[side])
            for row in self._rows(query, {"ids": ids, "statuses": wanted, "limit": 2000}):
                edge = edge_record(row["r"], row["type"])
                edges[edge["id"]] = edge
                links[edge["source"]].add(edge["id"])
                links[edge["target"]].add(edge["id"])
            reached = {_other(edges[e], node) for node in fronts[side] for e in links[node]} - seen[side]
            seen[side].update(reached)
            fronts = (reached, fronts[1]) if side == 0 else (fronts[0], reached)
            if seen[0] & seen[1]:
                break
        return [
            self._path(source, way, edges) for way in _ways(source, target, links, edges, max_length, limit)
        ]

    def _path(self, source: str, way: Sequence[str], edges: Mapping[str, Row]) -> Row:
        ids = [source]
        for edge in way:
            ids.append(_other(edges[edge], ids[-1]))
        nodes = self._entities(ids)
        return {"nodes": [nodes[id] for id in ids], "edges": [edges[edge] for edge in way]}

    def _graph(self, edges: Iterable[Row], ids: Iterable[str], truncated: bool) -> Row:
        listed = list(edges)
        ends = {end for edge in listed for end in (edge["source"], edge["target"])}
        nodes = self._entities({*ends, *ids})
        return {"nodes": [nodes[id] for id in sorted(nodes)], "edges": listed, "truncated": truncated}

    def _entities(self, ids: Iterable[str]) -> dict[str, Row]:
        rows = self._rows(queries.ENTITIES_BY_ID, {"ids": sorted(set(ids))})
        return {row["n"]["id"]: entity_record(row["n"]) for row in rows}

    def _predicates(self, wanted: Sequence[str] | None) -> list[str]:
        for predicate in wanted or ():
            if predicate not in self.ontology.relations:
                raise QueryError(f"{predicate!r} is not a predicate of the ontology")
        return list(wanted or self.ontology.predicates)

    def _statuses(self, wanted: Sequence[str] | None) -> list[str]:
        for status in wanted or ():
            if status not in self.ontology.statuses:
                raise QueryError(f"{status!r} is not a status; use {', '.join(self.ontology.statuses)}")
        return sorted(self.ontology.factual_statuses) if wanted is None else list(wanted)

    # ------------------------------------------------------------------ events

    def events(self, filter: EventFilter | None = None, *, limit: int = 50, after: str | None = None) -> Page:
        """Events by time, with who took part, where, when, and the sentence that tells them."""
        wanted = filter or EventFilter()
        given = _given(wanted, "statuses", "order", "near")
        parameters: dict[str, Any] = {**given, "statuses": self._statuses(wanted.statuses)}
        if wanted.near:
            parameters |= dict(zip(("lat", "lon", "km"), wanted.near, strict=True))
        names = [*given, *(["near"] if wanted.near else [])]
        query = queries.events(names, wanted.order == "newest")
        rows, following = self._page(query, parameters, limit, after)
        return Page(self._event_records([row["e"] for row in rows]), following)

    def event(self, id: str) -> Row | None:
        """One event of any status; None when there is none."""
        query = queries.events(["ids"], newest=True)
        parameters = {"ids": [id], "statuses": list(self.ontology.statuses), "skip": 0, "limit": 1}
        records = self._event_records([row["e"] for row in self._rows(query, parameters)])
        return records[0] if records else None

    def _event_records(self, events: Sequence[Mapping[str, Any]]) -> list[Row]:
        if not events:
            return []
        ids = {"ids": [event["id"] for event in events]}
        participants: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(queries.PARTICIPANTS, ids):
            participants[row["event"]].append({"role": row["role"], **entity_reference(row["n"])})
        places = {row["event"]: place_reference(row["n"]) for row in self._rows(queries.EVENT_PLACES, ids)}
        times = {row["event"]: row["t"] for row in self._rows(queries.EVENT_TIMES, ids)}
        evidence = {row["event"]: row["s"] for row in self._rows(queries.EVENT_EVIDENCE, ids)}
        speakers = self._entities(event["said_by"] for event in events if event.get("said_by"))
        documents = self._documents(doc for event in events for doc in event["documents"])
        return [
            {
                **{key: event.get(key) for key in ("id", "type", "plover", "cameo", "status", "rule")},
                "trigger": span_record(event, "trigger"),
                "participants": participants[event["id"]],
                "place": places.get(event["id"]),
                "time": _time(times.get(event["id"])),
                "reported": plain(event.get("reported")),
                "said_by": entity_reference(speakers[event["said_by"]]) if event.get("said_by") else None,
                "documents": [documents[doc] for doc in event["documents"]],
                "evidence": sentence_record(evidence[event["id"]]) if event["id"] in evidence else None,
            }
            for event in events
        ]

    # ------------------------------------------------------------------ statements and casualties

    def statements(
        self, filter: StatementFilter | None = None, *, limit: int = 50, after: str | None = None
    ) -> Page:
        """Reported speech: who said what, about whom, in which sentence."""
        given = _given(filter or StatementFilter())
        rows, following = self._page(queries.statements(given), given, limit, after)
        ids = {"ids": [row["s"]["id"] for row in rows]}
        about: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(queries.STATEMENT_ABOUT, ids):
            about[row["statement"]].append(entity_reference(row["n"]))
        evidence = {
            row["row"]: sentence_record(row["s"]) for row in self._rows(queries.STATEMENT_EVIDENCE, ids)
        }
        documents = self._documents(row["s"]["document"] for row in rows)
        outlets = self._entities(row["s"]["outlet"] for row in rows if row["s"].get("outlet"))
        items = []
        for row in rows:
            node = row["s"]
            content = {
                "start": node.get("content_start"),
                "end": node.get("content_end"),
                "text": node.get("content"),
            }
            items.append(
                {
                    "id": node["id"],
                    "speaker": entity_reference(row["n"]),
                    "cue": node["cue"],
                    "stance": node.get("stance"),
                    "content": content if node.get("content") else None,
                    "about": about[node["id"]],
                    "outlet": entity_reference(outlets[node["outlet"]]) if node.get("outlet") else None,
                    "document": documents[node["document"]],
                    "evidence": evidence.get(node["id"]),
                }
            )
        return Page(items, following)

    def casualties(
        self, filter: CasualtyFilter | None = None, *, limit: int = 50, after: str | None = None
    ) -> Page:
        """The casualty ledger: a row a count, never added up; `max` None means "or more"."""
        given = _given(filter or CasualtyFilter())
        rows, following = self._page(queries.casualties(given), given, limit, after)
        nodes = [row["c"] for row in rows]
        ids = {"ids": [node["id"] for node in nodes]}
        parties = {
            (row["casualty"], row["type"]): entity_reference(row["n"])
            for row in self._rows(queries.CASUALTY_PARTIES, ids)
        }
        events = {row["casualty"]: row["event"] for row in self._rows(queries.CASUALTY_EVENTS, ids)}
        event_ids = {"ids": sorted(set(events.values()))}
        places = {
            row["event"]: place_reference(row["n"]) for row in self._rows(queries.EVENT_PLACES, event_ids)
        }
        times = {row["event"]: _time(row["t"]) for row in self._rows(queries.EVENT_TIMES, event_ids)}
        evidence = {
            row["row"]: sentence_record(row["s"]) for row in self._rows(queries.CASUALTY_EVIDENCE, ids)
        }
        documents = self._documents(node["document"] for node in nodes)
        items = [
            {
                **{key: node.get(key) for key in ("id", "kind", "min", "max")},
                "victim": parties.get((node["id"], "VICTIM")),
                "by": parties.get((node["id"], "BY")),
                "event_id": events.get(node["id"]),
                "place": places.get(events.get(node["id"], "")),
                "time": times.get(events.get(node["id"], "")),
                "document": documents[node["document"]],
                "evidence": evidence.get(node["id"]),
                "span": span_record(node, "evidence"),
            }
            for node in nodes
        ]
        return Page(items, following)

    # ------------------------------------------------------------------ text and counts

    def fulltext(self, query: str, *, limit: int = 20) -> list[Row]:
        """Sentences that hold all the words, in any spelling and with their inflections, best first."""
        words = fold(query.translate(_SPECIAL)).split()
        if not words:
            return []
        found = self._rows(
            queries.FULLTEXT, {"index": "sentence_text", "query": " AND ".join(words), "limit": limit}
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
        events = self._rows(queries.COUNT_EVENTS, {})
        types: dict[str, int] = defaultdict(int)
        statuses: dict[str, int] = defaultdict(int)
        for row in events:
            types[row["type"]] += row["count"]
            statuses[row["status"]] += row["count"]
        nodes = {row["label"]: row["count"] for row in self._rows(queries.COUNT_NODES, {})}
        return {
            "documents": nodes.get("Document", 0),
            "nodes": nodes,
            "edges": {row["type"]: row["count"] for row in self._rows(queries.COUNT_EDGES, {})},
            "event_types": dict(sorted(types.items())),
            "statuses": dict(sorted(statuses.items())),
            "server": self._server_name(),
        }

    def _page(
        self, query: str, parameters: Mapping[str, Any], limit: int, after: str | None
    ) -> tuple[list[Row], str | None]:
        skip = _offset(after)
        rows = self._rows(query, {**parameters, "skip": skip, "limit": limit + 1})
        return rows[:limit], str(skip + limit) if len(rows) > limit else None


def _offset(after: str | None) -> int:
    if after is None:
        return 0
    if not after.isascii() or not after.isdigit() or len(after) > 9:
        raise QueryError(f"{after[:40]!r} is not a cursor: give the `next` of an earlier page")
    return int(after)


def _given(filter: EventFilter | StatementFilter | CasualtyFilter, *but: str) -> dict[str, Any]:
    """The filters that are set, by name."""
    values = {f.name: getattr(filter, f.name) for f in fields(filter) if f.name not in but}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v not in (None, ())}


def _time(node: Mapping[str, Any] | None) -> Row | None:
    if node is None:
        return None
    return {key: plain(node.get(key)) for key in ("earliest", "latest", "precision", "raw")}


def _other(edge: Row, node: str) -> str:
    end: str = edge["target"] if edge["source"] == node else edge["source"]
    return end


def _ways(
    source: str,
    target: str,
    links: Mapping[str, set[str]],
    edges: Mapping[str, Row],
    max_length: int,
    limit: int,
) -> list[list[str]]:
    """The shortest ways first, by edge ids; none passes an entity twice."""
    ways: list[list[str]] = []
    queue: deque[tuple[str, list[str], frozenset[str]]] = deque([(source, [], frozenset({source}))])
    while queue and len(ways) < limit:
        node, way, passed = queue.popleft()
        if len(way) >= max_length or (ways and len(way) >= len(ways[0]) + 1):
            continue
        for edge in sorted(links.get(node, ())):
            following = _other(edges[edge], node)
            if following == target and len(ways) < limit:
                ways.append([*way, edge])
            elif following not in passed:
                queue.append((following, [*way, edge], passed | {following}))
    return ways
