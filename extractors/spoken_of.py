"""Whom a speaker means by himself: أعلنت الحركة أنها قتلت, سيطرنا على البلدة, قواتنا دمرت.

The pronoun right behind أن is the speaker's, whoever was named in between. "We" of a man who speaks for a
body is that body where arms are told of: a commander takes no town by himself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.agreement import verb_agrees
from extractors.clause import Clause
from extractors.detection import Found
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.status import speaker_of
from extractors.type_groups import AUTHORITIES, FIGHTERS, HARM, STRIKES

if TYPE_CHECKING:
    from extractors.roles import Roles

#: What bodies do, and no single person.
OF_BODIES = frozenset({"Airstrike", "Shelling", "Campaign", "Capture", "Bombing"})
#: What "we" of one who speaks for a body have done together.
_OF_ARMS = OF_BODIES | STRIKES | HARM | {"Clash", "Siege", "Arrest", "Abduction", "Search", "Deployment"}


def speaker_as_subject(roles: Roles, item: Found) -> str | None:
    """Who reports the verb, where its subject is "we" or the pronoun right after أن ("أعلنت … أنها قتلت")."""
    speaker = speaker_of(item.sentence, item.first, roles.reading.statements)
    if speaker is None:
        return None
    if item.features.person == 1:
        return side_of(roles.participants, speaker) if item.trigger.type in _OF_ARMS else speaker
    clause = roles.participants.clauses[item.sentence]
    if not _is_after_that(clause, item.first):
        return None
    return speaker if verb_agrees(item.features, roles.entities[speaker]) else None


def side_of(participants: Participants, speaker: str) -> str | None:
    """The body that a speaker says "we" of: he himself where he is one, else the one that his post names."""
    if participants.entity(speaker).type != "Person":
        return speaker
    for mention in participants.reading.mentions:
        if mention.entity != speaker:
            continue
        for inner in participants.by_sentence[mention.sentence]:
            entity = participants.entity(inner.entity)
            if inner is not mention and mention.covers(inner.first) and entity.type in FIGHTERS | AUTHORITIES:
                return entity.id
    return None


def _is_after_that(clause: Clause, first: int) -> bool:
    """Whether a verb's subject is the pronoun right behind أن or إن."""
    position = first - 2
    while position >= 0 and clause.keys[position] in function_words("before_verb"):
        position -= 1
    return (
        position >= 1
        and clause.words[position].upos == "PRON"
        and clause.keys[position - 1] in function_words("that")
    )
