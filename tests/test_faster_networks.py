"""What is done to make Stanza's networks faster changes nothing that they find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stanza.models.common.data import get_long_tensor
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.depparse import data as parser_data

from extractors.arc_labels import label_arcs_only
from extractors.padding import fast_padding, padded
from extractors.remembered_words import remember_words
from extractors.spanning_tree import fast_trees
from extractors.weights import load_pipeline

SENTENCES = (
    "قصفت طائرات التحالف مواقع التنظيم في محيط المدينة .",
    "أعلن المتحدث باسم الجيش أن قواته استعادت السيطرة على القرية بعد معارك عنيفة .",
    "التقى الوزير نظيره في العاصمة ، وبحثا سبل التعاون بين البلدين ، قبل أن يغادر الوفد إلى القاهرة .",
    "مقتل عشرة",
    "نعم",
)

Numbers = st.lists(st.integers(0, 9), min_size=1, max_size=6)


@given(st.lists(Numbers, min_size=1, max_size=6), st.integers(0, 3))
def test_rows_are_padded_as_stanza_pads_them(rows: list[list[int]], pad_id: int) -> None:
    assert padded(rows, len(rows), pad_id).equal(get_long_tensor(rows, len(rows), pad_id))


@given(st.lists(st.lists(st.tuples(*[st.integers(0, 9)] * 3).map(list), min_size=1, max_size=5), min_size=1))
def test_rows_of_features_are_padded_as_stanza_pads_them(rows: list[list[list[int]]]) -> None:
    assert padded(rows, len(rows)).equal(get_long_tensor(rows, len(rows)))


def test_stanza_has_its_own_padding_back_afterwards() -> None:
    with fast_padding():
        assert parser_data.get_long_tensor is padded
    assert parser_data.get_long_tensor is get_long_tensor


def annotated(processors: Any, sentences: Sequence[str]) -> Any:
    rows = [[{"id": (n,), "text": word} for n, word in enumerate(s.split(), 1)] for s in sentences]
    document = StanzaDocument(rows)
    for name in ("pos", "lemma", "ner", "depparse"):
        document = processors[name].process(document)
    return document.to_dict()


@pytest.mark.models
@pytest.mark.parametrize("repair", [False, True])
def test_words_trees_and_names_are_stanzas(repair: bool) -> None:
    plain, fast = load_pipeline().processors, load_pipeline().processors
    remember_words(fast)
    label_arcs_only(fast)
    for processors in (plain, fast):
        processors["depparse"].config["resolve_head_constraints"] = repair
    expected = annotated(plain, SENTENCES)
    with fast_padding(), fast_trees():
        assert annotated(fast, SENTENCES) == expected
        # From memory now, and in other company.
        assert annotated(fast, SENTENCES[::-1]) == expected[::-1]
