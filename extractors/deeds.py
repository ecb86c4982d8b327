"""Speech and help about another's act: who is judged by his deed, asked for his act, helped beside it.

"نددت بالغارات الإسرائيلية" condemns Israel; "طالب بانسحاب القوات التركية" asks the Turkish forces; in "تقدمت
الفصائل بدعم من تركيا" Turkey helps who advances.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.clause import Clause
from extractors.detection import Found
from extractors.lexicon_words import function_words, transparent
from extractors.phrases import is_adjective
from extractors.reporting import load_reporting
from extractors.triggers import load_triggers
from schema.ontology import load_ontology

if TYPE_CHECKING:
    from extractors.roles import Roles

#: Types whose noun may tell how another act is done (بدعم من X).
HELP = frozenset({"Aid", "Support"})
#: Types of what is said for or against somebody by way of his deed or stance.
_JUDGING = frozenset({"Condemnation", "Support", "Rejection"})
#: What is said, which can be refused or denied as such.
_SAID = frozenset({"Demand", "Accusation", "Condemnation", "Rejection", "Threat", "Statement"})


def whose(roles: Roles, item: Found, filler: int) -> str | None:
    """Whose deed or stance is judged: "نددت بالغارات الإسرائيلية", "أيدت موقف تركيا"."""
    if item.trigger.type not in _JUDGING:
        return None
    clause = roles.participants.clauses[item.sentence]
    for i in range(filler, min(len(clause.words), filler + 3)):
        if not is_adjective(clause.words[i]):
            break
        if state := roles.adjective(item.sentence, i + 1):
            return state
    deed = roles.nouns.get((item.sentence, filler))
    if deed is not None and deed.trigger.type is not None:
        type_ = load_ontology().event_type(deed.trigger.type)
        if type_.symmetric and item.trigger.type == "Rejection":
            # "ترفض التنسيق معها": with whom one will not do it
            parties = roles.of(deed)
            return next(iter((*parties.get("recipient", ()), *parties.get("partner", ()))), None)
        if not type_.symmetric and (item.trigger.type != "Rejection" or type_.name in _SAID):
            return next(iter(roles.of(deed).get("actor", ())), None)
    if clause.keys[filler - 1] in transparent("stances"):
        after = filler + 2 if clause.keys[filler : filler + 1] == ["ل"] else filler + 1
        here = roles.participants.by_sentence[item.sentence]
        return next((m.entity for m in here if m.first == after), None)
    return None


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
            doer = roles.filler(deed, deed.slots.get("gen")[0], "gen", "actor")
            return [doer] if doer and roles.entities[doer].kind != "place" else []
    return []


def sets_off(roles: Roles, item: Found, fillers: list[int]) -> bool:
    """Whether the idafa of a bombing names the group whose deed it is: تفجيرات داعش, not تفجير المسجد."""
    if item.trigger.type != "Bombing" or not fillers:
        return False
    mention = roles.participants.mention_at(item.sentence, fillers[0])
    return mention is not None and mention.first == fillers[0] and mention.type == "ArmedGroup"


def is_adjunct(clause: Clause, item: Found) -> bool:
    """Whether a noun after ب tells how something is done (بدعم من X), not what the verb takes by ب
    (قام بدعم X، تعهد بدعم X).
    """
    if clause.keys[item.first - 2 : item.first - 1] != ["ب"]:
        return False
    if item.slots.get("من"):
        return True
    index = clause.governing_verb(item.first)
    if index is None:
        return True
    verb = clause.word(index).text
    takes = any("ب" in m.trigger.frame for m in load_triggers().lookup(verb))
    return not takes and not load_reporting().lookup(verb)


def means_of(roles: Roles, item: Found) -> list[str]:
    """Whose means help, where only these are named: "مدعومة بطيران التحالف", "مدعومين بغطاء جوي روسي"."""
    clause = roles.participants.clauses[item.sentence]
    for means in item.slots.get("ب"):
        found = roles.participants.resolve_mention(item.sentence, means, places=False)
        if found is not None:
            return [found.entity]
        for i in range(means, min(len(clause.words), means + 3)):
            owner = next((m for m in roles.participants.by_sentence[item.sentence] if m.first == i + 1), None)
            if owner is not None and owner.kind != "place":
                return [owner.entity]
            if clause.words[i].upos not in ("NOUN", "ADJ"):
                break
            if state := roles.adjective(item.sentence, i + 1):
                return [state]
    return []
