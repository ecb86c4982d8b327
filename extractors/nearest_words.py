"""Word vectors for a word that has none: those of the nearest word that has some.

A fifth of the words of names in news of other years have no vector. Many are a known word in another
spelling (الإستاد for الاستاد) or with clitics written on it (ولسلتيك), and mean what that word means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schema.text import bare

_CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_BEFORE_ARTICLE = ("لل", "ولل", "فلل")
_SHORTEST = 3


def stems(word: str) -> Iterator[str]:
    """The word, and what is left of it when letters at its beginning are taken for clitics."""
    yield word
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) >= len(clitic) + _SHORTEST:
            yield word[len(clitic) :]
    for clitic in _BEFORE_ARTICLE:
        if word.startswith(clitic) and len(word) >= len(clitic) + _SHORTEST:
            yield "ال" + word[len(clitic) :]


class NearestWords:
    """The numbers of words in a vocabulary, the most frequent first, and of words like them."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._alike: dict[str, int] = {}

    def __call__(self, word: str) -> int | None:
        """The number of the word, else of the nearest known one, else None."""
        if word in self._numbers:
            return self._numbers[word]
        if not self._alike:
            for known, number in self._numbers.items():
                self._alike.setdefault(bare(known), number)
        for form in stems(word):
            found = self._numbers.get(form, self._alike.get(bare(form)))
            if found is not None:
                return found
        return None


def look_up_nearest(vocabulary: Any) -> None:
    """Let a loaded Stanza word vocabulary give the number of the nearest word for a word that it lacks."""
    nearest = NearestWords(vocabulary._unit2id)
    given = vocabulary.unit2id

    def unit2id(word: str) -> int:
        number = nearest(vocabulary.normalize_unit(word))
        return int(given(word)) if number is None else number

    vocabulary.unit2id = unit2id
