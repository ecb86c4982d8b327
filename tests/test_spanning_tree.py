"""The fast search gives the tree that Stanza's own search gives."""

from __future__ import annotations

import numpy as np
import pytest
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.depparse import model

from extractors.spanning_tree import best_tree, fast_trees


@pytest.mark.parametrize("seed", range(60))
def test_the_tree_is_stanzas(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = int(random.integers(2, 40))
    scores = np.log(random.dirichlet(np.full(size, random.choice([0.05, 0.3, 2.0])), size) + 1e-12)
    np.fill_diagonal(scores, -np.inf)
    assert best_tree(scores).tolist() == chuliu_edmonds_one_root(scores.copy()).tolist()


@pytest.mark.parametrize("seed", range(20))
def test_many_roots_and_cycles(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = 30
    scores = random.normal(size=(size, size)).astype(np.float32)
    scores[:, 0] += float(random.choice([-3.0, 0.0, 3.0]))
    assert best_tree(scores).tolist() == chuliu_edmonds_one_root(scores.copy()).tolist()


def test_stanza_has_its_own_search_back_afterwards() -> None:
    with fast_trees():
        assert model.chuliu_edmonds_one_root is best_tree
    assert model.chuliu_edmonds_one_root is chuliu_edmonds_one_root
