"""Bodies and forces that a noun describes or names: وزارة الداخلية, قوات الأمن, التحالف بقيادة السعودية.

A suffix tells whose they are (قواته, قواتها المسلحة, مقاتلوه: so with people too), and an unnamed unit stands
for the body that it is of (قوة من جهاز مكافحة الإرهاب). Positions count from 0.
"""

from __future__ import annotations

from extractors.counted_people import partitive_end
from extractors.description_ends import with_suffix
from extractors.gazetteer import HeadMatch
from extractors.led_coalitions import leading_state
from extractors.lexicon_words import function_words, transparent
from extractors.numbers import Quantity
from extractors.phrases import definite
from extractors.sentence_mentions import SentenceMentions
from extractors.sites import is_site, may_be_site


def add_body(
    mentions: SentenceMentions,
    i: int,
    end: int,
    core: int,
    match: HeadMatch,
    tie: int | None,
    *,
    extended: bool,
) -> None:
    """The body `i`..`end`, where it says which: by the article, by more words (`extended`), or by who leads
    it. `core`: where the phrase ends without its participle at `tie`.
    """
    words, head = mentions.words, match.head
    if head.type in ("MilitaryForce", "ArmedGroup") and not definite(words[core]) and tie is None:
        # "قوة من جهاز مكافحة الإرهاب": an unnamed unit stands for the body that it is of.
        whole = partitive_end(mentions, i, end, True)
        if whole > end:
            mentions.add(i, whole, "actor", head.type, "members", match=match, rule="unit of a body")
            return
    led = mentions.keys[i] in function_words("coalitions") and leading_state(words, end + 1)
    if not (definite(words[core]) or definite(words[i]) or extended or led):
        return
    form = "description" if definite(words[i]) and end == i else "name"
    type_ = head.type or "Organization"
    mentions.add(i, end, "actor", type_, form, match=match, tie=tie, rule="head noun")


def may_be_owned(mentions: SentenceMentions, i: int, end: int, match: HeadMatch) -> bool:
    """Whether a noun with a suffix at its end means somebody's body, force or people (قواته, مقاتلوه)."""
    keys, head = mentions.keys, match.head
    if head.casualty or (may_be_site(match) and is_site(mentions.words, i)):
        return False
    if head.member_of is not None or head.type == "Population":
        return end == i and match.number != "s" and (not head.weak or keys[i] in transparent("members"))
    named = end > i or not head.weak or keys[i] in function_words("owned_bodies")
    bodies = head.type in ("MilitaryForce", "GovernmentBody")
    return bodies and named and keys[i] not in transparent("vehicles")


def add_owned(
    mentions: SentenceMentions, i: int, first: int, end: int, match: HeadMatch, quantity: Quantity | None
) -> None:
    """A body, force or people with a suffix that tells whose, and its adjectives (قواتها المسلحة)."""
    last, owner = with_suffix(mentions.words, end), end + 1
    if match.head.type in ("MilitaryForce", "GovernmentBody") and match.head.member_of is None:
        type_, form = match.head.type, "description"
    else:
        type_ = "Population"
        form = "members" if mentions.keys[i] in transparent("members") and quantity is None else "group"
    begin = first if quantity else i
    mentions.add(begin, last, "actor", type_, form, match=match, quantity=quantity, owner=owner, rule="owned")
