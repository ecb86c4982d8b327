"""Cypher that prepares a database: one UNIQUE `id` a base label, and indexes for what queries look up.

Written for Neo4j 5 Community (no other constraints there). Full-text indexes differ between servers and
belong to the store.
"""

from __future__ import annotations

from schema.ontology import Ontology


def statements(ontology: Ontology) -> tuple[str, ...]:
    """The statements, each to be run by itself; running them again changes nothing."""
    base = [node for node in ontology.node_classes.values() if node.under is None]
    constraints = [
        f"CREATE CONSTRAINT {node.name.lower()}_id IF NOT EXISTS FOR (n:{node.name}) REQUIRE n.id IS UNIQUE"
        for node in base
    ]
    indexes = [
        f"CREATE INDEX {node.name.lower()}_{name} IF NOT EXISTS FOR (n:{node.name}) ON (n.{name})"
        for node in ontology.node_classes.values()
        for name in node.indexes
    ]
    return (*constraints, *indexes)


def render(ontology: Ontology) -> str:
    """The statements as a script for `cypher-shell`."""
    head = "// Generated from schema/ontology.yaml; change that file.\n"
    return head + "".join(f"{statement};\n" for statement in statements(ontology))
