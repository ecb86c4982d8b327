"""Whom a protest is against, which its verb seldom says itself; and its several tellings in one sentence.

Protesters gather or chant, and the words after tell the side: ضد X, مناهضة لـ X, احتجاجا على قرار X,
منددين بـ X, مطالبين X بـ, للمطالبة برحيل X, «الموت لـ X», or whose embassy or seat they stand before.
Words of the sentence are counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.base import EventDraft
from extractors.clause import Clause
from extractors.coordination import joined_to
from extractors.crowds import PROTEST, crowds, is_reason, with_crowd
from extractors.inflection import Features
from extractors.lexicon_words import function_words
from extractors.noun_arguments import noun_slots
from extractors.phrases import DEMONSTRATIVES, QUOTES, is_adjective, is_mark
from extractors.referents import resolve_mention
from extractors.roles import Roles
from extractors.status import UNREAL
from extractors.triggers import load_triggers

#: How many words after a cue the one it is about may stand.
_REACH = 7
#: How many words behind a protest's verb its noun may stand.
_NEAR = 8
#: Types of those before whose seat people gather to be heard by them.
_HEARD = frozenset({"GovernmentBody", "PoliticalParty", "MilitaryForce"})
#: Beginnings of verbs of naming: ما وصفوه ب, ما سموه, ما اعتبروه.
_CALLED = ("وصف", "سم", "يسم", "اسم", "اعتبر")


def settle_protests(roles: Roles, sentence: int, drafts: list[EventDraft]) -> list[EventDraft]:
    """The drafts of a sentence, its protests joined where they are one and each with whom it is against."""
    clause = roles.participants.clauses[sentence]
    out: list[EventDraft] = []
    for draft in drafts:
        if draft.type != PROTEST:
            out.append(draft)
            continue
        at = next((j for j, d in enumerate(out) if d.type == PROTEST and _same(clause, d, draft)), None)
        if at is None:
            out.append(draft)
        else:
            out[at] = _joined(out[at], draft, guessed=is_reason(clause, draft))
    out += crowds(roles, clause, out)
    return [
        _against(roles, clause, with_crowd(roles, clause, draft)) if draft.type == PROTEST else draft
        for draft in out
    ]


def _same(clause: Clause, one: EventDraft, other: EventDraft) -> bool:
    """Whether two words tell one protest: a reason, the noun with its verb, or the same people again."""
    if is_reason(clause, other):
        return True
    if other.bare and not other.roles.get("actor") and 0 < other.first - one.last <= _NEAR:
        return True  # خرجوا في مظاهرة
    doers, others = set(one.roles.get("actor", ())), set(other.roles.get("actor", ()))
    return (one.status in UNREAL) == (other.status in UNREAL) and bool(doers) and doers == others


def _joined(one: EventDraft, other: EventDraft, *, guessed: bool) -> EventDraft:
    """One protest of two tellings; a doer that the reason's noun was given by guess gives way."""
    roles = {role: tuple(ids) for role, ids in one.roles.items()}
    for role, ids in other.roles.items():
        if role == "actor" and guessed and roles.get("actor"):
            continue
        roles[role] = tuple(dict.fromkeys((*roles.get(role, ()), *ids)))
    roles["recipient"] = tuple(r for r in roles.get("recipient", ()) if r not in roles.get("actor", ()))
    return replace(
        one,
        roles={role: ids for role, ids in roles.items() if ids},
        also=(*one.also, (other.sentence, other.first, other.last)),
        place=one.place or other.place,
        time=one.time or other.time,
        rule=f"{one.rule} + {other.rule}",
    )


