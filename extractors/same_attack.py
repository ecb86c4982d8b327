"""Which attacks of an article are one: "الهجوم", "هذا التفجير" is the attack told last before it, and what
the headline tells is told again below.

Whoever is named as the doer in one telling, as he who claims it or as he who is accused, did it in all of
them: "قتل خمسة جنود في هجوم … وتبنى تنظيم X الهجوم". Airstrikes and shelling go by `extractors.doers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import EventDraft
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.status import UNREAL
from extractors.type_groups import STRIKES

_SORTS = frozenset({"ArmedAttack", "Bombing"})


def with_doers(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events; tellings of an attack that name no doer have that of the others, and a claim without an
    attack beside it is one of the attack told before: inferred.
    """
    out = list(events)
    for chain in _chains(events, participants):
        told = [(i, doers) for i in chain if (doers := _doers_in(events[i])) and _is_real(events[i])]
        for i in chain:
            event = events[i]
            if event.type == "ResponsibilityClaim" or event.roles.get("actor") or not told:
                continue
            before = [t for t in told if t[0] < i]
            source, doers = before[-1] if before else told[0]
            doers = tuple(d for d in doers if d not in event.roles.get("recipient", ()))
            if doers and events[source].sentence != event.sentence:
                out[i] = _inferred(event, events[source], doers)
    return out


def of_claims(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events; a claim without the attacked is of the attack claimed, which was told before."""
    out = list(events)
    for chain in _chains(events, participants):
        for n, i in enumerate(chain):
            claim = events[i]
            if claim.type != "ResponsibilityClaim" or claim.roles.get("recipient"):
                continue
            hurt = next((r for j in reversed(chain[:n]) if (r := events[j].roles.get("recipient"))), ())
            hurt = tuple(r for r in hurt if r not in claim.roles.get("actor", ()))
            if hurt:
                out[i] = replace(claim, roles={**claim.roles, "recipient": hurt}, rule=f"{claim.rule} < told")
    return out


def _inferred(event: EventDraft, source: EventDraft, doers: tuple[str, ...]) -> EventDraft:
    roles = {**event.roles, "actor": doers}
    type_ = event.type
    if source.type != "ResponsibilityClaim":
        if not event.roles.get("recipient"):
            roles["recipient"] = tuple(r for r in source.roles.get("recipient", ()) if r not in doers)
        type_ = "Bombing" if "Bombing" in (type_, source.type) else type_
    return replace(
        event,
        type=type_,
        roles=roles,
        status=event.status if event.status in UNREAL else "inferred",
        rule=f"{event.rule} < same {source.type}",
        chain=(*source.chain, source.sentence),
        place=event.place or source.place,
    )


def _chains(events: Sequence[EventDraft], participants: Participants) -> list[list[int]]:
    """The tellings of each attack, as indexes in text order; claims stand with the attack claimed."""
    chains: list[list[int]] = []
    order = sorted(range(len(events)), key=lambda i: (events[i].sentence, events[i].first))
    for i in order:
        event = events[i]
        claims = event.type == "ResponsibilityClaim"
        if not claims and event.type not in _SORTS:
            if event.type in STRIKES and chains:
                chains.append([])  # what is told next of "the attack" may be this one
            continue
        last = chains[-1] if chains else []
        if last and (claims or _points_back(event, events, last, participants)):
            last.append(i)
        elif not claims:
            chains.append([i])
    return [c for c in chains if len(c) > 1]


def _points_back(
    event: EventDraft, events: Sequence[EventDraft], chain: Sequence[int], participants: Participants
) -> bool:
    """Whether the attack is the one of the chain: it has the article, or the headline told it; and nothing
    tells them apart.
    """
    if not _is_noun(event):
        return False
    first = events[chain[0]]
    sentences = participants.reading.document.sentences
    headline = sentences[first.sentence].heading and not sentences[event.sentence].heading
    clause = participants.clauses[event.sentence]
    definite = clause.has_article(event.first)
    places = {p for j in (*chain,) if (p := events[j].place)}
    apart = event.place is not None and bool(places) and event.place not in places
    victims = {r for j in chain for r in events[j].roles.get("recipient", ())}
    others = event.roles.get("recipient", ())
    apart = apart or bool(victims and others and victims.isdisjoint(others))
    attacks = (e for j in chain if (e := events[j]).type != "ResponsibilityClaim")
    several = {_tells_several(e, participants) for e in (event, *attacks)}
    return (definite or headline) and not apart and len(several) == 1


def _is_noun(event: EventDraft) -> bool:
    lemma = fold(event.rule.split(" ")[0].rsplit(":", 1)[-1])
    return lemma.split()[0] in function_words("attacks")


def _tells_several(event: EventDraft, participants: Participants) -> bool:
    """Whether a noun of attack is plural (الهجمات)."""
    return participants.clauses[event.sentence].keys[event.first - 1].endswith("ات")


def _doers_in(event: EventDraft) -> tuple[str, ...]:
    return event.roles.get("actor", ())


def _is_real(event: EventDraft) -> bool:
    return event.status not in UNREAL
