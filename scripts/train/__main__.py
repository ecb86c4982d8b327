"""Train the shipped weights: ``python -m scripts.train --corpora DIR [--out DIR] [--stage NAME ...]``."""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain

from extractors.learnt.model import save_model
from extractors.learnt.parties import FILE as PARTIES
from extractors.segmentation import FILE as CLITICS
from extractors.segmentation import Segmenter
from scripts.train import stanza_training as training
from scripts.train.baseline_udpipe import baseline_scores, train_baseline
from scripts.train.clitic_forms import right_forms, train_segmenter
from scripts.train.coding import DEFAULT as CODING
from scripts.train.coding import coded_articles, more_sentences, readings_of, train_judges, write_judges
from scripts.train.corpora import Names, Trees, write_name_data, write_tree_data
from scripts.train.evaluation import Evaluator, name_table, tree_table
from scripts.train.facts import read_with_facts
from scripts.train.likeness import Likeness
from scripts.train.ner_data import write_json
from scripts.train.packaging import PROCESSORS, VECTORS, package, write_manifest
from scripts.train.parties import DEFAULT as PARTY_SETTINGS
from scripts.train.parties import Settings, train_parties
from scripts.train.rare_words import rare_rows
from scripts.train.read_sentences import read_sentences
from scripts.train.settling import PHASES, Phase, retag, settle_parser
from scripts.train.silver import Describer, agreed, crf_tags, finder_tags, news_sample, train_crf
from scripts.train.trial import FACTS as TRIAL_ARTICLES
from scripts.train.trial import PARTIES as TRIAL_PARTIES
from scripts.train.trial import PHASES as TRIAL_PHASES
from scripts.train.trial import SHORTENED, sample_corpora, sample_events
from scripts.train.trial import VECTORS as TRIAL_VECTORS
from scripts.train.vectors import (
    NewsSentences,
    VectorSettings,
    save_pretrain,
    token_counts,
    train_vectors,
    trimmed,
    vocabulary,
    widened,
)
from scripts.train.word_flags import WordFlags, listed_names

logger = logging.getLogger("hadath.train")

#: With a quarter of its dropout the tagger errs on the training trees somewhat more than on new ones.
TAGGER_NOISE = 0.25

MODELS = Path(__file__).resolve().parents[2] / "extractors" / "models"


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the corpora lie, where prepared data and full weights go, where the product loads from; and the
    sentences whose events people coded.

    `archives` holds the news of which facts were read; `articles` is how many to learn from, None for all.
    `more` holds settings by processor that win over those of `stanza_training`.
    """

    corpora: Path
    out: Path
    models: Path
    events: Path
    archives: Path
    more: Mapping[str, str] = field(default_factory=dict)
    articles: int | None = None
    phases: Sequence[Phase] = PHASES
    vector_settings: VectorSettings = field(default_factory=VectorSettings)
    party_settings: Settings = PARTY_SETTINGS

    def trial(self) -> Workplace:
        """The same with a small sample of the data and a hundredth of the steps."""
        corpora, events = self.out / "corpora", self.out / "events"
        sample_corpora(self.corpora, corpora)
        sample_events(self.events, events)
        return replace(
            self,
            corpora=corpora,
            events=events,
            more=SHORTENED,
            articles=TRIAL_ARTICLES,
            phases=TRIAL_PHASES,
            vector_settings=TRIAL_VECTORS,
            party_settings=TRIAL_PARTIES,
        )

    def settings(self, processor: str) -> str:
        """The settings that win over the usual ones of a processor."""
        return self.more.get(processor, "")

    @property
    def data(self) -> Path:
        """The folder of prepared training data."""
        return self.out / "data"

    @property
    def vectors(self) -> Path:
        """The trimmed word vectors."""
        return self.out / "vectors.pt"

    @property
    def dimensions(self) -> int:
        """The dimensions of the word vectors, flags included."""
        return int(Pretrain(str(self.vectors)).emb.shape[1])

    def weights(self, processor: str) -> Path:
        """The full-precision weights of a processor."""
        return self.out / "saved" / f"{processor}.pt"

    def files(
        self, processor: str, *, dev: str = "dev.conllu", suffix: str = "conllu", vectors: bool = True
    ) -> training.Files:
        """The files of a processor, with the word vectors where it uses them."""
        train, target = self.data / f"{processor}.{suffix}", self.weights(processor)
        return training.Files(train, self.data / dev, target, self.vectors if vectors else None)


def prepare(place: Workplace) -> None:
    """Write the training data; the word vectors give the vocabulary of the news."""
    write_tree_data(Trees.read(place.corpora), vocabulary(place.vectors), place.data)
    write_name_data(Names.read(place.corpora), place.data)


def vectors(place: Workplace) -> None:
    """Train word vectors on the news, keep the most frequent words and add rare ones that may be names."""
    full = place.out / "vectors-full.pt"
    settings, news, gazetteers = place.vector_settings, place.corpora / "news", place.corpora / "gazetteers"
    save_pretrain(train_vectors(NewsSentences(news), settings), full)
    flags = WordFlags.read(gazetteers)
    trimmed(full, place.vectors, settings.shipped, flags)
    names, named = listed_names(flags.gazetteer, gazetteers), Names.read(place.corpora).train
    rows = rare_rows(Pretrain(str(place.vectors)), flags, names, named, NewsSentences(news))
    widened(place.vectors, rows, flags)


def clitics(place: Workplace) -> None:
    """Train the segmenter of tokens on the treebank's forms and the counts of the news."""
    trees = Trees.read(place.corpora)
    saved = train_segmenter(trees.train + trees.segmented, token_counts(place.corpora / "news"))
    torch.save(saved, place.out / CLITICS)
    right, tokens = right_forms(Segmenter.of(saved), trees.dev)
    logger.info("words of %d of %d tokens of letters are right", right, tokens)


