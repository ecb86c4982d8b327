"""What the project's own lists say of a word, as numbers beside its vector.

The name finder learns from few names. The lists of actors, places, titles and first and last names tell of
tens of thousands of words what they can be; as further dimensions of the word vectors they reach every model
through the one file that all of them read. Eight million words of news are too few to learn this from use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.nearest_words import stems
from schema.text import bare

NAMES = (
    *("place", "place_part", "body", "body_part", "person", "first", "last", "head", "title", "nisba"),
    *("club", "club_part", "world_person", "world_place"),
)
"""Meaning of each dimension, in order. ``body`` is every actor that is not a person or a state; the last four
come from the lists of the corpora: clubs, people and places of the world, which the product need not know."""

WEIGHT = 2.0
"""A flag's value, in standard deviations of the vectors' other dimensions."""

_PERSON, _STATES = "Person", frozenset({"State", "Country"})
_CLUBS, _PEOPLE, _CITIES = "sports__Clubs_key.json", "people__peoples.json", "cities__cities_full.json"
_OF_CLUBS = frozenset({"نادي", "لكرة", "القدم", "السلة", "اليد", "الطائرة", "الرياضي"})


@dataclass(frozen=True, slots=True)
class WordFlags:
    """What the lists say of words. ``words``: the members of a dimension, as `schema.text.bare` writes."""

    words: Mapping[str, frozenset[str]]
    gazetteer: Gazetteer

    @classmethod
    def read(cls, gazetteers: Path) -> WordFlags:
        """Take the project's gazetteer, and clubs, people and cities of the folder ``gazetteers``."""
        gazetteer = load_gazetteer()
        found: dict[str, set[str]] = {name: set() for name in NAMES}
        for kind, name in listed_names(gazetteer, gazetteers):
            _add(found, kind, name)
        return cls({name: frozenset(words) for name, words in found.items()}, gazetteer)

    def of(self, word: str) -> tuple[float, ...]:
        """Give the value of each dimension of `NAMES`: WEIGHT or 0, with and without leading clitics."""
        forms = list(stems(word))
        keys = [bare(form) for form in forms]
        gazetteer = self.gazetteer
        said = {
            **{name: any(key in words for key in keys) for name, words in self.words.items()},
            "first": any(gazetteer.is_first_name(form) for form in forms),
            "last": any(gazetteer.is_last_name(form) for form in forms),
            "head": any(gazetteer.head(form) is not None for form in forms),
            "title": any(gazetteer.title_at([form], 0) is not None for form in forms),
            "nisba": any(gazetteer.nisba(form) is not None for form in forms),
        }
        return tuple(WEIGHT * said[name] for name in NAMES)


def listed_names(gazetteer: Gazetteer, gazetteers: Path) -> Iterator[tuple[str, str]]:
    """Give the dimension and the spelling of every name of the lists."""
    for place in gazetteer.places.values():
        for name in (*place.names, *place.cautious):
            yield "place", name
    for actor in gazetteer.actors.values():
        kind = "person" if actor.type == _PERSON else "place" if actor.type in _STATES else "body"
        for name in (*actor.names, *actor.shared):
            yield kind, name
    folder = gazetteers / "arwikicats"
    for name in _texts(folder / _CLUBS):
        yield "club", " ".join(word for word in name.split() if word not in _OF_CLUBS)
    for name in _texts(folder / _PEOPLE):
        yield "world_person", name
    for name in _texts(folder / _CITIES):
        if len(name.split()) == 1:
            yield "world_place", name


def _texts(path: Path) -> Iterator[str]:
    """Give the Arabic texts of a list of arwikicats: English name to Arabic name, in one level or two."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    for value in entries.values():
        yield from value.values() if isinstance(value, dict) else (value,)


def _add(found: dict[str, set[str]], kind: str, name: str) -> None:
    words = [bare(word) for word in name.split()]
    part = f"{kind}_part"
    if part not in found or len(words) == 1:
        found[kind].update(words)
    else:
        found[part].update(words)
