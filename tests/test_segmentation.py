"""The words of a token from its form, with the shipped table of clitics."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.segmentation import FILE, Segmenter
from extractors.weights import SHIPPED
from schema.errors import ModelError

CASES = [
    ("وبالعراق", "و ب العراق"),
    ("للقوات", "ل القوات"),
    ("لليبيا", "ل ليبيا"),
    ("واشنطن", "واشنطن"),
    ("وزير", "وزير"),
    ("ولوزارة", "و ل وزارة"),
    ("بنجاح", "ب نجاح"),
    ("بغداد", "بغداد"),
    ("وبغداد", "و بغداد"),
    ("بريطانيا", "بريطانيا"),
    ("بكين", "بكين"),
    ("لندن", "لندن"),
    ("كتائب", "كتائب"),
    ("فقتلوا", "ف قتلوا"),
    ("وزرائهم", "وزراء هم"),
    ("مدينتهم", "مدينة هم"),
    ("يستهدفهم", "يستهدف هم"),
    ("لمنعهم", "ل منع هم"),
    ("كيري", "كيري"),
    ("الحوثيين", "الحوثيين"),
    ("CNN", "CNN"),
    ("2015", "2015"),
    ("", ""),
]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    loaded = Segmenter.load(SHIPPED)
    assert loaded is not None
    return loaded


@pytest.mark.parametrize(("form", "words"), CASES)
def test_words(segmenter: Segmenter, form: str, words: str) -> None:
    assert segmenter.words(form) == (tuple(words.split()) or ("",))


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىة", max_size=14))
def test_no_word_is_empty(segmenter: Segmenter, form: str) -> None:
    words = segmenter.words(form)
    assert words
    assert all(words) or not form


def test_a_folder_without_the_table_has_no_segmenter(tmp_path: Path) -> None:
    assert Segmenter.load(tmp_path) is None


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"nothing")
    with pytest.raises(ModelError, match=FILE):
        Segmenter.load(tmp_path)
