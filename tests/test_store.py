"""The contract of the store, the same on the embedded server and on Neo4j (`HADATH_NEO4J_URI`)."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from graph.batch import build_batch
from graph.store import CasualtyFilter, EventFilter, GraphStore, StatementFilter
from schema.errors import BatchError, QueryError
from schema.identity import content_id
from schema.model import Extraction, RunInfo
from schema.ontology import Ontology
from tests.factory import make_extraction

pytestmark = pytest.mark.server

ISIS = content_id("actor", "isis")
COALITION = content_id("actor", "global-coalition")
SPOKESMAN = content_id("actor", "Person", "سامي الجبوري")
CHANNEL = content_id("actor", "MediaOutlet", "قناة الرافدين")
RUTBA = content_id("place", "ar-rutbah")
RUN = RunInfo("test")

DUMP = (
    "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id",
    "MATCH (a)-[r]->(b) RETURN a.id AS a, b.id AS b, type(r) AS type, properties(r) AS row ORDER BY r.id",
)


def load(store: GraphStore, ontology: Ontology, *names: str, **changes: object) -> None:
    for name in names or ("sample-1",):
        store.write(build_batch(replace(make_extraction(name), **changes), ontology, RUN))


def dump(store: GraphStore) -> list[list[dict[str, object]]]:
    """The whole graph, each row with its labels in order."""
    tables = [store.read(query) for query in DUMP]
    for row in tables[0]:
        row["labels"] = sorted(row["labels"])
    return tables


def without(extraction: Extraction, predicate: str) -> Extraction:
    """The extraction less the edges of a predicate."""
    return replace(extraction, triples=tuple(t for t in extraction.triples if t.predicate != predicate))


# ---------------------------------------------------------------------- writing


def test_write_puts_every_row_of_the_batch(store: GraphStore, ontology: Ontology) -> None:
    batch = build_batch(make_extraction(), ontology, RUN)
    report = store.write(batch)
    stats = store.stats()
    assert report.outcome == "created"
    assert report.nodes_created == len(batch.nodes)
    assert (
        report.edges_created
        == len(batch.edges) + len(make_extraction().triples)
        == sum(stats["edges"].values())
    )
    for label in {node.label for node in batch.nodes}:
        assert stats["nodes"][label] == sum(node.label == label for node in batch.nodes), label
    for edge_type in {edge.type for edge in batch.edges}:
        assert stats["edges"][edge_type] == sum(e.type == edge_type for e in batch.edges), edge_type


def test_same_article_twice_changes_nothing(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    before = dump(store)
    report = store.write(build_batch(make_extraction(), ontology, RUN))
    assert report.outcome == "unchanged"
    assert report.nodes_created == report.edges_created == report.nodes_deleted == 0
    assert dump(store) == before


def test_changed_extraction_replaces_what_only_it_supported(store: GraphStore, ontology: Ontology) -> None:
    first = make_extraction()
    store.write(build_batch(first, ontology, RUN))
    store.write(build_batch(make_extraction("other"), ontology, RUN))
    changed = without(first, "TOLD")
    changed = replace(changed, casualties=first.casualties[:1])
    report = store.write(build_batch(changed, ontology, RUN))
    assert report.outcome == "replaced"
    fresh = dump(store)
    told = [row for row in fresh[1] if row["type"] == "TOLD"]
    assert [row["row"]["documents"] for row in told] == [["other"]]
    # The graph is the one that loading the new form first would have given.
    store.clear()
    store.write(build_batch(make_extraction("other"), ontology, RUN))
    store.write(build_batch(changed, ontology, RUN))
    assert dump(store) == fresh


def test_replacing_there_and_back_leaves_no_trace(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    before = dump(store)
    store.write(build_batch(without(make_extraction(), "STRUCK"), ontology, RunInfo("other version")))
    assert dump(store) != before
    load(store, ontology)
    assert dump(store) == before


def test_order_of_loading_does_not_matter(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology, "a", "b", "c")
    one = dump(store)
    store.clear()
    load(store, ontology, "c", "a", "b")
    assert dump(store) == one


def test_delete_takes_what_only_the_article_supports(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology, "keep")
    before = dump(store)
    load(store, ontology, "drop")
    assert store.delete_article("drop").outcome == "deleted"
    assert dump(store) == before
    assert store.delete_article("drop").outcome == "absent"


def test_delete_of_the_last_article_empties_the_graph(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology, "a", "b")
    store.delete_article("a")
    store.delete_article("b")
    assert store.read("MATCH (n) RETURN count(n) AS count") == [{"count": 0}]


def test_edges_of_several_articles_are_one_with_all_its_supporters(
    store: GraphStore, ontology: Ontology
) -> None:
    load(store, ontology, "a")
    store.write(build_batch(make_extraction("b", date="2024-02-01"), ontology, RUN))
    [edge] = [e for e in store.neighbourhood([SPOKESMAN])["edges"] if e["type"] == "TOLD"]
    assert (edge["documents"], edge["article_count"]) == (["a", "b"], 2)
    assert (edge["first_seen"], edge["last_seen"]) == ("2024-01-15", "2024-02-01")
    store.delete_article("a")
    [edge] = [e for e in store.neighbourhood([SPOKESMAN])["edges"] if e["type"] == "TOLD"]
    assert (edge["documents"], edge["first_seen"]) == (["b"], "2024-02-01")


def test_strongest_status_of_an_edge_wins(store: GraphStore, ontology: Ontology) -> None:
    weak = make_extraction("a")
    weak = replace(weak, triples=tuple(replace(t, status="attributed") for t in weak.triples if not t.event))
    store.write(build_batch(weak, ontology))
    assert {e["status"] for e in store.neighbourhood([SPOKESMAN])["edges"]} == {"attributed"}
    load(store, ontology, "b")
    assert {e["status"] for e in store.neighbourhood([SPOKESMAN])["edges"]} == {"stated"}
    store.delete_article("b")
    assert {e["status"] for e in store.neighbourhood([SPOKESMAN])["edges"]} == {"attributed"}


def test_event_told_by_two_articles_goes_with_the_second(store: GraphStore, ontology: Ontology) -> None:
    first, second = make_extraction("a"), make_extraction("b")
    shared = replace(second, events=(replace(second.events[0], id=first.events[0].id), *second.events[1:]))
    ids = {second.events[0].id: first.events[0].id}
    shared = replace(
        shared,
        triples=tuple(replace(t, event=ids.get(t.event or "", t.event)) for t in second.triples),
        casualties=tuple(replace(c, event=ids.get(c.event or "", c.event)) for c in second.casualties),
    )
    store.write(build_batch(first, ontology))
    before = dump(store)
    store.write(build_batch(shared, ontology))
    event = store.event(first.events[0].id)
    assert event is not None
    assert [d["id"] for d in event["documents"]] == ["a", "b"]
    store.delete_article("b")
    assert dump(store) == before
    store.write(build_batch(shared, ontology))
    store.delete_article("a")
    event = store.event(first.events[0].id)
    assert event is not None
    assert [d["id"] for d in event["documents"]] == ["b"]
    assert len(event["participants"]) == 2


def test_wrong_batch_writes_nothing(store: GraphStore, ontology: Ontology) -> None:
    good = make_extraction()
    bad = replace(good, events=(replace(good.events[0], type="Picnic"), *good.events[1:]))
    with pytest.raises(BatchError, match="Picnic"):
        store.write(build_batch(bad, ontology))
    assert store.stats()["nodes"] == {}


def test_rows_of_another_article_are_not_taken_over(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology, "a")
    before = dump(store)
    stolen = replace(make_extraction("b"), casualties=(make_extraction("a").casualties[0],))
    stolen = replace(stolen, casualties=(replace(stolen.casualties[0], event=None),))
    with pytest.raises(BatchError, match="belongs to article 'a'"):
        store.write(build_batch(stolen, ontology))
    assert dump(store) == before


def test_entity_changes_its_type_with_its_label(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    given = make_extraction()
    actors = tuple(replace(a, type="Organization") if a.id == CHANNEL else a for a in given.actors)
    kept = without(
        replace(given, actors=actors, statements=(replace(given.statements[0], outlet=None),)), "TOLD"
    )
    store.write(build_batch(kept, ontology, RUN))
    [row] = store.read("MATCH (n:Entity {id: $id}) RETURN n", {"id": CHANNEL})
    assert row["n"]["labels"] == ["Agent", "Entity", "Organization"]
    assert row["n"]["properties"]["type"] == "Organization"


def test_writers_side_by_side_lose_nothing(
    store: GraphStore, ontology: Ontology, second_store: GraphStore
) -> None:
    failures: list[Exception] = []

    def load_some(target: GraphStore, names: list[str]) -> None:
        try:
            load(target, ontology, *names)
        except Exception as error:
            failures.append(error)

    threads = [
        threading.Thread(target=load_some, args=(target, [f"{i}-{j}" for j in range(3)]))
        for i, target in enumerate((store, second_store, store))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.stats()["documents"] == 9
    assert (store.entity(ISIS) or {})["article_count"] == 9
    side_by_side = dump(store)
    store.clear()
    load(store, ontology, *(f"{i}-{j}" for i in range(3) for j in range(3)))
    assert dump(store) == side_by_side


# ---------------------------------------------------------------------- reading


def test_articles_come_newest_first_in_pages(store: GraphStore, ontology: Ontology) -> None:
    for day in (3, 1, 2):
        store.write(build_batch(make_extraction(f"d{day}", date=f"2024-03-0{day}"), ontology))
    store.write(build_batch(make_extraction("undated", date=None, source="أخرى"), ontology))
    first = store.articles(limit=2)
    rest = store.articles(limit=2, after=first.next)
    assert [row["id"] for row in (*first.items, *rest.items)] == ["d3", "d2", "d1", "undated"]
    assert rest.next is None
    assert [row["id"] for row in store.articles(source="أخرى").items] == ["undated"]


def test_article_gives_back_its_text_and_sentences(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    article = store.article("sample-1")
    given = make_extraction()
    assert article is not None
    assert article["text"] == given.article.text
    assert article["date"] == "2024-01-15"
    assert [s["text"] for s in article["sentences"]] == [s.span.text for s in given.sentences]
    for sentence in article["sentences"]:
        assert article["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    assert store.article("nothing") is None


def test_unknown_date_stays_unknown(store: GraphStore, ontology: Ontology) -> None:
    store.write(build_batch(make_extraction(date=None), ontology))
    [event] = store.events(EventFilter(types=("Airstrike",))).items
    assert event["time"] == {"earliest": None, "latest": None, "precision": "unknown", "raw": "أمس"}
    assert event["reported"] is None
    assert store.events(EventFilter(since="2000-01-01")).items == []
    assert all(e["first_seen"] is None for e in store.overview()["edges"])


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("داعش", ISIS),
        ("تنظيم", ISIS),
        ("ISIS", ISIS),
        ("islamic st", ISIS),
        ("الرطبه", RUTBA),
        ("رطبة", RUTBA),
        ("Rutb", RUTBA),
        ("التَّحالُف", COALITION),
        ("التحالف الدولى", COALITION),
        ("global", COALITION),
        ("الجبورى", SPOKESMAN),
        ("سامي", SPOKESMAN),
        ('داعش" *', ISIS),
    ],
)
def test_search_folds_spelling(store: GraphStore, ontology: Ontology, search: str, found: str) -> None:
    if store.entity(ISIS) is None:
        load(store, ontology)
    assert found in [row["id"] for row in store.entities(search).items]


def test_search_for_nothing_finds_nothing(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    for search in ("", "  ", "*", "كلمة غير موجودة", ") OR (", "ِ"):
        assert store.entities(search).items == [], search


def test_entities_by_type_and_count(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology, "a", "b")
    everyone = store.entities().items
    assert [row["article_count"] for row in everyone] == [2] * 6 + [1] * 2
    assert [row["id"] for row in store.entities(type="City").items] == [RUTBA]
    assert [row["id"] for row in store.entities(type="place").items] == [RUTBA]
    assert store.entity(RUTBA) == {
        "id": RUTBA, "kind": "place", "type": "City", "label_ar": "الرطبة", "label_en": "Ar Rutbah",
        "names": ["الرطبة"], "key": "ar-rutbah", "wikidata": None, "lat": 33.0381, "lon": 40.2853,
        "precision_km": 5.0, "article_count": 2,
    }  # fmt: skip
    assert store.entity("nobody") is None


def test_mentions_lie_in_their_sentences(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    text = make_extraction().article.text
    rows = store.mentions(ISIS).items
    assert [row["text"] for row in rows] == ["التنظيم", "تنظيم داعش", "التنظيم"]
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["sentence"]["start"] <= row["start"] < row["end"] <= row["sentence"]["end"]


def test_planned_and_denied_are_left_out_unless_asked(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    default = {edge["type"] for edge in store.overview()["edges"]}
    assert default == {"STRUCK", "KILLED", "COMMENTED_ON", "TOLD"}
    asked = {edge["type"] for edge in store.overview(statuses=("planned", "denied"))["edges"]}
    assert asked == {"WITHDREW_FROM", "ARRESTED"}
    assert {e["type"] for e in store.events().items} == {"Airstrike", "Killing"}
    assert {e["type"] for e in store.events(EventFilter(statuses=("denied",))).items} == {"Arrest"}
    with pytest.raises(QueryError, match="'certain' is not a status"):
        store.overview(statuses=("certain",))


def test_neighbourhood_grows_by_steps(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    one = store.neighbourhood([COALITION])
    assert {e["type"] for e in one["edges"]} == {"STRUCK", "KILLED"}
    assert {n["id"] for n in one["nodes"]} == {COALITION, ISIS}
    two = store.neighbourhood([COALITION], depth=2)
    assert {n["id"] for n in two["nodes"]} == {COALITION, ISIS, SPOKESMAN}
    assert store.neighbourhood([COALITION], predicates=["STRUCK"])["edges"][0]["type"] == "STRUCK"
    cut = store.neighbourhood([COALITION], limit=1)
    assert len(cut["edges"]) == 1
    assert cut["truncated"]
    assert not one["truncated"]
    assert store.neighbourhood(["nobody"]) == {"nodes": [], "edges": [], "truncated": False}


def test_inferred_edge_keeps_its_chain_of_sentences(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    [edge] = store.neighbourhood([COALITION], predicates=["KILLED"])["edges"]
    sentences = {s["id"]: s["index"] for s in (store.article("sample-1") or {})["sentences"]}
    assert edge["status"] == "inferred"
    assert [sentences[s] for s in edge["sentences"]] == [1, 2]


def test_paths_between_two_actors(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    ways = store.paths(COALITION, CHANNEL)
    assert [n["id"] for n in ways[0]["nodes"]] == [COALITION, ISIS, SPOKESMAN, CHANNEL]
    assert {tuple(e["type"] for e in way["edges"]) for way in ways} == {
        ("KILLED", "COMMENTED_ON", "TOLD"), ("STRUCK", "COMMENTED_ON", "TOLD"),
    }  # fmt: skip
    assert store.paths(COALITION, CHANNEL, max_length=2) == []
    assert store.paths(COALITION, "nobody") == []
    assert store.paths(COALITION, COALITION) == []


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        (EventFilter(types=("Airstrike",)), {"Airstrike"}),
        (EventFilter(plover=("ASSAULT",)), {"Airstrike", "Killing"}),
        (EventFilter(cameo=("195",)), {"Airstrike"}),
        (EventFilter(cameo=("1",)), {"Airstrike", "Killing"}),
        (EventFilter(actor=COALITION), {"Airstrike", "Killing"}),
        (EventFilter(actor=COALITION, role="recipient"), set()),
        (EventFilter(actor=ISIS, role="recipient"), {"Airstrike", "Killing"}),
        (EventFilter(role="partner"), set()),
        (EventFilter(place=RUTBA), {"Airstrike"}),
        (EventFilter(near=(33.0, 40.3, 20.0)), {"Airstrike"}),
        (EventFilter(near=(33.3, 44.4, 100.0)), set()),
        (EventFilter(since="2024-01-14", until="2024-01-14"), {"Airstrike"}),
        (EventFilter(since="2024-01-15"), {"Killing"}),
        (EventFilter(until="2024-01-13"), set()),
        (EventFilter(source="وكالة الأنباء"), {"Airstrike", "Killing"}),
        (EventFilter(source="none"), set()),
        (EventFilter(document="sample-1"), {"Airstrike", "Killing"}),
        (EventFilter(document="none"), set()),
        (EventFilter(statuses=("inferred",)), {"Killing"}),
    ],
)
def test_events_filter(store: GraphStore, ontology: Ontology, wanted: EventFilter, types: set[str]) -> None:
    load(store, ontology)
    assert {event["type"] for event in store.events(wanted).items} == types


def test_event_tells_who_where_when_and_by_whom(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    [strike] = store.events(EventFilter(types=("Airstrike",))).items
    assert [(p["role"], p["id"]) for p in strike["participants"]] == [
        ("actor", COALITION),
        ("recipient", ISIS),
    ]
    assert strike["trigger"]["text"] == "غارات"
    assert strike["place"]["id"] == RUTBA
    assert strike["time"] == {
        "earliest": "2024-01-14",
        "latest": "2024-01-14",
        "precision": "day",
        "raw": "أمس",
    }
    assert strike["evidence"]["index"] == 1
    [plan] = store.events(EventFilter(statuses=("planned",))).items
    assert plan["said_by"]["id"] == SPOKESMAN
    assert store.event(plan["id"]) == plan
    assert store.event("none") is None


def test_events_in_order_and_pages(store: GraphStore, ontology: Ontology) -> None:
    for day in (12, 11, 13):
        store.write(build_batch(make_extraction(f"d{day}", date=f"2024-03-{day}"), ontology))
    oldest = store.events(EventFilter(types=("Killing",), order="oldest"))
    assert [e["reported"] for e in oldest.items] == ["2024-03-11", "2024-03-12", "2024-03-13"]
    pages, after = [], None
    while True:
        page = store.events(EventFilter(types=("Killing",)), limit=2, after=after)
        pages += [e["reported"] for e in page.items]
        after = page.next
        if after is None:
            break
    assert pages == ["2024-03-13", "2024-03-12", "2024-03-11"]
    with pytest.raises(QueryError, match="not a cursor"):
        store.events(after="1; DROP")


def test_statements(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    [row] = store.statements().items
    assert (row["speaker"]["id"], row["cue"], row["outlet"]["id"]) == (SPOKESMAN, "قال", CHANNEL)
    assert row["content"]["text"] == "التنظيم سينسحب من الرطبة"
    assert ISIS in [target["id"] for target in row["about"]]
    assert row["evidence"]["index"] == 3
    assert store.statements(StatementFilter(speaker=SPOKESMAN, about=ISIS, stance="neutral")).items == [row]
    assert store.statements(StatementFilter(speaker=ISIS)).items == []
    assert store.statements(StatementFilter(document="none")).items == []


def test_casualties_are_rows_and_never_sums(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    killed, wounded = store.casualties().items
    assert (killed["kind"], killed["min"], killed["max"]) == ("killed", 12, 12)
    assert (wounded["kind"], wounded["min"], wounded["max"]) == ("wounded", 6, None)
    assert (killed["victim"]["id"], killed["by"]["id"]) == (ISIS, COALITION)
    assert wounded["place"]["id"] == RUTBA
    assert store.casualties(CasualtyFilter(kind="killed", actor=ISIS)).items == [killed]
    assert store.casualties(CasualtyFilter(place=RUTBA, since="2024-01-01", until="2024-01-31")).items == [
        wounded
    ]
    assert store.casualties(CasualtyFilter(actor=SPOKESMAN)).items == []


@pytest.mark.parametrize(
    ("query", "indexes"),
    [("غارات", {0, 1, 2}), ("الغارة", {0, 1, 2}), ("اعتقال المدنيين", {4}), ("طائرات التحالُف", {1}),
     ("؟", set()), ('") OR', set())],
)  # fmt: skip
def test_fulltext_finds_inflections(
    store: GraphStore, ontology: Ontology, query: str, indexes: set[int]
) -> None:
    load(store, ontology)
    rows = store.fulltext(query)
    assert {row["sentence"]["index"] for row in rows} == indexes
    assert all(row["document"]["id"] == "sample-1" for row in rows)


# ---------------------------------------------------------------------- researchers' queries


def test_read_gives_json_values_with_our_ids(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    [row] = store.read(
        "MATCH p = (a:Coalition)-[r:STRUCK]->(b) RETURN a, r, p, date('2024-01-02') AS day, [1, null] AS list"
    )
    assert row["a"]["id"] == COALITION
    assert (row["r"]["source"], row["r"]["target"], row["r"]["type"]) == (COALITION, ISIS, "STRUCK")
    assert [node["id"] for node in row["p"]["nodes"]] == [COALITION, ISIS]
    assert (row["day"], row["list"]) == ("2024-01-02", [1, None])
    [alone] = store.read("MATCH ()-[r:STRUCK]->() RETURN r")
    assert (alone["r"]["source"], alone["r"]["target"]) == (COALITION, ISIS)


def test_read_stops_at_its_row_limit(store: GraphStore) -> None:
    query = "UNWIND range(1, 100000) AS x RETURN x"
    assert [row["x"] for row in store.read(query, limit=3)] == [1, 2, 3]
    assert len(store.read(query)) == store.settings.query_row_limit
    assert len(list(store.stream(query, limit=7))) == 7


@pytest.mark.parametrize(
    "query", ["", "RETURN", "MATCH (n RETURN n", "RETURN $missing", "RETURN nothing.at.all()", "\0"]
)
def test_wrong_query_is_one_line(store: GraphStore, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.read(query)
    assert "\n" not in str(caught.value)
    assert str(caught.value)


def test_parameters_are_values_and_never_code(store: GraphStore, ontology: Ontology) -> None:
    load(store, ontology)
    hostile = "x'}) DETACH DELETE n //"
    assert store.read("MATCH (n:Entity {id: $id}) RETURN n", {"id": hostile}) == []
    assert store.entity(hostile) is None
    assert store.entities(hostile).items == []
    assert store.stats()["documents"] == 1
