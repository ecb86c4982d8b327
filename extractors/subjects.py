"""The subject that a verb leaves out: the speaker of what is reported, or the doer of the verb before.

Arabic verbs carry their subject: "أعلنت الشرطة أنها قتلت" names it by a pronoun only, "قصفنا" by its ending,
"هاجموا … وقتلوا" not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.agreement import verb_agrees
from extractors.antecedents import last_named_as_several
from extractors.base import Entity, Reading
from extractors.clause import Clause
from extractors.detection import Found
from extractors.fillers import named_at
from extractors.lexicon_words import function_words
from extractors.spoken_of import OF_BODIES, speaker_as_subject
from extractors.triggers import load_triggers
from extractors.type_groups import ARMED, AUTHORITIES, HARM_TO_PEOPLE
from extractors.verb_arguments import verb_slots
from extractors.visits import visitor_who

if TYPE_CHECKING:
    from extractors.roles import Roles


def subjects_left_out(roles: Roles, item: Found) -> list[str]:
    """The subject a verb leaves out: who reports it (أنها قتلت), or those of the verb before it."""
    clause = roles.participants.clauses[item.sentence]
    speaker = speaker_as_subject(roles, item)
    if item.features.person == 1 and item.features.number == "p":
        return [speaker] if speaker and may_be_supplied(roles, item, speaker) else []
    subjects = [speaker] if speaker else _of_joined_verb(roles, clause, item)
    subjects = subjects or visitor_who(roles, item) or _of_main_verb(roles, clause, item)
    subjects = subjects or _verbs_before(clause, item, roles)
    if not speaker and (holder := _holder(roles, clause, item)):
        subjects = [holder]
    subjects = subjects or _speaker_before(roles.reading, item, roles.entities)
    if item.features.number == "p" and not any(_are_several(roles, item, s) for s in subjects):
        # تدربوا are people: the last named as several, rather than a body
        several = last_named_as_several(roles.participants, item.sentence, item.first)
        subjects = [several] if several else subjects
    return [s for s in subjects if may_be_supplied(roles, item, s)]


def _are_several(roles: Roles, item: Found, entity: str) -> bool:
    """Whether the text calls an entity by a plural right before the verb: people, or the fighters of a
    group (قتل المسلحون جنديا وأحرقوا).
    """
    return roles.entities[entity].type == "Population" or any(
        m.entity == entity and m.number == "p" and m.gender == "m" and m.last < item.first
        for m in roles.participants.by_sentence[item.sentence]
    )


def may_be_supplied(roles: Roles, item: Found, entity: str) -> bool:
    """Whether a doer that the sentence does not state may be supplied: operations are of bodies, not of
    persons, and those in power do not take to the street.
    """
    type_ = roles.entities[entity].type
    if item.trigger.type == "Protest":
        return type_ not in AUTHORITIES | {"MediaOutlet"}
    return item.trigger.type not in OF_BODIES or type_ != "Person"


def _speaker_before(reading: Reading, item: Found, entities: Mapping[str, Entity]) -> list[str]:
    """Who spoke right before in the sentence, where the verb is not part of what he says (تحدث X في لشبونة
    حيث يلتقي نظيره).
    """
    before = [s for s in reading.statements if s.sentence == item.sentence and s.cue.index < item.first]
    if not before or any(s.contains(item.sentence, item.first) for s in reading.statements):
        return []
    speaker = before[-1].speaker
    return [speaker] if speaker and verb_agrees(item.features, entities[speaker]) else []


def _verbs_before(clause: Clause, item: Found, roles: Roles) -> list[str]:
    """The doers of the last verb before it that agrees, in its sentence, or of the verbal noun with an object
    of its own (بعد تحرير القوات المدينة); of the sentence before only where no other verb in between tells an
    event.
    """
    # No set: those whom one verb tells would come in an order that differs from process to process.
    subjects = sorted(dict.fromkeys((*roles.doers, *roles.noun_doers)), key=lambda d: d[:2])
    harm_alone = (
        item.trigger.type in HARM_TO_PEOPLE and item.features.gender == "m" and item.features.number == "s"
    )
    told = any(w.upos == "VERB" and load_triggers().lookup(w.text) for w in clause.words[: item.first - 1])
    for sentence, first, entity in reversed(subjects):
        if sentence < item.sentence - 1 or (sentence == item.sentence and first >= item.first):
            continue
        if (harm_alone or told) and sentence != item.sentence:
            return []
        if verb_agrees(item.features, roles.entities[entity]):
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
    return [e for e in named if verb_agrees(item.features, roles.entities[e])]


def _of_main_verb(roles: Roles, clause: Clause, item: Found) -> list[str]:
    """The subject of the verb before it where that one tells no doer of an event, so that the two have one
    subject (وصل الوزير إلى الرياض حيث التقى الملك).
    """
    for i in range(item.first - 2, -1, -1):
        word = clause.words[i]
        if word.upos != "VERB" or clause.keys[i] in function_words("auxiliaries"):
            continue
        verb = i + 1
        told = any(s == item.sentence and f == verb for s, f, _ in roles.doers)
        if told or not _under_one(roles, item, verb):
            return []
        if clause.antecedent(verb) is not None and not _is_dated(clause, item.first):
            return []
        readings = load_triggers().lookup(word.text)
        slots = verb_slots(clause, verb, next((m.features for m in readings), None))
        if slots.passive or any(m.trigger.type in HARM_TO_PEOPLE for m in readings):
            return []
        behind = clause.antecedent(verb) is not None  # خطة وضعتها قيادة التحالف بعد أن زودت الثوار
        subjects = [f for f in slots.get("subj")[:1] if f < item.first and (f > verb or not behind)]
        named = [e for f in subjects for e in named_at(roles, item, f)]
        return [e for e in named if verb_agrees(item.features, roles.entities[e])]
    return []


def _is_dated(clause: Clause, first: int) -> bool:
    """Whether أن after a preposition of time opens the verb's clause (بعد أن، قبل أن)."""
    before = clause.keys[max(0, first - 4) : first - 1]
    times = function_words("time_or_matter")
    return any(a in times and b in function_words("that") for a, b in pairwise(before))


def _under_one(roles: Roles, item: Found, verb: int) -> bool:
    """Whether two verbs of a sentence are told by the same voice."""
    statements = roles.reading.statements
    return all(s.contains(item.sentence, item.first) == s.contains(item.sentence, verb) for s in statements)


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
        if named and verb_agrees(item.features, entity) and mention.last != clause.antecedent(item.first):
            return entity.id
    return None
