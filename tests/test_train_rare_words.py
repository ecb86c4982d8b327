"""Rows of the word vectors for listed and for rare words, on made-up vectors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

pytest.importorskip("gensim", reason="the training packages are not installed")

from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab

from extractors.gazetteer import load_gazetteer
from scripts.train.ner_data import NamedSentence
from scripts.train.rare_words import Contexts, is_word, listed_words, most_like_names, rare_rows
from scripts.train.vectors import widened
from scripts.train.word_flags import NAMES, WordFlags

PLACE = NAMES.index("world_place")


def _flags(*places: str) -> WordFlags:
    words = {name: frozenset[str]() for name in NAMES} | {"world_place": frozenset(places)}
    return WordFlags(words, load_gazetteer())


def _known(path: Path, words: list[str], vectors: list[list[float]], flags: WordFlags) -> Pretrain:
    rows = [[0.0] * (len(vectors[0]) + len(NAMES))] * 4
    rows += [[*vector, *flags.of(word)] for word, vector in zip(words, vectors, strict=True)]
    pretrain = Pretrain(str(path), save_to_file=False)
    pretrain._vocab = PretrainedWordVocab(words)
    pretrain._emb = torch.tensor(rows)
    pretrain.save(str(path))
    return Pretrain(str(path))


@pytest.mark.parametrize(
    ("token", "word"), [("نانت", True), ("گازروم", True), ("من", False), ("12", False), ("abc", False)]
)
def test_what_counts_as_a_word(token: str, word: bool) -> None:
    assert is_word(token) == word


def test_a_listed_word_is_wanted_unless_a_known_spelling_says_the_same(tmp_path: Path) -> None:
    flags = _flags("نانت", "افينيون")
    known = _known(tmp_path / "v.pt", ["أفينيون", "مطار"], [[1.0, 0.0], [0.0, 1.0]], flags)
    names = [("world_place", "نانت"), ("world_place", "افينيون"), ("world_place", "زقزقان")]
    assert listed_words(names, flags, known) == {"نانت"}


def test_the_words_around_a_word_make_its_context() -> None:
    vectors = np.array([[0, 0], [1, 0], [0, 1]], dtype=np.float32)
    found = Contexts({"مدينة": 1, "لاعب": 2}, vectors, Counter({"مدينة": 3, "لاعب": 3})).of(
        {"نانت", "غائب"}, [["مدينة", "نانت"], ["لاعب", "آخر"]]
    )
    assert found.keys() == {"نانت"}
    assert found["نانت"] == pytest.approx([1, 0])


def test_names_are_told_by_their_vectors() -> None:
    numbers = {"باريس": 0, "روما": 1, "كتاب": 2, "قلم": 3}
    vectors = np.array([[1, 0.1], [1, 0], [0, 1], [0.1, 1]], dtype=np.float32)
    sentence = NamedSentence(("باريس", "روما", "كتاب", "قلم"), ("B-LOC", "B-LOC", "O", "O"))
    guessed = {"نانت": np.array([0.9, 0.1], np.float32), "دفتر": np.array([0.1, 0.9], np.float32)}
    assert most_like_names(guessed, numbers, vectors, [sentence, sentence], 1) == ["نانت"]


def test_new_rows_carry_their_flags_and_old_ones_stay(tmp_path: Path) -> None:
    flags = _flags("نانت", "ستراسبورغ")
    words = ["مدينة", "لاعب", "باريس", "كتاب"]
    known = _known(tmp_path / "v.pt", words, [[1.0, 0.0], [0.0, 1.0], [0.9, 0.2], [0.1, 0.9]], flags)
    news = [["مدينة", "باريس"]] * 6 + [["لاعب", "كتاب"]] * 6 + [["مدينة", "نانت"], ["مدينة", "رانكور"]] * 2
    named = [NamedSentence(("باريس", "كتاب"), ("B-LOC", "O"))] * 2
    rows = rare_rows(known, flags, [("world_place", "نانت"), ("world_place", "ستراسبورغ")], named, news)
    assert list(rows) == ["ستراسبورغ", "نانت", "رانكور"]
    assert not rows["ستراسبورغ"].any()
    assert rows["نانت"].any()
    widened(tmp_path / "v.pt", rows, flags)
    wide = Pretrain(str(tmp_path / "v.pt"))
    assert wide.vocab._id2unit[4:] == [*words, *rows]
    assert torch.equal(torch.as_tensor(wide.emb)[:8], torch.as_tensor(known.emb))
    assert [bool(row[2 + PLACE]) for row in wide.emb[8:]] == [True, True, False]
