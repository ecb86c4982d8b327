"""Boosted decision trees: what `scripts.train` learns and the steps of this package ask.

All trees of an ensemble are complete and of one depth, so that a row goes through all of them together:
`2 * node + 1` is where a node's trait is at most its threshold, `2 * node + 2` where it is above.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: What stands for an unknown number in a row.
UNKNOWN = -99.0


@dataclass(frozen=True, slots=True)
class Trees:
    """An ensemble. `trait` and `threshold` have a row a tree and a column an inner node, `leaf` a column a
    leaf; `base` is the score before any tree. Scores are log odds.
    """

    trait: NDArray[np.int16]
    threshold: NDArray[np.float32]
    leaf: NDArray[np.float32]
    base: float

    @property
    def depth(self) -> int:
        """How many questions a tree asks of a row."""
        return int(self.trait.shape[1]).bit_length()

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The chance of each row. `rows`: a row an example, a column a trait."""
        inner = self.trait.shape[1]
        values, count = np.ascontiguousarray(rows.T).ravel(), len(rows)
        traits, thresholds = self.trait.ravel().astype(np.intp) * count, self.threshold.ravel()
        first = np.arange(len(self.trait))[:, None] * inner
        example = np.arange(count)[None, :]
        node = np.zeros((len(self.trait), count), dtype=np.intp)
        for _ in range(self.depth):
            at = first + node
            above = values.take(traits.take(at) + example) > thresholds.take(at)
            node = 2 * node + 1 + above
        leaf = np.arange(len(self.trait))[:, None] * (inner + 1) + node - inner
        score = self.leaf.ravel().take(leaf).sum(axis=0, dtype=np.float64) + self.base
        return np.asarray(1.0 / (1.0 + np.exp(-score)))
