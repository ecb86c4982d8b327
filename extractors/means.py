"""Doers whom a relative clause names by the means of harm: "انفجار قنبلة زرعها X", "هجوم شنه X".

The clause stands without الذي right behind its noun, its verb carries the pronoun of the means and its
subject follows.
The order of the words shows this surer than a tree, in which such short verbs are often nouns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import EventDraft, Mention, Reading
from extractors.clause import Clause
from extractors.coordination import joined_to
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.phrases import definite, is_adjective
from extractors.status import status_of
from extractors.type_groups import ATTACKS, HARM, STRIKES
from extractors.where_when import place_of, time_of

#: How many words may stand between the verb of such a clause and its subject (زرعها فيما يبدو إسلاميون).
_BETWEEN = 3
_PRONOUNS = ("ها", "ه")
_RULE = "relative clause"


def by_relative_means(
    reading: Reading, participants: Participants, sentence: int, drafts: Sequence[EventDraft]
) -> list[EventDraft]:
    """The drafts of a sentence; attacks that a relative clause gives a doer have him, and a planted weapon
    without an attack of its own is a bombing by him.
    """
    clause = participants.clauses[sentence]
    out = list(drafts)
    for position in range(1, len(clause.words)):
        after = _carried(clause, position)
        if after is None:
            continue
        doers = _subjects(participants, sentence, after)
        noun = _noun_before(clause, position)
        if not doers or noun is None:
            continue
        at = next((i for i, d in enumerate(out) if d.type in ATTACKS and d.first <= noun + 1 <= d.last), None)
        if at is None and clause.keys[noun] in function_words("planted_weapons"):
            at = next(
                (i for i, d in enumerate(out) if d.type == "Bombing" and d.first <= position + 1 <= d.last),
                None,
            )
            fired = any(d.type in STRIKES and d.first == position + 1 for d in out)
            if at is None and not fired:  # قذائف أطلقها X: the verb tells it
                at = len(out)
                out.append(_told_by_clause(reading, participants, sentence, noun + 1, "Bombing"))
        if at is None and clause.keys[noun] in function_words("operations"):
            at = len(out)  # مقتل ثلاثة في عملية نفذها الجيش
            out.append(_told_by_clause(reading, participants, sentence, noun + 1, "Campaign"))
        if at is not None and not out[at].roles.get("actor"):
            victims = tuple(r for r in out[at].roles.get("recipient", ()) if r not in doers)
            roles = {**out[at].roles, "actor": tuple(doers), "recipient": victims}
            out[at] = replace(out[at], roles=roles, rule=f"{out[at].rule} + {_RULE}")
    return out


def on_victims(events: Sequence[EventDraft]) -> list[EventDraft]:
    """A bombing of known doer on nobody named is on those whom it harmed (قتل مدنيون بألغام زرعها X)."""
    out = []
    for event in events:
        if event.type == "Bombing" and event.rule.endswith(_RULE) and not event.roles.get("recipient"):
            harmed = [
                r
                for e in events
                if e.type in HARM and e.sentence == event.sentence and e.first < event.first
                for r in e.roles.get("recipient", ())
                if r not in event.roles.get("actor", ())
            ]
            event = replace(event, roles={**event.roles, "recipient": tuple(dict.fromkeys(harmed))})
        out.append(event)
    return out


def _told_by_clause(
    reading: Reading, participants: Participants, sentence: int, noun: int, type_: str
) -> EventDraft:
    """The attack of which a noun without an event of its own is the means or the name."""
    clause = participants.clauses[sentence]
    status, said_by = status_of(clause, noun, reading.statements, masdar=False)
    place = place_of(participants, sentence, noun, noun)
    time = time_of(reading, sentence, noun)
    return EventDraft(type_, sentence, noun, noun, noun, status, {}, "told by a clause", said_by, place, time)


def _carried(clause: Clause, position: int) -> int | None:
    """The position behind a verb of planting or carrying out and its pronoun, None where there is none."""
    key = clause.keys[position]
    if _plants(key) and position + 1 < len(clause.words) and clause.keys[position + 1] in _PRONOUNS:
        return position + 2
    if key.endswith(_PRONOUNS) and any(key.endswith(p) and _plants(key.removesuffix(p)) for p in _PRONOUNS):
        return position + 1
    return None


def _plants(key: str) -> bool:
    return key in function_words("carries_out") or key in function_words("plants")


def _noun_before(clause: Clause, position: int) -> int | None:
    """The position of the indefinite noun that the clause describes."""
    i = position - 1
    while i > 0 and is_adjective(clause.words[i]) and clause.keys[i] not in function_words("planted_weapons"):
        i -= 1
    return i if i >= 0 and not definite(clause.words[i]) else None


def _subjects(participants: Participants, sentence: int, begin: int) -> list[str]:
    """Who is named right behind the verb, and who is joined to him."""
    clause = participants.clauses[sentence]
    starting: dict[int, Mention] = {}
    for mention in participants.by_sentence[sentence]:
        if mention.kind != "place" and (
            mention.first not in starting or mention.last > starting[mention.first].last
        ):
            starting[mention.first] = mention
    for i in range(begin, min(begin + _BETWEEN, len(clause.words))):
        if i + 1 in starting:
            mention = starting[i + 1]
            return [mention.entity, *(m.entity for m in joined_to(participants, mention))]
        if clause.words[i].upos == "ADP" and clause.keys[i] != "في":
            return []
    return []
