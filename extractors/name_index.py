"""Names as strings of folded letters without spaces, for the longest match from a word on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.normalise import fold

#: No name is longer, in syntactic words (particles inside it count).
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Sense:
    """Which entry a name means. `cautious` names count only after a place head or في."""

    key: str
    description: bool = False
    capital: bool = False
    cautious: bool = False


#: The sense of a phrase that only looks like a name: it takes its words and gives no hit.
NOTHING = Sense("")


class NameIndex:
    """Names to find; `freeze` after the last `add`."""

    def __init__(self) -> None:
        self._senses: dict[str, list[Sense]] = {}
        self._sorted: list[str] = []

    def add(self, name: str, sense: Sense) -> None:
        """Add a name in ordinary spelling; the first sense added is the most usual one."""
        senses = self._senses.setdefault(fold(name).replace(" ", ""), [])
        if all(s.key != sense.key for s in senses):
            senses.append(sense)

    def freeze(self) -> None:
        """Make the names ready to be matched."""
        self._sorted = sorted(self._senses)

    def matches(self, keys: Sequence[str], start: int) -> Iterator[tuple[int, list[Sense]]]:
        """(last index, senses) of every name that begins at `start`, shortest first."""
        letters = ""
        for i in range(start, min(len(keys), start + LONGEST)):
            piece = keys[i]
            # لل is ل + ال with one alef lost: names keep the written form.
            letters += piece[1:] if i > start and keys[i - 1] == "ل" and piece.startswith("ال") else piece
            at = bisect_left(self._sorted, letters)
            if at == len(self._sorted) or not self._sorted[at].startswith(letters):
                return
            if self._sorted[at] == letters:
                yield i, self._senses[letters]
