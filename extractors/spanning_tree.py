"""The best dependency tree of a sentence, found faster than Stanza finds it and the same.

Stanza forbids a second root by a penalty on every root arc, which makes Chu-Liu/Edmonds contract the sentence
once for nearly every word. Without the penalty the best graph usually is a tree with one root already, and
then it is also the best of the trees with one root.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[Any]


def best_tree(scores: Scores) -> NDArray[np.int64]:
    """The heads of the best tree with one root: `heads[d]` is the head of word d; node 0 is its own head.

    `scores[d, h]` is the score of head h for word d. The result is that of Stanza's
    `chuliu_edmonds_one_root` (where two trees score the same, either may be given).
    """
    masked = scores.astype(np.float64)
    np.fill_diagonal(masked, -np.inf)
    heads: NDArray[np.int64] = masked.argmax(axis=1)
    heads[0] = 0
    if _is_tree(heads.tolist()):
        return heads
    heads = _maximum(masked)
    if int((heads[1:] == 0).sum()) == 1:
        return heads
    # As Stanza does it: root arcs so dear that no tree has two (Stanojević and Cohen, EMNLP 2021).
    masked[:, 0] += masked[np.isfinite(masked)].min() * len(masked)
    return _maximum(masked)


@contextmanager
def fast_trees() -> Iterator[None]:
    """Let Stanza's parser use `best_tree` while the block runs."""
    from stanza.models.depparse import head_constraints, model

    original = model.chuliu_edmonds_one_root
    model.chuliu_edmonds_one_root = head_constraints.chuliu_edmonds_one_root = best_tree
    try:
        yield
    finally:
        model.chuliu_edmonds_one_root = head_constraints.chuliu_edmonds_one_root = original


def _is_tree(heads: list[int]) -> bool:
    return heads[1:].count(0) == 1 and _cycle(heads) is None


def _cycle(heads: list[int]) -> list[int] | None:
    """The words of a cycle, or None."""
    state = [0] * len(heads)
    state[0] = -1
    for start in range(1, len(heads)):
        word = start
        while state[word] == 0:
            state[word] = start
            word = heads[word]
        if state[word] == start:
            cycle = [word]
            following = heads[word]
            while following != word:
                cycle.append(following)
                following = heads[following]
            return cycle
    return None


def _maximum(scores: Scores) -> NDArray[np.int64]:
    """Chu-Liu/Edmonds with any number of roots; `scores` has -inf on its diagonal."""
    heads: NDArray[np.int64] = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads.tolist())
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    cycle_at = np.flatnonzero(inside)
    rest_at = np.flatnonzero(~inside)
    held = scores[cycle_at, heads[cycle_at]]
    # The contracted cycle is the last node. As a dependent it loses the arc it breaks; as a head it is the
    # best of its words.
    into = scores[np.ix_(cycle_at, rest_at)] - held[:, None]
    out = scores[np.ix_(rest_at, cycle_at)]
    entry, exit_ = into.argmax(axis=0), out.argmax(axis=1)
    size = len(rest_at)
    contracted = np.full((size + 1, size + 1), -np.inf)
    contracted[:size, :size] = scores[np.ix_(rest_at, rest_at)]
    contracted[size, :size] = into[entry, np.arange(size)]
    contracted[:size, size] = out[np.arange(size), exit_]
    smaller = _maximum(contracted)
    result = heads.copy()
    for dependent, head in enumerate(smaller[:size]):
        result[rest_at[dependent]] = cycle_at[exit_[dependent]] if head == size else rest_at[head]
    broken = smaller[size]
    result[cycle_at[entry[broken]]] = rest_at[broken]
    result[0] = 0
    return result
