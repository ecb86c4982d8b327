"""Training a network of parties (`extractors.learnt.network`) on what readers drew."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from extractors.learnt.network import PartyNetwork, Sizes
from extractors.learnt.questions import Questions, joined

logger = logging.getLogger("hadath.train")

#: Where there is no answer.
NONE = -1
#: The share of the steps in which the rate grows.
_WARM = 0.1
#: What an article's loss is divided by, so that it is of the size for which the other numbers were chosen.
_LOSS_SCALE = 5


@dataclass(frozen=True, slots=True)
class Example:
    """The questions of one article with a reader's answers. `sides` (entities, 2) and `pairs` say what was
    drawn; the weights are lower where the reader drew it in another sentence. `statuses` (pairs): where in
    `STATUSES` that of a drawn pair stands, else NONE. `types` (words): the code of the event that the word
    told, 0 for none. `ties` (ties, relations) and their weights are as those of pairs; `tie_statuses` (ties)
    as `statuses`.
    """

    questions: Questions
    sides: NDArray[np.float32]
    side_weights: NDArray[np.float32]
    pairs: NDArray[np.float32]
    pair_weights: NDArray[np.float32]
    statuses: NDArray[np.int64]
    types: NDArray[np.int64]
    ties: NDArray[np.float32]
    tie_weights: NDArray[np.float32]
    tie_statuses: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitting:
    """How to train. `articles` are read at a time; `edges`, `statuses` and `types` weigh these answers, those
    of parties and ties weighing 1. The network that is kept is a mean over the steps, each new one counting
    by what `memory` leaves.
    """

    epochs: int = 12
    articles: int = 8
    rate: float = 2e-3
    decay: float = 1e-2
    edges: float = 0.5
    statuses: float = 0.5
    types: float = 0.3
    memory: float = 0.998
    steepest: float = 5.0


def fit(
    sizes: Sizes, vectors: Tensor, fitting: Fitting, examples: Sequence[Example], seed: int
) -> PartyNetwork:
    """A network trained on the examples. The same seed gives the same network on the same machine. Raises
    ValueError where there is no example.
    """
    if not examples:
        raise ValueError("there is no article to learn from; give more articles or ask for fewer parts")
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = PartyNetwork(sizes, vectors)
    _prepare(network, joined([example.questions for example in examples]))
    steps = fitting.epochs * -(-len(examples) // fitting.articles)
    optimizer = torch.optim.AdamW(network.parameters(), fitting.rate, weight_decay=fitting.decay)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace((step + 1) / (steps + 1)))
    mean = {name: value.detach().clone() for name, value in network.state_dict().items()}
    step, began = 0, monotonic()
    for epoch in range(fitting.epochs):
        total = 0.0
        for batch in _batches(examples, fitting.articles, order):
            loss = _loss(network, batch, fitting)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it without types
            torch.nn.utils.clip_grad_norm_(network.parameters(), fitting.steepest)
            optimizer.step()
            pace.step()
            step, total = step + 1, total + loss.item()
            memory = min(fitting.memory, (1 + step) / (10 + step))
            for name, value in network.state_dict().items():
                mean[name].lerp_(value, 1 - memory)
        logger.info(
            "%d articles, round %d: loss %.0f, %.0f s", len(examples), epoch + 1, total, monotonic() - began
        )
    network.load_state_dict(mean)
    return network.eval()


def _pace(done: float) -> float:
    """The share of the rate when that share of the steps is done: up along a line, then down along a
    cosine.
    """
    if done < _WARM:
        return done / _WARM
    return 0.5 * (1 + math.cos(math.pi * (done - _WARM) / (1 - _WARM)))


@torch.no_grad()
def _prepare(network: PartyNetwork, seen: Questions) -> None:
    """Set the mean and the spread of the figures as the network sees them, and let codes that no example has
    say nothing.
    """
    network.shown.level(torch.from_numpy(seen.figures))
    network.tie_shown.level(torch.from_numpy(seen.tie_figures))
    tables: list[tuple[torch.nn.Module, NDArray[np.int64]]] = [(network.kind, seen.texts[:, 0])]
    for traits, rows in (
        (network.words.traits, seen.words),
        (network.shown.texts, seen.texts),
        (network.tie_shown.texts, seen.tie_texts),
    ):
        tables += [(table, rows[:, place]) for place, table in enumerate(traits)]
    for table, codes in tables:
        weight = table.get_parameter("weight")
        unseen = torch.ones(len(weight), dtype=torch.bool)
        unseen[torch.from_numpy(np.unique(codes))] = False
        weight[unseen] = 0


def _batches(examples: Sequence[Example], size: int, order: random.Random) -> Iterator[Sequence[Example]]:
    """The examples in a new order, so many at a time."""
    shuffled = order.sample(range(len(examples)), len(examples))
    for at in range(0, len(shuffled), size):
        yield [examples[number] for number in shuffled[at : at + size]]


def _loss(network: PartyNetwork, batch: Sequence[Example], fitting: Fitting) -> Tensor:
    """How far the network's answers are from the reader's, per article."""
    found = network(joined([example.questions for example in batch]))
    told = [example.types if number == 0 else example.types[1:] for number, example in enumerate(batch)]
    types = torch.from_numpy(np.concatenate(told))
    types[0] = NONE

    def answers(name: str) -> Tensor:
        return torch.from_numpy(np.concatenate([getattr(example, name) for example in batch]))

    def drawn(scores: Tensor, name: str, weights: str) -> Tensor:
        return binary_cross_entropy_with_logits(scores, answers(name), answers(weights), reduction="sum")

    def one_of(scores: Tensor, right: Tensor) -> Tensor:
        return cross_entropy(scores, right, ignore_index=NONE, reduction="sum")

    of_statuses = one_of(found.statuses, answers("statuses"))
    of_statuses = of_statuses + one_of(found.tie_statuses, answers("tie_statuses"))
    loss = (
        drawn(found.sides, "sides", "side_weights")
        + drawn(found.ties, "ties", "tie_weights")
        + fitting.edges * drawn(found.pairs, "pairs", "pair_weights")
        + fitting.statuses * of_statuses
        + fitting.types * one_of(found.types, types)
    )
    return loss / (_LOSS_SCALE * len(batch))
