"""What a court orders is its judgement: "قضت المحكمة بسجن X", "أيدت المحكمة إعدام X", "أمرت النيابة بحبس X".

The verbal noun names a punishment, which somebody else carries out, if at all; that the court decided it is
told as a fact. Word indexes count from 1.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import EventDraft
from extractors.clause import Clause
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.referents import resolve_mention
from extractors.status import status_of

_RULE = "judgement of a court"
_ORDERED = frozenset({"Killing", "Arrest", "Prosecution"})
#: How many words before the punishment the verb of deciding may stand.
_REACH = 9


def of_courts(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events; punishments that a court decides are prosecutions by it, and executions still to come."""
    out: list[EventDraft] = []
    verbs: set[tuple[int, int]] = set()
    for event in events:
        clause = participants.clauses[event.sentence]
        verb = _decision(clause, event.first) if _is_ordered(clause, event) else None
        court = _court(participants, event.sentence, verb) if verb is not None else None
        if verb is None or court is None or court in event.roles.get("recipient", ()):
            out.append(event)
            continue
        verbs.add((event.sentence, verb))
        status, said_by = status_of(clause, verb, participants.reading.statements, masdar=False)
        roles = {**event.roles, "actor": (court,)}
        rule = f"{event.rule} < {_RULE}"
        if event.type == "Killing":
            out.append(replace(event, roles=roles, status="planned", rule=rule))
        out.append(replace(event, type="Prosecution", roles=roles, status=status, said_by=said_by, rule=rule))
    # What the verb of deciding tells by itself is told by its punishment.
    return [e for e in out if e.rule.endswith(_RULE) or (e.sentence, e.first) not in verbs]


def _is_ordered(clause: Clause, event: EventDraft) -> bool:
    """Whether the event is a punishment of somebody, told by a verbal noun."""
    noun = clause.keys[event.first - 1].removeprefix("ال") in function_words("punishments")
    return event.type in _ORDERED and noun and bool(event.roles.get("recipient"))


def _decision(clause: Clause, index: int) -> int | None:
    """The verb of deciding before a punishment, with no other verb between."""
    for i in range(index - 2, max(-1, index - 2 - _REACH), -1):
        if clause.keys[i] in function_words("ruling"):
            return i + 1
        if clause.words[i].upos in ("VERB", "SCONJ") or clause.words[i].text in (".", "؛"):
            return None
    return None


def _court(participants: Participants, sentence: int, verb: int) -> str | None:
    """The court that is the subject of a verb: right behind it, or the topic before it."""
    clause = participants.clauses[sentence]
    for index in (verb + 1, clause.topic(verb)):
        if index is None or index > len(clause.words):
            continue
        mention = resolve_mention(participants, sentence, index, places=False)
        named = mention is not None and mention.first <= index
        if named and clause.keys[index - 1].removeprefix("ال") in function_words("courts"):
            return mention.entity if mention else None
    return None
