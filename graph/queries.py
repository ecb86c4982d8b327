"""Every Cypher statement that the project sends.

Values go in as parameters only. Labels and edge types cannot be parameters; they come from the ontology
and pass `_name`, which lets identifiers through and nothing else.

A pattern begins at the node that is known (by its id, or bound already): the embedded server walks it from
the left, and beginning with `(n:Entity)` would look at every entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from schema.ontology import Ontology

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

#: Nodes that one article owns, in the order in which they are taken away.
OWNED = ("Mention", "Claim", "Casualty", "Statement", "Sentence")
#: Edges between an event and what other articles may tell of it too.
EVENT_EDGES = ("PARTICIPATED_IN", "TOOK_PLACE_IN", "DURING")
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


def _name(identifier: str) -> str:
    if not _IDENTIFIER.fullmatch(identifier):
        raise ValueError(f"{identifier!r} is not a label or edge type")
    return identifier


# ---------------------------------------------------------------------- schema


def schema(ontology: Ontology) -> Iterable[str]:
    """The constraints and indexes of the node classes; each statement may run again."""
    classes = {name: entry for name, entry in ontology.node_classes.items() if entry.under is None}
    for label in classes:
        name = f"{label.lower()}_id"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{_name(label)}) REQUIRE n.id IS UNIQUE"
    for label, entry in classes.items():
        fulltext = {key for owner, key in FULLTEXT_INDEXES.values() if owner == label}
        for key in sorted({*entry.indexes, *_INDEXES.get(label, ())} - fulltext):
            name = f"{label.lower()}_{_name(key)}"
            yield f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{_name(label)}) ON (n.{key})"


PING = "RETURN 1 AS one"
SERVER = "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0] AS version, edition"

# ---------------------------------------------------------------------- what stands in the graph already

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
    return f"UNWIND $ids AS id MATCH (n:{_name(label)} {{id: id}}) RETURN n.id AS id, n.document AS document"


def existing(label: str) -> str:
    """Which of these ids there are."""
    return f"UNWIND $ids AS id MATCH (n:{_name(label)} {{id: id}}) RETURN n.id AS id"


# ---------------------------------------------------------------------- writing


def _date_setters(target: str, names: Iterable[str]) -> str:
    return "".join(f" SET {target}.{_name(name)} = date(row.dates.{name})" for name in names)


def create_nodes(labels: Iterable[str], dates: Iterable[str] = ()) -> str:
    """New nodes with all their labels at once (a label set afterwards moves the record on ArcadeDB)."""
    joined = ":".join(_name(label) for label in labels)
    return f"UNWIND $rows AS row CREATE (n:{joined} {{id: row.id}}) SET n += row.properties" + _date_setters(
        "n", dates
    )


def update_nodes(label: str, dates: Iterable[str] = ()) -> str:
    """New properties of nodes that there are; a null takes the property away."""
    return (
        f"UNWIND $rows AS row MATCH (n:{_name(label)} {{id: row.id}}) SET n += row.properties"
        + _date_setters("n", dates)
    )


def delete_nodes(label: str) -> str:
    return f"UNWIND $ids AS id MATCH (n:{_name(label)} {{id: id}}) DETACH DELETE n"


def owned_count(label: str) -> str:
    return f"MATCH (n:{_name(label)} {{document: $id}}) RETURN count(n) AS count"


def delete_owned(label: str) -> str:
    return f"MATCH (n:{_name(label)} {{document: $id}}) DETACH DELETE n"


def create_edges(edge_type: str, source: str, target: str, dates: Iterable[str] = ()) -> str:
    """New edges between nodes that there are; rows: source, target, properties."""
    return (
        f"UNWIND $rows AS row MATCH (a:{_name(source)} {{id: row.source}}) "
        f"MATCH (b:{_name(target)} {{id: row.target}}) "
        f"CREATE (a)-[r:{_name(edge_type)}]->(b) SET r += row.properties" + _date_setters("r", dates)
    )


def _match_edge(edge_type: str, source: str, target: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{_name(source)} {{id: row.source}})"
        f"-[r:{_name(edge_type)} {{id: row.id}}]->(b:{_name(target)} {{id: row.target}})"
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
    return f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) SET n:{_name(label)}"


def remove_label(label: str) -> str:
    return f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) REMOVE n:{_name(label)}"


# ---------------------------------------------------------------------- reading: articles and entities

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

# ---------------------------------------------------------------------- reading: edges between entities


def _types(predicates: Iterable[str]) -> str:
    return "|".join(_name(predicate) for predicate in predicates)


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


# ---------------------------------------------------------------------- reading: events

_DISTANCE = (
    "2 * 6371.0 * asin(sqrt(sin(radians(p.lat - $lat) / 2) ^ 2 "
    "+ cos(radians($lat)) * cos(radians(p.lat)) * sin(radians(p.lon - $lon) / 2) ^ 2))"
)
#: When an event counts as having been, for filters and order: else the day it was reported.
_FROM = "coalesce(e.earliest, e.reported)"
_TO = "coalesce(e.latest, e.reported)"


def events(filters: Iterable[str], newest: bool) -> str:
    """Events that pass the named filters; each filter's values are parameters of the same names."""
    names = set(filters)
    match = ["MATCH (e:Event)"]
    where = ["e.status IN $statuses"]
    if "actor" in names:
        match = ["MATCH (:Entity {id: $actor})-[p0:PARTICIPATED_IN]->(e:Event)"]
        if "role" in names:
            where.append("p0.role = $role")
    elif "role" in names:
        where.append("EXISTS { MATCH (e)<-[p0:PARTICIPATED_IN]-(:Entity) WHERE p0.role = $role }")
    if "place" in names:
        match.append("MATCH (e)-[:TOOK_PLACE_IN]->(:Entity {id: $place})")
    if "near" in names:
        match.append("MATCH (e)-[:TOOK_PLACE_IN]->(p:Entity)")
        where += ["p.lat IS NOT NULL", f"{_DISTANCE} <= $km"]
    conditions = {
        "types": "e.type IN $types",
        "plover": "e.plover IN $plover",
        "cameo": "any(code IN $cameo WHERE e.cameo STARTS WITH code)",
        "since": f"{_TO} >= date($since)",
        "until": f"{_FROM} <= date($until)",
        "source": "EXISTS { MATCH (e)<-[:CLAIMS]-(c:Claim) WHERE c.source = $source }",
        "document": "$document IN e.documents",
        "ids": "e.id IN $ids",
    }
    where += [condition for name, condition in conditions.items() if name in names]
    order = "DESC" if newest else "ASC"
    missing = "0001-01-01" if newest else "9999-12-31"
    return (
        f"{' '.join(match)} WHERE {' AND '.join(where)} WITH DISTINCT e "
        f"RETURN e ORDER BY coalesce(e.earliest, e.reported, date('{missing}')) {order}, e.id "
        "SKIP $skip LIMIT $limit"
    )


