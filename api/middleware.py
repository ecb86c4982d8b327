"""What holds for every request: its host, its size, its rate, and the headers of every answer.

Plain ASGI, so that streams stay streams.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.responses import problem
from api.security import KeyRing

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

BUCKETS_KEPT = 10_000


class SecurityHeaders:
    """Adds the headers; an answer that brings its own content security policy keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", DATA_POLICY)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class KnownHosts:
    """Refuses requests under another name, and changes that another site's page asks for.

    A page elsewhere can make its visitor's browser send requests to this machine (directly, or by
    pointing its own name here); it must not reach the graph that way.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        reason = None
        if "*" not in self.hosts and _name(host) not in self.hosts:
            reason = "this server does not answer under that name; add it to HADATH_ALLOWED_HOSTS"
        elif scope["method"] not in SAFE_METHODS and self._foreign(headers, host):
            reason = "changes are accepted from the server's own pages and from programs only"
        if reason is None:
            await self.app(scope, receive, send)
        else:
            await problem(HTTPStatus.FORBIDDEN, "host", reason)(scope, receive, send)

    @staticmethod
    def _foreign(headers: Headers, host: str) -> bool:
        origin = headers.get("origin")
        if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return True
        return origin is not None and urlsplit(origin).netloc.lower() != host.lower()


def _name(host: str) -> str:
    """The host without its port; an IPv6 address keeps its brackets."""
    name = host.lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.rsplit(":", 1)[0] if ":" in name else name


class BodyLimit:
    """Refuses a request that carries more than `limit` bytes, whatever its length header says."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        too_much = problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            f"a request may carry {self.limit} bytes at most",
        )
        if declared.isdigit() and int(declared) > self.limit:
            await too_much(scope, receive, send)
            return
        if scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > self.limit:
                await too_much(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        waiting: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self.app(scope, replay, send)


class RateLimit:
    """A bucket of `per_minute` requests for each key or address, which fills again over a minute."""

    def __init__(self, app: ASGIApp, per_minute: int, keys: KeyRing) -> None:
        self.app = app
        self.per_minute = per_minute
        self.keys = keys
        self.buckets: dict[str, tuple[float, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self.per_minute:
            await self.app(scope, receive, send)
            return
        wait = self._take(self._who(scope), time.monotonic())
        if wait == 0:
            await self.app(scope, receive, send)
            return
        answer = problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            "rate",
            f"more than {self.per_minute} requests a minute; ask again in {wait} s",
            headers={"Retry-After": str(wait)},
        )
        await answer(scope, receive, send)

    def _who(self, scope: Scope) -> str:
        """The name of a valid key, else the address: a made-up key gives no fresh bucket."""
        headers = Headers(scope=scope)
        key = headers.get("authorization", "").removeprefix("Bearer ") or headers.get("x-api-key")
        caller = self.keys.caller(key) if key else None
        client = scope.get("client")
        return f"key {caller.name}" if caller else f"address {client[0] if client else ''}"

    def _take(self, who: str, now: float) -> int:
        """Take one request out of the bucket; 0, or the seconds to wait."""
        left, since = self.buckets.pop(who, (float(self.per_minute), now))
        left = min(float(self.per_minute), left + (now - since) * self.per_minute / 60)
        served = left >= 1
        self.buckets[who] = (left - 1 if served else left, now)
        while len(self.buckets) > BUCKETS_KEPT:
            del self.buckets[next(iter(self.buckets))]
        return 0 if served else max(1, round((1 - left) * 60 / self.per_minute))
