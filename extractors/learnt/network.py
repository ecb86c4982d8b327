"""The network that reads a sentence's words with their places in the tree, and answers who takes part in an
event and between whom an edge is.

A word is its vector and its traits. Two layers let it know its neighbours: the words before and behind it,
its head, what hangs on it, and the sentence. An entity near an event's word is judged by both words and by
what else speaks for it (`party_traits`); a pair of entities by both, by the best that the word has, and by
the rules (`pair_traits`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from extractors.learnt.questions import STATUSES, Floats, Questions

#: The score of the best entity where there is none.
_LOWEST = -20.0
#: Scores run to some units where other traits run to one.
_SCALE = 4.0
#: Standard deviations from the mean beyond which a figure says no more.
_FAR = 4.0


class _Tensors(NamedTuple):
    """`Questions` as the network takes them."""

    vectors: Tensor
    words: Tensor
    links: Tensor
    sentences: Tensor
    parties: Tensor
    occasions: Tensor
    texts: Tensor
    figures: Tensor
    pairs: Tensor
    of_pairs: Tensor


class Scores(NamedTuple):
    """`Answers` as arrays, without the types."""

    sides: Floats
    pairs: Floats
    statuses: Floats


class Answers(NamedTuple):
    """Scores (log odds): of each entity as doer and as the other side, of each pair, of each pair for each
    status (`questions.STATUSES`), and of each word for the types of event that it tells (the first: none).
    """

    sides: Tensor
    pairs: Tensor
    statuses: Tensor
    types: Tensor


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many codes each trait of a word and each text of an entity has, how many figures, traits of pairs
    and numbers of a vector there are; how wide layers and tables are (`word_trait`, `text` and `type`: of a
    word's trait, an entity's text and the type of event); what share of numbers is dropped in training, and
    of words forgotten.
    """

    words: tuple[int, ...]
    texts: tuple[int, ...]
    figures: int
    of_pairs: int
    vector: int
    width: int = 128
    layers: int = 2
    word_trait: int = 14
    text: int = 6
    type: int = 32
    pair: int = 64
    dropout: float = 0.2
    forgotten: float = 0.1


