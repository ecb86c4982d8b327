"""The embedded server as a process: its command, its groups of users, and the ports and files it needs."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from importlib import util
from pathlib import Path
from typing import Any

from graph.settings import Settings
from schema.errors import StoreError

DATABASE = "hadath"
#: Seconds in which a killed server's ports come free.
PORT_WAIT_S = 5.0
#: Seconds in which a process that changes its program, or ends, has done so, however busy the machine is.
CHANGING_S = 15.0
#: States of a process that has ended and is not collected yet.
_DEAD = frozenset({b"Z", b"X"})

_RECORDS = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]


def _group(access: list[str], records: list[str], timeout_ms: int = -1) -> dict[str, Any]:
    return {
        "resultSetLimit": -1,
        "readTimeout": timeout_ms,
        "access": access,
        "types": {"*": {"access": records}},
    }


def user_groups(settings: Settings) -> dict[str, Any]:
    """Who may do what: the writer anything with records and schema, the reader read records and no more."""
    admin = _group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], _RECORDS)
    timeout = int(settings.query_timeout_s * 1000)
    return {
        "databases": {
            "*": {"groups": {"admin": admin, "*": _group([], [])}},
            DATABASE: {
                "groups": {
                    "writer": _group(["updateSchema"], _RECORDS),
                    "reader": _group([], ["readRecord"], timeout),
                }
            },
        },
        "version": 2,
    }


def java_command(settings: Settings, folder: Path, bolt: int, http: int) -> list[str]:
    """The command that runs the server of a folder; no password is in it."""
    package = package_folder()
    options = {
        "server.rootPath": folder,
        "server.databaseDirectory": folder / "databases",
        "server.rootPasswordPath": folder / "root-password",
        "server.defaultDatabases": f"{DATABASE}[]",
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": http,
        # Development mode tells a researcher what is wrong with a query; the doors it would open
        # are shut one by one below.
        "server.mode": "development",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "bolt.port": bolt,
        "bolt.defaultDatabase": DATABASE,
        "txWalFlush": 1,
        "command.timeout": int(settings.query_timeout_s * 1000),
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "server.restoreImportAllowLocalUrls": "false",
        "polyglotEngineEnabled": "false",
        "studio.enabled": "false",
    }
    return [
        str(package / "jre" / "bin" / "java"),
        f"-Xmx{settings.heap}",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+UseCompactObjectHeaders",
        "-Dfile.encoding=UTF8",
        "-Djava.awt.headless=true",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        *(f"-Darcadedb.{name}={value}" for name, value in options.items()),
        "-cp",
        str(package / "jars" / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def package_folder() -> Path:
    spec = util.find_spec("arcadedb_embedded")
    if spec is None or spec.origin is None:
        raise StoreError(
            "the package arcadedb-embedded is not installed: `pip install arcadedb-embedded`, "
            "or set HADATH_NEO4J_URI to a Neo4j server"
        )
    return Path(spec.origin).parent


def command_line(pid: int) -> str:
    """The command line of a process; empty where there is none.

    A process shows none for a moment while it becomes another program and while it ends. Who looks in that
    moment would take a server that starts, or still holds its files, for gone; so it is waited out.
    """
    proc = Path("/proc")
    if not (proc / "self").exists():
        command = ["ps", "-p", str(pid), "-o", "command="]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    deadline = time.monotonic() + CHANGING_S
    try:
        while True:
            line = (proc / str(pid) / "cmdline").read_bytes()
            state = (proc / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()[0]
            if line or state in _DEAD or time.monotonic() > deadline:
                return line.decode(errors="replace").replace("\0", " ")
            time.sleep(0.01)
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(wanted: int, not_this: int = 0) -> int:
    """`wanted` when it can still be had, so that open drivers find a restarted server again.

    A killed server's ports come free a little after the process has gone.
    """
    deadline = time.monotonic() + PORT_WAIT_S
    while wanted and wanted != not_this and time.monotonic() < deadline:
        if is_free(wanted):
            return wanted
        time.sleep(0.05)
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port != not_this:
            return port


def accepts(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0):
            return True
    except OSError:
        return False


def write_private(path: Path, text: str) -> None:
    """Write the file at once or not at all, readable by its owner only."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def tail(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    told = [line for line in lines if line and not line.startswith("at ")]
    return told[-1][:300] if told else "it said nothing"
