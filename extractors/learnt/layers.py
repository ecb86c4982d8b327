"""What the network of parties is made of: words with their surroundings, traits, ties between mentions."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

#: Standard deviations from the mean beyond which a figure says no more.
_FAR = 4.0


class Words(nn.Module):
    """The words of articles with their surroundings. `codes`: how many each trait of a word has."""

    def __init__(
        self, codes: Sequence[int], vector: int, width: int, layers: int, trait: int, dropout: float
    ) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.vector = nn.Linear(vector, 100)
        self.traits = nn.ModuleList(codes_of(count, trait) for count in codes)
        self.word = nn.Linear(100 + trait * len(codes), width)
        self.around = nn.ModuleList(nn.Linear(6 * width, width) for _ in range(layers))
        self.level = nn.ModuleList(nn.LayerNorm(width) for _ in range(layers))

    def forward(self, vectors: Tensor, traits: Tensor, links: Tensor, sentences: Tensor) -> Tensor:
        """(words, 2 * width): each word with its surroundings, beside its head."""
        shown = [table(traits[:, place]) for place, table in enumerate(self.traits)]
        found = functional.relu(self.word(self.drop(torch.cat([self.vector(vectors), *shown], -1))))
        there = torch.ones(len(found), 1)
        there[0] = 0
        found = found * there
        before, behind, head = links.T
        below = sums(there, head, len(found)).clamp(min=1)
        count = int(sentences.max()) + 1
        length = sums(there, sentences, count).clamp(min=1)
        for around, level in zip(self.around, self.level, strict=True):
            children = sums(found, head, len(found)) / below
            sentence = (sums(found, sentences, count) / length)[sentences]
            near = [found, found[before], found[behind], found[head], children, sentence]
            found = level(found + self.drop(functional.relu(around(torch.cat(near, -1))))) * there
        return torch.cat([found, found[head]], -1)


class Traits(nn.Module):
    """Rows of codes and figures as the rest of the network takes them. `codes`: how many each text has."""

    mean: Tensor
    spread: Tensor

    def __init__(self, codes: Sequence[int], figures: int, text: int, width: int, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.texts = nn.ModuleList(codes_of(count, text) for count in codes)
        self.shown = nn.Linear(text * len(codes) + figures, width)
        self.register_buffer("mean", torch.zeros(figures))
        self.register_buffer("spread", torch.ones(figures))

    def forward(self, texts: Tensor, figures: Tensor) -> Tensor:
        """(rows, width)"""
        shown = [table(texts[:, place]) for place, table in enumerate(self.texts)]
        levelled = ((nearer(figures) - self.mean) / self.spread).clamp(-_FAR, _FAR)
        rows: Tensor = self.shown(self.drop(torch.cat([*shown, levelled], -1)))
        return functional.relu(rows)

    @torch.no_grad()
    def level(self, figures: Tensor) -> None:
        """Set the mean and the spread of the figures as examples have them."""
        self.mean.copy_(nearer(figures).mean(0))
        self.spread.copy_(nearer(figures).std(0, correction=0) + 1e-3)


class Tied(nn.Module):
    """Two mentions, by head and first word of either and by the traits of their tie."""

    def __init__(self, words: int, traits: int, width: int, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.subject, self.other = (nn.Linear(2 * words, width) for _ in range(2))
        self.traits = nn.Linear(traits, width)
        self.both = nn.Linear(width, width)

    def forward(self, words: Tensor, ties: Tensor, traits: Tensor) -> Tensor:
        """(ties, width)"""
        subject = torch.cat([words[ties[:, 0]], words[ties[:, 1]]], -1)
        other = torch.cat([words[ties[:, 2]], words[ties[:, 3]]], -1)
        tied = self.subject(subject) + self.other(other) + self.traits(self.drop(traits))
        both: Tensor = self.both(self.drop(functional.relu(tied)))
        return functional.relu(both)


def codes_of(count: int, width: int) -> nn.Embedding:
    """A table of codes; 0 is a text that was not there in training, and says nothing."""
    return nn.Embedding(count + 1, width, padding_idx=0)


def nearer(figures: Tensor) -> Tensor:
    """Figures with the large ones brought nearer."""
    return figures.sign() * figures.abs().log1p()


def sums(values: Tensor, places: Tensor, count: int) -> Tensor:
    """(count, values): the sum of the rows of each place."""
    return torch.zeros(count, values.shape[1]).index_add(0, places, values)


def highest(values: Tensor, places: Tensor, count: int, lowest: float) -> Tensor:
    """(count, values): the highest of the rows of each place; `lowest` where it has none."""
    to = places[:, None].expand_as(values)
    return torch.full((count, values.shape[1]), lowest).scatter_reduce(0, to, values, "amax")
