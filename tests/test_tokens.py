"""Written tokens: marks apart, numbers whole, every letter in one token."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.tokens import tokens_of

CASES = [
    ("قال: «داعش».", 'قال : " داعش " .'),
    ("(صحافة)", "( صحافة )"),
    ("النشاط،وقال", "النشاط ، وقال"),
    ("بنسبة 3.5% فقط", "بنسبة 3.5 % فقط"),
    ("21/7/2015", "21/7/2015"),
    ("١٥ قتيلا", "15 قتيلا"),
    ("15عنصرا", "15 عنصرا"),
    ("حزيران/يونيو", "حزيران / يونيو"),
    ("طائرات F16 و F-16", "طائرات F16 و F-16"),
    ("https://a.b/c?d=1 ثم", "https://a.b/c?d=1 ثم"),
    ("a.b@c.com", "a.b@c.com"),
    ("انتهى...", "انتهى ..."),
    ("الـ«كونا»", 'ال " كونا "'),
    ("2014–2015", "2014 - 2015"),
    ("مُؤَشِّراً", "مؤشرا"),
    ("وسم #العراق_الآن", "وسم # العراق _ الآن"),
    ("😀داعش", "😀 داعش"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tokens(text: str, expected: str) -> None:
    assert " ".join(token.text for token in tokens_of(text)[1]) == expected


ANY = st.text(
    st.sampled_from(
        "ابتةثجحخدرسشعغفقكلمنهويىءأإآؤئ"
        "\u064b\u064e\u0651\u0640\u200b\u200e\u200f\u202b\ufeff\u061c"
        " \n\t\u00a0.,،؛؟!:«»“”\"'()[]-–…/_#@0123456789٠١٢٣٪abcXYZ😀🇮🇶ﻻﷲ"
    ),
    max_size=80,
)


@given(ANY, st.integers(0, 1000))
def test_ranges_hold_the_token_in_order_and_apart(text: str, offset: int) -> None:
    tokens = tokens_of(text, offset)[1]
    for token in tokens:
        covered = text[token.start - offset : token.end - offset]
        again = [t.text for t in tokens_of(covered)[1]]
        assert "".join(again).endswith(token.text) or token.text in "".join(again)
    for one, other in itertools.pairwise(tokens):
        assert one.start <= other.start
        assert one.end <= other.start or (one.start, one.end) == (other.start, other.end)


@given(ANY)
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered = {i for token in tokens_of(text)[1] for i in range(token.start, token.end)}
    assert all(i in covered for i, char in enumerate(text) if char.isalnum() and char != "\u0640")


@given(ANY)
def test_marks_never_stay_on_a_word(text: str) -> None:
    for token in tokens_of(text)[1]:
        if any("\u0621" <= char <= "\u064a" for char in token.text):
            assert token.text.isalpha()
