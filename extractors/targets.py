"""To whom an attack was done, where its own words do not say: told by the operation's aim, by its victims,
by the last strike of the same doer, or by the place alone; and what was taken before it was taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import EventDraft, Mention
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.referents import bodies_within
from extractors.sides import between
from extractors.status import weaker
from extractors.type_groups import ATTACKS, FIGHTERS, HARM, STRIKES

#: How many words behind a verb of foiling the foiled act may stand.
_FOILED_REACH = 8
#: How many words behind those who fell in it a clash may stand.
_FALLEN_REACH = 8


def of_foiled(events: list[EventDraft]) -> list[EventDraft]:
    """Who foils or meets an attack acts against its doer: "تصدت القوات لهجوم شنه X", "أحبط تسلل عناصر X"."""
    out = list(events)
    for i, event in enumerate(events):
        lemma = fold(event.rule.split(" ")[0].rsplit(":", 1)[-1])
        if event.type != "Campaign" or lemma not in function_words("foiling") or event.roles.get("recipient"):
            continue
        doers = event.roles.get("actor", ())
        for deed in events:
            near = deed.sentence == event.sentence and 0 < deed.first - event.last <= _FOILED_REACH
            if near and deed.type in STRIKES | {"Deployment", "Capture"}:
                enemies = tuple(a for a in deed.roles.get("actor", ()) if a not in doers)
                out[i] = replace(event, roles={**event.roles, "recipient": enemies})
                break
    return out


def of_campaigns(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """ "عملية عسكرية لاستعادة X من داعش": the operation is against whom X is to be taken from, by the same
    doers.
    """
    out = list(events)
    for i, operation in enumerate(events):
        if operation.type != "Campaign":
            continue
        for j, aim in enumerate(events):
            if aim.type == "Campaign" and _is_aim(operation, aim) and not operation.roles.get("recipient"):
                out[i] = replace(out[i], roles={**out[i].roles, "recipient": aim.roles.get("recipient", ())})
            if (
                aim.type != "Capture"
                or aim.sentence != operation.sentence
                or not 0 < aim.first - operation.last < 12
            ):
                continue
            enemies = tuple(
                r for r in aim.roles.get("recipient", ()) if participants.entity(r).type == "ArmedGroup"
            )
            doers = operation.roles.get("actor", ())
            if enemies and not operation.roles.get("recipient"):
                out[i] = replace(
                    out[i], roles={**out[i].roles, "recipient": tuple(e for e in enemies if e not in doers)}
                )
            if doers and not aim.roles.get("actor"):
                out[j] = replace(
                    out[j], roles={**out[j].roles, "actor": tuple(d for d in doers if d not in enemies)}
                )
    return out


def _is_aim(operation: EventDraft, aim: EventDraft) -> bool:
    """Whether a fight named after ل is the aim of the operation before it: عمليات للقضاء على X."""
    near = operation.sentence == aim.sentence and 0 < aim.first - operation.last < 12
    return near and aim.status == "planned" and operation.status not in ("planned", "denied")


def held_before(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """What is taken back from a group was taken by it before: inferred."""
    found = []
    for event in events:
        if (
            event.type != "Capture"
            or event.status == "denied"
            or fold(event.rule.split(" ")[0].rsplit(":", 1)[-1]) not in function_words("taking_back")
        ):
            continue
        recipients = event.roles.get("recipient", ())
        groups = tuple(r for r in recipients if participants.entity(r).type == "ArmedGroup")
        places = tuple(r for r in recipients if participants.entity(r).kind in ("place", "state"))
        if groups and places:
            found.append(
                replace(
                    event,
                    status="attributed" if event.said_by else "inferred",
                    roles={"actor": groups, "recipient": places},
                    chain=(event.sentence,),
                    rule=f"{event.rule} < held before",
                    also=(),
                )
            )
    return found


def of_victims(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """An attack without recipient is on the body whose members it killed or wounded."""
    out = list(events)
    for i, event in enumerate(events):
        if event.type not in STRIKES or event.roles.get("recipient"):
            continue
        for other in events:
            if other.type in HARM and _nearest_attack(other, events) is event:
                bodies = [b for v in other.roles.get("recipient", ()) for b in bodies_within(participants, v)]
                bodies = [
                    b
                    for b in bodies
                    if participants.entity(b).type != "State" and b not in event.roles.get("actor", ())
                ]
                if bodies:
                    out[i] = replace(event, roles={**event.roles, "recipient": tuple(dict.fromkeys(bodies))})
                    break
    return out


def _nearest_attack(harm: EventDraft, events: Sequence[EventDraft]) -> EventDraft | None:
    """The attack of its sentence that stands nearest to the harm."""
    attacks = [e for e in events if e.sentence == harm.sentence and e.type in ATTACKS]
    return min(attacks, key=lambda e: abs(e.first - harm.first), default=None)


def of_earlier_strike(events: list[EventDraft]) -> list[EventDraft]:
    """An air strike of known doer on nobody named is on whom he struck before in the article: inferred."""
    out: list[EventDraft] = []
    for event in events:
        if event.type == "Airstrike" and event.roles.get("actor") and not event.roles.get("recipient"):
            earlier = next(
                (
                    e
                    for e in reversed(out)
                    if e.type == "Airstrike"
                    and e.roles.get("actor") == event.roles["actor"]
                    and e.roles.get("recipient")
                ),
                None,
            )
            if earlier:
                event = replace(
                    event,
                    roles={**event.roles, "recipient": earlier.roles["recipient"]},
                    status=weaker("inferred", event.status),
                    chain=(*event.chain, earlier.sentence),
                    rule=f"{event.rule} < target before",
                )
        out.append(event)
    return out


def on_place(event: EventDraft, before: Sequence[EventDraft], participants: Participants) -> EventDraft:
    """An attack or search of known doer on nobody named is on the place where it happens."""
    if (
        event.type == "Search"
        and event.place is None
        and event.roles.get("actor")
        and not event.roles.get("recipient")
    ):
        earlier = next((e.place for e in reversed(before) if e.place and e.sentence < event.sentence), None)
        if earlier:
            event = replace(
                event,
                place=earlier,
                status=weaker("inferred", event.status),
                chain=(*event.chain, event.sentence),
            )
    if (
        event.type not in (STRIKES - {"Airstrike"}) | {"Search"}
        or event.roles.get("recipient")
        or not event.roles.get("actor")
    ):
        return event
    if event.place is None or event.place in event.roles["actor"]:
        return event
    if fold(event.rule.split(" ")[0].rsplit(":", 1)[-1]) in function_words("destroying"):
        return event
    if participants.entity(event.place).kind == "state":
        return event  # جنوب شرق تركيا: somewhere in it
    return replace(event, roles={**event.roles, "recipient": (event.place,)})


def of_deployments(event: EventDraft) -> EventDraft:
    """Forces that take up or give up a position are where the sentence says they do (حيث يتمركزون منذ سنوات;
    نشرت القوات مدرعاتها … في المدينة; أخلى الجيش مواقعه في الجبل).
    """
    lemma = event.rule.split(" ")[0].rsplit(":", 1)[-1]
    if (
        event.type not in ("Deployment", "Withdrawal")
        or fold(lemma) not in function_words("positioned")
        or event.place is None
        or event.roles.get("recipient")
        or not event.roles.get("actor")
    ):
        return event
    return replace(event, roles={**event.roles, "recipient": (event.place,)})


def of_clashes(event: EventDraft, events: Sequence[EventDraft], participants: Participants) -> EventDraft:
    """A clash told with one party only ("اندلعت اشتباكات مع X") has the armed body named last before it in
    its sentence as the other, unless that only tells of it. Of people only the fighters who fell in it are
    such a party (قتل سبعة جنود في اشتباكات مع X).
    """
    parties = [p for role in ("actor", "recipient", "partner") for p in event.roles.get(role, ())]
    if event.type != "Clash" or len(parties) != 1 or participants.entity(parties[0]).type not in FIGHTERS:
        return event
    if between(participants.clauses[event.sentence], event.last) is not None:
        return event  # both parties are named; one of them was not understood
    speakers = {s.speaker for s in participants.reading.statements if s.sentence == event.sentence}
    for mention in reversed(participants.by_sentence[event.sentence]):
        other = mention.last < event.first and mention.entity not in parties
        fights = participants.entity(mention.entity).type in FIGHTERS or _fell_fighting(
            mention, event, events, participants
        )
        if other and mention.entity not in speakers and fights:
            roles = {"actor": (mention.entity,), "recipient": tuple(parties)}
            return replace(event, roles=roles, rule=f"{event.rule} < party before")
    return event


def _fell_fighting(
    mention: Mention, clash: EventDraft, events: Sequence[EventDraft], participants: Participants
) -> bool:
    """Whether a mention names fighters who were killed or wounded in the clash behind it."""
    words = participants.clauses[clash.sentence].words[mention.last : clash.first - 1]
    if len(words) > _FALLEN_REACH or any(w.upos == "SCONJ" or w.text == "و" for w in words):
        return False
    nouns = (load_gazetteer().head(word) for word in mention.span.text.split())
    fighters = any(
        n is not None and (n.head.member_of is not None or fold(n.head.noun) in function_words("fighters"))
        for n in nouns
    )
    return fighters and any(
        e.type in HARM and e.sentence == clash.sentence and mention.entity in e.roles.get("recipient", ())
        for e in events
    )