def tokenize(place: Workplace) -> None:
    """Train the tokenizer."""
    data = place.data
    training.train_tokenizer(
        training.TokenizerFiles(
            data / "tokenize.txt",
            data / "tokenize.labels",
            data / "rough-dev.txt",
            data / "rough-dev.labels",
            data / "rough-dev.conllu",
            data / "rough-dev-mwt.json",
            place.weights("tokenize"),
        ),
        place.settings("tokenize"),
    )


def parser(place: Workplace) -> None:
    """Train the parser on gold tags, then on those that the tagger gives."""
    gold = place.files("depparse")
    first = replace(gold, target=place.weights("depparse-first"))
    training.train_parser(first, place.settings("depparse"))
    tagger, data = place.weights("pos"), place.data
    retagged = {name: data / f"depparse-{name}.conllu" for name in ("tagged", "noisy", "dev")}
    retag(gold.train, retagged["tagged"], tagger, place.vectors)
    retag(gold.train, retagged["noisy"], tagger, place.vectors, noise=TAGGER_NOISE)
    retag(gold.dev, retagged["dev"], tagger, place.vectors)
    settle_parser(
        first.target,
        (retagged["tagged"], retagged["noisy"]),
        (retagged["dev"], gold.dev),
        gold.target,
        place.vectors,
        training.parser_settings(),
        place.phases,
    )


def silver(place: Workplace) -> None:
    """Train two unlike name finders on gold names and keep the news sentences on which they agree."""
    gold = place.files("ner", dev="ner-dev.json", suffix="json")
    teacher = replace(gold, target=place.weights("ner-teacher"))
    training.train_ner(teacher, place.dimensions, f"{training.NAME_TEACHER} {place.settings('ner')}")
    train = Names.read(place.corpora).train
    describer = Describer.read(place.vectors, place.corpora / "gazetteers")
    crf = place.out / "saved" / "names.crf"
    train_crf(train, describer, crf)
    rows = news_sample(place.corpora / "news")
    first = crf_tags(crf, describer, rows)
    second = finder_tags(teacher.target, place.vectors, rows)
    both = [*train, *agreed(rows, first, second)]
    random.Random(3).shuffle(both)
    logger.info("%d gold, %d silver sentences", len(train), len(both) - len(train))
    write_json(both, place.data / "ner-silver.json")


def names(place: Workplace) -> None:
    """Train the name finder on gold and silver, then settle it on gold alone."""
    gold = place.files("ner", dev="ner-dev.json", suffix="json")
    first = replace(gold, train=place.data / "ner-silver.json", target=place.weights("ner-first"))
    training.train_ner(first, place.dimensions, place.settings("ner"))
    training.settle_ner(gold, first.target, place.dimensions, place.settings("ner"))


def baseline(place: Workplace) -> None:
    """Train UDPipe on the trees of the treebank and print its scores."""
    trees = Trees.read(place.corpora)
    target = place.out / "baseline.udpipe"
    train_baseline(trees.train, target)
    raw, gold = baseline_scores(target, trees.dev)
    print(tree_table({"UDPipe, raw text": raw, "UDPipe, gold words": gold}))


