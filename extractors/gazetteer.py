"""Known actors and places, the nouns and titles that head descriptions, and personal names.

Look-ups take word FORMS in text order: clitics already split off, the article ال still on its word. They
compare letters under `normalise.fold`, across word boundaries, so that عبدالله and عبد الله, ابوظبي and
أبو ظبي, and a word whose first letter was split off by mistake (و + اشنطن) are found alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from extractors.gazetteer_files import (
    LEXICON,
    ActorForm,
    HeadForm,
    HeadNoun,
    KnownActor,
    KnownPlace,
    PlaceForm,
    Title,
    TitleForm,
    read_cities,
    read_forms,
)
from extractors.normalise import fold
from schema.errors import OntologyError

__all__ = [
    "Gazetteer", "HeadMatch", "HeadNoun", "Hit", "KnownActor", "KnownPlace", "Nisba", "Title", "load_gazetteer",
]  # fmt: skip

#: Words after which a name that is an ordinary word as well is taken as a place (في مالي).
_BEFORE_PLACE = frozenset(map(fold, ("في", "إلى", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي")))
_GOVERNMENT = ("الحكومة", "السلطات", "الدولة")
_LONGEST = 10


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


@dataclass(frozen=True, slots=True)
class Nisba:
    """A relational adjective: عراقية -> iraq, f, s. `number` is s, d or p."""

    key: str
    gender: str
    number: str
    definite: bool


@dataclass(frozen=True, slots=True)
class HeadMatch:
    """A form of a head noun. `number` is s, d or p; `gender` m or f."""

    head: HeadNoun
    gender: str
    number: str
    definite: bool


@dataclass(frozen=True, slots=True)
class _Sense:
    key: str
    description: bool = False
    capital: bool = False
    cautious: bool = False


class _Names:
    """Names as strings of folded letters without spaces, for longest match from a word on."""

    def __init__(self) -> None:
        self._senses: dict[str, list[_Sense]] = {}
        self._sorted: list[str] = []

    def add(self, name: str, sense: _Sense) -> None:
        senses = self._senses.setdefault(fold(name).replace(" ", ""), [])
        if all(s.key != sense.key for s in senses):
            senses.append(sense)

    def freeze(self) -> None:
        self._sorted = sorted(self._senses)

    def senses(self, name: str) -> Sequence[_Sense]:
        return self._senses.get(fold(name).replace(" ", ""), ())

    def matches(self, keys: Sequence[str], start: int) -> Iterator[tuple[int, list[_Sense]]]:
        """(last index, senses) of every name that begins at `start`, shortest first."""
        letters = ""
        for i in range(start, min(len(keys), start + _LONGEST)):
            piece = keys[i]
            # لل is ل + ال with one alef lost: names keep the written form.
            letters += piece[1:] if i > start and keys[i - 1] == "ل" and piece.startswith("ال") else piece
            at = bisect_left(self._sorted, letters)
            if at == len(self._sorted) or not self._sorted[at].startswith(letters):
                return
            if self._sorted[at] == letters:
                yield i, self._senses[letters]


@dataclass(frozen=True)
class Gazetteer:
    """All that is known beforehand. Made by `load_gazetteer`."""

    actors: Mapping[str, KnownActor]
    places: Mapping[str, KnownPlace]
    _actor_names: _Names
    _place_names: _Names
    _titles: _Names
    _title_list: Sequence[Title]
    _heads: Mapping[str, HeadMatch]
    _nisba: Mapping[str, Nisba]
    _first_names: frozenset[str]
    _last_names: frozenset[str]
    _place_heads: frozenset[str] = field(default_factory=frozenset)

    def actor(self, key: str) -> KnownActor:
        """The actor with that key; KeyError when there is none."""
        return self.actors[key]

    def place(self, key: str) -> KnownPlace:
        """The place with that key (states are places as well); KeyError when there is none."""
        return self.places[key]

    def find_actors(self, forms: Sequence[str]) -> list[Hit]:
        """Known actors named in a sentence: leftmost, longest, not overlapping."""
        return self._find(self._actor_names, forms)

    def find_places(self, forms: Sequence[str]) -> list[Hit]:
        """Known places named in a sentence, states among them: leftmost, longest, not overlapping."""
        return self._find(self._place_names, forms)

    def nisba(self, form: str) -> Nisba | None:
        """The state, people or group whose relational adjective the form is."""
        return self._nisba.get(fold(form))

    def head(self, form: str) -> HeadMatch | None:
        """The head noun that the form belongs to."""
        return self._heads.get(fold(form))

    def title_at(self, forms: Sequence[str], i: int) -> tuple[Title, int] | None:
        """The longest title that begins at forms[i], and its length in forms."""
        best: tuple[Title, int] | None = None
        for last, senses in self._titles.matches([fold(f) for f in forms[i : i + _LONGEST]], 0):
            best = (self._title_list[int(senses[0].key)], last + 1)
        return best

    def is_first_name(self, form: str) -> bool:
        """Whether people are called so (given names)."""
        return fold(form) in self._first_names

    def is_last_name(self, form: str) -> bool:
        """Whether it is a common family name."""
        return fold(form) in self._last_names

    def _find(self, names: _Names, forms: Sequence[str]) -> list[Hit]:
        keys = [fold(form) for form in forms]
        hits: list[Hit] = []
        i = 0
        while i < len(keys):
            best: Hit | None = None
            for last, senses in names.matches(keys, i) if keys[i] else ():
                fits = [s for s in senses if not s.cautious or self._place_before(keys, i)]
                if fits:
                    others = tuple(s.key for s in fits[1:])
                    best = Hit(i, last, fits[0].key, fits[0].description, fits[0].capital, others)
            if best:
                hits.append(best)
            i = best.last + 1 if best else i + 1
        return hits

    def _place_before(self, keys: Sequence[str], i: int) -> bool:
        return i > 0 and (keys[i - 1] in _BEFORE_PLACE or keys[i - 1] in self._place_heads)


@lru_cache(maxsize=4)
def load_gazetteer(folder: Path = LEXICON) -> Gazetteer:
    """Read and check the gazetteer's files; OntologyError names the file and entry that is wrong."""
    actors, actor_names, nisba, states = _read_actors(folder)
    heads = _read_heads(folder / "heads.yaml")
    places, place_names = _read_places(folder / "places", states, nisba)
    titles, title_names = _read_titles(folder / "titles.yaml")
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
        _first_names=_read_words(folder / "first_names.txt"),
        _last_names=_read_words(folder / "last_names.txt"),
        _place_heads=frozenset(form for form, match in heads.items() if match.head.place),
    )


