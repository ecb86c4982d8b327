"""Whole articles against the output they gave before: a change of any fact is seen and has to be meant.

`python -m scripts.record_cases --golden` parses the articles anew and writes the files.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from extractors.pipeline import build_pipeline
from schema.contract import from_contract
from schema.model import Extraction
from schema.ontology import load_ontology
from schema.validation import check_extraction
from scripts.cases import interpret
from scripts.record_cases import GOLDEN, golden_articles, golden_parses, golden_text

NAMES = ("sample", "ambush", "talks", "protest")
REFRESH = "if the change is meant, run `python -m scripts.record_cases --golden` and look at the difference"


def test_every_article_has_a_golden_file_and_the_other_way_round() -> None:
    assert tuple(golden_articles()) == NAMES
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_article_gives_what_its_golden_file_holds(name: str) -> None:
    given = golden_text(interpret(golden_parses()[name]))
    assert given == (GOLDEN / f"{name}.json").read_text(encoding="utf-8"), REFRESH


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_file_fits_the_article_and_the_ontology(name: str) -> None:
    data = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    check_extraction(from_contract(data, golden_articles()[name]), load_ontology())
    assert data["triples"]


@pytest.mark.models
def test_the_whole_pipeline_gives_the_facts_of_the_golden_files() -> None:
    """From the raw text, with the shipped models; a score that rounds otherwise may change a fact or two."""
    articles = golden_articles()
    for name, extraction in zip(articles, build_pipeline().extract_many(articles.values()), strict=True):
        assert isinstance(extraction, Extraction)
        held = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
        given = facts(json.loads(golden_text(extraction)))
        assert len(given & facts(held)) >= 0.9 * len(given | facts(held)), REFRESH


def facts(contract: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(t["subject"], t["predicate"], t["object"]) for t in contract["triples"]}
