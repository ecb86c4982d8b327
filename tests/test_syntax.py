"""Annotation: every letter covered, marks apart, ranges exact, long stretches in parts, absent weights."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.document import Document
from extractors.sentences import bare_document
from extractors.syntax import Annotator
from extractors.weights import PROCESSORS, SHIPPED, load_pipeline, models_folder
from schema.errors import ModelError
from schema.model import Article


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def annotate(annotator: Annotator, *texts: str) -> list[Document]:
    return annotator.annotate([bare_document(Article(str(n), text)) for n, text in enumerate(texts)])


def check_ranges(document: Document) -> None:
    """Ranges are ordered, inside their sentence, apart but for shared letters, and cover every letter."""
    for sentence in document.sentences:
        words = sentence.words
        assert [w.index for w in words] == list(range(1, len(words) + 1))
        covered = {i for w in words for i in range(w.start, w.end)}
        for i in range(sentence.start, sentence.end):
            char = document.article.text[i]
            assert i in covered or not char.isalnum() or char == "\u0640"
        for word in words:
            assert sentence.start <= word.start < word.end <= sentence.end
            assert 0 <= word.head <= len(words)
            assert word.head != word.index
        for one, other in itertools.pairwise(words):
            assert one.start <= other.start
            if one.end > other.start:
                assert one.token == other.token or one.end - other.start == 1
        for name in sentence.names:
            assert 1 <= name.first <= name.last <= len(words)
        assert sum(w.head == 0 for w in words) == 1


@pytest.mark.models
def test_clitics_have_their_own_letters(annotator: Annotator) -> None:
    text = "وقالت القوات للصحافيين إنها قصفت مواقعهم."
    (document,) = annotate(annotator, text)
    words = document.sentences[0].words
    assert [text[w.start : w.end] for w in words][:5] == ["و", "قالت", "القوات", "ل", "لصحافيين"]
    assert [w.text for w in words][3:5] == ["ل", "الصحافيين"]
    assert words[3].token == words[4].token


@pytest.mark.models
def test_marks_and_direction_characters_never_stay_on_words(annotator: Annotator) -> None:
    text = "قال «داعش» إن “التحالف” قصف (الموصل)؛ثم‏ انسحب،\u202bوعاد\u202c."
    (document,) = annotate(annotator, text)
    for word in document.sentences[0].words:
        covered = text[word.start : word.end]
        assert covered.isalpha() or len(word.text) == 1, covered


@pytest.mark.models
def test_no_letter_is_lost_at_the_end_of_an_unpunctuated_line(annotator: Annotator) -> None:
    for text in ["تباطؤ المفاوضات", "مقتل جنود في سيناء", "كتاب", "قصف مدينة الموصل وضواحيها"]:
        (document,) = annotate(annotator, text)
        assert document.sentences[0].words[-1].end == len(text)
        check_ranges(document)


@pytest.mark.models
def test_a_long_stretch_without_a_border_is_one_sentence_with_one_root(annotator: Annotator) -> None:
    text = "قصفت الطائرات مواقع التنظيم في مدينة الموصل " * 60 + "."
    (document,) = annotate(annotator, text)
    assert len(document.sentences) == 1
    check_ranges(document)
    tokens = [w.token for w in document.sentences[0].words]
    assert tokens == sorted(tokens)


@pytest.mark.models
def test_articles_of_one_batch_do_not_change_each_other(annotator: Annotator) -> None:
    texts = ["قصفت الطائرات الموصل.", "أعلن الجيش العراقي تحرير تكريت.\n\nعاد النازحون إلى بيوتهم.", "!!!"]
    together = annotate(annotator, *texts)
    assert [len(d.sentences) for d in together] == [1, 2, 0]
    for text, document in zip(texts, together, strict=True):
        (alone,) = annotate(annotator, text)
        assert [[w.text for w in s.words] for s in alone.sentences] == [
            [w.text for w in s.words] for s in document.sentences
        ]


@pytest.mark.models
def test_sentences_that_cannot_matter_are_not_parsed(annotator: Annotator) -> None:
    text = "قصفت الطائرات الموصل. كان الطقس جميلا."
    (document,) = annotator.annotate([bare_document(Article("a", text))], parse=lambda words: "قصفت" in words)
    first, second = document.sentences
    assert any(w.deprel == "nsubj" for w in first.words)
    assert all((w.head, w.deprel) == (0, "") for w in second.words)
    assert all(w.upos for w in second.words)


@pytest.mark.models
def test_nothing_gives_nothing(annotator: Annotator) -> None:
    assert annotator.annotate([]) == []
    assert annotator.annotate([Document(Article("a", ""))])[0].sentences == ()


ANY = st.text(
    st.sampled_from(
        "ابتةثجحخدرسشعغفقكلمنهويىءأإآؤئ      "
        "\u064b\u064e\u0651\u0640\u200b\u200e\u200f\u202b\ufeff\u061c"
        "\n\t\u00a0.,،؛؟!:«»“”\"'()[]-–…/_#@0123456789٠١٢٣٪abcXYZ😀🇮🇶ﻻﷲ\x85"
    ),
    max_size=120,
)


@pytest.mark.models
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANY, min_size=1, max_size=8))
def test_random_text_keeps_exact_ranges(annotator: Annotator, texts: list[str]) -> None:
    for document in annotate(annotator, *texts):
        check_ranges(document)


def test_an_absent_folder_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="HADATH_MODELS"):
        models_folder(tmp_path / "absent")
    monkeypatch.setenv("HADATH_MODELS", str(tmp_path / "elsewhere"))
    with pytest.raises(ModelError, match="elsewhere"):
        models_folder()


def test_missing_and_broken_weights_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"lacks tokenize\.pt, mwt\.pt"):
        load_pipeline(tmp_path)
    for name in PROCESSORS:
        (tmp_path / f"{name}.pt").write_bytes(b"not weights")
    with pytest.raises(ModelError, match="do not load") as caught:
        load_pipeline(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_folder_named_by_the_caller_goes_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HADATH_MODELS", str(tmp_path / "absent"))
    assert models_folder(tmp_path) == tmp_path
    monkeypatch.setenv("HADATH_MODELS", str(tmp_path))
    assert models_folder() == tmp_path


def stanza_layout(folder: Path) -> None:
    """Lay the shipped weights out as `stanza.download('ar')` leaves its own."""
    vectors = {"dependencies": [{"model": "pretrain", "package": "conll17"}]}
    packages = {name: {"padt": vectors if name in ("pos", "depparse", "ner") else {}} for name in PROCESSORS}
    for name in (*PROCESSORS, "pretrain"):
        (folder / "ar" / name).mkdir(parents=True)
    for name in PROCESSORS:
        (folder / "ar" / name / "padt.pt").symlink_to(SHIPPED / f"{name}.pt")
    (folder / "ar" / "pretrain" / "conll17.pt").symlink_to(SHIPPED / "vectors.pt")
    default = dict.fromkeys(PROCESSORS, "padt")
    listing = {"ar": {"lang_name": "Arabic", **packages, "packages": {"default": default}}}
    (folder / "resources.json").write_text(json.dumps(listing), encoding="utf-8")


@pytest.mark.models
def test_stanzas_own_folder_gives_the_same(
    annotator: Annotator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stanza_layout(tmp_path)
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(tmp_path))
    text = "وقالت القوات للصحافيين إنها قصفت مواقعهم."
    assert annotate(Annotator("official"), text) == annotate(annotator, text)
