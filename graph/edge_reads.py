"""Reads of the edges between entities: neighbourhoods, the whole graph's best, ways between two actors."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from graph import entity_queries
from graph.reading import Reading, Row
from graph.values import edge_record


class EdgeReads(Reading):
    """Edges are dicts as `graph.values.edge_record` gives them."""

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
            query = entity_queries.edges_around(self._predicates(predicates))
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
        query = entity_queries.best_edges(self._predicates(None))
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
        query = entity_queries.edges_around(self._predicates(None))
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
