"""Counts in Arabic: number words and digits, "about", "more than", "at least", dozens, duals.

Conventions of the annotation guide: an approximate number counts as it is (نحو 20: 20..20); "more than n" is
n+1 with no upper end; "at least n" is n with no upper end; dozens are 20, hundreds 200 with no upper end;
a plural without a number is 2 with no upper end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from extractors.document import Word
from extractors.normalise import MARKS
from schema.errors import OntologyError

_LEXICON = Path(__file__).parent / "lexicon" / "numbers.yaml"
_MARKS = re.compile(f"[{MARKS}]")
_SPELLING = str.maketrans("أإآٱىةکی٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "ااااي\u0647كي01234567890123456789,.")
_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[,،.' ]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,،]\d{1,2}")
_PARTICLES = re.compile(r"^(?:[وف]?[بلك]?(?:ال)?)(?=\d)")
_TEENS = {"عشر", "عشره"}
_BOUNDS = ("exact", "more", "least", "less", "most")
#: No quantity with the phrases round it is longer than this many words.
LONGEST = 14
#: A phrase after the number may stand this many words behind it: 28 من مسلحي التنظيم على الأقل.
AFTER_WINDOW = 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count of `min`..`max` (`max` None: no upper end) read from `length` words."""

    min: int
    max: int | None
    length: int


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A quantity in a list of words; it begins at `start` (from 0) and has `quantity.length` words."""

    start: int
    quantity: Quantity


def parse_number(words: Sequence[str]) -> Quantity | None:
    """The quantity at the beginning of `words`, with the phrases round it; None where none begins there.

    `words` may be syntactic words (و apart) or written tokens (و on the next word).
    """
    lexicon = _lexicon()
    keys = [_key(word) for word in words]
    between = _between(keys, lexicon)
    if between is not None:
        return between
    bound, position = _phrase(keys, 0, lexicon.before)
    core = _core(keys, position, lexicon)
    if core is None:
        return None
    quantity, position = core
    if bound is None:
        bound, position = _phrase(keys, position, lexicon.after)
    return _bounded(quantity, bound, position)


def find_quantities(words: Sequence[str]) -> list[FoundQuantity]:
    """All quantities of `words` in order, none inside another.

    A phrase that follows what is counted (31 قتيلا على الأقل) bounds the number before it.
    """
    lexicon = _lexicon()
    keys = [_key(word) for word in words]
    found: list[FoundQuantity] = []
    position = 0
    while position < len(words):
        quantity = parse_number(words[position : position + LONGEST])
        if quantity is None:
            position += 1
            continue
        found.append(FoundQuantity(position, quantity))
        position += quantity.length
    for number, entry in enumerate(found):
        end = entry.start + entry.quantity.length
        limit = found[number + 1].start if number + 1 < len(found) else len(words)
        if entry.quantity.max != entry.quantity.min:
            continue
        for place in range(end, min(limit, end + AFTER_WINDOW + 1)):
            bound, stop = _phrase(keys, place, lexicon.after)
            if bound is not None and stop <= limit:
                bounded = _bounded((entry.quantity.min, entry.quantity.max), bound, entry.quantity.length)
                found[number] = FoundQuantity(entry.start, bounded)
                break
    return found


def count_of_noun(word: Word) -> Quantity | None:
    """The count that a noun without a number shows: dual 2, indefinite singular 1, plural 2 and more.

    None where the form does not tell (no noun, a definite singular, a number word).
    """
    if word.upos not in ("NOUN", "ADJ", "X", "PROPN"):
        return None
    text, lemma = _key(word.text), _key(word.lemma)
    if _is_dual(text.removeprefix("ال"), lemma):
        return Quantity(2, 2, 1)
    number = word.feats.get("Number")
    if number == "Dual":
        return Quantity(2, 2, 1)
    if number == "Plur":
        return Quantity(2, None, 1)
    indefinite = word.feats.get("Definite", "Ind") == "Ind" and not text.startswith("ال")
    if number == "Sing" and indefinite:
        return Quantity(1, 1, 1)
    return None


def _is_dual(text: str, lemma: str) -> bool:
    """Forms that are dual beyond doubt: جثتان جثتين جثتي, جنديان; not مسلحين, which may be a plural."""
    if lemma.endswith("ه"):
        return text in (lemma[:-1] + "تان", lemma[:-1] + "تين", lemma[:-1] + "تي", lemma[:-1] + "تا")
    return bool(lemma) and text == lemma + "ان"


@dataclass(frozen=True, slots=True)
class _Part:
    """A summand: its value with its scale, where it ends, whether it is written in digits, its scale."""

    value: int
    end: int
    digits: bool
    scale: int


@dataclass(frozen=True, slots=True)
class _Lexicon:
    values: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    scales: Mapping[str, int]
    duals: Mapping[str, int]
    fractions: Mapping[str, float]
    vague: Mapping[str, int]
    before: Sequence[tuple[tuple[str, ...], str]]
    after: Sequence[tuple[tuple[str, ...], str]]


def _core(keys: Sequence[str], start: int, lexicon: _Lexicon) -> tuple[tuple[int, int | None], int] | None:
    """The bare number at `start` as (min, max) and where it ends."""
    vague = _vague(keys, start, lexicon)
    if vague is not None:
        return vague
    total, position = _sum(keys, start, lexicon)
    return None if position == start else ((total, total), position)


def _vague(keys: Sequence[str], start: int, lexicon: _Lexicon) -> tuple[tuple[int, None], int] | None:
    key = _at(keys, start, lexicon.vague)
    if key is None:
        return None
    least, position = lexicon.vague[key], start + 1
    if least == 2 and key.startswith("عد") and position < len(keys) and keys[position] == "من":
        position += 1
    while position < len(keys):  # عشرات الآلاف, بضعة آلاف
        scale = _at(keys, position, lexicon.scales)
        if scale is None:
            break
        least, position = least * lexicon.scales[scale], position + 1
    return (least, None), position


def _sum(keys: Sequence[str], start: int, lexicon: _Lexicon) -> tuple[int, int]:
    """Add parts of falling size joined by و: ألف ومئتان وخمسة وعشرون. Gives the sum and where it ends."""
    part = _part(keys, start, lexicon)
    if part is None:
        return 0, start
    total = size = part.value
    while True:
        following = part.end + (keys[part.end : part.end + 1] == ["و"])
        glued = following < len(keys) and keys[following].startswith("و") and following == part.end
        added = _part(keys, following, lexicon) if glued or following > part.end else None
        if added is None:
            return total, part.end
        ten = added.value // added.scale
        mixed = part.digits or added.digits
        if size < 10 and 20 <= ten <= 90 and ten % 10 == 0 and not mixed:
            total += size * added.scale - size + added.value  # خمسة وعشرون ألفا
            size = (size + ten) * added.scale
        elif (
            size >= 100
            and added.value < _granularity(size)
            and (size >= 1000 or (not part.digits and not added.digits))
        ):
            total += added.value
            size = added.value
        else:
            return total, part.end
        part = added


def _granularity(size: int) -> int:
    """What may be added to a part: less than its last non-zero place (500 takes up to 99)."""
    step = 1
    while size % (step * 10) == 0:
        step *= 10
    return step


def _part(keys: Sequence[str], start: int, lexicon: _Lexicon) -> _Part | None:
    """Digits or number words that are one part of a number, with the scale after them."""
    if start >= len(keys):
        return None
    digits = _number(keys[start])
    value: float
    end = start + 1
    if digits is not None:
        value = digits
    elif (pair := _pair(keys, start, lexicon)) is not None:
        value, end = pair, start + 2
    elif (fraction := _at(keys, start, lexicon.fractions)) is not None:
        value = lexicon.fractions[fraction]
    elif (dual := _at(keys, start, lexicon.duals)) is not None:
        return _Part(lexicon.duals[dual], end, False, 1)
    elif (word := _at(keys, start, lexicon.values)) is not None:
        value = lexicon.values[word]
        follower = keys[end] if end < len(keys) else ""
        if 3 <= value <= 9 and follower in _TEENS:
            value, end = value + 10, end + 1
        elif 3 <= value <= 9 and lexicon.values.get(follower) == 100:
            value, end = value * 100, end + 1
    elif (alone := _at(keys, start, lexicon.scales)) is not None and alone not in lexicon.vague:
        return _Part(lexicon.scales[alone], end, False, 1)
    else:
        return None
    scale = _at(keys, end, lexicon.scales)
    if scale is None:
        return _Part(int(value), end, digits is not None, 1) if value == int(value) else None
    return _Part(int(value * lexicon.scales[scale]), end + 1, digits is not None, lexicon.scales[scale])


def _pair(keys: Sequence[str], start: int, lexicon: _Lexicon) -> int | None:
    if start + 1 >= len(keys) or keys[start + 1] not in _TEENS:
        return None
    firsts = {first: 0 for first, _ in lexicon.pairs}
    first = _bare(keys[start], firsts)
    return None if first is None else lexicon.pairs.get((first, keys[start + 1]))


def _number(key: str) -> float | None:
    key = _PARTICLES.sub("", key)
    if _DIGITS.fullmatch(key) and len(key) <= 12:
        return int(key)
    if _GROUPED.fullmatch(key):
        return int(re.sub(r"\D", "", key))
    if _DECIMAL.fullmatch(key):
        return float(re.sub(r"[,،]", ".", key))
    return None


def _between(keys: Sequence[str], lexicon: _Lexicon) -> Quantity | None:
    """بين 5 و10, من خمسة إلى عشرة, ما بين 5 إلى 10."""
    position = 1 if keys[:1] == ["ما"] else 0
    if keys[position : position + 1] not in (["بين"], ["من"]):
        return None
    low = _part(keys, position + 1, lexicon)
    if low is None or low.end >= len(keys):
        return None
    joint, after = keys[low.end], low.end + 1
    if keys[position] == "بين" and joint.startswith("و") and len(joint) > 1:
        after -= 1
    elif joint not in ("و", "الي", "حتي"):
        return None
    high = _part(keys, after, lexicon)
    if high is None:
        return None
    first, last = low.value, high.value
    if first < 1000 <= last and last % 1000 == 0 and first * 1000 < last:
        first *= 1000  # بين 5 و10 آلاف
    return Quantity(first, last, high.end) if first < last else None


def _bounded(quantity: tuple[int, int | None], bound: str | None, length: int) -> Quantity:
    least, most = quantity
    if most is None or bound in (None, "exact"):
        return Quantity(least, most, length)
    if bound == "more":
        return Quantity(least + 1, None, length)
    if bound == "least":
        return Quantity(least, None, length)
    return Quantity(min(1, least), max(most - 1, 0) if bound == "less" else most, length)


def _phrase(
    keys: Sequence[str], start: int, phrases: Sequence[tuple[tuple[str, ...], str]]
) -> tuple[str | None, int]:
    for words, bound in phrases:
        found = tuple(keys[start : start + len(words)])
        if found == words or (
            found and found[1:] == words[1:] and found[0][1:] == words[0] and found[0][0] in "وبلف"
        ):
            return bound, start + len(words)
    return None, start


def _at(keys: Sequence[str], position: int, table: Mapping[str, object]) -> str | None:
    return _bare(keys[position], table) if position < len(keys) else None


def _bare(key: str, table: Mapping[str, object]) -> str | None:
    """The entry of `table` that `key` is, with or without particles and the article."""
    if key in table:
        return key
    for prefix in ("ال", "وال", "بال", "لل", "و", "ب", "ل", "ف", "ك"):
        if key.startswith(prefix) and key[len(prefix) :] in table:
            return key[len(prefix) :]
    return None


def _key(word: str) -> str:
    return _MARKS.sub("", word).translate(_SPELLING)


@cache
def _lexicon() -> _Lexicon:
    try:
        data = yaml.safe_load(_LEXICON.read_text(encoding="utf-8"))
        forms = {_key(form): value for value, words in data["values"].items() for form in words}
        scales = {_key(f): scale for scale, entry in data["scales"].items() for f in entry["forms"]}
        duals = {_key(f): 2 * scale for scale, entry in data["scales"].items() for f in entry["dual"]}
        return _Lexicon(
            values={form: value for form, value in forms.items() if " " not in form},
            pairs={_two(form): value for form, value in forms.items() if " " in form},
            scales=scales,
            duals=duals,
            fractions={_key(word): part for word, part in data["fractions"].items()},
            vague={_key(word): least for least, words in data["vague"].items() for word in words},
            before=_phrases(data["before"]),
            after=_phrases(data["after"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise OntologyError(f"{_LEXICON.name}: not in the form that FORMAT.md gives: {error!r}") from error


def _two(form: str) -> tuple[str, str]:
    first, second = form.split(" ")
    return first, second


def _phrases(data: Mapping[str, Sequence[str]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    unknown = set(data) - set(_BOUNDS)
    if unknown:
        raise KeyError(f"unknown bound {sorted(unknown)}")
    phrases = [(tuple(_key(phrase).split()), bound) for bound, phrases in data.items() for phrase in phrases]
    return tuple(sorted(phrases, key=lambda entry: -len(entry[0])))
