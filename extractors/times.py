"""When: dates of all month traditions, Hijri dates, years, weekdays and words relative to the article's date.

An expression keeps its wording. Where the article has no date, what depends on it stays unknown (both ends
None, precision `unknown`); today's date is never used.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from extractors import calendar as cal
from extractors.document import Sentence
from extractors.normalise import clean
from extractors.numbers import parse_number
from extractors.time_words import TimeWords, spelled, time_words
from schema.model import TimeSpan

_Match = re.Match[str]
_Rule = tuple[re.Pattern[str], Callable[[_Match, dt.date | None], "cal.Period | None"]]
_BEGIN = r"(?<![^\W_])(?:[وف]??[بلك]??)"
_END = r"(?![^\W_])"
_SINCE = re.compile(r"(?<![^\W_])و?منذ\s+(?:مطلع\s+|بدايه\s+)?$")
_UNKNOWN = "unknown"
_AROUND_COUNT = frozenset(
    ["في", "خلال", "طوال", "طيله", "علي", "مدي", "مدار", "نحو", "حوالي", "قرابه", "زهاء"]
)
#: Not today but a day of some kind: the National Day, the first day, the next day.
_NOT_TODAY = r"(?!\s+(?:ال(?:اول|ثاني|ثالث|تالي|وطني|عالمي|دولي|اخير|سابق|واحد)|نفسه|ذاته))"


class _NotATime(Exception):
    """The words look like a time and are none; nothing is given."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a sentence: words `first`..`last` (1-based; 0 without words) and its original range."""

    first: int
    last: int
    time: TimeSpan
    start: int
    end: int


def find_times(sentence: Sentence, article_date: str | None) -> list[TimeExpression]:
    """The times of a sentence in text order, none inside another.

    `article_date` is the article's ISO date or datetime, or None.
    """
    today = dt.datetime.fromisoformat(article_date).date() if article_date else None
    cleaned = clean(sentence.text, sentence.start)
    key = spelled(cleaned.text)
    found: list[TimeExpression] = []
    for begin, end, period in _periods(key, today):
        start, stop = cleaned.original(begin, end)
        raw = sentence.text[start - sentence.start : stop - sentence.start]
        span = (
            TimeSpan(None, None, _UNKNOWN, raw)
            if period is None
            else TimeSpan(period.first.isoformat(), period.last.isoformat(), period.precision, raw)
        )
        covered = [word.index for word in sentence.words if word.start < stop and word.end > start]
        found.append(TimeExpression(*(covered[0], covered[-1]) if covered else (0, 0), span, start, stop))
    return found


def _periods(key: str, today: dt.date | None) -> list[tuple[int, int, cal.Period | None]]:
    """The ranges in the folded text with what they mean; of two that overlap the longer one counts."""
    candidates: list[tuple[int, int, _Match, int]] = []
    rules = _rules()
    for number, (pattern, _) in enumerate(rules):
        for match in pattern.finditer(key):
            begin, end = match.span("x")
            candidates.append((begin - end, number, match, begin))
    taken: list[tuple[int, int, cal.Period | None]] = []
    refused: list[tuple[int, int]] = []
    for _, number, match, _ in sorted(candidates, key=lambda c: (c[0], c[1], c[3])):
        begin, end = match.span("x")
        claimed = [*refused, *((first, last) for first, last, _ in taken)]
        if any(begin < last and end > first for first, last in claimed):
            continue
        try:
            period = rules[number][1](match, today)
        except _NotATime:
            continue
        except (ValueError, OverflowError):  # 31 February, a year outside the Hijri tables
            refused.append((begin, end))
            continue
        since = _SINCE.search(key, 0, begin)
        if since and period is not None and today is not None and period.first <= today:
            period = cal.Period(period.first, today, "range")
        taken.append((begin, end, period))
    return sorted(taken, key=lambda entry: entry[0])


@cache
def _rules() -> list[_Rule]:
    return list(_build(time_words()))


