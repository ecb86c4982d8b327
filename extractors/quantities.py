"""Counts of people around a noun: "نحو 15 عنصرا", "«590» شخصا", "31 قتيلا على الأقل"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Word
from extractors.normalise import fold
from extractors.numbers import Quantity, parse_number
from extractors.phrases import QUOTES

_LONGEST = 9
_AT_LEAST = (fold("على"), fold("الأقل"))


def quantity_from(keys: Sequence[str], words: Sequence[Word], start: int) -> Quantity | None:
    """The count that begins at `start`, `length` in positions of the sentence (quotation marks included)."""
    kept = [i for i in range(start, min(len(words), start + _LONGEST + 2)) if words[i].text not in QUOTES]
    if not kept or kept[0] != start:
        return None
    quantity = parse_number([words[i].text for i in kept])
    if quantity is None or quantity.length > len(kept):
        return None
    last = kept[quantity.length - 1]
    while last + 1 < len(words) and words[last + 1].text in QUOTES:
        last += 1
    return replace(quantity, length=last - start + 1)


def quantity_before(keys: Sequence[str], words: Sequence[Word], noun: int) -> tuple[Quantity | None, int]:
    """The count that ends right before the noun, and where it begins (the noun itself when there is none)."""
    for start in range(max(0, noun - _LONGEST), noun):
        if words[start].text in QUOTES:
            continue
        quantity = quantity_from(keys, words, start)
        if quantity is not None and start + quantity.length == noun:
            return _at_least(quantity, keys, noun), start
    return None, noun


def _at_least(quantity: Quantity, keys: Sequence[str], noun: int) -> Quantity:
    """ "على الأقل" may stand behind the noun that is counted."""
    for i in range(noun + 1, min(len(keys) - 1, noun + 6)):
        if (keys[i], keys[i + 1]) == _AT_LEAST:
            return replace(quantity, max=None)
    return quantity
