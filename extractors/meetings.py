"""Who meets: those named as attending, those who spoke there, and the two of whom the text told last.

"جاء ذلك خلال اجتماع …، بمشاركة أ وب": who said so met أ and ب. "واتفق الجانبان على …": the parties of the
meeting told before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.base import EventDraft, Reading
from extractors.coordination import joined_to
from extractors.lexicon_words import function_words
from extractors.own_country import states_of
from extractors.participants import Participants
from extractors.referents import resolve
from extractors.verb_arguments import verb_slots
from schema.ontology import load_ontology

#: How far from its trigger the two parties of an act may stand (اتفق خلال اللقاء الجانبان).
_NEAR = 5
_MEETINGS = frozenset({"Meeting", "Negotiation"})


def with_attendees(
    events: Sequence[EventDraft], reading: Reading, participants: Participants
) -> list[EventDraft]:
    """Meetings with those who attend ("بمشاركة أ وب") and, after "جاء ذلك خلال", with who spoke."""
    out = []
    for event in events:
        if event.type in _MEETINGS and event.bare:
            event = _met_by_speaker(event, reading, participants)
            event = _met_by_subject(event, reading, participants)
            event = _attended(event, participants)
        out.append(event)
    return out


def _met_by_speaker(event: EventDraft, reading: Reading, participants: Participants) -> EventDraft:
    """ "جاء ذلك خلال لقائه X": the last speaker takes part."""
    keys = participants.clauses[event.sentence].keys
    begin = 1 if keys[:1] == ["و"] else 0
    if keys[begin : begin + 1] == [] or keys[begin] not in function_words("came") or event.first > begin + 7:
        return event
    if "ذلك" not in keys[begin + 1 : begin + 4] and "هذا" not in keys[begin + 1 : begin + 4]:
        return event
    spoken = [s.speaker for s in reading.statements if s.speaker and s.sentence < event.sentence]
    if not spoken or reading.entities[spoken[-1]].type != "Person":
        return event
    recipients = tuple(r for r in event.roles.get("recipient", ()) if r != spoken[-1])
    return replace(event, roles={**event.roles, "actor": (spoken[-1],), "recipient": recipients})


def _met_by_subject(event: EventDraft, reading: Reading, participants: Participants) -> EventDraft:
    """ "قال X بعد اجتماع مع Y", "وصل X في زيارة ل Y": a man met those with whom a meeting is told as the
    time, occasion or manner of what he did.
    """
    clause = participants.clauses[event.sentence]
    adjunct = clause.keys[event.first - 2 : event.first - 1]
    if event.roles.get("actor") or not event.roles.get("recipient") or not adjunct:
        return event
    verb = clause.governing_verb(event.first) if adjunct[0] in function_words("occasions") else None
    if verb is None or verb > event.first:
        return event
    slots = verb_slots(clause, verb)
    subjects = [] if slots.passive else slots.get("subj")[:1]
    named = [resolve(participants, event.sentence, f, places=False) for f in subjects if f < event.first]
    told = [s.speaker for s in reading.statements if (s.sentence, s.cue.index) == (event.sentence, verb)]
    who = next((e for e in (*named, *told) if e and reading.entities[e].type == "Person"), None)
    if who is None or who in event.roles["recipient"]:
        return event
    return replace(event, roles={**event.roles, "actor": (who,)}, rule=f"{event.rule} < subject")


def _attended(event: EventDraft, participants: Participants) -> EventDraft:
    """The meeting with the actors behind "بمشاركة", "بحضور" in its sentence."""
    clause = participants.clauses[event.sentence]
    for i in range(event.last, len(clause.words) - 2):
        if clause.keys[i] == "ب" and clause.keys[i + 1] in function_words("attendance"):
            opening = [
                m for m in participants.by_sentence[event.sentence] if m.first == i + 3 and m.kind != "place"
            ]
            if not opening:
                return event
            first = max(opening, key=lambda m: m.last)
            attending = [first, *joined_to(participants, first)]
            others = [m.entity for m in attending if m.entity not in event.roles.get("actor", ())]
            recipients = tuple(dict.fromkeys((*event.roles.get("recipient", ()), *others)))
            return replace(
                event, roles={**event.roles, "recipient": recipients}, rule=f"{event.rule} + attending"
            )
    return event


def of_both(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """ "واتفق الجانبان على …": the two parties of the last meeting, talk or agreement before it."""
    out: list[EventDraft] = []
    reading = participants.reading
    states = states_of(reading.document, reading.mentions, dict(reading.entities))
    told = {e.key: e.id for e in reading.entities.values() if e.type == "State" and e.key}
    states_told = {person: told[state.key] for person, state in states.items() if state.key in told}
    for event in events:
        if load_ontology().event_type(event.type).symmetric and (kind := _both(event, participants)):
            before = next((e for e in reversed(out) if _fits(e, kind, participants)), None)
            parties = _parties(before) if before is not None else []
            if before is None and kind == "both_states":
                # كيري ولافروف … التعاون بين البلدين: the countries of the two who met
                before = next((e for e in reversed(out) if _fits(e, "both_people", participants)), None)
                parties = _countries(before, states_told) if before is not None else []
            if before is not None and parties:
                actor, *others = parties
                by_country = parties != _parties(before)
                roles = {k: v for k, v in event.roles.items() if k not in ("actor", "recipient", "partner")}
                event = replace(
                    event,
                    roles={**roles, "actor": (actor,), "recipient": tuple(others)},
                    rule=f"{event.rule} < both",
                    status="inferred" if by_country and event.status == "stated" else event.status,
                    chain=(*event.chain, before.sentence) if by_country else event.chain,
                )
        out.append(event)
    return out


def _countries(event: EventDraft, states: Mapping[str, str]) -> list[str]:
    """The two countries of those who met, as far as the article names both; else none."""
    found = list(dict.fromkeys(states[p] for p in _parties(event) if p in states))
    return found if len(found) == 2 else []


def _both(event: EventDraft, participants: Participants) -> str | None:
    """Which word for two parties stands for those of the event, None where they are named."""
    keys = participants.clauses[event.sentence].keys
    near = [*keys[max(0, event.first - 1 - _NEAR) : event.first - 1], *keys[event.last : event.last + _NEAR]]
    behind = keys[event.last : event.last + 2]
    if behind[:1] == ["بين"] and set(behind[1:]) & function_words("both_states"):
        return "both_states"  # اتفق الوزيران على التعاون بين البلدين
    if len(_parties(event)) > 1:
        return None
    classes = ("both", "both_people", "both_states")
    return next((c for c in classes if not function_words(c).isdisjoint(near)), None)


def _fits(event: EventDraft, kind: str, participants: Participants) -> bool:
    """Whether an earlier event has two parties, of the sort that the word tells."""
    parties = _parties(event)
    if not load_ontology().event_type(event.type).symmetric or len(parties) != 2:
        return False
    types = {participants.entity(p).type for p in parties}
    return kind == "both" or types == ({"Person"} if kind == "both_people" else {"State"})


def _parties(event: EventDraft) -> list[str]:
    return [p for role in ("actor", "recipient", "partner") for p in event.roles.get(role, ())]
