"""The graph store: one class on the official Neo4j driver, for Neo4j and for the embedded server.

    with open_store(Settings()) as store:
        store.write(build_batch(extraction, load_ontology()))
        store.read("MATCH (n:Entity) RETURN n.label_ar LIMIT 5")

Writing goes through `ArticleWriter` in one transaction an article; reading, the store's own and the
researcher's, runs as a user who may only read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from types import TracebackType
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from graph import schema_queries, write_queries
from graph.batch import GraphBatch
from graph.dialect import ArcadeDialect, Dialect, Neo4jDialect
from graph.limits import bounded
from graph.local_server import LocalServer
from graph.reads import CasualtyFilter, EventFilter, Page, StatementFilter, StoreReads
from graph.row_writer import WriteReport
from graph.server_process import DATABASE
from graph.settings import Settings
from graph.values import plain
from graph.writer import ArticleWriter
from schema.errors import QueryError, StoreError
from schema.ontology import Ontology, load_ontology

__all__ = [
    "CasualtyFilter",
    "EventFilter",
    "GraphStore",
    "Page",
    "StatementFilter",
    "WriteReport",
    "open_store",
]

T = TypeVar("T")
#: How often a write is tried when another writer got in its way.
TRIES = 6
#: Seconds for which the driver repeats a transaction that met a passing failure.
RETRY_S = 10.0
#: Seconds past its limit that a query may take to end by itself, before the embedded server is restarted.
GRACE_S = 5.0


class GraphStore(StoreReads):
    """Articles as a graph. Make one with `open_store`; safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        ontology: Ontology,
        writer: neo4j.Driver,
        reader: neo4j.Driver,
        dialect: Dialect,
        database: str,
        server: LocalServer | None = None,
    ) -> None:
        self.settings = settings
        self.ontology = ontology
        self.dialect = dialect
        self._writer = writer
        self._reader = reader
        self._database = database
        self._server = server
        self._writing = threading.Lock()
        self._workers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="hadath-read")

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the embedded server stops when nobody else uses it."""
        self._workers.shutdown(wait=False, cancel_futures=True)
        self._reader.close()
        self._writer.close()
        if self._server is not None:
            self._server.close()

    # ------------------------------------------------------------------ writing

    def ensure_schema(self) -> None:
        """Make the constraints and indexes; does nothing where they are."""
        with self._writing, self._failures(), self._writer.session(database=self._database) as session:

            def run(statement: str) -> None:
                session.run(statement).consume()

            for statement in schema_queries.schema(self.ontology):
                run(statement)
            self.dialect.create_fulltext(run)

    def write(self, batch: GraphBatch) -> WriteReport:
        """Put an article in, whole or not at all; what stood of it before is replaced.

        The same batch again changes nothing. Raises `BatchError` when ids clash with another article's,
        `StoreError` when the server fails.
        """
        report = self._write(lambda tx: ArticleWriter(tx, self.ontology).put(batch))
        self._relabel(batch)
        return report

    def delete_article(self, document: str) -> WriteReport:
        """Take an article out with all that only it supports; outcome `absent` when there is none."""
        return self._write(lambda tx: ArticleWriter(tx, self.ontology).take(document))

    def bulk(self, cypher: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run one writing query over `$rows`, unchecked: for made-up graphs, never for articles."""
        self._write(lambda tx: _discard(tx.run(cypher, {"rows": [dict(row) for row in rows]}).consume()))

    def clear(self) -> None:
        """Take everything out; the schema stays."""
        while self._write(lambda tx: tx.run(write_queries.CLEAR).single(strict=True)["count"]):
            pass

    def _write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        # The driver repeats what the server calls transient. Two writers that create the same entity
        # meet in the unique constraint instead: the second finds it there when it tries again.
        with self._writing, self._failures():
            self._revive()
            for attempt in range(1, TRIES + 1):
                try:
                    with self._writer.session(database=self._database) as session:
                        return session.execute_write(work)
                except (ConstraintError, ServiceUnavailable):
                    if attempt == TRIES:
                        raise
                    time.sleep(0.05 * 2**attempt)
                    self._revive()
        raise AssertionError("unreachable")

    def _relabel(self, batch: GraphBatch) -> None:
        """Give entities whose type has changed their new label, one change a transaction."""
        wanted = {node.id: set(node.labels) for node in batch.nodes if node.label == "Entity"}
        if not wanted:
            return
        types = {*self.ontology.entity_types, "Agent", "Place"}
        for row in self._rows(write_queries.ENTITY_LABELS, {"ids": sorted(wanted)}):
            has = set(row["labels"]) & types
            for label in sorted(wanted[row["id"]] - has):
                self._write(_relabelling(write_queries.add_label(label), row["id"]))
            for label in sorted(has - wanted[row["id"]]):
                self._write(_relabelling(write_queries.remove_label(label), row["id"]))

    # ------------------------------------------------------------------ reading

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[dict[str, Any]]:
        """Run a researcher's query as the read-only user; at most `limit` rows, `timeout` seconds.

        Both are capped by the settings. Values are JSON-able (`graph.values.plain`). Raises `QueryError`
        with one line when the query is wrong, may not run or takes too long, `StoreError` when the
        server cannot be reached.
        """
        rows = min(limit or self.settings.query_row_limit, self.settings.query_row_limit)
        seconds = min(timeout or self.settings.query_timeout_s, self.settings.query_timeout_s)
        found = bounded(self._query(cypher, parameters or {}, rows, seconds))
        future = self._workers.submit(lambda: list(found))
        try:
            return future.result(seconds + GRACE_S)
        except FutureTimeout:
            # Only the embedded server can be kept busy past its own limit (inside one expression).
            if self._server is not None:
                self._server.restart()
            raise QueryError(f"the query took longer than {seconds:g} s and was stopped: narrow it") from None

    def stream(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """The rows of a query one by one, for exports; errors as `read`."""
        rows = min(limit or self.settings.query_row_limit, self.settings.query_row_limit)
        yield from self._query(cypher, parameters or {}, rows, self.settings.query_timeout_s)

    def _query(
        self, cypher: str, parameters: Mapping[str, Any], limit: int, seconds: float
    ) -> Iterator[dict[str, Any]]:
        try:
            for index, record in enumerate(self._records(cypher, parameters, seconds)):
                if index >= limit:
                    return
                yield {key: plain(value) for key, value in zip(record.keys(), record.values(), strict=True)}
        except ServiceUnavailable as error:
            raise self._lost(error) from error
        except (Neo4jError, DriverError, ValueError, TypeError) as error:
            raise QueryError(_one_line(error)) from error

    def _rows(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of one of the store's own queries, with the driver's values."""
        seconds = self.settings.query_timeout_s
        with self._failures():
            self._revive()
            try:
                records = list(self._records(cypher, parameters, seconds))
            except ServiceUnavailable:
                if self._server is None:
                    raise
                self._revive()
                records = list(self._records(cypher, parameters, seconds))
        return [dict(zip(record.keys(), record.values(), strict=True)) for record in records]

    def _records(self, cypher: str, parameters: Mapping[str, Any], seconds: float) -> Iterator[neo4j.Record]:
        # No repeats: a query that brought the server down once would do so again.
        with self._reader.session(
            database=self._database, default_access_mode=neo4j.READ_ACCESS, fetch_size=500
        ) as session:
            result = session.run(neo4j.Query(cypher, timeout=seconds), dict(parameters))
            yield from result

    def ping(self) -> None:
        """Raise `StoreError` when the server does not answer."""
        self._rows(schema_queries.PING, {})

    def _server_name(self) -> str:
        row = self._rows(schema_queries.SERVER, {})[0]
        return f"{self.dialect.name} ({row['name']} {row['version']})"

    # ------------------------------------------------------------------ failures

    def _lost(self, error: Exception) -> StoreError | QueryError:
        """The server went away during a query: the embedded one is started again for the next."""
        if self._server is None:
            return StoreError(f"the graph server cannot be reached: {_one_line(error)}")
        self._revive()
        return QueryError(
            "the query ended the graph server (it needs more memory than HADATH_HEAP): narrow it"
        )

    def _revive(self) -> None:
        """Start the embedded server again if it is gone; its driver finds it on the same ports."""
        if self._server is not None and not self._server.running:
            self._server.start()

    def _failures(self) -> _Failures:
        return _Failures()


class _Failures:
    """Turns the driver's errors into `StoreError`, one line each."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, AuthError):
            raise StoreError(
                "the graph server refuses the password: set HADATH_NEO4J_USER and HADATH_NEO4J_PASSWORD"
            ) from error
        if isinstance(error, ServiceUnavailable):
            raise StoreError(
                f"the graph server cannot be reached ({_one_line(error)}): is it running at HADATH_NEO4J_URI?"
            ) from error
        if isinstance(error, (Neo4jError, DriverError)):
            raise StoreError(f"the graph server failed: {_one_line(error)}") from error


def open_store(settings: Settings | None = None, ontology: Ontology | None = None) -> GraphStore:
    """A store on the Neo4j of the settings, or on the embedded server, which is started when needed.

    The schema is made. Raises `StoreError` when the server cannot be reached. Close it after use.
    """
    settings = settings or Settings()
    ontology = ontology or load_ontology()
    store = _neo4j_store(settings, ontology) if settings.neo4j_uri else _local_store(settings, ontology)
    try:
        store.ensure_schema()
    except BaseException:
        store.close()
        raise
    return store


def _neo4j_store(settings: Settings, ontology: Ontology) -> GraphStore:
    if settings.neo4j_password is None:
        raise StoreError(
            "HADATH_NEO4J_URI is set but not HADATH_NEO4J_PASSWORD: set the password of that Neo4j"
        )
    assert settings.neo4j_uri is not None
    auth = (settings.neo4j_user, settings.neo4j_password.get_secret_value())
    try:
        driver = neo4j.GraphDatabase.driver(settings.neo4j_uri, auth=auth)
    except (DriverError, ValueError) as error:
        raise StoreError(f"HADATH_NEO4J_URI is not a Bolt address: {_one_line(error)}") from error
    return GraphStore(settings, ontology, driver, driver, Neo4jDialect(), settings.neo4j_database)


def _local_store(settings: Settings, ontology: Ontology) -> GraphStore:
    server = LocalServer(settings)
    server.start()
    writer, reader = (
        neo4j.GraphDatabase.driver(
            server.bolt_uri, auth=(who.user, who.password), max_transaction_retry_time=RETRY_S
        )
        for who in (server.writer, server.reader)
    )
    dialect = ArcadeDialect(server.admin())
    return GraphStore(settings, ontology, writer, reader, dialect, DATABASE, server)


def _relabelling(query: str, entity: str) -> Callable[[neo4j.ManagedTransaction], None]:
    return lambda tx: _discard(tx.run(query, {"ids": [entity]}).consume())


def _discard(_: object) -> None:
    return None


def _one_line(error: Exception) -> str:
    message = error.message if isinstance(error, Neo4jError) else str(error)
    if isinstance(error, ClientError) and "TimedOut" in (error.code or ""):
        return "the query took too long and was stopped: narrow it"
    return " ".join((message or type(error).__name__).split())[:500]
