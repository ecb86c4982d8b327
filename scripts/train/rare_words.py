"""Word vectors for words too rare for word2vec: those of the lists, and others that look like names.

A row that holds nothing but flags already tells the name finder that the word is known. Where the news has
the word at all, its vector is guessed from the words around it, by a linear map that was learnt on words of
five to twelve occurrences ("a la carte" embeddings, Khodak et al. 2018).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from stanza.models.common.pretrain import Pretrain

from extractors.nearest_words import NearestWords
from scripts.train.ner_data import OUTSIDE, NamedSentence
from scripts.train.rawtext import rough_tokens
from scripts.train.word_flags import NAMES, WordFlags

Vector = NDArray[np.float32]

_ARABIC = re.compile("[ء-يپچڤگ]{3,}")
_RARE, _LEARNT = range(2, 5), range(5, 13)
_SIDE, _SMOOTH = 4, 1e-4
_RIDGE, _SHRUNK = 0.01, 0.8
_SURE = 2
_LIMIT = 3_600


def rare_rows(
    known: Pretrain,
    flags: WordFlags,
    names: Iterable[tuple[str, str]],
    named: Iterable[NamedSentence],
    news: Iterable[Sequence[str]],
) -> dict[str, Vector]:
    """Rows, without flags, for words that the vectors ``known`` lack: listed ``names``, and rare words of the
    ``news`` that look like those of the sentences ``named``. ``news`` is read twice.
    """
    numbers = known.vocab._unit2id
    vectors = np.asarray(known.emb, dtype=np.float32)[:, : -len(NAMES)]
    counts = Counter(token for tokens in news for token in tokens)
    listed = listed_words(names, flags, known)
    rare = rare_words(counts, numbers) - listed
    guessed = guessed_vectors(numbers, vectors, counts, listed | rare, news)
    nearest = NearestWords(numbers)
    unlike = {word: guessed[word] for word in rare & guessed.keys() if nearest(word) is None}
    chosen = most_like_names(unlike, numbers, vectors, named, _LIMIT)
    nothing = np.zeros(vectors.shape[1], np.float32)
    return {word: guessed.get(word, nothing) for word in (*sorted(listed), *chosen)}


def is_word(token: str) -> bool:
    """Whether a token is an Arabic word of three letters or more."""
    return _ARABIC.fullmatch(token) is not None


class Contexts:
    """The mean vector of the words around each of some words; frequent neighbours count less."""

    def __init__(self, numbers: Mapping[str, int], vectors: Vector, counts: Counter[str]) -> None:
        self._numbers, self._vectors = numbers, vectors
        total = sum(counts.values())
        self._weights = np.zeros(len(vectors), np.float32)
        for word, number in numbers.items():
            if word in counts:
                self._weights[number] = _SMOOTH / (_SMOOTH + counts[word] / total)

    def of(self, wanted: Collection[str], sentences: Iterable[Sequence[str]]) -> dict[str, Vector]:
        """The words of ``wanted`` that stand beside known words, with the means of all their places."""
        sums = {word: np.zeros(self._vectors.shape[1], np.float32) for word in wanted}
        for tokens in sentences:
            places = [place for place, token in enumerate(tokens) if token in sums]
            if not places:
                continue
            rows = np.array([self._numbers.get(token, 0) for token in tokens])
            for place in places:
                near = np.r_[max(0, place - _SIDE) : place, place + 1 : min(len(tokens), place + _SIDE + 1)]
                weights = self._weights[rows[near]]
                if weights.any():
                    sums[tokens[place]] += weights @ self._vectors[rows[near]] / weights.sum()
        return {word: summed / np.linalg.norm(summed) for word, summed in sums.items() if summed.any()}


def guessed_vectors(
    numbers: Mapping[str, int],
    vectors: Vector,
    counts: Counter[str],
    wanted: Collection[str],
    sentences: Iterable[Sequence[str]],
) -> dict[str, Vector]:
    """Vectors of words that have none, a little shorter than those of known words as rare."""
    learnt = {word for word in numbers if counts[word] in _LEARNT and is_word(word)}
    found = Contexts(numbers, vectors, counts).of({*learnt, *wanted}, sentences)
    words = sorted(learnt & found.keys())
    around, own = np.stack([found[w] for w in words]), np.stack([vectors[numbers[w]] for w in words])
    ridge = _RIDGE * len(words) * around.var() * np.eye(around.shape[1])
    mapping = np.linalg.solve(around.T @ around + ridge, around.T @ own)
    longer = np.linalg.norm(own, axis=1).mean() / np.linalg.norm(around @ mapping, axis=1).mean()
    return {word: _SHRUNK * longer * (found[word] @ mapping) for word in wanted if word in found}


def listed_words(names: Iterable[tuple[str, str]], flags: WordFlags, known: Pretrain) -> set[str]:
    """The words of listed names that have flags, and no vector under any spelling that says the same."""
    nearest = NearestWords(known.vocab._unit2id)
    found = set()
    for word in {token.lower() for _, name in names for token in rough_tokens(name) if is_word(token)}:
        said, alike = flags.of(word), nearest(word)
        if any(said) and (alike is None or tuple(known.emb[alike][-len(said) :].tolist()) != said):
            found.add(word)
    return found


def rare_words(counts: Counter[str], numbers: Mapping[str, int]) -> set[str]:
    """The Arabic words of the news that are too rare to have a vector, but no slips of the pen."""
    return {w for w, count in counts.items() if count in _RARE and w not in numbers and is_word(w)}


def most_like_names(
    guessed: Mapping[str, Vector],
    numbers: Mapping[str, int],
    vectors: Vector,
    named: Iterable[NamedSentence],
    limit: int,
) -> list[str]:
    """The words of ``guessed`` that are most probably names, judged by the vectors of names in ``named``."""
    if not guessed:
        return []
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for sentence in named:
        for token, tag in zip(sentence.tokens, sentence.tags, strict=True):
            seen[token] += 1
            inside[token] += tag != OUTSIDE
    known = [w for w, count in seen.items() if count >= _SURE and w in numbers and is_word(w)]
    judge = LogisticRegression(C=10, max_iter=300)
    judge.fit(_directions([vectors[numbers[w]] for w in known]), [inside[w] > seen[w] / 2 for w in known])
    words = sorted(guessed)
    chances = judge.predict_proba(_directions([guessed[w] for w in words]))[:, 1]
    return [words[place] for place in np.argsort(-chances, kind="stable")[:limit]]


def _directions(rows: Sequence[Vector]) -> Vector:
    stacked: Vector = np.stack(rows)
    lengths: Vector = np.linalg.norm(stacked, axis=1, keepdims=True)
    return stacked / lengths
