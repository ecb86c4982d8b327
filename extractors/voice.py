"""Whether a verb is passive: Arabic writes قَتل and قُتل alike, so that what stands round it must tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.detection import Found
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.referents import resolve, resolve_mention
from extractors.type_groups import AUTHORITIES, HARM_TO_PEOPLE
from schema.ontology import load_ontology

if TYPE_CHECKING:
    from extractors.roles import Roles

#: On the first letter of a past verb it tells the passive (قُتلوا).
_DAMMA = "\u064f"
#: Acts of speech that news tells of who does them, seldom in the passive.
_SPOKEN = frozenset({"Threat", "Condemnation", "Rejection", "Support"})
#: The classes of words without an entity that say how or when rather than whom.
_ADVERBIAL = frozenset({"ADJ", "ADV", "ADP"})


def is_passive(roles: Roles, item: Found) -> bool:
    """By form, by the tagger, or because a verb that needs an object has only a subject."""
    if not item.verbal or "obj" not in item.trigger.frame:
        return False
    type_ = item.trigger.type
    if type_ and load_ontology().event_type(type_).symmetric:
        return False  # both parties may be the subject (التقى أوباما وأردوغان)
    verb = roles.participants.clauses[item.sentence].word(item.first)
    written = roles.reading.document.span(verb.start, verb.end).text
    if item.features.voice == "passive" or (item.features.tense == "past" and written[1:2] == _DAMMA):
        return True
    clause = roles.participants.clauses[item.sentence]
    if type_ == "Accusation" and not item.slots.get("obj") and clause.relative_before(item.first) is not None:
        return True  # الهجوم الذي نسب إلى X، الوزير الذي اتهم بالفساد
    if item.slots.get("obj") and not _harms_nobody(roles, item):
        # "قتل سبعة عراقيين" opens its sentence, "الذي قتل فيه سبعة" describes something else: nobody is
        # named there who could have killed them.
        relative = roles.participants.clauses[item.sentence].relative_before(item.first) is not None
        named = any(s == item.sentence for s, *_ in roles.doers) and not relative
        alone = not item.slots.get("subj") and not named
        return alone and item.features.voice == "either" and item.trigger.type in HARM_TO_PEOPLE
    if item.slots.get("by") or item.slots.passive:
        return True
    subjects = item.slots.get("subj")
    if not subjects or item.features.voice == "active":
        return False
    mention = resolve_mention(roles.participants, item.sentence, subjects[0])
    if mention is not None and roles.entities[mention.entity].type in AUTHORITIES:
        return False
    if item.trigger.type in _SPOKEN:
        return False  # هدد زعيم الجماعة بشن هجمات: without an object people do it by what they say
    if item.trigger.type in HARM_TO_PEOPLE:
        return True
    if mention is None or roles.entities[mention.entity].type not in ("Population", "Person"):
        return False
    head = load_gazetteer().head(roles.participants.clauses[item.sentence].word(subjects[0]).text)
    # استهدف انتحاري بسيارة مفخخة حاجزا: who is called by his attack does it
    return head is None or fold(head.head.noun) not in function_words("attackers")


def _harms_nobody(roles: Roles, item: Found) -> bool:
    """Whether a verb of harm that may be passive has people as subject and no object who is somebody:
    what looks like one belongs to another clause (جنود قتلوا في انفجار قنبلة زرعها X).
    """
    if item.trigger.type not in HARM_TO_PEOPLE or item.features.voice != "either":
        return False
    resolved = [resolve(roles.participants, item.sentence, f) for f in item.slots.get("subj")]
    people = [r for r in resolved if r and roles.entities[r].type in ("Population", "Person")]
    return bool(people) and not any(_may_be_harmed(roles, item, o, people) for o in item.slots.get("obj"))


def _may_be_harmed(roles: Roles, item: Found, filler: int, subjects: Sequence[str]) -> bool:
    """Whether an object of a verb of harm can be one: not a body, nor part of the subject's own name, nor how
    or when it was done (قتل طفل حرقا), nor an unknown word behind a preposition.
    """
    clause = roles.participants.clauses[item.sentence]
    word = clause.word(filler)
    entity = resolve(roles.participants, item.sentence, filler)
    if entity in subjects:
        return False
    if entity is None or roles.entities[entity].kind == "place":
        if word.upos in _ADVERBIAL or filler in clause.times or word.deprel.startswith(("cc", "advmod")):
            return False
        between = clause.words[item.last : filler - 1]
        return word.upos == "PRON" or not any(w.upos == "ADP" for w in between)
    return roles.entities[entity].type in ("Person", "Population") or word.upos == "PRON"
