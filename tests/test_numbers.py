"""Counts: number words, digits, approximators. Cases are (words, min, max, words read)."""

from __future__ import annotations

import pytest

from extractors.document import Word
from extractors.numbers import count_of_noun, find_quantities, parse_number

CASES: list[tuple[str, int, int | None, int]] = [
    ("15", 15, 15, 1),
    ("١٥", 15, 15, 1),
    ("۱۵", 15, 15, 1),
    ("1,500", 1500, 1500, 1),
    ("1٬500", 1500, 1500, 1),
    ("3.216", 3216, 3216, 1),
    ("سبعة جنود", 7, 7, 1),
    ("سبعُ غارات", 7, 7, 1),
    ("واحد", 1, 1, 1),
    ("اثنان", 2, 2, 1),
    ("اثنين", 2, 2, 1),
    ("ثماني", 8, 8, 1),
    ("ثمانية من عناصر", 8, 8, 1),
    ("عشرة قتلى", 10, 10, 1),
    ("أحد عشر جنديا", 11, 11, 2),
    ("احدى عشرة امرأة", 11, 11, 2),
    ("اثنا عشر", 12, 12, 2),
    ("اثني عشر", 12, 12, 2),
    ("خمسة عشر", 15, 15, 2),
    ("خمس عشرة غارة", 15, 15, 2),
    ("عشرون", 20, 20, 1),
    ("خمسة وعشرين", 25, 25, 2),
    ("خمسة و عشرين مسلحا", 25, 25, 3),
    ("واحد وثلاثون", 31, 31, 2),
    ("مئة", 100, 100, 1),
    ("مائة جريح", 100, 100, 1),
    ("ومئة جريح", 100, 100, 1),
    ("مئتين", 200, 200, 1),
    ("مائتي شخص", 200, 200, 1),
    ("ثلاثمئة", 300, 300, 1),
    ("ثلاث مئة", 300, 300, 2),
    ("مئة وخمسين", 150, 150, 2),
    ("مئة و خمسة و عشرون", 125, 125, 5),
    ("ألف", 1000, 1000, 1),
    ("ألفين", 2000, 2000, 1),
    ("ألفا جندي", 2000, 2000, 1),
    ("ألفي نازح", 2000, 2000, 1),
    ("ثلاثة آلاف", 3000, 3000, 2),
    ("3 آلاف", 3000, 3000, 2),
    ("20 ألفا", 20000, 20000, 2),
    ("خمسة عشر ألفا", 15000, 15000, 3),
    ("خمسة وعشرين ألف نازح", 25000, 25000, 3),
    ("ألف ومئتان وخمسة وعشرون", 1225, 1225, 4),
    ("ثلاثة آلاف و216", 3216, 3216, 3),
    ("مئة ألف", 100_000, 100_000, 2),
    ("مليون", 1_000_000, 1_000_000, 1),
    ("2.5 مليون", 2_500_000, 2_500_000, 2),
    ("نصف مليون نازح", 500_000, 500_000, 2),
    ("مليوني لاجئ", 2_000_000, 2_000_000, 1),
    ("مليون و500 ألف", 1_500_000, 1_500_000, 3),
    ("نحو 20 شخصا", 20, 20, 2),
    ("حوالى مائة", 100, 100, 2),
    ("حوالي عشرة", 10, 10, 2),
    ("قرابة ثلاثين", 30, 30, 2),
    ("زهاء خمسين", 50, 50, 2),
    ("ما يقارب 40", 40, 40, 3),
    ("ما يقرب من 40", 40, 40, 4),
    ("لنحو 20", 20, 20, 2),
    ("أكثر من 50", 51, None, 3),
    ("اكثر من مئة", 101, None, 3),
    ("ما يزيد على ألف", 1001, None, 4),
    ("ما يزيد عن 30", 31, None, 4),
    ("ما لا يقل عن 115 مسلحا", 115, None, 5),
    ("لا يقل عن عشرة", 10, None, 4),
    ("15 على الأقل", 15, None, 3),
    ("15 فأكثر", 15, None, 2),
    ("أقل من عشرة", 1, 9, 3),
    ("ما لا يزيد عن 10", 1, 10, 5),
    ("عشرات القتلى", 20, None, 1),
    ("العشرات", 20, None, 1),
    ("بالعشرات", 20, None, 1),
    ("مئات المدنيين", 200, None, 1),
    ("المئات", 200, None, 1),
    ("آلاف النازحين", 2000, None, 1),
    ("عشرات الآلاف", 20_000, None, 2),
    ("مئات الآلاف من النازحين", 200_000, None, 2),
    ("بضعة جنود", 3, None, 1),
    ("عدة أشخاص", 3, None, 1),
    ("عدد من القتلى", 2, None, 2),
    ("بين 5 و10 قتلى", 5, 10, 3),
    ("بين 5 و 10", 5, 10, 4),
    ("ما بين خمسة وعشرة", 5, 10, 4),
    ("من 20 إلى 30 شخصا", 20, 30, 4),
    ("الـ15", 15, 15, 1),
    ("السبعة", 7, 7, 1),
    ("10 و20", 10, 10, 1),
    ("ثلاثة وخمسة", 3, 3, 1),
]


