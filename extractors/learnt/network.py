"""The network that reads a sentence's words with their places in the tree, and answers who takes part in an
event, between whom an edge is, and who belongs to whom.

A word is its vector and its traits. Two layers let it know its neighbours: the words before and behind it,
its head, what hangs on it, and the sentence. An entity near an event's word is judged by both words and by
what else speaks for it (`party_traits`); a pair of entities by both, by the best that the word has, and by
the rules (`pair_traits`); a tie of two mentions by their words and by what else speaks for it (`ties`).
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

from extractors.learnt.layers import Tied, Traits, Words, codes_of, highest
from extractors.learnt.questions import STATUSES, Floats, Questions
from extractors.learnt.ties import STANDING

#: The score of the best entity where there is none.
_LOWEST = -20.0
#: Scores run to some units where other traits run to one.
_SCALE = 4.0


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
    ties: Tensor
    tie_texts: Tensor
    tie_figures: Tensor


class Scores(NamedTuple):
    """`Answers` as arrays, without the types."""

    sides: Floats
    pairs: Floats
    statuses: Floats
    ties: Floats
    tie_statuses: Floats


class Answers(NamedTuple):
    """Scores (log odds): of each entity as doer and as the other side, of each pair, of each pair for each
    status (`questions.STATUSES`), of each tie for each relation (`ties.STANDING`) and each status, and of
    each word for the types of event that it tells (the first: none).
    """

    sides: Tensor
    pairs: Tensor
    statuses: Tensor
    ties: Tensor
    tie_statuses: Tensor
    types: Tensor


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many codes each trait of a word and each text of an entity and of a tie has, how many figures of
    either, traits of pairs and numbers of a vector there are; how wide layers and tables are (`word_trait`,
    `text` and `type`: of a word's trait, an entity's text and the type of event); what share of numbers is
    dropped in training, and of words forgotten.
    """

    words: tuple[int, ...]
    texts: tuple[int, ...]
    figures: int
    of_pairs: int
    tie_texts: tuple[int, ...]
    tie_figures: int
    vector: int
    width: int = 128
    layers: int = 2
    word_trait: int = 14
    text: int = 6
    type: int = 32
    pair: int = 64
    tie: int = 128
    dropout: float = 0.05
    forgotten: float = 0.1


class PartyNetwork(nn.Module):
    """See the head of this file. `vectors` (vocabulary, dimensions) are the shipped word vectors; they stay
    as they are and are not saved with the network.
    """

    def __init__(self, sizes: Sizes, vectors: Tensor) -> None:
        super().__init__()
        width, dropout = 2 * sizes.width, sizes.dropout
        self.sizes = sizes
        self._vectors = vectors
        self.drop = nn.Dropout(dropout)
        self.words = Words(sizes.words, sizes.vector, sizes.width, sizes.layers, sizes.word_trait, dropout)
        self.told = nn.Linear(width, sizes.texts[0] + 1)
        self.event = nn.Linear(width, 128)
        self.named = nn.Linear(width, 128)
        self.nowhere = nn.Parameter(torch.zeros(1, width))
        self.kind = codes_of(sizes.texts[0], sizes.type)
        self.shown = Traits(sizes.texts, sizes.figures, sizes.text, 128, dropout)
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
        self.tie_shown = Traits(sizes.tie_texts, sizes.tie_figures, sizes.text, 128, dropout)
        self.tied = Tied(width, 128, sizes.tie, dropout)
        self.tie = nn.Linear(sizes.tie, len(STANDING))
        self.tie_status = nn.Linear(sizes.tie, len(STATUSES))

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
        """The scores of all but the words, without learning."""
        found = self(questions)
        return Scores(*(answer.numpy() for answer in found[: len(Scores._fields)]))

    def forward(self, questions: Questions) -> Answers:
        """The scores of everything that is asked."""
        asked = _Tensors(*map(torch.from_numpy, questions))
        vectors = self._vectors[asked.vectors]
        if self.training:  # the words of other years are unknown more often
            vectors = vectors * (torch.rand(len(vectors), 1) > self.sizes.forgotten)
        words = self.drop(self.words(vectors, asked.words, asked.links, asked.sentences))
        type_ = self.kind(asked.texts[:, 0])
        event = functional.relu(self.event(words))[asked.parties[:, 0]]
        named = functional.relu(self.named(torch.cat([self.nowhere, words[1:]])))[asked.parties[:, 1]]
        shown = self.shown(asked.texts, asked.figures)
        party = functional.relu(self.party(self.drop(torch.cat([event, named, type_, shown], -1))))
        sides = self.sides(self.drop(party)) + self._match(torch.cat([event, type_], -1), named)
        pairs = self._pairs(asked, party, sides, type_)
        tied = self.tied(words, asked.ties, self.tie_shown(asked.tie_texts, asked.tie_figures))
        return Answers(sides, *pairs, self.tie(tied), self.tie_status(tied), self.told(words))

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
        best = highest(sides, asked.occasions, count, _LOWEST)
        party_best = highest(party, asked.occasions, count, 0.0)
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
