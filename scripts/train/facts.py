"""The facts of news articles that were read for training: who did what to whom, and which word tells it.

`facts.jsonl` has a line an article: its archive and address in SaudiNewsNet, its parties as the stretches of
text that mean them, and its facts (predicate, subject, object, status, and the stretch of the word that tells
it). Stretches are in code points of the title, an empty line and the text. The texts are not ours to ship.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.base import Reading
from extractors.coding import JudgeCoding
from extractors.learnt.parties import FindParties
from extractors.nisba_states import adjectives
from schema.errors import InputError
from schema.model import Article
from scripts.train.readings import readings

#: The steps that learn, or learn from other people's coding: the rules alone are read.
LEARNT = (FindParties, JudgeCoding)

FILE = Path(__file__).with_name("facts.jsonl")

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a reader drew; `subject` and `object` are all stretches that mean them, `word` is the
    stretch of the word that tells it, None for what is told by naming.
    """

    predicate: str
    subject: frozenset[Stretch]
    object: frozenset[Stretch]
    status: str
    word: Stretch | None


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with all the facts that a reader found in it."""

    article: Article
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fact as a reading has it: the entities that may be its ends, sentence and word (from 1) that tell it
    (None where no word does, or none is found).
    """

    predicate: str
    subject: frozenset[str]
    object: frozenset[str]
    status: str
    at: tuple[int, int] | None


def read_articles(archives: Path, file: Path = FILE, most: int | None = None) -> list[ReadArticle]:
    """The articles that were read (so many of them, spread over all), with the texts of the archives. Raises
    InputError where one is absent.
    """
    rows = file.read_text(encoding="utf-8").splitlines()
    lines = map(json.loads, rows[:: max(1, len(rows) // most) if most else 1][:most])
    return [ReadArticle(saved_article(archives, saved), tuple(_facts(saved))) for saved in lines]


def saved_article(archives: Path, saved: Mapping[str, Any]) -> Article:
    """The article that a line names by `archive` and `url`. Raises InputError where it is absent."""
    row = rows_of(archives / saved["archive"]).get(saved["url"])
    if row is None:
        raise InputError(f"{archives / saved['archive']} has no article of {saved['url']}")
    return article_of(row)


def read_with_facts(
    archives: Path, models: Path, most: int | None = None
) -> list[tuple[Reading, list[Drawn]]]:
    """What the rules find in the articles that were read, with the facts of each; `most`: of so many."""
    articles = {found.article.id: found for found in read_articles(archives, most=most)}
    found = readings((a.article for a in articles.values()), models, without=LEARNT)
    return [(reading, drawn(reading, articles[id_].facts)) for id_, reading in found.items()]


def article_of(row: Mapping[str, Any]) -> Article:
    """An article of the archives; its address is its id."""
    title, text = (row["title"] or "").strip(), (row["content"] or "").strip()
    date = (row["date_extracted"] or "").replace(" ", "T") or None
    return Article(row["url"], f"{title}\n\n{text}", row["title"], date, row["source"])


def _facts(saved: Mapping[str, Any]) -> Iterator[Fact]:
    parties = {key: frozenset(map(tuple, stretches)) for key, stretches in saved["parties"].items()}
    for predicate, subject, other, status, *word in saved["facts"]:
        yield Fact(predicate, parties[subject], parties[other], status, (word[0], word[1]) if word else None)


@lru_cache(maxsize=1)
def rows_of(archive: Path) -> dict[str, dict[str, Any]]:
    """Address -> row of an archive; the lines of the file are in the order of the archives."""
    if not archive.exists():
        raise InputError(f"{archive} is not there; name the folder that holds the archives of SaudiNewsNet")
    with zipfile.ZipFile(archive) as zipped:
        names = [name for name in zipped.namelist() if name.endswith(".json")]
        rows = [row for name in names for row in json.loads(zipped.read(name).decode("utf-8-sig"))]
    return {row["url"]: row for row in reversed(rows)}


def drawn(reading: Reading, facts: tuple[Fact, ...]) -> list[Drawn]:
    """The facts of an article with the entities of its reading."""
    meant: dict[Stretch, set[str]] = {}
    for mention in reading.mentions:
        if mention.entity:
            meant.setdefault((mention.span.start, mention.span.end), set()).add(mention.entity)
    for sentence in reading.document.sentences:
        for index, entity in adjectives(sentence):
            word = sentence.words[index - 1]
            meant.setdefault((word.start, word.end), set()).add(entity.id)

    def entities(stretches: frozenset[Stretch]) -> frozenset[str]:
        return frozenset(entity for stretch in stretches for entity in meant.get(stretch, ()))

    return [
        Drawn(f.predicate, entities(f.subject), entities(f.object), f.status, _word(reading, f.word))
        for f in facts
    ]


def _word(reading: Reading, stretch: Stretch | None) -> tuple[int, int] | None:
    """The word that tells an event in a stretch: the first of a class that may."""
    if stretch is None:
        return None
    for sentence in reading.document.sentences:
        if sentence.start <= stretch[0] < sentence.end:
            words = [w for w in sentence.words if w.start < stretch[1] and stretch[0] < w.end]
            telling = [w for w in words if w.upos in ("VERB", "NOUN", "ADJ", "PROPN", "X")]
            return next(((sentence.index, w.index) for w in telling or words), None)
    return None