PARTICIPANTS = """
UNWIND $ids AS id MATCH (:Event {id: id})<-[r:PARTICIPATED_IN]-(n:Entity)
RETURN id AS event, r.role AS role, n ORDER BY event, role, n.id
"""
EVENT_PLACES = "UNWIND $ids AS id MATCH (:Event {id: id})-[:TOOK_PLACE_IN]->(n:Entity) RETURN id AS event, n"
EVENT_TIMES = "UNWIND $ids AS id MATCH (:Event {id: id})-[:DURING]->(t:TimeSpan) RETURN id AS event, t"
EVENT_EVIDENCE = """
UNWIND $ids AS id MATCH (:Event {id: id})<-[:CLAIMS]-(c:Claim)-[r:EVIDENCED_BY]->(s:Sentence)
RETURN id AS event, s, r.order AS position ORDER BY event, position DESC, s.id
"""

# ---------------------------------------------------------------------- reading: statements, casualties


def statements(filters: Iterable[str]) -> str:
    names = set(filters)
    speaker = "{id: $speaker}" if "speaker" in names else ""
    match = [f"MATCH (n:Entity {speaker})-[:MADE]->(s:Statement)"]
    if "about" in names:
        match.append("MATCH (s)-[:ABOUT]->(x {id: $about})")
    conditions = {"stance": "s.stance = $stance", "document": "s.document = $document"}
    where = [condition for name, condition in conditions.items() if name in names]
    return (
        " ".join(match)
        + (f" WHERE {' AND '.join(where)}" if where else "")
        + " WITH DISTINCT n, s RETURN n, s ORDER BY s.document, s.start, s.id SKIP $skip LIMIT $limit"
    )


