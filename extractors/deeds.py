"""Speech about another's act: of whom it is asked, to whom it is to be done, who is accused of it.

"طالب بانسحاب القوات التركية" asks the Turkish forces; "هدد بقصف الرقة" threatens whom the deed would strike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.detection import Found
from extractors.fillers import filler_of, named_at
from extractors.lexicon_words import function_words
from extractors.obligations import required_behind
from extractors.triggers import load_triggers
from extractors.type_groups import HELP
from extractors.verb_arguments import verb_slots
from schema.ontology import load_ontology

if TYPE_CHECKING:
    from extractors.roles import Roles

#: What one does with others or for them.
_KIND = HELP | {name for name, type_ in load_ontology().event_types.items() if type_.symmetric} - {"Clash"}
#: Types that name what will be done to whom (هدد بقصف X, حكم بإعدام X).
ANNOUNCED = frozenset({"Threat", "Prosecution"})


def asked(roles: Roles, item: Found) -> list[str]:
    """Of whom something is demanded, where only the act is named: its doer (طالب بانسحاب القوات التركية)."""
    clause = roles.participants.clauses[item.sentence]
    topics = [f for slot, role in item.trigger.frame.items() if role == "topic" for f in item.slots.get(slot)]
    for topic in topics:
        while topic < len(clause.words) and clause.keys[topic - 1] in function_words("modalities"):
            topic += 1
        deed = roles.nouns.get((item.sentence, topic))
        if deed is None or not deed.slots.get("gen"):
            continue
        symmetric = deed.trigger.type is not None and load_ontology().event_type(deed.trigger.type).symmetric
        if symmetric or deed.trigger.frame.get("gen") == "actor":
            doer = filler_of(roles, deed, deed.slots.get("gen")[0], "gen", "actor")
            return [doer] if doer and roles.entities[doer].kind != "place" else []
    subject = required_behind(roles.participants, item.sentence, item.last)
    return [subject.entity] if subject is not None else []


def done_to(roles: Roles, item: Found) -> list[str]:
    """To whom the deed is done that a threat or a sentence names: هدد بقصف X, قضت المحكمة بسجن X."""
    topics = [f for slot, role in item.trigger.frame.items() if role == "topic" for f in item.slots.get(slot)]
    for topic in topics:
        for first in range(topic, topic + 3):  # هدد بشن هجمات على X: the light noun lends its place
            deed = roles.nouns.get((item.sentence, first))
            if deed is None or deed.trigger.type in _KIND:
                continue  # تعهد بدعم X، بالعمل مع X: no threat to him
            if found := roles.of(deed).get("recipient"):
                return list(found)
    return []


def accused_of(roles: Roles, item: Found, verb: int) -> list[str]:
    """Who is accused of the act that stands behind ب: "اتهمت واشنطن طهران بتزويد الحوثيين بالصواريخ"."""
    clause = roles.participants.clauses[item.sentence]
    charges = [m for m in load_triggers().lookup(clause.word(verb).text) if m.trigger.type == "Accusation"]
    behind = clause.keys[item.first - 2 : item.first - 1] == ["ب"]
    if not charges or not behind or not verb < item.first or "obj" not in charges[0].trigger.frame:
        return []
    slots = verb_slots(clause, verb, charges[0].features)
    accused = slots.get("subj") if slots.passive else slots.get("obj")
    return [e for f in accused[:1] if f < item.first for e in named_at(roles, item, f)]
