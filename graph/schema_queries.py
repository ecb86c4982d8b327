"""Cypher for the graph's schema: labels, constraints, indexes, and what the server is.

Values go in as parameters only. Labels and edge types cannot be parameters; they come from the ontology
and pass `identifier`, which lets identifiers through and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from schema.ontology import Ontology

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

#: Full-text indexes: name -> (label, property). The property holds `schema.text.fold` of the words.
FULLTEXT_INDEXES = {
    "entity_names": ("Entity", "search_key"),
    "sentence_text": ("Sentence", "search_key"),
}
#: Look-ups of the store itself, beside those that the ontology declares.
_INDEXES = {
    "Entity": ("article_count",),
    "Event": ("earliest", "reported"),
    "Claim": ("document", "edge_id"),
    "Casualty": ("document",),
    "Statement": ("document",),
    "Sentence": ("document",),
    "Mention": ("document",),
}


def identifier(name: str) -> str:
    """The name, if it can be a label or edge type and nothing else."""
    if not _IDENTIFIER.fullmatch(name):
        raise ValueError(f"{name!r} is not a label or edge type")
    return name


def schema(ontology: Ontology) -> Iterable[str]:
    """The constraints and indexes of the node classes; each statement may run again."""
    classes = {name: entry for name, entry in ontology.node_classes.items() if entry.under is None}
    for label in classes:
        name = f"{label.lower()}_id"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{identifier(label)}) REQUIRE n.id IS UNIQUE"
    for label, entry in classes.items():
        fulltext = {key for owner, key in FULLTEXT_INDEXES.values() if owner == label}
        for key in sorted({*entry.indexes, *_INDEXES.get(label, ())} - fulltext):
            name = f"{label.lower()}_{identifier(key)}"
            yield f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{identifier(label)}) ON (n.{key})"


PING = "RETURN 1 AS one"
SERVER = "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0] AS version, edition"