def _against(roles: Roles, clause: Clause, draft: EventDraft) -> EventDraft:
    """The protest with its recipient, found by the cues of its sentence, where it has none."""
    if draft.roles.get("recipient"):
        if not _is_of_deed(clause, draft):
            return draft
        draft = replace(draft, roles={role: ids for role, ids in draft.roles.items() if role != "recipient"})
    doers = draft.roles.get("actor", ())
    for cue in (_at_cue, _at_seat):
        told = 0  # up to where a cue's own words go: in "احتجاجا على حملة X ضد Y" the campaign is against Y
        for position in range(max(0, draft.first - 1), len(clause.words)):
            if position < told:
                continue
            found = [e for e in cue(roles, clause, position) if e not in doers]
            told = _deed_end(clause, position)
            if found:
                return replace(
                    draft, roles={**draft.roles, "recipient": tuple(found)}, rule=f"{draft.rule} > against"
                )
    return draft


def _is_of_deed(clause: Clause, draft: EventDraft) -> bool:
    """Whether the ضد behind a protest belongs to the deed it denounces: احتجاجا على حملة X ضد Y."""
    behind = range(draft.first - 1, len(clause.words))
    against = next((i for i in behind if clause.keys[i] in function_words("against")), 0)
    return any(i + 1 < against < _deed_end(clause, i) for i in behind)


def _deed_end(clause: Clause, i: int) -> int:
    """The position behind the deed that the cue at `i` (from 0) denounces: a mark or a verb ends it."""
    if clause.keys[i] not in function_words("denouncing") or clause.keys[i + 1 : i + 2] not in (
        ["علي"],
        ["ب"],
    ):
        return i + 1
    for at in range(i + 2, len(clause.words)):
        word = clause.words[at]
        if word.upos in ("VERB", "SCONJ", "CCONJ") or (is_mark(word) and word.text not in QUOTES):
            return at
    return len(clause.words)


def _at_seat(roles: Roles, clause: Clause, i: int) -> list[str]:
    """Whose embassy or seat the people stand before (أمام سفارة X, خارج مقر X)."""
    if clause.keys[i] not in function_words("before_seats"):
        return []
    for at in range(i + 1, min(i + 4, len(clause.words))):
        mention = roles.participants.mention_at(clause.sentence.index, at + 1)
        if mention is not None and mention.first == at + 1:
            if mention.kind == "place" and clause.keys[at] in function_words("seats_of_bodies"):
                # أمام مقر البرلمان
                mention = resolve_mention(roles.participants, clause.sentence.index, at + 2, places=False)
            return [mention.entity] if mention is not None and mention.type in _HEARD else []
    return []


def _at_cue(roles: Roles, clause: Clause, i: int) -> list[str]:
    """Whom the cue at position `i` (from 0) names as the other side; empty where there is no cue."""
    key = clause.keys[i]
    if key in function_words("refusing") and clause.words[i].upos != "VERB":
        return _after(roles, clause, i, ("ل",)) or _target(roles, clause, i + 1)
    if key in function_words("flags") and function_words("burning").intersection(
        clause.keys[max(0, i - 4) : i]
    ):
        return _target(roles, clause, i + 1)
    if key in function_words("against"):
        return _target(roles, clause, i + 1)
    if key in function_words("condemning"):
        return _target(roles, clause, i + 1)
    if key in function_words("blaming"):
        return _target(roles, clause, i + 1, whole=True)
    if key in function_words("opposing"):
        return _after(roles, clause, i, ("ل", "ب"))
    if key in function_words("denouncing"):
        return _after(roles, clause, i, ("ب", "ل", "علي"))
    if key in function_words("demanding"):
        asked = _target(roles, clause, i + 1, whole=True)
        return asked or _removed(roles, clause, i)
    if key in function_words("death_to"):
        return _after(roles, clause, i, ("ل",))
    if key in function_words("down_with"):
        return _target(roles, clause, i + 1, whole=True)
    return []


def _after(roles: Roles, clause: Clause, i: int, prepositions: tuple[str, ...]) -> list[str]:
    """The target behind a preposition that stands next to the cue."""
    for at in range(i + 1, min(i + 3, len(clause.words) - 1)):
        if clause.keys[at] in prepositions:
            return _target(roles, clause, at + 1)
    return []