def _build(words: TimeWords) -> Iterator[_Rule]:
    month = f"(?:{words.month})"
    paired = rf"{month}(?:\s*[/(\-]\s*{month}\s*\)?)?"
    year_number = r"(?:(?:19|20)\d\d|1[34]\d\d)"
    of_year = r"(?:(?:من\s+)?(?:ال)?(?:عام|سنه)\s+)?"
    year = rf"(?:\s*[/،,]?\s*{of_year}(?P<y>{year_number})(?!\d)\s*(?:[هم]{_END})?)"
    tense = rf"(?:\s+(?:من\s+)?(?:(?:ال)?(?:عام|سنه|شهر)\s+)?(?P<t>{words.tense}))"
    numbered = r"(?:\d{1,2})(?!\d)"
    day = rf"(?:{numbered}|{words.ordinal})"
    part = rf"(?:(?:{words.part})\s+)*"
    weekday = rf"(?:{words.weekday})"
    token = r"[^\s،,.]+\s+"
    of = r"\s*(?:[-/]\s*)?(?:من\s+)?(?:شهر\s+)?"

    def rule(body: str, handler: Callable[[_Match, dt.date | None], cal.Period | None]) -> _Rule:
        return re.compile(f"{_BEGIN}(?P<x>{body}){_END}"), handler

    yield rule(
        rf"{part}(?:(?:يوم\s+)?{weekday}[\s،,(]*)?(?P<d>{day})(?:\s*(?:-|و)\s*(?P<d2>{day}))?{of}(?P<m>{paired})"
        rf"(?:{year}|{tense})?",
        _date,
    )
    yield rule(
        rf"(?:ما\s+)?(?:بين|من)\s+(?P<d>{day})\s*(?:و|الي\s+|حتي\s+|-)\s*(?P<d2>{day}){of}"
        rf"(?P<m>{paired})(?:{year}|{tense})?",
        _date,
    )
    yield rule(rf"(?P<sh>شهر\s+)?(?P<m>{paired})(?:{year}|{tense})?", _month)
    yield rule(rf"بين\s+(?P<m>{paired})\s+و\s*(?P<m2>{paired})(?:{year}|{tense})?", _months)
    yield rule(r"(?P<d>\d{1,2})(?P<s>[/.-])(?P<mn>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})\s*(?P<h>ه)?", _numeric)
    yield rule(r"(?P<y>\d{4})(?P<s>[/-])(?P<mn>\d{1,2})(?P=s)(?P<d>\d{1,2})\s*(?P<h>ه)?", _numeric)
    yield rule(
        rf"{part}(?:يوم\s+)?(?P<r>{words.relative_day}){_NOT_TODAY}(?:\s*[(،,]?\s*(?P<w>{weekday})\s*\)?)?",
        _relative_day,
    )
    yield rule(
        rf"{part}(?:يوم\s+|نهار\s+)?(?P<w>{weekday})(?:\s+(?:من\s+الاسبوع\s+)?(?P<t>{words.tense}))?",
        _weekday,
    )
    yield rule(
        rf"(?:يومي|ليل|ليله)\s+(?P<w>{weekday})\s*(?:-|/|و)?\s*(?P<w2>{weekday})(?:\s+(?P<t>{words.tense}))?",
        _weekdays,
    )
    yield rule(rf"(?:(?:هذا|هذه|خلال)\s+)?ال(?P<u>{words.one})\s+(?P<b>قبل\s+)?(?P<t>{words.tense})", _unit)
    yield rule(rf"(?P<t>هذا|هذه)\s+ال(?P<u>{words.one})", _unit)
    yield rule(
        rf"(?P<p>قبل|منذ|من)\s+(?P<n>(?:{token}){{0,4}}?)(?P<u>{words.any_unit})(?!\s+\d{{4}})"
        r"(?P<f>\s+(?:من\s+الان|مضت|خلت))?",
        _ago,
    )
    yield rule(
        rf"(?P<n>(?:{token}){{0,3}}?)(?:ال)?(?P<u>{words.any_unit})\s+(?P<n2>(?:{token}){{0,2}}?)"
        rf"(?P<t>{words.past})",
        _last_units,
    )
    yield rule(rf"(?:ال)?(?:عام|سنه)\s+(?P<y>{year_number})(?!\d)\s*(?:ه|م)?", _year)
    yield rule(r"(?P<y>1[34]\d\d)\s*ه", _year)
    yield rule(
        r"(?:(?<=في )|(?<=منذ )|(?<=خلال )|(?<=حتي ))(?P<y>(?:19|20)\d\d)",
        _year,
    )
    yield rule(
        r"(?:بين\s+|من\s+)?(?:عامي\s+|سنتي\s+|عام\s+)?(?P<y>(?:19|20)\d\d)"
        r"\s*(?:-|و|/|الي\s+(?:عام\s+)?)\s*(?P<y2>(?:19|20)\d\d)",
        _years,
    )
    yield rule(
        rf"(?:ال)?(?P<e>{words.decade})(?:ي)?ات(?:\s+القرن\s+(?P<c>الماضي|العشرين|الجاري|الحالي))?", _decade
    )
    yield rule(
        r"(?P<q>النصف|الربع)\s+(?P<o>الاول|الثاني|الثالث|الرابع|الاخير)\s+من\s+(?:(?:ال)?(?:عام|سنه)\s*)?"
        rf"(?:(?P<y>(?:19|20)\d\d)|(?P<t>{words.tense}))",
        _part_of_year,
    )
    yield rule(
        rf"(?P<s>{words.season})\s+(?:(?:ال)?(?:عام|سنه)\s+)?(?P<y>(?:19|20)\d\d)"
        rf"|ال(?P<s2>{words.season})\s+(?P<t>{words.tense})",
        _season,
    )


