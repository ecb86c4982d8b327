"""Where and when an event happened: the place and the time expression nearest to its trigger."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import Mention, Reading
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.times import TimeExpression


def place_of(participants: Participants, sentence: int, first: int, last: int) -> str | None:
    """The nearest place after the trigger that a preposition of place governs, else one before it."""
    clause = participants.clauses[sentence]
    here = participants.by_sentence[sentence]
    places = [m for m in here if m.kind in ("place", "state") and not _in_name(m, here)]
    governed = [m for m in places if m.first > 1 and _located(clause.keys, m)]
    after = [m for m in governed if m.first > last]
    if after:
        return after[0].entity
    before = [m for m in governed if m.last < first]
    return before[-1].entity if before else None


def time_of(reading: Reading, sentence: int, first: int) -> TimeExpression | None:
    """The time expression of the sentence that begins nearest to word `first`."""
    found = [t for s, t in reading.times if s == sentence]
    return min(found, key=lambda t: abs(t.first - first)) if found else None


def _in_name(place: Mention, here: Sequence[Mention]) -> bool:
    """Whether a place is part of somebody's name (تنظيم القاعدة في جزيرة العرب)."""
    return any(
        m.kind == "actor" and m.form == "name" and m.key and m.first < place.first and place.last <= m.last
        for m in here
    )


def _located(keys: Sequence[str], mention: Mention) -> bool:
    """Whether a word of place stands before the mention, or before the one word between."""
    before = function_words("place_before")
    return any(mention.first >= back and keys[mention.first - back] in before for back in (2, 3))
