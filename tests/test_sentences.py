"""Sentence borders: stops, abbreviations, numbers, quotations, headings."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sentences import bare_document, split
from schema.model import Article

CASES = [
    ("قتل الجندي. وأصيب آخر.", ["قتل الجندي.", "وأصيب آخر."]),
    ("التحالف الدولي.وفرض داعش سيطرته.", ["التحالف الدولي.", "وفرض داعش سيطرته."]),
    ("هل انتهت الحرب؟ لا أحد يعرف!", ["هل انتهت الحرب؟", "لا أحد يعرف!"]),
    ("ارتفع السعر 3.5 بالمئة. وانخفض 2.1", ["ارتفع السعر 3.5 بالمئة.", "وانخفض 2.1"]),
    ("بلغ ٣٫٥ مليار. ثم زاد.", ["بلغ ٣٫٥ مليار.", "ثم زاد."]),
    ("هبطت إلى 63.\u200f49 دولار. ثم عادت.", ["هبطت إلى 63.\u200f49 دولار.", "ثم عادت."]),
    ("قال د. نزار مدني إنه سافر. وعاد.", ["قال د. نزار مدني إنه سافر.", "وعاد."]),
    ("حضر د. عادل ود. نزار اللقاء.", ["حضر د. عادل ود. نزار اللقاء."]),
    ("ذكرت أ.ف.ب أن القوات انسحبت.", ["ذكرت أ.ف.ب أن القوات انسحبت."]),
    ("وقالت مؤسسة اي.أو.بي.اي إن الاقتصاد انكمش.", ["وقالت مؤسسة اي.أو.بي.اي إن الاقتصاد انكمش."]),
    ("زار موقع www.example.com أمس. ثم خرج.", ["زار موقع www.example.com أمس.", "ثم خرج."]),
    ("وقع ذلك عام 2015. وقال شهود ذلك.", ["وقع ذلك عام 2015.", "وقال شهود ذلك."]),
    ("1. وقف إطلاق النار فورا. 2. الانسحاب.", ["1. وقف إطلاق النار فورا.", "2. الانسحاب."]),
    ("قال «سنقاتل. ولن نعود» ثم غادر.", ["قال «سنقاتل. ولن نعود» ثم غادر."]),
    ('قال "سنقاتل. ولن نعود" ثم غادر. وصمت.', ['قال "سنقاتل. ولن نعود" ثم غادر.', "وصمت."]),
    (
        "قال “سنقاتل حتى النهاية.” ووفقا للبيان فقد انسحبوا.",
        ["قال “سنقاتل حتى النهاية.”", "ووفقا للبيان فقد انسحبوا."],
    ),
    ("قال «انتهى الأمر». وغادر القاعة.", ["قال «انتهى الأمر».", "وغادر القاعة."]),
    ("سأل «من أنتم؟»، فلم يجب أحد.", ["سأل «من أنتم؟»، فلم يجب أحد."]),
    ("قال المصدر: «لا. وبدأ الهجوم. وانتهى.", ["قال المصدر: «لا.", "وبدأ الهجوم.", "وانتهى."]),
    ("انتهى الأمر... ثم عاد", ["انتهى الأمر... ثم عاد"]),
    (
        "هذا هو الخبر الذي انتظره الجميع منذ أشهر... وقد جاء.",
        ["هذا هو الخبر الذي انتظره الجميع منذ أشهر...", "وقد جاء."],
    ),
    ("يبعد 57 كم. عن بغداد.", ["يبعد 57 كم. عن بغداد."]),
    ("لا شيء هنا", ["لا شيء هنا"]),
    ("!!! ...", []),
    ("قتلوا (الجيش. والشرطة) معا. وانتهى.", ["قتلوا (الجيش. والشرطة) معا.", "وانتهى."]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_split(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split(text, 0, len(text))] == expected


def test_a_long_quotation_is_split() -> None:
    quote = " ".join(["وقال كلاما طويلا جدا عن الحرب والسلام في البلاد."] * 12)
    text = f"قال «{quote}» ثم غادر."
    assert len(list(split(text, 0, len(text)))) == 13


def document(text: str, title: str | None = None) -> list[tuple[str, bool]]:
    found = bare_document(Article("a", text, title=title))
    assert [s.index for s in found.sentences] == list(range(len(found.sentences)))
    assert all(text[s.start : s.end] == s.text for s in found.sentences)
    return [(s.text, s.heading) for s in found.sentences]


def test_a_heading_without_a_stop_does_not_glue_to_the_next_sentence() -> None:
    text = "وقع الهجوم فجر اليوم.\n\nتباطؤ المفاوضات\nوبحسب المحلل، فإنه تم تأجيل المفاوضات."
    assert document(text) == [
        ("وقع الهجوم فجر اليوم.", False),
        ("تباطؤ المفاوضات", True),
        ("وبحسب المحلل، فإنه تم تأجيل المفاوضات.", False),
    ]


def test_a_known_title_is_a_heading_even_when_long() -> None:
    title = "وزير الدفاع الأميركي يصل إلى بغداد في زيارة غير معلنة لبحث سير الحرب على داعش مع القادة"
    assert document(f"{title}\n\nوصل الوزير.", title)[0] == (title, True)


def test_an_unpunctuated_paragraph_is_text() -> None:
    text = "أعلنت وزارة الداخلية أن حصيلة التفجير في بغداد الجديدة ارتفعت من جديد إلى ستين قتيلا وجريحا"
    assert document(text) == [(text, False)]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "أعلنت وزارة الداخلية العراقية أمس أن حصيلة\n"
        "تفجير السيارة المفخخة في بغداد الجديدة قد\n"
        "ارتفعت من جديد إلى ستة وستين قتيلا وجريحا\n"
        "في المدينة. وقال مصدر إن الهجوم انتحاري."
    )
    assert len(document(text)) == 2


@given(st.text(st.sampled_from('ابتود.!؟…"«»“” ()\n،:0123abc\u200f\u064b'), max_size=80))
def test_sentences_are_ordered_apart_and_cover_every_letter(text: str) -> None:
    ranges = list(split(text, 0, len(text)))
    assert all(a < b for a, b in ranges)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(ranges))
    covered = {i for a, b in ranges for i in range(a, b)}
    assert all(i in covered for i, char in enumerate(text) if char.isalpha())


def test_a_lone_stroke_is_no_sentence() -> None:
    document = bare_document(Article("a", "انتهى الأمر!ـ"))
    assert [sentence.text for sentence in document.sentences] == ["انتهى الأمر!"]
