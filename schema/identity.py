"""Content-hash ids: the same content has the same id in every run, so loading twice changes nothing."""

from __future__ import annotations

import hashlib
import json


def content_id(kind: str, *parts: object) -> str:
    """`kind` and 16 hex digits of BLAKE2b over the parts, e.g. `actor-3f0c...`.

    Parts may be str, int, float, bool, None or (nested) tuples and lists of these.
    """
    payload = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"))
    return f"{kind}-{hashlib.blake2b(payload.encode(), digest_size=8).hexdigest()}"
