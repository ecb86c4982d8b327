"""The words of times, from `lexicon/months.yaml`, as look-ups and as alternatives for patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from extractors.calendar import Tense, Unit
from schema.errors import OntologyError
from schema.yaml_files import read_yaml

_TENSES: tuple[Tense, ...] = ("past", "present", "future")
_LEXICON = Path(__file__).parent / "lexicon" / "months.yaml"
_SPELLING = str.maketrans("أإآٱىةؤئ", "ااااي\u0647\u0621\u0621")


def spelled(text: str) -> str:
    """`text` with one form of alef, yeh, heh and hamza seat; of the same length."""
    return text.translate(_SPELLING)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Look-ups from folded words, and for each group of words the alternatives of a regular expression."""

    months: Mapping[str, tuple[int, bool]]
    unsure: frozenset[str]
    weekdays: Mapping[str, int]
    relative_days: Mapping[str, int]
    tenses: Mapping[str, Tense]
    units: Mapping[str, tuple[Unit, int | None]]
    decades: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    month: str
    weekday: str
    relative_day: str
    part: str
    tense: str
    past: str
    one: str
    any_unit: str
    decade: str
    season: str
    ordinal: str

    def month_number(self, text: str) -> tuple[int, bool]:
        """(number, whether Hijri) of a month's name, or of two names of one month."""
        name = re.split(r"\s*[/(\-]\s*", text)[0].strip()
        return self.months[" ".join(name.split())]

    def is_unsure(self, text: str) -> bool:
        """Whether the name alone may be another word; two names of one month are sure."""
        return " ".join(text.split()) in self.unsure

    def day_number(self, text: str) -> int:
        """The day of the month, in digits or written out."""
        return int(text) if text.isdigit() else self.ordinals[" ".join(text.split())]

    def tense_of(self, text: str | None) -> Tense | None:
        """past, present or future of a word such as الماضي."""
        return None if text is None else self.tenses[text]


@cache
def time_words() -> TimeWords:
    """The words of the lexicon. Raises OntologyError where the file is not in its form."""
    try:
        data = read_yaml(_LEXICON)
        months = {w: (n, False) for w, n in _flat(data["gregorian"]).items()}
        months |= {w: (n, True) for w, n in _flat(data["hijri"]).items()}
        tenses: dict[str, Tense] = {spelled(w): t for t in _TENSES for w in data[t]}
        units: dict[str, tuple[Unit, int | None]] = {}
        for unit, forms in data["units"].items():
            for size, count in (("one", 1), ("two", 2), ("many", None)):
                units |= {spelled(word): (cast(Unit, unit), count) for word in forms[size]}
        weekdays, relative, ordinals = _flat(data["weekdays"]), _flat(data["days"]), _flat(data["ordinals"])
        decades = {spelled(word): number for word, number in data["decades"].items()}
        seasons = {spelled(word): (first, last) for word, (first, last) in data["seasons"].items()}
        unsure = frozenset(spelled(word) for word in data["unsure"])
        parts = [spelled(word) for word in data["parts_of_day"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OntologyError(f"{_LEXICON.name}: not in its form: {error!r}") from error
    return TimeWords(
        months=months,
        unsure=unsure,
        weekdays=weekdays,
        relative_days=relative,
        tenses=tenses,
        units=units,
        decades=decades,
        seasons=seasons,
        ordinals=ordinals,
        month=_any(months),
        weekday=_any(weekdays),
        relative_day=_any(relative),
        part=_any([*parts, *("ال" + part for part in ("صباح", "مساء", "فجر"))]),
        tense=_any(tenses),
        past=_any(word for word, tense in tenses.items() if tense == "past"),
        one=_any(word for word, (_, count) in units.items() if count == 1),
        any_unit=_any(units),
        decade=_any(decades),
        season=_any(seasons),
        ordinal=_any(ordinals),
    )


def _flat(table: Mapping[int, Iterable[str]]) -> dict[str, int]:
    return {spelled(word): number for number, words in table.items() for word in words}


def _any(words: Iterable[str]) -> str:
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
