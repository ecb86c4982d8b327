"""Who is meant by the word that fills a slot: who is named there, else whom the noun passes the act to, else
whom the pronoun points back to.

An act on somebody's positions, vehicles or members is one on himself (قصف مواقع داعش, قصف مواقعه), and so is
one on what carries him (حافلة تقل سياحا). Word indexes count from 1.
"""

from __future__ import annotations

from extractors.antecedents import antecedent_of
from extractors.base import Mention
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import definite, has_pronoun, is_adjective, noun_phrase_end
from extractors.status import speaker_of
from extractors.type_groups import ARMED

#: Who has aircraft and positions.
_OWNERS_OF_ARMS = ARMED | {"GovernmentBody"}
_LOOK_AHEAD = 7


def resolve(participants: Participants, sentence: int, index: int, *, places: bool = True) -> str | None:
    """The entity that the word at `index` stands for, or None."""
    mention = resolve_mention(participants, sentence, index, places=places)
    if mention is not None:
        return mention.entity
    words = participants.clauses[sentence].words
    if words[index - 1].upos == "PRON":
        return antecedent_of(participants, sentence, words[index - 1])
    if has_pronoun(words, index - 1) and _passes(participants, sentence, index):
        # قصف مواقعه, شنت طائراتها: whose they are; "استهدفوا مواقعنا": those of who says it
        if fold(words[index].text) in function_words("ours"):
            speaker = speaker_of(sentence, index, participants.reading.statements)
            return speaker if speaker and participants.entity(speaker).type in _OWNERS_OF_ARMS else None
        return antecedent_of(participants, sentence, words[index], among=_OWNERS_OF_ARMS)
    return None


def resolve_mention(
    participants: Participants, sentence: int, index: int, *, places: bool = True
) -> Mention | None:
    """The mention meant by a word: its own, or the one that its noun passes the act to."""
    mention = participants.mention_at(sentence, index, places=places)
    words, keys = participants.clauses[sentence].words, participants.clauses[sentence].keys
    if keys[index - 1] in function_words("sake") and keys[index - 2 : index - 1] in (["ل"], ["علي"]):
        named = [m for m in participants.by_sentence[sentence] if m.first == index + 1 and m.kind != "place"]
        mention = max(named, key=lambda m: m.last, default=mention)
        if named:
            return mention
    if (carried := _carried(participants, sentence, index)) is not None:
        return carried
    thing = keys[index - 1] in transparent("positions") or keys[index - 1] in transparent("vehicles")
    # Of the nouns that head mentions only those for things give way (مواقع داعش, not قوات الأمن), and
    # these not where they stand for their owner already (طائرات تركية).
    own = mention is not None and not (
        thing
        and mention.rule in ("head noun", "place noun")
        and participants.entity(mention.entity).label_ar == mention.label
    )
    if mention is None and places and (part := _part_of_place(participants, sentence, index)) is not None:
        return part
    if not own and keys[index - 1] in function_words("counterparts"):
        return _counterpart(participants, sentence, index) or mention
    if own or not _passes(participants, sentence, index) or has_pronoun(words, index - 1):
        return mention
    return _within(participants, sentence, index) or mention


def _passes(participants: Participants, sentence: int, index: int) -> bool:
    """Whether a noun passes the act on to whom it is of (مواقع داعش, طائرات التحالف, عدد من الجنود)."""
    keys = participants.clauses[sentence].keys
    key = keys[index - 1]
    if key == "هدف" and index > 1 and keys[index - 2] == "ب":
        return False  # بهدف: the aim, not a target
    return (
        key
        in transparent("positions")
        | transparent("vehicles")
        | transparent("members")
        | function_words("quantifiers")
        | transparent("remains")
        | transparent("belongings")
        or key.isdigit()
        or (key in function_words("beside") and index > 1 and keys[index - 2] == "الي")
    )


def _within(participants: Participants, sentence: int, index: int) -> Mention | None:
    """The first actor named in the phrase that the noun heads: in its idafa, after ل / من / تابعة ل."""
    clause = participants.clauses[sentence]
    end = noun_phrase_end(clause.words, index - 1) + 1
    limit = min(len(clause.words), index + _LOOK_AHEAD)
    tied = stopped = False
    while (
        end < limit
        and clause.words[end].upos in ("ADP", "ADJ", "NOUN", "PUNCT", "X", "PROPN", "DET")
        and clause.keys[end] not in (fold("في"), fold("ب"), fold("قرب"))
    ):
        closed = definite(clause.words[end - 1]) or is_adjective(clause.words[end - 1])
        # قصفت الطائرات حي X: the next noun opens a phrase of its own; أغارت طائرات على مواقع X
        stopped = not tied and clause.words[end].upos == "NOUN" and closed
        if clause.words[end].upos == "ADP" and clause.keys[end] not in function_words("of_whom"):
            stopped = True
        if stopped:
            break
        tied = tied or clause.words[end].upos == "ADP"
        end += 1
    inner = [
        m
        for m in participants.by_sentence[sentence]
        if index < m.first <= end + (not stopped) and m.kind in ("actor", "state")
    ]
    if inner:
        return min(inner, key=lambda m: (m.first, -m.last))
    for position in range(index, min(len(clause.words), index + 3)):
        nisba = load_gazetteer().nisba(clause.keys[position])
        if nisba:
            return next((m for m in participants.reading.mentions if m.key == nisba.key), None)
    return None


def _part_of_place(participants: Participants, sentence: int, index: int) -> Mention | None:
    """The place named right behind a word for a part of one (شمال سوريا), or for most or all of one (معظم
    المدينة، غالبية جنوب البلاد).
    """
    key = participants.clauses[sentence].keys[index - 1]
    here = [m for m in participants.by_sentence[sentence] if m.first == index + 1]
    if key in transparent("place_parts"):
        return next(iter(here), None)
    centre = key in function_words("seats") and any(m.type == "City" for m in here)  # مركز المدينة
    whole = centre or key in function_words("some_of")
    return next((m for m in here if m.kind == "place"), None) if whole else None


def _carried(participants: Participants, sentence: int, index: int) -> Mention | None:
    """Who is in a vehicle (حافلة تقل سياحا، سيارة كانت تقل X)."""
    keys = participants.clauses[sentence].keys
    i = index
    while i < min(len(keys), index + _LOOK_AHEAD) and keys[i] in function_words("carried_before"):
        i += 1
    if keys[i : i + 1] == [] or keys[i] not in function_words("carries"):
        return None
    return next(
        (m for m in participants.by_sentence[sentence] if m.first == i + 2 and m.kind == "actor"), None
    )


def _counterpart(participants: Participants, sentence: int, index: int) -> Mention | None:
    """The person named behind نظيره, its adjective between (نظيره القطري خالد العطية)."""
    words = participants.clauses[sentence].words
    end = index
    while end < len(words) and (words[end].upos == "PRON" or is_adjective(words[end])):
        end += 1
    here = (
        m for m in participants.by_sentence[sentence] if index < m.first <= end + 1 and m.type == "Person"
    )
    return next(here, None)


def bodies_within(participants: Participants, entity: str) -> list[str]:
    """The bodies named within the mentions of an unnamed group (15 عنصرا من داعش -> داعش)."""
    found: list[str] = []
    for mention in participants.reading.mentions:
        if mention.entity != entity or mention.form not in ("group", "description", "members"):
            continue
        for inner in participants.by_sentence[mention.sentence]:
            inside = mention.first < inner.first and inner.last <= mention.core
            if (
                inside
                and inner.kind in ("actor", "state")
                and inner.entity != entity
                and inner.entity not in found
            ):
                found.append(inner.entity)
    return found
