"""What the two servers do not share: full-text indexes, and who runs a reader's query. Nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from graph.http_admin import HttpAdmin
from graph.schema_queries import FULLTEXT_INDEXES
from graph.server_process import DATABASE


class Dialect(Protocol):
    """Makes the full-text indexes; `run` executes Cypher as the writer."""

    @property
    def name(self) -> str: ...

    def create_fulltext(self, run: Callable[[str], object]) -> None: ...


@dataclass(frozen=True, slots=True)
class Neo4jDialect:
    """Neo4j 5: full-text indexes are Cypher DDL."""

    name: str = "neo4j"

    def create_fulltext(self, run: Callable[[str], object]) -> None:
        for index, (label, key) in FULLTEXT_INDEXES.items():
            run(
                f"CREATE FULLTEXT INDEX {index} IF NOT EXISTS FOR (n:{label}) ON EACH [n.{key}] "
                "OPTIONS {indexConfig: {`fulltext.analyzer`: 'arabic'}}"
            )


@dataclass(frozen=True, slots=True)
class ArcadeDialect:
    """ArcadeDB: full-text indexes are SQL over HTTP, with Lucene's analyser named by its class."""

    admin: HttpAdmin
    name: str = "arcadedb"

    def create_fulltext(self, run: Callable[[str], object]) -> None:
        for index, (label, key) in FULLTEXT_INDEXES.items():
            self.admin.sql(DATABASE, f"CREATE PROPERTY {label}.{key} IF NOT EXISTS STRING")
            self.admin.sql(
                DATABASE,
                f"CREATE INDEX {index} IF NOT EXISTS ON {label} ({key}) FULL_TEXT "
                'METADATA {"analyzer": "org.apache.lucene.analysis.ar.ArabicAnalyzer"}',
            )
