"""Word lists of the lexicon that are not names, triggers or numbers, as sets of look-up keys."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extractors.normalise import fold
from schema.errors import OntologyError
from schema.yaml_files import read_yaml

LEXICON = Path(__file__).parent / "lexicon"


@cache
def transparent(kind: str) -> frozenset[str]:
    """The forms of the nouns of that class of transparent.yaml (positions, vehicles, members …): as written,
    with the article, with the ending of the accusative, those of vehicles in the dual too."""
    return _transparent()[kind]


@cache
def function_words(kind: str) -> frozenset[str]:
    """The words of that class of function_words.yaml, in the forms written there only."""
    return _function_words()[kind]


@cache
def _transparent() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(
            fold(form)
            for w in words
            for form in (w, "ال" + w, w + "ا", *(_duals(w) if name == "vehicles" else ()))
        )
        for name, words in _classes("transparent.yaml").items()
    }


def _duals(noun: str) -> tuple[str, ...]:
    """The dual in both cases, with and without the article (طائرتان، الطائرتين)."""
    stem = noun.removesuffix("ة") + "ت" if noun.endswith("ة") else noun
    return tuple(article + stem + ending for article in ("", "ال") for ending in ("ان", "ين"))


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(fold, words)) for name, words in _classes("function_words.yaml").items()}


def _classes(file: str) -> dict[str, list[str]]:
    """A file of word lists by class; OntologyError says what is wrong with it."""
    data = read_yaml(LEXICON / file)
    if not isinstance(data, dict) or not all(
        isinstance(words, list) and all(isinstance(w, str) for w in words) for words in data.values()
    ):
        raise OntologyError(f"{file}: must be a mapping from a class to a list of words; see FORMAT.md")
    return data
