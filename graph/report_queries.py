"""Cypher that reads what articles report: statements, casualties, their sums, and the evidence of claims."""

from __future__ import annotations

from collections.abc import Iterable

from graph.event_queries import COUNTS_FROM, COUNTS_TO


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
        "since": f"{COUNTS_TO} >= date($since)",
        "until": f"{COUNTS_FROM} <= date($until)",
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
        "since": f"{COUNTS_TO} >= date($since)",
        "until": f"{COUNTS_FROM} <= date($until)",
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
  c.confidence AS confidence, c.place AS place, c.subject AS subject, c.object AS object,
  c.start AS start, c.end AS end
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
