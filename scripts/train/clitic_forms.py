"""Training of `extractors.segmentation`: which first and last letters are clitics, from counts of the news.

The forms of the treebank are the examples, one each, weighed by the root of how often they occur.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.utils.data import DataLoader, TensorDataset

from extractors.segmentation import (
    PREFIXES,
    SHORTEST_PREFIXED,
    SHORTEST_SUFFIXED,
    SUFFIXES,
    Frequency,
    Segmenter,
    prefix_features,
    suffix_features,
    suffixes_of,
)
from scripts.train.treebank import Sentence

Form = tuple[str, tuple[str, ...]]

#: Forms of the news that are rarer say nothing: half of them are misspelt.
MIN_COUNT = 3
_HIDDEN, _EPOCHS, _BATCH, _RATE, _DECAY, _DROPOUT, _SEED = 48, 60, 256, 3e-3, 1e-4, 0.2, 1


@dataclass(frozen=True, slots=True)
class _Example:
    features: list[float]
    clitic: bool
    weight: float


def forms_of(sentences: Iterable[Sentence]) -> Counter[Form]:
    """Count the tokens of Arabic letters with their words."""
    return Counter(
        (token.form, tuple(word.form for word in token.words))
        for sentence in sentences
        for token in sentence.tokens
        if all("ء" <= letter <= "ي" for letter in token.form)
    )


def train_segmenter(sentences: Iterable[Sentence], news: Mapping[str, int]) -> dict[str, Any]:
    """Train both networks; gives what `Segmenter.load` reads. ``news`` counts the forms of the news."""
    forms = forms_of(sentences)
    counts = {f: n for f, n in news.items() if n >= MIN_COUNT and all("ء" <= letter <= "ي" for letter in f)}

    def frequency(form: str) -> float:
        return math.log1p(counts.get(form, 0))

    torch.manual_seed(_SEED)
    return {
        "forms": "\n".join(counts),
        "counts": torch.tensor(list(counts.values()), dtype=torch.int32),
        "known": "\n".join(" ".join((form, *words)) for form, words in _usual(forms).items()),
        "prefix": _fitted(list(_prefix_examples(forms, frequency))),
        "suffix": _fitted(list(_suffix_examples(forms, frequency))),
    }


def _usual(forms: Counter[Form]) -> dict[str, tuple[str, ...]]:
    """The most frequent words of every form that could hold a clitic."""
    usual: dict[str, tuple[str, ...]] = {}
    for (form, words), _ in forms.most_common():
        if len(words) > 1 or form[0] in PREFIXES or suffixes_of(form):
            usual.setdefault(form, words)
    return usual


def _prefix_examples(forms: Counter[Form], frequency: Frequency) -> Iterator[_Example]:
    for (form, words), count in forms.items():
        if len(form) >= SHORTEST_PREFIXED and form[0] in PREFIXES:
            clitic = len(words) > 1 and words[0] == form[0]
            yield _Example(prefix_features(form, frequency), clitic, math.sqrt(count))


def _suffix_examples(forms: Counter[Form], frequency: Frequency) -> Iterator[_Example]:
    for (form, words), count in forms.items():
        own = words[-1] if len(words) > 1 and words[-1] in SUFFIXES else None
        if len(form) >= SHORTEST_SUFFIXED:
            for suffix in suffixes_of(form):
                features = suffix_features(form, suffix, frequency)
                yield _Example(features, suffix == own, math.sqrt(count))


def _fitted(examples: Sequence[_Example]) -> dict[str, Tensor]:
    rows = torch.tensor([example.features for example in examples])
    wanted = torch.tensor([float(example.clitic) for example in examples])
    weights = torch.tensor([example.weight for example in examples])
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    rows = (rows - mean) / scale
    hidden, out = nn.Linear(rows.shape[1], _HIDDEN), nn.Linear(_HIDDEN, 1)
    model = nn.Sequential(hidden, nn.ReLU(), nn.Dropout(_DROPOUT), out)
    optimizer = torch.optim.Adam(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    for _ in range(_EPOCHS):
        for (batch,) in DataLoader(TensorDataset(torch.arange(len(rows))), _BATCH, shuffle=True):
            scores = model(rows[batch])[:, 0]
            loss = binary_cross_entropy_with_logits(scores, wanted[batch], weight=weights[batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it without types
            optimizer.step()
    return {
        "mean": mean,
        "scale": scale,
        "hidden": hidden.weight.detach(),
        "hidden_bias": hidden.bias.detach(),
        "out": out.weight.detach()[0],
        "out_bias": out.bias.detach()[0],
    }


def right_forms(segmenter: Segmenter, sentences: Iterable[Sentence]) -> tuple[int, int]:
    """Count the tokens of Arabic letters whose words are all found, and all of them."""
    forms = forms_of(sentences)
    right = sum(count for (form, words), count in forms.items() if segmenter.words(form) == words)
    return right, forms.total()
