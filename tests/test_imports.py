"""Imports point one way: schema <- {extractors, graph} <- api <- scripts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "schema": {"schema"},
    "extractors": {"schema", "extractors"},
    "graph": {"schema", "graph"},
    "api": {"schema", "extractors", "graph", "api"},
    "scripts": {"schema", "extractors", "graph", "api", "scripts"},
}


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and top-level package of every import, also of those inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.split(".")[0]


def wrong_imports(package: str, source: str) -> list[tuple[int, str]]:
    forbidden = (ALLOWED.keys() | {"tests"}) - ALLOWED[package]
    return [(line, name) for line, name in imported(source) if name in forbidden]


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_before_it(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files, f"{package} holds no Python files"
    found = {
        str(path.relative_to(ROOT)): wrong
        for path in files
        if (wrong := wrong_imports(package, path.read_text(encoding="utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    ("package", "source", "wrong"),
    [
        ("schema", "from extractors.reader import read_path", ["extractors"]),
        ("extractors", "import graph.store", ["graph"]),
        ("graph", "def f():\n    from extractors import normalise", ["extractors"]),
        ("api", "import scripts.cli, graph.store", ["scripts"]),
        ("scripts", "from api.app import create_app", []),
        ("graph", "from schema.model import Span\nfrom . import store", []),
    ],
)
def test_the_check_sees_imports_of_every_form(package: str, source: str, wrong: list[str]) -> None:
    assert [name for _, name in wrong_imports(package, source)] == wrong
