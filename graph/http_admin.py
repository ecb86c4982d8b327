"""Commands to the embedded server over its HTTP port: users, and DDL that Bolt has no words for."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from schema.errors import StoreError


@dataclass(frozen=True, slots=True)
class HttpAdmin:
    """A user's way to the HTTP port of the server on 127.0.0.1; raises `StoreError` for any failure."""

    port: int
    user: str
    password: str = field(repr=False)
    timeout_s: float = 60.0

    def server_command(self, command: str) -> Any:
        """Run a server command (`list databases`, `create user {...}`) and give its result."""
        return self._post("server", {"command": command})

    def sql(self, database: str, command: str) -> Any:
        """Run one SQL statement on a database and give its rows."""
        return self._post(f"command/{database}", {"language": "sql", "command": command})

    def _post(self, path: str, body: dict[str, str]) -> Any:
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Basic {token}", "Content-Type": "application/json"},
        )
        # A proxy of the environment must not see the loopback's passwords.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=self.timeout_s) as answer:
                return json.load(answer)["result"]
        except urllib.error.HTTPError as error:
            detail = error.read().decode(errors="replace")[:300]
            raise StoreError(f"the graph server refused {path}: {error.code} {detail}") from error
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"the graph server does not answer on port {self.port}: {error}") from error
