"""What sentences are like, by the word vectors of the news: for judges that have few examples to learn from.

With some dozens of positives most words of a new sentence were never seen; that مسيرة is like مظاهرة is
known from the news. The product has no need of the vectors: what a word weighs by what it is like is one
number (`tones`), and a sentence weighs the mean of its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from stanza.models.common.pretrain import Pretrain

from extractors.coding_evidence import levelled
from scripts.train.word_flags import NAMES

#: How many of the most frequent words have a tone; the first entries of the vectors are no words.
_COMMON = 8_000
_NO_WORDS = 4

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Vectors of length one of the common words; `place` gives the row of a word in levelled spelling, which
    is that of its most frequent spelling.
    """

    rows: Matrix
    place: dict[str, int]

    @classmethod
    def read(cls, vectors: Path) -> Likeness:
        """The common words of a pretrain file, without the flags behind their vectors."""
        pretrain = Pretrain(str(vectors))
        words = pretrain.vocab._id2unit[_NO_WORDS:_COMMON]
        rows = np.asarray(pretrain.emb, dtype=np.float64)[_NO_WORDS:_COMMON, : -len(NAMES)]
        place: dict[str, int] = {}
        for row, word in enumerate(words):
            place.setdefault(levelled(word), row)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return cls(rows / np.where(lengths == 0, 1, lengths), place)

    def mean(self, words: Sequence[str]) -> Matrix:
        """The mean vector of those of the words that are common."""
        known = [self.place[word] for word in words if word in self.place]
        if not known:
            return np.zeros(self.rows.shape[1])
        return np.asarray(self.rows[known].mean(axis=0))

    def tones(self, anywhere: Matrix, near: Matrix) -> dict[str, tuple[float, float]]:
        """Each common word with what it weighs by two weightings of the dimensions."""
        both = np.stack([self.rows @ anywhere, self.rows @ near], axis=1)
        return {word: (float(both[n][0]), float(both[n][1])) for word, n in self.place.items()}
