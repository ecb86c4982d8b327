"""Measure the API on a large made-up graph: latency of each endpoint with one client and with many.

python -m scripts.measure_api --folder large-graph # 100,000 entities, 300,000 edges; kept for the next run
"""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import typer
import uvicorn
from rich.console import Console
from rich.progress import track
from rich.table import Table

from api.app import create_app
from api.settings import ApiSettings
from graph import write_queries
from graph.settings import Settings
from graph.store import GraphStore, open_store
from schema.identity import content_id
from schema.ontology import Ontology, load_ontology
from schema.text import fold
from scripts.cli import Verbose, run

CHUNK = 2000
DOCUMENTS = 2000
PLACES = 500
SYLLABLES = ("با", "رم", "سل", "نو", "كر", "دي", "حم", "لو", "فا", "زي", "عم", "طا", "قص", "جب", "شا", "هد")

Row = dict[str, Any]


def measure_api(
    folder: Annotated[Path, typer.Option(help="Where the made-up graph is kept.")] = Path("out/large-graph"),
    entities: Annotated[int, typer.Option(min=1000, help="Entities of the graph.")] = 100_000,
    edges: Annotated[int, typer.Option(min=1000, help="Edges of the graph.")] = 300_000,
    clients: Annotated[int, typer.Option(min=2, help="Clients at a time in the second round.")] = 16,
    requests: Annotated[int, typer.Option(min=10, help="Requests to each endpoint a round.")] = 60,
    verbose: Verbose = False,
) -> None:
    """Make a large graph if it is not there, serve it, and print p50 and p95 of each endpoint."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings().model_copy(update={"data_dir": folder, "neo4j_uri": None})
    with open_store(settings) as store:
        if store.stats()["nodes"].get("Entity", 0) < entities:
            store.clear()
            make_graph(store, entities, edges)
        table = Table("endpoint", "1 client, p50 / p95 ms", f"{clients} clients, p50 / p95 ms")
        with served(store, settings) as origin:
            for name, paths in endpoints(entities).items():
                one = timed(origin, paths, requests, 1)
                many = timed(origin, paths, requests, clients)
                table.add_row(name, _figures(one), _figures(many))
        Console().print(table)


def make_graph(store: GraphStore, entities: int, edges: int) -> None:
    """Fill an empty store: a few entities have most of the edges, as in the news."""
    ontology = load_ontology()
    dice = random.Random(7)
    agents = list(ontology.agent_types)
    _write_nodes(store, "Document", "documents", (_document(i) for i in range(DOCUMENTS)), ("date",))
    for kind in (*agents, "City"):
        rows = (
            _entity(i, kind, dice)
            for i in range(entities)
            if kind == ("City" if i < PLACES else agents[i % len(agents)])
        )
        side = "Place" if kind == "City" else "Agent"
        _write_nodes(store, f"Entity:{side}:{kind}", f"entities: {kind}", rows)
    per_predicate: dict[str, list[Row]] = {}
    event_rows: dict[str, Row] = {}
    taken: list[Row] = []
    for number in range(edges):
        edge, event, part = _edge(number, entities, dice, ontology)
        per_predicate.setdefault(edge["type"], []).append(edge)
        event_rows[event["id"]] = event
        taken += part
    _write_nodes(store, "Event", "events", iter(event_rows.values()), ("reported",))
    for predicate, relations in per_predicate.items():
        _write_edges(store, predicate, "Entity", "Entity", relations, ("first_seen", "last_seen"))
    _write_edges(store, "PARTICIPATED_IN", "Entity", "Event", [r for r in taken if r["kind"] == "part"])
    _write_edges(store, "TOOK_PLACE_IN", "Event", "Entity", [r for r in taken if r["kind"] == "place"])


def _day(number: int) -> str:
    return f"20{10 + number % 15:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"


def _document(number: int) -> Row:
    properties = {"title": f"خبر {number}", "source": f"صحيفة {number % 40}", "published": _day(number)}
    return {"id": f"doc-{number}", "properties": properties, "dates": {"date": _day(number)}}


def _name(dice: random.Random) -> str:
    return " ".join("".join(dice.choices(SYLLABLES, k=dice.randint(2, 3))) for _ in range(2))


def _entity(number: int, kind: str, dice: random.Random) -> Row:
    name = _name(dice)
    properties: Row = {
        "kind": "place" if kind == "City" else "agent",
        "type": kind,
        "label_ar": name,
        "label_en": f"Entity {number}",
        "names": [name],
        "search_key": f"{fold(name)}\nentity {number}",
        "article_count": max(1, 4000 // (number + 1)),
    }
    if kind == "City":
        properties |= {"lat": 29 + dice.random() * 8, "lon": 38 + dice.random() * 10, "precision_km": 5.0}
    return {"id": f"e{number}", "properties": properties}


def _edge(number: int, entities: int, dice: random.Random, ontology: Ontology) -> tuple[Row, Row, list[Row]]:
    kinds = [kind for kind in ontology.event_types.values() if kind.shortcut and "place" not in kind.name]
    kind = kinds[number % len(kinds)]
    # the square makes low numbers frequent
    source, target = (PLACES + int(dice.random() ** 3 * (entities - PLACES)) for _ in range(2))
    event, document, place = f"ev{number}", f"doc-{number % DOCUMENTS}", f"e{number % PLACES}"
    status = list(ontology.statuses)[number % len(ontology.statuses)]
    properties = {
        "id": content_id("edge", number),
        "subject": f"e{source}",
        "object": f"e{target}",
        "event_id": event,
        "status": status,
        "article_count": 1,
        "documents": [document],
        "document": document,
        "place": place,
        "evidence": "جملة من مقال لا وجود له، تدل على هذه العلاقة بين الطرفين.",
        "start": 0,
        "end": 40,
    }
    dates = {"first_seen": _day(number), "last_seen": _day(number)}
    edge = {
        "type": kind.shortcut,
        "source": f"e{source}",
        "target": f"e{target}",
        "properties": properties,
        "dates": dates,
    }
    about = {
        "type": kind.name,
        "status": status,
        "documents": [document],
        "trigger": "فعل",
        "start": 0,
        "end": 3,
    }
    about |= {"plover": kind.plover, "cameo": kind.cameo}
    told = {
        "id": event,
        "properties": {k: v for k, v in about.items() if v},
        "dates": {"reported": _day(number)},
    }
    part = [
        {"kind": "part", "source": f"e{source}", "target": event, "properties": {"role": "actor"}},
        {"kind": "part", "source": f"e{target}", "target": event, "properties": {"role": "recipient"}},
        {"kind": "place", "source": event, "target": place, "properties": {}},
    ]
    return edge, told, part


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write_nodes(
    store: GraphStore, labels: str, what: str, rows: Iterator[Row], dates: Sequence[str] = ()
) -> None:
    query = write_queries.create_nodes(labels.split(":"), dates)
    for chunk in track(list(_chunks(rows)), description=what, transient=True):
        store.bulk(query, chunk)


def _write_edges(
    store: GraphStore, kind: str, source: str, target: str, rows: Sequence[Row], dates: Sequence[str] = ()
) -> None:
    query = write_queries.create_edges(kind, source, target, dates)
    for chunk in track(list(_chunks(iter(rows))), description=f"edges: {kind}", transient=True):
        store.bulk(query, chunk)


def endpoints(entities: int) -> dict[str, list[str]]:
    """Requests to each endpoint, of different actors so that nothing is answered from memory alone."""
    dice = random.Random(1)
    ids = [f"e{PLACES + int(dice.random() ** 3 * (entities - PLACES))}" for _ in range(200)]
    words = [quote(_name(dice).split()[0][:3]) for _ in range(200)]
    query = quote("entity")
    return {
        "/health": ["/health"],
        "/entities": ["/entities?limit=20"],
        "/entities?search": [f"/entities?search={word}&limit=12" for word in words]
        + [f"/entities?search={query}"],
        "/entities/{id}": [f"/entities/{i}" for i in ids],
        "/entities/{id}/timeline": [f"/entities/{i}/timeline?limit=50" for i in ids],
        "/events (type, dates)": [
            f"/events?type=Airstrike&since=20{10 + i % 15}-01-01&limit=20" for i in range(15)
        ],
        "/events (actor)": [f"/events?actor={i}&limit=20" for i in ids],
        "/events/points": [f"/events/points?ids={i}" for i in ids],
        "/graph (one actor)": [f"/graph?ids={i}&limit=90" for i in ids],
        "/graph/evidence": [f"/graph/evidence?edge={content_id('edge', n)}" for n in range(200)],
        "/graph/paths": [f"/graph/paths?source={a}&target={b}" for a, b in itertools.pairwise(ids) if a != b],
        "/": ["/"],
    }


class served:
    """The application over the store, on a free port of this machine."""

    def __init__(self, store: GraphStore, settings: Settings) -> None:
        app = create_app(settings, api_settings=ApiSettings(rate_limit=0), store=store)
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.05)
        return f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)


def timed(origin: str, paths: Sequence[str], count: int, clients: int) -> list[float]:
    """Milliseconds of each of `count` requests, sent by `clients` at a time, sorted."""

    def ask(number: int) -> float:
        began = time.perf_counter()
        with urlopen(Request(origin + paths[number % len(paths)]), timeout=120) as answer:
            answer.read()
        return (time.perf_counter() - began) * 1000

    ask(0)
    with ThreadPoolExecutor(max_workers=clients) as pool:
        return sorted(pool.map(ask, range(1, count + 1)))


def _figures(times: Sequence[float]) -> str:
    return f"{times[len(times) // 2]:,.0f} / {times[int(len(times) * 0.95)]:,.0f}"


if __name__ == "__main__":
    run(measure_api)
