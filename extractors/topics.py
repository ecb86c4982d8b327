"""What a statement is about: the one or two whom the reported words tell most of.

Who acts in what is reported, who stands first in it or is the subject of its clause, is more often what it is
about than a place, what و joins, or what a preposition of place or time leads to. Whom an act of speech is
addressed to or aimed at (اتهمت واشنطن طهران بأن …) comes before all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import EventDraft, Mention, Reading, StatementDraft
from extractors.lexicon_words import function_words
from extractors.participants import Participants

#: How many subjects a statement has at most, and what the second must score to be a main one.
_MOST, _SECOND = 2, 0
#: What tells for and against a subject, in tenths; each one before it in the text costs `_LATER`, up to five.
_ACTS, _UNDERGOES, _OPENS, _FIGHTS = 10, 5, 7, 5
_PLACE, _JOINED, _ADJUNCT, _LATER = -9, -8, -6, -4.5
_FURTHEST = 5
_ADDRESSED = 15
_FIGHTERS = frozenset({"ArmedGroup", "Coalition", "Facility"})


@dataclass(frozen=True, slots=True)
class Topics:
    """Whom a statement is about, the first one first, and how many of these it tells most of."""

    about: tuple[str, ...]
    main: int


def topics(reading: Reading, participants: Participants, statement: StatementDraft) -> Topics:
    """The subjects of a statement; by the events too, which are found by then."""
    scores: dict[str, float] = {}
    told = [e for e in reading.events if statement.contains(e.sentence, e.first)]
    for rank, mention in enumerate(_candidates(participants, statement)):
        if mention.entity not in scores:
            scores[mention.entity] = _score(participants, told, mention, rank)
    for entity in _addressed(reading, statement):
        scores[entity] = _ADDRESSED
    best = sorted(scores, key=lambda e: -scores[e])[:_MOST]
    return Topics(tuple(best), sum(n == 0 or scores[e] > _SECOND for n, e in enumerate(best)))


def _candidates(participants: Participants, statement: StatementDraft) -> list[Mention]:
    """The mentions in what is reported that lie in no other, each entity's first, in text order."""
    inside = [
        m
        for sentence, first, last in statement.scope
        for m in participants.by_sentence[sentence]
        if first <= m.first <= last and m.entity != statement.speaker
    ]
    found: dict[str, Mention] = {}
    for mention in inside:
        within = any(
            o is not mention
            and o.sentence == mention.sentence
            and o.first <= mention.first
            and mention.last <= o.last
            for o in inside
        )
        if not within:
            found.setdefault(mention.entity, mention)
    return list(found.values())


def _score(participants: Participants, told: list[EventDraft], mention: Mention, rank: int) -> float:
    clause = participants.clauses[mention.sentence]
    before = clause.keys[mention.first - 2] if mention.first > 1 else ""
    relation = clause.word(mention.head).deprel.split(":")[0] if mention.head else ""
    score = _LATER * min(rank, _FURTHEST)
    if any(mention.entity in e.roles.get("actor", ()) for e in told):
        score += _ACTS
    elif any(mention.entity in e.roles.get("recipient", ()) for e in told):
        score += _UNDERGOES
    if relation == "nsubj" or before in function_words("that"):
        score += _OPENS
    if relation == "conj" or before == "و":
        score += _JOINED
    if before in function_words("topic_adjuncts"):
        score += _ADJUNCT
    if mention.kind == "place":
        score += _PLACE
    if mention.type in _FIGHTERS:
        score += _FIGHTS
    return score


def _addressed(reading: Reading, statement: StatementDraft) -> list[str]:
    """Whom the act that the saying itself is (حث، اتهم، هدد) is aimed at."""
    return [
        entity
        for event in reading.events
        if (event.sentence, event.first) == (statement.sentence, statement.cue.index)
        for entity in event.roles.get("recipient", ())
        if entity != statement.speaker
    ]
