"""Driving fighters out of a place: they leave it, and who drives them out takes it from them.

"طردت القوات الحكومية مسلحي داعش من البلدة": the forces captured the town, from داعش, who withdrew from it.
People who do not fight only leave (طرد المستوطنون السكان من منازلهم).
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import EventDraft
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.type_groups import ARMED, FIGHTERS


def of_driven_out(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events, with the withdrawal of those driven out, and the capture only where both sides fight and
    the place is smaller than a state; without a place it is a fight.
    """
    out: list[EventDraft] = []
    for event in events:
        if event.type != "Capture" or not drives_out(event.rule.split(" ")[0].rsplit(":", 1)[-1]):
            out.append(event)
            continue
        told = event.roles.get("recipient", ())
        places = tuple(r for r in told if participants.entity(r).kind in ("place", "state"))
        driven = tuple(r for r in told if r not in places)
        if driven and places:
            roles = {"actor": driven, "recipient": places}
            out.append(replace(event, type="Withdrawal", roles=roles, cause=None))
        doers = tuple(d for d in event.roles.get("actor", ()) if participants.entity(d).type in ARMED)
        fought = tuple(d for d in driven if participants.entity(d).type in FIGHTERS)
        taken = tuple(p for p in places if participants.entity(p).kind == "place")
        if doers and fought and not places:
            out.append(replace(event, type="Campaign", roles={"actor": doers, "recipient": fought}))
        if doers and fought and taken:
            out.append(replace(event, roles={"actor": doers, "recipient": (*taken, *fought)}))
    return out


def drives_out(lemma: str) -> bool:
    """Whether a verb or verbal noun tells of driving somebody out."""
    return fold(lemma) in function_words("driving_out")