def _date(m: _Match, today: dt.date | None) -> cal.Period | None:
    words = time_words()
    month, hijri = words.month_number(m["m"])
    first = words.day_number(m["d"])
    tense = words.tense_of(m["t"])
    number = _year_number(m["y"], today, month, first, hijri, tense)
    if number is None:
        return None
    hijri = hijri or number in cal.HIJRI_YEARS
    begin = cal.day_of(number, month, first, hijri)
    if not m["d2"]:
        return begin
    return cal.Period(begin.first, cal.day_of(number, month, words.day_number(m["d2"]), hijri).last, "range")


def _month(m: _Match, today: dt.date | None) -> cal.Period | None:
    words = time_words()
    if words.is_unsure(m["m"]) and not (m["sh"] or m["y"] or m["t"]):
        raise _NotATime
    month, hijri = words.month_number(m["m"])
    number = _year_number(m["y"], today, month, None, hijri, words.tense_of(m["t"]))
    return None if number is None else cal.month_of(number, month, hijri)


def _months(m: _Match, today: dt.date | None) -> cal.Period | None:
    words = time_words()
    (month, hijri), (month2, hijri2) = words.month_number(m["m"]), words.month_number(m["m2"])
    number = _year_number(m["y"], today, month2, None, hijri2, words.tense_of(m["t"]))
    if number is None or hijri != hijri2:
        return None
    first = cal.month_of(number if month <= month2 else number - 1, month, hijri)
    return cal.Period(first.first, cal.month_of(number, month2, hijri).last, "range")


def _year_number(
    written: str | None,
    today: dt.date | None,
    month: int,
    day: int | None,
    hijri: bool,
    tense: cal.Tense | None,
) -> int | None:
    if written:
        return int(written)
    return None if today is None else cal.nearest_year(today, month, day, hijri, tense)


def _numeric(m: _Match, today: dt.date | None) -> cal.Period:
    number, month, day = int(m["y"]), int(m["mn"]), int(m["d"])
    if number < 100:
        if m["s"] == "-" or not 1 <= month <= 12:
            raise _NotATime
        number += 2000 if number < 70 else 1900
    if month > 12 >= day:
        month, day = day, month
    return cal.day_of(number, month, day, number in cal.HIJRI_YEARS)


def _relative_day(m: _Match, today: dt.date | None) -> cal.Period | None:
    if today is None:
        return None
    words = time_words()
    shift = words.relative_days[_single_spaced(m["r"])]
    meant = today + dt.timedelta(days=shift)
    if m["w"] and shift <= 0:
        # The named weekday wins: an article is often dated when it was put on a page, a day or two later.
        return cal.weekday(today, words.weekdays[m["w"]], None, latest=shift)
    return cal.day(meant)


