"""Learning boosted trees with scikit-learn, as `extractors.learnt.trees` asks them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from extractors.learnt.trees import Trees


@dataclass(frozen=True, slots=True)
class Growth:
    """How many trees of which depth and how many leaves, how much each corrects, and of how many examples a
    leaf is made at least.
    """

    trees: int
    rate: float = 0.06
    depth: int = 6
    leaves: int = 31
    least: int = 20
    flattening: float = 1.0


def grow(
    rows: NDArray[np.float32],
    answers: NDArray[np.bool_],
    weights: NDArray[np.float64] | None,
    growth: Growth,
) -> Trees:
    """Trees that tell right answers from wrong ones."""
    learner = HistGradientBoostingClassifier(
        max_iter=growth.trees,
        learning_rate=growth.rate,
        max_depth=growth.depth,
        max_leaf_nodes=growth.leaves,
        min_samples_leaf=growth.least,
        l2_regularization=growth.flattening,
        early_stopping=False,
        random_state=0,
    )
    learner.fit(rows, answers, sample_weight=weights)
    return _trees(learner, growth.depth)


def _trees(learner: HistGradientBoostingClassifier, depth: int) -> Trees:
    """The learner's trees filled up to one depth; scikit-learn has no public way to them."""
    grown = [predictor.nodes for (predictor,) in learner._predictors]
    trait = np.zeros((len(grown), 2**depth - 1), np.int16)
    threshold = np.full(trait.shape, np.inf, np.float32)
    leaf = np.zeros((len(grown), 2**depth), np.float32)
    for tree, nodes in enumerate(grown):
        waiting = [(0, 0, 0)]  # node of the learner, place in the full tree, depth
        while waiting:
            node, place, level = waiting.pop()
            if nodes[node]["is_leaf"]:
                # all ways on lead left, to the first leaf below
                first = (place + 1) * 2 ** (depth - level) - 1
                leaf[tree, first - trait.shape[1]] = nodes[node]["value"]
                continue
            trait[tree, place] = nodes[node]["feature_idx"]
            threshold[tree, place] = _rounded_down(nodes[node]["num_threshold"])
            waiting += [
                (nodes[node]["left"], 2 * place + 1, level + 1),
                (nodes[node]["right"], 2 * place + 2, level + 1),
            ]
    return Trees(trait, threshold, leaf, float(np.ravel(learner._baseline_prediction)[0]))


def _rounded_down(number: float) -> np.float32:
    """The nearest number of single precision that is not above: what was above stays above."""
    single = np.float32(number)
    return np.nextafter(single, np.float32(-np.inf)) if single > number else single
