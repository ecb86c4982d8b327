"""Write the files that are made from the ontology, or check that they are up to date.

python -m scripts.generate            write schema/generated/* and docs/ontology.md
python -m scripts.generate --check    write nothing; exit code 1 when a file differs,
                                      and read the whole lexicon, whose loaders report what is wrong
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from extractors.gazetteer import load_gazetteer
from extractors.reporting import load_reporting
from extractors.triggers import load_triggers
from schema.errors import HadathError
from schema.exporters import cypher, json_schema, markdown, owl, shacl
from schema.ontology import Ontology, load_ontology

ROOT = Path(__file__).resolve().parents[1]

#: What each file is made by; paths from the root of the project.
FILES = {
    "schema/generated/hadath.ttl": owl.render,
    "schema/generated/shapes.ttl": shacl.render,
    "schema/generated/contract.schema.json": json_schema.render,
    "schema/generated/schema.cypher": cypher.render,
    "docs/ontology.md": markdown.render,
}

app = typer.Typer(add_completion=False)


def generate(ontology: Ontology) -> dict[str, str]:
    """Path from the root -> content, of every generated file."""
    return {path: render(ontology) for path, render in FILES.items()}


def differing(contents: dict[str, str], root: Path) -> list[str]:
    """What differs on disk: one line a file with the first line that is not the same."""
    return [
        f"{path}: {reason}"
        for path, content in contents.items()
        if (reason := _difference(root / path, content)) is not None
    ]


def _difference(path: Path, content: str) -> str | None:
    if not path.exists():
        return "is absent"
    found = path.read_text(encoding="utf-8")
    if found == content:
        return None
    lines = difflib.unified_diff(found.splitlines(), content.splitlines(), n=0, lineterm="")
    changed = [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]
    return f"is out of date ({changed[0]!r})" if changed else "differs in its line ends"


def read_lexicon() -> None:
    """Load every part of the lexicon; `OntologyError` names the file and the entry that is wrong."""
    load_gazetteer()
    load_reporting()
    load_triggers()


@app.command()
def main(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a file differs.")] = False,
) -> None:
    """Write the files made from the ontology, or check them and the lexicon."""
    try:
        contents = generate(load_ontology())
        if check:
            read_lexicon()
    except HadathError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(error.exit_code) from error
    if check:
        problems = differing(contents, ROOT)
        for problem in problems:
            typer.echo(f"{problem}; run `python -m scripts.generate`", err=True)
        raise typer.Exit(1 if problems else 0)
    for path, content in contents.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(content, encoding="utf-8", newline="\n")
        typer.echo(path)


if __name__ == "__main__":
    app()
