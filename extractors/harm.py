"""Who killed and wounded, where another word of the sentence tells it: the attack or clash that did the harm
(مقتل 15 في غارات للتحالف), or the verb with whose deed it is one (مجزرة راح ضحيتها 50).

Of the dead of a clash each side killed the other's, so that harm told of both is parted: "مقتل سبعة جنود و15
مسلحا في اشتباكات بين الجيش وداعش" are two killings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import EventDraft
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import definite
from extractors.status import of_harm
from extractors.subject_agreement import may_follow
from extractors.triggers import load_triggers
from extractors.type_groups import ATTACKS, HARM
from extractors.victim_sides import (
    bodies_of,
    fights,
    nouns_of,
    same_side,
    sort_of_party,
    sort_of_people,
    stands_with,
)
from extractors.victims import told_here

#: How many words before its noun a verb of result stands (أسفر عن مقتل).
_RESULT = 3
#: Victim -> the parties that faced his side.
_Killers = dict[str, tuple[str, ...]]


def by_cause(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events; harm without a doer has that of the harm joined to it, or of the attack that caused it, in
    its sentence.
    """
    events = [_as_joined(event, events, participants) for event in events]
    return [e for event in events for e in _with_doers(event, events, participants)]


def _as_joined(event: EventDraft, events: Sequence[EventDraft], participants: Participants) -> EventDraft:
    """The harm with the doer of other harm joined to it by و whose words tell it apart from the verb (قتل
    جندي وأصيب آخر برصاص مسلحين): he did both.
    """
    if event.type not in HARM or event.roles.get("actor"):
        return event
    keys = participants.clauses[event.sentence].keys
    for other in events:
        doers = other.roles.get("actor", ())
        joined = other.type in HARM and other.sentence == event.sentence and event.last < other.first
        if not (joined and doers and keys[other.first - 2] == "و"):
            continue
        between = [e for e in events if e.sentence == event.sentence and event.first < e.first < other.first]
        if not between and _is_told_apart(doers[0], other, participants):
            roles = {**event.roles, "actor": doers}
            return replace(event, roles=roles, status=of_harm(event.status, other.status))
    return event


def _is_told_apart(doer: str, event: EventDraft, participants: Participants) -> bool:
    """Whether the doer stands behind a word that names the one of a passive (على يد X، برصاص X)."""
    keys = participants.clauses[event.sentence].keys
    named = (m for m in participants.by_sentence[event.sentence] if m.entity == doer and m.first > event.last)
    words = function_words("doer_words") | function_words("weapons") | function_words("hands")
    by = words | function_words("by_way_of")
    return any(keys[m.first - 2] in by for m in named)


def _with_doers(
    event: EventDraft, events: Sequence[EventDraft], participants: Participants
) -> list[EventDraft]:
    if event.type not in HARM or event.roles.get("actor"):
        return [event]
    victims = event.roles.get("recipient", ())
    for cause in _causes(event, events, participants):
        if _is_battle(cause):
            killers = _of_sides(event, cause, events, participants)
        else:
            doers = cause.roles.get("actor", ()) or _in_ambush(event, cause, participants)
            killers = {v: _others(doers, v, event, participants) for v in victims}
            if not victims and doers:
                return [_caused(event, (), doers, cause)]
        if any(killers.values()):
            parted = dict.fromkeys(killers[v] for v in victims)
            return [_caused(event, tuple(v for v in victims if killers[v] == k), k, cause) for k in parted]
        if _is_battle(cause):
            break  # who killed is unknown, not the doer of an attack further off
    return [event]


def _caused(
    event: EventDraft, victims: tuple[str, ...], doers: tuple[str, ...], cause: EventDraft
) -> EventDraft:
    """The harm to some of the victims with its doers, if known."""
    event = replace(event, roles={**event.roles, "recipient": victims})
    if not doers:
        return event
    told = "inferred" if _is_battle(cause) else cause.status
    return replace(
        event,
        roles={**event.roles, "actor": doers},
        rule=f"{event.rule} < {cause.type}",
        status=of_harm(event.status, told),
        place=event.place or cause.place,
        chain=event.chain or cause.chain,
    )


