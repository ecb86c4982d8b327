"""The gazetteer's look-up tables, made from its files, with the checks that need more than one entry."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.gazetteer_files import (
    ActorForm,
    HeadForm,
    HeadNoun,
    KnownActor,
    KnownPlace,
    PlaceForm,
    Title,
    TitleForm,
    government_of,
    read_cities,
    read_forms,
)
from extractors.inflection import Features, nisba_forms, noun_forms
from extractors.name_index import NameIndex, Needs, Sense
from extractors.normalise import fold
from schema.errors import OntologyError
from schema.ontology import load_ontology


@dataclass(frozen=True, slots=True)
class Nisba:
    """A relational adjective: عراقية -> iraq, f, s. `number` is s, d or p."""

    key: str
    gender: str
    number: str
    definite: bool


@dataclass(frozen=True, slots=True)
class HeadMatch:
    """A form of a head noun. `number` is s, d or p; `gender` m or f.

    `strict` forms are another word without their hamza (كتائب, كتاب).
    """

    head: HeadNoun
    gender: str
    number: str
    definite: bool
    strict: bool = False


def read_actors(
    folder: Path,
) -> tuple[dict[str, KnownActor], NameIndex, dict[str, Nisba], list[tuple[str, ActorForm]]]:
    """actors/*.yaml: the actors, their names, their relational adjectives, and the states' entries."""
    entries = [
        entry for path in sorted((folder / "actors").glob("*.yaml")) for entry in read_forms(path, ActorForm)
    ]
    actors: dict[str, KnownActor] = {}
    names = NameIndex()
    nisba: dict[str, Nisba] = {}
    owners: dict[str, str] = {}
    for where, entry in entries:
        _check_type(where, entry.type, load_ontology().agent_types, "agent")
        if entry.key in actors:
            raise OntologyError(f"{where}: this key is used twice; give one of the two actors another")
        polity = tuple(f"الدولة ال{n}ة" for n in entry.nisba[:1] if entry.type == "State")
        label = () if entry.ar in (*entry.cautious, *entry.shared) else (entry.ar,)
        safe = (*label, *entry.aliases, *polity, *entry.polity)
        actors[entry.key] = KnownActor(
            key=entry.key,
            type=entry.type,
            ar=entry.ar,
            en=entry.en,
            names=safe,
            cautious=entry.cautious,
            shared=entry.shared,
            descriptions=entry.descriptions,
            capital=entry.capital,
            nisba=entry.nisba,
            part_of=entry.part_of,
            country=entry.country,
            wikidata=entry.wikidata,
            led_by=entry.led_by,
        )
        for name in (*safe, *entry.cautious):
            owner = owners.setdefault(fold(name).replace(" ", ""), entry.key)
            if owner != entry.key:
                raise OntologyError(f"{where}: {name} already names {owner}; list it under `shared` of both")
        _add_nisba(nisba, entry.key, entry.nisba, entry.nisba_plural, where)
        for name in safe:
            names.add(name, Sense(entry.key))
        for name in entry.cautious:
            names.add(name, Sense(entry.key, needs=Needs.PREPOSITION))
        for name in entry.capital:
            names.add(name, Sense(entry.key, capital=True))
    for where, entry in entries:
        if entry.part_of and entry.part_of not in actors:
            raise OntologyError(
                f"{where}: part_of: {entry.part_of} is no key; add that actor or leave it out"
            )
        for name in entry.shared:
            if fold(name).replace(" ", "") in owners:
                raise OntologyError(
                    f"{where}: {name} is shared here but an alias elsewhere; make both shared"
                )
            names.add(name, Sense(entry.key))
        for name in entry.descriptions:
            names.add(name, Sense(entry.key, description=True))
    for _, entry in entries:
        if entry.type == "State":
            _add_government(actors, names, entry)
    return actors, names, nisba, [(w, e) for w, e in entries if e.type == "State"]


def _add_government(actors: dict[str, KnownActor], names: NameIndex, state: ActorForm) -> None:
    """The government of a state, a body of its own: الحكومة العراقية, حكومة العراق, حكومة بغداد."""
    seats = (state.ar, *state.aliases, *state.capital)
    generated = (*(f"الحكومة ال{n}ة" for n in state.nisba[:1]), *(f"حكومة {seat}" for seat in seats))
    own = tuple(n for n in (*generated, *state.government) if not names.names(n))
    key = government_of(state.key)
    actors[key] = KnownActor(
        key=key,
        type="GovernmentBody",
        ar=own[0],
        en=f"Government of {state.en}",
        names=own,
        part_of=state.key,
        country=state.country,
    )
    for name in own:
        names.add(name, Sense(key))


def read_places(
    folder: Path, states: Iterable[tuple[str, ActorForm]], nisba: dict[str, Nisba]
) -> tuple[dict[str, KnownPlace], NameIndex]:
    """places/*: the states and all other places, and their names; their adjectives go into `nisba`."""
    places: dict[str, KnownPlace] = {}
    names = NameIndex()
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
            aliases=state.aliases,
            cautious=state.cautious,
        )
        _add_place(places, names, where, form)
    for path in sorted(folder.glob("*.yaml")):
        for where, form in read_forms(path, PlaceForm):
            _add_place(places, names, where, form)
            _add_nisba(nisba, form.key, form.nisba, (), where)
    # The file is sorted by how likely a bare name means the town: the first bearer of a name comes first.
    for city in read_cities(folder / "cities.tsv"):
        places[city.key] = city
        for name in city.names:
            names.add(name, Sense(city.key))
        for name in city.cautious:
            names.add(name, Sense(city.key, needs=Needs.PREPOSITION))
        for name in city.headed:
            names.add(name, Sense(city.key, needs=Needs.HEAD))
    for _, state in states:
        for name in state.shared:  # عمان is the town before it is the state
            names.add(name, Sense(state.key))
    return places, names


def _add_place(places: dict[str, KnownPlace], names: NameIndex, where: str, form: PlaceForm) -> None:
    _check_type(where, form.type, load_ontology().place_types, "place")
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
        names=(*label, *form.aliases),
        cautious=form.cautious,
        lat=form.lat,
        lon=form.lon,
        precision_km=form.radius_km,
        country=form.country,
    )
    for name in (*label, *form.aliases):
        names.add(name, Sense(form.key))
    for name in form.cautious:
        names.add(name, Sense(form.key, needs=Needs.PREPOSITION))


def _check_type(where: str, name: str | None, known: Container[str], what: str) -> None:
    if name is not None and name not in known:
        raise OntologyError(f"{where}: {name} is no {what} type of ontology.yaml; correct it")


def _add_nisba(
    table: dict[str, Nisba], key: str, adjectives: Iterable[str], plurals: Iterable[str], where: str
) -> None:
    for adjective in adjectives:
        if not adjective.endswith("ي"):
            raise OntologyError(f"{where}: nisba {adjective}: write the masculine singular, ending in ي")
        for form, features in nisba_forms(adjective).items():
            table.setdefault(form, _nisba(key, features))
    for plural in plurals:
        table.setdefault(fold(plural), Nisba(key, "m", "p", definite=False))
        table.setdefault(fold("ال" + plural), Nisba(key, "m", "p", definite=True))


def _nisba(key: str, features: Features) -> Nisba:
    return Nisba(key, features.gender or "m", features.number or "s", bool(features.definite))


def read_heads(path: Path) -> dict[str, HeadMatch]:
    """heads.yaml: the forms (folded) of every head noun."""
    table: dict[str, HeadMatch] = {}
    nouns: set[str] = set()
    for where, entry in read_forms(path, HeadForm):
        if " " in entry.noun or entry.noun in nouns:
            raise OntologyError(f"{where}: one entry a noun, one noun an entry; merge or shorten it")
        nouns.add(entry.noun)
        if not (entry.type or entry.place or entry.casualty):
            raise OntologyError(f"{where}: a head noun needs a type, a place or a casualty")
        _check_type(where, entry.type, load_ontology().agent_types, "agent")
        _check_type(where, entry.member_of, load_ontology().agent_types, "agent")
        _check_type(where, entry.place, load_ontology().place_types, "place")
        head = HeadNoun(
            noun=entry.noun,
            type=entry.type,
            place=entry.place,
            casualty=entry.casualty,
            member_of=entry.member_of,
            gender=entry.gender,
            weak=entry.weak,
            of=frozenset(map(fold, entry.of)),
        )
        strict = {fold(form) for form in entry.strict}
        for form, features in _head_forms(entry):
            gender, number = features.gender or entry.gender, features.number or "s"
            match = HeadMatch(head, gender, number, bool(features.definite), form in strict)
            table.setdefault(form, match)
    return table


def _head_forms(entry: HeadForm) -> Iterator[tuple[str, Features]]:
    """All forms of a head noun, the more usual reading of a form first."""
    if entry.number == "p":
        for form, features in noun_forms(entry.noun, (), entry.gender).items():
            if features.number == "s":
                yield form, replace(features, number="p")
        return
    for plural in entry.plural:
        if plural.endswith("ون"):  # متظاهرين: the plural before the dual, which writes the same letters
            yield from _plural_forms(plural, entry.gender)
    yield from noun_forms(entry.noun, entry.plural, entry.gender).items()
    if entry.feminine:
        plurals = (entry.feminine[:-1] + "ات",) if entry.feminine.endswith("ة") else ()
        yield from noun_forms(entry.feminine, plurals, "f").items()


def _plural_forms(plural: str, gender: str | None = None) -> Iterator[tuple[str, Features]]:
    """A plural in its cases: مسلحون, مسلحين, and before a noun مسلحو, مسلحي."""
    for form, features in noun_forms(plural[:-2], (plural,), gender).items():
        if features.number == "p":
            yield form, features
    if plural.endswith("ون"):
        for ending in ("ين", "ي"):
            yield fold(plural[:-2] + ending), Features(number="p", gender=gender, definite=False)
        yield fold("ال" + plural[:-2] + "ين"), Features(number="p", gender=gender, definite=True)


def read_titles(path: Path) -> tuple[list[Title], NameIndex]:
    """titles.yaml: the titles, and the index of their forms with the place in the list as key."""
    titles: list[Title] = []
    names = NameIndex()
    for _, entry in read_forms(path, TitleForm):
        sense = Sense(str(len(titles)))
        titles.append(Title(entry.title, entry.relation, entry.profession, entry.honorific, entry.epithet))
        for title in (entry.title, *((entry.feminine,) if entry.feminine else ())):
            first, _, rest = title.partition(" ")
            for form in (first,) if first.startswith("ال") else noun_forms(first):
                if not (entry.annexed and form.startswith("ال")):
                    names.add(f"{form} {rest}", sense)
        for title in entry.plural:
            first, _, rest = title.partition(" ")
            for form in (first, *(form for form, _ in _plural_forms(first))):
                if not (entry.annexed and form.startswith("ال")):
                    names.add(f"{form} {rest}", sense)
    return titles, names
