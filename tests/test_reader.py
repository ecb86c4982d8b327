"""Reading: forms, encodings, broken input, page residue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.reader import MAX_CHARS, read_all, read_article, read_path
from extractors.residue import content_lines, outlet_of
from schema.errors import ArticleError

BODY = "أعلنت وزارة الدفاع أن القوات استعادت السيطرة على المدينة صباح الخميس."
TITLE = "القوات تستعيد المدينة"
PAGE = f"""<!DOCTYPE html><html><head><title>x</title><meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="الخبر">
<meta property="article:published_time" content="2024-05-01T10:00:00+03:00">
</head><body><nav><a href="/">الرئيسية</a></nav><article><h1>{TITLE}</h1>
{"".join(f"<p>{BODY} وأضافت في الفقرة رقم {i} أن العملية مستمرة حتى إشعار آخر.</p>" for i in range(6))}
</article><footer>جميع الحقوق محفوظة</footer></body></html>"""


def test_plain_text_keeps_the_original_and_invents_no_date() -> None:
    text = f"{TITLE}\n\n{BODY}\n"
    article = read_article(text)
    assert (article.text, article.title, article.date, article.source) == (text, TITLE, None, None)
    assert article.id == read_article(text).id != read_article(text + "!").id


def test_a_dateline_gives_the_outlet() -> None:
    article = read_article(f"{TITLE}\n\nبغداد/ شفق الاخبار\n\n{BODY}")
    assert article.source == "شفق الاخبار"
    assert read_article(f"{TITLE}\n\nبغداد/ شفق الاخبار\n\n{BODY}", outlet="غيره").source == "غيره"


def test_html() -> None:
    article = read_article(PAGE)
    assert BODY in article.text
    assert "جميع الحقوق" not in article.text
    assert (article.title, article.source, article.date) == (TITLE, "الخبر", "2024-05-01T07:00:00+00:00")


def test_html_without_a_stated_date_has_none() -> None:
    page = PAGE.replace("article:published_time", "other").replace(BODY, BODY + " في 3 مايو 2023.")
    assert read_article(page, kind="html").date is None


def test_json_fields() -> None:
    row = {
        "id": 7,
        "title": TITLE,
        "date": "2015-07-21 14:11:05",
        "source": "س",
        "text": f"{TITLE}\n\n{BODY}",
    }
    article = read_article(json.dumps(row, ensure_ascii=False))
    assert (article.id, article.title, article.date, article.source) == (
        "7",
        TITLE,
        "2015-07-21T14:11:05",
        "س",
    )
    assert article.text == row["text"]


def test_json_lines_and_lists() -> None:
    lines = "\n\n".join(json.dumps({"id": str(i), "text": BODY}) for i in range(3))
    assert [a.id for a in read_all(lines)] == ["0", "1", "2"]
    assert [a.id for a in read_all(json.dumps([{"id": "a", "text": BODY}, {"id": "b", "text": BODY}]))] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(f"{TITLE}\n\n{BODY}".encode(encoding))
    assert next(read_path(file)).text == f"{TITLE}\n\n{BODY}"


def test_a_declared_encoding_is_used() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1256">').encode("windows-1256")
    assert BODY in read_article(page).text


BROKEN = [
    (b"", "empty"),
    (" \n\u200b ", "empty"),
    (b"\xd8\xa7\x00\xd8\xa8", "null byte"),
    ("ا\0ب", "null byte"),
    (BODY.encode()[:-3] + b"\xff\xfe" + BODY.encode(), "not UTF-8"),
    (b"\x89PNG\r\n\x1a\n\xff\xfa\xfb" * 9, "not UTF-8"),
    ("ا" * (MAX_CHARS + 1), "too long"),
    ("\ud800" + BODY, "surrogate"),
]


@pytest.mark.parametrize(("source", "message"), BROKEN)
def test_broken_input_is_one_clear_line(source: str | bytes, message: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_article(source, name="input")
    assert message in str(caught.value)
    assert str(caught.value).startswith("input")
    assert "\n" not in str(caught.value)


BROKEN_JSON = [
    ('{"text": "x"', "not valid JSON"),
    ("[" * 100_000, "not valid JSON"),
    ('{"text": 5}', "text is missing"),
    ('{"title": "x"}', "text is missing"),
    ('{"text": "  "}', "empty"),
    ('"x"', "must be a JSON object"),
    ('{"text": "x", "title": ["y"]}', "title must be text"),
    ('{"text": "x", "date": "21/7/2015"}', "not ISO 8601"),
    ('{"text": "a\\u0000b"}', "null byte"),
    ('{"text": "a\\ud800b"}', "surrogate"),
]


@pytest.mark.parametrize(("source", "message"), BROKEN_JSON)
def test_broken_json_is_one_clear_line(source: str, message: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_article(source, kind="json", name="input")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_errors_name_the_file_and_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": BODY}) + "\n\n{broken\n", encoding="utf-8")
    articles = read_path(file)
    assert next(articles).text == BODY
    with pytest.raises(ArticleError, match=r"a\.jsonl, line 3: not valid JSON"):
        next(articles)


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        list(read_path(tmp_path / "absent.txt"))
    with pytest.raises(ArticleError, match=r"no \.txt"):
        list(read_path(tmp_path))
    (tmp_path / "b.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TITLE}), encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.txt").write_text("لا", encoding="utf-8")
    assert [a.text for a in read_path(tmp_path)] == [TITLE, BODY]


def kinds(text: str, title: str | None = None) -> list[str]:
    return [line.kind for line in content_lines(text, title)]


RESIDUE = [
    "تحليلاتخاص",
    "أخبار العراق|heading",
    "أخبارعربية ودولية",
    "الرئيسية",
    "مقالات ذات صلة",
    "اترك تعليقاً",
    "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
    "زر الذهاب إلى الأعلى",
    "جميع الحقوق محفوظة © 2024",
    "فيسبوك تويتر واتساب",
    "شارك على فيسبوك",
    "المصدر: وكالات",
    "آخر تحديث: 12:30",
    "الثلاثاء 21 يوليو 2015 - 10:30",
    "desk@example.com",
    "https://example.com/a/b",
    "اشترك في النشرة البريدية",
    "تابعنا على تلغرام",
    "3 دقائق",
    "إعلان حالة الطوارئ في البلاد|heading",
    "التعليق على قرار المحكمة يثير الجدل|heading",
    "خاص: القوات تدخل المدينة|heading",
    "أنقرة: منفذ هجوم سوروتش شاب تركي|heading",
    "2 قتلى في انفجار بغداد|heading",
]


@pytest.mark.parametrize("case", RESIDUE)
def test_residue_and_headings(case: str) -> None:
    line, _, kind = case.partition("|")
    assert kinds(f"{BODY}\n\n{line}\n\n{BODY}") == ["text", kind or "residue", "text"][
        : 2 if closes(line) else 3
    ] + (["residue"] if closes(line) else [])


def closes(line: str) -> bool:
    return line.startswith(("اترك", "زر الذهاب", "جميع الحقوق"))


def test_titles_of_other_articles_go_but_the_text_after_them_stays() -> None:
    text = f"{BODY}\n\nاقرأ أيضا\n\nمقتل جنود في سيناء\n\nانفجار في بيروت\n\n{BODY}"
    assert kinds(text) == ["text", "residue", "residue", "residue", "text"]


def test_nothing_after_the_comment_form_belongs_to_the_article() -> None:
    text = f"{TITLE}\n\n{BODY}\n\nاترك تعليقا\n\nقال أحمد إن هذا كذب وإن القوات لم تدخل المدينة أبدا."
    assert kinds(text) == ["heading", "text", "residue", "residue"]


def test_a_link_to_the_comments_above_the_text_closes_nothing() -> None:
    assert kinds(f"{TITLE}\n\nاترك تعليقا\n\n{BODY}") == ["heading", "residue", "text"]


DATELINES = [
    ("بغداد/ شفق نيوز", "شفق نيوز"),
    ("واشنطن - رويترز", "رويترز"),
    ("القاهرة (أ ف ب)", "أ ف ب"),
    ("متابعات – جدة", "متابعات"),
    ("أحمد علي – الباحة", None),
]


@pytest.mark.parametrize(("line", "outlet"), DATELINES)
def test_datelines(line: str, outlet: str | None) -> None:
    assert kinds(f"{TITLE}\n\n{line}\n\n{BODY}") == ["heading", "dateline", "text"]
    assert outlet_of(line) == outlet
