"""Boosted trees and habits: what they answer, and that learning gives the trees that scikit-learn grew."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.learnt.habits import MOST, WEIGHT, Habits, Tellings
from extractors.learnt.trees import UNKNOWN, Trees

#: One tree of depth two: trait 0 above 1? then trait 1 above 5, else trait 1 above 2.
TREE = Trees(
    np.array([[0, 1, 1]], np.int16),
    np.array([[1.0, 2.0, 5.0]], np.float32),
    np.array([[-2.0, -1.0, 1.0, 2.0]], np.float32),
    0.5,
)


@pytest.mark.parametrize(
    ("row", "score"),
    [([1, 2], -2.0), ([1, 3], -1.0), ([2, 5], 1.0), ([2, 6], 2.0), ([UNKNOWN, 9], -1.0)],
)
def test_a_row_goes_left_up_to_the_threshold(row: list[float], score: float) -> None:
    (chance,) = TREE.probability(np.array([row], np.float32))
    assert chance == pytest.approx(1 / (1 + math.exp(-score - 0.5)))


@given(st.lists(st.tuples(st.floats(-9, 9, width=32), st.floats(-9, 9, width=32)), min_size=1, max_size=9))
def test_rows_together_answer_as_each_alone(rows: list[tuple[float, float]]) -> None:
    together = TREE.probability(np.array(rows, np.float32))
    alone = [TREE.probability(np.array([row], np.float32))[0] for row in rows]
    assert together == pytest.approx(alone)


def test_grown_trees_answer_as_the_learner_does() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    from scripts.train.boosting import Growth, _trees

    random = np.random.default_rng(3)
    rows = random.normal(size=(900, 4)).astype(np.float32)
    rows[::7, 1] = UNKNOWN
    answers = (rows[:, 0] > 0.3) | (rows[:, 1] * rows[:, 2] > 1)
    growth = Growth(12, depth=4, leaves=9)
    learner = ensemble.HistGradientBoostingClassifier(
        max_iter=growth.trees, max_depth=growth.depth, max_leaf_nodes=growth.leaves, early_stopping=False
    ).fit(rows, answers)
    ours = _trees(learner, growth.depth)
    assert ours.depth == growth.depth
    assert ours.probability(rows) == pytest.approx(learner.predict_proba(rows)[:, 1], abs=1e-6)


HABITS = Habits({"قتل |nsubj": [10, 8, 1], "often": [900, 0, 0]}, [0.1, 0.2])


def test_what_was_seen_often_outweighs_the_usual_share() -> None:
    actor, recipient, seen = HABITS.odds(["قتل |nsubj"])
    assert actor == pytest.approx(math.log((8 + WEIGHT * 0.1) / (2 + WEIGHT * 0.9)))
    assert recipient < 0 < actor
    assert seen == 10


def test_what_was_never_seen_has_the_usual_odds() -> None:
    actor, recipient, seen = HABITS.odds(["never"])
    assert (actor, recipient) == pytest.approx((math.log(0.1 / 0.9), math.log(0.2 / 0.8)))
    assert seen == 0


def test_no_count_is_surer_than_the_most() -> None:
    assert HABITS.odds(["often"])[-1] == MOST


def test_counts_can_be_left_out() -> None:
    without = HABITS.without({"قتل |nsubj": [10, 8, 1]})
    assert without.odds(["قتل |nsubj"]) == HABITS.odds(["never"])
    assert without.of("often") == [900, 0, 0]


def test_a_word_tells_what_it_told() -> None:
    tellings = Tellings({"قصف verb": {"": 9, "Shelling": 6, "Airstrike": 1}})
    assert tellings.of("قصف verb") == {"Shelling": (6, 0.6), "Airstrike": (1, 0.1)}
    assert tellings.of("قال verb") == {}
    less = tellings.without({"قصف verb": {"": 4, "Airstrike": 1}})
    assert less.of("قصف verb") == {"Shelling": (6, 1.0)}
