"""Speech and help about another's act: who is judged by his deed, asked for his act, helped beside it.

"نددت بالغارات الإسرائيلية" condemns Israel; "طالب بانسحاب القوات التركية" asks the Turkish forces; in "تقدمت
الفصائل بدعم من تركيا" Turkey helps who advances.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.clause import Clause
from extractors.detection import Found
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.phrases import is_adjective
from extractors.reporting import load_reporting
from extractors.triggers import load_triggers
from extractors.verb_arguments import verb_slots
from schema.ontology import load_ontology

if TYPE_CHECKING:
    from extractors.roles import Roles

#: Types whose noun may tell how another act is done (بدعم من X).
HELP = frozenset({"Aid", "Support"})
#: Types of what is said for or against somebody by way of his deed or stance.
_JUDGING = frozenset({"Condemnation", "Support", "Rejection"})
#: Types that name what will be done to whom (هدد بقصف X, حكم بإعدام X).
ANNOUNCED = frozenset({"Threat", "Prosecution"})
#: What is said, which can be refused or denied as such.
_SAID = frozenset({"Demand", "Accusation", "Condemnation", "Rejection", "Threat", "Statement"})


#: How far behind a word of training its place may stand, and behind that its owner.
_TRAINING_REACH, _OWNER_REACH = 9, 5


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
        if type_.symmetric and item.trigger.type != "Rejection" and deed.slots.get("gen"):
            return roles.filler(deed, deed.slots.get("gen")[0], "gen", "actor")  # أشاد بمشاركة العشائر
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


def done_to(roles: Roles, item: Found) -> list[str]:
    """To whom the deed is done that a threat or a sentence names: هدد بقصف X, قضت المحكمة بسجن X."""
    topics = [f for slot, role in item.trigger.frame.items() if role == "topic" for f in item.slots.get(slot)]
    for topic in topics:
        for first in range(topic, topic + 3):  # هدد بشن هجمات على X: the light noun lends its place
            deed = roles.nouns.get((item.sentence, first))
            if deed is not None and (found := roles.of(deed).get("recipient")):
                return list(found)
    return []


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


def trainer_of(roles: Roles, item: Found) -> list[str]:
    """Whose camp or program the training is in: "تدربوا في معسكرات للحرس", "ضمن برنامج أمريكي"."""
    clause = roles.participants.clauses[item.sentence]
    if fold(item.trigger.lemma) not in function_words("training"):
        return []
    for i in range(item.last, min(len(clause.words), item.last + _TRAINING_REACH)):
        if clause.words[i].text in (".", "؛", ":") or clause.words[i].upos == "VERB":
            return []
        if clause.keys[i] in function_words("training_places"):
            return owner_of(roles, item.sentence, i + 1)
    return []


def owner_of(roles: Roles, sentence: int, begin: int) -> list[str]:
    """The actor named in the phrase behind a noun: in its idafa, after ل, by an adjective, or as who
    leads it (برنامج تقوده واشنطن).
    """
    clause = roles.participants.clauses[sentence]
    here = [m for m in roles.participants.by_sentence[sentence] if m.kind != "place"]
    for i in range(begin, min(len(clause.words), begin + _OWNER_REACH)):
        owners = [m for m in here if m.first == i + 1 and m.form != "nisba"]
        if owners:
            return [max(owners, key=lambda m: m.last).entity]
        if is_adjective(clause.words[i]) and (state := roles.adjective(sentence, i + 1)):
            return [state]
        led = load_triggers().lookup(clause.words[i].text)
        leads = any(fold(m.trigger.lemma) in function_words("leading") for m in led)
        if clause.keys[i] in ("في", "على", "و") or (clause.words[i].upos == "VERB" and not leads):
            return []
    return []


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


def accused_of(roles: Roles, item: Found, verb: int) -> list[str]:
    """Who is accused of the act that stands behind ب: "اتهمت واشنطن طهران بتزويد الحوثيين بالصواريخ"."""
    clause = roles.participants.clauses[item.sentence]
    charges = [m for m in load_triggers().lookup(clause.word(verb).text) if m.trigger.type == "Accusation"]
    behind = clause.keys[item.first - 2 : item.first - 1] == ["ب"]
    if not charges or not behind or not verb < item.first or "obj" not in charges[0].trigger.frame:
        return []
    slots = verb_slots(clause, verb, charges[0].features)
    accused = slots.get("subj") if slots.passive else slots.get("obj")
    return [e for f in accused[:1] if f < item.first for e in roles.named_at(item, f)]
