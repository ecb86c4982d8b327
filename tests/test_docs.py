"""The documents are true: every command, option and make target in them exists, and the other way round."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import typer.main

from schema import VERSION
from scripts.cli import app_of

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
COMMANDS = sorted(
    path.stem
    for path in (ROOT / "scripts").glob("*.py")
    if '__name__ == "__main__"' in path.read_text("utf-8")
)
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "extractors").rglob("*.md")])


@cache
def sections() -> dict[str, str]:
    """The part of docs/commands.md on each command."""
    parts = re.split(r"^## (\w+)$", (DOCS / "commands.md").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def options(module: ModuleType, name: str) -> set[str]:
    """The options of a command, as its own help has them."""
    app = getattr(module, "app", None) or app_of(getattr(module, name, None) or module.main)
    command = typer.main.get_command(app)
    return {
        option
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--") and option != "--help"
    }


def test_every_command_is_documented() -> None:
    assert set(sections()) == {*COMMANDS, "train"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_and_there_are_no_others(name: str) -> None:
    rows = "\n".join(row for row in sections()[name].splitlines() if row.startswith("| `--"))
    documented = set(re.findall(r"`(--[a-z-]+)`", "\n".join(row.split("|")[1] for row in rows.splitlines())))
    assert documented == options(import_module(f"scripts.{name}"), name)


def test_the_options_of_training_are_documented() -> None:
    source = (ROOT / "scripts" / "train" / "__main__.py").read_text("utf-8")
    assert set(re.findall(r'"(--[a-z-]+)"', source)) == set(
        re.findall(r"^\| `(--[a-z-]+)`", sections()["train"], re.M)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_and_commands_in_the_documents_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"`make ([a-z-]+)", text)) | set(re.findall(r"^make ([a-z-]+)", text, re.M))
    assert named <= targets
    assert set(re.findall(r"python -m scripts\.(\w+)", text)) <= {*COMMANDS, "train", "NAME"}


def test_the_readme_is_short_and_shows_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) < 150
    assert "make demo" in text
    assert "make test" in text


def test_the_help_of_make_names_every_target_a_person_runs() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: (\S+)", text, re.M)) - {"browser"}
    assert phony == set(re.findall(r"^([a-z-]+):.*##", text, re.M))


def test_the_version_stands_in_one_place_and_the_changelog_tells_of_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dynamic"] == ["version"]
    assert f"## [{VERSION}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_constraints_name_every_direct_dependency_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    pinned = [
        row.split("==")[0]
        for row in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in row
    ]
    assert len(pinned) == len(set(pinned))
    names = {re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace("_", "-") for requirement in wanted}
    assert names <= set(pinned), sorted(names - set(pinned))
