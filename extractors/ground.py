"""Which place is meant: what a relative clause or adjective describes, the town before its own apposition,
the country or region of unnamed ground. Word indexes count from 1, positions (`i`) from 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.agreement import gender_of_place
from extractors.base import Mention
from extractors.coordination import joined_to
from extractors.document import Word
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import QUOTES, has_pronoun, is_adjective

#: How many words before its clause the place may stand (معسكر لبوزة جنوب المدينة الذي).
_REACH = 8
#: How many words behind unnamed ground its country may stand (الأراضي التي خسرتها في بنغازي).
_BEHIND = 7


def described(participants: Participants, sentence: int, i: int, gender: str | None) -> Mention | None:
    """The place that a clause or adjective right behind position `i` describes: the nearest before it of that
    gender (None: of any); a town rather than the province in its apposition (الرمادي عاصمة محافظة الأنبار).
    """
    clause = participants.clauses[sentence]
    for mention in reversed(participants.by_sentence[sentence]):
        if mention.kind not in ("place", "state") or mention.last > i + 1 or mention.last < i + 1 - _REACH:
            continue
        if any(w.upos == "VERB" for w in clause.words[mention.last : i + 1]):
            return None
        if gender is None or gender == gender_of_place(mention):
            return _before_apposition(participants, mention)
    return None


def _before_apposition(participants: Participants, mention: Mention) -> Mention:
    """The place that the phrase of this one only describes, else the mention itself: of "زنجبار، عاصمة محافظة
    أبين" and "حي التواهي آخر أحياء عدن" the first.
    """
    keys = participants.clauses[mention.sentence].keys
    ranks = function_words("seats") | function_words("superlatives")
    start = mention.first - 2
    while start >= 0 and start > mention.first - 6 and keys[start] not in ranks:
        start -= 1
    if start < 0 or keys[start] not in ranks:
        return mention
    end = start if keys[start - 1] not in ("،", ",") else start - 1
    whole = (m for m in participants.by_sentence[mention.sentence] if m.last == end and m.kind == "place")
    return next(whole, mention)


def _part_of(before: Sequence[Word]) -> bool:
    """Whether a side and ل tie the ground to its place (الأطراف الشمالية لمدينة سرت)."""
    keys = [fold(w.text) for w in before[-2:]]
    side = keys[0].removeprefix("ال").removesuffix("ه").removesuffix("ي") if len(keys) == 2 else ""
    return keys[-1:] == ["ل"] and side in function_words("compass")


def counted_ground(participants: Participants, sentence: int, index: int) -> Mention | None:
    """The places that a word of quantity at `index` counts: كافة المواقع, ست مديريات, عدد من القرى."""
    clause = participants.clauses[sentence]
    counting = function_words("quantities") | function_words("quantifiers")
    i = index - 1
    while i < len(clause.words) and (
        clause.keys[i] in counting or clause.words[i].upos == "NUM" or (i >= index and clause.keys[i] == "من")
    ):
        i += 1
    if i == index - 1:
        return None
    return next(
        (m for m in participants.by_sentence[sentence] if m.first == i + 1 and m.kind == "place"), None
    )


def named_ground(participants: Participants, sentence: int, index: int) -> tuple[str, ...]:
    """The places named behind the noun of unnamed ground at `index`: مناطق واسعة في سوريا والعراق."""
    clause = participants.clauses[sentence]
    while index < len(clause.words) and clause.keys[index - 1] in function_words("superlatives"):
        index += 1  # آخر معاقلهم في أبين
    noun = clause.keys[index - 1].removeprefix("ال")
    own = has_pronoun(clause.words, index - 1) and noun in transparent("positions")
    if not own and noun not in transparent("ground") and clause.keys[index - 1] not in transparent("ground"):
        return ()
    for mention in participants.by_sentence[sentence]:
        if not index < mention.first <= index + _BEHIND or mention.kind not in ("place", "state"):
            continue
        before = clause.words[index : mention.first - 1]
        if any(fold(w.text) in function_words("ground_in") for w in before[-1:]) or _part_of(before):
            joined = [m for m in joined_to(participants, mention) if m.kind in ("place", "state")]
            return (mention.entity, *(m.entity for m in joined))
        if any(w.text not in QUOTES and not is_adjective(w) and w.upos == "PUNCT" for w in before):
            return ()
    return ()
