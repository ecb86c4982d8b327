"""Putting one article into the graph, or taking it out, inside one transaction.

Both are the same step: what stands of the article goes, what the batch says comes. Nodes and edges that
other articles support too stay, with this article taken off or put on their list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import write_queries
from graph.batch import Edge, GraphBatch, Node
from graph.row_writer import EdgeRows, Row, RowWriter, WriteReport
from schema.errors import BatchError
from schema.text import fold

_SHARED = {"Entity", "Event", "TimeSpan", "Run"}


@dataclass(frozen=True, slots=True)
class _Old:
    """What stands of the article before the write."""

    digest: str | None = None
    entities: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    run: str | None = None


class ArticleWriter(RowWriter):
    """One write in one transaction; make a new one for each try."""

    def put(self, batch: GraphBatch) -> WriteReport:
        """Put the article in, in place of what stood of it."""
        old = self._old(batch.document)
        if old.digest == batch.digest:
            return WriteReport(
                batch.document, "unchanged", nodes_existing=len(batch.nodes), edges_existing=len(batch.edges)
            )
        self._check_owners(batch)
        self._replace(batch.document, old, batch)
        return self.report(batch.document, "created" if old.digest is None else "replaced")

    def take(self, document: str) -> WriteReport:
        """Take the article out with all that only it supports."""
        old = self._old(document)
        if old.digest is None:
            return WriteReport(document, "absent")
        self._replace(document, old, None)
        return self.report(document, "deleted")

    def _replace(self, document: str, old: _Old, batch: GraphBatch | None) -> None:
        nodes = batch.nodes if batch else ()
        edges = batch.edges if batch else ()
        entities, events = self._hold_shared_nodes(old, batch)
        claims = self._claims_before(old, nodes)
        event_edges = self._event_edges_before(old, batch)
        if old.digest is not None:
            self._delete_owned(document)
        self._put_shared_nodes(document, old, batch, entities, events)
        by_labels: dict[tuple[str, ...], list[Node]] = defaultdict(list)
        for node in nodes:
            if node.label not in _SHARED:
                by_labels[node.label, *node.labels].append(node)
        for labels, group in by_labels.items():
            self.create_nodes(labels, group)
        self._put_event_edges(document, event_edges, edges)
        self._create_owned_edges(edges)
        self._put_entity_edges(document, claims, nodes)
        if old.run:
            self.run(write_queries.DELETE_UNUSED_RUN, id=old.run)

    # ------------------------------------------------------------------ what stands there

    def _old(self, document: str) -> _Old:
        rows = self.rows(write_queries.DOCUMENT_STATE, id=document)
        if not rows:
            return _Old()
        edges = {row["edge_id"] for row in self.rows(write_queries.CLAIMS_OF_DOCUMENT, id=document)}
        runs = self.rows(write_queries.RUN_OF_DOCUMENT, id=document)
        return _Old(
            rows[0]["digest"],
            tuple(rows[0]["entities"] or ()),
            tuple(rows[0]["events"] or ()),
            tuple(sorted(edges)),
            runs[0]["id"] if runs else None,
        )

    def _check_owners(self, batch: GraphBatch) -> None:
        for label in ("Casualty", "Statement"):
            ids = [node.id for node in batch.nodes if node.label == label]
            for row in self.rows(write_queries.owners(label), ids=ids) if ids else ():
                if row["document"] != batch.document:
                    raise BatchError(
                        f"{label} {row['id']} of article {batch.document!r} belongs to article "
                        f"{row['document']!r}: make ids from the article's id, so that each row has its own"
                    )

    def _hold_shared_nodes(
        self, old: _Old, batch: GraphBatch | None
    ) -> tuple[dict[str, Row], dict[str, Row]]:
        """The entities and events that this write touches, as they stand; no other writer changes them."""
        entities = sorted({*old.entities, *(batch.entities if batch else ())})
        events = sorted({*old.events, *(batch.events if batch else ())})
        return (
            {row["id"]: row for row in self.rows(write_queries.ENTITY_STATE, ids=entities)},
            {row["id"]: row for row in self.rows(write_queries.EVENT_STATE, ids=events)},
        )

    def _claims_before(self, old: _Old, nodes: Iterable[Node]) -> dict[str, list[Row]]:
        """The claims behind every edge that this write may touch, by the edge's id."""
        ids = {*old.edges, *(str(n.properties["edge_id"]) for n in nodes if "edge_id" in n.properties)}
        found: dict[str, list[Row]] = {edge: [] for edge in sorted(ids)}
        for row in self.rows(write_queries.CLAIMS_OF_EDGES, ids=sorted(ids)) if ids else ():
            found[row["c"]["edge_id"]].append(dict(row["c"]))
        return found

    def _event_edges_before(self, old: _Old, batch: GraphBatch | None) -> dict[str, Row]:
        ids = sorted({*old.events, *(batch.events if batch else ())})
        rows = self.rows(write_queries.EVENT_EDGE_STATE, ids=ids) if ids else []
        return {row["id"]: row for row in rows}

    # ------------------------------------------------------------------ nodes

    def _delete_owned(self, document: str) -> None:
        for label in write_queries.OWNED:
            self.tally.nodes_deleted += self.rows(write_queries.owned_count(label), id=document)[0]["count"]
            self.run(write_queries.delete_owned(label), id=document)
        self.delete_nodes("Document", [document])

    def _put_shared_nodes(
        self,
        document: str,
        old: _Old,
        batch: GraphBatch | None,
        entities: Mapping[str, Row],
        events: Mapping[str, Row],
    ) -> None:
        nodes = batch.nodes if batch else ()
        self._put_entities(document, old, entities, [node for node in nodes if node.label == "Entity"])
        self._put_events(document, old, events, [node for node in nodes if node.label == "Event"])
        for label in ("TimeSpan", "Run"):
            group = [node for node in nodes if node.label == label]
            if group:
                ids = [node.id for node in group]
                known = {row["id"] for row in self.rows(write_queries.existing(label), ids=ids)}
                self.tally.nodes_existing += len(known)
                self.create_nodes((label,), [node for node in group if node.id not in known])

    def _put_entities(
        self, document: str, old: _Old, before: Mapping[str, Row], nodes: Sequence[Node]
    ) -> None:
        ids = sorted({*old.entities, *(node.id for node in nodes)})
        # Names that only the old version of this article gave must go with it.
        left: dict[str, list[str]] = {}
        if old.entities:
            rows = self.rows(write_queries.NAMES_ELSEWHERE, ids=list(old.entities), document=document)
            left = {row["id"]: row["names"] for row in rows}
        given = {node.id: node for node in nodes}
        fresh: dict[tuple[str, ...], list[Node]] = defaultdict(list)
        kept: list[Node] = []
        gone: list[str] = []
        for entity in ids:
            state = before.get(entity)
            count = (state["article_count"] or 0) if state else 0
            count += (entity in given) - (entity in old.entities)
            if count <= 0:
                gone.append(entity)
                continue
            names = (
                set(left.get(entity, ()))
                if entity in old.entities
                else set(state["names"] or ())
                if state
                else set()
            )
            node = given.get(entity)
            properties: dict[str, Any] = dict(node.properties) if node else {}
            names.update(properties.get("names", ()))
            properties["names"] = sorted(names)
            properties["article_count"] = count
            if node:
                words = [properties.get(key) for key in ("label_ar", "label_en", "key")]
                properties["search_key"] = _search_key([*words, *properties["names"]])
                row = Node("Entity", entity, properties, node.labels)
                if state is None:
                    fresh["Entity", *node.labels].append(row)
                else:
                    kept.append(row)
            else:
                kept.append(Node("Entity", entity, properties))
        for labels, group in fresh.items():
            self.create_nodes(labels, group)
        self.update_nodes("Entity", kept)
        self.tally.nodes_existing += sum(node.id in given for node in kept)
        self.delete_nodes("Entity", [entity for entity in gone if entity in before])

    def _put_events(self, document: str, old: _Old, states: Mapping[str, Row], nodes: Sequence[Node]) -> None:
        ids = sorted({*old.events, *(node.id for node in nodes)})
        given = {node.id: node for node in nodes}
        fresh: list[Node] = []
        kept: list[Node] = []
        gone: list[str] = []
        for event in ids:
            documents = set(states[event]["documents"] or ()) if event in states else set()
            documents = (documents - {document}) | ({document} if event in given else set())
            properties: dict[str, Any] = {"documents": sorted(documents)}
            if not documents:
                gone.append(event)
            elif event not in given:
                kept.append(Node("Event", event, properties))
            else:
                node = given[event]
                row = Node("Event", event, {**node.properties, **properties}, node.labels, node.dates)
                (kept if event in states else fresh).append(row)
        self.create_nodes(("Event",), fresh)
        self.update_nodes("Event", kept)
        self.tally.nodes_existing += sum(node.id in given for node in kept)
        self.delete_nodes("Event", [event for event in gone if event in states])

    # ------------------------------------------------------------------ edges

    def _put_event_edges(self, document: str, before: Mapping[str, Row], edges: Iterable[Edge]) -> None:
        """Edges between events and entities, places, times, each with the articles that tell it."""
        given = {edge.id: edge for edge in edges if edge.type in write_queries.EVENT_EDGES}
        create, update, delete = EdgeRows(), EdgeRows(), EdgeRows()
        times_gone = []
        for edge_id in sorted({*before, *given}):
            state = before.get(edge_id)
            documents = set(state["documents"] or ()) if state else set()
            documents = (documents - {document}) | ({document} if edge_id in given else set())
            if state:
                kind, event, other = state["type"], ("Event", state["event"]), state["other"]
                inward = kind == "PARTICIPATED_IN"
                far = ("TimeSpan" if kind == "DURING" else "Entity", other)
                source, target = (far, event) if inward else (event, far)
                if not documents:
                    delete.add(kind, source, target, id=edge_id)
                    times_gone += [other] if kind == "DURING" else []
                    continue
                self.tally.edges_existing += edge_id in given
                update.add(kind, source, target, id=edge_id, properties={"documents": sorted(documents)})
            else:
                edge = given[edge_id]
                properties = {**edge.properties, "id": edge_id, "documents": sorted(documents)}
                create.add(edge.type, edge.source, edge.target, properties=properties)
        self.write_edges(create, update, delete)
        self.delete_nodes("TimeSpan", times_gone)

    def _create_owned_edges(self, edges: Iterable[Edge]) -> None:
        """The other edges of the frame hang on nodes that the article owns: they are always new."""
        create = EdgeRows()
        for edge in edges:
            if edge.type not in write_queries.EVENT_EDGES:
                create.add(edge.type, edge.source, edge.target, properties={**edge.properties, "id": edge.id})
        self.write_edges(create, EdgeRows(), EdgeRows())

    def _put_entity_edges(
        self, document: str, before: Mapping[str, list[Row]], nodes: Iterable[Node]
    ) -> None:
        """The edges between entities, each aggregated from all claims that say it."""
        after = {edge: [c for c in claims if c["document"] != document] for edge, claims in before.items()}
        for node in nodes:
            if node.label == "Claim" and "edge_id" in node.properties:
                after[str(node.properties["edge_id"])].append({"id": node.id, **node.properties})
        create, update, delete = EdgeRows(), EdgeRows(), EdgeRows()
        for edge, claims in after.items():
            known = (claims or before[edge])[0]
            source, target = ("Entity", known["subject"]), ("Entity", known["object"])
            if not claims:
                delete.add(known["predicate"], source, target, id=edge)
                continue
            row = self._aggregate(edge, claims)
            dates = {name: row.pop(name) for name in ("first_seen", "last_seen")}
            if before[edge]:
                update.add(known["predicate"], source, target, id=edge, properties=row, dates=dates)
                self.tally.edges_existing += any(c["document"] == document for c in claims)
            else:
                create.add(known["predicate"], source, target, properties=row, dates=dates)
        self.write_edges(create, update, delete, dates=("first_seen", "last_seen"))

    def _aggregate(self, edge: str, claims: Sequence[Row]) -> Row:
        """One edge from its claims: the strongest status, the earliest article as its evidence, the highest
        confidence among those of its status.
        """
        strength = {name: rank for rank, name in enumerate(self.ontology.statuses)}
        best = min(
            claims, key=lambda c: (strength[c["status"]], c.get("reported") or "9", c["document"], c["id"])
        )
        documents = sorted({claim["document"] for claim in claims})
        reported = sorted(claim["reported"] for claim in claims if claim.get("reported"))
        same = (claim.get("confidence") for claim in claims if claim["status"] == best["status"])
        chances = [confidence for confidence in same if confidence is not None]
        return {
            "id": edge,
            "subject": best["subject"],
            "object": best["object"],
            "status": best["status"],
            "event_id": best.get("event_id"),
            "place": best.get("place"),
            "said_by": best.get("said_by"),
            "rule": best.get("rule"),
            "confidence": max(chances, default=None),
            "evidence": best["evidence"],
            "document": best["document"],
            "start": best["start"],
            "end": best["end"],
            "sentences": list(best.get("sentences") or ()),
            "documents": documents,
            "article_count": len(documents),
            "first_seen": reported[0] if reported else None,
            "last_seen": reported[-1] if reported else None,
        }


def _search_key(words: Iterable[str | None]) -> str:
    """All names as one folded text, each once."""
    return "\n".join(dict.fromkeys(fold(word) for word in words if word))
