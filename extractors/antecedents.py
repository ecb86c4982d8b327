"""Whom a pronoun points back to: the actor or place told last before it that agrees with it.

Nearer ones come first, and of the sentence before its subjects (`agreement` tells what agrees): "دخل الجيش
المدينة … ثم انسحب منها", "شنت إسرائيل غارة … وقالت إن طائراتها". Word indexes count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.agreement import (
    agrees,
    gender_and_number,
    gender_of_one_place,
    gender_of_place,
    subjects_first,
)
from extractors.base import Mention
from extractors.document import Word
from extractors.participants import Participants


def antecedent_of(
    participants: Participants,
    sentence: int,
    pronoun: Word,
    *,
    exclude: frozenset[str] = frozenset(),
    among: frozenset[str] | None = None,
    places: bool = False,
    of_subject: bool = False,
) -> str | None:
    """The last actor, or with `places` the last actor or place, before a suffix or free pronoun that
    agrees with it in gender and number; `among`: of these types. `of_subject`: the suffix is a subject's,
    which rather points to another subject.
    """
    gender, number = gender_and_number(pronoun)
    for mention in _before(participants, sentence, pronoun.index, of_subject=of_subject):
        if mention.entity in exclude:
            continue
        if among is not None and participants.entity(mention.entity).type not in among:
            continue
        if mention.kind == "place":
            if places and number == "s" and gender == gender_of_one_place(mention):
                return mention.entity
            continue
        if agrees(participants.entity(mention.entity), mention, gender, number):
            return mention.entity
    return None


def place_antecedent(participants: Participants, sentence: int, pronoun: Word) -> str | None:
    """The last place before a pronoun that agrees with it: "دخل المدينة … ثم انسحب منها"."""
    gender, number = gender_and_number(pronoun)
    if number != "s":
        return None
    for mention in _before(participants, sentence, pronoun.index):
        if mention.kind in ("place", "state") and gender == gender_of_place(mention):
            return mention.entity
    return None


def may_mean(participants: Participants, pronoun: Word, entity: str) -> bool:
    """Whether a pronoun agrees with some mention of the entity."""
    gender, number = gender_and_number(pronoun)
    return any(
        agrees(participants.entity(entity), m, gender, number)
        for m in participants.reading.mentions
        if m.entity == entity
    )


def last_named_as_several(participants: Participants, sentence: int, before: int) -> str | None:
    """The last people whom the sentence names before a word."""
    outermost = participants.clauses[sentence].phrases
    here = [
        m for m in participants.by_sentence[sentence] if m.last < before and outermost.get(m.first) == m.last
    ]
    people = [
        m.entity
        for m in here
        if m.kind != "place"
        and agrees(participants.entity(m.entity), m, "m", "p")
        and (m.gender != "f" or participants.entity(m.entity).type == "Population")
    ]
    return people[-1] if people else None


def _before(
    participants: Participants, sentence: int, index: int, *, of_subject: bool = False
) -> Iterator[Mention]:
    """The mentions before a word: in its sentence, nearest first, then in the one before, of which the
    subject is told on rather than others.
    """
    here = [m for m in participants.by_sentence[sentence] if m.first < index and not m.covers(index)]
    if of_subject:
        yield from subjects_first(participants.clauses[sentence].words, here)
    else:
        # Whom a post is of is told of less than who has it (الأمين العام للأمم المتحدة X … دعمه).
        posts = [m for m in here if _in_post(participants, m)]
        yield from reversed([m for m in here if m not in posts])
        yield from reversed(posts)
    if sentence - 1 in participants.clauses:
        yield from subjects_first(
            participants.clauses[sentence - 1].words, participants.by_sentence[sentence - 1]
        )


def _in_post(participants: Participants, mention: Mention) -> bool:
    """Whether a mention lies in that of a person, whose post it tells of."""
    return any(
        m.type == "Person" and m is not mention and m.first <= mention.first and mention.last <= m.last
        for m in participants.by_sentence[mention.sentence]
    )
