"""Ways through the tree of a sentence, from one word to another."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Word
from extractors.normalise import fold

#: From so many arcs on, more make no difference.
FARTHEST = 8
#: How many steps upwards a way tells by name.
_NAMED = 3


class SentenceTree:
    """The words of a sentence with the ways between them; `index` counts from 1."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._above: dict[int, dict[int, int]] = {}
        self._ways: dict[tuple[int, int], tuple[str, int]] = {}
        self._steps = [self._step(word) for word in words]

    def way(self, start: int, end: int) -> tuple[str, int]:
        """The relations from one word up to what is above both, `|`, then down to the other, the preposition
        with those that have one (`|nsubj`, `obl|obj>nmod_من`); and how many arcs that is.
        """
        if (start, end) not in self._ways:
            self._ways[start, end] = self._way(start, end)
        return self._ways[start, end]

    def _way(self, start: int, end: int) -> tuple[str, int]:
        above, below = self._upwards(start), self._upwards(end)
        top = next((word for word in below if word in above), None)
        if top is None:
            return "none", FARTHEST
        down = [self._steps[word - 1] for word in list(below)[: below[top]]]
        up = [self.words[word - 1].deprel.split(":")[0] for word in list(above)[: above[top]]]
        length = min(len(up) + len(down), FARTHEST)
        return "<".join(up[:_NAMED]) + "|" + ">".join(reversed(down)), length

    def _upwards(self, index: int) -> dict[int, int]:
        """The word, its head, and so on to the root -> how many arcs above the word."""
        if index not in self._above:
            found: dict[int, int] = {}
            at = index
            while at and at not in found:
                found[at] = len(found)
                at = self.words[at - 1].head
            self._above[index] = found
        return self._above[index]

    def _step(self, word: Word) -> str:
        relation = word.deprel.split(":")[0]
        if relation not in ("obl", "nmod"):
            return relation
        before = (w for w in self.words[: word.index - 1] if w.head == word.index and w.upos == "ADP")
        case = next(before, None)
        return f"{relation}_{fold(case.text)}" if case else relation
