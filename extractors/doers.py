"""Doers that another trigger names: of the claim, of the attack that did the harm, of the search that found.

* Who claims an attack is its doer, as he says; so is who is accused of it, as the accuser says.
* "بالتعاون مع X": X shares the act that it is said of.
* A definite attack without a doer (الغارات الجوية) takes that of the last attack or campaign before it:
  inferred.
* What is found is found by who searched.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import EventDraft
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.status import UNREAL, weaker
from extractors.type_groups import ARMED, ATTACKS, BODIES, HARM, STRIKES

#: Which earlier event tells the doer of a definite attack: one of the same sort. Bombings and raids are left
#: out: their doer is often unknown, and a wrong one is an accusation.
_SOURCES = {
    "Airstrike": frozenset({"Airstrike", "Campaign"}),
    "Campaign": frozenset({"Campaign"}),
    "Shelling": frozenset({"Shelling"}),
}
#: How many words before an attack the noun of guilt may stand (بالوقوف وراء سلسلة من التفجيرات).
_GUILT_REACH = 5
#: Acts that several do together, as told by "بالتعاون مع X".
_SHARED = (
    ATTACKS | HARM | {"Capture", "Search", "Arrest", "Discovery", "Deployment", "Siege", "Aid", "Release"}
)


def by_claim(events: list[EventDraft]) -> list[EventDraft]:
    """Who claims an attack is its doer, as he says: "الهجوم الذي تبناه X"."""
    out = list(events)
    for claim in events:
        if claim.type != "ResponsibilityClaim" or claim.status == "denied" or not claim.roles.get("actor"):
            continue
        for i, attack in enumerate(events):
            told = attack.type in STRIKES or _is_claimed(claim, attack, events)
            if attack.sentence == claim.sentence and told and not attack.roles.get("actor"):
                out[i] = replace(
                    attack,
                    roles={**attack.roles, "actor": claim.roles["actor"]},
                    status=weaker("attributed", attack.status),
                    said_by=attack.said_by or claim.roles["actor"][0],
                    rule=f"{attack.rule} < claim",
                )
    return out


def _is_claimed(claim: EventDraft, deed: EventDraft, events: list[EventDraft]) -> bool:
    """Whether a noun of harm is what is claimed (تبنى X اغتيال Y): the first event behind the claim."""
    behind = [e.first for e in events if e.sentence == claim.sentence and e.first > claim.last]
    return deed.type in HARM | {"Abduction"} and deed.bare and deed.first == min(behind, default=0)


def by_accusation(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """Whoever is accused of an attack is its doer, as the accuser says: "هجوم نسبته السلطات إلى X",
    "اتهم X بتنفيذ الهجوم". An attack after the word is meant only where a noun of guilt leads to it.
    """
    out = list(events)
    for charge in events:
        accused = charge.roles.get("recipient", ())
        if charge.type != "Accusation" or charge.status == "denied" or not accused:
            continue
        keys = participants.clauses[charge.sentence].keys
        open_ = [
            (abs(e.first - charge.first), i)
            for i, e in enumerate(out)
            if e.sentence == charge.sentence
            and e.type in STRIKES
            and not e.roles.get("actor")
            and (
                function_words("guilt").intersection(keys[charge.last : e.first - 1][-_GUILT_REACH:])
                if e.first > charge.last
                else function_words("ascribing").intersection(keys[charge.first - 1 : charge.last])
            )
        ]
        if not open_:
            continue
        at = min(open_)[1]
        out[at] = replace(
            out[at],
            roles={**out[at].roles, "actor": accused},
            status=weaker("attributed", out[at].status),
            said_by=out[at].said_by or next(iter(charge.roles.get("actor", ())), None),
            rule=f"{out[at].rule} < accusation",
        )
    return out


def of_claims(events: list[EventDraft]) -> list[EventDraft]:
    """To whom a claimed attack was done: its recipients if told, else who was harmed beside it."""
    out = list(events)
    for i, claim in enumerate(events):
        if claim.type != "ResponsibilityClaim" or claim.roles.get("recipient"):
            continue
        here = [e for e in events if e.sentence == claim.sentence and e.roles.get("recipient")]
        attacks = [e for e in here if e.type in STRIKES] or [e for e in here if e.type in HARM]
        for attack in attacks[:1]:
            doers = claim.roles.get("actor", ())
            hurt = tuple(r for r in attack.roles["recipient"] if r not in doers)
            out[i] = replace(claim, roles={**claim.roles, "recipient": hurt}, rule=f"{claim.rule} < attack")
    return out


def by_cooperation(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """ "بالتعاون مع X": X shares the act that it is said of, and its doer cooperates with X."""
    out = list(events)
    for i, event in enumerate(events):
        others = [*event.roles.get("recipient", ()), *event.roles.get("partner", ())]
        adjunct = participants.clauses[event.sentence].keys[event.first - 2 : event.first - 1] == ["ب"]
        if event.type != "Cooperation" or not others or (event.roles.get("actor") and not adjunct):
            continue
        if not event.bare and not adjunct:
            continue  # يشن ضربات ويتعاون مع تركيا: another act
        beside = [
            (abs(e.first - event.first), j)
            for j, e in enumerate(out)
            if e.sentence == event.sentence
            and e.type in _SHARED
            and e.roles.get("actor")
            and e.first - event.last < 12
        ]
        if not beside:
            continue
        at = min(beside)[1]
        doers = tuple(a for a in out[at].roles["actor"] if a not in others)
        if not doers:
            continue
        out[i] = replace(event, roles={**event.roles, "actor": doers}, rule=f"{event.rule} < joint")
        out[at] = replace(out[at], roles={**out[at].roles, "actor": (*doers, *others)})
    return out


def cooperations(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """A joint act of several ("عملية مشتركة بين A و B") is their cooperation as well."""
    found = []
    for event in events:
        actors = event.roles.get("actor", ())
        keys = participants.clauses[event.sentence].keys[event.last - 1 : event.last + 3]
        if (
            len(actors) > 1
            and event.type not in ("Cooperation", "Meeting", "Negotiation", "Agreement", "Clash")
            and any(k.removeprefix("ال").startswith("مشترك") for k in keys)
        ):
            found.append(
                replace(
                    event,
                    type="Cooperation",
                    roles={"actor": actors[:1], "recipient": actors[1:]},
                    rule=f"{event.rule} + joint",
                    also=(),
                )
            )
    return found


def of_discoveries(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """Who found: the doer of the search or operation that led to it; whose it is: the actor named after ل."""
    out: list[EventDraft] = []
    for event in events:
        if event.type == "Discovery":
            bodies = all(
                participants.entity(r).type == "Population" for r in event.roles.get("recipient", ())
            )
            if bodies and (owner := _owner(event, participants)):
                event = replace(event, roles={**event.roles, "recipient": (owner,)})
            if not event.roles.get("actor"):
                sources = (
                    e for e in reversed(out) if e.type in ("Search", "Campaign") and e.roles.get("actor")
                )
                source = next((e for e in sources if e.sentence == event.sentence), None)
                if source:
                    actor = tuple(
                        a for a in source.roles["actor"] if a not in event.roles.get("recipient", ())
                    )
                    event = replace(
                        event,
                        roles={**event.roles, "actor": actor},
                        place=event.place or source.place,
                        rule=f"{event.rule} < {source.type}",
                    )
        out.append(event)
    return out


def _owner(event: EventDraft, participants: Participants) -> str | None:
    """The body that what was found belongs to: "14 جثة لعناصر داعش", "أسلحة تابعة للتنظيم"."""
    keys = participants.clauses[event.sentence].keys
    for mention in participants.by_sentence[event.sentence]:
        near = event.last < mention.first <= event.last + 7
        if near and mention.kind == "actor" and mention.first >= 2 and keys[mention.first - 2] == "ل":
            return mention.entity
    return None


def by_earlier_attack(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """A definite attack without a doer, by the last attack of its sort and known doer before it."""
    out: list[EventDraft] = []
    for event in events:
        if (
            event.type in _SOURCES
            and not event.roles.get("actor")
            and participants.clauses[event.sentence].has_article(event.first)
        ):
            source = next((e for e in reversed(out) if _may_tell(e, event, participants)), None)
            if source:
                actor = _likely_doer(event, source, participants)
                recipients = event.roles.get("recipient") or source.roles.get("recipient", ())
                recipients = tuple(r for r in recipients if r != actor)
                event = replace(
                    event,
                    roles={**event.roles, "actor": (actor,), "recipient": recipients},
                    status="inferred",
                    rule=f"{event.rule} < doer of {source.type}",
                    chain=(*source.chain, source.sentence),
                    place=event.place or source.place,
                )
        out.append(event)
    return out


def by_earlier_arrest(events: list[EventDraft]) -> list[EventDraft]:
    """An arrest told without its doer (تم ضبطهم) is that of the one body that the article has shown to arrest
    or search so far.
    """
    out: list[EventDraft] = []
    for event in events:
        if event.type == "Arrest" and event.roles.get("recipient") and not event.roles.get("actor"):
            before = [
                e
                for e in out
                if e.type in ("Arrest", "Search") and e.roles.get("actor") and e.status not in UNREAL
            ]
            doers = {e.roles["actor"] for e in before}
            if len(doers) == 1 and event.status not in UNREAL:
                actor = tuple(a for a in before[-1].roles["actor"] if a not in event.roles["recipient"])
                event = replace(
                    event,
                    roles={**event.roles, "actor": actor},
                    status="inferred",
                    rule=f"{event.rule} < doer of {before[-1].type}",
                    chain=(*before[-1].chain, before[-1].sentence),
                )
        out.append(event)
    return out


def _may_tell(source: EventDraft, event: EventDraft, participants: Participants) -> bool:
    return (
        source.type in _SOURCES[event.type]
        and source.sentence != event.sentence
        and source.status not in ("denied", "planned")
        and any(participants.entity(a).type in ARMED for a in _doers(source))
        and not _on_another(source, event, participants)
    )


def _on_another(source: EventDraft, event: EventDraft, participants: Participants) -> bool:
    """Whether each of the two is said to be on a body, and these differ: two attacks."""
    one, other = (
        {r for r in e.roles.get("recipient", ()) if participants.entity(r).type in ARMED | BODIES}
        for e in (source, event)
    )
    return bool(one and other) and one.isdisjoint(other)


def _likely_doer(event: EventDraft, source: EventDraft, participants: Participants) -> str:
    """Of several joint doers the one who strikes from the air is the coalition or state, else the first
    named.
    """
    armed = [a for a in _doers(source) if participants.entity(a).type in ARMED]
    if event.type == "Airstrike":
        from_air = [a for a in armed if participants.entity(a).type in ("Coalition", "State")]
        return (from_air or armed)[0]
    return armed[0]


def _doers(event: EventDraft) -> tuple[str, ...]:
    return event.roles.get("actor", ())
