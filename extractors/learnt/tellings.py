"""Which types of event a word told in the articles that were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: A word that told a type less often may have been misread.
OFTEN = 2


@dataclass(frozen=True, slots=True)
class Tellings:
    """Word -> type -> how often it told such, with the number of times it stood there under the empty name.
    `less` are counts to leave out: in training an article learns from others only.
    """

    counts: Mapping[str, Mapping[str, int]]
    less: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def without(self, less: Mapping[str, Mapping[str, int]]) -> Tellings:
        """The same without the counts of some articles."""
        return Tellings(self.counts, less)

    def of(self, word: str) -> dict[str, tuple[int, float]]:
        """Type -> how often the word told it, and in what share of its occurrences; of types told often."""
        counts, less = self.counts.get(word), self.less.get(word, {})
        if counts is None:
            return {}
        seen = counts[""] - less.get("", 0)
        told = {type_: n - less.get(type_, 0) for type_, n in counts.items() if type_}
        return {type_: (n, n / (seen + 1)) for type_, n in told.items() if n >= OFTEN}
