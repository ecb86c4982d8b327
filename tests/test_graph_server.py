"""The embedded server's life: start, join, stop, stale pid, crash, races, kills, passwords."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph.batch import build_batch
from graph.local_server import LocalServer, main
from graph.settings import Settings
from graph.store import GraphStore, open_store
from schema.errors import QueryError, StoreError
from schema.ontology import Ontology
from tests.factory import make_extraction

pytestmark = pytest.mark.server


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Settings of a server of the test's own, stopped at the end whatever happened."""
    settings = Settings(neo4j_uri=None, data_dir=tmp_path / "data with space", heap="512m", query_timeout_s=2)
    yield settings
    LocalServer(settings).stop()


def answers(server: LocalServer) -> bool:
    with neo4j.GraphDatabase.driver(
        server.bolt_uri, auth=(server.reader.user, server.reader.password)
    ) as driver:
        return bool(driver.execute_query("RETURN 1 AS one", database_="hadath").records[0]["one"] == 1)


def test_start_join_and_stop_with_the_last_user(settings: Settings) -> None:
    first, second = LocalServer(settings), LocalServer(settings)
    assert not first.status().running
    started = first.start()
    assert answers(first)
    assert second.start().pid == started.pid
    first.close()
    assert second.status().pid == started.pid
    assert answers(second)
    second.close()
    assert not second.status().running
    second.close()


def test_passwords_are_private_and_random(settings: Settings, tmp_path: Path) -> None:
    with LocalServer(settings) as server:
        for name in ("passwords.json", "root-password", "server.json", "config/server-groups.json"):
            mode = stat.S_IMODE((server.folder / name).stat().st_mode)
            assert mode == 0o600, name
        assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
        words = json.loads((server.folder / "passwords.json").read_text())
        assert len(set(words.values())) == 3
        assert min(map(len, words.values())) >= 32
        command = Path(f"/proc/{server.status().pid}/cmdline")
        if command.exists():
            assert not any(word.encode() in command.read_bytes() for word in words.values())


