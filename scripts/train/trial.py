"""A trial of the training: every stage, on a small sample of the corpora and with a hundredth of the steps.

It shows in minutes whether the corpora and the stages fit together. Its weights are of no use.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from scripts.train.fitting import Fitting
from scripts.train.parties import Settings
from scripts.train.rawtext import articles
from scripts.train.settling import Phase
from scripts.train.vectors import VectorSettings

#: Processor -> settings that win over those of `stanza_training`.
SHORTENED: Mapping[str, str] = {
    "tokenize": "--steps 20 --eval_steps 10 --report_steps 10",
    "mwt": "--num_epoch 1",
    "pos": "--max_steps 36 --eval_interval 18 --log_step 10",
    "depparse": "--max_steps 40 --eval_interval 20 --log_step 10",
    "ner": "--max_steps 24 --eval_interval 12 --log_step 10",
}
VECTORS = VectorSettings(epochs=1, min_count=2)
PHASES = (Phase(0.001, 12, 0.98, every=3, evaluate=6), Phase(0.0004, 6, 0.93, every=3, evaluate=6))

#: Sentences that are kept of each file of trees and of names, and articles and coded sentences.
_TREES: Mapping[str, int] = {
    "padt-train.conllu": 200,
    "padt-dev.conllu": 25,
    "padt-snippets.conllu": 60,
    "sigmorphon2019-padt.conllu": 150,
}
_NAMES: Mapping[str, int] = {
    "anercorp/train.conll": 400,
    "aqmar/train.txt": 100,
    "aqmar/dev.txt": 30,
    "wojood/train.txt": 100,
    "wojood/val.txt": 30,
}
_ARTICLES = 250
_CODED = 120
#: Articles with their facts that are learnt from.
FACTS = 40
PARTIES = Settings(Fitting(epochs=1), networks=1, parts=2)


def sample_corpora(corpora: Path, target: Path) -> None:
    """Write a small copy of the corpora: some sentences of each file, spread over it."""
    for name, count in _TREES.items():
        _sample_blocks(corpora / "treebank" / name, target / "treebank" / name, count)
    for name, count in _NAMES.items():
        _sample_blocks(corpora / "ner" / name, target / "ner" / name, count)
    rows = [{"title": t, "content": c} for t, c in islice(articles(corpora / "news"), _ARTICLES)]
    (target / "news").mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target / "news" / "sample.zip", "w") as archive:
        archive.writestr("sample.json", json.dumps(rows, ensure_ascii=False))
    shutil.copytree(corpora / "gazetteers", target / "gazetteers", dirs_exist_ok=True)


def sample_events(events: Path, target: Path) -> None:
    """Write a small copy of the coded sentences."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(events.glob("*_detection.jsonl")):
        lines = _spread(path.read_text(encoding="utf-8").splitlines(), _CODED)
        (target / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sample_blocks(source: Path, target: Path, count: int) -> None:
    """Keep that many of the blocks between empty lines."""
    blocks = [block for block in source.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = (block.strip("\n") + "\n\n" for block in _spread(blocks, count))
    target.write_text("".join(kept), encoding="utf-8")


def _spread(rows: Sequence[str], count: int) -> list[str]:
    """Rows at equal distances from each other."""
    return list(rows[:: max(1, len(rows) // count)][:count])
