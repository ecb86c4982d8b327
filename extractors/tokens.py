"""Written tokens of a sentence: runs of letters, numbers, single marks. Marks never stay on a word.

The models' own tokenizer leaves quotes and brackets it has not seen on the word beside them; here the
borders are certain, and the tokenizer model only tells which tokens hold several words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.normalise import CleanText, clean

_TOKEN = re.compile(
    r"https?://[!-~]*[A-Za-z0-9/_=-]"  # addresses, in ASCII: an Arabic letter behind one begins a word
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|\d+(?:[.,،:/]\d+)*"  # numbers, decimals, clock times, dates
    r"|[A-Za-z][A-Za-z0-9]*(?:['&.-][A-Za-z0-9]+)*"  # Latin words: F16, al-Monitor
    r"|[^\W\d_]+"  # words
    r"|([^\w\s]|_)\1*"  # a mark, or a run of the same mark
)


@dataclass(frozen=True, slots=True)
class Token:
    """A written token: its clean text, its range in the clean sentence, its range in the original."""

    text: str
    clean_start: int
    clean_end: int
    start: int
    end: int


def tokens_of(text: str, offset: int = 0) -> tuple[CleanText, list[Token]]:
    """The clean form of a sentence and its tokens; `offset` is where the sentence begins in the original."""
    cleaned = clean(text, offset)
    return cleaned, [
        Token(found.group(), found.start(), found.end(), *cleaned.original(found.start(), found.end()))
        for found in _TOKEN.finditer(cleaned.text)
    ]
