"""Sentences of the news that were read for whether they tell a protest, as the readers of the coded records
would judge them: there are few protests among those.

`protests.jsonl` has a line a sentence: archive and address of its article in SaudiNewsNet, the stretch of the
title, an empty line and the text that it takes, and the share of such readers who would code it.
"""

from __future__ import annotations

import json
from pathlib import Path

from schema.model import Article
from scripts.train.facts import saved_article

FILE = Path(__file__).with_name("protests.jsonl")


def read_sentences(archives: Path, file: Path = FILE) -> list[tuple[Article, float]]:
    """Each sentence as an article of its own, with its share. Raises InputError where one is absent."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        saved = json.loads(line)
        text = saved_article(archives, saved).text[saved["start"] : saved["end"]]
        text = " ".join(text.split())
        found.append((Article(f"{saved['url']}#{saved['start']}-0", text), float(saved["share"])))
    return found