STATEMENT_ABOUT = (
    "UNWIND $ids AS id MATCH (:Statement {id: id})-[:ABOUT]->(n) RETURN id AS statement, n ORDER BY n.id"
)
STATEMENT_EVIDENCE = """
UNWIND $ids AS id MATCH (:Statement {id: id})-[:EVIDENCED_BY]->(s:Sentence)
RETURN id AS row, s ORDER BY s.index
"""


def casualties(filters: Iterable[str]) -> str:
    names = set(filters)
    match = ["MATCH (c:Casualty)"]
    where = []
    if "actor" in names:
        where.append("EXISTS { MATCH (c)-[:VICTIM|BY]->(:Entity {id: $actor}) }")
    if names & {"place", "since", "until"}:
        match.append("MATCH (c)<-[:HAS_CASUALTY]-(e:Event)")
    if "place" in names:
        match.append("MATCH (e)-[:TOOK_PLACE_IN]->(:Entity {id: $place})")
    conditions = {
        "kind": "c.kind = $kind",
        "document": "c.document = $document",
        "since": f"{_TO} >= date($since)",
        "until": f"{_FROM} <= date($until)",
    }
    where += [condition for name, condition in conditions.items() if name in names]
    return (
        " ".join(match)
        + (f" WHERE {' AND '.join(where)}" if where else "")
        + " WITH DISTINCT c RETURN c ORDER BY c.document, c.start, c.id SKIP $skip LIMIT $limit"
    )


CASUALTY_PARTIES = """
UNWIND $ids AS id MATCH (:Casualty {id: id})-[r:VICTIM|BY]->(n:Entity)
RETURN id AS casualty, type(r) AS type, n
"""
CASUALTY_EVENTS = """
UNWIND $ids AS id MATCH (:Casualty {id: id})<-[:HAS_CASUALTY]-(e:Event) RETURN id AS casualty, e.id AS event
"""
CASUALTY_EVIDENCE = """
UNWIND $ids AS id MATCH (:Casualty {id: id})-[:EVIDENCED_BY]->(s:Sentence)
RETURN id AS row, s ORDER BY s.index
"""

# ---------------------------------------------------------------------- reading: counts

COUNT_NODES = "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count ORDER BY label"
COUNT_EDGES = "MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS count ORDER BY type"
COUNT_EVENTS = "MATCH (e:Event) RETURN e.type AS type, e.status AS status, count(*) AS count"

# ---------------------------------------------------------------------- reading: evidence with its marks

