"""Named entities: reading the three corpora, one set of labels, tokens as the product's tokenizer cuts them.

ANERcorp (news), AQMAR (Wikipedia) and Wojood mark whole tokens, clitics included; so do the weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.train.rawtext import plain, rough_tokens

OUTSIDE = "O"
_RENAMED = {"PER": "PER", "PERS": "PER", "LOC": "LOC", "GPE": "LOC", "ORG": "ORG", "MISC": "MISC"}


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """The tokens of one sentence with their BIO tags, one each."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]


def read_bio(path: Path, renamed: Mapping[str, str] = _RENAMED) -> list[NamedSentence]:
    """Read a file of ``token tag`` lines; labels that ``renamed`` does not hold become outside."""
    sentences: list[NamedSentence] = []
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        cells = line.split()
        if len(cells) >= 2:
            rows.append((cells[0], _relabelled(cells[-1], renamed)))
        elif not cells and rows:
            sentences.append(retokenised(rows))
            rows = []
    return [sentence for sentence in sentences if sentence.tokens]


def _relabelled(tag: str, renamed: Mapping[str, str]) -> str:
    place, _, label = tag.partition("-")
    return f"{place}-{renamed[label]}" if label in renamed else OUTSIDE


def retokenised(rows: Iterable[tuple[str, str]]) -> NamedSentence:
    """Cut marks off the tokens of ``rows``; a mark at the edge of a name stays outside it.

    Tags are made regular: a name opens with B, and a I that continues nothing becomes B.
    """
    tokens: list[str] = []
    tags: list[str] = []
    for text, tag in rows:
        pieces = rough_tokens(plain(text))
        lettered = [n for n, piece in enumerate(pieces) if any(c.isalnum() for c in piece)]
        for n, piece in enumerate(pieces):
            inside = bool(lettered) and lettered[0] <= n <= lettered[-1]
            placed = tag if inside else OUTSIDE
            if inside and n > lettered[0] and tag.startswith("B-"):
                placed = "I-" + tag[2:]
            tokens.append(piece)
            tags.append(placed)
    return NamedSentence(tuple(tokens), tuple(regular(tags)))


def regular(tags: Iterable[str]) -> list[str]:
    """Give tags in which every I continues a name of the same label."""
    result: list[str] = []
    for tag in tags:
        if tag.startswith("I-") and (not result or result[-1][2:] != tag[2:]):
            tag = "B-" + tag[2:]
        result.append(tag)
    return result


def split_last_tenth(sentences: list[NamedSentence]) -> tuple[list[NamedSentence], list[NamedSentence]]:
    """Give the first nine tenths and the last tenth, by sentences: training and development."""
    cut = len(sentences) - len(sentences) // 10
    return sentences[:cut], sentences[cut:]


def write_json(sentences: Iterable[NamedSentence], path: Path) -> None:
    """Write the sentences in the JSON form of Stanza's trainer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        [{"text": token, "ner": tag} for token, tag in zip(s.tokens, s.tags, strict=True)] for s in sentences
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
