"""One test for each known difference of the embedded server from Neo4j, named after it.

They hold on both servers, except where a test is about the embedded one alone.
"""

from __future__ import annotations

import re
import time
from importlib.metadata import requires, version
from pathlib import Path

import neo4j
import pytest

from graph import entity_queries, event_queries, report_queries, schema_queries, write_queries
from graph.batch import build_batch
from graph.dialect import ArcadeDialect
from graph.server_process import java_command
from graph.store import GraphStore
from schema.errors import QueryError
from schema.identity import content_id
from schema.ontology import Ontology
from tests.factory import make_extraction

pytestmark = pytest.mark.server

ISIS = content_id("actor", "isis")


@pytest.fixture
def filled(store: GraphStore, ontology: Ontology) -> GraphStore:
    store.write(build_batch(make_extraction(), ontology))
    return store


def command_line(store: GraphStore) -> str:
    if store._server is None:
        pytest.skip("about the embedded server; HADATH_NEO4J_URI is set")
    return " ".join(java_command(store.settings, store._server.folder, 1, 2))


def test_1_version_is_pinned_and_heap_and_flush_are_set(session_store: GraphStore) -> None:
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"arcadedb-embedded=={version("arcadedb-embedded")}"' in project
    assert requires("arcadedb-embedded") is not None
    command = command_line(session_store)
    assert "-Xmx512m" in command
    assert "-Darcadedb.txWalFlush=1" in command
    assert type(session_store.settings).model_fields["heap"].default == "1g"


def _texts() -> list[str]:
    """The fixed statements."""
    modules = (schema_queries, write_queries, entity_queries, event_queries, report_queries)
    return [text for module in modules for text in vars(module).values() if isinstance(text, str)]


def test_2_subtype_labels_are_set_without_on_create(filled: GraphStore, ontology: Ontology) -> None:
    written = [*_texts(), write_queries.create_nodes(["Entity", "Person"])]
    assert not [text for text in written if "ON CREATE" in text]
    assert filled.read("MATCH (n:ArmedGroup) RETURN n.id AS id, labels(n) AS labels")[0]["id"] == ISIS


def test_3_entities_are_found_by_their_base_label(filled: GraphStore) -> None:
    texts = [
        *_texts(),
        write_queries.update_nodes("Entity"),
        write_queries.create_edges("STRUCK", "Entity", "Entity"),
        event_queries.events(["actor", "place", "near"], True),
        entity_queries.edges_around(["STRUCK"]),
    ]
    for text in texts:
        assert not re.search(r"MATCH[^{]*:\w+:\w+ *\{id", text), text
    assert filled.read("MATCH (n:Entity {id: $id}) RETURN n.id AS id", {"id": ISIS}) == [{"id": ISIS}]


def test_4_element_ids_are_never_given(filled: GraphStore) -> None:
    rows = filled.read("MATCH p = (a)-[r:STRUCK]->(b) RETURN a, r, b, p, [a] AS list, {n: a} AS map")
    assert not re.search(r"#\d+:\d+|element", repr(rows))
    assert rows[0]["a"]["id"].startswith("actor-")


def test_5_times_are_temporal_values_and_lists_are_flat(filled: GraphStore, ontology: Ontology) -> None:
    [row] = filled.read(
        "MATCH (e:Event {type: 'Airstrike'})-[:DURING]->(t) "
        "RETURN t.earliest AS earliest, t.earliest < date('2024-01-15') AS before, e.reported.year AS year"
    )
    assert row == {"earliest": "2024-01-14", "before": True, "year": 2024}
    for node in build_batch(make_extraction(), ontology).nodes:
        for value in node.properties.values():
            assert isinstance(value, (str, int, float, bool)) or all(isinstance(v, str) for v in value)


def test_6_fulltext_reads_arabic_on_both_servers(filled: GraphStore) -> None:
    query = "CALL db.index.fulltext.queryNodes('sentence_text', $words) YIELD node RETURN node.index AS index"
    for word in ("غارات", "غاره", "الغارات"):
        assert {row["index"] for row in filled.read(query, {"words": word})} == {0, 1, 2}, word
    assert filled.read(query, {"words": "كرة"}) == []