def _removed(roles: Roles, clause: Clause, i: int) -> list[str]:
    """Whose resignation, departure or fall is asked for (مطالبين باستقالة X, برحيل X)."""
    for at in range(i + 1, min(i + 5, len(clause.words) - 1)):
        if clause.keys[at] in function_words("removal"):
            return _target(roles, clause, at + 1, whole=True)
        if is_mark(clause.words[at]) and clause.words[at].text not in QUOTES:
            return []
    return []


def _target(roles: Roles, clause: Clause, i: int, *, whole: bool = False) -> list[str]:
    """The side named at position `i` or, unless `whole`, in the phrase headed there (قرار الحكومة, زيارة X).

    Of a noun that tells a deed it is the doer, never the one who suffered it (مقتل X على يد Y).
    """
    while (
        i < len(clause.words)
        and (
            clause.words[i].text in QUOTES
            or clause.keys[i] in DEMONSTRATIVES
            or clause.words[i].upos == "PRON"
        )
        and clause.keys[i] != "ما"
    ):
        i += 1
    if i + 2 < len(clause.words) and clause.keys[i] == "ما":
        # ضد ما سموه جرائم X; what else ما opens is a deed told by a verb.
        split = clause.keys[i + 1] == "و"  # ما و صفو ه
        if not "".join(clause.keys[i + 1 : i + 2 + split]).startswith(_CALLED):
            return []
        i += 2 + split
        while i < len(clause.words) and (clause.words[i].upos == "PRON" or clause.keys[i] == "ب"):
            i += 1
    if i >= len(clause.words):
        return []
    sentence = clause.sentence.index
    if i + 1 in clause.phrases:
        found = resolve_mention(roles.participants, sentence, i + 1)
        if found is not None and (found.kind != "place" or not whole):
            joined = [m.entity for m in joined_to(roles.participants, found)]
            unnamed = found.type == "Population" and found.form != "name"  # the crowd, or who suffered a deed
            return [] if found.kind == "place" or unnamed else [found.entity, *joined]
    if whole:
        return []
    if any(_harms(m.trigger.frame, m.features) for m in load_triggers().lookup(clause.words[i].text)):
        return [e for at in noun_slots(clause, i + 1, i + 1).get("by") for e in _entity(roles, clause, at)]
    for at in range(i, min(i + _REACH, len(clause.words))):
        word = clause.words[at]
        if at > i and (doer := _who_did_it(roles, clause, at)):
            return doer
        if word.upos in ("VERB", "SCONJ", "CCONJ") or (is_mark(word) and word.text not in QUOTES):
            return []
        if at > i and word.upos == "ADP" and clause.keys[at] not in ("ل", "من"):
            return []
        opens = at + 1 in clause.phrases or is_adjective(word)
        if opens and (found_here := _entity(roles, clause, at + 1)):
            return found_here
    return []


def _who_did_it(roles: Roles, clause: Clause, at: int) -> list[str]:
    """The doer that a relative clause at position `at` tells of the deed before it (الغارات التي يشنها X)."""
    behind = clause.words[at + 1 : at + 3]
    if clause.keys[at] not in function_words("relatives") or [w.upos for w in behind] != ["VERB", "PRON"]:
        return []
    return _entity(roles, clause, at + 4) if at + 4 in clause.phrases else []


def _harms(frame: Mapping[str, str], features: Features) -> bool:
    """Whether the noun of such a frame has the one it is done to behind it."""
    return features.tense is None and frame.get("gen", frame.get("obj")) == "recipient"


def _entity(roles: Roles, clause: Clause, index: int) -> list[str]:
    """The actor at a word, or of its nisba adjective; none for a place."""
    mention = resolve_mention(roles.participants, clause.sentence.index, index, places=False)
    if mention is not None:
        return [] if mention.type == "Population" and mention.form != "name" else [mention.entity]
    adjective = roles.adjective(clause.sentence.index, index)
    return [adjective] if adjective else []
