"""Counts in Arabic: number words and digits, "about", "more than", "at least", dozens, duals.

Conventions of the annotation guide: an approximate number counts as it is (نحو 20: 20..20); "more than n" is
n+1 with no upper end; "at least n" is n with no upper end; dozens are 20, hundreds 200 with no upper end;
a plural without a number is 2 with no upper end.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.number_words import NumberWords, Phrases, number_words, spelled

_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[,،.' ]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,،]\d{1,2}")
_PARTICLES = re.compile(r"^(?:[وف]?[بلك]?(?:ال)?)(?=\d)")
_HUNDREDTHS = {("في", "المئه"), ("في", "المائه"), ("ب", "المئه"), ("ب", "المائه")}
_HUNDREDTH = {"بالمئه", "بالمائه", "المئه", "المائه"}
_BEFORE_YEAR = {"عام", "العام", "سنه", "عامي", "لعام"}
_WEEKDAY = {"الاثنين"}
_TEENS = {"عشر", "عشره"}
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
    return _parsed([spelled(word) for word in words], number_words())


def find_quantities(words: Sequence[str]) -> Sequence[FoundQuantity]:
    """All quantities of `words` in order, none inside another.

    A phrase that follows what is counted (31 قتيلا على الأقل) bounds the number before it.
    """
    return _quantities_of(tuple(words))


@lru_cache(maxsize=256)
def _quantities_of(words: tuple[str, ...]) -> tuple[FoundQuantity, ...]:
    """Several steps ask for those of the same sentence."""
    lexicon = number_words()
    keys = [spelled(word) for word in words]
    found: list[FoundQuantity] = []
    position = 0
    while position < len(words):
        if not _may_begin(keys[position]):
            position += 1
            continue
        quantity = _parsed(keys[position : position + LONGEST], lexicon)
        if quantity is None or (position and keys[position - 1] in _BEFORE_YEAR):
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
    return tuple(found)


@lru_cache(maxsize=50_000)
def _may_begin(key: str) -> bool:
    """Whether a quantity may begin with this word: most words end the search at once."""
    return (
        key in ("ما", "بين", "من")
        or _number(key) is not None
        or _bare(key, _first_words()) is not None
        or any(begin in number_words().before for begin in _phrase_openings(key))
    )


@cache
def _first_words() -> frozenset[str]:
    """The words that a number may begin with."""
    lexicon = number_words()
    tables = (lexicon.vague, lexicon.fractions, lexicon.duals, lexicon.values, lexicon.scales)
    return frozenset().union(*tables, (first for first, _ in lexicon.pairs))


def _parsed(keys: Sequence[str], lexicon: NumberWords) -> Quantity | None:
    between = _between(keys, lexicon)
    if between is not None:
        return between
    bound, position = _phrase(keys, 0, lexicon.before)
    core = _core(keys, position, lexicon)
    if core is None or _is_share(keys, core[1]):
        return None
    quantity, position = core
    if bound is None:
        bound, position = _phrase(keys, position, lexicon.after)
    return _bounded(quantity, bound, position)


def _is_share(keys: Sequence[str], position: int) -> bool:
    """Whether the number that ends at `position` is a percentage: it counts nobody."""
    following = tuple(keys[position : position + 2])
    return (
        following[:1] in (("%",), ("بالمئه",), ("بالمائه",))
        or following in _HUNDREDTHS
        or keys[0] in _HUNDREDTH
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A summand: its value with its scale, where it ends, whether it is written in digits, its scale."""

    value: int
    end: int
    digits: bool
    scale: int


def _core(keys: Sequence[str], start: int, lexicon: NumberWords) -> tuple[tuple[int, int | None], int] | None:
    """The bare number at `start` as (min, max) and where it ends."""
    vague = _vague(keys, start, lexicon)
    if vague is not None:
        return vague
    total, position = _sum(keys, start, lexicon)
    return None if position == start else ((total, total), position)


def _vague(keys: Sequence[str], start: int, lexicon: NumberWords) -> tuple[tuple[int, None], int] | None:
    key = _at(keys, start, lexicon.vague)
    if key is None:
        return None
    least, position = lexicon.vague[key], start + 1
    if least == 2:
        # "a number of" (also: عدد آخر من); without من it is "the number of", which states none.
        if "من" not in keys[position : position + 2]:
            return None
        position = position + list(keys[position : position + 2]).index("من") + 1
    while position < len(keys):  # عشرات الآلاف, بضعة آلاف
        scale = _at(keys, position, lexicon.scales)
        if scale is None:
            break
        least, position = least * lexicon.scales[scale], position + 1
    return (least, None), position


def _sum(keys: Sequence[str], start: int, lexicon: NumberWords) -> tuple[int, int]:
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


def _part(keys: Sequence[str], start: int, lexicon: NumberWords) -> _Part | None:
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


def _pair(keys: Sequence[str], start: int, lexicon: NumberWords) -> int | None:
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


def _between(keys: Sequence[str], lexicon: NumberWords) -> Quantity | None:
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


def _phrase(keys: Sequence[str], start: int, phrases: Phrases) -> tuple[str | None, int]:
    if start >= len(keys):
        return None, start
    for begin in _phrase_openings(keys[start]):
        for words, bound in phrases.get(begin, ()):
            if tuple(keys[start + 1 : start + len(words)]) == words[1:]:
                return bound, start + len(words)
    return None, start


def _phrase_openings(first: str) -> tuple[str, ...]:
    """The forms under which a phrase that begins with the word may be listed: with and without a particle."""
    return (first, first[1:]) if first[:1] in ("و", "ب", "ل", "ف") else (first,)


def _at(keys: Sequence[str], position: int, table: Mapping[str, object]) -> str | None:
    return _bare(keys[position], table) if position < len(keys) else None


def _bare(key: str, table: Container[str]) -> str | None:
    """The entry of `table` that `key` is, with or without particles and the article."""
    if key in table:
        return key
    return next((stem for stem in _stems(key) if stem in table), None)


@lru_cache(maxsize=50_000)
def _stems(key: str) -> tuple[str, ...]:
    """What may be left of a form behind a particle or the article."""
    if key in _WEEKDAY:
        return ()
    # لست is "I am not", not "for six": a single particle wants three letters behind it.
    return tuple(
        key[len(prefix) :]
        for prefix in ("ال", "وال", "بال", "لل", "و", "ب", "ل", "ف", "ك")
        if key.startswith(prefix) and len(key) - len(prefix) >= (3 if len(prefix) == 1 else 2)
    )
