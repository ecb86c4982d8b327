"""Every letter of a token belongs to one of its words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.alignment import align

CASES = [
    ("للقوات", "ل القوات", "ل لقوات"),
    ("وللتحالف", "و ل التحالف", "و ل لتحالف"),
    ("والقوات", "و القوات", "و القوات"),
    ("بالعراق", "ب العراق", "ب العراق"),
    ("ستشتري", "س تشتري", "س تشتري"),
    ("مدرسته", "مدرسة ه", "مدرست ه"),
    ("قواتها", "قوات ها", "قوات ها"),
    ("عليها", "على ها", "علي ها"),
    ("إليه", "إلى ه", "إلي ه"),
    ("لديهم", "لدى هم", "لدي هم"),
    ("مما", "من ما", "م ما"),
    ("عما", "عن ما", "ع ما"),
    ("ألا", "أن لا", "أ لا"),
    ("فيما", "في ما", "في ما"),
    ("كتبوها", "كتبوا ها", "كتبو ها"),
    ("أبناؤه", "أبناء ه", "أبناؤ ه"),
    ("أبنائه", "أبناء ه", "أبنائ ه"),
    ("رآه", "رأى ه", "رآ ه"),
    ("وبحسبه", "و ب حسب ه", "و ب حسب ه"),
    ("فسيكفيكهم", "ف س يكفي ك هم", "ف س يكفي ك هم"),
    ("له", "ل ه", "ل ه"),
]


@pytest.mark.parametrize(("token", "pieces", "covered"), CASES)
def test_pieces(token: str, pieces: str, covered: str) -> None:
    ranges = align(token, tuple(pieces.split()))
    assert ranges is not None
    assert " ".join(token[a:b] for a, b in ranges) == covered


@pytest.mark.parametrize(
    ("token", "pieces"), [("داعش", ("و", "القوات")), ("", ("و",)), ("داعش", ()), ("بيان", ("ب", ""))]
)
def test_pieces_that_do_not_fit_are_refused(token: str, pieces: tuple[str, ...]) -> None:
    assert align(token, pieces) is None


LETTERS = st.text(st.sampled_from("ابتةهويىأإءؤئلم"), min_size=1, max_size=6)


@given(st.lists(LETTERS, min_size=1, max_size=4))
def test_words_that_add_up_to_the_token_have_their_own_letters(pieces: list[str]) -> None:
    token = "".join(pieces)
    ranges = align(token, tuple(pieces))
    assert ranges is not None
    assert [token[a:b] for a, b in ranges] == pieces


@given(LETTERS, st.lists(LETTERS, min_size=1, max_size=4))
def test_ranges_are_in_order_and_cover_the_token(token: str, pieces: list[str]) -> None:
    ranges = align(token, tuple(pieces))
    if ranges is None:
        return
    assert all(0 <= a < b <= len(token) for a, b in ranges)
    assert {i for a, b in ranges for i in range(a, b)} == set(range(len(token)))
    for (a, b), (c, d) in itertools.pairwise(ranges):
        assert a <= c
        assert min(b, d) - max(a, c) <= 1  # at most one shared letter
