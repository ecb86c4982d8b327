"""Days, months and years against the article's date: what "last Friday" or "10 June" means on a given day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from hijridate import Gregorian, Hijri

Tense = Literal["past", "present", "future"]
Unit = Literal["hour", "day", "week", "month", "year", "decade"]

#: A month without a year is the last one before the article, unless that is long ago and the next is near.
_FAR_PAST, _NEAR_FUTURE = 300, 62
_DAYS = {"hour": 0, "day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12, "decade": 120}
HIJRI_YEARS = range(1343, 1500)


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first`..`last`, both included; `precision`: day week month quarter season year decade range."""

    first: dt.date
    last: dt.date
    precision: str


def day(date: dt.date) -> Period:
    """One day."""
    return Period(date, date, "day")


def year(number: int) -> Period:
    """A year of the Gregorian calendar, or of the Hijri calendar below 1500."""
    if number in HIJRI_YEARS:
        first = Hijri(number, 1, 1).to_gregorian()
        return Period(first, _hijri_month(number, 12).last, "year")
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def month_of(number: int, month: int, hijri: bool) -> Period:
    """A month of a year. Raises ValueError or OverflowError where the calendar does not hold it."""
    if hijri:
        return _hijri_month(number, month)
    first = dt.date(number, month, 1)
    return Period(first, _add_months(first, 1) - dt.timedelta(days=1), "month")


def day_of(number: int, month: int, day_number: int, hijri: bool) -> Period:
    """A day of a month of a year. Raises ValueError or OverflowError where the calendar does not hold it."""
    return day(
        Hijri(number, month, day_number).to_gregorian() if hijri else dt.date(number, month, day_number)
    )


def nearest_year(today: dt.date, month: int, day_number: int | None, hijri: bool, tense: Tense | None) -> int:
    """The year that is meant where a month (and day) stands without one."""
    this = Gregorian(today.year, today.month, today.day).to_hijri().year if hijri else today.year
    if tense == "present":
        return this
    candidates: list[tuple[int, int]] = []
    for candidate in (this - 1, this, this + 1):
        try:
            first = day_of(candidate, month, day_number or 1, hijri).first
        except (ValueError, OverflowError):
            continue
        candidates.append(((first - today).days, candidate))
    past = [(distance, y) for distance, y in candidates if distance <= 0]
    future = [(distance, y) for distance, y in candidates if distance > 0]
    if tense == "future":
        return min(future)[1] if future else this
    if not past:
        return this
    if tense is None and max(past)[0] < -_FAR_PAST and future and min(future)[0] < _NEAR_FUTURE:
        return min(future)[1]
    return max(past)[1]


def weekday(today: dt.date, number: int, tense: Tense | None, latest: int = 0) -> Period:
    """The day of the week (Monday 0) before or after `today`.

    Without a tense: the last one up to `latest` days from today (-1: at the latest yesterday).
    """
    if tense == "future":
        return day(today + dt.timedelta(days=(number - today.weekday() - 1) % 7 + 1))
    end = today + dt.timedelta(days=-1 if tense == "past" else latest)
    return day(end - dt.timedelta(days=(end.weekday() - number) % 7))


def whole(today: dt.date, unit: Unit, steps: int) -> Period:
    """The week (from Sunday), month, year ... `steps` away from that of today: -1 is the last one."""
    if unit in ("hour", "day"):
        return day(today + dt.timedelta(days=steps))
    if unit == "week":
        first = today - dt.timedelta(days=(today.weekday() + 1) % 7) + dt.timedelta(days=7 * steps)
        return Period(first, first + dt.timedelta(days=6), "week")
    if unit == "month":
        first = _add_months(today.replace(day=1), steps)
        return month_of(first.year, first.month, hijri=False)
    if unit == "year":
        return year(today.year + steps)
    first_year = (today.year // 10 + steps) * 10
    return Period(dt.date(first_year, 1, 1), dt.date(first_year + 9, 12, 31), "decade")


def ago(today: dt.date, unit: Unit, count: int) -> Period:
    """`count` units before today, as precise as the unit is."""
    if unit in ("hour", "day"):
        back = today - dt.timedelta(days=count if unit == "day" else (count + 23) // 24)
        return day(back) if unit == "day" else Period(back, today, "range")
    if unit == "week":
        middle = today - dt.timedelta(days=7 * count)
        return Period(middle - dt.timedelta(days=3), middle + dt.timedelta(days=3), "week")
    first = _add_months(today.replace(day=1), -_MONTHS[unit] * count)
    if unit == "month":
        return month_of(first.year, first.month, hijri=False)
    return year(first.year)


def last_units(today: dt.date, unit: Unit, count: int) -> Period:
    """The `count` units up to today."""
    if unit in _DAYS:
        days = count * _DAYS[unit] if unit != "hour" else (count + 23) // 24
        return Period(today - dt.timedelta(days=days), today, "range")
    back = _add_months(today.replace(day=1), -_MONTHS[unit] * count)
    length = (month_of(back.year, back.month, hijri=False).last - back).days + 1
    return Period(back.replace(day=min(today.day, length)), today, "range")


def _add_months(first: dt.date, months: int) -> dt.date:
    index = first.year * 12 + first.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def _hijri_month(number: int, month: int) -> Period:
    start = Hijri(number, month, 1)
    first = start.to_gregorian()
    return Period(first, first + dt.timedelta(days=start.month_length() - 1), "month")
