"""Rows into one transaction: nodes and edges in sets, counted for the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from graph import write_queries
from graph.rows import Node
from schema.ontology import Ontology

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What one write did. `outcome`: created, replaced, unchanged, deleted or absent.

    `*_existing` count rows of the batch that were there already and were kept.
    """

    document: str
    outcome: str
    nodes_created: int = 0
    nodes_existing: int = 0
    nodes_deleted: int = 0
    edges_created: int = 0
    edges_existing: int = 0


@dataclass(slots=True)
class _Tally:
    nodes_created: int = 0
    nodes_existing: int = 0
    nodes_deleted: int = 0
    edges_created: int = 0
    edges_existing: int = 0


@dataclass(slots=True)
class EdgeRows:
    """Edge rows by what the statement needs: type, source label, target label."""

    rows: dict[tuple[str, str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, edge_type: str, source: tuple[str, str], target: tuple[str, str], **row: Any) -> None:
        key = (edge_type, source[0], target[0])
        self.rows[key].append({"source": source[1], "target": target[1], **row})


class RowWriter:
    """Writes rows inside a transaction; labels and edge types are those of the ontology."""

    def __init__(self, tx: ManagedTransaction, ontology: Ontology) -> None:
        self.tx = tx
        self.ontology = ontology
        self.tally = _Tally()

    def report(self, document: str, outcome: str) -> WriteReport:
        tally = self.tally
        return WriteReport(
            document,
            outcome,
            tally.nodes_created,
            tally.nodes_existing,
            tally.nodes_deleted,
            tally.edges_created,
            tally.edges_existing,
        )

    def write_edges(
        self, create: EdgeRows, update: EdgeRows, delete: EdgeRows, dates: Sequence[str] = ()
    ) -> None:
        for key, rows in delete.rows.items():
            self.run(write_queries.delete_edges(*key), rows=rows)
        for key, rows in update.rows.items():
            self.run(write_queries.update_edges(*key, dates), rows=rows)
        for key, rows in create.rows.items():
            self.run(write_queries.create_edges(*key, dates), rows=rows)
            self.tally.edges_created += len(rows)

    # ------------------------------------------------------------------ statements

    def create_nodes(self, labels: tuple[str, ...], nodes: Sequence[Node]) -> None:
        if nodes:
            dates = sorted({name for node in nodes for name in node.dates})
            self.run(write_queries.create_nodes(labels, dates), rows=[_node_row(node) for node in nodes])
            self.tally.nodes_created += len(nodes)

    def update_nodes(self, label: str, nodes: Sequence[Node]) -> None:
        groups: dict[tuple[str, ...], list[Node]] = defaultdict(list)
        for node in nodes:
            groups[tuple(sorted(node.dates))].append(node)
        for dates, group in groups.items():
            self.run(write_queries.update_nodes(label, dates), rows=[_node_row(node) for node in group])

    def delete_nodes(self, label: str, ids: Sequence[str]) -> None:
        if ids:
            self.run(write_queries.delete_nodes(label), ids=list(ids))
            self.tally.nodes_deleted += len(ids)

    def rows(self, query: str, **parameters: Any) -> list[Row]:
        return [
            dict(zip(record.keys(), record.values(), strict=True))
            for record in self.tx.run(query, parameters)
        ]

    def run(self, query: str, **parameters: Any) -> None:
        self.tx.run(query, parameters).consume()


def _node_row(node: Node) -> Row:
    return {"id": node.id, "properties": dict(node.properties), "dates": dict(node.dates)}
