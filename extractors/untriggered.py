"""Events that no trigger tells: by the count of the victims, or a coalition named by whom it fights."""

from __future__ import annotations

from extractors.base import EventDraft, Reading
from extractors.participants import Participants
from extractors.roles import HOSTILE
from extractors.status import status_of
from extractors.where_when import place_of, time_of


def counted_victims(
    reading: Reading, participants: Participants, sentence: int, drafts: list[EventDraft]
) -> list[EventDraft]:
    """ "31 قتيلا", "100 جريح": the noun of the victims tells the event where no trigger did."""
    kinds = {"killed": "Killing", "wounded": "Wounding"}
    clause = participants.clauses[sentence]
    told = {(d.type, r) for d in drafts if d.sentence == sentence for r in d.roles.get("recipient", ())}
    found = []
    for mention in participants.by_sentence[sentence]:
        type_ = kinds.get(mention.casualty or "")
        if type_ is None or mention.quantity is None or (type_, mention.entity) in told:
            continue
        status, said_by = status_of(clause, mention.first, reading.statements, masdar=False)
        found.append(
            EventDraft(
                type_,
                sentence,
                mention.first,
                mention.last,
                mention.head,
                status,
                {"recipient": (mention.entity,)},
                "victims counted",
                said_by,
                place_of(participants, sentence, mention.first, mention.last),
                time_of(reading, sentence, mention.first),
            )
        )
    return found


def coalitions_against(
    reading: Reading, participants: Participants, sentence: int, drafts: list[EventDraft]
) -> list[EventDraft]:
    """ "التحالف الدولي ضد داعش": a coalition is named by whom it fights."""
    clause = participants.clauses[sentence]
    here = participants.by_sentence[sentence]
    found = []
    for position, key in enumerate(clause.keys):
        if key != "ضد" or any(
            d.sentence == sentence and d.first <= position and d.type in HOSTILE and position - d.last < 6
            for d in drafts
        ):
            continue
        enemy = next(
            (
                m
                for m in here
                if m.first in (position + 2, position + 3)
                and participants.entity(m.entity).type == "ArmedGroup"
            ),
            None,
        )
        side = next(
            (
                m
                for m in reversed(here)
                if m.last <= position
                and position - m.last <= 6
                and participants.entity(m.entity).type == "Coalition"
            ),
            None,
        )
        if enemy and side:
            status, said_by = status_of(clause, position + 1, reading.statements, masdar=False)
            enemies = (enemy.entity, *(m.entity for m in participants.joined(enemy)))
            roles = {"actor": (side.entity,), "recipient": enemies}
            found.append(
                EventDraft(
                    "Campaign",
                    sentence,
                    position + 1,
                    position + 1,
                    position + 1,
                    status,
                    roles,
                    "coalition against",
                    said_by,
                )
            )
    return found
