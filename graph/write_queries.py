"""Cypher that writes articles: what stands in the graph already, new and changed nodes and edges.

A pattern begins at the node that is known (by its id, or bound already): the embedded server walks it from
the left, and beginning with `(n:Entity)` would look at every entity.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.schema_queries import identifier

#: Nodes that one article owns, in the order in which they are taken away.
OWNED = ("Mention", "Claim", "Casualty", "Statement", "Sentence")
#: Edges between an event and what other articles may tell of it too.
EVENT_EDGES = ("PARTICIPATED_IN", "TOOK_PLACE_IN", "DURING")

DOCUMENT_STATE = """
MATCH (d:Document {id: $id})
RETURN d.digest AS digest, d.entities AS entities, d.events AS events
"""
# These two also take hold of the nodes: a writer beside this one waits (Neo4j) or starts again (ArcadeDB),
# so that neither counts from what the other is about to change.
ENTITY_STATE = """
UNWIND $ids AS id MATCH (n:Entity {id: id}) SET n.article_count = n.article_count
RETURN n.id AS id, n.names AS names, n.article_count AS article_count
"""
NAMES_ELSEWHERE = """
UNWIND $ids AS id MATCH (n:Entity {id: id})<-[:REFERS_TO]-(m:Mention) WHERE m.document <> $document
RETURN id, collect(DISTINCT m.text) AS names
"""
EVENT_STATE = """
UNWIND $ids AS id MATCH (n:Event {id: id}) SET n.documents = n.documents
RETURN n.id AS id, n.documents AS documents
"""
ENTITY_LABELS = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id AS id, labels(n) AS labels"
EVENT_EDGE_STATE = """
UNWIND $ids AS id MATCH (e:Event {id: id})-[r:PARTICIPATED_IN|TOOK_PLACE_IN|DURING]-(x)
RETURN r.id AS id, type(r) AS type, r.documents AS documents, e.id AS event, x.id AS other
"""
CLAIMS_OF_DOCUMENT = "MATCH (c:Claim {document: $id}) WHERE c.edge_id IS NOT NULL RETURN c.edge_id AS edge_id"
CLAIMS_OF_EDGES = "UNWIND $ids AS id MATCH (c:Claim {edge_id: id}) RETURN c"
RUN_OF_DOCUMENT = "MATCH (:Document {id: $id})-[:FROM_RUN]->(r:Run) RETURN r.id AS id"


def owners(label: str) -> str:
    """Which article owns the nodes of these ids."""
    return (
        f"UNWIND $ids AS id MATCH (n:{identifier(label)} {{id: id}}) "
        "RETURN n.id AS id, n.document AS document"
    )


def existing(label: str) -> str:
    """Which of these ids there are."""
    return f"UNWIND $ids AS id MATCH (n:{identifier(label)} {{id: id}}) RETURN n.id AS id"


def _date_setters(target: str, names: Iterable[str]) -> str:
    return "".join(f" SET {target}.{identifier(name)} = date(row.dates.{name})" for name in names)


def create_nodes(labels: Iterable[str], dates: Iterable[str] = ()) -> str:
    """New nodes with all their labels at once (a label set afterwards moves the record on ArcadeDB)."""
    joined = ":".join(identifier(label) for label in labels)
    return f"UNWIND $rows AS row CREATE (n:{joined} {{id: row.id}}) SET n += row.properties" + _date_setters(
        "n", dates
    )


def update_nodes(label: str, dates: Iterable[str] = ()) -> str:
    """New properties of nodes that there are; a null takes the property away."""
    return (
        f"UNWIND $rows AS row MATCH (n:{identifier(label)} {{id: row.id}}) SET n += row.properties"
        + _date_setters("n", dates)
    )


def delete_nodes(label: str) -> str:
    return f"UNWIND $ids AS id MATCH (n:{identifier(label)} {{id: id}}) DETACH DELETE n"


def owned_count(label: str) -> str:
    return f"MATCH (n:{identifier(label)} {{document: $id}}) RETURN count(n) AS count"


def delete_owned(label: str) -> str:
    return f"MATCH (n:{identifier(label)} {{document: $id}}) DETACH DELETE n"


def create_edges(edge_type: str, source: str, target: str, dates: Iterable[str] = ()) -> str:
    """New edges between nodes that there are; rows: source, target, properties."""
    return (
        f"UNWIND $rows AS row MATCH (a:{identifier(source)} {{id: row.source}}) "
        f"MATCH (b:{identifier(target)} {{id: row.target}}) "
        f"CREATE (a)-[r:{identifier(edge_type)}]->(b) SET r += row.properties" + _date_setters("r", dates)
    )


def _match_edge(edge_type: str, source: str, target: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{identifier(source)} {{id: row.source}})"
        f"-[r:{identifier(edge_type)} {{id: row.id}}]->(b:{identifier(target)} {{id: row.target}})"
    )


def update_edges(edge_type: str, source: str, target: str, dates: Iterable[str] = ()) -> str:
    return _match_edge(edge_type, source, target) + " SET r += row.properties" + _date_setters("r", dates)


def delete_edges(edge_type: str, source: str, target: str) -> str:
    return _match_edge(edge_type, source, target) + " DELETE r"


DELETE_UNUSED_RUN = (
    "MATCH (r:Run {id: $id}) WHERE NOT EXISTS { (r)<-[:FROM_RUN]-(:Document) } DETACH DELETE r"
)
CLEAR = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS count"


def add_label(label: str) -> str:
    return f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) SET n:{identifier(label)}"


def remove_label(label: str) -> str:
    return f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) REMOVE n:{identifier(label)}"
