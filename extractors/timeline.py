"""The step that finds when: time expressions of every sentence against the article's own date."""

from __future__ import annotations

from dataclasses import replace

from extractors.base import Reading
from extractors.times import find_times


class FindTimes:
    """Fills `times`: (sentence number, expression)."""

    name = "times"
    requires = frozenset({"document"})
    assigns = frozenset({"times"})

    def __call__(self, reading: Reading) -> Reading:
        date = reading.document.article.date
        found = [(s.index, t) for s in reading.document.sentences for t in find_times(s, date)]
        return replace(reading, times=tuple(found))
