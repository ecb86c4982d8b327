"""What several triggers tell together: results and their causes, doers named elsewhere, events told twice.

* A killing or wounding without a doer takes that of the attack beside it (مقتل 15 في غارات للتحالف).
* An attack without one to whom it is done takes the body of its victims.
* A definite attack without a doer (الغارات الجوية) takes that of the last attack or campaign before it:
  inferred.
* Events of one type with the same actors and recipients are one event with several mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import EventDraft, Mention, Reading
from extractors.normalise import fold
from extractors.participants import Participants
from schema.ontology import load_ontology

_HARM = frozenset({"Killing", "Wounding"})
_ATTACKS = frozenset({"Airstrike", "Shelling", "Bombing", "ArmedAttack", "Clash", "Campaign"})
_STRIKES = frozenset({"Airstrike", "Shelling", "Bombing", "ArmedAttack"})
#: Words that tie harm to the attack after it.
_CAUSE = frozenset(
    map(
        fold,
        (
            "في",
            "جراء",
            "ب",
            "إثر",
            "نتيجة",
            "خلال",
            "بسبب",
            "أثناء",
            "لدى",
            "عند",
            "بعد",
            "من",
            "جرّاء",
            "بفعل",
        ),
    )
)


#: Words that begin another piece of news: harm after them is not of the attack before them.
_NEW_CLAUSE = frozenset(
    map(fold, ("كما", "فيما", "بينما", "كذلك", "لكن", "ولكن", "غير", "وكان", "وكانت", "كان", "كانت"))
)
#: Of these, those that can only mean a cause.
_NAMED_CAUSE = frozenset(map(fold, ("جراء", "إثر", "نتيجة", "بسبب", "بفعل", "سبب")))


def link_events(reading: Reading, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """The drafts with doers, bodies and repetitions settled, in text order."""
    participants = Participants(reading)
    events = _through_nouns(list(drafts))
    events = _claimed(events)
    events = _joint(events)
    events += _shared(events, participants)
    events = _campaign_targets(events, participants)
    events = _found_by(events, participants)
    events += _lost_before(events, participants)
    events = _bodies(events, reading, participants)
    events = _known_doers(events, participants)
    events = [_with_cause(i, events, participants) for i in range(len(events))]
    events = _same_target(events)
    events = [_on_place(e, events[:i]) for i, e in enumerate(events)]
    return _merged([e for e in events if _is_grounded(e, participants)])


def _is_grounded(event: EventDraft, participants: Participants) -> bool:
    """Whether it tells something that happened to someone: participants, or an indefinite act at a place and
    time.

    "التعذيب", "الاغتيالات" alone speak of a kind of act, not of one.
    """
    if any(event.roles.get(role) for role in ("actor", "recipient", "partner")):
        return True
    return not _is_definite(event, participants) and event.place is not None and event.time is not None


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
        if at is None or out[at].type not in _ATTACKS:
            continue
        noun = out[at]
        recipients = tuple(
            dict.fromkeys((*noun.roles.get("recipient", ()), *event.roles.get("recipient", ())))
        )
        recipients = tuple(r for r in recipients if r not in noun.roles.get("actor", ()))
        if event.type in _STRIKES:
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
        elif event.type in _HARM and noun.roles.get("actor"):
            out[i] = replace(event, roles={**event.roles, "actor": noun.roles["actor"]})
    return [e for i, e in enumerate(out) if i not in dropped]


def _found_by(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """Who found: the doer of the search or operation that led to it; whose it is: the actor named after ل."""
    out: list[EventDraft] = []
    for event in events:
        if event.type == "Discovery":
            if not event.roles.get("recipient") and (owner := _owner(event, participants)):
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


def _campaign_targets(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """ "عملية عسكرية لاستعادة X من داعش": the operation is against whom X is to be taken from, by the same
    doers.
    """
    out = list(events)
    for i, operation in enumerate(events):
        if operation.type != "Campaign":
            continue
        for j, aim in enumerate(events):
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


#: Words of taking back: who held the place before had taken it.
_BACK = frozenset(
    map(fold, ("استعادة", "استعاد", "تحرير", "حرر", "استرداد", "استرد", "تطهير", "طهر", "انتزاع", "انتزع"))
)


def _lost_before(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """What is taken back from a group was taken by it before: inferred."""
    found = []
    for event in events:
        if (
            event.type != "Capture"
            or event.status == "denied"
            or fold(event.rule.split(" ")[0].rsplit(":", 1)[-1]) not in _BACK
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


def _shared(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
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


def _joint(events: list[EventDraft]) -> list[EventDraft]:
    """ "بالتعاون مع X": X shares the act that it is said of, and its doer cooperates with X."""
    out = list(events)
    for i, event in enumerate(events):
        others = [*event.roles.get("recipient", ()), *event.roles.get("partner", ())]
        if event.type != "Cooperation" or event.roles.get("actor") or not others:
            continue
        beside = [
            (abs(e.first - event.first), j)
            for j, e in enumerate(out)
            if e.sentence == event.sentence
            and e.type != "Cooperation"
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


def _claimed(events: list[EventDraft]) -> list[EventDraft]:
    """Who claims an attack is its doer, as he says: "الهجوم الذي تبناه X"."""
    out = list(events)
    for claim in events:
        if claim.type != "ResponsibilityClaim" or claim.status == "denied" or not claim.roles.get("actor"):
            continue
        for i, attack in enumerate(events):
            if (
                attack.sentence == claim.sentence
                and attack.type in _STRIKES
                and not attack.roles.get("actor")
            ):
                out[i] = replace(
                    attack,
                    roles={**attack.roles, "actor": claim.roles["actor"]},
                    status=_weaker("attributed", attack.status),
                    said_by=attack.said_by or claim.roles["actor"][0],
                    rule=f"{attack.rule} < claim",
                )
    return out


def _same_target(events: list[EventDraft]) -> list[EventDraft]:
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
                    status=_weaker("inferred", event.status),
                    chain=(*event.chain, earlier.sentence),
                    rule=f"{event.rule} < target before",
                )
        out.append(event)
    return out


def _on_place(event: EventDraft, before: Sequence[EventDraft]) -> EventDraft:
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
                status=_weaker("inferred", event.status),
                chain=(*event.chain, event.sentence),
            )
    if (
        event.type not in (_STRIKES - {"Airstrike"}) | {"Search"}
        or event.roles.get("recipient")
        or not event.roles.get("actor")
    ):
        return event
    if event.place is None or event.place in event.roles["actor"]:
        return event
    return replace(event, roles={**event.roles, "recipient": (event.place,)})


def _with_cause(i: int, drafts: Sequence[EventDraft], participants: Participants) -> EventDraft:
    """Harm takes the doer of the attack that caused it, in its sentence."""
    event = drafts[i]
    if event.type not in _HARM or event.roles.get("actor"):
        return event
    victims = set(event.roles.get("recipient", ()))
    near = [d for d in drafts if d.sentence == event.sentence and d.type in _ATTACKS and d is not event]
    keys = participants.clauses[event.sentence].keys
    after = [
        d
        for d in near
        if d.first > event.last and any(k in _CAUSE for k in keys[event.last : d.first - 1][-4:])
    ]
    before = [
        d
        for d in near
        if d.last < event.first and not _NEW_CLAUSE.intersection(keys[d.last : event.first - 1])
    ]
    # "قتلوا وأصيب العشرات … جراء هذه الغارات": what is named as the cause caused all the harm of the
    # sentence.
    named = [
        d
        for d in near
        if d.first > event.last and any(k in _NAMED_CAUSE for k in keys[max(0, d.first - 4) : d.first - 1])
    ]
    for cause in [*after[:1], *named[:1], *reversed(before)]:
        actors = tuple(a for a in cause.roles.get("actor", ()) if a not in victims)
        if cause.type == "Clash":
            parties = [p for role in ("actor", "partner", "recipient") for p in cause.roles.get(role, ())]
            sides = [p for p in parties if not _same_side(p, victims, participants)]
            actors = tuple(sides) if len(sides) < len(parties) else ()
        if actors:
            return replace(
                event, roles={**event.roles, "actor": actors}, rule=f"{event.rule} < {cause.type}",
                status=_weaker(event.status, cause.status), place=event.place or cause.place,
                chain=event.chain or cause.chain,
            )  # fmt: skip
    return event


def _same_side(party: str, victims: set[str], participants: Participants) -> bool:
    return party in victims or any(body == party for v in victims for body in bodies_of(v, participants))


def bodies_of(entity: str, participants: Participants) -> list[str]:
    """The bodies named within the mentions of an unnamed group (15 عنصرا من داعش -> داعش)."""
    found: list[str] = []
    for mention in participants.reading.mentions:
        if mention.entity != entity or mention.form not in ("group", "description", "members"):
            continue
        for inner in participants.by_sentence[mention.sentence]:
            inside = mention.first < inner.first and inner.last <= mention.last
            if (
                inside
                and inner.kind in ("actor", "state")
                and inner.entity != entity
                and inner.entity not in found
            ):
                found.append(inner.entity)
    return found


def _weaker(one: str, other: str) -> str:
    """The status of what depends on both: denied over planned over inferred over attributed over stated."""
    order = ("stated", "attributed", "inferred", "planned", "denied")
    return max(one, other, key=order.index)


def _bodies(events: list[EventDraft], reading: Reading, participants: Participants) -> list[EventDraft]:
    """An attack without recipient is on the body whose members it killed or wounded."""
    out = list(events)
    for i, event in enumerate(events):
        if event.type not in _STRIKES or event.roles.get("recipient"):
            continue
        for other in events:
            if other.sentence == event.sentence and other.type in _HARM:
                bodies = [b for v in other.roles.get("recipient", ()) for b in bodies_of(v, participants)]
                bodies = [
                    b
                    for b in bodies
                    if reading.entities[b].type != "State" and b not in event.roles.get("actor", ())
                ]
                if bodies:
                    out[i] = replace(event, roles={**event.roles, "recipient": tuple(dict.fromkeys(bodies))})
                    break
    return out


#: Which earlier event tells the doer of a definite attack: one of the same sort.
_SOURCES = {
    "Airstrike": frozenset({"Airstrike", "Campaign"}),
    "Campaign": frozenset({"Campaign"}),
    "Shelling": frozenset({"Shelling"}),
    "Bombing": frozenset({"Bombing", "ArmedAttack"}),
    "ArmedAttack": frozenset({"Bombing", "ArmedAttack"}),
}
_ARMED = frozenset({"State", "MilitaryForce", "ArmedGroup", "Coalition"})


def _known_doers(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """A definite attack without a doer, by the last attack of its sort and known doer before it."""
    out: list[EventDraft] = []
    for event in events:
        if event.type in _SOURCES and not event.roles.get("actor") and _is_definite(event, participants):
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


def _may_tell(source: EventDraft, event: EventDraft, participants: Participants) -> bool:
    return (
        source.type in _SOURCES[event.type]
        and source.sentence != event.sentence
        and source.status not in ("denied", "planned")
        and any(participants.entity(a).type in _ARMED for a in _doers(source))
    )


def _likely_doer(event: EventDraft, source: EventDraft, participants: Participants) -> str:
    """Of several joint doers the one who strikes from the air is the coalition or state, else the first
    named.
    """
    armed = [a for a in _doers(source) if participants.entity(a).type in _ARMED]
    if event.type == "Airstrike":
        from_air = [a for a in armed if participants.entity(a).type in ("Coalition", "State")]
        return (from_air or armed)[0]
    return armed[0]


def _doers(event: EventDraft) -> tuple[str, ...]:
    return event.roles.get("actor", ())


def _is_definite(event: EventDraft, participants: Participants) -> bool:
    return participants.clauses[event.sentence].keys[event.first - 1].startswith("ال")


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


def mention_of(entity: str, mentions: Sequence[Mention]) -> Mention | None:
    """The first mention of an entity."""
    return next((m for m in mentions if m.entity == entity), None)
