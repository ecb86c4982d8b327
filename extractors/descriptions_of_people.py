"""Unnamed people that a noun describes: 15 مسلحا, المتظاهرون, أحد قادة المعارضة, عناصر داعش, مصدر أمني.

Counted people are a group of their own, and the members of a named body stand for it when uncounted. What
casualties are called (قتيل, رهينة) is a count of them where no article tells who they are. Positions count
from 0.
"""

from __future__ import annotations

from extractors.description_heads import stands_apart
from extractors.gazetteer import HeadMatch
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.numbers import Quantity
from extractors.phrases import definite, has_pronoun
from extractors.sentence_mentions import SentenceMentions

#: What the casualties are called who live on and may be spoken of as people.
_HELD = frozenset({"captured", "abducted"})


def add_people(
    mentions: SentenceMentions,
    i: int,
    first: int,
    end: int,
    match: HeadMatch,
    quantity: Quantity | None,
    tie: int | None,
) -> None:
    """Unnamed people: counted, or described; the members of a named body stand for it when uncounted."""
    words, keys = mentions.words, mentions.keys
    if quantity is None and _accuses(mentions, i):
        return
    head = match.head
    one = quantity is None and match.number == "p" and i > 0 and (end > i or definite(words[i]))
    if one and keys[i - 1] in function_words("one_of"):
        last = end + 1 if has_pronoun(words, end) else end
        mentions.add(i - 1, last, "actor", "Person", "group", match=match, tie=tie, rule="one of people")
        return
    begin = first if quantity else i
    if quantity is None and match.number == "d":
        quantity = Quantity(2, 2, 1)
    single = match.number == "s" and quantity is None
    casualty = head.casualty
    toll = i > 0 and keys[i - 1] in function_words("tolls") and definite(words[i])
    if toll and casualty and quantity is None and match.number == "p":
        mentions.add(i, end, "actor", "Population", "description", match=match, rule="toll")
        return
    if casualty and quantity is None and (definite(words[i]) or match.number == "s"):
        if casualty not in _HELD or (not definite(words[i]) and head.weak):
            return
        casualty = None  # "الرهائن" are people who act and are freed; how many there are is not told
    member = fold(words[i].text) in transparent("members") and quantity is None and not single
    member = member and tie is None
    collective = fold(head.noun) in function_words("collectives")
    kind = "Person" if single and not (casualty or collective) else "Population"
    form = (
        "members"
        if member and end > i
        else ("group" if not definite(words[i]) or quantity or end > i else "description")
    )
    mentions.add(
        begin,
        end,
        "actor",
        kind,
        form,
        match=match,
        quantity=quantity,
        casualty=casualty,
        tie=tie,
        rule="people",
    )


def acts(mentions: SentenceMentions, i: int, match: HeadMatch) -> bool:
    """Whether a noun for people that is any word else too stands in a subject's place (خطفه مجهولون)."""
    words = mentions.words
    if match.head.type != "Population":
        return False
    if i and words[i - 1].upos == "PRON" and stands_apart(mentions, i):
        return True
    if i and mentions.keys[i - 1] in function_words("according_to"):
        return True  # بحسب دبلوماسيين
    if words[i].upos == "ADJ":
        return False
    before = words[i - 1] if i else None
    after = words[i + 1] if i + 1 < len(words) else None
    return (before is None or before.upos in ("VERB", "SCONJ")) or (
        after is not None and after.upos == "VERB"
    )


def _accuses(mentions: SentenceMentions, i: int) -> bool:
    """Whether a participle accuses (متهما الحوثيين ب), the accused behind it, and is no accused man."""
    words = mentions.words
    if mentions.keys[i] not in function_words("blaming") or i + 1 >= len(words):
        return False
    named = any(m.first == i + 2 and m.form == "name" for m in mentions.found)
    return named or definite(words[i + 1]) or has_pronoun(words, i)
