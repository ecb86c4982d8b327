"""The embedded graph server: ArcadeDB with its own Java runtime, a subprocess on 127.0.0.1.

    with LocalServer(settings) as server:       # starts it, or joins the one that runs on the data folder
        server.bolt_uri, server.writer, server.reader

Several processes may share one server. Each holds a lease while it uses it; the last to close stops it,
unless it was started to stay (`python -m graph.local_server start`). Leases are file locks, so a killed
process leaves none behind. A pid file that names no live server of this folder counts as absent.

Researchers' queries run as the user `reader`, whose group may only read: the server does not enforce
Bolt's read mode. An exhausted heap ends the server (its slots would stay taken); it starts again on use.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO

from graph.http_admin import HttpAdmin
from graph.server_process import (
    DATABASE,
    accepts,
    command_line,
    free_port,
    is_free,
    java_command,
    tail,
    user_groups,
    write_private,
)
from graph.settings import Settings
from schema.errors import HadathError, StoreError

#: Seconds that a start may take on a slow machine; about 4 are usual.
START_TIMEOUT_S = 120.0
STOP_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user of the server."""

    user: str
    password: str


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """`pid` and the ports are None when no server runs."""

    running: bool
    pid: int | None
    bolt_port: int | None
    http_port: int | None
    folder: Path