def _read_actors(
    folder: Path,
) -> tuple[dict[str, KnownActor], _Names, dict[str, Nisba], list[tuple[str, ActorForm]]]:
    entries = [entry for path in sorted((folder / "actors").glob("*.yaml")) for entry in read_forms(path, ActorForm)]
    actors: dict[str, KnownActor] = {}
    names = _Names()
    nisba: dict[str, Nisba] = {}
    owners: dict[str, str] = {}
    for where, entry in entries:
        if entry.key in actors:
            raise OntologyError(f"{where}: this key is used twice; give one of the two actors another")
        government = tuple(
            f"{noun} ال{entry.nisba[0]}ة" for noun in _GOVERNMENT if entry.type == "State" and entry.nisba
        )
        label = () if entry.ar in (*entry.cautious, *entry.shared) else (entry.ar,)
        safe = (*label, *entry.aliases, *government)
        actors[entry.key] = KnownActor(
            key=entry.key,
            type=entry.type,
            ar=entry.ar,
            en=entry.en,
            names=(*safe, *entry.cautious),
            shared=entry.shared,
            descriptions=entry.descriptions,
            capital=entry.capital,
            nisba=entry.nisba,
            part_of=entry.part_of,
            country=entry.country,
            wikidata=entry.wikidata,
        )
        for name in (*safe, *entry.cautious, *entry.capital):
            owner = owners.setdefault(fold(name).replace(" ", ""), entry.key)
            if owner != entry.key:
                raise OntologyError(f"{where}: {name} already names {owner}; list it under `shared` of both")
        _add_nisba(nisba, entry.key, entry.nisba, entry.nisba_plural, where)
        for name in safe:
            names.add(name, _Sense(entry.key))
        for name in entry.cautious:
            names.add(name, _Sense(entry.key, cautious=True))
        for name in entry.capital:
            names.add(name, _Sense(entry.key, capital=True))
    for where, entry in entries:
        if entry.part_of and entry.part_of not in actors:
            raise OntologyError(f"{where}: part_of: {entry.part_of} is no key; add that actor or leave it out")
        for name in entry.shared:
            if fold(name).replace(" ", "") in owners:
                raise OntologyError(f"{where}: {name} is shared here but an alias elsewhere; make both shared")
            names.add(name, _Sense(entry.key))
        for name in entry.descriptions:
            names.add(name, _Sense(entry.key, description=True))
    return actors, names, nisba, [(w, e) for w, e in entries if e.type == "State"]


def _read_places(
    folder: Path, states: Iterable[tuple[str, ActorForm]], nisba: dict[str, Nisba]
) -> tuple[dict[str, KnownPlace], _Names]:
    places: dict[str, KnownPlace] = {}
    names = _Names()
    for where, state in states:
        if state.lat is None or state.lon is None or state.radius_km is None:
            raise OntologyError(f"{where}: a state needs lat, lon and radius_km")
        form = PlaceForm(
            key=state.key,
            type="Country",
            ar=state.ar,
            en=state.en,
            lat=state.lat,
            lon=state.lon,
            radius_km=state.radius_km,
            country=state.country,
            aliases=(*state.aliases, *state.shared),
            cautious=state.cautious,
        )
        _add_place(places, names, where, form)
    for path in sorted(folder.glob("*.yaml")):
        for where, form in read_forms(path, PlaceForm):
            _add_place(places, names, where, form)
            _add_nisba(nisba, form.key, form.nisba, (), where)
    # The file is sorted by how likely a bare name means the town: the first bearer of a name comes first.
    for city in read_cities(folder / "cities.tsv"):
        places[city.place.key] = replace(city.place, names=(*city.place.names, *city.cautious))
        for name in city.place.names:
            names.add(name, _Sense(city.place.key))
        for name in city.cautious:
            names.add(name, _Sense(city.place.key, cautious=True))
    return places, names


