"""Fetching an article's page from the web: only when switched on, only from public addresses.

The name is looked up once and the connection goes to the address that was checked, so a name that
changes its address in between (DNS rebinding) gains nothing. Every redirect is checked the same way.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import SplitResult, urljoin, urlsplit

from api.responses import ApiError
from api.security import blocked_addresses

REDIRECTS = 3
SECONDS = 15.0
PORTS = {"http": 80, "https": 443}

Lookup = Callable[[str, int], list[str]]


def fetch_page(url: str, limit: int, lookup: Lookup | None = None) -> bytes:
    """The bytes of the page; `ApiError` 422 or 502 says why not. `limit` is in bytes."""
    for _ in range(REDIRECTS + 1):
        parts = _checked(url)
        address = _public_address(parts, lookup or _addresses)
        try:
            status, location, body = _get(parts, address, limit)
        except (OSError, http.client.HTTPException) as error:
            raise _failed(HTTPStatus.BAD_GATEWAY, f"{parts.hostname} did not answer: {error}") from error
        if status in (301, 302, 303, 307, 308) and location:
            url = urljoin(url, location)
        elif status == 200:
            return body
        else:
            raise _failed(HTTPStatus.BAD_GATEWAY, f"{parts.hostname} answered {status}")
    raise _failed(HTTPStatus.BAD_GATEWAY, f"more than {REDIRECTS} redirects")


def _failed(status: HTTPStatus, reason: str) -> ApiError:
    return ApiError(status, "fetch", f"the URL cannot be fetched: {reason}; send the text instead")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _failed(HTTPStatus.UNPROCESSABLE_ENTITY, "it is no URL") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise _failed(HTTPStatus.UNPROCESSABLE_ENTITY, "it must begin with http:// or https://")
    if port not in (None, PORTS[parts.scheme]) or parts.username is not None:
        raise _failed(
            HTTPStatus.UNPROCESSABLE_ENTITY, "it may hold neither a port of its own nor a user name"
        )
    return parts


def _addresses(host: str, port: int) -> list[str]:
    return sorted({str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})


def _public_address(parts: SplitResult, lookup: Lookup) -> str:
    host = str(parts.hostname)
    try:
        found = lookup(host, PORTS[parts.scheme])
    except (OSError, UnicodeError) as error:
        raise _failed(HTTPStatus.BAD_GATEWAY, f"{host} has no address") from error
    if not found or blocked_addresses(found):
        raise _failed(HTTPStatus.UNPROCESSABLE_ENTITY, f"{host} is not on the public internet")
    return found[0]


def _get(parts: SplitResult, address: str, limit: int) -> tuple[int, str | None, bytes]:
    host = str(parts.hostname)
    raw = socket.create_connection((address, PORTS[parts.scheme]), timeout=SECONDS)
    connection = http.client.HTTPConnection(host, timeout=SECONDS)
    try:
        secure = ssl.create_default_context()
        connection.sock = secure.wrap_socket(raw, server_hostname=host) if parts.scheme == "https" else raw
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"User-Agent": "Hadath", "Accept": "text/html, text/plain"})
        answer = connection.getresponse()
        body = answer.read(limit + 1)
        if len(body) > limit:
            raise _failed(HTTPStatus.UNPROCESSABLE_ENTITY, f"the page holds more than {limit} bytes")
        return answer.status, answer.getheader("Location"), body
    finally:
        connection.close()
        raw.close()