def test_it_listens_on_loopback_only(settings: Settings) -> None:
    with LocalServer(settings) as server:
        status = server.status()
        addresses = {row[4][0] for row in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for address in addresses - {"127.0.0.1", "127.0.1.1"}:
            for port in (status.bolt_port, status.http_port):
                with pytest.raises((ConnectionRefusedError, TimeoutError)):
                    socket.create_connection((address, port), timeout=1).close()
        assert server.bolt_uri.startswith("bolt://127.0.0.1:")


def test_stale_pid_file_counts_as_none(settings: Settings) -> None:
    with LocalServer(settings):
        pass
    folder = LocalServer(settings).folder
    # The pid of a live process that is no server of this folder: this one.
    (folder / "server.pid").write_text(str(os.getpid()))
    assert not LocalServer(settings).status().running
    with LocalServer(settings) as server:
        assert answers(server)
        assert server.status().pid != os.getpid()
    (folder / "server.pid").write_text("rubbish")
    assert not LocalServer(settings).status().running


def test_crashed_server_comes_back_with_its_data(settings: Settings, ontology: Ontology) -> None:
    with open_store(settings, ontology) as store:
        store.write(build_batch(make_extraction(), ontology))
        before = store.stats()
        pid = LocalServer(settings).status().pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert store.stats() == before
        assert LocalServer(settings).status().pid != pid
        os.kill(LocalServer(settings).status().pid or 0, signal.SIGKILL)
        assert store.write(build_batch(make_extraction("b"), ontology)).outcome == "created"


def test_lost_passwords_are_made_again(settings: Settings, ontology: Ontology) -> None:
    with open_store(settings, ontology) as store:
        store.write(build_batch(make_extraction(), ontology))
    (LocalServer(settings).folder / "passwords.json").unlink()
    with open_store(settings, ontology) as store:
        assert store.stats()["documents"] == 1


def test_two_processes_starting_at_once_share_one_server(settings: Settings) -> None:
    program = (
        "import sys, time; from pathlib import Path; from graph.local_server import LocalServer;"
        "from graph.settings import Settings;"
        "s = LocalServer(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1]), heap='512m'));"
        "print(s.start().pid, flush=True); sys.stdin.readline(); s.close()"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(settings.data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    pids = {process.stdout.readline().strip() for process in processes if process.stdout}
    assert len(pids) == 1
    assert pids != {""}
    for process in processes:
        process.communicate("\n", timeout=60)
        assert process.returncode == 0
    assert not LocalServer(settings).status().running


def test_launcher_killed_while_starting_leaves_a_usable_server(settings: Settings) -> None:
    program = (
        "import sys; from pathlib import Path; from graph.local_server import LocalServer;"
        "from graph.settings import Settings;"
        "LocalServer(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1]), heap='512m')).start()"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(settings.data_dir)])
    server = LocalServer(settings)
    deadline = time.monotonic() + 60
    while not server.status().running and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    pid = server.status().pid
    with server:
        assert server.status().pid == pid
        assert answers(server)


def test_killed_user_leaves_no_lease_behind(settings: Settings) -> None:
    program = (
        "import sys, time; from pathlib import Path; from graph.local_server import LocalServer;"
        "from graph.settings import Settings;"
        "LocalServer(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1]), heap='512m')).start();"
        "print('up', flush=True); time.sleep(600)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(settings.data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    process.kill()
    process.communicate()
    with LocalServer(settings) as server:
        assert answers(server)
    assert not LocalServer(settings).status().running


def test_taken_port_is_told(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=f"port {port} is taken: set HADATH_BOLT_PORT"):
            LocalServer(settings.model_copy(update={"bolt_port": port})).start()


def test_server_that_cannot_start_says_why(settings: Settings) -> None:
    with pytest.raises(StoreError, match=r"did not start.*heap.*log:"):
        LocalServer(settings.model_copy(update={"heap": "1k"})).start()


def test_command_starts_a_server_that_stays(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HADATH_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("HADATH_HEAP", "512m")
    assert main(["status"]) == 0
    assert "not running" in capsys.readouterr().out
    assert main(["start"]) == 0
    with LocalServer(settings) as server:
        assert answers(server)
    assert LocalServer(settings).status().running
    assert main(["stop"]) == 0
    assert not LocalServer(settings).status().running


def test_query_that_fills_the_heap_ends_and_the_next_one_answers(
    settings: Settings, ontology: Ontology
) -> None:
    with open_store(settings, ontology) as store:
        store.write(build_batch(make_extraction(), ontology))
        with pytest.raises(QueryError):
            store.read("RETURN reduce(s = 'abcdefgh', i IN range(1, 40) | s + s) AS s")
        assert store.read("MATCH (d:Document) RETURN d.id AS id") == [{"id": "sample-1"}]


def test_query_that_ignores_its_limit_is_stopped(settings: Settings, ontology: Ontology) -> None:
    inner = "reduce(y = 0, j IN range(1, 100000) | y + j % 7)"
    busy = f"RETURN reduce(x = 0, i IN range(1, 60000) | x + {inner}) AS x"
    with open_store(settings, ontology) as store:
        began = time.monotonic()
        with pytest.raises(QueryError, match=r"longer than 2 s|took too long"):
            store.read(busy)
        assert time.monotonic() - began < 30
        assert store.read("RETURN 1 AS one") == [{"one": 1}]


LOADER = """
import sys
from pathlib import Path
from graph.batch import build_batch
from graph.settings import Settings
from graph.store import open_store
from schema.ontology import load_ontology
from tests.factory import make_extraction

with open_store(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1]), heap="512m")) as store:
    for number in range(1000):
        store.write(build_batch(make_extraction(f"n{sys.argv[2]}-{number}"), load_ontology()))
        print(number, flush=True)
"""


def whole(store: GraphStore, ontology: Ontology) -> int:
    """How many articles there are; fails when any is there in part or any node is of no article."""
    documents: list[str] = []
    while True:  # a commit that a killed loader had sent may still arrive between the two questions
        before, documents = documents, [row["id"] for row in store.articles(limit=1000).items]
        stats = store.stats()
        if before == documents and stats == store.stats():
            break
    batch = build_batch(make_extraction(), ontology)
    for label in ("Sentence", "Mention", "Claim", "Casualty", "Statement", "Event"):
        rows = sum(node.label == label for node in batch.nodes)
        assert stats["nodes"].get(label, 0) == rows * len(documents), label
    for edge_type in {edge.type for edge in batch.edges}:
        rows = sum(edge.type == edge_type for edge in batch.edges)
        assert stats["edges"].get(edge_type, 0) == rows * len(documents), edge_type
    return len(documents)


@pytest.mark.parametrize("victim", ["loader", "server"])
def test_kill_in_the_middle_of_a_batch_leaves_no_half_article(
    settings: Settings, ontology: Ontology, victim: str
) -> None:
    server = LocalServer(settings)
    before = 0
    with open_store(settings, ontology) as store:
        for delay in (0.0, 0.07, 0.19):
            loader = subprocess.Popen(
                [sys.executable, "-c", LOADER, str(settings.data_dir), str(delay)],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=Path(__file__).parents[1],
            )
            assert loader.stdout is not None
            assert [loader.stdout.readline() for _ in range(2)] == ["0\n", "1\n"]
            # Somewhere in the third article or one after it.
            time.sleep(delay)
            pid = server.status().pid
            assert pid is not None
            if victim == "server":
                os.kill(pid, signal.SIGKILL)
            loader.kill()
            loader.communicate()
            written = whole(store, ontology)
            assert written >= before + 2
            before = written


def test_store_is_safe_to_share_between_threads(settings: Settings, ontology: Ontology) -> None:
    with open_store(settings, ontology) as store:
        store.write(build_batch(make_extraction(), ontology))
        results: list[int] = []
        threads = [
            threading.Thread(target=lambda: results.append(len(store.read("MATCH (n:Mention) RETURN n"))))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(results)) == 1
        assert len(results) == 8
