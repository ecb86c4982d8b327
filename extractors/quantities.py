"""Counts of people in a sentence: "نحو 15 عنصرا", "«590» شخصا", "31 قتيلا على الأقل"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Word
from extractors.numbers import Quantity, find_quantities
from extractors.phrases import QUOTES


class Counts:
    """The quantities of one sentence by where they begin and end. Positions count from 0."""

    def __init__(self, words: Sequence[Word]) -> None:
        kept = [i for i, w in enumerate(words) if w.text not in QUOTES]
        self._from: dict[int, Quantity] = {}
        self._before: dict[int, tuple[Quantity, int]] = {}
        for found in find_quantities([words[i].text for i in kept]):
            start = kept[found.start]
            last = kept[found.start + found.quantity.length - 1]
            while last + 1 < len(words) and words[last + 1].text in QUOTES:
                last += 1
            quantity = replace(found.quantity, length=last - start + 1)
            self._from[start] = quantity
            self._before[last + 1] = (quantity, start)

    def beginning(self, position: int) -> Quantity | None:
        """The quantity that begins there; its `length` counts quotation marks too."""
        return self._from.get(position)

    def before(self, noun: int) -> tuple[Quantity | None, int]:
        """The quantity that ends right before the noun, and where it begins (the noun itself when there is
        none).
        """
        return self._before.get(noun, (None, noun))
