"""How the phrase of a post goes on up to the name behind it.

* where its bearer is posted or sent: السفير الأميركي في بغداد ستيوارت جونز, المبعوث الأممي إلى سوريا X
* what a body is for: رئيس لجنة الأمن والدفاع في البرلمان X, الناطق باسم لجنة مقاومة الجدار والاستيطان X

Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.normalise import fold
from extractors.phrases import definite, has_pronoun, noun_phrase_end

_LEADING_ON = frozenset(map(fold, ("في", "ب", "إلى", "ل", "لدى", "على", "عن", "لشؤون")))
_AND = "و"
#: How many words may stand between the post and the name, and in how many phrases.
_REACH = 12
_PHRASES = 4


def last_before_name(
    words: Sequence[Word],
    keys: Sequence[str],
    end: int,
    starts: Container[int],
    inside: frozenset[int],
    *,
    anywhere: bool,
) -> int:
    """The last word of the phrases behind position `end` where a name follows them at once, perhaps with
    ranks before it; `end` itself where none does. `starts`: where names begin, `inside`: all their positions;
    `anywhere`: whether the post may be told by a place, else only by further portfolios (وزير الثقافة
    والإعلام).
    """
    i = end
    for _ in range(_PHRASES):
        following = _phrase(words, keys, i, inside)
        if following is None or following - end > _REACH:
            return end
        if not anywhere and (keys[i + 1] != _AND or load_gazetteer().nisba(keys[i])):
            return end
        i = following
        if _name_follows(keys, i + 1, starts):
            return i
    return end


def _phrase(words: Sequence[Word], keys: Sequence[str], i: int, inside: frozenset[int]) -> int | None:
    """The end of the phrase that a preposition or و opens behind position `i`; None where there is none, or
    where it may be another person's or a clause of its own.
    """
    first = i + 2
    if first >= len(words) or first in inside or has_pronoun(words, first - 1):
        return None
    opening = keys[i + 1]
    noun = words[first]
    if noun.upos not in ("NOUN", "X", "PROPN", "ADJ"):
        return None
    if opening == _AND:
        match = load_gazetteer().head(noun.text)
        people = match is not None and match.head.type in ("Person", "Population")
        if people or not definite(noun) or load_gazetteer().title_at(list(keys), first):
            return None
    elif opening not in _LEADING_ON or not _names_something(words, keys, first):
        return None
    return noun_phrase_end(words, first, names=inside)


def _names_something(words: Sequence[Word], keys: Sequence[str], i: int) -> bool:
    """Whether a definite noun, a known place or body, or the noun of one stands there: what a post is at or
    for, not what its bearer says or does (في مؤتمر)."""
    gazetteer = load_gazetteer()
    rest = list(keys[i : i + 5])
    if any(h.first == 0 for h in (*gazetteer.find_places(rest), *gazetteer.find_actors(rest))):
        return True
    match = gazetteer.head(words[i].text)
    if match is not None:
        return match.head.type not in ("Person", "Population") or match.head.place is not None
    return definite(words[i]) or words[i].upos in ("X", "PROPN")


def _name_follows(keys: Sequence[str], i: int, starts: Container[int]) -> bool:
    """Whether a name begins there, past ranks and courtesies."""
    while i not in starts:
        title = load_gazetteer().title_at(list(keys), i) if i < len(keys) else None
        if title is None or not title[0].honorific:
            return False
        i += title[1]
    return True
