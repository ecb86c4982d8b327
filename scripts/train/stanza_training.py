"""Calls of Stanza's own trainers, with the settings of this project.

Every function takes prepared files and leaves one ``.pt`` file in full precision at ``target``. The sizes
are those of a model that reads a sentence in some hundredths of a second on one core.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from stanza.models import lemmatizer, mwt_expander, ner_tagger, parser, tagger, tokenizer

from scripts.train.speed import fast_training
from scripts.train.treebank import LONGEST_CUT

COMMON = "--shorthand ar_hadath --seed 1234 --cpu"

TOKENIZER = f"""--lang ar --max_seqlen {LONGEST_CUT} --steps 1500 --eval_steps 250 --report_steps 100
    --max_steps_before_stop 2000 --last_char_drop_prob 0.2"""

MWT = "--mode train --lang ar --num_epoch 6 --no_force_exact_pieces"

# A dictionary of forms and tags alone: its analogies (paradigms.py) do most of what a character model would,
# at no cost when the product reads. A form that it lacks is its own lemma.
LEMMATIZER = "--mode train --dict_only"

# The batch is counted in sentences. The heads of UPOS, XPOS and FEATS share one hidden layer: with heads that
# depend on the UPOS (Stanza's default) a step takes twice as long, here and when the product reads.
TAGGER = """--mode train --lang ar --batch_size 16 --hidden_dim 160 --share_hid --char_hidden_dim 80
    --char_emb_dim 40 --deep_biaff_hidden_dim 200 --word_emb_dim 50 --transformed_dim 100 --word_cutoff 3
    --lr 0.0015 --max_steps 3600 --eval_interval 200 --fix_eval_interval --max_steps_before_stop 1500
    --augment_nopunct 0.0 --log_step 50"""

# The batch is counted in words. XPOS says nothing that FEATS does not say.
PARSER = """--mode train --lang ar --batch_size 600 --hidden_dim 160 --num_layers 2 --char_hidden_dim 100
    --char_emb_dim 50 --deep_biaff_hidden_dim 150 --deep_biaff_output_dim 100 --word_emb_dim 50
    --transformed_dim 100 --no_xpos --word_cutoff 3 --max_steps 5000 --eval_interval 300 --optim adam
    --lr 0.0015 --beta2 0.95 --no_second_optim --no_checkpoint --max_steps_before_stop 4000 --log_step 50"""

NAME_FINDER = """--mode train --hidden_dim 200 --dropout 0.4 --char_hidden_dim 50 --char_emb_dim 30
    --batch_size 32 --max_steps 2400 --eval_interval 300 --log_step 50 --patience 1 --optim adam --lr 0.003
    --min_lr 0.0002 --word_dropout 0.05 --no_emb_finetune"""

# The first name finder, which only labels silver sentences, sees no silver and stops early.
NAME_TEACHER = "--max_steps 1500 --eval_interval 250"

NAMES_SETTLED = "--max_steps 900 --eval_interval 150"
NAMES_SETTLED_RATE = 0.0006


@dataclass(frozen=True, slots=True)
class Files:
    """Training and development data of one processor, and the file that takes the weights."""

    train: Path
    dev: Path
    target: Path
    vectors: Path | None = None

    def arguments(self) -> list[str]:
        """Arguments that name the data, the word vectors and the file of the weights."""
        named = ["--train_file", str(self.train), "--eval_file", str(self.dev), *saving(self.target)]
        return [*named, "--wordvec_pretrain_file", str(self.vectors)] if self.vectors else named


@dataclass(frozen=True, slots=True)
class TokenizerFiles:
    """Raw text and character labels for training and development; of the latter also gold and word lists."""

    text: Path
    labels: Path
    dev_text: Path
    dev_labels: Path
    dev_gold: Path
    dev_mwt: Path
    target: Path

    def arguments(self) -> list[str]:
        """Arguments that name the data and the file of the weights."""
        named = {
            "--txt_file": self.text,
            "--label_file": self.labels,
            "--dev_txt_file": self.dev_text,
            "--dev_label_file": self.dev_labels,
            "--dev_conll_gold": self.dev_gold,
            "--mwt_json_file": self.dev_mwt,
        }
        return [*(text for pair in named.items() for text in map(str, pair)), *saving(self.target)]


def saving(target: Path) -> list[str]:
    """Arguments that name the file of the weights."""
    return ["--save_dir", str(target.parent), "--save_name", target.name]


def settings(*groups: str) -> list[str]:
    """Split groups of settings into arguments; a later one wins over an earlier one."""
    return " ".join(groups).split()


def train_tokenizer(files: TokenizerFiles, more: str = "") -> None:
    """Train the tokenizer on characters; it marks the ends of tokens and the tokens of several words."""
    with fast_training():
        tokenizer.main([*files.arguments(), *settings(COMMON, TOKENIZER, more)])


def train_mwt(files: Files, more: str = "") -> None:
    """Train the expander of multiword tokens: a dictionary first, a character model for the rest."""
    gold = ["--gold_file", str(files.dev)]
    mwt_expander.main([*files.arguments(), *gold, *settings(COMMON, MWT, more)])


def train_lemmatizer(files: Files, more: str = "") -> None:
    """Train the lemmatiser: a dictionary of forms with their UPOS."""
    lemmatizer.main([*files.arguments(), *settings(COMMON, LEMMATIZER, more)])


def train_tagger(files: Files, more: str = "") -> None:
    """Train the tagger of UPOS, XPOS and FEATS."""
    with fast_training():
        tagger.main([*files.arguments(), *settings(COMMON, TAGGER, more)])


def train_parser(files: Files, more: str = "") -> None:
    """Train the graph parser on gold tags; `settling` trains it on with those of the tagger."""
    with fast_training():
        parser.main([*files.arguments(), *parser_settings(more)])


def parser_settings(more: str = "") -> list[str]:
    """The settings of the parser as arguments."""
    return settings(COMMON, PARSER, more)


def train_ner(files: Files, dimensions: int, more: str = "") -> None:
    """Train the name finder on tokens; the word vectors have that many ``dimensions``."""
    width = f"--word_emb_dim {dimensions}"
    with fast_training():
        ner_tagger.main([*files.arguments(), *settings(COMMON, NAME_FINDER, width, more)])


def settle_ner(files: Files, first: Path, dimensions: int, more: str = "") -> None:
    """Train the name finder ``first`` on at a low rate, which Stanza takes from the saved settings."""
    saved = torch.load(first, map_location="cpu", weights_only=True)
    saved["config"]["lr"] = NAMES_SETTLED_RATE
    slow = first.with_name("ner-slow.pt")
    torch.save(saved, slow)
    train_ner(files, dimensions, f"{NAMES_SETTLED} {more} --finetune --finetune_load_name {slow}")
