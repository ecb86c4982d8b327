"""Raw news text: reading the archives, the spelling the models are fed, sentences and rough words.

The news archives are those of SaudiNewsNet (31,030 articles of July and August 2015, CC BY-NC-SA 4.0):
one zip a day, each with one JSON array of objects that carry ``title`` and ``content``.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Arabic short vowels, nunation, shadda, sukun, superscript alef, Quranic marks; tatweel; direction marks.
_UNWRITTEN = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000]+")
_SENTENCE_END = re.compile(r"(?<=[.!?؟])[\"»”)\]]*\s+|\n+")
_ROUGH_TOKEN = re.compile(r"\d+(?:[.,٫،:/]\d+)*|[^\W\d_]+|[^\w\s]")


def plain(text: str) -> str:
    """Give ``text`` as the product feeds it to the models: no vowel marks, no tatweel, single spaces.

    Letters and digits stay as they are written; hamza, ta marbuta and alef maqsura are not folded.
    """
    return _SPACES.sub(" ", _UNWRITTEN.sub("", text)).strip()


def articles(news: Path) -> Iterator[tuple[str, str]]:
    """Yield (title, content) of every article of the archives in the folder ``news``, in file order."""
    for archive in sorted(news.glob("*.zip")):
        with zipfile.ZipFile(archive) as zipped:
            for name in sorted(zipped.namelist()):
                if name.endswith(".json"):
                    for row in json.loads(zipped.read(name).decode("utf-8")):
                        yield row.get("title") or "", row.get("content") or ""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of ``text`` by a rough rule: a final stop with a space, or a line break."""
    for piece in _SENTENCE_END.split(text):
        line = plain(piece)
        if line:
            yield line


def rough_tokens(sentence: str) -> list[str]:
    """Split ``sentence`` into runs of letters, numbers and single marks; clitics stay on the word."""
    return _ROUGH_TOKEN.findall(sentence)
