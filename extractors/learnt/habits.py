"""How often, in the articles that were read, something went with an answer: the subject of قتل is the doer,
what stands behind "من قبل" too.

A pattern is a short text; a count of few cases weighs little beside the usual share of an answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: How many cases the usual share of an answer counts for.
WEIGHT = 4.0
#: Above so many cases more make no difference to how sure a count is.
MOST = 200.0

Counts = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Habits:
    """Pattern -> how often it was seen, and how often with each answer. `usual` is the share of each answer
    over all. `less` are counts to leave out: an article learns from the others only.
    """

    counts: Counts
    usual: Sequence[float]
    less: Counts = field(default_factory=dict)

    def without(self, less: Counts) -> Habits:
        """The same without the counts of one article."""
        return Habits(self.counts, self.usual, less)

    def odds(self, patterns: Sequence[str]) -> list[float]:
        """For each pattern the log odds of each answer, then how often it was seen."""
        found = []
        for pattern in patterns:
            seen, *answers = self.of(pattern)
            for count, usual in zip(answers, self.usual, strict=True):
                for_, against = count + WEIGHT * usual, seen - count + WEIGHT * (1 - usual)
                found.append(math.log(for_ / against))
            found.append(min(float(seen), MOST))
        return found

    def of(self, pattern: str) -> Sequence[int]:
        """How often a pattern was seen, and how often with each answer."""
        counts = self.counts.get(pattern)
        if counts is None:
            return (0,) * (len(self.usual) + 1)
        less = self.less.get(pattern)
        return counts if less is None else [a - b for a, b in zip(counts, less, strict=True)]


@dataclass(frozen=True, slots=True)
class Tellings:
    """Which types of event a word told in the articles that were read: word -> type -> how often, with the
    number of times it stood there under the empty name. `less` as in `Habits`.
    """

    counts: Mapping[str, Mapping[str, int]]
    less: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def without(self, less: Mapping[str, Mapping[str, int]]) -> Tellings:
        """The same without the counts of one article."""
        return Tellings(self.counts, less)

    def of(self, word: str) -> dict[str, tuple[int, float]]:
        """Type -> how often the word told it, and in what share of its occurrences."""
        counts, less = self.counts.get(word), self.less.get(word, {})
        if counts is None:
            return {}
        seen = counts[""] - less.get("", 0)
        told = {type_: n - less.get(type_, 0) for type_, n in counts.items() if type_}
        return {type_: (n, n / (seen + 1)) for type_, n in told.items() if n}
