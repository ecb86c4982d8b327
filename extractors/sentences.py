"""Sentences of an article: paragraphs, headings and final stops, with exact offsets of the original.

The treebank's tokenizer merges sentences and loses headings, so the borders are set here. A border is a
final stop (. ! ? ؟ …) that is not part of a number, an abbreviation or an initial, and that does not lie
inside a short quotation which goes on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from extractors.document import Document, Sentence
from extractors.residue import content_lines
from schema.model import Article

_STOP = re.compile(r"(?:[.!?؟…]+[\u200e\u200f]*\s*)+")
_CLOSERS = "\"'»”’)]}›\u200e\u200f"
_OPENING = {"«": "»", "“": "”", "„": "”", "(": ")", "[": "]", "‹": "›", "‘": "’"}
_WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u0652\u0640]+[^\W\d_]*)*$")
#: Titles and units written with a stop: د. أ. م. (single letters are covered by the rule for initials).
_ABBREVIATIONS = frozenset(
    [
        "أد",
        "اد",
        "ود",
        "وأ",
        "وم",
        "لد",
        "هـ",
        "كم",
        "كلم",
        "سم",
        "مم",
        "كغ",
        "كلغ",
        "الخ",
        "إلخ",
        "mr",
        "mrs",
        "dr",
        "st",
        "vs",
        "no",
        "jr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
    ]
)
#: A quotation up to this many words stays one sentence with what frames it.
QUOTE_WORDS = 60
_MIN_WORDS_BEFORE_ELLIPSIS = 5


def _is_written(char: str) -> bool:
    """Whether a character stands for something, unlike tatweel, spaces, vowel marks and invisible ones."""
    return char != "\u0640" and unicodedata.category(char) not in ("Cf", "Cc", "Mn", "Zs")


def bare_document(article: Article) -> Document:
    """The article with its sentences, not yet annotated. Residue and datelines give no sentence."""
    sentences: list[Sentence] = []
    for number, line in enumerate(content_lines(article.text, article.title)):
        if line.kind not in ("text", "heading"):
            continue
        heading = line.kind == "heading"
        for start, end in split(article.text, line.start, line.end):
            if not any(map(_is_written, article.text[start:end])):
                continue  # a stroke of tatweel behind a mark: no word would be left of it
            sentences.append(
                Sentence(len(sentences), start, end, article.text[start:end], heading, paragraph=number)
            )
    return Document(article, tuple(sentences))


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences in the paragraph `text[start:end]`, without outer white space."""
    paragraph = text[start:end]
    quoted = _quotations(paragraph)
    begin = 0
    for found in _STOP.finditer(paragraph):
        stop = found.start() + len(found.group().rstrip())
        border = _after_closers(paragraph, stop)
        if border >= len(paragraph) or _goes_on(paragraph, begin, found.start(), stop, border):
            continue
        if any(opened < found.start() < closed and border <= closed for opened, closed in quoted):
            continue
        yield from _trimmed(text, start + begin, start + border)
        begin = border
    yield from _trimmed(text, start + begin, end)


def _after_closers(paragraph: str, position: int) -> int:
    """Past the closing marks after a stop; a straight quote closes only when it touches the stop."""
    while position < len(paragraph) and paragraph[position] in _CLOSERS:
        position += 1
    return position


def _goes_on(paragraph: str, begin: int, first: int, stop: int, border: int) -> bool:
    """Whether the stop `paragraph[first:stop]` ends no sentence; the sentence began at `begin`."""
    mark = paragraph[first:stop]
    after = paragraph[border]
    if "!" in mark or "?" in mark or "؟" in mark:
        return after in "،,؛;:."
    before = paragraph[first - 1] if first > begin else " "
    if len(mark.strip()) > 1 or "…" in mark:
        return len(paragraph[begin:first].split()) < _MIN_WORDS_BEFORE_ELLIPSIS or after in "،,؛;"
    if before.isspace() and not paragraph[begin:first].strip():
        return True
    tight = (
        not paragraph[border - 1].isspace() and not after.isspace() and paragraph[border - 1] not in "»”\"'"
    )
    if tight and ((before.isdigit() and after.isdigit()) or (_is_latin(before) and _is_latin(after))):
        return True
    if after in "،,؛;":
        return True
    word = _WORD.search(paragraph, begin, first)
    if word is not None:
        letters = word.group().strip("\u0640").lower()
        # Initials (م. س.), titles with or without a conjunction (ود. نزار), spelled names (إي.واي, اي.بي.سي).
        return len(letters) == 1 or letters in _ABBREVIATIONS or (tight and len(letters) == 2)
    # "1. ..." at the beginning of a sentence numbers it.
    return paragraph[begin:first].strip().isdigit()


def _is_latin(char: str) -> bool:
    return char.isalnum() and char < "\u0250"


def _quotations(paragraph: str) -> list[tuple[int, int]]:
    """The ranges (of the opening and the closing mark) of quotations short enough to keep whole."""
    ranges: list[tuple[int, int]] = []
    open_marks: list[tuple[int, str]] = []
    straight: int | None = None
    pair_straight = paragraph.count('"') % 2 == 0
    for position, char in enumerate(paragraph):
        if char in _OPENING:
            open_marks.append((position, _OPENING[char]))
        elif open_marks and any(closing == char for _, closing in open_marks):
            while open_marks:
                opened, closing = open_marks.pop()
                if closing == char:
                    ranges.append((opened, position))
                    break
        elif char == '"' and pair_straight:
            if straight is None:
                straight = position
            else:
                ranges.append((straight, position))
                straight = None
    return [(a, b) for a, b in ranges if len(paragraph[a:b].split()) <= QUOTE_WORDS]


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    raw = text[start:end]
    stripped = raw.strip()
    if any(char.isalpha() for char in stripped):
        first = start + len(raw) - len(raw.lstrip())
        yield first, first + len(stripped)
