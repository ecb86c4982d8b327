"""The subject that a verb leaves out: the speaker of what is reported, or the doer of the verb before.

Arabic verbs carry their subject: "أعلنت الشرطة أنها قتلت" names it by a pronoun only, "قصفنا" by its ending,
"هاجموا … وقتلوا" not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from extractors.base import Entity, Reading
from extractors.clause import Clause
from extractors.detection import Found
from extractors.fillers import named_at
from extractors.lexicon_words import function_words
from extractors.status import speaker_of
from extractors.triggers import load_triggers
from extractors.type_groups import ARMED, AUTHORITIES, HARM_TO_PEOPLE, PEOPLE
from extractors.verb_arguments import verb_slots

if TYPE_CHECKING:
    from extractors.roles import Roles

#: What bodies do, and no single person.
_OF_BODIES = frozenset({"Airstrike", "Shelling", "Campaign", "Capture", "Bombing"})


def subjects_left_out(roles: Roles, item: Found) -> list[str]:
    """The subject a verb leaves out: who reports it (أنها قتلت), or those of the verb before it."""
    clause = roles.participants.clauses[item.sentence]
    speaker = _speaker_as_subject(roles.reading, clause, item, roles.entities)
    subjects = [speaker] if speaker else _of_joined_verb(roles, clause, item)
    subjects = subjects or _verbs_before(clause, item, roles.doers, roles.entities)
    if not speaker and (holder := _holder(roles, clause, item)):
        subjects = [holder]
    subjects = subjects or _speaker_before(roles.reading, item, roles.entities)
    if item.features.number == "p" and all(roles.entities[s].type != "Population" for s in subjects):
        # تدربوا are people: the last named as several, rather than a body
        several = roles.participants.last_named_as_several(item.sentence, item.first)
        subjects = [several] if several else subjects
    return [s for s in subjects if may_be_supplied(roles, item, s)]


def may_be_supplied(roles: Roles, item: Found, entity: str) -> bool:
    """Whether a doer that the sentence does not state may be supplied: operations are of bodies, not of
    persons, and those in power do not take to the street.
    """
    type_ = roles.entities[entity].type
    if item.trigger.type == "Protest":
        return type_ not in AUTHORITIES | {"MediaOutlet"}
    return item.trigger.type not in _OF_BODIES or type_ != "Person"


def _speaker_as_subject(
    reading: Reading, clause: Clause, item: Found, entities: Mapping[str, Entity]
) -> str | None:
    """Who reports the verb, where its subject is "we" or the pronoun right after أن ("أعلنت … أنها قتلت")."""
    speaker = speaker_of(item.sentence, item.first, reading.statements)
    if speaker is None:
        return None
    if item.features.person == 1:
        return speaker
    position = item.first - 2
    while position >= 0 and clause.keys[position] in function_words("before_verb"):
        position -= 1
    if (
        position < 1
        or clause.words[position].upos != "PRON"
        or clause.keys[position - 1] not in function_words("that")
    ):
        return None
    return speaker if agrees(item, entities[speaker]) else None


def _speaker_before(reading: Reading, item: Found, entities: Mapping[str, Entity]) -> list[str]:
    """Who spoke right before in the sentence, where the verb is not part of what he says (تحدث X في لشبونة
    حيث يلتقي نظيره).
    """
    before = [s for s in reading.statements if s.sentence == item.sentence and s.cue.index < item.first]
    if not before or any(s.contains(item.sentence, item.first) for s in reading.statements):
        return []
    speaker = before[-1].speaker
    return [speaker] if speaker and agrees(item, entities[speaker]) else []


def agrees(item: Found, entity: Entity) -> bool:
    """Whether a verb's ending can point back to the entity: by gender, and by number where it is people."""
    gender, number = item.features.gender, item.features.number
    if entity.type in PEOPLE and (number in ("p", "d")) != (entity.number in ("p", "d")):
        return entity.number is None or (number == "s" and gender == "f" == entity.gender)
    if entity.type in PEOPLE and number in ("p", "d"):
        return True
    if entity.type == "State" and number in ("p", "d"):
        return False
    return gender is None or entity.gender in (None, gender)


def _verbs_before(
    clause: Clause, item: Found, subjects: Sequence[tuple[int, int, str]], entities: Mapping[str, Entity]
) -> list[str]:
    """The doers of the last verb before it that agrees, in its sentence; of the sentence before only where no
    other verb in between tells an event.

    `subjects`: (sentence, first word of the trigger, doer) so far.
    """
    harm_alone = (
        item.trigger.type in HARM_TO_PEOPLE and item.features.gender == "m" and item.features.number == "s"
    )
    told = any(w.upos == "VERB" and load_triggers().lookup(w.text) for w in clause.words[: item.first - 1])
    for sentence, first, entity in reversed(subjects):
        if sentence < item.sentence - 1 or (sentence == item.sentence and first >= item.first):
            continue
        if (harm_alone or told) and sentence != item.sentence:
            return []
        if agrees(item, entities[entity]):
            return [e for s, f, e in subjects if (s, f) == (sentence, first)]
    return []


def _of_joined_verb(roles: Roles, clause: Clause, item: Found) -> list[str]:
    """The subject of the verb that the tree joins this one to by و, over relative clauses between (حققت
    القوات التي زودتها دول التحالف بالسلاح تقدما وطردت الحوثيين).
    """
    if not clause.word(item.first).deprel.startswith("conj"):
        return []
    verb = clause.word(item.first).head
    while verb and clause.word(verb).upos != "VERB":
        verb = clause.word(verb).head  # the parser may join it to the verb's object
    between = [f for s, f, _ in roles.doers if s == item.sentence and verb < f < item.first]
    if not 0 < verb < item.first or not any(clause.relative_before(f) is not None for f in between):
        return []  # the nearest verb before tells as well
    slots = verb_slots(clause, verb)
    named = [e for f in slots.get("subj")[:1] if not slots.passive for e in named_at(roles, item, f)]
    return [e for e in named if agrees(item, roles.entities[e])]


def _holder(roles: Roles, clause: Clause, item: Found) -> str | None:
    """Who takes the place that a relative clause without a subject describes (المناطق التي يسيطر عليها):
    the armed body named last before it that the verb's gender fits.
    """
    first = clause.relative_before(item.first)
    if first is None or item.trigger.type != "Capture":
        return None
    for mention in reversed(roles.participants.by_sentence[item.sentence]):
        entity = roles.entities[mention.entity]
        named = mention.last < first and mention.kind != "place" and entity.type in ARMED
        if named and agrees(item, entity) and mention.last != clause.antecedent(item.first):
            return entity.id
    return None
