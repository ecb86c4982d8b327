"""Which lines of a page are its article: text, headings, the dateline, and what is residue of the page.

General rules first (form of the line, what came before it), then the phrases of `lexicon/residue.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from extractors.normalise import fold
from schema.errors import OntologyError
from schema.yaml_files import read_yaml

Kind = Literal["text", "heading", "dateline", "residue"]

_LEXICON = Path(__file__).parent / "lexicon" / "residue.yaml"
_FIELDS = ("labels", "sharing", "related", "closing", "openings", "fields", "outlets")
_STOPS = ".!?؟…"
_CLOSERS = "\"'»”’)]}›*"
_NOT_WORD = re.compile(r"[^\w+]+")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"^\S*(?:https?://|www\.|@\w+\.)\S*$|^[@#]\S+$|^<[^>]+>$")
_NUMBER = re.compile(r"\d+")
_CLOCK = re.compile(
    r"^(?:(?:ال)?(?:احد|اثنين|ثلاثا|اربعا|خميس|جمعه|سبت))?[\s،,|-]*(?:\d{1,4}[\s/:.،,|-]*)"
    r"(?:[\s/:.،,|-]|\d|[صم]\b|\w{3,7}(?=\s*\d)|توقيت|صباحا|مسا|am|pm|gmt)*$"
)
_DATELINE_MARK = re.compile(r"\s*(?:/|[-–—]|\|)\s*|\s*[(（]|:$")
#: A line without a final stop and with at most this many words is a heading.
HEADING_WORDS = 14
_SHORT_WORDS = 22


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the original without outer white space; `block` counts blank-line blocks."""

    start: int
    end: int
    kind: Kind
    block: int


@dataclass(frozen=True, slots=True)
class _Phrases:
    labels: re.Pattern[str]
    sharing: re.Pattern[str]
    related: tuple[str, ...]
    closing: tuple[str, ...]
    openings: tuple[str, ...]
    fields: frozenset[str]
    outlets: frozenset[str]


def content_lines(text: str, title: str | None = None) -> list[Line]:
    """Every non-blank line of `text` with its kind. Hard-wrapped lines of one paragraph come as one.

    `title`, if known, marks the line equal to it as a heading whatever its length.
    """
    phrases = _phrases()
    key = _key(title) if title else None
    lines: list[Line] = []
    body = after_related = closed = False
    headings = 0
    for start, end, block in _paragraphs(text):
        line = text[start:end]
        kind: Kind
        if closed or _is_residue(line, phrases):
            kind = "residue"
            after_related = after_related or _begins(line, phrases.related)
            closed = closed or (body and _begins(line, phrases.closing))
        elif key is not None and _key(line) == key:
            kind, after_related = "heading", False
        elif after_related and not _is_sentence(line):
            kind = "residue"
        elif not body and _is_dateline(line, phrases, named=headings > 0):
            kind = "dateline"
        else:
            kind = "heading" if _is_heading(line) else "text"
            after_related = False
        body = body or kind == "text"
        headings += kind == "heading"
        lines.append(Line(start, end, kind, block))
    return lines


def outlet_of(dateline: str) -> str | None:
    """The outlet that a dateline names: the side with an outlet word, else what follows the slash."""
    parts = [part.strip(" ()（）:") for part in _DATELINE_MARK.split(dateline)]
    parts = [part for part in parts if part]
    outlets = _phrases().outlets
    for part in parts:
        if _key(part) in outlets or _key(part).split(" ")[0] in outlets:
            return part
    return parts[-1] if len(parts) == 2 and "/" in dateline else None


def _paragraphs(text: str) -> Iterable[tuple[int, int, int]]:
    block: list[tuple[int, int]] = []
    number = 0
    position = 0
    for raw in [*text.splitlines(keepends=True), ""]:
        stripped = raw.strip()
        if stripped and _NOT_WORD.sub("", stripped):
            start = position + len(raw) - len(raw.lstrip())
            block.append((start, start + len(stripped)))
        elif not stripped and block:
            yield from ((start, end, number) for start, end in _unwrapped(text, block))
            block, number = [], number + 1
        position += len(raw)