ATTACKS = [
    "CREATE (n:Entity {id: 'x'})",
    "CREATE (n:Intruder {id: 'x'}) RETURN n",
    "MERGE (n:Entity {id: 'new'}) RETURN n",
    "MATCH (n:Entity) SET n.label_ar = 'x'",
    "MATCH (n:Entity) SET n += {label_ar: 'x'} RETURN n",
    "MATCH (n:Entity) SET n:Hacked",
    "MATCH (n:Entity) REMOVE n.label_ar",
    "MATCH (n:Entity) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "MATCH (a:Document), (b:Run) CREATE (a)-[:FAKE]->(b)",
    "MATCH (a:Entity)-[r:STRUCK]->(b) SET r.status = 'denied'",
    "FOREACH (i IN range(1, 3) | CREATE (:Entity {id: toString(i)}))",
    "CALL { CREATE (n:Entity {id: 'y'}) RETURN n } RETURN n",
    "MATCH (n) CALL { WITH n SET n.x = 1 } IN TRANSACTIONS RETURN 1",
    "UNWIND [1] AS x MERGE (n:Entity {id: 'z'}) ON CREATE SET n.x = x ON MATCH SET n.x = x",
    "RETURN 1 AS a UNION CREATE (n:Entity {id: 'u'}) RETURN 1 AS a",
    "/* RETURN */ CREATE (n:Entity {id: 'c'}) // RETURN 1",
    "C\\u0052EATE (n:Entity {id: 'esc'})",
    "CREATE CONSTRAINT mine IF NOT EXISTS FOR (n:Mine) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX mine FOR (n:Entity) ON (n.whatever)",
    "DROP CONSTRAINT entity_id",
    "DROP INDEX entity_key",
    "CREATE USER eve SET PASSWORD 'password12'",
    "DROP DATABASE hadath",
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "LOAD CSV FROM 'http://127.0.0.1:1/' AS row RETURN row",
    "CALL dbms.security.createUser('eve', 'password12', false)",
    "CALL db.index.fulltext.createNodeIndex('i', ['Entity'], ['id'])",
    "CALL apoc.cypher.doIt('CREATE (:X)', {}) YIELD value RETURN value",
    "PROFILE CREATE (n:Entity {id: 'p'})",
    "EXPLAIN RETURN 1; CREATE (n:Entity {id: 'q'})",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_7_reader_cannot_write(session_store: GraphStore, ontology: Ontology, attack: str) -> None:
    if not session_store.articles().items:
        session_store.write(build_batch(make_extraction(), ontology))
    before = _state(session_store)
    # Some servers let a no-op through; what counts is that nothing has changed.
    assert _outcome(session_store, attack) in ("refused", "no rows", "no effect")
    assert _state(session_store) == before


def _outcome(store: GraphStore, attack: str) -> str:
    try:
        rows = store.read(attack)
    except QueryError as error:
        return "two lines" if "\n" in str(error) else "refused"
    return "no rows" if not rows else "no effect" if len(rows) == 1 else "rows"


def _state(store: GraphStore) -> list[object]:
    found: list[object] = [
        store.read("MATCH (n) RETURN n ORDER BY n.id"),
        store.read("MATCH ()-[r]->() RETURN r ORDER BY r.id"),
    ]
    for command in ("SHOW CONSTRAINTS", "SHOW INDEXES"):
        rows = (
            store.read(f"{command} YIELD name RETURN name ORDER BY name")
            if store._server is None
            else store.read(command)
        )
        found.append(sorted(row["name"] for row in rows))
    return found


def test_7_reader_holds_even_in_write_mode(filled: GraphStore) -> None:
    if filled._server is None:
        pytest.skip("about the embedded server; HADATH_NEO4J_URI is set")
    with (
        filled._reader.session(database="hadath", default_access_mode=neo4j.WRITE_ACCESS) as session,
        pytest.raises(neo4j.exceptions.Forbidden),
    ):
        session.run("CREATE (n:Entity {id: 'x'})").consume()
    with (
        pytest.raises(neo4j.exceptions.Forbidden),
        filled._reader.session(database="hadath") as session,
        session.begin_transaction() as tx,
    ):
        tx.run("MATCH (n:Entity) DETACH DELETE n").consume()


def test_8_slow_query_is_stopped_at_the_limit(filled: GraphStore) -> None:
    query = "MATCH (a), (b), (c), (d), (e) WHERE a.id + b.id + c.id + d.id + e.id = '' RETURN a"
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"too long|longer than"):
        filled.read(query)
    assert time.monotonic() - began < filled.settings.query_timeout_s + 10
    assert filled.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize(
    "source", ["file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:9/", "https://example.org/x.csv"]
)
def test_9_load_csv_is_off(session_store: GraphStore, source: str) -> None:
    with pytest.raises(QueryError):
        session_store.read(f"LOAD CSV FROM '{source}' AS row RETURN row LIMIT 1")


def test_9_load_csv_is_off_for_the_writer_too(session_store: GraphStore) -> None:
    command = command_line(session_store)
    assert "-Darcadedb.opencypher.loadCsv.allowFileUrls=false" in command
    assert "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false" in command
    with (
        session_store._writer.session(database="hadath") as session,
        pytest.raises(neo4j.exceptions.Neo4jError),
    ):
        session.run("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row").consume()


def test_10_only_unique_constraints_and_no_apoc(filled: GraphStore, ontology: Ontology) -> None:
    for statement in schema_queries.schema(ontology):
        assert re.fullmatch(
            r"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR \(n:\w+\) REQUIRE n\.id IS UNIQUE"
            r"|CREATE INDEX \w+ IF NOT EXISTS FOR \(n:\w+\) ON \(n\.\w+\)",
            statement,
        )
    sources = Path(write_queries.__file__).parent.glob("*.py")
    assert not any("apoc" in source.read_text(encoding="utf-8").lower() for source in sources)


def test_dialect_holds_the_servers_differences_alone(session_store: GraphStore) -> None:
    expected = "neo4j" if session_store._server is None else "arcadedb"
    assert session_store.dialect.name == expected
    assert isinstance(session_store.dialect, ArcadeDialect) == (expected == "arcadedb")
    session_store.ensure_schema()
