"""Whose act a verbal noun is, by what stands over it: the subject of a verb (بدأت القوات استعادة المدينة) or
the idafa of a noun of will (محاولة داعش استعادة المدينة).
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.clause import Clause
from extractors.detection import Found
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import definite
from extractors.triggers import Match, slot_of


def may_control(clause: Clause, item: Found, verb: int, matches: Sequence[Match]) -> bool:
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
    if verb > first or before not in function_words("not_controlling"):
        return True
    slot = slot_of(before)
    taken = any(slot and m.trigger.frame.get(slot) == "event" for m in matches)
    part = function_words("parts_played").intersection(clause.keys[verb : first - 2])
    return taken or (before == fold("في") and bool(part))


def willed_by(clause: Clause, first: int) -> int | None:
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