def _unwrapped(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a block broken at a fixed width: three lines and more, alike in length, few ending in a stop."""
    widths = [end - start for start, end in block]
    widest = max(widths)
    open_lines = sum(not _ends_with_stop(text[start:end]) for start, end in block[:-1])
    alike = all(width >= 0.7 * widest for width in widths[:-1])
    if len(block) >= 3 and 30 <= widest <= 130 and alike and open_lines > 0.6 * (len(block) - 1):
        return [(block[0][0], block[-1][1])]
    return block


def _is_residue(line: str, phrases: _Phrases) -> bool:
    key = _key(line)
    words = key.split()
    if not key or not _LETTER.search(key) or _ADDRESS.match(line):
        return True
    if "©" in line or _begins(line, phrases.closing):
        return len(words) <= 30
    if phrases.labels.fullmatch(key.replace(" ", "")) or phrases.sharing.fullmatch(key.replace(" ", "")):
        return True
    if _CLOCK.match(key) and len(words) <= 10:
        return True
    if _begins(line, phrases.related):
        return not _ends_with_stop(line)
    return len(words) <= 20 and (_begins(line, phrases.openings) or _is_field(line, phrases.fields))


def _is_field(line: str, fields: frozenset[str]) -> bool:
    name, colon, _ = line.partition(":")
    return _key(_NUMBER.sub("", name)) in fields and (bool(colon) or len(line) < 40)


def _is_dateline(line: str, phrases: _Phrases, named: bool) -> bool:
    if len(line) > 80 or _ends_with_stop(line):
        return False
    parts = [part for part in _DATELINE_MARK.split(line) if part.strip(" )")]
    key = _key(line)
    known = any(f" {outlet} " in f" {key} " for outlet in phrases.outlets)
    if len(parts) <= 1:
        return known and len(key.split()) <= 4 and _DATELINE_MARK.search(line) is not None
    return len(parts) <= 3 and all(len(part.split()) <= 4 for part in parts) and (named or known)


def _is_heading(line: str) -> bool:
    return not _is_sentence(line, HEADING_WORDS)


def _is_sentence(line: str, words: int = _SHORT_WORDS) -> bool:
    return len(line.split()) > words or _ends_with_stop(line)


def _ends_with_stop(line: str) -> bool:
    shown = line.rstrip().rstrip(_CLOSERS + "\u200e\u200f").rstrip()
    return bool(shown) and shown[-1] in _STOPS + "،؛,;"


def _begins(line: str, phrases: tuple[str, ...]) -> bool:
    key = _key(line)
    return any(key == phrase or key.startswith(phrase + " ") for phrase in phrases)


def _key(text: str) -> str:
    return _NOT_WORD.sub(" ", fold(text)).strip()


@cache
def _phrases() -> _Phrases:
    data = read_yaml(_LEXICON)
    for field in _FIELDS:
        if not isinstance(data, dict) or not isinstance(data.get(field), list):
            raise OntologyError(f"{_LEXICON.name}: {field} must be a list of words")
    keys = {field: tuple(_key(str(word)) for word in data[field] if _key(str(word))) for field in _FIELDS}
    return _Phrases(
        labels=_only(keys["labels"]),
        sharing=_only([*keys["sharing"], r"\d+"]),
        related=keys["related"],
        closing=keys["closing"],
        openings=keys["openings"],
        fields=frozenset(keys["fields"]),
        outlets=frozenset(keys["outlets"]),
    )


def _only(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted((word.replace(" ", "") for word in words), key=len, reverse=True)
    return re.compile("(?:" + "|".join(w if w == r"\d+" else re.escape(w) for w in longest_first) + ")+")