def evaluate(place: Workplace) -> None:
    """Print the tables of the shipped weights, with the baseline beside them where it is trained."""
    trees, names = Trees.read(place.corpora), Names.read(place.corpora)
    evaluator = Evaluator.load(place.models)
    columns = {
        "raw text": evaluator.from_raw_text(trees.dev),
        "gold words": evaluator.from_gold_words(trees.dev),
    }
    target = place.out / "baseline.udpipe"
    if target.exists():
        columns["UDPipe, raw text"], columns["UDPipe, gold words"] = baseline_scores(target, trees.dev)
    print(tree_table(columns))
    print()
    print(name_table({corpus: evaluator.names(rows) for corpus, rows in names.dev.items()}))
    speed = evaluator.words_per_second(trees.dev)
    print(f"\nloaded in {evaluator.load_seconds:.1f} s; {speed:.0f} words a second on one core")


def ship(place: Workplace) -> None:
    """Write the weights in half precision to the folder that the product loads from."""
    tables = (place.vectors, place.out / CLITICS)
    total = package({p: place.weights(p) for p in PROCESSORS}, tables, place.models)
    logger.info("shipped %d bytes", total)


def parties(place: Workplace) -> None:
    """Learn who takes part in which event from the articles that were read, and print what it gives."""
    model, table = train_parties(
        read_with_facts(place.archives, place.models, place.articles),
        place.models / VECTORS,
        place.party_settings,
    )
    save_model(model, place.models / PARTIES)
    write_manifest(place.models)
    print(table)


def coding(place: Workplace) -> None:
    """Train the judges of coding by the shipped weights, put them beside these and print their scores."""
    likeness = Likeness.read(place.models / VECTORS)
    read = read_sentences(place.archives)
    articles = [*coded_articles(place.events), *(article for article, _ in read)]
    found = readings_of(articles, place.models)
    more = {"PROTEST": more_sentences(read, "PROTEST", found, CODING)}
    judges, table = train_judges(place.events, found, likeness, CODING, more)
    write_judges(judges, place.models)
    write_manifest(place.models)
    print(table)


STAGES: dict[str, Callable[[Workplace], None]] = {
    "vectors": vectors,
    "prepare": prepare,
    "clitics": clitics,
    "tokenize": tokenize,
    "mwt": lambda place: training.train_mwt(place.files("mwt", vectors=False), place.settings("mwt")),
    "pos": lambda place: training.train_tagger(place.files("pos"), place.settings("pos")),
    "lemma": lambda place: training.train_lemmatizer(place.files("lemma", vectors=False)),
    "depparse": parser,
    "silver": silver,
    "ner": names,
    "baseline": baseline,
    "ship": ship,
    "parties": parties,
    "coding": coding,
    "evaluate": evaluate,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages that are asked for, all of them by default, in the order in which they depend."""
    reader = argparse.ArgumentParser(prog="python -m scripts.train", description=__doc__)
    reader.add_argument(
        "--corpora", type=Path, required=True, help="folder of the corpora (treebank, ner, news)"
    )
    reader.add_argument(
        "--out", type=Path, help="folder for data and full weights (build/train, of a trial build/trial)"
    )
    reader.add_argument("--models", type=Path, default=MODELS, help="folder that the product loads from")
    reader.add_argument(
        "--events", type=Path, help="folder of coded sentences (*_detection.jsonl), else that of the corpora"
    )
    reader.add_argument(
        "--stage", nargs="+", choices=list(STAGES), default=list(STAGES), help="stages to run"
    )
    reader.add_argument("--threads", type=int, default=1, help="threads of torch")
    reader.add_argument(
        "--trial",
        action="store_true",
        help="a hundredth of the steps and a small sample of the data, to see that the corpora and the "
        "stages fit together; the weights are of no use",
    )
    options = reader.parse_args(arguments)
    if options.trial and options.models.resolve() == MODELS:
        reader.error("the weights of a trial are of no use: give another folder for them with --models")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    out = options.out or Path("build") / ("trial" if options.trial else "train")
    place = Workplace(
        options.corpora,
        out,
        options.models,
        options.events or options.corpora / "event_gsr",
        options.corpora / "news",
    )
    if options.trial:
        place = place.trial()
    (place.out / "saved").mkdir(parents=True, exist_ok=True)
    for name in STAGES:
        if name in options.stage:
            logger.info("stage %s", name)
            STAGES[name](place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
