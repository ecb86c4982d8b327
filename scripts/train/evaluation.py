"""Scores of the shipped weights on the development parts, and the table that the model card shows."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import stanza
from stanza.models.common.doc import Document
from stanza.models.common.utils import ud_scores
from stanza.utils.conll import CoNLL

from extractors.normalise import clean
from extractors.syntax import Annotator
from scripts.train.names import spans
from scripts.train.ner_data import NamedSentence
from scripts.train.packaging import pipeline_arguments
from scripts.train.treebank import Sentence, conllu

METRICS = ("Tokens", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")


@dataclass(frozen=True, slots=True)
class NameScore:
    """Exact-match scores of one label, in percent, and the number of gold names."""

    precision: float
    recall: float
    f1: float
    gold: int


def conllu_text(sentences: Iterable[Sentence]) -> str:
    """Give the sentences as one CoNLL-U text."""
    return "".join(conllu(sentence) for sentence in sentences)


def _as_read(sentence: Sentence) -> Sentence:
    """A sentence with the marks that the product unifies (« is ") written so; letters stay as they are."""
    tokens = []
    for token in sentence.tokens:
        form = clean(token.form).text
        if form != token.form and len(token.words) == 1:
            token = replace(token, form=form, words=(replace(token.words[0], form=form),))
        tokens.append(token)
    return replace(sentence, tokens=tuple(tokens))


def tree_scores(gold: str, system: str) -> dict[str, float]:
    """Score CoNLL-U against CoNLL-U by the measures of the CoNLL 2018 shared task: F1 in percent."""
    scores = ud_scores(io.StringIO(gold), io.StringIO(system))
    return {metric: 100 * scores[metric].f1 for metric in METRICS}


def name_scores(gold: Sequence[Sequence[str]], system: Sequence[Sequence[str]]) -> dict[str, NameScore]:
    """Score BIO tags of the same tokens: a name counts when its borders and its label agree.

    The key ``all`` holds the micro average.
    """
    right: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for gold_tags, system_tags in zip(gold, system, strict=True):
        wanted, given = set(spans(gold_tags)), set(spans(system_tags))
        for counter, names in ((expected, wanted), (found, given), (right, wanted & given)):
            for name in names:
                counter[name.label] += 1
                counter["all"] += 1
    return {label: _score(right[label], found[label], expected[label]) for label in sorted(expected)}


def _score(right: int, found: int, expected: int) -> NameScore:
    precision = 100 * right / found if found else 0.0
    recall = 100 * right / expected if expected else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return NameScore(precision, recall, f1, expected)


def bio(tags: Iterable[str]) -> list[str]:
    """Turn BIOES tags into BIO."""
    return [{"S-": "B-", "E-": "I-"}.get(tag[:2], tag[:2]) + tag[2:] for tag in tags]


@dataclass(slots=True)
class Evaluator:
    """A loaded pipeline with the seconds that its loading took, and the product's reading with it."""

    pipeline: Any
    load_seconds: float
    annotator: Annotator

    @classmethod
    def load(cls, models: Path) -> Evaluator:
        """Load the weights of the folder ``models`` as the product does."""
        start = time.perf_counter()
        pipeline = stanza.Pipeline(**pipeline_arguments(models))
        return cls(pipeline, time.perf_counter() - start, Annotator(models))

    def from_raw_text(self, sentences: Sequence[Sentence]) -> dict[str, float]:
        """Score everything from raw text, as the product reads it; the breaks between sentences are given."""
        document = Document([])
        document.sentences = self.annotator.stanza_sentences([sentence.text for sentence in sentences])
        return tree_scores(conllu_text(map(_as_read, sentences)), f"{document:C}\n\n")

    def from_gold_words(self, sentences: Sequence[Sentence]) -> dict[str, float]:
        """Score tags, lemmas and trees on gold words."""
        gold = conllu_text(sentences)
        document = CoNLL.conll2doc(input_str=gold)
        for processor in ("pos", "lemma", "depparse"):
            document = self.pipeline.processors[processor].process(document)
        return tree_scores(gold, f"{document:C}\n\n")

    def names(self, sentences: Sequence[NamedSentence]) -> dict[str, NameScore]:
        """Score the name finder on gold tokens, as the product reads them."""
        system = [bio(tags) for tags in self.annotator.name_tags([s.tokens for s in sentences])]
        return name_scores([s.tags for s in sentences], system)

    def words_per_second(self, sentences: Sequence[Sentence]) -> float:
        """Measure the speed of the whole pipeline on raw text, in words."""
        text = "\n\n".join(sentence.text for sentence in sentences)
        start = time.perf_counter()
        document = self.pipeline(text)
        return float(document.num_words / (time.perf_counter() - start))


def tree_table(columns: Mapping[str, Mapping[str, float]]) -> str:
    """Write tree scores as a Markdown table, one column a system or setting."""
    lines = ["| F1 % | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for metric in METRICS:
        cells = [f"{scores[metric]:.1f}" if metric in scores else "" for scores in columns.values()]
        lines.append(f"| {metric} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def name_table(columns: Mapping[str, Mapping[str, NameScore]]) -> str:
    """Write name scores as a Markdown table: F1 with precision and recall, one column a corpus."""
    labels = sorted({label for scores in columns.values() for label in scores} - {"all"})
    lines = ["| F1 (P / R) % | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for label in [*labels, "all"]:
        cells = []
        for scores in columns.values():
            score = scores.get(label)
            cells.append(f"{score.f1:.1f} ({score.precision:.1f} / {score.recall:.1f})" if score else "")
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
