"""Training the judges of coding on a few sentences."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from extractors.base import EventDraft, Reading
from extractors.coding import load_judges
from extractors.document import Document, Sentence, Word
from schema.model import Article

pytest.importorskip("sklearn")

from scripts.train.coding import (
    Settings,
    coded_articles,
    coded_sentences,
    cross_validated,
    fit,
    more_sentences,
    tally,
    threshold_of,
    train_judges,
    write_judges,
)
from scripts.train.likeness import Likeness

SETTINGS = Settings(rare=2, folds=3)
LIKENESS = Likeness(np.eye(3), {"قتل": 0, "جنود": 1, "الناس": 2})
TOLD, TALK = "قتل جنود في هجوم أمس", "لماذا قتل الناس في الحروب ؟"


def records(folder: Path) -> Path:
    for kind in ("assault", "protest"):
        rows = [
            {
                "id": f"{kind}.{n // 2}-{n}",
                "text": TOLD if n % 2 else TALK,
                "label": "ambiguous" if n in (4, 7) else "yes" if n % 2 else "easy no",
                "accept": 1 if n in (4, 7) else 3 * (n % 2),
                "total": 3,
            }
            for n in range(24)
        ]
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / f"{kind}_detection.jsonl").write_text(lines, encoding="utf-8")
    return folder


def reading(article: Article) -> Reading:
    words = tuple(
        Word(i, w, w, "VERB" if w == "قتل" else "NOUN", {}, 0, "root", i, i + 1, i - 1)
        for i, w in enumerate(article.text.split(), 1)
    )
    document = Document(article, (Sentence(0, 0, len(article.text), article.text, False, words),))
    type_ = "Killing" if article.id.startswith("assault") else "Protest"
    return Reading(document, events=(EventDraft(type_, 0, 1, 1, 1, "stated", {}, "rule"),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return records(tmp_path)


def readings(folder: Path) -> dict[str, Reading]:
    return {article.id: reading(article) for article in coded_articles(folder)}


def test_a_tiny_model_is_learnt_twice_alike_and_read_back(folder: Path) -> None:
    judges, table = train_judges(folder, readings(folder), LIKENESS, SETTINGS)
    again, _ = train_judges(folder, readings(folder), LIKENESS, SETTINGS)
    assert judges == again
    assert "| ASSAULT | 22 | rules alone | 0.500 | 1.000 | 0.667 |" in table
    loaded = load_judges(write_judges(judges, folder).parent)
    for category, judge in loaded.items():
        for sentence in coded_sentences(folder, category, readings(folder)):
            chance = judge.probability(sentence.shown)
            assert (chance >= judge.threshold) == ("امس" in sentence.shown.terms)


def test_disputed_sentences_teach_but_are_not_scored(folder: Path) -> None:
    sentences = coded_sentences(folder, "ASSAULT", readings(folder), SETTINGS)
    assert [s.weight for s in sentences if not s.counted] == [SETTINGS.disputed] * 2
    chances = cross_validated(sentences, "ASSAULT", LIKENESS, SETTINGS)
    score = tally(sentences, chances, threshold_of(sentences, chances, 0.0))
    assert (score.tp, score.fn, score.fp) == (11, 0, 0)
    assert fit(sentences, "ASSAULT", LIKENESS, SETTINGS).threshold == 0.5


def test_more_sentences_teach_but_are_not_scored(folder: Path) -> None:
    read = [(Article(f"http://{n}#0-0", TOLD if n % 2 else TALK), float(n % 2)) for n in range(8)]
    found = readings(folder) | {article.id: reading(article) for article, _ in read}
    more = more_sentences(read, "PROTEST", found, SETTINGS)
    assert [s.weight for s in more] == [SETTINGS.read] * 8
    assert not any(s.counted for s in more)
    judges, table = train_judges(folder, found, LIKENESS, SETTINGS, {"PROTEST": more})
    alone, same = train_judges(folder, found, LIKENESS, SETTINGS)
    assert judges["PROTEST"] != alone["PROTEST"]
    assert judges["ASSAULT"] == alone["ASSAULT"]
    assert table.count("| PROTEST | 22 |") == same.count("| PROTEST | 22 |") == 3


def test_a_common_word_weighs_by_what_it_is_like(folder: Path) -> None:
    judges, _ = train_judges(folder, readings(folder), LIKENESS, SETTINGS)
    assert judges["ASSAULT"].tones == {}
    tones = judges["PROTEST"].tones
    assert tones["جنود"][0] > 0 > tones["الناس"][0]  # the one stands in what is coded, the other in talk


def test_unknown_words_weigh_nothing() -> None:
    assert LIKENESS.mean(["قتل", "قتل", "?"]).tolist() == [1.0, 0.0, 0.0]
    assert LIKENESS.mean(["?"]).tolist() == [0.0, 0.0, 0.0]
    assert LIKENESS.tones(np.array([1.0, 2.0, 3.0]), np.zeros(3))["الناس"] == (3.0, 0.0)
