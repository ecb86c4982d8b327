"""The annotated text that extraction steps read: words, names and sentences over the original text.

Offsets are code points of the ORIGINAL text, end exclusive, for every token and every clitic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.model import Article, Span


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word: a token, or one clitic piece of a token.

    `index` and `head` count from 1 within the sentence (head 0: root). `text` is the normalised
    form (no diacritics, no tatweel). `lemma` may carry vowel marks. `token` numbers the written
    token it belongs to, from 0 in the sentence. Where two pieces share letters (لل = ل+ال), their
    ranges are those that the letters allow: `ل` the first, the rest the second.
    """

    index: int
    text: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    start: int
    end: int
    token: int
    xpos: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A named-entity span of the recogniser: words `first`..`last` (inclusive, 1-based), `label`
    PER/ORG/LOC/MISC.
    """

    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its range in the original text, its words in order, its names."""

    index: int
    start: int
    end: int
    text: str
    heading: bool
    words: tuple[Word, ...] = ()
    names: tuple[Name, ...] = ()
    paragraph: int = 0

    def word(self, index: int) -> Word | None:
        """The word with that 1-based index; None for 0 (the root's head)."""
        return self.words[index - 1] if index else None

    def children(self, index: int) -> tuple[Word, ...]:
        """The dependents of that word, in text order."""
        return tuple(w for w in self.words if w.head == index)


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its sentences, first bare (reader), then annotated (syntax)."""

    article: Article
    sentences: tuple[Sentence, ...] = field(default=())

    def span(self, start: int, end: int) -> Span:
        """The original text of a range."""
        return Span(start, end, self.article.text[start:end])
