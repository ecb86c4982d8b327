"""The region's groups, forces, bodies, places and people, put into the training text of the name finder.

ANERcorp dates from 2007 and knows few of them. A name takes the place of another of its kind, so that every
sentence stays fully labelled; the sentences that result are training material and state nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.train.augmentation import bare_alef, final_heh
from scripts.train.ner_data import OUTSIDE, NamedSentence

NAMES = Path(__file__).with_name("names.tsv")
"""Label and name, one a line; written by hand for this project."""


@cache
def names_by_label() -> dict[str, tuple[str, ...]]:
    """Read the names: label to names, in the order of the file."""
    found: dict[str, list[str]] = {}
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, name = line.split("	")
            found.setdefault(label, []).append(name)
    return {label: tuple(names) for label, names in found.items()}


@dataclass(frozen=True, slots=True)
class Span:
    """A name: tokens from ``start`` up to ``end``, and its label."""

    start: int
    end: int
    label: str


def spans(tags: Sequence[str]) -> list[Span]:
    """Read the names from BIO tags."""
    found: list[Span] = []
    for index, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append(Span(index, index + 1, tag[2:]))
        elif tag.startswith("I-") and found and found[-1].end == index:
            found[-1] = Span(found[-1].start, index + 1, found[-1].label)
    return found


def renamed(sentence: NamedSentence, rng: random.Random, rate: float = 0.6) -> NamedSentence:
    """Put other names in the place of some; a clitic (و ب ل) on the first token goes over to the new name."""
    tokens: list[str] = []
    tags: list[str] = []
    done = 0
    known = names_by_label()
    for span in spans(sentence.tags):
        tokens += sentence.tokens[done : span.start]
        tags += sentence.tags[done : span.start]
        done = span.end
        if span.label in known and rng.random() < rate:
            new = list(rng.choice(known[span.label]).split())
            new[0] = with_clitic(sentence.tokens[span.start], new[0])
            quote = span.label == "ORG" and rng.random() < 0.12
            pair = rng.choice((('"', '"'), ("«", "»"), ("“", "”"), ("(", ")"))) if quote else ("", "")
            tokens += [*([pair[0]] if quote else []), *new, *([pair[1]] if quote else [])]
            inner = ["B-" + span.label] + ["I-" + span.label] * (len(new) - 1)
            tags += [*([OUTSIDE] if quote else []), *inner, *([OUTSIDE] if quote else [])]
        else:
            tokens += sentence.tokens[span.start : span.end]
            tags += sentence.tags[span.start : span.end]
    return NamedSentence((*tokens, *sentence.tokens[done:]), (*tags, *sentence.tags[done:]))


def with_clitic(old: str, new: str) -> str:
    """Give ``new`` the clitic that ``old`` seems to carry: a lone و ب ل before the article or a name."""
    for clitic in ("و", "ب", "ل"):
        if (
            old.startswith((clitic + "ال", clitic + "إ", clitic + "أ", "لل"))
            and old[0] == clitic
            and len(old) > 4
        ):
            return "لل" + new[2:] if clitic == "ل" and new.startswith("ال") else clitic + new
    return new


def enriched(sentences: Sequence[NamedSentence], seed: int) -> list[NamedSentence]:
    """Give the sentences, one renamed variant of each that holds a name, and respelt variants of a third."""
    rng = random.Random(seed)
    result = list(sentences)
    for sentence in sentences:
        if any(tag[2:] in names_by_label() for tag in sentence.tags):
            result.append(renamed(sentence, rng))
        elif rng.random() < 0.3:
            result.append(sentence)
    changed = []
    for sentence in result:
        if rng.random() < 0.3:
            tokens = tuple(bare_alef(token) for token in sentence.tokens)
            if rng.random() < 0.3:
                tokens = tuple(final_heh(token) for token in tokens)
            sentence = NamedSentence(tokens, sentence.tags)
        changed.append(sentence)
    rng.shuffle(changed)
    return changed
