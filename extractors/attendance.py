"""Who attends a meeting told before: "حضر اللقاء أ وب. كما حضره من الجانب الأميركي ج ود".

Who attends sits with one of the two who meet, and so meets the other: those of whom nothing else is said sit
with the host, told first, those of a named side with the one of their country.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.base import EventDraft, Mention, Reading
from extractors.clause import Clause
from extractors.gazetteer import load_gazetteer
from extractors.gazetteer_files import KnownActor
from extractors.lexicon_words import function_words
from extractors.nisba_states import actor_of_adjective
from extractors.own_country import states_of
from extractors.participants import Participants
from extractors.phrases import definite, has_pronoun
from extractors.triggers import load_triggers

_MEETINGS = frozenset({"Meeting", "Negotiation"})
#: How many sentences before the list of those who attend the meeting is told.
_BACK = 6
#: How far behind the verb the noun of the meeting may end (جلسة المباحثات الرسمية).
_NOUN = 3


def of_attendance(
    events: Sequence[EventDraft], reading: Reading, participants: Participants
) -> list[EventDraft]:
    """The meetings of those who attend with the party of the other side."""
    states = states_of(reading.document, reading.mentions, dict(participants.reading.entities))
    found: list[EventDraft] = []
    for sentence, clause in participants.clauses.items():
        for i in range(len(clause.words)):
            begin, meeting = _list_from(clause, i), _meeting_before(events, sentence, i + 1)
            if begin is None and meeting is not None and not meeting.bare and meeting.sentence == sentence:
                begin = _presence_from(clause, i)
            if begin is not None and meeting is not None:
                found += _meetings(meeting, participants, sentence, (i + 1, begin), states)
    return found


def _list_from(clause: Clause, i: int) -> int | None:
    """The position behind a verb of attending at position `i` and the meeting that it points back to; None
    where there is no such verb.
    """
    if clause.keys[i] not in function_words("attends"):
        return None
    if has_pronoun(clause.words, i):
        return i + 2
    for at in range(i + 1, min(len(clause.words), i + 1 + _NOUN)):
        told = any(m.trigger.type in _MEETINGS for m in load_triggers().lookup(clause.words[at].text))
        session = clause.keys[at] in function_words("sessions")
        if definite(clause.words[at]) and (told or session):
            return at + 1
    return i + 1 if _side_at(clause, i + 1) is not None else None


def _presence_from(clause: Clause, i: int) -> int | None:
    """The position behind "بحضور" at position `i`: the list of those who were there when two met."""
    near = clause.keys[i : i + 2]
    return i + 2 if near[:1] == ["ب"] and near[1:] == ["حضور"] else None


def _side_at(clause: Clause, i: int) -> int | None:
    """The position behind "من الجانب", "عن جانب" at position `i`; None where none stands there."""
    near = clause.keys[i : i + 2]
    sides = len(near) == 2 and near[0] in ("من", "عن") and near[1].removeprefix("ال") in ("جانب", "طرف")
    return i + 2 if sides else None


def _meeting_before(events: Sequence[EventDraft], sentence: int, index: int) -> EventDraft | None:
    """The last meeting of two before a word."""
    before = [
        e
        for e in events
        if e.type in _MEETINGS
        and (sentence - _BACK, 0) <= (e.sentence, e.first) < (sentence, index)
        and e.roles.get("actor")
        and e.roles.get("recipient")
        and e.status != "denied"
    ]
    return max(before, key=lambda e: (e.sentence, e.first), default=None)


def _meetings(
    meeting: EventDraft,
    participants: Participants,
    sentence: int,
    at: tuple[int, int],
    states: Mapping[str, KnownActor],
) -> list[EventDraft]:
    """A meeting of those listed from a position on with each of the two whom they do not sit with.

    `at`: the verb's word, and the position where the list begins.
    """
    verb, begin = at
    host, guest = meeting.roles["actor"][0], meeting.roles["recipient"][0]
    attending: dict[str, list[str]] = {}
    for mention, side in _listed(participants, sentence, begin):
        theirs = side or states.get(mention.entity)
        own = states.get(guest)
        with_guest = theirs is not None and (
            theirs == own or (own is None and side is not None and theirs != states.get(host))
        )
        other = host if with_guest else guest
        if mention.entity not in (host, guest) and mention.entity not in attending.setdefault(other, []):
            attending[other].append(mention.entity)
    return [
        EventDraft(
            "Meeting",
            sentence,
            verb,
            verb,
            verb,
            "planned" if meeting.status == "planned" else "inferred",
            {"actor": tuple(people), "recipient": (other,)},
            f"attendance < {meeting.rule}",
            meeting.said_by,
            meeting.place,
            meeting.time,
            chain=(meeting.sentence,),
        )
        for other, people in attending.items()
        if people
    ]


def _listed(participants: Participants, sentence: int, begin: int) -> list[tuple[Mention, KnownActor | None]]:
    """The people named from a position on up to the next clause, each with the state of the side that the
    text puts him on, None where it names none.
    """
    clause = participants.clauses[sentence]
    here = participants.by_sentence[sentence]
    opening = {m.first: m for m in here if m.last == clause.phrases.get(m.first)}
    found: list[tuple[Mention, KnownActor | None]] = []
    side: KnownActor | None = None
    i = begin
    while i < len(clause.words):
        mention = opening.get(i + 1)
        if (behind := _side_at(clause, i)) is not None:
            i, side = behind + 1, _state_at(clause, behind, opening.get(behind + 1))
        elif mention is not None:
            if mention.type == "Person" and mention.form == "name" and clause.words[i - 1].upos != "ADP":
                found.append((mention, side))
            i = mention.last
        elif clause.words[i].upos in ("VERB", "SCONJ") or clause.words[i].text in (".", "؛"):
            break
        else:
            i += 1
    return found


def _state_at(clause: Clause, i: int, mention: Mention | None) -> KnownActor | None:
    """The state that the words behind "من الجانب" tell: by its adjective, or by its name (من جانب النيجر)."""
    if mention is not None and mention.kind == "state" and mention.key:
        return load_gazetteer().actors.get(mention.key)
    named = (actor_of_adjective(w.text) for w in clause.words[i : i + 2])
    return next((a for a in named if a is not None and a.type == "State"), None)
