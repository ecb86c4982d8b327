"""Word lists of the lexicon that are not names, triggers or numbers, as sets of look-up keys."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from extractors.normalise import fold
from schema.errors import OntologyError

LEXICON = Path(__file__).parent / "lexicon"


@lru_cache(maxsize=1)
def _transparent() -> dict[str, frozenset[str]]:
    path = LEXICON / "transparent.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(data, dict) or not all(isinstance(words, list) for words in data.values()):
        raise OntologyError(f"{path.name}: must be a mapping from a class to a list of words")
    return {
        name: frozenset(fold(form) for w in words for form in (w, "ال" + w, w + "ا"))
        for name, words in data.items()
    }


def transparent(kind: str) -> frozenset[str]:
    """The forms of the nouns of that class of transparent.yaml: positions, vehicles, members or voices."""
    return _transparent()[kind]