def _causes(event: EventDraft, events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """The attacks of the sentence that may have done the harm, the likeliest first."""
    near = [d for d in events if d.sentence == event.sentence and d.type in ATTACKS and d is not event]
    clause = participants.clauses[event.sentence]
    keys = clause.keys
    after = [
        d
        for d in near
        if d.first > event.last
        and any(k in function_words("causes") for k in keys[event.last : d.first - 1][-4:])
        and not _told_apart(keys[event.last : d.first - 1])
        and not (d.type == "Campaign" and _of_next_verb(event, d, participants))
    ]
    before = [
        d
        for d in near
        if d.last < event.first
        and _may_result_from(event, d, participants)
        and not (function_words("new_clause") | function_words("answers")).intersection(
            keys[d.last : event.first - 1]
        )
    ]
    # "قتلوا وأصيب العشرات … جراء هذه الغارات": what is named as the cause caused all the harm of the
    # sentence.
    named = [
        d
        for d in near
        if d.first > event.last
        and any(k in function_words("named_causes") for k in keys[max(0, d.first - 4) : d.first - 1])
    ]
    # "في انفجار قنبلة زرعها X": what tells the doer may stand behind what tells the act.
    told = [d for d, first in zip(after[1:2], after, strict=False) if d.first - first.last <= 4]
    # "وقُتل 16 جنديا في كمين": a new attack did the harm, not the raid told before it. With the article (في
    # الهجوم) it is the one told before.
    new = [
        d
        for d in after
        if keys[d.first - 2] in function_words("causes") and not definite(clause.word(d.first))
    ]
    return [*after[:1], *told, *named[:1], *([] if new else reversed(before))]


def _may_result_from(event: EventDraft, cause: EventDraft, participants: Participants) -> bool:
    """Whether an attack may have done the harm: none that was foiled. The verb of result, whose subject
    stands before it, agrees with its noun (توعدت بملاحقة منفذي الهجوم الذي ضرب X وأسفر عن مقتل 15).
    """
    if cause.status == "denied" and event.status != "denied":
        return False
    clause = participants.clauses[event.sentence]
    if " + light:" not in event.rule or clause.word(cause.first).upos == "VERB":
        return True
    verb = next((w for w in reversed(clause.words[: event.first - 1][-_RESULT:]) if w.upos == "VERB"), None)
    if verb is None or clause.keys[verb.index - 2 : verb.index - 1] in (["ما"], ["مما"]):
        return True  # ما أدى إلى مقتل: the clause before it did
    features = next((m.features for m in load_triggers().lookup(verb.text)), None)
    return features is None or may_follow(clause, cause.first, features)


def _told_apart(keys: Sequence[str]) -> bool:
    """Whether what follows these words is another piece of news: a comma, then أن (قُتل خمسة، مضيفا أن)."""
    comma = keys.index("،") if "،" in keys else len(keys)
    return bool(function_words("that").intersection(keys[comma:]))


def _in_ambush(event: EventDraft, cause: EventDraft, participants: Participants) -> tuple[str, ...]:
    """Whose the ambush is in which people of another body, or soldiers in that of a group, died: كمين ل leads
    to whom it is laid for, or to who laid it.
    """
    victims = event.roles.get("recipient", ())
    named = cause.roles.get("recipient", ())
    if fold(cause.rule.split(" ")[0].rsplit(":", 1)[-1]) not in function_words("ambushes"):
        return ()
    bodies = {b for v in victims for b in bodies_of(v, participants)}
    if bodies:
        return named if bodies.isdisjoint(named) else ()
    told = (told_here(participants, v, event) for v in victims)
    sorts = {sort_of_people(mention) for mention in told if mention is not None}
    others = {sort_of_party(party, participants) for party in named}
    return named if sorts == {"army"} and others == {"group"} else ()


def _of_next_verb(event: EventDraft, operation: EventDraft, participants: Participants) -> bool:
    """Whether a verb joined by و stands between harm and the operation behind it, which is then in the course
    of that verb's act (قُتل خمسة، واعتقلت الشرطة عشرة في عمليات ضد X).
    """
    words = participants.clauses[event.sentence].words
    between = words[event.last : operation.first - 1]
    return any(w.upos == "VERB" and words[w.index - 2].text == "و" for w in between)


def _is_battle(cause: EventDraft) -> bool:
    """Whether people on both sides may have died in it: a clash, or fighting somebody."""
    lemma = fold(cause.rule.split(" ")[0].rsplit(":", 1)[-1])
    return cause.type == "Clash" or (cause.type == "Campaign" and lemma in function_words("battles"))


def _of_sides(
    event: EventDraft, clash: EventDraft, events: Sequence[EventDraft], participants: Participants
) -> _Killers:
    """For each victim the parties that faced its own side; none where it is of neither side."""
    victims = event.roles.get("recipient", ())
    ours, theirs = clash.roles.get("actor", ()), clash.roles.get("recipient", ())
    if clash.type == "Clash" and not theirs:
        ours, theirs = ours[:1], ours[1:]
    if not ours and not theirs:
        beside = [e for e in events if e.type in HARM and e.sentence == event.sentence]
        everybody = tuple(dict.fromkeys(v for e in beside for v in e.roles.get("recipient", ())))
        return {v: k for v, k in _of_bodies(everybody, participants).items() if v in victims}
    killers: _Killers = {}
    for victim in victims:
        if not ours:
            # "مقتل جندي في اشتباكات مع X": the other side is his own
            own = any(same_side(p, victim, participants) for p in theirs)
            killers[victim] = () if own or not fights(victim, event, participants) else theirs
            continue
        hurt = [stands_with(side, victim, event, participants) for side in (ours, theirs)]
        killers[victim] = theirs if hurt == [True, False] else ours if hurt == [False, True] else ()
    return killers


def _of_bodies(victims: Sequence[str], participants: Participants) -> _Killers:
    """Where the parties are not named, the dead of two bodies name them (قتل 9 من X و6 من Y في اشتباكات)."""
    bodies = {v: tuple(bodies_of(v, participants)[:1]) for v in victims}
    several = set(bodies.values()) - {()}
    if len(several) != 2:
        return dict.fromkeys(victims, ())
    return {v: next(iter(several - {bodies[v]})) if bodies[v] else () for v in victims}


def _others(
    doers: Sequence[str], victim: str, event: EventDraft, participants: Participants
) -> tuple[str, ...]:
    """The doers of an attack but those on the victim's side; none where the victim is an attacker. Gunmen who
    fell in an attack of gunmen are the attackers', unless told to be of others; the dead of both sides are
    nobody's alone.
    """
    mention = told_here(participants, victim, event)
    if mention is not None and not (
        function_words("attackers").isdisjoint(nouns_of(mention))
        and function_words("both").isdisjoint(map(fold, mention.span.text.split()))
    ):
        return ()
    gunmen = (
        mention is not None and sort_of_people(mention) == "group" and not bodies_of(victim, participants)
    )
    return tuple(
        d
        for d in doers
        if not same_side(d, victim, participants)
        and not (gunmen and participants.entity(d).type == "ArmedGroup")
    )