@pytest.mark.parametrize(("words", "least", "most", "length"), CASES)
def test_parse_number(words: str, least: int, most: int | None, length: int) -> None:
    quantity = parse_number(words.split())
    assert quantity is not None
    assert (quantity.min, quantity.max, quantity.length) == (least, most, length)


@pytest.mark.parametrize(
    "words",
    [
        *["", "مات جندي", "الخامسة", "الثالث", "الأربعاء", "الثلاثاء", "أكثر من", "من بغداد إلى دمشق"],
        *["بين بغداد وواشنطن", "نحو الحدود", "خمسا", "1/2/2015", "ربع النهائي", "مئوية", "قبل الفجر"],
    ],
)
def test_no_number(words: str) -> None:
    assert parse_number(words.split()) is None


FOUND: list[tuple[str, list[tuple[int, int, int | None]]]] = [
    ("أسفر عن 31 قتيلا على الأقل", [(2, 31, None)]),
    ("مقتل 28 من مسلحي التنظيم على الأقل", [(1, 28, None)]),
    ("100 قتيل و 150 جريحا", [(0, 100, 100), (3, 150, 150)]),
    ("قتل 173 مدنيا وأصيب العشرات", [(1, 173, 173), (4, 20, None)]),
    ("قتل 10 وأصيب 20 على الأقل", [(1, 10, 10), (3, 20, None)]),
    ("لا شيء", []),
]


@pytest.mark.parametrize(("words", "expected"), FOUND)
def test_find_quantities(words: str, expected: list[tuple[int, int, int | None]]) -> None:
    assert [(f.start, f.quantity.min, f.quantity.max) for f in find_quantities(words.split())] == expected


NOUNS: list[tuple[str, str, dict[str, str], tuple[int, int | None] | None]] = [
    ("جنديان", "جُندِيّ", {}, (2, 2)),
    ("جثتين", "جُثَّة", {}, (2, 2)),
    ("جثتي", "جُثَّة", {"Definite": "Cons"}, (2, 2)),
    ("امرأتان", "اِمرَأَة", {}, (2, 2)),
    ("شرطيين", "شُرطِيّ", {"Number": "Dual"}, (2, 2)),
    ("مسلحين", "مُسَلَّح", {"Number": "Plur"}, (2, None)),
    ("قتلى", "قَتِيل", {"Number": "Plur"}, (2, None)),
    ("جندي", "جُندِيّ", {"Number": "Sing", "Definite": "Ind"}, (1, 1)),
    ("الجندي", "جُندِيّ", {"Number": "Sing", "Definite": "Def"}, None),
    ("قائد", "قَائِد", {"Number": "Sing", "Definite": "Cons"}, None),
]


@pytest.mark.parametrize(("text", "lemma", "feats", "expected"), NOUNS)
def test_count_of_noun(
    text: str, lemma: str, feats: dict[str, str], expected: tuple[int, int | None] | None
) -> None:
    quantity = count_of_noun(Word(1, text, lemma, "NOUN", feats, 0, "root", 0, len(text), 0))
    assert (None if quantity is None else (quantity.min, quantity.max)) == expected


def test_a_verb_counts_nothing() -> None:
    assert count_of_noun(Word(1, "قتل", "قَتَل", "VERB", {"Number": "Sing"}, 0, "root", 0, 3, 0)) is None
