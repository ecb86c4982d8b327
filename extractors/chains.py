"""What several triggers tell together: results and their causes, doers and targets named elsewhere, events
told twice.

* A verb whose subject is an attack (الهجوم استهدف X) tells that attack's recipient, or its result.
* `extractors.doers` and `extractors.targets` fill roles that the event's own words leave open.
* Events of one type with the same actors and recipients are one event with several mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import (
    allies,
    attendance,
    captives,
    doers,
    expulsions,
    harm,
    holding,
    judgements,
    means,
    meetings,
    operations,
    same_attack,
    sides,
    speech_acts,
    targets,
    victims,
)
from extractors.base import EventDraft, Reading
from extractors.crowds import PROTEST
from extractors.owned import not_on_its_own
from extractors.participants import Participants
from extractors.referred import comes_about, is_told
from extractors.type_groups import ATTACKS, HARM, KINDS, STRIKES
from schema.ontology import load_ontology

#: How many words behind a noun of harm the count of its victims may stand.
_COUNT_REACH = 6


def link_events(reading: Reading, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """The drafts with doers, bodies and repetitions settled, in text order."""
    participants = Participants(reading)
    events = _through_nouns(list(drafts))
    events = speech_acts.of_speakers(events, reading)
    events = speech_acts.of_answers(events, reading, participants)
    events = speech_acts.of_denials(events, reading, participants)
    events = sides.of_symmetric(events, participants)
    events = meetings.with_attendees(events, reading, participants)
    events = meetings.of_both(events, participants)
    events += attendance.of_attendance(events, reading, participants)
    events = doers.by_claim(events)
    events = doers.by_accusation(events, participants)
    events = doers.of_claims(same_attack.with_doers(events, participants))
    events = doers.by_cooperation(events, participants)
    events += doers.cooperations(events, participants)
    events = holding.of_places(events, participants)
    events = expulsions.of_driven_out(events, participants)
    events = judgements.of_courts(captives.of_people(events, participants), participants)
    events = operations.of_aimed(events, participants)
    events = targets.of_campaigns(targets.of_foiled(events), participants)
    events = operations.of_main_clause(events, participants)
    events = allies.joint_fights(events, participants)
    events += [*allies.alongside(events, participants), *allies.acting_together(events, participants)]
    events = doers.of_discoveries(events, participants)
    events = [targets.of_clashes(targets.of_deployments(e), events, participants) for e in events]
    events += targets.held_before(events, participants)
    events = same_attack.of_claims(targets.of_victims(events, participants), participants)
    events = doers.by_earlier_attack(events, participants)
    events = victims.with_singled_out(means.on_victims(events), participants)
    events = doers.by_earlier_arrest(events)
    events = harm.by_cause(events, participants)
    events = speech_acts.of_condemned_deeds(events, participants)
    events = targets.of_earlier_strike(events)
    events = [targets.on_place(e, events[:i], participants) for i, e in enumerate(events)]
    events = [not_on_its_own(e, participants) for e in events]
    return _merged([e for e in events if _is_grounded(e, participants)])


def _through_nouns(events: list[EventDraft]) -> list[EventDraft]:
    """A verb whose subject is an attack (الهجوم استهدف X) tells that attack's recipient, or its result."""
    out = list(events)
    dropped: set[int] = set()
    for i, event in enumerate(events):
        if event.cause is None:
            continue
        at = next(
            (j for j, e in enumerate(out) if e.sentence == event.sentence and e.first == event.cause), None
        )
        if at is None or out[at].type not in ATTACKS:
            continue
        noun = out[at]
        recipients = tuple(
            dict.fromkeys((*noun.roles.get("recipient", ()), *event.roles.get("recipient", ())))
        )
        recipients = tuple(r for r in recipients if r not in noun.roles.get("actor", ()))
        if event.type in STRIKES:
            specific = event.type if noun.type == "ArmedAttack" else noun.type
            out[at] = replace(
                noun,
                type=specific,
                roles={**noun.roles, "recipient": recipients},
                also=(*noun.also, (event.sentence, event.first, event.last)),
                rule=f"{noun.rule} + {event.rule}",
                place=noun.place or event.place,
            )
            dropped.add(i)
        elif event.type == "Campaign" and noun.roles.get("actor"):
            doers = tuple(a for a in noun.roles["actor"] if a not in event.roles.get("recipient", ()))
            out[i] = replace(event, roles={**event.roles, "actor": doers})
        elif event.type in HARM and noun.roles.get("actor"):
            out[i] = replace(event, roles={**event.roles, "actor": noun.roles["actor"]})
    return [e for i, e in enumerate(out) if i not in dropped]


def _is_grounded(event: EventDraft, participants: Participants) -> bool:
    """Whether it tells something that happened to someone: participants, or an indefinite act at a place and
    time.

    "التعذيب", "الاغتيالات" alone speak of a kind of act, not of one.
    """
    if event.bare and load_ontology().event_type(event.type).plover == "ASSAULT":
        # "قضية اغتيال X", "خطر الهجوم على Y" refer to a deed; told are doer and victim, or people harmed.
        return bool(event.roles.get("actor") and event.roles.get("recipient")) or _tells_harm(
            event, participants
        )
    if any(event.roles.get(role) for role in ("actor", "recipient", "partner")):
        return True
    clause = participants.clauses[event.sentence]
    if event.type == PROTEST and event.place is not None and comes_about(clause, event.first):
        return True  # whoever they are that protest, their protest in that place is news
    return not clause.has_article(event.first) and event.place is not None and event.time is not None


def _tells_harm(event: EventDraft, participants: Participants) -> bool:
    """Whether a noun of harm without a doer tells the deed: by its place, or by a count of its victims.
    Elsewhere it refers to a deed known already (بعد اغتيال X, التحقيق في خطف X).
    """
    victims = [
        r for r in event.roles.get("recipient", ()) if participants.entity(r).type in ("Person", "Population")
    ]
    if event.type not in KINDS or not victims:
        return False
    counted = any(
        (m.quantity or m.rule == "others")
        and m.entity in victims
        and 0 <= m.first - event.last <= _COUNT_REACH
        for m in participants.by_sentence[event.sentence]
    )
    return counted or is_told(participants.clauses[event.sentence], event.first)


def _merged(events: list[EventDraft]) -> list[EventDraft]:
    """Events of the same type, actors, recipients and status class are one; the first telling stays."""
    out: list[EventDraft] = []
    for event in events:
        twin = next((i for i, e in enumerate(out) if _same(e, event)), None)
        if twin is None:
            out.append(event)
            continue
        first = out[twin]
        out[twin] = replace(
            first,
            also=(*first.also, (event.sentence, event.first, event.last)),
            place=first.place or event.place,
            time=first.time or event.time,
        )
    return out


def _same(one: EventDraft, other: EventDraft) -> bool:
    if one.type != other.type or (one.status in ("planned", "denied")) != (
        other.status in ("planned", "denied")
    ):
        return False
    roles = {r: set(ids) for r, ids in one.roles.items()}
    others = {r: set(ids) for r, ids in other.roles.items()}
    if load_ontology().event_type(one.type).symmetric:
        parties = set().union(*roles.values()) if roles else set()
        return bool(parties) and parties == (set().union(*others.values()) if others else set())
    return (
        bool(roles.get("actor"))
        and roles.get("actor") == others.get("actor")
        and roles.get("recipient") == others.get("recipient")
    )
