"""Bytes to text: UTF-8, UTF-16 with a mark, what a page declares, and the Arabic Windows code page."""

from __future__ import annotations

import codecs
import re

from schema.errors import ArticleError

_DECLARED = re.compile(
    rb"""(?i)<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*["']?([\w-]{3,20})"""
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Alef and lam make up a quarter of written Arabic: text decoded with a wrong code page has few of them.
_MIN_ALEF_LAM = 0.15


def decoded(data: bytes, name: str) -> str:
    """The text of `data`. Raises ArticleError, beginning with `name`, where no encoding fits."""
    if b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ArticleError(f"{name}: null byte at {data.index(0)}: it is not text; give it as UTF-8")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    declared = _DECLARED.search(data[:4096])
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        return _strict(data, declared.group(1).decode("ascii"), name)
    readings = [data.decode(encoding, "replace") for encoding in ("windows-1256", "iso-8859-6")]
    best = max(readings, key=_alef_lam)
    if _alef_lam(best) > _MIN_ALEF_LAM and "\ufffd" not in best:
        return best
    raise ArticleError(
        f"{name}: not UTF-8 (byte {data[fault.start]:#04x} at {fault.start}); save it as UTF-8 and try again"
    )


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise ArticleError(f"{name}: unknown encoding {encoding!r}; save it as UTF-8 and try again") from None
    except UnicodeDecodeError as error:
        raise ArticleError(f"{name}: not valid {encoding} at byte {error.start}; save it as UTF-8") from error


def _alef_lam(text: str) -> float:
    letters = [char for char in text if char.isalpha()]
    return sum(char in "ال" for char in letters) / max(len(letters), 1)