def _add_place(places: dict[str, KnownPlace], names: _Names, where: str, form: PlaceForm) -> None:
    if form.key in places:
        raise OntologyError(f"{where}: this key is used twice; give one of the two places another")
    if not (-90 <= form.lat <= 90 and -180 <= form.lon <= 180):
        raise OntologyError(f"{where}: lat {form.lat}, lon {form.lon} is no point on earth")
    label = () if form.ar in form.cautious else (form.ar,)
    places[form.key] = KnownPlace(
        key=form.key,
        type=form.type,
        ar=form.ar,
        en=form.en,
        names=(*label, *form.aliases, *form.cautious),
        lat=form.lat,
        lon=form.lon,
        precision_km=form.radius_km,
        country=form.country,
    )
    for name in (*label, *form.aliases):
        names.add(name, _Sense(form.key))
    for name in form.cautious:
        names.add(name, _Sense(form.key, cautious=True))


def _add_nisba(
    table: dict[str, Nisba], key: str, adjectives: Iterable[str], plurals: Iterable[str], where: str
) -> None:
    for adjective in adjectives:
        if not adjective.endswith("ي"):
            raise OntologyError(f"{where}: nisba {adjective}: write the masculine singular, ending in ي")
        endings = [("", "m", "s"), ("ا", "m", "s"), ("ة", "f", "s"), ("ان", "m", "d"), ("تان", "f", "d"),
                   ("تين", "f", "d"), ("ون", "m", "p"), ("ين", "m", "p"), ("ات", "f", "p")]  # fmt: skip
        for ending, gender, number in endings:
            _add_adjective(table, key, adjective + ending, gender, number)
    for plural in plurals:
        _add_adjective(table, key, plural, "m", "p")


def _add_adjective(table: dict[str, Nisba], key: str, form: str, gender: str, number: str) -> None:
    table.setdefault(fold(form), Nisba(key, gender, number, definite=False))
    table.setdefault(fold("ال" + form), Nisba(key, gender, number, definite=True))


def _read_heads(path: Path) -> dict[str, HeadMatch]:
    table: dict[str, HeadMatch] = {}
    for where, entry in read_forms(path, HeadForm):
        if not (entry.type or entry.place or entry.casualty):
            raise OntologyError(f"{where}: a head noun needs a type, a place or a casualty")
        head = HeadNoun(
            noun=entry.noun,
            type=entry.type,
            place=entry.place,
            casualty=entry.casualty,
            member_of=entry.member_of,
            gender=entry.gender,
            weak=entry.weak,
        )
        forms = [(form, entry.gender, entry.number) for form in _singular_forms(entry.noun)]
        forms += [(form, entry.gender, "d") for word in (*entry.dual, *_dual_forms(entry)) for form in [word]]
        forms += [(form, "f", "s") for form in _singular_forms(entry.feminine or "") if form]
        for plural in entry.plural:
            gender = "f" if plural.endswith("ات") else entry.gender
            forms += [(form, gender, "p") for form in _plural_forms(plural)]
        for form, gender, number in forms:
            table.setdefault(fold(form), HeadMatch(head, gender, number, definite=False))
            table.setdefault(fold("ال" + form), HeadMatch(head, gender, number, definite=True))
    return table


def _singular_forms(noun: str) -> list[str]:
    """The noun, with the alef of the indefinite accusative (قتيلا) where that is written."""
    return [noun] if not noun or noun[-1] in "ةاىء" else [noun, noun + "ا"]


def _dual_forms(entry: HeadForm) -> list[str]:
    if entry.dual or entry.number == "p":
        return []
    words = [w for w in (entry.noun, entry.feminine) if w]
    stems = [w[:-1] + "ت" if w.endswith("ة") else w for w in words]
    return [stem + ending for stem in stems for ending in ("ان", "ين")]


def _plural_forms(plural: str) -> list[str]:
    """A plural in all cases: مسلحون also مسلحين, and before a noun مسلحو, مسلحي."""
    if plural.endswith("ون"):
        stem = plural[:-2]
        return [plural, stem + "ين", stem + "و", stem + "ي"]
    return _singular_forms(plural)


def _read_titles(path: Path) -> tuple[list[Title], _Names]:
    titles: list[Title] = []
    names = _Names()
    for _, entry in read_forms(path, TitleForm):
        titles.append(Title(entry.title, entry.relation, entry.profession, entry.honorific))
        sense = _Sense(str(len(titles) - 1))
        forms = [entry.title, *([entry.feminine] if entry.feminine else [])]
        forms += [form for plural in entry.plural for form in _plural_forms(plural)]
        for form in forms:
            names.add(form, sense)
            names.add("ال" + form, sense)
            first, _, rest = form.partition(" ")
            if not rest and first[-1] not in "ةاىء":
                names.add(form + "ا", sense)
    return titles, names


def _read_words(path: Path) -> frozenset[str]:
    """One word a line; # begins a comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
