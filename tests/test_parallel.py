"""Annotation in batches and in several processes gives what one call gives."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.parallel import annotate_all
from extractors.sentences import bare_document
from extractors.syntax import Annotator
from schema.model import Article

TEXTS = ["قصفت الطائرات الموصل.", "أعلن الجيش تحرير تكريت. كان الطقس جميلا.", "عاد النازحون إلى بيوتهم."]


def names_a_strike(words: Sequence[str]) -> bool:
    return "قصفت" in words


@pytest.mark.models
@pytest.mark.parametrize("processes", [1, 2])
def test_order_and_content_are_those_of_one_call(processes: int) -> None:
    documents = [bare_document(Article(str(n), text)) for n, text in enumerate(TEXTS)]
    together = Annotator().annotate(documents, names_a_strike)
    apart = list(annotate_all(iter(documents), processes=processes, parse=names_a_strike, batch=1))
    assert apart == together


def test_no_documents_load_no_models_in_workers() -> None:
    assert list(annotate_all([], models="/absent", processes=2)) == []
