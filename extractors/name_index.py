"""Names to find in a row of words: leftmost, longest match over folded letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from extractors.normalise import fold

#: No name is longer, in syntactic words (particles inside it count).
LONGEST = 12
#: Pieces of names that are written with the next word or apart (عبدالله، عبد الله; ابوظبي، أبو ظبي).
_BOUND = frozenset(map(fold, ("عبد", "أبو", "أبي", "أبا", "أم", "بن", "ابن", "بو", "نيو", "آل", "سان")))
#: Shorter names are not put together from a split-off first letter: ل + حج is not the town لحج.
_SHORTEST_JOINED = 5
#: Of so many words and rows of words it is remembered whether a name begins with them.
_REMEMBERED = 100_000


class Needs(IntEnum):
    """What must stand before a name that is an ordinary word as well."""

    NOTHING = 0
    PREPOSITION = 1  #: في, a compass word, or a head
    HEAD = 2  #: a noun that heads names of towns and regions (مدينة)


@dataclass(frozen=True, slots=True)
class Sense:
    """Which entry a name means; an empty `key` takes the words and means nothing."""

    key: str
    description: bool = False
    capital: bool = False
    needs: Needs = Needs.NOTHING


#: The sense of a phrase that only looks like a name.
NO_NAME = Sense("")


class NameIndex:
    """Names with their senses; `freeze` after the last `add`."""

    def __init__(self) -> None:
        self._senses: dict[str, list[Sense]] = {}
        self._breaks: dict[str, set[int]] = {}
        self._sorted: list[str] = []
        #: Whether a name begins with these folded letters: most words open none, and one look-up tells.
        self.opens = lru_cache(maxsize=_REMEMBERED)(self._any_begins)

    def add(self, name: str, sense: Sense) -> None:
        """Add a name in ordinary spelling; the first sense added is the most usual one."""
        words = fold(name).split()
        key = "".join(words)
        senses = self._senses.setdefault(key, [])
        if all(s.key != sense.key for s in senses):
            senses.append(sense)
        if len(words) > 1:
            breaks = self._breaks.setdefault(key, set())
            end = 0
            for word in words[:-1]:
                end += len(word)
                breaks.add(end)

    def freeze(self) -> None:
        """Make the names ready to be matched."""
        self._sorted = sorted(self._senses)
        self.opens.cache_clear()

    def names(self, name: str) -> bool:
        """Whether something is called so."""
        return fold(name).replace(" ", "") in self._senses

    def _any_begins(self, letters: str) -> bool:
        at = bisect_left(self._sorted, letters)
        return at < len(self._sorted) and self._sorted[at].startswith(letters)

    def matches(self, keys: Sequence[str], start: int) -> Iterator[tuple[int, list[Sense]]]:
        """(last index, senses) of every name that begins at `start` of the folded words, shortest first.

        A name may be written together where its entry has a space, but not the reverse, except after a
        bound piece (عبد) or a single letter (a particle that the tokenizer split off, rightly or not).
        """
        letters = ""
        breaks: list[int] = []
        for i in range(start, min(len(keys), start + LONGEST)):
            if i > start:
                before = keys[i - 1]
                if not (before in _BOUND or len(before) == 1):
                    breaks.append(len(letters))
            # لل is ل + ال with one alef lost: names keep the written form.
            piece = keys[i]
            letters += piece[1:] if i > start and keys[i - 1] == "ل" and piece.startswith("ال") else piece
            if not self.opens(letters):
                return
            if letters not in self._senses:
                continue
            known = self._breaks.get(letters, set())
            if i > start and len(keys[start]) == 1 and len(letters) < _SHORTEST_JOINED and 1 not in known:
                continue
            if known.issuperset(breaks):
                yield i, self._senses[letters]
