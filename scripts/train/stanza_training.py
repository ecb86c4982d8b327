"""Calls of Stanza's own trainers, with the settings of this project.

Every function takes prepared files and leaves one ``.pt`` file in full precision at ``target``. The sizes
are those of a model that reads a sentence in some hundredths of a second on one core.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from stanza.models import lemmatizer, mwt_expander, ner_tagger, parser, tagger, tokenizer

from scripts.train.speed import fast_training

SEED = 1234
_SHORTHAND = "ar_hadath"

logger = logging.getLogger("hadath.train")


@dataclass(frozen=True, slots=True)
class Files:
    """Training and development data of one processor, and the file that takes the weights."""

    train: Path
    dev: Path
    target: Path
    vectors: Path | None = None

    def saving(self) -> list[str]:
        """Arguments that name the file of the weights."""
        return ["--save_dir", str(self.target.parent), "--save_name", self.target.name]

    def reading(self) -> list[str]:
        """Arguments that name the data and the word vectors."""
        named = ["--train_file", str(self.train), "--eval_file", str(self.dev)]
        return [*named, "--wordvec_pretrain_file", str(self.vectors)] if self.vectors else named


def train_tokenizer(text: Path, labels: Path, dev_text: Path, dev_labels: Path, dev_gold: Path, mwt: Path, target: Path,
                    steps: int = 4000) -> None:
    """Train the tokenizer on raw text with character labels; ``mwt`` lists the multiword tokens of dev."""
    with fast_training():
        tokenizer.main([
        "--txt_file", str(text), "--label_file", str(labels),
        "--dev_txt_file", str(dev_text), "--dev_label_file", str(dev_labels), "--dev_conll_gold", str(dev_gold),
        "--mwt_json_file", str(mwt), "--lang", "ar", "--shorthand", _SHORTHAND, "--seed", str(SEED),
        "--save_dir", str(target.parent), "--save_name", target.name,
        "--max_seqlen", "300", "--steps", str(steps), "--eval_steps", "250", "--report_steps", "100",
        "--max_steps_before_stop", "2000", "--last_char_drop_prob", "0.2", "--cpu",
    ])


def train_mwt(files: Files, epochs: int = 12) -> None:
    """Train the expander of multiword tokens: a dictionary first, a character model for the rest."""
    mwt_expander.main([
        "--mode", "train", "--lang", "ar", "--shorthand", _SHORTHAND, "--seed", str(SEED),
        "--train_file", str(files.train), "--eval_file", str(files.dev), "--gold_file", str(files.dev),
        *files.saving(), "--num_epoch", str(epochs), "--no_force_exact_pieces", "--cpu",
    ])


def train_lemmatizer(files: Files, epochs: int = 15) -> None:
    """Train the lemmatiser: a dictionary of form and tag first, a character model for the rest."""
    lemmatizer.main([
        "--mode", "train", "--shorthand", _SHORTHAND, "--seed", str(SEED),
        "--train_file", str(files.train), "--eval_file", str(files.dev), *files.saving(),
        "--num_epoch", str(epochs), "--hidden_dim", "150", "--decay_epoch", "8", "--batch_size", "100", "--cpu",
    ])


def train_tagger(files: Files, steps: int = 3000, hidden: int = 160) -> None:
    """Train the tagger of UPOS, XPOS and FEATS; the batch is counted in sentences of like length."""
    with fast_training():
        tagger.main([
            "--mode", "train", "--lang", "ar", "--shorthand", _SHORTHAND, "--seed", str(SEED),
            *files.reading(), *files.saving(), "--batch_size", "16", "--hidden_dim", str(hidden), "--share_hid",
            "--char_hidden_dim", "80", "--char_emb_dim", "40", "--deep_biaff_hidden_dim", "200",
            "--word_emb_dim", "50", "--transformed_dim", "100",
            "--word_cutoff", "3", "--max_steps", str(steps), "--eval_interval", "200", "--fix_eval_interval",
            "--max_steps_before_stop", "1000", "--augment_nopunct", "0.0", "--log_step", "50", "--cpu",
        ])


def train_parser(files: Files, steps: int = 3000, hidden: int = 160, silver: Path | None = None) -> None:
    """Train the graph parser; the batch is counted in words."""
    extra = ["--silver_file", str(silver)] if silver else []
    with fast_training():
        parser.main([
            "--mode", "train", "--lang", "ar", "--shorthand", _SHORTHAND, "--seed", str(SEED),
            *files.reading(), *files.saving(), "--batch_size", "600", "--hidden_dim", str(hidden), "--num_layers", "2",
            "--char_hidden_dim", "100", "--char_emb_dim", "50", "--deep_biaff_hidden_dim", "150",
            "--deep_biaff_output_dim", "100", "--word_emb_dim", "50", "--transformed_dim", "100",
            "--word_cutoff", "3", "--max_steps", str(steps), "--eval_interval", "200",
            "--optim", "adam", "--lr", "0.002", "--beta2", "0.95", "--no_second_optim", "--no_checkpoint",
            "--max_steps_before_stop", "1200", "--log_step", "50", "--cpu", *extra,
        ])


def train_ner(files: Files, steps: int = 4000, hidden: int = 128) -> None:
    """Train the name finder on tokens with BIOES tags."""
    with fast_training():
        ner_tagger.main([
            "--mode", "train", "--shorthand", _SHORTHAND, "--seed", str(SEED),
            *files.reading(), *files.saving(), "--hidden_dim", str(hidden), "--char_hidden_dim", "50",
            "--char_emb_dim", "30", "--word_emb_dim", "100", "--batch_size", "32", "--max_steps", str(steps),
            "--eval_interval", "250", "--log_step", "50", "--patience", "4", "--lr", "0.1", "--word_dropout", "0.05",
            "--no_emb_finetune", "--cpu",
        ])
