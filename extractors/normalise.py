"""Spelling: what may differ in writing without changing which word is meant.

`clean` removes marks and keeps a map of offsets back to the original; `fold` and `bare` (of `schema.text`)
make keys for look-ups.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schema.text import MARKS, bare, fold

__all__ = ["MARKS", "CleanText", "bare", "clean", "fold", "whole_names"]

_MARKS = re.compile(f"[{MARKS}]")
#: The marks that sit on the letter before them, and so belong to its range.
_ON_LETTER = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640]")

#: "Servant of", the first half of a given name.
_SERVANT = fold("عبد")

_PLAIN_OR_OTHER = re.compile("([ء-غف-ي]+(?: [ء-غف-ي]+)*)|.", re.DOTALL)

#: One code point for one: quotes, dashes, digits and letters that the treebank writes another way.
_UNIFIED = {
    **dict.fromkeys("«»“”„‟‹›″＂‘’‚‛`´", '"'),
    **dict.fromkeys("–—―−‐‑‒", "-"),
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "ک": "ك",
    "ی": "ي",
    "ھ": "ه",
    "ہ": "ه",
    "ٱ": "ا",
}
_APOSTROPHES = frozenset("‘’`´")


@dataclass(frozen=True, slots=True)
class CleanText:
    """`text` without marks, and where each of its code points lies in the original.

    `starts[i]` and `ends[i]` are the original range (end exclusive) of `text[i]`. The marks that sit
    on a letter are in its range; zero-width and direction characters are in none. A run of white space is one
    space (one line feed where it holds a line break). Two code points share a range only where the original
    writes them as one ligature (ﻻ).
    """

    text: str
    starts: array[int]
    ends: array[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original range of the non-empty clean range `start`..`end`."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"no clean range {start}..{end} in a text of {len(self.text)} code points")
        return self.starts[start], self.ends[end - 1]


def clean(text: str, offset: int = 0) -> CleanText:
    """Remove the marks of `text`; ranges are shifted by `offset`, where `text` begins in the original.

    Quotes, dashes and digits become those of the treebank, presentation forms the letters they show.
    """
    out: list[str] = []
    starts = array("q")
    ends = array("q")
    for found in _PLAIN_OR_OTHER.finditer(text):
        char, position, end = found[0], offset + found.start(), offset + found.end()
        if found[1]:  # most of a text are plain letters with single spaces between them
            out.append(char)
            starts.extend(range(position, end))
            ends.extend(range(position + 1, end + 1))
        elif char.isspace() or unicodedata.category(char) == "Cc":
            _space(char, position, out, starts, ends)
        elif _MARKS.match(char):
            # A mark after a space or at the beginning sits on nothing.
            if out and not out[-1].isspace() and ends[-1] == position and _ON_LETTER.match(char):
                ends[-1] = position + 1
        else:
            for letter in _unified(char, text, position - offset):
                out.append(letter)
                starts.append(position)
                ends.append(position + 1)
    return CleanText("".join(out), starts, ends)


def whole_names(words: Iterable[str]) -> Iterator[str]:
    """The words of a name with what is written apart or together made one: عبد الله, عبدالله."""
    waiting = ""
    for word in words:
        if not waiting and fold(word) == _SERVANT:
            waiting = word
            continue
        yield waiting + word
        waiting = ""
    if waiting:
        yield waiting


def _space(char: str, position: int, out: list[str], starts: array[int], ends: array[int]) -> None:
    shown = "\n" if char in "\n\r\u0085\u2028\u2029" else " "
    if out and out[-1].isspace():
        ends[-1] = position + 1
        if shown == "\n":
            out[-1] = shown
        return
    out.append(shown)
    starts.append(position)
    ends.append(position + 1)


def _unified(char: str, text: str, position: int) -> str:
    if char in _APOSTROPHES and 0 < position < len(text) - 1 and _between_latin(text, position):
        return "'"
    if char in _UNIFIED:
        return _UNIFIED[char]
    if "\ufb50" <= char <= "\ufdcf" or "\ufe70" <= char <= "\ufefc":
        shown = _MARKS.sub("", unicodedata.normalize("NFKC", char)).replace(" ", "")
        return "".join(_UNIFIED.get(c, c) for c in shown) or char
    return char


def _between_latin(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position + 1]
    return before.isalpha() and after.isalpha() and before < "\u0300" and after < "\u0300"
