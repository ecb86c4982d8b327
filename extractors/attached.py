"""Participles that tie people or a body to another: القوات الموالية للحكومة، المقاتلون المدعومون من تركيا.

The participle follows its noun like any adjective, but takes a complement by the preposition of its verb, and
the phrase ends only behind that. Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import Mention
from extractors.document import Word
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import NOMINAL, definite, noun_phrase_end, skip_quotes
from extractors.triggers import load_triggers, slot_of

#: How many words of manner may stand between a participle and its preposition.
_ADVERBS = 3
_PARTIES = frozenset({"actor", "recipient", "partner"})


def complement(words: Sequence[Word], i: int, found: Sequence[Mention] = ()) -> tuple[int, int] | None:
    """First and last position of what the participle at `i` ties its noun to; None where it is no such one.

    `found`: mentions known so far, where the complement is one of them.
    """
    slots = _slots(words[i].text)
    if not slots:
        return None
    before = i + 1
    while before + 2 < len(words) and before - i <= _ADVERBS and _is_adverb(words, before):
        before += 1  # المدعومة جوا وبرا من X
    if before + 1 >= len(words) or slot_of(words[before].text) not in slots:
        return None
    first = before + 1
    if fold(words[first].text) in function_words("by_way_of"):
        first += 1  # من قبل السكان
    first = skip_quotes(words, first)
    if first >= len(words):
        return None
    if words[first].upos == "PRON":
        return first, first
    if words[first].upos not in NOMINAL | {"ADJ"}:
        return None
    known = [m.last - 1 for m in found if m.first == first + 1]
    return first, max(known, default=noun_phrase_end(words, first))


def _is_adverb(words: Sequence[Word], i: int) -> bool:
    """Whether an indefinite accusative stands there, or و between two (عسكريا، جوا وبرا)."""
    key = fold(words[i].text)
    if key == "و":
        return fold(words[i - 1].text).endswith("ا")
    return key.endswith("ا") and len(key) > 2 and words[i].upos in ("ADV", "ADJ", "NOUN", "X")


def tying(
    words: Sequence[Word], head: int, end: int, found: Sequence[Mention] = ()
) -> tuple[int, int] | None:
    """The participle that ties the noun phrase `head`..`end` to another, with the last position of its
    complement: within the phrase's adjectives, or right behind it.
    """
    for i in range(end + 1, head, -1):
        if i < len(words) and words[i].upos in ("ADJ", "NOUN", "X", "VERB"):
            closed = definite(words[head]) or (i > end and definite(words[end]))
            behind = complement(words, i, found)
            if behind is not None and behind[1] > end and (i <= end or definite(words[i]) == closed):
                return i, behind[1]
    return None


def _slots(form: str) -> set[str]:
    """The prepositions by which a participle names the other party."""
    return {
        slot
        for match in load_triggers().lookup(form)
        if match.trigger.kind in ("agent", "patient") and "self" in match.trigger.frame
        for slot, role in match.trigger.frame.items()
        if role in _PARTIES and slot not in ("self", "gen", "obj", "adj", "by")
    }
