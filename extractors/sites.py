"""Institutions told as buildings: who enters, takes or shells a university meets its ground, not its board.

A noun such as جامعة or كنيسة heads the name of an actor elsewhere (أعلنت جامعة القاهرة).
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Word
from extractors.gazetteer import HeadMatch
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.phrases import RELATIVES, is_mark
from extractors.triggers import load_triggers

#: How many words before the institution the act may stand (دخول قوات الجيش إلى جامعة).
_REACH = 7
_FROM_AFAR = frozenset({"Airstrike", "Shelling", "Bombing"})
_ON_GROUND = frozenset(
    {"Capture", "Siege", "Withdrawal", "ArmedAttack", "Airstrike", "Shelling", "Bombing", "Search"}
)

_CHANGING_HANDS = frozenset({"Capture", "Siege", "Withdrawal"})


def may_be_site(match: HeadMatch | None) -> bool:
    """Whether a noun names an institution that has a building of its own."""
    return (
        match is not None
        and match.head.type == "Organization"
        and match.head.place == "Facility"
        and not match.head.weak
    )


def is_site(words: Sequence[Word], i: int) -> bool:
    """Whether the institution that the noun at position `i` heads is told as the place of an act on the
    ground: an attack, a capture, an arrival; or by a part of the place (حرم الجامعة).
    """
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        key = fold(words[j].text)
        if key in transparent("place_parts"):
            return True
        if is_mark(words[j]) or words[j].upos == "SCONJ" or key in RELATIVES:
            return False
        if any(
            m.trigger.kind in ("verb", "masdar", "noun")
            and (m.trigger.type in _ON_GROUND or fold(m.trigger.lemma) in function_words("arrivals"))
            for m in load_triggers().lookup(words[j].text)
        ):
            return True
        if words[j].upos == "VERB":
            return False
    return False


def is_lost_or_won(words: Sequence[Word], i: int) -> bool:
    """Whether the unnamed ground at position `i` is what somebody takes, besieges or leaves (سيطروا على قرى
    ومواقع), with only the words that open the phrase between.
    """
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if is_mark(words[j]) or words[j].upos == "SCONJ" or fold(words[j].text) in RELATIVES:
            return False
        types = {m.trigger.type for m in load_triggers().lookup(words[j].text)}
        if types & _CHANGING_HANDS:
            return True
        if words[j].upos == "VERB":
            return False
    return False


def is_taken(words: Sequence[Word], i: int) -> bool:
    """Whether the capital at position `i` is the city that somebody takes, enters or bombs (سيطر على صنعاء،
    دخل الحوثيون صنعاء), not the state.
    """
    on = i > 0 and fold(words[i - 1].text) == "علي"
    if on and _is_hit(words, i):
        return True
    for j in range(i - 2 if on else i - 1, max(-1, i - _REACH), -1):
        readings = [m.trigger for m in load_triggers().lookup(words[j].text) if m.trigger.type == "Capture"]
        arrivals = [
            m.trigger
            for m in load_triggers().lookup(words[j].text)
            if fold(m.trigger.lemma) in function_words("arrivals")
        ]
        if any(t.frame.get("على" if on else "obj") == "recipient" for t in (*readings, *arrivals)):
            return True
        if words[j].upos in ("VERB", "ADP", "SCONJ", "CCONJ") or is_mark(words[j]):
            return False
    return False


def _is_hit(words: Sequence[Word], i: int) -> bool:
    """Whether bombs or shells are said to fall on what stands at position `i` behind على (غارات للتحالف على
    صنعاء).
    """
    for j in range(i - 2, max(-1, i - 1 - _REACH), -1):
        readings = load_triggers().lookup(words[j].text)
        if any(m.trigger.type in _FROM_AFAR and m.trigger.frame.get("على") for m in readings):
            return True
        if words[j].upos in ("VERB", "SCONJ") or is_mark(words[j]):
            return False
    return False
