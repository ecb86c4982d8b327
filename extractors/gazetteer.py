"""Known actors and places, the nouns and titles that head descriptions, and personal names.

Look-ups take word FORMS in text order: clitics already split off, the article ال still on its word. They
compare letters under `normalise.fold`, across word boundaries, so that عبدالله and عبد الله, ابوظبي and
أبو ظبي, and a word whose first letter was split off by mistake (و + اشنطن) are found alike.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from extractors.gazetteer_files import LEXICON, HeadNoun, KnownActor, KnownPlace, Title, read_lines
from extractors.gazetteer_tables import HeadMatch, Nisba, read_actors, read_heads, read_places, read_titles
from extractors.name_index import LONGEST, NO_NAME, NameIndex, Needs, Sense
from extractors.normalise import fold

__all__ = [
    "Gazetteer",
    "HeadMatch",
    "HeadNoun",
    "Hit",
    "KnownActor",
    "KnownPlace",
    "Nisba",
    "Title",
    "load_gazetteer",
]

_HAMZA = frozenset("ءئؤ")
#: Words after which a name that is an ordinary word as well is taken as a place (في مالي).
_BEFORE_PLACE = frozenset(
    map(fold, ("في", "إلى", "شمال", "جنوب", "شرق", "غرب", "وسط", "شمالي", "جنوبي", "شرقي", "غربي"))
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Forms `first`..`last` (0-based, inclusive) name `key`.

    `description`: they mean it only if it was named before. `capital`: they name the seat of the state `key`.
    `others` are further keys of that name, the most usual first.
    """

    first: int
    last: int
    key: str
    description: bool = False
    capital: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """All that is known beforehand. Made by `load_gazetteer`."""

    actors: Mapping[str, KnownActor]
    places: Mapping[str, KnownPlace]
    _actor_names: NameIndex
    _place_names: NameIndex
    _titles: NameIndex
    _title_list: Sequence[Title]
    _heads: Mapping[str, HeadMatch]
    _nisba: Mapping[str, Nisba]
    _first_names: frozenset[str]
    _last_names: frozenset[str]
    _place_heads: frozenset[str] = field(default_factory=frozenset)
    _shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def actor(self, key: str) -> KnownActor:
        """The actor with that key; KeyError when there is none."""
        return self.actors[key]

    def place(self, key: str) -> KnownPlace:
        """The place with that key (states are places as well); KeyError when there is none."""
        return self.places[key]

    def state_of(self, country: str | None) -> KnownActor | None:
        """The state of a country (ISO 3166 alpha-2); None where it is not known."""
        return self._states.get(country or "")

    @cached_property
    def _states(self) -> dict[str, KnownActor]:
        return {a.country: a for a in self.actors.values() if a.type == "State" and a.country}

    def find_actors(self, forms: Sequence[str]) -> list[Hit]:
        """Known actors named in a sentence: leftmost, longest, not overlapping."""
        return self._find(self._actor_names, forms)

    def find_places(self, forms: Sequence[str]) -> list[Hit]:
        """Known places named in a sentence, states among them: leftmost, longest, not overlapping."""
        return self._find(self._place_names, forms)

    def bearers(self, key: str, written: str) -> tuple[str, ...]:
        """The actors that bear the shared name by which that actor is written, the most usual first; he alone
        where a name of his own is written (الهلال الأحمر القطري).
        """
        actor = self.actors.get(key)
        if actor is None or any(fold(name) in fold(written) for name in actor.names):
            return (key,)
        shared = map(fold, actor.shared)
        return next((self._shared[name] for name in shared if name in fold(written)), (key,))

    def nisba(self, form: str) -> Nisba | None:
        """The state, people or group whose relational adjective the form is."""
        return self._nisba.get(fold(form))

    def head(self, form: str) -> HeadMatch | None:
        """The head noun that the form belongs to.

        Pass the word as written where you have it: only its hamza tells كتائب from كتاب.
        """
        match = self._heads.get(fold(form))
        return None if match and match.strict and not _HAMZA & set(form) else match

    def title_at(self, forms: Sequence[str], i: int) -> tuple[Title, int] | None:
        """The longest title that begins at forms[i], and its length in forms."""
        best: tuple[Title, int] | None = None
        if not forms[i : i + 1] or not self._titles.opens(fold(forms[i])):
            return None
        for last, senses in self._titles.matches([fold(f) for f in forms[i : i + LONGEST]], 0):
            best = (self._title_list[int(senses[0].key)], last + 1)
        return best

    def is_first_name(self, form: str) -> bool:
        """Whether people are called so (given names)."""
        return fold(form) in self._first_names

    def is_last_name(self, form: str) -> bool:
        """Whether it is a common family name."""
        return fold(form) in self._last_names

    def _find(self, names: NameIndex, forms: Sequence[str]) -> list[Hit]:
        keys = [fold(form) for form in forms]
        hits: list[Hit] = []
        i = 0
        while i < len(keys):
            best: Hit | None = None
            for last, senses in names.matches(keys, i) if keys[i] and names.opens(keys[i]) else ():
                fits = [sense for sense in senses if self._fits(sense, keys, i)]
                if fits:
                    others = tuple(s.key for s in fits[1:])
                    best = Hit(i, last, fits[0].key, fits[0].description, fits[0].capital, others)
            if best and best.key:
                hits.append(best)
            i = best.last + 1 if best else i + 1
        return hits

    def _fits(self, sense: Sense, keys: Sequence[str], i: int) -> bool:
        if sense.needs is Needs.NOTHING:
            return True
        if i == 0:
            return False
        before = keys[i - 1]
        return before in self._place_heads or (sense.needs is Needs.PREPOSITION and before in _BEFORE_PLACE)


