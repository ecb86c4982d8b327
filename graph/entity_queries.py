"""Cypher that reads articles, entities, the edges between entities, and what the graph counts.

A pattern begins at the node that is known (by its id, or bound already): the embedded server walks it from
the left, and beginning with `(n:Entity)` would look at every entity.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.schema_queries import identifier

ARTICLES = """
MATCH (d:Document) WHERE $source IS NULL OR d.source = $source
RETURN d ORDER BY coalesce(d.published, '') DESC, d.id SKIP $skip LIMIT $limit
"""
ARTICLE = "MATCH (d:Document {id: $id}) OPTIONAL MATCH (d)-[:FROM_RUN]->(r:Run) RETURN d, r.id AS run"
SENTENCES = "MATCH (s:Sentence {document: $id}) RETURN s ORDER BY s.index"
ENTITIES = """
MATCH (n:Entity) WHERE $type IS NULL OR n.type = $type OR n.kind = $type
RETURN n ORDER BY n.article_count DESC, n.id SKIP $skip LIMIT $limit
"""
ENTITIES_BY_ID = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n"
FULLTEXT = (
    "CALL db.index.fulltext.queryNodes($index, $query) YIELD node, score RETURN node AS n, score LIMIT $limit"
)
MENTIONS = """
MATCH (n:Entity {id: $id})<-[:REFERS_TO]-(m:Mention)-[:IN]->(s:Sentence)
RETURN m, s ORDER BY m.document, m.start SKIP $skip LIMIT $limit
"""
DOCUMENTS_BY_ID = """
UNWIND $ids AS id MATCH (d:Document {id: id})
RETURN d.id AS id, d.title AS title, d.published AS date, d.source AS source, d.url AS url
"""

COUNT_NODES = "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count ORDER BY label"
COUNT_EDGES = "MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS count ORDER BY type"
COUNT_EVENTS = "MATCH (e:Event) RETURN e.type AS type, e.status AS status, count(*) AS count"


def _types(predicates: Iterable[str]) -> str:
    return "|".join(identifier(predicate) for predicate in predicates)


def edges_around(predicates: Iterable[str]) -> str:
    """The best supported edges at these entities."""
    return (
        f"UNWIND $ids AS id MATCH (n:Entity {{id: id}})-[r:{_types(predicates)}]-(m:Entity) "
        "WHERE r.status IN $statuses WITH DISTINCT r "
        "RETURN r, type(r) AS type ORDER BY r.article_count DESC, r.id LIMIT $limit"
    )


def best_edges(predicates: Iterable[str]) -> str:
    return (
        f"MATCH (a:Entity)-[r:{_types(predicates)}]->(b:Entity) WHERE r.status IN $statuses "
        "RETURN r, type(r) AS type ORDER BY r.article_count DESC, r.id LIMIT $limit"
    )
