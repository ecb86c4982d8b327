"""Places that a noun describes: أحد المطارات, مواقع في محافظة مأرب, ثلاث بلدات.

Ground and buildings without the article are told as places only where they are what somebody attacks or takes
(هاجم مسلحون فندقا, سيطروا على قرى). Positions count from 0.
"""

from __future__ import annotations

from extractors.gazetteer import HeadMatch
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.phrases import QUOTES, definite, has_pronoun, noun_phrase_end
from extractors.sentence_mentions import SentenceMentions
from extractors.sites import is_lost_or_won, is_site, may_be_site

_OF = fold("من")


def tells_place(mentions: SentenceMentions, i: int, end: int, match: HeadMatch) -> bool:
    """Whether the description `i`..`end` means a place: by its noun, or as a body's positions or building."""
    if not match.head.place:
        return False
    positions = mentions.keys[i] in transparent("positions") and not _is_media(mentions, i, end)
    site = may_be_site(match) and is_site(mentions.words, i)
    return positions or site or not match.head.type


def add_place(
    mentions: SentenceMentions,
    i: int,
    first: int,
    end: int,
    match: HeadMatch,
    names: frozenset[int],
    *,
    extended: bool,
) -> None:
    """A place, where it is told from others: by the article, by more words (`extended`), or as a target.
    `first`: where the words begin that count it.
    """
    words, head = mentions.words, match.head
    if head.place and (extended or definite(words[i]) or is_target(mentions, i, match)):
        begin = _with_count(mentions, i, first) if match.number == "p" else i
        bare = begin == i == end and not definite(words[i])
        name = (begin, _lies_in(mentions, i, names)) if bare else None
        mentions.add(
            begin, end, "place", head.place, "description", match=match, name=name, rule="place noun"
        )


def is_target(mentions: SentenceMentions, i: int, match: HeadMatch) -> bool:
    """Whether a building or ground that is not named is what somebody attacks or takes: "هاجم مسلحون
    فندقا", "سيطروا على قرى".
    """
    words = mentions.words
    ground = match.number == "p" or (not match.head.weak and match.head.place != "Facility")
    if ground:
        return is_lost_or_won(words, i) and not has_pronoun(words, i)
    building = match.head.place == "Facility" and match.number == "s" and not match.head.weak
    return building and mentions.keys[i] not in transparent("positions") and is_site(words, i)


def is_raided(mentions: SentenceMentions, i: int, match: HeadMatch) -> bool:
    """Whether a building with a suffix is what somebody attacks or searches: "بعد مداهمة منازلهم"."""
    building = match.head.place == "Facility" and not match.head.type and not match.head.weak
    attached = has_pronoun(mentions.words, i) and mentions.keys[i] not in transparent("positions")
    return building and attached and is_site(mentions.words, i)


def _is_media(mentions: SentenceMentions, i: int, end: int) -> bool:
    """Whether a site is one of the web (موقع إلكتروني, موقع "سبق", موقع تويتر), not a position."""
    after = mentions.words[i + 1] if i + 1 < len(mentions.words) else None
    named = after is not None and (after.text in QUOTES or after.upos in ("X", "PROPN"))
    return named or any(key in function_words("of_the_web") for key in mentions.keys[i + 1 : end + 1])


def _lies_in(mentions: SentenceMentions, i: int, names: frozenset[int]) -> int:
    """Where the place ends that unnamed ground is said to be in, which is what tells it from other ground
    (مواقع في محافظة مأرب، مساحات من الأراضي العراقية); the ground itself where none is said.
    """
    keys = mentions.keys
    if keys[i] in function_words("portions") and keys[i + 1 : i + 2] == [_OF]:
        return noun_phrase_end(mentions.words, i + 2, names=names)
    if keys[i + 1 : i + 2] not in (["في"], ["ب"]):
        return i
    return max((m.last - 1 for m in mentions.found if m.first == i + 3 and m.kind == "place"), default=i)


def _with_count(mentions: SentenceMentions, i: int, first: int) -> int:
    """Where unnamed places begin with the words that count them, which tell them from others: ثلاث بلدات،
    بعض المناطق، كثير من المواقع.
    """
    if first < i:
        return first
    before = i - 2 if mentions.keys[i - 1 : i] == [_OF] else i - 1
    return before if before >= 0 and mentions.keys[before] in function_words("some_of") else i
