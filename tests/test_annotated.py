"""The annotated articles get their texts from the news archives, and every evidence stands in its text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schema.errors import InputError
from scripts.annotated import ANNOTATED, completed, evidence

NEWS = Path(__file__).parents[2] / "shared" / "corpora" / "news"


def test_the_articles_come_without_texts() -> None:
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in ANNOTATED.glob("*.json")]
    assert len(articles) == 102
    assert not any("text" in article for article in articles)


@pytest.mark.skipif(not NEWS.exists(), reason="needs the archives of SaudiNewsNet beside the project")
def test_every_evidence_stands_in_its_text() -> None:
    articles = list(completed(NEWS))
    assert len(articles) == 102
    assert all(list(evidence(article)) for article in articles)


def test_a_missing_archive_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"2015-07-\d\d\.zip"):
        list(completed(tmp_path))
