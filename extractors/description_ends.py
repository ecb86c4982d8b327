"""Where a description ends: its noun phrase, and what belongs to it beyond that.

* the person or town that it is called after: حكومة نتنياهو, حي صلاح الدين, قوات هادي
* the adjectives behind a suffix: قواتها المسلحة
* the body that a source is in: مصادر في المعارضة

Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Word
from extractors.gazetteer import HeadMatch
from extractors.lexicon_words import function_words
from extractors.phrases import definite, is_adjective, noun_phrase_end, skip_quotes
from extractors.sentence_mentions import SentenceMentions
from extractors.type_groups import BODIES


def end_with_names(mentions: SentenceMentions, i: int, match: HeadMatch, names: frozenset[int]) -> int:
    """The end of the noun phrase headed at `i`, with the names that it is called after. `names`: the
    positions of names of people, at which it ends otherwise.
    """
    words, head = mentions.words, match.head
    end = _ruler_end(mentions, i) or noun_phrase_end(words, i, names=names)
    if match.number == "p":
        end = _with_person(mentions, i, end)
    if head.place and not head.type and end == i and not definite(words[i]):
        end = _called_after(mentions, i)
    if end == i and head.type == "MilitaryForce" and not definite(words[i]):
        while end + 1 in names:
            end += 1  # قوات هادي: the forces of a man are not he
    return end


def _ruler_end(mentions: SentenceMentions, i: int) -> int | None:
    """The end of the person behind a body that is called after him (حكومة نتنياهو, قوات الرئيس صالح)."""
    if mentions.keys[i] not in function_words("ruled"):
        return None
    rulers = (m for m in mentions.found if m.first == i + 2 and m.type == "Person")
    return next((m.last - 1 for m in rulers if m.form == "name"), None)


def _with_person(mentions: SentenceMentions, i: int, end: int) -> int:
    """The end of a phrase in whose idafa a person stands, with all of his title and name."""
    inner = [m.last - 1 for m in mentions.found if m.type == "Person" and i < m.first - 1 <= end]
    return max((end, *inner))


def _called_after(mentions: SentenceMentions, i: int) -> int:
    """Where the name of a person or town ends that a place is called after (حي صلاح الدين)."""
    called = (m for m in mentions.found if m.first == i + 2 and m.form == "name")
    return max((m.last - 1 for m in called if m.type == "Person" or m.kind == "place"), default=i)


def with_suffix(words: Sequence[Word], i: int) -> int:
    """The last position of a noun with its suffix and the adjectives behind it (قواتها المسلحة)."""
    last = i + 1
    while last + 1 < len(words) and is_adjective(words[last + 1]) and definite(words[last + 1]):
        last += 1
    return last


def with_body(mentions: SentenceMentions, i: int, names: frozenset[int]) -> int:
    """The end of a source's phrase with the body it is in: مصادر في المعارضة، مصدر بوزارة الداخلية."""
    words = mentions.words
    if mentions.keys[i + 1 : i + 2] not in (["في"], ["ب"]):
        return i
    target = skip_quotes(words, i + 2)
    bodies = [m for m in mentions.found if m.first == target + 1 and m.kind == "actor"]
    if bodies:
        return max(m.last for m in bodies) - 1
    match = mentions.gazetteer.head(words[target].text) if target < len(words) else None
    return noun_phrase_end(words, target, names=names) if match and match.head.type in BODIES else i
