"""`python -m scripts.annotated NEWS OUT`: complete the annotated articles of the tests with their texts.

A hundred and two news articles were annotated by reading, blind to what the program extracts
(`tests/annotated`). Their texts are not ours to ship: NEWS is a folder with the archives of SaudiNewsNet, OUT
takes the completed articles, which `python -m scripts.evaluate OUT` scores.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from schema.errors import InputError
from scripts.cli import out_console, run

ANNOTATED = Path(__file__).resolve().parents[1] / "tests" / "annotated"
_SPACES = re.compile(r"[^\S\n]+")


def annotated(
    news: Annotated[Path, typer.Argument(help="folder with the zip archives of SaudiNewsNet")],
    out: Annotated[Path, typer.Argument(help="folder for the completed articles")],
) -> None:
    """Write every annotated article with its text to OUT."""
    articles = list(completed(news))
    out.mkdir(parents=True, exist_ok=True)
    for article in articles:
        path = out / f"{article['id']}.json"
        path.write_text(json.dumps(article, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    out_console().print(f"{len(articles)} articles written to {out}")


def completed(news: Path, folder: Path = ANNOTATED) -> Iterator[dict[str, Any]]:
    """The annotated articles with their texts, in order of their ids.

    Raises InputError where the archives lack an article, or its text lacks a sentence that is evidence.
    """
    for path in sorted(folder.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        row = _row(news / article.pop("archive"), article.pop("url"))
        article["text"] = f"{one_spaced(row['title'])}\n\n{one_spaced(row['content'])}"
        missing = [e for e in evidence(article) if one_spaced(e) not in article["text"]]
        if missing:
            raise InputError(
                f"{path.name}: the archive's text lacks «{missing[0]}»; take the archive of 2015"
            )
        yield article


def _row(archive: Path, url: str) -> dict[str, Any]:
    if not archive.exists():
        raise InputError(f"{archive} is not there; name the folder that holds the archives of SaudiNewsNet")
    with zipfile.ZipFile(archive) as zipped:
        for name in zipped.namelist():
            if name.endswith(".json"):
                for row in json.loads(zipped.read(name).decode("utf-8")):
                    if row["url"] == url:
                        return dict(row)
    raise InputError(f"{archive} has no article of {url}")


def one_spaced(text: str) -> str:
    """Text without empty lines and with single spaces."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def evidence(value: Any) -> Iterator[str]:
    """Every text under a key `evidence`, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "evidence" and isinstance(inner, str):
                yield inner
            else:
                yield from evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence(inner)


if __name__ == "__main__":
    run(annotated)
