"""Training the parser on with what it will meet: the tagger's tags instead of the treebank's, and a running
average of the weights, which reads better than the weights of any one step.

On gold words the parser loses two and a half points of LAS where it gets the tagger's tags; trained on them
it learns which of them to trust.
"""

from __future__ import annotations

import io
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from stanza.models import parser
from stanza.models.common.doc import DEPREL, FEATS, HEAD, UPOS, XPOS, Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.utils import unsort
from stanza.models.depparse.data import DataLoader, InfiniteBatch
from stanza.models.depparse.trainer import Trainer as ParserTrainer
from stanza.models.parser import predict_dataset
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer as TaggerTrainer
from stanza.utils.conll import CoNLL
from torch import nn
from udtools import udeval

from scripts.train.speed import fast_training

logger = logging.getLogger("hadath.train")

_TAGGER_BATCH = 32
_DEV_BATCH = 3000
_SEED = 1234


@dataclass(frozen=True, slots=True)
class Phase:
    """Some steps at one learning rate. The average is taken every `every` steps and forgets by `decay`."""

    rate: float
    steps: int
    decay: float
    every: int = 20
    evaluate: int = 200


#: A long phase that finds better weights, then a short one that settles them.
PHASES = (Phase(0.001, 3800, 0.98), Phase(0.0004, 1000, 0.93))


def retag(trees: Path, target: Path, tagger: Path, vectors: Path, noise: float = 0.0) -> None:
    """Write the trees with the tags that the tagger gives them. `noise` is the share of its dropout that
    stays on, so that it errs on trees that it was trained on as it errs on new ones.
    """
    pretrain = Pretrain(str(vectors))
    trainer = TaggerTrainer(pretrain=pretrain, model_file=str(tagger), device="cpu", args={})
    document = CoNLL.conll2doc(str(trees))
    data = Dataset(document, trainer.args, pretrain, vocab=trainer.vocab, evaluation=True)
    found, order = [], []
    torch.manual_seed(_SEED)
    if noise:
        _keep_dropout(trainer.model, noise)
    with torch.no_grad():
        for batch in data.to_loader(batch_size=_TAGGER_BATCH):
            found += trainer.predict(batch)
            order += list(batch.idx)
    document.set([UPOS, XPOS, FEATS], [tags for sentence in unsort(found, order) for tags in sentence])
    CoNLL.write_doc2conll(document, str(target))


def _keep_dropout(model: nn.Module, share: float) -> None:
    """Leave that share of the model's dropout on when it predicts."""
    for module in model.modules():
        for name in ("p", "dropout", "dropprob"):
            if isinstance(getattr(module, name, None), float):
                setattr(module, name, getattr(module, name) * share)
    # Stanza calls `eval` before it predicts, which would turn it off.
    model.eval = model.train  # type: ignore[method-assign]  # of this one model only


class Settling:
    """A parser that is trained on, with the average of its weights.

    `dev`: the development trees with the tagger's tags, and the gold ones.
    """

    def __init__(
        self, start: Path, train: Path, dev: tuple[Path, Path], vectors: Path, settings: list[str]
    ) -> None:
        args = parser.parse_args(["--wordvec_pretrain_file", str(vectors), *settings])
        self._pretrain = Pretrain(str(vectors))
        self._trainer = ParserTrainer.load(
            filename=str(start), pretrain=self._pretrain, args=args, device="cpu", reset_history=True
        )
        trees, _, _ = CoNLL.conll2dict(input_file=str(train))
        loader = DataLoader(
            Document(trees), args["batch_size"], args, self._pretrain, vocab=self._trainer.vocab
        )
        self._batches = InfiniteBatch(loader)
        retagged, gold = dev
        self._dev = DataLoader(
            CoNLL.conll2doc(str(retagged)),
            _DEV_BATCH,
            args,
            self._pretrain,
            vocab=self._trainer.vocab,
            evaluation=True,
            sort_during_eval=True,
        )
        self._gold = udeval.load_conllu_file(str(gold))
        self._average: dict[str, torch.Tensor] = {}
        self._best = 0.0

    def run(self, phase: Phase, target: Path) -> float:
        """Train for a phase; write the best average to `target`; give its LAS on the development trees."""
        self._average = {}
        for group in self._trainer.optimizer.values():
            for parameters in group.param_groups:
                parameters["lr"] = phase.rate
        for step in range(1, phase.steps + 1):
            self._trainer.update(self._batches.next_batch(), eval=False)
            if step % phase.every == 0:
                self._add_to_average(min(phase.decay, 1 - phase.every / (step + phase.every)))
            if step % phase.evaluate == 0:
                self._keep_best(step, target)
        return self._best

    def _state(self) -> dict[str, torch.Tensor]:
        return {name: value.detach().clone() for name, value in self._trainer.model.state_dict().items()}

    def _add_to_average(self, decay: float) -> None:
        for name, value in self._state().items():
            old = self._average.get(name, value)
            self._average[name] = old * decay + value * (1 - decay) if value.is_floating_point() else value

    def _keep_best(self, step: int, target: Path) -> None:
        current = self._state()
        self._trainer.model.load_state_dict(self._average, strict=False)
        score = self._score()
        logger.info("step %d: LAS %.2f with the average", step, 100 * score)
        if score > self._best:
            self._best = score
            self._trainer.save(str(target))
        self._trainer.model.load_state_dict(current, strict=False)

    def _score(self) -> float:
        found = predict_dataset(self._trainer, self._dev)
        self._dev.doc.set([HEAD, DEPREL], [arc for sentence in found for arc in sentence])
        system = udeval.load_conllu(io.StringIO(f"{self._dev.doc:C}\n\n"), "", {})
        return float(udeval.evaluate(self._gold, system)["LAS"].f1)


def settle_parser(
    start: Path,
    trees: tuple[Path, ...],
    dev: tuple[Path, Path],
    target: Path,
    vectors: Path,
    settings: list[str],
    phases: Sequence[Phase] = PHASES,
) -> None:
    """Train the parser `start` on `trees` (retagged) through all phases; `dev`: retagged and gold."""
    random.seed(_SEED)
    torch.manual_seed(_SEED)
    joined = target.with_suffix(".conllu")
    joined.write_text("".join(path.read_text("utf-8") for path in trees), encoding="utf-8")
    with fast_training():
        settling = Settling(start, joined, dev, vectors, settings)
        for phase in phases:
            score = settling.run(phase, target)
            logger.info("settled at %g: LAS %.2f", phase.rate, 100 * score)