@lru_cache(maxsize=4)
def load_gazetteer(folder: Path = LEXICON) -> Gazetteer:
    """Read and check the gazetteer's files; OntologyError names the file and entry that is wrong."""
    with _no_garbage_collection():
        return _load(folder)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """The tables only grow while they are read: walking them for garbage meanwhile doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(folder: Path) -> Gazetteer:
    actors, actor_names, nisba, states = read_actors(folder)
    heads = read_heads(folder / "heads.yaml")
    places, place_names = read_places(folder / "places", states, nisba)
    # سوريا is the country before it is the accusative of سوري.
    named = {fold(name) for place in places.values() if place.type != "City" for name in place.names}
    nisba = {form: n for form, n in nisba.items() if n.definite or n.gender == "f" or form not in named}
    titles, title_names = read_titles(folder / "titles.yaml")
    for phrase in read_lines(folder / "not_names.txt"):
        actor_names.add(phrase, NO_NAME)
        place_names.add(phrase, NO_NAME)
    for names in (actor_names, place_names, title_names):
        names.freeze()
    return Gazetteer(
        actors=actors,
        places=places,
        _actor_names=actor_names,
        _place_names=place_names,
        _titles=title_names,
        _title_list=titles,
        _heads=heads,
        _nisba=nisba,
        _first_names=frozenset(map(fold, read_lines(folder / "first_names.txt"))),
        _last_names=frozenset(map(fold, read_lines(folder / "last_names.txt"))),
        _place_heads=frozenset(form for form, match in heads.items() if _heads_town(match)),
        _shared=_shared_names(actors.values()),
    )


def _shared_names(actors: Iterable[KnownActor]) -> dict[str, tuple[str, ...]]:
    """Folded name -> the keys of the actors that list it as shared, in the order of the lexicon."""
    found: dict[str, tuple[str, ...]] = {}
    for actor in actors:
        for name in actor.shared:
            found[fold(name)] = (*found.get(fold(name), ()), actor.key)
    return found


def _heads_town(match: HeadMatch) -> bool:
    """مدينة، محافظة، بلدة: not a building, not a plural, not a noun with other uses."""
    return match.head.place in ("City", "Region") and match.number == "s" and not match.head.weak
