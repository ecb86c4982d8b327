"""What all reads of the store share: the connection, pages and cursors, statuses and predicates."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import entity_queries
from graph.values import entity_record
from schema.errors import QueryError
from schema.ontology import Ontology

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor to give as `after` for more (None at the end)."""

    items: list[Row]
    next: str | None


class Reading:
    """The ground of every read; `GraphStore` gives the connection."""

    ontology: Ontology

    @abstractmethod
    def _rows(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]: ...

    @abstractmethod
    def _server_name(self) -> str: ...

    def _documents(self, ids: Iterable[str]) -> dict[str, Row]:
        rows = self._rows(entity_queries.DOCUMENTS_BY_ID, {"ids": sorted(set(ids))})
        return {row["id"]: {key: row[key] for key in ("id", "title", "date", "source")} for row in rows}

    def _entities(self, ids: Iterable[str]) -> dict[str, Row]:
        rows = self._rows(entity_queries.ENTITIES_BY_ID, {"ids": sorted(set(ids))})
        return {row["n"]["id"]: entity_record(row["n"]) for row in rows}

    def _predicates(self, wanted: Sequence[str] | None) -> list[str]:
        for predicate in wanted or ():
            if predicate not in self.ontology.relations:
                raise QueryError(f"{predicate!r} is not a predicate of the ontology")
        return list(wanted or self.ontology.predicates)

    def _statuses(self, wanted: Sequence[str] | None) -> list[str]:
        for status in wanted or ():
            if status not in self.ontology.statuses:
                raise QueryError(f"{status!r} is not a status; use {', '.join(self.ontology.statuses)}")
        return sorted(self.ontology.factual_statuses) if wanted is None else list(wanted)

    def _page(
        self, query: str, parameters: Mapping[str, Any], limit: int, after: str | None
    ) -> tuple[list[Row], str | None]:
        skip = offset(after)
        rows = self._rows(query, {**parameters, "skip": skip, "limit": limit + 1})
        return rows[:limit], str(skip + limit) if len(rows) > limit else None


def offset(after: str | None) -> int:
    if after is None:
        return 0
    if not after.isascii() or not after.isdigit() or len(after) > 9:
        raise QueryError(f"{after[:40]!r} is not a cursor: give the `next` of an earlier page")
    return int(after)
