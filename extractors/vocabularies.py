"""Memory for the vocabularies of the models: a word, a tag or a set of features is looked up once.

Stanza converts every character and every feature of every word by Python calls, which takes as long as the
models' arithmetic. The look-ups are pure, so their results are kept on the loaded vocabulary objects.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

_SIZE = 200_000


def remember_lookups(processors: Mapping[str, Any]) -> None:
    """Give the vocabularies of loaded Stanza processors a memory; results are the same."""
    from stanza.models.common.vocab import BaseVocab, CharVocab, CompositeVocab

    for vocab in _vocabularies(processors):
        if isinstance(vocab, CompositeVocab):
            vocab.id2unit = _by_tuple(vocab.id2unit)
            vocab.unit2id = lru_cache(_SIZE)(vocab.unit2id)
        elif isinstance(vocab, CharVocab):
            vocab.map = _by_tuple(vocab.map)
        elif isinstance(vocab, BaseVocab):
            vocab.unit2id = lru_cache(_SIZE)(vocab.unit2id)


def _vocabularies(processors: Mapping[str, Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for name in ("pos", "lemma", "depparse", "ner"):
        for trainer in getattr(processors[name], "trainers", None) or [processors[name].trainer]:
            for vocab in trainer.vocab._vocabs.values():
                found[id(vocab)] = vocab
    return list(found.values())


def _by_tuple(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @lru_cache(_SIZE)
    def remembered(key: Hashable) -> Any:
        return function(key)

    return lambda units: remembered(tuple(units))
