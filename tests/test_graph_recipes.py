"""Every recipe of docs/cypher-recipes.md runs as the reader and answers what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.batch import build_batch
from graph.store import GraphStore
from schema.ontology import Ontology
from tests.factory import make_extraction

PAGE = Path(__file__).parents[1] / "docs" / "cypher-recipes.md"
SECTION = re.compile(r"^## (\d+)\. ([^\n]+)\n(.*?)```cypher\n(.*?)```", re.MULTILINE | re.DOTALL)
PARAMETER = re.compile(r'`\$(\w+) = "([^"]*)"`')

RECIPES = [
    pytest.param(dict(PARAMETER.findall(prose)), query, id=f"{number}-{title}")
    for number, title, prose, query in SECTION.findall(PAGE.read_text(encoding="utf-8"))
]


def test_there_are_sixteen() -> None:
    assert [recipe.id.split("-")[0] for recipe in RECIPES if recipe.id] == [str(n) for n in range(1, 17)]


@pytest.fixture(scope="module")
def filled(session_store: GraphStore, ontology: Ontology) -> GraphStore:
    session_store.clear()
    session_store.write(build_batch(make_extraction(), ontology))
    return session_store


@pytest.mark.server
@pytest.mark.parametrize(("parameters", "query"), RECIPES)
def test_recipe_answers(filled: GraphStore, parameters: dict[str, str], query: str) -> None:
    rows = filled.read(query, parameters)
    assert rows
    columns = re.findall(r" AS (\w+)", query[query.rindex("RETURN") :])
    assert {*columns} <= {*rows[0]}


@pytest.mark.server
@pytest.mark.parametrize(
    ("number", "rows"),
    [
        (1, [{"striker": "التحالف الدولي", "struck": "تنظيم داعش", "status": "stated", "articles": 1}]),
        (4, [{"status": "inferred", "sentence": 1}, {"status": "inferred", "sentence": 2}]),
        (6, [{"status": "denied", "edge": "ARRESTED"}, {"status": "planned", "edge": "WITHDREW_FROM"}]),
        (8, [{"event": "Killing", "killed": 12}]),
        (10, [{"family": "ASSAULT", "events": 2}]),
        (16, [{"edge": "STRUCK", "confidence": 0.91}]),
        (13, [{"through": ["التحالف الدولي", "تنظيم داعش", "الرطبة"]}]),
    ],
)
def test_recipe_says_what_the_article_says(
    filled: GraphStore, number: int, rows: list[dict[str, object]]
) -> None:
    parameters, query = RECIPES[number - 1].values
    assert isinstance(query, str)
    assert isinstance(parameters, dict)
    found = filled.read(query, parameters)
    assert [{key: row[key] for key in expected} for row, expected in zip(found, rows, strict=False)] == rows