class LocalServer:
    """The server of one data folder. Use as a context manager, or `start` and `close`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.data_dir.expanduser().resolve()
        self._lease: IO[str] | None = None

    def __enter__(self) -> LocalServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------ what a client needs

    @property
    def bolt_uri(self) -> str:
        """Where the Neo4j driver connects."""
        return f"bolt://127.0.0.1:{self._ports()[0]}"

    @property
    def writer(self) -> Credentials:
        return Credentials("writer", self._passwords["writer"])

    @property
    def reader(self) -> Credentials:
        return Credentials("reader", self._passwords["reader"])

    def admin(self) -> HttpAdmin:
        """The server's HTTP commands, as the writer: what Bolt cannot say (full-text indexes)."""
        return HttpAdmin(self._ports()[1], self.writer.user, self.writer.password)

    # ------------------------------------------------------------------ start, stop, status

    def start(self, keep: bool = False) -> ServerStatus:
        """Start the server, or join the one that runs; it answers when this returns.

        `keep`: it stays when its users close. Raises `StoreError` when it does not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked():
            if self._lease is None:
                self._lease = self._take_lease()
            try:
                pid = self._pid()
                if pid is None or not self._wait_ready(pid):
                    self._kill(pid)
                    self._launch()
                self._create_users()
            except BaseException:
                self._drop_lease()
                raise
            if keep:
                (self.folder / "keep").touch()
        return self.status()

    def close(self) -> None:
        """Give up the lease; the last user stops the server, unless it was started to stay."""
        if self._lease is None:
            return
        with self._locked():
            self._drop_lease()
            if self._in_use() or (self.folder / "keep").exists():
                return
            self._terminate()

    def stop(self) -> bool:
        """Stop the server whoever uses it; False when none ran."""
        if not self.folder.is_dir():
            return False
        with self._locked():
            self._drop_lease()
            (self.folder / "keep").unlink(missing_ok=True)
            return self._terminate()

    def restart(self) -> None:
        """Kill the server and start it again on the same ports: for a query that cannot be stopped."""
        with self._locked():
            self._kill(self._pid())
            self._launch()

    @property
    def running(self) -> bool:
        """Whether its process lives; quick, for a look before each transaction."""
        return self._pid() is not None

    def status(self) -> ServerStatus:
        """Whether a server of this folder runs, and where; starts nothing."""
        pid = self._pid()
        if pid is None:
            return ServerStatus(False, None, None, None, self.folder)
        bolt, http = self._ports()
        return ServerStatus(True, pid, bolt, http, self.folder)

    # ------------------------------------------------------------------ the process

    def _launch(self) -> None:
        self._prepare()
        previous = self._ports() if (self.folder / "server.json").exists() else (0, 0)
        bolt = self.settings.bolt_port or free_port(previous[0])
        http = free_port(previous[1], not_this=bolt)
        if self.settings.bolt_port and not is_free(bolt):
            raise StoreError(
                f"port {bolt} is taken: set HADATH_BOLT_PORT to another one, or to 0 for any free one"
            )
        write_private(self.folder / "server.json", json.dumps({"bolt_port": bolt, "http_port": http}))
        with (self.folder / "server.log").open("wb") as log:
            # The shell notes the server's pid and ends, so no server is ever without one and none is a
            # child of this process, which may end before it.
            subprocess.run(
                [
                    "/bin/sh",
                    "-c",
                    'umask 077; "$@" & echo $! > "$0"',
                    self._pid_file,
                    *java_command(self.settings, self.folder, bolt, http),
                ],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                check=True,
            )
        pid = self._pid()
        if pid is None or not self._wait_ready(pid):
            self._kill(pid)
            log_file = self.folder / "server.log"
            raise StoreError(f"the embedded graph server did not start: {tail(log_file)} (log: {log_file})")

    def _prepare(self) -> None:
        """The folders, the groups and, once, the passwords."""
        (self.folder / "config").mkdir(exist_ok=True, mode=0o700)
        if not (self.folder / "passwords.json").exists():
            words = {user: secrets.token_urlsafe(24) for user in ("root", "writer", "reader")}
            write_private(self.folder / "passwords.json", json.dumps(words))
            # Users of lost passwords are of no use; all are made again.
            (self.folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
        self.__dict__.pop("_passwords", None)
        write_private(self.folder / "root-password", self._passwords["root"])
        groups = user_groups(self.settings)
        write_private(self.folder / "config" / "server-groups.json", json.dumps(groups, indent=1))

    def _create_users(self) -> None:
        root = HttpAdmin(self._ports()[1], "root", self._passwords["root"])
        known = (self.folder / "config" / "server-users.jsonl").read_text(encoding="utf-8")
        names = {json.loads(line)["name"] for line in known.splitlines() if line.strip()}
        for user in ("writer", "reader"):
            if user not in names:
                row = {"name": user, "password": self._passwords[user], "databases": {DATABASE: [user]}}
                root.server_command(f"create user {json.dumps(row)}")

    def _wait_ready(self, pid: int) -> bool:
        """Wait until the server answers to our password; False when it dies or takes too long."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self._is_server(pid):
            if self._answers():
                return True
            time.sleep(0.05)
        return False

    def _answers(self) -> bool:
        bolt, http = self._ports()
        if not accepts(bolt):
            return False
        try:
            root = HttpAdmin(http, "root", self._passwords["root"], timeout_s=5.0)
            return DATABASE in root.server_command("list databases")
        except HadathError:
            return False

    def _terminate(self) -> bool:
        pid = self._pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while time.monotonic() < deadline and self._is_server(pid):
            time.sleep(0.05)
        self._kill(pid)
        return True

    def _kill(self, pid: int | None) -> None:
        if pid is not None and self._is_server(pid):
            os.kill(pid, signal.SIGKILL)
            while self._is_server(pid):
                time.sleep(0.02)
        Path(self._pid_file).unlink(missing_ok=True)

    def _is_server(self, pid: int) -> bool:
        """Whether that process is the server of this folder (a pid may be another program's by now)."""
        return f"rootPath={self.folder} " in f"{command_line(pid)} "

    # ------------------------------------------------------------------ files

    @property
    def _pid_file(self) -> str:
        return str(self.folder / "server.pid")

    def _pid(self) -> int | None:
        try:
            pid = int(Path(self._pid_file).read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None
        return pid if self._is_server(pid) else None

    def _ports(self) -> tuple[int, int]:
        try:
            state = json.loads((self.folder / "server.json").read_text(encoding="ascii"))
            return int(state["bolt_port"]), int(state["http_port"])
        except (FileNotFoundError, ValueError, KeyError) as error:
            raise StoreError(f"no graph server has been started in {self.folder}") from error

    @cached_property
    def _passwords(self) -> dict[str, str]:
        words: dict[str, str] = json.loads((self.folder / "passwords.json").read_text(encoding="utf-8"))
        return words

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time starts or stops the server of a folder."""
        with (self.folder / "server.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _take_lease(self) -> IO[str]:
        lease = (self.folder / "users.lock").open("w")
        fcntl.flock(lease, fcntl.LOCK_SH)
        return lease

    def _drop_lease(self) -> None:
        if self._lease is not None:
            self._lease.close()
            self._lease = None

    def _in_use(self) -> bool:
        with (self.folder / "users.lock").open("w") as lease:
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False


def main(arguments: list[str] | None = None) -> int:
    """`python -m graph.local_server start | stop | status`."""
    parser = argparse.ArgumentParser(prog="python -m graph.local_server", description=main.__doc__)
    parser.add_argument("action", choices=["start", "stop", "status"])
    action = parser.parse_args(arguments).action
    server = LocalServer(Settings())
    try:
        if action == "start":
            server.start(keep=True)
            server.close()
        elif action == "stop":
            server.stop()
        status = server.status()
    except HadathError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    where = f"bolt://127.0.0.1:{status.bolt_port} (pid {status.pid})" if status.running else "not running"
    print(f"{where}, data in {status.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
