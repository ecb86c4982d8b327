"""Who suffered harm besides those that the words of harm name: people singled out of a group of victims,
and the sides of a clash, of whom each killed the other's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.base import EventDraft, Mention
from extractors.coordination import after_inclusion, joined_to
from extractors.document import Word
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.type_groups import COUNTED


def with_singled_out(events: Iterable[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events, those of harm to a group with the people singled out of it as further recipients
    (مقتل عشرة مسلحين بينهم القيادي أبو فلان).
    """
    out = []
    for event in events:
        victims = event.roles.get("recipient", ())
        if event.type in COUNTED and victims:
            told = [m for v in victims if (m := told_here(participants, v, event)) is not None]
            parts = [p.entity for m in told for p in singled_out(participants, m)]
            barred = event.roles.get("actor", ())
            everybody = tuple(dict.fromkeys((*victims, *(p for p in parts if p not in barred))))
            event = replace(event, roles={**event.roles, "recipient": everybody})
        out.append(event)
    return out


def told_here(participants: Participants, victim: str, event: EventDraft) -> Mention | None:
    """The victim's mention in the event's sentence that has a number, else the nearest."""
    here = [m for m in participants.by_sentence[event.sentence] if m.entity == victim]
    counted = [m for m in here if m.quantity]
    nearest = sorted(counted or here, key=lambda m: abs(m.first - event.first))
    return nearest[0] if nearest else None


def singled_out(participants: Participants, group: Mention) -> list[Mention]:
    """Those of a group that its clause singles out: "بينهم ثلاثة أطفال", "أبرزهم أبو سياف وعامر الرفدان".

    A relative clause may stand between, as long as nobody else in it is several whom the pronoun could mean.
    """
    clause = participants.clauses[group.sentence]
    here = [m for m in participants.by_sentence[group.sentence] if m.kind == "actor"]
    found: list[Mention] = []
    if group.form != "group" and group.number != "p":
        return found
    i = group.last
    while i < len(clause.words) and not _ends_reach(participants, group, clause.words[i]):
        after = after_inclusion(clause.keys, i)
        first = max(
            (m for m in here if after is not None and m.first == after + 1), key=_length, default=None
        )
        if first is None or first.entity == group.entity:
            i += 1
            continue
        found += [first, *(m for m in joined_to(participants, first) if m not in found)]
        i = found[-1].last
        if first.type == "Person":
            found += _named_after(participants, found[-1])
    return found


def _ends_reach(participants: Participants, group: Mention, word: Word) -> bool:
    """Whether a word ends the clause in which a pronoun means the group: a stop, or a verb but that of a
    relative clause on some noun that is no person.
    """
    if word.text in (".", "؛"):
        return True
    if word.upos != "VERB":
        return False
    head = participants.mention_at(group.sentence, word.head) if word.head else None
    return not word.deprel.startswith("acl") or (head is not None and head.number == "p")


def _named_after(participants: Participants, person: Mention) -> list[Mention]:
    """People named on in a list, each perhaps with his post behind the name (أبو همام القائد العسكري وX)."""
    clause = participants.clauses[person.sentence]
    found: list[Mention] = []
    for mention in participants.by_sentence[person.sentence]:
        last = (found or [person])[-1].last
        between = clause.words[last : mention.first - 1]
        if (
            mention.first > last
            and mention.type == "Person"
            and mention.form == "name"
            and between
            and fold(between[-1].text) == "و"
            and not any(_ends_clause(w) for w in between)
        ):
            found.append(mention)
    return found


def _ends_clause(word: Word) -> bool:
    return word.upos == "VERB" or word.text in (".", "؛")


def _length(mention: Mention) -> int:
    return mention.last - mention.first
