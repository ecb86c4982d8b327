"""What the project's own lists say of a word, as numbers beside its vector.

The name finder learns from few names. The lists of actors, places, titles and first and last names tell of
tens of thousands of words what they can be; as further dimensions of the word vectors they reach every model
through the one file that all of them read. Eight million words of news are too few to learn this from use.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractors.gazetteer import Gazetteer, load_gazetteer
from schema.text import bare

NAMES = ("place", "place_part", "body", "body_part", "person", "first", "last", "head", "title", "nisba")
"""Meaning of each dimension, in order. ``body`` is every actor that is not a person or a state."""

WEIGHT = 2.0
"""A flag's value, in standard deviations of the vectors' other dimensions."""

_CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_SHORTEST = 3
_PERSON, _STATES = "Person", frozenset({"State", "Country"})


def flags(word: str) -> tuple[float, ...]:
    """Give the value of each dimension of `NAMES`: WEIGHT or 0, with and without leading clitics."""
    known, gazetteer = _words(), load_gazetteer()
    forms = list(_stems(word))
    keys = [bare(form) for form in forms]
    said = {
        **{name: any(key in words for key in keys) for name, words in known.items()},
        "first": any(gazetteer.is_first_name(form) for form in forms),
        "last": any(gazetteer.is_last_name(form) for form in forms),
        "head": any(gazetteer.head(form) is not None for form in forms),
        "title": any(gazetteer.title_at([form], 0) is not None for form in forms),
        "nisba": any(gazetteer.nisba(form) is not None for form in forms),
    }
    return tuple(WEIGHT * said[name] for name in NAMES)


def listed_words() -> frozenset[str]:
    """Give every word that is a name of a place or a part of an actor's name, as `schema.text.bare` writes it."""
    return frozenset().union(*_words().values())


@cache
def _words() -> dict[str, frozenset[str]]:
    gazetteer: Gazetteer = load_gazetteer()
    found: dict[str, set[str]] = {name: set() for name in NAMES[:5]}
    for place in gazetteer.places.values():
        for name in (*place.names, *place.cautious):
            _add(found, "place", name)
    for actor in gazetteer.actors.values():
        kind = "person" if actor.type == _PERSON else "place" if actor.type in _STATES else "body"
        for name in (*actor.names, *actor.shared):
            _add(found, kind, name)
    return {name: frozenset(words) for name, words in found.items()}


def _add(found: dict[str, set[str]], kind: str, name: str) -> None:
    words = [bare(word) for word in name.split()]
    if kind == "person" or len(words) == 1:
        found[kind].update(words)
    else:
        found[f"{kind}_part"].update(words)


def _stems(word: str) -> Iterator[str]:
    yield word
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) >= len(clitic) + _SHORTEST:
            yield word[len(clitic) :]
    if word.startswith("لل") and len(word) >= 2 + _SHORTEST:
        yield "ال" + word[2:]