def _weekday(m: _Match, today: dt.date | None) -> cal.Period | None:
    words = time_words()
    return None if today is None else cal.weekday(today, words.weekdays[m["w"]], words.tense_of(m["t"]))


def _weekdays(m: _Match, today: dt.date | None) -> cal.Period | None:
    if today is None:
        return None
    words = time_words()
    last = cal.weekday(today, words.weekdays[m["w2"]], words.tense_of(m["t"])).last
    return cal.Period(cal.weekday(last, words.weekdays[m["w"]], "past").first, last, "range")


def _unit(m: _Match, today: dt.date | None) -> cal.Period | None:
    words = time_words()
    unit, _ = words.units[m["u"]]
    tense = words.tense_of(m["t"])
    steps = {"past": -1, "present": 0, "future": 1}[tense or "past"]
    if m.groupdict().get("b"):
        steps = -2
    if unit == "hour" or (unit == "day" and tense != "present"):
        raise _NotATime
    return None if today is None else cal.whole(today, unit, steps)


def _count(text: str, unit_count: int | None) -> int | None:
    """The number in front of a unit; the unit's own where there is none. Raises _NotATime for other words."""
    names = [name.removeprefix("ال") for name in text.split()]
    names = [name for name in names if name not in _AROUND_COUNT]
    if not names:
        return unit_count
    quantity = parse_number(names)
    if quantity is None or quantity.length != len(names):
        raise _NotATime
    return quantity.min if quantity.max is not None else None


def _ago(m: _Match, today: dt.date | None) -> cal.Period | None:
    unit, own = time_words().units[m["u"]]
    count = _count(m["n"], own)
    if m["p"] == "من" and not m["f"]:
        raise _NotATime
    if today is None or count is None:
        return None
    return cal.last_units(today, unit, count) if m["p"] == "منذ" else cal.ago(today, unit, count)


def _last_units(m: _Match, today: dt.date | None) -> cal.Period | None:
    unit, own = time_words().units[m["u"]]
    if own == 1 and not m["n"].strip() and not m["n2"].strip():
        raise _NotATime
    count = _count(m["n"] + " " + m["n2"], own)
    if today is None or count is None:
        return None
    return cal.last_units(today, unit, count)


def _year(m: _Match, today: dt.date | None) -> cal.Period:
    return cal.year(int(m["y"]))


def _years(m: _Match, today: dt.date | None) -> cal.Period:
    first, last = int(m["y"]), int(m["y2"])
    if first >= last:
        raise _NotATime
    return cal.Period(dt.date(first, 1, 1), dt.date(last, 12, 31), "range")


def _decade(m: _Match, today: dt.date | None) -> cal.Period:
    first = time_words().decades[m["e"]] + (2000 if m["c"] in ("الجاري", "الحالي") else 1900)
    return cal.Period(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")


def _part_of_year(m: _Match, today: dt.date | None) -> cal.Period | None:
    number = int(m["y"]) if m["y"] else None
    if number is None:
        if today is None:
            return None
        number = today.year + {"past": -1, "present": 0, "future": 1}[time_words().tense_of(m["t"]) or "past"]
    length = 6 if m["q"] == "النصف" else 3
    part = {"الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الاخير": 12 // length}[m["o"]]
    if part * length > 12:
        raise _NotATime
    first = cal.month_of(number, (part - 1) * length + 1, hijri=False).first
    return cal.Period(
        first, cal.month_of(number, part * length, hijri=False).last, "half" if length == 6 else "quarter"
    )


def _season(m: _Match, today: dt.date | None) -> cal.Period | None:
    words = time_words()
    first, last = words.seasons[m["s"] or m["s2"]]
    if m["y"]:
        number = int(m["y"])
    elif today is None:
        return None
    else:
        number = cal.nearest_year(today, last, None, hijri=False, tense=words.tense_of(m["t"]))
    begin = number - 1 if first > last else number
    return cal.Period(
        cal.month_of(begin, first, hijri=False).first, cal.month_of(number, last, hijri=False).last, "season"
    )


def _single_spaced(text: str) -> str:
    return " ".join(text.split())
