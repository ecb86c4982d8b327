"""Whose act a verbal noun is, by what stands over it: the subject of a verb (بدأت القوات استعادة المدينة) or
the idafa of a noun of will (محاولة داعش استعادة المدينة).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.clause import Clause
from extractors.deeds import accused_of
from extractors.detection import Found
from extractors.fillers import filled_by, filler_of, named_at
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import definite
from extractors.referents import resolve_mention
from extractors.referred import is_annexed, is_time_or_matter
from extractors.reporting import load_reporting
from extractors.subjects import may_be_supplied
from extractors.triggers import Match, load_triggers, slot_of
from extractors.type_groups import FIGHTERS, SAID
from extractors.verb_arguments import verb_slots

if TYPE_CHECKING:
    from extractors.roles import Roles

#: Whose doer is not lightly guessed, and who may be guessed.
_HARM = frozenset({"Killing", "Wounding", "Abduction", "Abuse"})
_FIGHTERS = FIGHTERS | {"Population"}


def doers_by_governor(roles: Roles, item: Found) -> list[str]:
    """The doers of a verbal noun without one: the subjects of the verb that governs it (بدأت القوات
    استعادة …), or who is said to will it (محاولة الجيش استعادة …).
    """
    clause = roles.participants.clauses[item.sentence]
    if (hindered := _hindered(clause, item.first)) is not None:
        doer = filler_of(roles, item, hindered, "subj", "actor")
        here = {m.entity for m in roles.participants.by_sentence[item.sentence] if m.first < item.first}
        return [doer] if doer in here else []
    index = clause.governing_verb(item.first)
    if item.first in roles.demanded[item.sentence]:
        return [e for e in roles.demanded[item.sentence][item.first] if may_be_supplied(roles, item, e)]
    if index is not None and clause.keys[index - 1] in function_words("permitting"):
        return _permitted(roles, item, index)
    if (willing := _resolved_on(clause, item.first)) is not None:
        return [e for e in named_at(roles, item, willing) if may_be_supplied(roles, item, e)]
    if item.trigger.type in SAID and index is not None and _is_rejection(clause.word(index).text):
        return []  # رفض الوزير اتهامات لبلاده: another made them
    if (willing := _willed_by(clause, item.first)) is not None:
        doers = filled_by(roles, item, willing, "subj", "actor")
        return [e for e in doers if may_be_supplied(roles, item, e)]
    if index is not None and (accused := accused_of(roles, item, index)):
        return accused
    if index is None or is_annexed(clause, item.first) or not _does_himself(clause.word(index).text):
        return []
    if item.trigger.kind == "light" and clause.word(item.first).head != index and not _leads_up(clause, item):
        return []  # تاريخ بدء الهجوم: the date of it is told, not who begins it
    matches = load_triggers().lookup(clause.word(index).text)
    promised = bool(load_reporting().lookup(clause.word(index).text))
    not_his = any(m.trigger.type in SAID for m in matches) and not promised
    not_his = not_his or any(
        m.trigger.type == "Capture" and m.trigger.frame.get("subj") == "recipient" for m in matches
    )
    not_his = not_his or any(fold(m.trigger.lemma) in function_words("foiling") for m in matches)
    if not_his or any("cause" in m.trigger.frame.values() for m in matches):
        return []
    if not _may_control(clause, item, index, matches):
        return []
    features = next((m.features for m in matches), None)
    slots = verb_slots(clause, index, features)
    if slots.passive:
        return []
    forced = clause.keys[index - 1] in function_words("forcing") and slots.get("obj")
    for subject in slots.get("obj" if forced else "subj"):
        if not item.first <= subject <= item.last and not _is_told_by(roles, item, subject):
            doers = filled_by(roles, item, subject, "subj", "actor")
            if item.trigger.type in _HARM and is_time_or_matter(clause, item.first):
                doers = [e for e in doers if roles.entities[e].type in _FIGHTERS]
            return [e for e in doers if may_be_supplied(roles, item, e)]
    if forced or any(not item.first <= s <= item.last for s in slots.get("subj")):
        return []
    known = [e for s, f, e in roles.doers if (s, f) == (item.sentence, index)]
    return [e for e in known if may_be_supplied(roles, item, e)]


def _permitted(roles: Roles, item: Found, verb: int) -> list[str]:
    """Whom a verb of permitting lets do the act (سمحت تركيا لواشنطن بقصف داعش): those behind its ل."""
    clause = roles.participants.clauses[item.sentence]
    slots = verb_slots(clause, verb)
    behind = [f for f in slots.get("ل") if verb < f < item.first]
    return [e for f in behind[:1] for e in named_at(roles, item, f) if may_be_supplied(roles, item, e)]


def _is_told_by(roles: Roles, item: Found, subject: int) -> bool:
    """Whether a subject stands for people whom the verbal noun only describes (عدد قتلى التفجير): the dead do
    nothing.
    """
    mention = resolve_mention(roles.participants, item.sentence, subject, places=False)
    return mention is not None and (mention.covers(item.first) or mention.casualty == "killed")


def _may_control(clause: Clause, item: Found, verb: int, matches: Sequence[Match]) -> bool:
    """Whether the verb at index `verb` (its readings: `matches`) may lend its subject to a verbal noun.

    It may where the noun is its object, aim or manner (بدأ استعادة، وصل لبحث، قام بقصف), not where it is a
    place, cause or topic (قُتل في قصف), nor where it is hearsay (يحقق في مزاعم قتل).
    """
    if _is_impersonal(matches) or _under_hearsay(clause, item, verb):
        return False
    first = item.first
    while first > 2 and _annexes(clause, first - 1):
        first -= 1  # to the head of the idafa that the noun closes (وضع خطط)
        if clause.keys[first - 1] in function_words("hearsay"):
            return False
    before = clause.keys[first - 2] if first > 1 else ""
    if first < item.first and clause.keys[first - 1] in function_words("aims"):
        return True
    if verb > first or before not in function_words("not_controlling"):
        return True
    slot = slot_of(before)
    taken = any(slot and m.trigger.frame.get(slot) == "event" for m in matches)
    part = function_words("parts_played").intersection(clause.keys[verb : first - 2])
    return taken or (before == fold("في") and bool(part))


def _leads_up(clause: Clause, item: Found) -> bool:
    """Whether the act is what another prepares for (حشدت قواتها تمهيدا لشن هجوم)."""
    before = clause.keys[max(0, item.first - 3) : item.first - 1]
    return before[-1:] == ["ل"] and bool(function_words("leading_up").intersection(before))


def _is_rejection(text: str) -> bool:
    return any(m.trigger.type == "Rejection" for m in load_triggers().lookup(text))


def _willed_by(clause: Clause, first: int) -> int | None:
    """The noun phrase before a verbal noun at `first` that a noun of attempt, plan or failure annexes: it
    does the act. "فشل الجيش في استعادة المدينة" is so whether the tagger takes فشل for the verb or the noun.
    """
    last = first - 1
    while last > 1 and clause.word(last).upos == "ADP":
        last -= 1
    for opening, end in clause.phrases.items():
        if end == last and opening > 1 and clause.keys[opening - 2] in function_words("willing"):
            return opening
    return None


def _resolved_on(clause: Clause, first: int) -> int | None:
    """The subject of a predicate of will or persistence right before a verbal noun at `first` and its
    preposition (القوات عازمة على تحرير المدينة).
    """
    at = first - 2  # of the word before the preposition
    if at < 1 or clause.word(first - 1).upos != "ADP":
        return None
    predicate = clause.word(at)
    if clause.keys[at - 1] not in function_words("resolved") or definite(predicate):
        return None
    opening = next((f for f, last in clause.phrases.items() if last == at - 1), None)
    return opening or clause.topic(at)


def _annexes(clause: Clause, index: int) -> bool:
    """Whether a word can open an idafa with the one behind it."""
    word = clause.word(index)
    return word.upos == "NOUN" and not definite(word) and index not in clause.times


def _is_impersonal(matches: Sequence[Match]) -> bool:
    """Whether a verb only has the event for its subject (تم، جرى اعتقال X): nobody does it there."""
    subjects = {m.trigger.frame.get("subj") for m in matches if m.trigger.kind == "light"}
    return "event" in subjects and "actor" not in subjects


def _under_hearsay(clause: Clause, item: Found, verb: int) -> bool:
    """Whether the way up the tree from the noun to the verb leads over what is only said or suspected."""
    head = clause.word(item.first).head
    seen = {item.first}
    while head and head != verb and head not in seen:
        if clause.keys[head - 1] in function_words("hearsay"):
            return True
        seen.add(head)
        head = clause.word(head).head
    return False


def _does_himself(verb: str) -> bool:
    """Whether the subject of a verb does what its verbal noun tells: not where he only reports it, but where
    he promises it or owns up to it.
    """
    sayings = load_reporting().lookup(verb)
    return all(s.stance == "promises" or fold(s.lemma) in function_words("confessions") for s in sayings)


def _hindered(clause: Clause, index: int) -> int | None:
    """Who is kept from the act that the verbal noun at `index` names: the word after منع in لمنعهم من X."""
    if index < 4 or clause.keys[index - 2] != "من":
        return None
    for i in range(index - 4, max(-1, index - 10), -1):
        if clause.keys[i] in function_words("hindering"):
            return i + 2
        if clause.words[i].upos in ("VERB", "SCONJ"):
            return None
    return None