class PartyNetwork(nn.Module):
    """See the head of this file. `vectors` (vocabulary, dimensions) are the shipped word vectors; they stay
    as they are and are not saved with the network.
    """

    def __init__(self, sizes: Sizes, vectors: Tensor) -> None:
        super().__init__()
        width = sizes.width
        self.sizes = sizes
        self._vectors = vectors
        self.drop = nn.Dropout(sizes.dropout)
        self.vector = nn.Linear(sizes.vector, 100)
        self.traits = nn.ModuleList(_codes(count, sizes.word_trait) for count in sizes.words)
        self.word = nn.Linear(100 + sizes.word_trait * len(sizes.words), width)
        self.around = nn.ModuleList(nn.Linear(6 * width, width) for _ in range(sizes.layers))
        self.level = nn.ModuleList(nn.LayerNorm(width) for _ in range(sizes.layers))
        self.told = nn.Linear(2 * width, sizes.texts[0] + 1)
        self.event = nn.Linear(2 * width, 128)
        self.named = nn.Linear(2 * width, 128)
        self.nowhere = nn.Parameter(torch.zeros(1, 2 * width))
        self.kind = _codes(sizes.texts[0], sizes.type)
        self.texts = nn.ModuleList(_codes(count, sizes.text) for count in sizes.texts)
        self.shown = nn.Linear(sizes.text * len(sizes.texts) + sizes.figures, 128)
        self.party = nn.Linear(3 * 128 + sizes.type, 128)
        self.sides = nn.Linear(128, 2)
        self.wanted = nn.Linear(128 + sizes.type, 2 * sizes.pair)
        self.offered = nn.Linear(128, 2 * sizes.pair)
        self.doer, self.other, self.best = (nn.Linear(128, sizes.pair) for _ in range(3))
        self.of_type = nn.Linear(sizes.type, sizes.pair)
        self.of_pair = nn.Linear(sizes.of_pairs + 6, sizes.pair)
        self.doing, self.done = (nn.Linear(128, sizes.pair) for _ in range(2))
        self.edge = nn.Linear(sizes.pair, 1)
        self.status = nn.Linear(sizes.pair, len(STATUSES))
        self.register_buffer("mean", torch.zeros(sizes.figures))
        self.register_buffer("spread", torch.ones(sizes.figures))

    mean: Tensor
    spread: Tensor

    @classmethod
    def of(cls, sizes: Sizes, vectors: Tensor, numbers: Mapping[str, NDArray[np.float16]]) -> PartyNetwork:
        """A network with the numbers of a trained one. Raises RuntimeError where they do not fit."""
        network = cls(sizes, vectors)
        network.load_state_dict({name: torch.from_numpy(array).float() for name, array in numbers.items()})
        return network.eval()

    def numbers(self) -> dict[str, NDArray[np.float16]]:
        """The learnt numbers by name."""
        return {name: value.detach().half().numpy() for name, value in self.state_dict().items()}

    @property
    def vectors_digest(self) -> str:
        """What tells the word vectors that it reads from others."""
        return digest_of(self._vectors)

    @torch.inference_mode()
    def answers(self, questions: Questions) -> Scores:
        """The scores of entities, of pairs and of the statuses of pairs, without learning."""
        found = self(questions)
        return Scores(found.sides.numpy(), found.pairs.numpy(), found.statuses.numpy())

    def forward(self, questions: Questions) -> Answers:
        """The scores of everything that is asked."""
        asked = _Tensors(*map(torch.from_numpy, questions))
        words = self.drop(self._words(asked))
        type_ = self.kind(asked.texts[:, 0])
        event = functional.relu(self.event(words))[asked.parties[:, 0]]
        named = functional.relu(self.named(torch.cat([self.nowhere, words[1:]])))[asked.parties[:, 1]]
        party = self._parties(asked, torch.cat([event, named, type_], -1))
        sides = self.sides(self.drop(party)) + self._match(torch.cat([event, type_], -1), named)
        return Answers(sides, *self._pairs(asked, party, sides, type_), self.told(words))

    def _words(self, asked: _Tensors) -> Tensor:
        """(words, 2 * width): each word with its surroundings, beside its head."""
        vectors = self._vectors[asked.vectors]
        if self.training:  # the words of other years are unknown more often
            vectors = vectors * (torch.rand(len(vectors), 1) > self.sizes.forgotten)
        traits = [table(asked.words[:, place]) for place, table in enumerate(self.traits)]
        found = functional.relu(self.word(self.drop(torch.cat([self.vector(vectors), *traits], -1))))
        there = torch.ones(len(found), 1)
        there[0] = 0
        found = found * there
        before, behind, head = asked.links.T
        below = _sums(there, head, len(found)).clamp(min=1)
        count = int(asked.sentences.max()) + 1
        length = _sums(there, asked.sentences, count).clamp(min=1)
        for around, level in zip(self.around, self.level, strict=True):
            children = _sums(found, head, len(found)) / below
            sentence = (_sums(found, asked.sentences, count) / length)[asked.sentences]
            near = [found, found[before], found[behind], found[head], children, sentence]
            found = level(found + self.drop(functional.relu(around(torch.cat(near, -1))))) * there
        return torch.cat([found, found[head]], -1)

    def _parties(self, asked: _Tensors, words: Tensor) -> Tensor:
        """(entities, 128): each entity as a party of the event that it is asked for, by the words of both."""
        texts = [table(asked.texts[:, place]) for place, table in enumerate(self.texts)]
        figures = asked.figures.sign() * asked.figures.abs().log1p()
        figures = ((figures - self.mean) / self.spread).clamp(-_FAR, _FAR)
        shown = functional.relu(self.shown(self.drop(torch.cat([*texts, figures], -1))))
        return functional.relu(self.party(self.drop(torch.cat([words, shown], -1))))

    def _match(self, event: Tensor, named: Tensor) -> Tensor:
        """(entities, 2): how well what the event's word wants on either side fits the word that names one."""
        fitting = self.wanted(event) * functional.relu(self.offered(named))
        match: Tensor = fitting.reshape(-1, 2, self.sizes.pair).sum(-1) / self.sizes.pair**0.5
        return match

    def _pairs(self, asked: _Tensors, party: Tensor, sides: Tensor, type_: Tensor) -> tuple[Tensor, Tensor]:
        """(pairs) and (pairs, statuses): the score of each pair, and of each status that it may have."""
        doer, other = asked.pairs.T
        event = asked.occasions[doer]
        count = int(asked.occasions.max()) + 1 if len(asked.occasions) else 0
        best = _highest(sides, asked.occasions, count, _LOWEST)
        party_best = _highest(party, asked.occasions, count, 0.0)
        scores = torch.cat([sides[doer], sides[other], best[event]], -1) / _SCALE
        party = self.drop(party)
        joined = (
            self.doer(party)[doer]
            + self.other(party)[other]
            + self.best(self.drop(party_best))[event]
            + self.of_type(type_)[doer]
            + self.of_pair(torch.cat([asked.of_pairs, scores], -1))
            + self.doing(party)[doer] * self.done(party)[other]
        )
        joined = self.drop(functional.relu(joined))
        return self.edge(joined)[:, 0], self.status(joined)


def _codes(count: int, width: int) -> nn.Embedding:
    """A table of codes; 0 is a text that was not there in training, and says nothing."""
    return nn.Embedding(count + 1, width, padding_idx=0)


def _sums(values: Tensor, places: Tensor, count: int) -> Tensor:
    return torch.zeros(count, values.shape[1]).index_add(0, places, values)


def _highest(values: Tensor, places: Tensor, count: int, lowest: float) -> Tensor:
    to = places[:, None].expand_as(values)
    return torch.full((count, values.shape[1]), lowest).scatter_reduce(0, to, values, "amax")


def read_vectors(path: Path) -> tuple[dict[str, int], Tensor]:
    """Word -> its row, and the vectors of the words as Stanza keeps them; row 0 is that of an unknown
    word.
    """
    saved = torch.load(path, map_location="cpu", weights_only=True)
    vectors = saved["emb"].float()
    vectors[0] = 0
    return saved["vocab"]["_unit2id"], vectors


def digest_of(vectors: Tensor) -> str:
    """16 hex digits that are others for other vectors; of one row in a thousand, which is quick."""
    return hashlib.sha256(vectors[::1000].contiguous().numpy().tobytes()).hexdigest()[:16]
