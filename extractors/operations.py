"""Operations whose target or doer stands in another clause: "عمليات استهدفت عناصر X", "في عملية ضد X اعتقلت
الشرطة خمسة".

Raids and arrests that are aimed at a group are an operation against it.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import EventDraft
from extractors.coordination import joined_to
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.referents import bodies_within, resolve_mention
from extractors.status import UNREAL
from extractors.type_groups import ATTACKS, AUTHORITIES, FIGHTERS

#: How many words behind the noun of an operation the verb that tells its target may stand.
_REACH = 9
_AIMED = frozenset({"Campaign", "Search", "Arrest"})
_ENEMIES = FIGHTERS | {"PoliticalParty"}
#: What forces do in the course of an operation.
_IN_ITS_COURSE = frozenset({"Arrest", "Search", "Discovery", "Capture", "Release"})


def of_aimed(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events; an operation is on whom a verb of aiming behind its noun tells, whatever that verb alone
    was read as.
    """
    out = list(events)
    for sentence, clause in participants.clauses.items():
        for i, key in enumerate(clause.keys):
            if key not in function_words("aiming") or i + 1 >= len(clause.words):
                continue
            deeds = [e for e in out if e.sentence == sentence and e.last <= i and e.type in _AIMED | ATTACKS]
            before = [
                e
                for e in deeds[-1:]
                if e.type in _AIMED
                and i - _REACH <= e.last
                and clause.word(e.first).upos != "VERB"
                and not any(w.upos in ("VERB", "SCONJ") for w in clause.words[e.last : i])
            ]
            targets = _targets(participants, sentence, clause.skip_marks(i + 1))
            if not before or not targets:
                continue
            operation = before[-1]
            doers = tuple(d for d in operation.roles.get("actor", ()) if d not in targets)
            told = replace(
                operation,
                type="Campaign",
                roles={**operation.roles, "actor": doers, "recipient": targets},
                rule=f"{operation.rule} + aim",
            )
            out = [e for e in out if (e.sentence, e.first) != (sentence, i + 1)]
            if operation.type == "Campaign":
                out = [told if e is operation else e for e in out]
            else:
                out.append(replace(told, first=i + 1, last=i + 1))
    return sorted(out, key=lambda e: (e.sentence, e.first))


def _targets(participants: Participants, sentence: int, i: int) -> tuple[str, ...]:
    """The armed bodies or parties named at a position, and those joined to them."""
    mention = resolve_mention(participants, sentence, i + 1, places=False)
    if mention is None or mention.first > i + 3:
        return ()
    named = (mention.entity, *(m.entity for m in joined_to(participants, mention)))
    bodies = (b for e in named for b in (bodies_within(participants, e) or (e,)))
    return tuple(dict.fromkeys(b for b in bodies if participants.entity(b).type in _ENEMIES))


def of_main_clause(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events; an operation without a doer is of the force that acts in its course in the sentence."""
    out = []
    for event in events:
        enemies = event.roles.get("recipient", ())
        if event.type == "Campaign" and enemies and not event.roles.get("actor"):
            forces = [
                tuple(a for a in e.roles.get("actor", ()) if participants.entity(a).type in AUTHORITIES)
                for e in events
                if e.sentence == event.sentence and e.type in _IN_ITS_COURSE and e.status not in UNREAL
            ]
            doers = next((f for f in forces if f and not set(f) & set(enemies)), ())
            event = replace(event, roles={**event.roles, "actor": doers}) if doers else event
        out.append(event)
    return out
