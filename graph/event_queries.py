"""Cypher that reads events: by filter, with their participants, places, times and sentences."""

from __future__ import annotations

from collections.abc import Iterable

_DISTANCE = (
    "2 * 6371.0 * asin(sqrt(sin(radians(p.lat - $lat) / 2) ^ 2 "
    "+ cos(radians($lat)) * cos(radians(p.lat)) * sin(radians(p.lon - $lon) / 2) ^ 2))"
)
#: When an event counts as having been, for filters and order: else the day it was reported.
COUNTS_FROM = "coalesce(e.earliest, e.reported)"
COUNTS_TO = "coalesce(e.latest, e.reported)"


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
        "since": f"{COUNTS_TO} >= date($since)",
        "until": f"{COUNTS_FROM} <= date($until)",
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
