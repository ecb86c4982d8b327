"""Shared fixtures: one graph server for the whole run, in a temporary folder.

With `HADATH_NEO4J_URI` (and `HADATH_NEO4J_PASSWORD`) set, the same tests run on that Neo4j, whose
content they DELETE.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store import GraphStore, open_store
from schema.ontology import Ontology, load_ontology


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def store_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the session's store: short limits, so that tests of them are quick."""
    folder: Path = tmp_path_factory.mktemp("hadath-data")
    return Settings(
        neo4j_uri=os.environ.get("HADATH_NEO4J_URI"),
        data_dir=folder,
        heap="512m",
        query_timeout_s=5,
        query_row_limit=1000,
    )


@pytest.fixture(scope="session")
def session_store(store_settings: Settings, ontology: Ontology) -> Iterator[GraphStore]:
    with open_store(store_settings, ontology) as store:
        yield store


@pytest.fixture
def store(session_store: GraphStore) -> GraphStore:
    """The session's store, emptied."""
    session_store.clear()
    return session_store


@pytest.fixture
def second_store(
    session_store: GraphStore, store_settings: Settings, ontology: Ontology
) -> Iterator[GraphStore]:
    """Another client of the same server."""
    with open_store(store_settings, ontology) as store:
        yield store
