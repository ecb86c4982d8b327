"""Descriptions: phrases headed by a noun of the lexicon that name a body, a place or unnamed people.

Which nouns head one is told in `description_heads`, how far it goes in `description_ends`, and what it means
in `descriptions_of_people`, `descriptions_of_places` and `descriptions_of_bodies`. Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Container

from extractors.attached import tying
from extractors.counted_people import partitive_end
from extractors.description_ends import end_with_names, with_body, with_suffix
from extractors.description_heads import head_at
from extractors.descriptions_of_bodies import add_body, add_owned, may_be_owned
from extractors.descriptions_of_people import acts, add_people
from extractors.descriptions_of_places import add_place, is_raided, is_target, tells_place
from extractors.gazetteer import HeadMatch
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import definite, has_pronoun, is_adjective
from extractors.quantities import Counts
from extractors.sentence_mentions import SentenceMentions

_OF = fold("من")


def add_descriptions(
    mentions: SentenceMentions, names: frozenset[int], titles: Container[int], counts: Counts
) -> None:
    """Add the descriptions of one sentence, after its names. `names` are the positions of names of people,
    `titles` those of titles and posts, which describe nobody else.
    """
    taken = {
        i
        for m in mentions.found
        if m.form in ("name", "title") and m.rule == "gazetteer"
        for i in range(m.first - 1, m.last)
    }
    for i in range(len(mentions.words)):
        match = None if i in taken or i in titles else head_at(mentions, i, names)
        if match is not None:
            _describe(mentions, i, match, names, counts)


def _describe(
    mentions: SentenceMentions, i: int, match: HeadMatch, names: frozenset[int], counts: Counts
) -> None:
    """Add the phrase headed at `i`, if it says enough to name somebody."""
    words, head = mentions.words, match.head
    quantity, first = counts.before(i)
    end = end_with_names(mentions, i, match, names)
    people = head.member_of is not None or head.type == "Population" or head.casualty is not None
    if has_pronoun(words, end) and may_be_owned(mentions, i, end, match):
        add_owned(mentions, i, first, end, match, quantity)
        return
    if end == i and is_raided(mentions, i, match):
        mentions.add(i, i + 1, "place", "Facility", "description", rule="place noun")
        return
    if people and end == i and has_pronoun(words, i):
        end = with_suffix(words, i)  # حارسه الشخصي, والدته
    core, tie = end, None
    if (tied := tying(words, i, end, mentions.found)) is None:
        # من after a participle leads to whom it ties them to (مقاتلون مدعومون من تركيا).
        core = end = partitive_end(mentions, i, end, people)
        tied = tying(words, i, end, mentions.found)
    if tied and _agrees(mentions, match, tied[0]):
        tie, end = tied
        core = min(core, tie - 1)
        # What the words say without the complement is another thing (الميليشيات, الميليشيات الموالية ل…).
        mentions.drop_within(i, core)
    rank = head.weak and head.member_of == "MilitaryForce" and match.number == "s"
    if rank and end > i and not is_adjective(words[i + 1]):
        return  # عميد بلدية سبها, نقيب الصحافيين
    officer = head.member_of == "MilitaryForce" and match.number == "s" and quantity is None
    if people and end == i and (officer or mentions.keys[i] in function_words("sources")):
        end = core = with_body(mentions, i, names)
    extended = end > i or quantity is not None
    if head.weak and not extended and not _says_enough(mentions, i, match):
        return
    if tells_place(mentions, i, end, match):
        add_place(mentions, i, first, end, match, names, extended=extended)
    elif people:
        add_people(mentions, i, first, end, match, quantity, tie)
    else:
        add_body(mentions, i, end, core, match, tie, extended=extended)


def _agrees(mentions: SentenceMentions, match: HeadMatch, i: int) -> bool:
    """Whether the adjective at `i` can be the noun's: قوات الجيش المدعومة are forces, no army."""
    feminine = mentions.keys[i].endswith("ه")
    return feminine == (match.gender == "f") if match.number == "s" else True


def _says_enough(mentions: SentenceMentions, i: int, match: HeadMatch) -> bool:
    """Whether a noun that is another word too names somebody though it stands alone: what it is of follows,
    or it has the article, acts, or is a target.
    """
    return (
        mentions.keys[i + 1 : i + 2] == [_OF]
        or bool(match.head.type and definite(mentions.words[i]))
        or acts(mentions, i, match)
        or bool(match.head.place and match.number == "p" and is_target(mentions, i, match))
    )
