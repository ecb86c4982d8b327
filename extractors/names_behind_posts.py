"""The name far behind a post, past what the post is of and for.

* where its bearer is posted or sent: السفير الأميركي في بغداد ستيوارت جونز, المبعوث الأممي إلى سوريا X
* what a body is for: رئيس لجنة الأمن والدفاع في البرلمان X, الناطق باسم لجنة مقاومة الجدار والاستيطان X
* behind a verb of saying over more words: قال رئيس لجنة الأمن والدفاع في البرلمان العراقي حاكم الزاملي. Such
  a verb has no object that is a person, so that the name to which the complements lead is the speaker's own.

Positions count from 0, as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import QUOTES, definite, has_pronoun, is_adjective, is_mark, noun_phrase_end
from extractors.reporting import load_reporting

_LEADING_ON = frozenset(map(fold, ("في", "ب", "إلى", "ل", "لدى", "على", "عن", "لشؤون")))
_AND = "و"
#: How many words may stand between the post and the name, and in how many phrases.
_REACH = 12
_PHRASES = 4
#: How many words the complements of a speaker's post may have.
_FAR = 14


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


def name_of_speaker(
    words: Sequence[Word], keys: Sequence[str], start: int, end: int, starts: Mapping[int, tuple[int, int]]
) -> tuple[int, int] | None:
    """Where the name stands of who speaks by the post `start`..`end`; None where no saying goes before or
    another stands between. `starts`: the names of people by their first position.
    """
    if not _is_said(words, keys, start):
        return None
    i = end + 1
    while i < len(words) and i - end <= _FAR:
        word = words[i]
        if i in starts:
            if _is_closed(words, keys, i - 1):
                return starts[i]
            i = starts[i][1] + 1  # within the name of a body: غرفة عمليات عمر المختار
            continue
        if word.upos in ("VERB", "SCONJ", "AUX") or keys[i] in function_words("ends_of_posts"):
            return None
        if is_mark(word) and word.text not in QUOTES and word.text != "-":
            return None
        title = load_gazetteer().title_at(keys, i)
        if title and not title[0].honorific and i + title[1] in starts:
            return None  # another, with his own post
        i += 1
    return None


def _is_said(words: Sequence[Word], keys: Sequence[str], start: int) -> bool:
    """Whether a verb of saying stands right before the post, or "بحسب", "وفقا ل"."""
    before = start - 1
    while before > 0 and words[before].text in QUOTES:
        before -= 1
    if before < 0:
        return False
    if any(
        load_reporting().source_at(keys, i) == before + 1 - i for i in range(max(0, before - 2), before + 1)
    ):
        return True
    sayings = load_reporting().lookup(words[before].text)
    return any(s.kind == "verb" and not s.object for s in sayings) and words[before].upos in ("VERB", "NOUN")


def _is_closed(words: Sequence[Word], keys: Sequence[str], i: int) -> bool:
    """Whether the phrase that ends at `i` is complete, so that no idafa leads on to the name."""
    while i > 0 and (words[i].text in QUOTES or words[i].text == "-"):
        i -= 1
    title = load_gazetteer().title_at(keys, i)
    if title and title[0].honorific:
        return _is_closed(words, keys, i - 1)
    if title or words[i].upos in ("ADP", "CCONJ"):
        return False
    known = load_gazetteer().find_places([keys[i]]) or load_gazetteer().find_actors([keys[i]])
    return (
        definite(words[i]) or is_adjective(words[i]) or bool(known) or words[i].upos in ("PRON", "X", "PROPN")
    )
