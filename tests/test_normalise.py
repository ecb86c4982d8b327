"""Cleaning keeps an exact map back to the original; folding joins spellings of one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalise import bare, clean, fold

MIXED = st.text(
    st.sampled_from(
        "ابتةثجحخدرسشعغفقكلمنهويىءأإآؤئ"
        "\u064b\u064e\u0651\u0640\u200b\u200e\u200f\u202b\ufeff\u061c"
        " \n\t\u00a0.,،؛؟!:«»“”\"'()[]-–…/0123456789٠١٢٣٪abcXYZ😀🇮🇶ﻻﷲ"
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مؤشراً", "مؤشرا"),
        ("مُؤَشِّراً", "مؤشرا"),
        ("الـــعراق", "العراق"),
        ("\u202bداعش\u202c", "داعش"),
        ("دا\u200bعش", "داعش"),
        ("«داعش»", '"داعش"'),
        ("“داعش”", '"داعش"'),
        ("Obama’s", "Obama's"),
        ("‘داعش’", '"داعش"'),
        ("١٥ عنصرا", "15 عنصرا"),
        ("۱۵٪", "15%"),
        ("٣٫٥", "3.5"),
        ("ﻻ", "لا"),
        ("ایران", "ايران"),
        ("أ  \t ب", "أ ب"),
        ("أ \n\n ب", "أ\nب"),
        ("أ\u00a0ب", "أ ب"),
        ("2014 – 2015", "2014 - 2015"),
        ("", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text).text == expected


def test_ranges_hold_the_marks_on_a_letter_but_no_direction_mark() -> None:
    text = "\u200fمؤشراً\u200f."
    cleaned = clean(text)
    start, end = cleaned.original(0, 4)
    assert text[start:end] == "مؤشر"
    start, end = cleaned.original(0, 5)
    assert text[start:end] == "مؤشراً"


def test_offset_shifts_the_ranges() -> None:
    assert clean("داعش", offset=100).original(0, 4) == (100, 104)


def test_an_empty_range_is_refused() -> None:
    with pytest.raises(IndexError):
        clean("داعش").original(2, 2)


@given(MIXED)
def test_ranges_are_ordered_and_inside(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.starts) == len(cleaned.ends) == len(cleaned.text)
    for i in range(len(cleaned.text)):
        assert 0 <= cleaned.starts[i] < cleaned.ends[i] <= len(text)
        if i:
            assert cleaned.starts[i - 1] <= cleaned.starts[i]
            shared = cleaned.starts[i - 1] == cleaned.starts[i]
            assert shared or cleaned.ends[i - 1] <= cleaned.starts[i]


@given(MIXED)
def test_every_letter_and_digit_is_kept(text: str) -> None:
    cleaned = clean(text)
    covered = {p for a, b in zip(cleaned.starts, cleaned.ends, strict=True) for p in range(a, b)}
    assert all(i in covered for i, char in enumerate(text) if char.isalnum() and char != "\u0640")


@given(MIXED)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@pytest.mark.parametrize(
    ("one", "other"),
    [("الأمريكية", "الامريكيه"), ("مسؤول", "مسئول"), ("أوباما", "اوباما"), ("إلى", "الي"), ("داعِش", "داعش")],
)
def test_fold_joins_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_bare_takes_the_article_off() -> None:
    assert bare("القوات") == bare("قوات")
    assert bare("الله") == fold("الله")
