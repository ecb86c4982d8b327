"""Who may do what: API keys with roles, and the rule that no key means this machine only.

A key is 256 random bits, so one round of SHA-256 is enough to keep it: nobody can guess what it was made
of. Settings hold `name:role:hash`; the key itself is shown once, when it is made.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from api.responses import ApiError
from api.settings import ApiSettings
from schema.errors import InputError

KEY_PREFIX = "hdt_"


class Role(IntEnum):
    """What a key may do; each role may do all that the ones before it may."""

    reader = 1
    """Ask for entities, events, pictures and exports."""
    analyst = 2
    """Also add articles and write Cypher queries."""
    admin = 3
    """Also delete articles."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name of the key (`local` without keys) and its role."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class ApiKey:
    name: str
    role: Role
    digest: str


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of the settings."""

    keys: tuple[ApiKey, ...]

    @classmethod
    def read(cls, text: str) -> KeyRing:
        """From `name:role:hash,name:role:hash`; `InputError` names the entry that is wrong."""
        keys = []
        for entry in filter(None, (part.strip() for part in text.split(","))):
            parts = entry.split(":")
            if len(parts) != 3 or not parts[0]:
                raise InputError(f"HADATH_API_KEYS: {parts[0]!r} is not name:role:hash")
            name, role, digest = parts
            if role not in Role.__members__:
                raise InputError(
                    f"HADATH_API_KEYS: {name}: no role {role!r}; use {', '.join(Role.__members__)}"
                )
            if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
                raise InputError(
                    f"HADATH_API_KEYS: {name}: the third part is no SHA-256 hash; "
                    "make a key with python -m scripts.serve --new-key"
                )
            keys.append(ApiKey(name, Role[role], digest))
        return cls(tuple(keys))

    def caller(self, key: str) -> Caller | None:
        """Whose key it is. Every entry is compared, each in constant time."""
        digest = key_digest(key)
        found = [entry for entry in self.keys if hmac.compare_digest(entry.digest, digest)]
        return Caller(found[0].name, found[0].role) if found else None


def key_digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def new_key(name: str, role: Role) -> tuple[str, str]:
    """A fresh key, and its entry for HADATH_API_KEYS."""
    if not name.isidentifier():
        raise InputError(f"{name!r} cannot name a key; use letters, digits and _")
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    return key, f"{name}:{role.name}:{key_digest(key)}"


def is_loopback(host: str) -> bool:
    """Whether an address or name can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_listening(settings: ApiSettings) -> None:
    """Raise `InputError` when the server would listen beyond this machine and no key guards it."""
    ring = KeyRing.read(settings.api_keys)
    if not ring.keys and not is_loopback(settings.host):
        raise InputError(
            f"HADATH_HOST is {settings.host}, which others can reach, and HADATH_API_KEYS is empty: anybody "
            "could read and change the graph; make a key with python -m scripts.serve --new-key, "
            "or listen on 127.0.0.1"
        )
    if not ring.keys and "*" in hosts_of(settings):
        raise InputError("HADATH_ALLOWED_HOSTS may be * only with HADATH_API_KEYS; name the hosts")


def hosts_of(settings: ApiSettings) -> frozenset[str]:
    return frozenset(host.strip().lower() for host in settings.allowed_hosts.split(",") if host.strip())


bearer = HTTPBearer(auto_error=False, description="An API key; not needed where the server has none set.")
header = APIKeyHeader(name="X-API-Key", auto_error=False, description="The same key in a header of its own.")


def caller_of(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    key: Annotated[str | None, Depends(header)],
) -> Caller:
    """Who asks. Without keys in the settings: everybody on this machine, as admin."""
    ring: KeyRing = request.app.state.keys
    if not ring.keys:
        server = request.scope.get("server")
        if server and not is_loopback(str(server[0])) and server[0] not in ("testserver", "localhost"):
            raise ApiError(
                HTTPStatus.FORBIDDEN,
                "no-keys",
                "this server has no API keys and so answers only on its own machine; set HADATH_API_KEYS",
            )
        return Caller("local", Role.admin)
    given = credentials.credentials if credentials else key
    caller = ring.caller(given) if given else None
    if caller is None:
        raise ApiError(
            HTTPStatus.UNAUTHORIZED,
            "key",
            "give a valid API key: Authorization: Bearer <key>",
            {"WWW-Authenticate": "Bearer"},
        )
    return caller


def _needs(role: Role, caller: Caller) -> Caller:
    if caller.role < role:
        raise ApiError(
            HTTPStatus.FORBIDDEN,
            "role",
            f"the key {caller.name!r} has the role {caller.role.name}; this needs {role.name}",
        )
    return caller


def reader(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
    return _needs(Role.reader, caller)


def analyst(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
    return _needs(Role.analyst, caller)


def admin(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
    return _needs(Role.admin, caller)


def blocked_addresses(addresses: Iterable[str]) -> list[str]:
    """Those of the addresses that are not of the public internet (this machine, its network)."""
    blocked = []
    for text in addresses:
        address = ipaddress.ip_address(text)
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
        if not address.is_global or not inner.is_global or address.is_multicast:
            blocked.append(text)
    return blocked
