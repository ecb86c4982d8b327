"""The number words of `lexicon/numbers.yaml` as look-ups, and the spelling they are looked up by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extractors.normalise import MARKS
from schema.errors import OntologyError
from schema.yaml_files import read_yaml

_LEXICON = Path(__file__).parent / "lexicon" / "numbers.yaml"
_MARKS = re.compile(f"[{MARKS}]")
_SPELLING = str.maketrans("أإآٱىةکی٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "ااااي\u0647كي01234567890123456789,.")
_BOUNDS = ("exact", "more", "least", "less", "most")

#: Phrases by their first word, the longest first, each with what it does to the number.
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Folded forms to what they count; `pairs` are numbers of two words, `duals` scales in the dual."""

    values: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    scales: Mapping[str, int]
    duals: Mapping[str, int]
    fractions: Mapping[str, float]
    vague: Mapping[str, int]
    before: Phrases
    after: Phrases


@lru_cache(maxsize=100_000)
def spelled(word: str) -> str:
    """The look-up key of a word: no marks, one alef, Latin digits; the hamza stays (مئات is not مات)."""
    return _MARKS.sub("", word).translate(_SPELLING)


@cache
def number_words() -> NumberWords:
    """The words of the lexicon. Raises OntologyError where the file is not in its form."""
    try:
        data = read_yaml(_LEXICON)
        forms = {spelled(form): value for value, words in data["values"].items() for form in words}
        scales = {spelled(f): scale for scale, entry in data["scales"].items() for f in entry["forms"]}
        duals = {spelled(f): 2 * scale for scale, entry in data["scales"].items() for f in entry["dual"]}
        return NumberWords(
            values={form: value for form, value in forms.items() if " " not in form},
            pairs={_two(form): value for form, value in forms.items() if " " in form},
            scales=scales,
            duals=duals,
            fractions={spelled(word): part for word, part in data["fractions"].items()},
            vague={spelled(word): least for least, words in data["vague"].items() for word in words},
            before=_phrases(data["before"]),
            after=_phrases(data["after"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise OntologyError(f"{_LEXICON.name}: not in the form that FORMAT.md gives: {error!r}") from error


def _two(form: str) -> tuple[str, str]:
    first, second = form.split(" ")
    return first, second


def _phrases(data: Mapping[str, Sequence[str]]) -> Phrases:
    unknown = set(data) - set(_BOUNDS)
    if unknown:
        raise KeyError(f"unknown bound {sorted(unknown)}")
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for bound, phrases in data.items():
        for phrase in phrases:
            words = tuple(spelled(phrase).split())
            table.setdefault(words[0], []).append((words, bound))
    return {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in table.items()}
