"""Who helps whom, where the circumstances tell it: "تقدمت الفصائل بدعم من تركيا", "تدربوا في معسكرات للحرس".

A noun of help behind ب tells how another act is done: who acts there is helped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.clause import Clause
from extractors.control import doers_by_governor
from extractors.detection import Found
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import is_adjective, is_mark
from extractors.referents import resolve_mention
from extractors.reporting import load_reporting
from extractors.triggers import fits, load_triggers
from extractors.type_groups import HELP, SAID

if TYPE_CHECKING:
    from extractors.roles import Roles

#: How far behind a word of training its place may stand, and behind that its owner.
_TRAINING_REACH, _OWNER_REACH = 9, 5
#: How far before ب and a noun of help a noun that takes it by ب may stand.
_CHARGE_REACH = 6


def is_helping(item: Found) -> bool:
    """Whether the trigger is a noun of help."""
    return item.trigger.type in HELP and item.trigger.kind in ("noun", "masdar")


def is_adjunct(clause: Clause, item: Found) -> bool:
    """Whether a noun after ب tells how something is done (بدعم من X), not what the verb takes by ب
    (قام بدعم X، تعهد بدعم X).
    """
    if clause.keys[item.first - 2 : item.first - 1] != ["ب"]:
        return False
    if item.slots.get("من"):
        return True
    if _is_charge(clause, item.first):
        return False
    index = clause.governing_verb(item.first)
    if index is None:
        return True
    verb = clause.word(index).text
    noun = [clause.word(item.first).text]
    takes = any(
        "ب" in m.trigger.frame and ("ب" not in m.trigger.with_ or fits(m.trigger, {"ب": noun}))
        for m in load_triggers().lookup(verb)
    )
    return not takes and not load_reporting().lookup(verb)


def _is_charge(clause: Clause, first: int) -> bool:
    """Whether a noun of accusation or demand stands before ب and the noun at `first`: it tells of what
    (اتهامات لروسيا بدعم الانفصاليين).
    """
    for i in range(first - 3, max(-1, first - 3 - _CHARGE_REACH), -1):
        if clause.words[i].upos == "VERB" or is_mark(clause.words[i]):
            return False
        readings = load_triggers().lookup(clause.words[i].text)
        if any(m.trigger.type in SAID and "ب" in m.trigger.frame for m in readings):
            return True
    return False


def with_helpers(roles: Roles, item: Found, found: dict[str, list[str]], *, beside: bool) -> None:
    """Adds who helps and, where help is told beside another act (`beside`), who is helped."""
    if beside and not found.get("actor") and item.slots.get("gen"):
        found["actor"] = _owner_of(roles, item.sentence, item.slots.get("gen")[0])
    if item.trigger.type in HELP and item.trigger.kind == "patient" and not found.get("actor"):
        found["actor"] = _means_of(roles, item)
    if beside and found.get("actor") and not found.get("recipient"):
        # "بدعم من X": who acts in the clause is helped by X.
        helped = doers_by_governor(roles, item) or _before(roles, item)
        found["recipient"] = [h for h in helped if h not in found["actor"]]


def _before(roles: Roles, item: Found) -> list[str]:
    """The actor named right before ب and a noun of help (فصائل سورية بدعم تركي)."""
    words = roles.participants.clauses[item.sentence].words
    return [
        m.entity
        for m in roles.participants.by_sentence[item.sentence]
        if m.last == item.first - 2
        and m.kind != "place"
        and (m.first < 2 or words[m.first - 2].upos != "ADP")  # تلقى أسلحة من فرنسا بتمويل من X
    ][:1]


def trainer_of(roles: Roles, item: Found) -> list[str]:
    """Whose camp or program the training is in: "تدربوا في معسكرات للحرس", "ضمن برنامج أمريكي"."""
    clause = roles.participants.clauses[item.sentence]
    if fold(item.trigger.lemma) not in function_words("training"):
        return []
    for i in range(item.last, min(len(clause.words), item.last + _TRAINING_REACH)):
        if clause.words[i].text in (".", "؛", ":") or clause.words[i].upos == "VERB":
            return []
        if clause.keys[i] in function_words("training_places"):
            return _owner_of(roles, item.sentence, i + 1)
    return []


def _owner_of(roles: Roles, sentence: int, begin: int) -> list[str]:
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


def _means_of(roles: Roles, item: Found) -> list[str]:
    """Whose means help, where only these are named: "مدعومة بطيران التحالف", "مدعومين بغطاء جوي روسي"."""
    clause = roles.participants.clauses[item.sentence]
    for means in item.slots.get("ب"):
        found = resolve_mention(roles.participants, item.sentence, means, places=False)
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
