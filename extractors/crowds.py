"""The crowd of a protest: who marches, and that protesters named in a sentence tell of their protest.

* A protest without a doer is that of the people named shortly before it (وصلت حشود … للاحتجاج), or of the
  protesters that its sentence names (اندلعت مظاهرة … واعتقل عشرات المتظاهرين).
* What people called protesters demand, denounce or attack they do by their protest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extractors.base import EventDraft, Mention
from extractors.clause import Clause
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.roles import Roles
from extractors.triggers import load_triggers

PROTEST = "Protest"
#: How many words before a protest without a doer its people may stand.
_REACH = 12
#: What people who protest do by their protest.
_ACTS = frozenset(
    {
        "Demand",
        "Condemnation",
        "Accusation",
        "Rejection",
        "Threat",
        "Support",
        "Clash",
        "ArmedAttack",
        "Capture",
    }
)


def is_reason(clause: Clause, draft: EventDraft) -> bool:
    """Whether the noun only says what the protest before it is for: احتجاجا على, للاحتجاج على."""
    key = clause.keys[draft.first - 1]
    after_l = draft.first > 1 and clause.keys[draft.first - 2] == "ل"
    return draft.bare and (after_l or key.startswith("ل") or (key.endswith("ا") and not key.startswith("ال")))


def with_crowd(roles: Roles, clause: Clause, draft: EventDraft) -> EventDraft:
    """The protest with the people named shortly before it, where a reason or a plural verb leaves them out,
    or with the sentence's protesters where a noun does.
    """
    verb = clause.word(draft.first).upos == "VERB" and clause.keys[draft.first - 1].endswith(("وا", "ون"))
    if draft.roles.get("actor"):
        return draft
    if verb or is_reason(clause, draft):
        people = [
            m
            for m in roles.participants.by_sentence[draft.sentence]
            if m.type == "Population" and m.casualty is None and draft.first - _REACH <= m.last < draft.first
        ]
        if people:
            return _of(draft, people[-1].entity, "crowd before")
    named = [
        m.entity
        for m in protesters(roles, clause)
        if m.entity not in draft.roles.get("recipient", ()) and _gap(draft, m) <= _REACH
    ]
    return _of(draft, named[0], "protesters") if named else draft


def crowds(roles: Roles, clause: Clause, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """The protest of protesters who demand, denounce or fight, where no other word of the sentence tells of
    one.
    """
    if any(d.type == PROTEST for d in drafts):
        return []
    people = {m.entity for m in protesters(roles, clause)}
    theirs = (d for d in drafts if people.intersection(d.roles.get("actor", ())))
    return [
        replace(
            act,
            type=PROTEST,
            roles={"actor": tuple(a for a in act.roles["actor"] if a in people)},
            rule=f"{act.rule} < protesters",
            also=(),
            codable=False,  # an act of protesters; who codes events codes it as what it is
        )
        for act in islice((d for d in theirs if d.type in _ACTS and not d.bare), 1)
    ]


def protesters(roles: Roles, clause: Clause) -> list[Mention]:
    """The mentions of a sentence whose noun means people who protest, the widest of each place."""
    found = [
        m
        for m in roles.participants.by_sentence[clause.sentence.index]
        if m.type == "Population" and _word_of(clause, m)
    ]
    return [
        m for m in found if not any(o is not m and o.first <= m.first and m.last <= o.last for o in found)
    ]


def _word_of(clause: Clause, mention: Mention) -> int:
    """The word of a mention that means protesters, 0 where there is none."""
    for index in range(mention.first, mention.core + 1):
        readings = load_triggers().lookup(clause.word(index).text)
        if any(
            m.trigger.kind == "agent" and fold(m.trigger.lemma) in function_words("protesters")
            for m in readings
        ):
            return index
    return 0


def _gap(draft: EventDraft, mention: Mention) -> int:
    """How many words lie between a protest's word and a mention."""
    return max(mention.first - draft.last, draft.first - mention.last) - 1


def _of(draft: EventDraft, people: str, rule: str) -> EventDraft:
    return replace(draft, roles={**draft.roles, "actor": (people,)}, rule=f"{draft.rule} < {rule}")