_EVIDENCE = """
MATCH (c)-[r:EVIDENCED_BY]->(s:Sentence)
MATCH (d:Document {id: c.document})
OPTIONAL MATCH (e:Event {id: c.event_id})
OPTIONAL MATCH (e)<-[:PARTICIPATED_IN]-(n:Entity)
WITH c, r, s, d, e, collect(n.id) AS parties
RETURN s.id AS sentence_id, s.text AS sentence, s.start AS sentence_start, s.end AS sentence_end,
  d.id AS document, d.title AS title, d.published AS published, d.source AS source, d.url AS url,
  e.id AS event, e.type AS event_type, e.start AS trigger_start, e.end AS trigger_end, parties,
  toString(coalesce(e.earliest, e.reported)) AS time, c.status AS status, c.said_by AS said_by,
  c.place AS place, c.subject AS subject, c.object AS object, c.start AS start, c.end AS end
ORDER BY published DESC, c.id, r.order
"""
EVIDENCE_OF_EDGES = "UNWIND $ids AS id MATCH (c:Claim {edge_id: id})" + _EVIDENCE
EVIDENCE_OF_EVENTS = (
    "UNWIND $ids AS id MATCH (:Event {id: id})<-[:CLAIMS]-(c:Claim) WITH DISTINCT c" + _EVIDENCE
).replace("(e:Event {id: c.event_id})", "(c)-[:CLAIMS]->(e:Event)")
MENTIONS_IN_SENTENCES = """
UNWIND $ids AS id MATCH (:Sentence {id: id})<-[:IN]-(m:Mention)-[:REFERS_TO]->(n:Entity)
RETURN id AS sentence, m.start AS start, m.end AS end, n.id AS entity
"""

# ---------------------------------------------------------------------- reading: casualties summed up

LEDGER_GROUPS = ("victim", "by", "place", "month", "source")


def ledger(group: str, filters: Iterable[str]) -> str:
    """Counts of people by group and kind; `bounded` rows have a known maximum."""
    names = set(filters)
    match = ["MATCH (c:Casualty) MATCH (d:Document {id: c.document})"]
    match.append("OPTIONAL MATCH (c)<-[:HAS_CASUALTY]-(e:Event)")
    where = []
    if "actor" in names:
        where.append("EXISTS { MATCH (c)-[:VICTIM|BY]->(:Entity {id: $actor}) }")
    if "place" in names:
        where.append("EXISTS { MATCH (e)-[:TOOK_PLACE_IN]->(:Entity {id: $place}) }")
    conditions = {
        "kind": "c.kind = $kind",
        "source": "d.source = $source",
        "since": f"{_TO} >= date($since)",
        "until": f"{_FROM} <= date($until)",
    }
    where += [condition for name, condition in conditions.items() if name in names]
    hops = {
        "victim": "OPTIONAL MATCH (c)-[:VICTIM]->(g:Entity)",
        "by": "OPTIONAL MATCH (c)-[:BY]->(g:Entity)",
        "place": "OPTIONAL MATCH (e)-[:TOOK_PLACE_IN]->(g:Entity)",
    }
    keys = {
        "month": "substring(toString(coalesce(e.earliest, e.reported)), 0, 7)",
        "source": "d.source",
    }
    return (
        f"{' '.join(match)} WITH DISTINCT c, d, e "
        + (f"WHERE {' AND '.join(where)} " if where else "")
        + f"{hops.get(group, '')} "
        + f"WITH {keys.get(group, 'g.id')} AS key, c.kind AS kind, sum(c.min) AS min, sum(c.max) AS max, "
        "count(c) AS rows, count(c.max) AS bounded "
        "RETURN key, kind, min, max, rows, bounded ORDER BY min DESC, key, kind LIMIT $limit"
    )


# ---------------------------------------------------------------------- reading: many events at a glance

EVENT_POINT_LIMIT = 5000


def event_points(around: bool) -> str:
    """When and where of many events, with who took part; `around`: of the entities in $ids only."""
    match = (
        "UNWIND $ids AS id MATCH (:Entity {id: id})-[:PARTICIPATED_IN|TOOK_PLACE_IN]-(e:Event) "
        "WITH DISTINCT e "
        if around
        else "MATCH (e:Event) "
    )
    return (
        match + "OPTIONAL MATCH (e)-[:TOOK_PLACE_IN]->(p:Entity) "
        "OPTIONAL MATCH (e)<-[r:PARTICIPATED_IN]-(n:Entity) "
        "WITH e, p, collect({role: r.role, id: n.id}) AS participants "
        "RETURN e.id AS id, e.type AS type, e.status AS status, "
        "toString(coalesce(e.earliest, e.reported)) AS date, p.id AS place, participants, "
        f"e.documents AS documents ORDER BY date DESC, id LIMIT {EVENT_POINT_LIMIT}"
    )
