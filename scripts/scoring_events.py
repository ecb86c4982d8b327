"""How event detection and roles are scored on single sentences that several readers annotated.

Two files a kind (assault, protest), in the form of the openly licensed Arabic event records (openeventdata,
MIT): `{kind}_detection.jsonl` with `id`, `text` and `label`, `{kind}_spans.jsonl` with `id`, `text` and
`annotations` (each reader's words for `source_actor` and `target_actor`).

detection  a sentence is positive when it holds an event of that PLOVER category; only sentences on which all
           readers agree count ("yes" against "easy no").
roles      over the sentences where at least half of the readers marked an actor (recipient): share in which
           some event's actor (recipient) shares a word with those marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schema.errors import InputError
from schema.model import Article
from scripts.scoring import Json, Tally, tokens

KINDS = ("assault", "protest")
_COUNTED = frozenset({"yes", "easy no"})
_FIELDS = {"actor": "source_actor", "recipient": "target_actor"}


@dataclass(frozen=True, slots=True)
class KindScore:
    """The figures of one kind: detection, and right / asked for each role and for both together."""

    detection: Tally
    sentences: int
    coded: int
    spans: int
    roles: Mapping[str, tuple[int, int]]


def sentences(folder: Path) -> Iterator[Article]:
    """Every sentence that is scored, once, as an article of its own."""
    seen: set[str] = set()
    for kind in KINDS:
        counted = [row for row in _rows(folder, kind, "detection") if row["label"] in _COUNTED]
        for row in (*counted, *_rows(folder, kind, "spans")):
            if row["id"] not in seen:
                seen.add(row["id"])
                yield Article(row["id"], row["text"])


def score_kind(folder: Path, kind: str, system: Mapping[str, Json]) -> KindScore:
    """The figures of a kind; a sentence that is not in `system` is left out of them."""
    rows = [r for r in _rows(folder, kind, "detection") if r["label"] in _COUNTED and r["id"] in system]
    positive = {row["id"] for row in rows if _events(system[row["id"]], kind)}
    tp = sum(row["label"] == "yes" and row["id"] in positive for row in rows)
    fn = sum(row["label"] == "yes" and row["id"] not in positive for row in rows)
    fp = sum(row["id"] in positive and row["label"] != "yes" for row in rows)
    spans = [row for row in _rows(folder, kind, "spans") if row["id"] in system]
    roles = {"actor": [0, 0], "recipient": [0, 0], "both": [0, 0]}
    for row in spans:
        right = _roles(row, system[row["id"]], kind)
        for role, hit in right.items():
            roles[role][0] += hit
            roles[role][1] += 1
        if len(right) == len(_FIELDS):
            roles["both"][0] += all(right.values())
            roles["both"][1] += 1
    coded = sum(bool(_events(system[row["id"]], kind)) for row in spans)
    counts = {role: (right, asked) for role, (right, asked) in roles.items()}
    return KindScore(Tally(tp, fn, fp), len(rows), coded, len(spans), counts)


def _roles(row: Json, article: Json, kind: str) -> dict[str, bool]:
    """For each role that at least half of the readers filled: whether an event has it right."""
    words = {
        entity["id"]: frozenset[str]().union(*(tokens(m["text"]) for m in entity.get("mentions", ())))
        for entity in (*article.get("actors", ()), *article.get("places", ()))
    }
    right: dict[str, bool] = {}
    for role, name in _FIELDS.items():
        filled = [reader[name] for reader in row["annotations"] if reader.get(name)]
        if not filled or 2 * len(filled) < len(row["annotations"]):
            continue
        marked = frozenset[str]().union(*(tokens(" ".join(words_)) for words_ in filled))
        right[role] = any(
            words.get(participant["id"], frozenset()) & marked
            for event in _events(article, kind)
            for participant in event["participants"]
            if participant["role"] == role
        )
    return right


def _events(article: Json, kind: str) -> list[Json]:
    return [event for event in article.get("events", ()) if event["plover"] == kind.upper()]


def _rows(folder: Path, kind: str, part: str) -> list[dict[str, Any]]:
    path = folder / f"{kind}_{part}.jsonl"
    if not path.exists():
        raise InputError(f"{path}: no such file; give a folder of event records (*_detection, *_spans)")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
