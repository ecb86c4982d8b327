"""The gazetteer's files: the form of an entry, and its reading with every check that one entry allows.

Form of the files: extractors/lexicon/FORMAT.md. A wrong entry raises OntologyError naming file and entry.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from schema.errors import OntologyError
from schema.yaml_files import read_yaml

LEXICON = Path(__file__).parent / "lexicon"

#: All scalars stay text (the forms below convert them, and NO is Norway, not false). libyaml reads ten times
#: faster; PyYAML is built without it on some systems.

Relation = Literal["LEADS", "MEMBER_OF", "none"]
CasualtyNoun = Literal["killed", "wounded", "captured", "abducted", "missing", "displaced", "bodies_found"]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A real-world actor with one key in all articles.

    `names` are safe names (label first); `cautious` are ordinary words too; `shared` are names that other
    actors bear too; `descriptions` mean it only where it was named before; `capital` are seats used for a
    state. `nisba` are masculine singular adjectives. `country` is ISO 3166 alpha-2;
    `part_of` a key, where it holds at all times. `led_by` is the key of the state that leads a coalition.
    """

    key: str
    type: str
    ar: str
    en: str
    names: tuple[str, ...]
    cautious: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    nisba: tuple[str, ...] = ()
    part_of: str | None = None
    country: str | None = None
    wikidata: str | None = None
    led_by: str | None = None


_GOVERNMENT = "_government"


def government_of(state: str) -> str:
    """The key of the government of the state with that key."""
    return state + _GOVERNMENT


def is_government(key: str | None) -> bool:
    """Whether a key is that of a state's government."""
    return key is not None and key.endswith(_GOVERNMENT)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place with a point. `type` is a place type; `precision_km` the radius of the area around the point.

    `country` is ISO 3166 alpha-2 (None across borders); `population` 0 where unknown; `geonames` its id.
    `cautious` names count after في or a place head only, `headed` names after a place head only.
    """

    key: str
    type: str
    ar: str
    en: str
    names: tuple[str, ...]
    lat: float
    lon: float
    precision_km: float
    country: str | None = None
    population: int = 0
    geonames: int | None = None
    cautious: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A noun that heads the name or description of an actor, a place, or counts victims.

    `type` is an agent type, `place` a place type (both: سفارة), `casualty` a casualty kind (قتيل).
    `member_of` is the agent type of the body that the people belong to (جندي: MilitaryForce). `weak` nouns
    are ordinary words as well and name an actor or place only with a complement (مصدر أمني, موقع الانفجار).
    Where `of` is given, only with one of these words right behind it (وسائل الإعلام).
    """

    noun: str
    type: str | None
    place: str | None
    casualty: str | None
    member_of: str | None
    gender: str
    weak: bool
    of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Title:
    """Words before or after a person's name.

    `relation` (LEADS, MEMBER_OF, none) is to the body in its idafa.
    """

    title: str
    relation: str
    profession: bool = False
    honorific: bool = False
    epithet: bool = False


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ActorForm(_Form):
    """One entry of actors/*.yaml."""

    key: str
    type: str
    ar: str
    en: str
    aliases: tuple[str, ...] = ()
    government: tuple[str, ...] = ()
    polity: tuple[str, ...] = ()
    cautious: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    nisba: tuple[str, ...] = ()
    nisba_plural: tuple[str, ...] = ()
    part_of: str | None = None
    country: str | None = None
    led_by: str | None = None
    wikidata: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


class PlaceForm(_Form):
    """One entry of places/*.yaml."""

    key: str
    type: str
    ar: str
    en: str
    lat: float
    lon: float
    radius_km: float
    country: str | None = None
    aliases: tuple[str, ...] = ()
    cautious: tuple[str, ...] = ()
    nisba: tuple[str, ...] = ()


class HeadForm(_Form):
    """One entry of heads.yaml."""

    noun: str
    feminine: str | None = None
    plural: tuple[str, ...] = ()
    dual: tuple[str, ...] = ()
    type: str | None = None
    place: str | None = None
    casualty: CasualtyNoun | None = None
    member_of: str | None = None
    gender: Literal["m", "f"] = "m"
    number: Literal["s", "p"] = "s"
    weak: bool = False
    strict: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


class TitleForm(_Form):
    """One entry of titles.yaml."""

    title: str
    feminine: str | None = None
    plural: tuple[str, ...] = ()
    relation: Relation = "none"
    profession: bool = False
    honorific: bool = False
    epithet: bool = False
    annexed: bool = False


FormT = TypeVar("FormT", bound=_Form)


def read_forms(path: Path, form: type[FormT]) -> Iterator[tuple[str, FormT]]:
    """Each entry of a YAML list with "file: entry" to name it in errors."""
    rows = read_yaml(path, strings=True)
    if not isinstance(rows, list):
        raise OntologyError(f"{path.name}: must be a list of entries")
    adapter: TypeAdapter[FormT] = TypeAdapter(form)
    for number, row in enumerate(rows, 1):
        name = (
            next((row[k] for k in ("key", "noun", "title") if k in row), number)
            if isinstance(row, dict)
            else number
        )
        where = f"{path.name}: {name}"
        try:
            yield where, adapter.validate_python(row)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise OntologyError(
                f"{where}: {field}: {first['msg']}; mend the entry (see FORMAT.md)"
            ) from error


def read_lines(path: Path) -> list[str]:
    """One word or phrase a line; # begins a comment line."""
    lines = (line.strip(" \r\n") for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read_cities(path: Path) -> Iterator[KnownPlace]:
    """Rows of cities.tsv: id, country, lat, lon, population, English name, names, cautious, headed names."""
    for number, line in enumerate(read_lines(path), 1):
        cells = line.split("\t")
        if len(cells) != 9:
            raise OntologyError(
                f"{path.name}: town {number}: {len(cells)} columns instead of 9; mend the line"
            )
        gid, country, lat, lon, population, en, *rest = cells
        names, cautious, headed = (tuple(cell.split("|")) if cell else () for cell in rest)
        yield KnownPlace(
            key=f"geonames-{gid}",
            type="City",
            ar=(*names, *cautious, *headed)[0],
            en=en,
            names=names,
            lat=float(lat),
            lon=float(lon),
            precision_km=city_radius(int(population)),
            country=country,
            population=int(population),
            geonames=int(gid),
            cautious=cautious,
            headed=headed,
        )


def city_radius(population: int) -> float:
    """About how far a town reaches, in km: 4,000 people a square km, never under 2 km."""
    return round(max(2.0, math.sqrt(population / 4000 / math.pi)), 1)
