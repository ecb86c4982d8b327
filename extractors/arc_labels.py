"""Labels for the arcs of a tree only, where Stanza's parser scores every label of every pair of words.

That table takes longer than all else the parser does behind its network, and of its L * L rows L are read,
one for each word and its head. Here the half that belongs to the dependents is computed for all, and a row
when it is asked for. Trees and labels are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from extractors.spanning_tree import best_tree

Floats = NDArray[np.float32]


class ArcLabels:
    """The log-probabilities of the labels of one sentence, read like Stanza's array:
    `labels[dependent, head]` is a row, `labels[dependent, head, label]` one number.

    `dependents` is words x width x labels, `heads` is words x width, `bias` one number a label.
    """

    def __init__(self, dependents: Floats, heads: Floats, bias: Floats) -> None:
        self._dependents, self._heads, self._bias = dependents, heads, bias
        self._rows: dict[tuple[int, int], Floats] = {}
        self.shape = (len(heads), len(heads), len(bias))

    def prepare(self, tree: NDArray[np.int64]) -> NDArray[np.int64]:
        """Compute the rows of the arcs of a tree at once; gives the best label of each."""
        heads = self._heads[tree]
        rows = _log_softmax(np.matmul(heads[:, None, :], self._dependents)[:, 0, :] + self._bias)
        self._rows = {(dependent, head): rows[dependent] for dependent, head in enumerate(tree.tolist())}
        best: NDArray[np.int64] = rows.argmax(axis=1)
        return best

    def __getitem__(self, at: tuple[int, ...]) -> Any:
        dependent, head = int(at[0]), int(at[1])
        if (dependent, head) not in self._rows:
            # A repair of two subjects of one verb asks for all heads of a word.
            rows = _log_softmax(self._heads @ self._dependents[dependent] + self._bias)
            self._rows |= {(dependent, other): row for other, row in enumerate(rows)}
        row = self._rows[dependent, head]
        return row if len(at) == 2 else row[at[2]]


class _Halves(nn.Module):
    """In the place of the parser's label scorer: keeps the halves of the scores, gives a table of nothing."""

    def __init__(self, scorer: Any) -> None:
        super().__init__()
        self._scorer = scorer
        bilinear = scorer.scorer.W_bilin
        size = bilinear.weight.shape
        self._weight = bilinear.weight.detach().reshape(size[0], size[1] * size[2])
        self._size = size
        self._bias = bilinear.bias.detach().numpy()
        self.dependents: Floats = np.empty(0, np.float32)
        self.heads: Floats = np.empty(0, np.float32)

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        scorer = self._scorer
        left = _with_one(scorer.hidden_func(scorer.W1(dependents)))
        right = _with_one(scorer.hidden_func(scorer.W2(heads)))
        self.dependents = (left @ self._weight).view(*left.shape[:2], *self._size[1:]).numpy()
        self.heads = right.numpy()
        return left.new_zeros(len(left), 1, 1, 1)

    def labels(self, sentence: int, length: int) -> ArcLabels:
        """The labels of one sentence of the last batch, with its root."""
        return ArcLabels(self.dependents[sentence, :length], self.heads[sentence, :length], self._bias)


def label_arcs_only(processors: Any) -> None:
    """Let the parser of loaded Stanza processors score labels for the arcs of the tree only."""
    from stanza.models.depparse.model import GraphParser

    model = processors["depparse"].trainer.model
    if not isinstance(model, GraphParser) or model.args.get("use_arc_embedding"):
        return
    halves = _Halves(model.deprel)
    model.deprel = halves

    def decode(
        vocab: Any,
        batch_size: int,
        predictions: Sequence[Any],
        lengths: Sequence[int],
        resolve_head_constraints: bool = False,
    ) -> list[list[list[Any]]]:
        scores = [predictions[0][n][:length, :length] for n, length in enumerate(lengths)]
        labels = [halves.labels(n, length) for n, length in enumerate(lengths)]
        return [_decoded(vocab, *pair, resolve_head_constraints) for pair in zip(scores, labels, strict=True)]

    model.decode_graph_predictions = decode


def _decoded(vocab: Any, scores: Floats, labels: ArcLabels, repair: bool) -> list[list[Any]]:
    """Head and label of every word, as `GraphParser.decode_graph_predictions` finds them."""
    from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
    from stanza.models.depparse.head_constraints import resolve_head_constraint_violations

    tree = best_tree(scores)
    best = labels.prepare(tree)
    numbers: Sequence[int] = best[1:].tolist()
    if repair:
        tree, numbers = resolve_head_constraint_violations(scores, labels, tree, vocab)
    names = vocab.unmap([number + VOCAB_PREFIX_SIZE for number in numbers])
    return [[head, name] for head, name in zip(tree[1:], names, strict=True)]


def _with_one(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, vectors.new_ones(*vectors.shape[:-1], 1)], -1)


def _log_softmax(rows: Floats) -> Floats:
    shifted = rows - rows.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
