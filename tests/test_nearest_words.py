"""The number of a word without vectors: that of another spelling, or of the word without its clitics."""

from __future__ import annotations

import pytest
from stanza.models.common.pretrain import PretrainedWordVocab

from extractors.nearest_words import NearestWords, look_up_nearest, stems

KNOWN = {"لندن": 4, "الاستاد": 5, "أوباما": 6, "قمة": 7, "واشنطن": 8, "شنطن": 9}


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("لندن", 4),
        ("ولندن", 4),
        ("الإستاد", 5),
        ("استاد", 5),
        ("للإستاد", 5),
        ("وللاستاد", 5),
        ("اوباما", 6),
        ("لأوباما", 6),
        ("القمه", 7),
        ("واشنطن", 8),
        ("كوالالمبور", None),
        ("ل", None),
    ],
)
def test_the_nearest_word(word: str, number: int | None) -> None:
    assert NearestWords(KNOWN)(word) == number


def test_the_more_frequent_of_two_spellings_is_taken() -> None:
    assert NearestWords({"إيران": 4, "ايران": 5})("أيران") == 4


def test_a_short_rest_is_no_stem() -> None:
    assert list(stems("ولد")) == ["ولد"]
    assert list(stems("وللبيت")) == ["وللبيت", "للبيت", "لبيت", "البيت"]


def test_a_vocabulary_of_stanza_keeps_what_it_knew() -> None:
    vocabulary = PretrainedWordVocab(["لندن", "في"])
    look_up_nearest(vocabulary)
    unknown = vocabulary.unit2id("كوالالمبور")
    assert vocabulary.map(["لندن", "في", "بلندن", "كوالالمبور"]) == [4, 5, 4, unknown]
    assert unknown == vocabulary.unit2id("<UNK>")
