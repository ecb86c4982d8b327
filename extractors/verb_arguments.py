"""The arguments of a verb: subject, object and prepositions.

The tree is asked first; `subject_agreement` tells which of its subjects and objects can be by their endings.
Where it is silent the surface answers (`word_order`): after a verb come subject and object in that order,
before it a topic. Relative clauses lend their antecedent (`relative_clauses`), coordinated nouns share the
slot.
Indexes are word indexes, from 1.
"""

from __future__ import annotations

from extractors.arguments import Slots, add_prepositions, is_bearing
from extractors.clause import Clause
from extractors.document import Word
from extractors.inflection import Features
from extractors.lexicon_words import function_words
from extractors.phrases import QUOTES, has_pronoun
from extractors.relative_clauses import antecedent_fills
from extractors.subject_agreement import by_case, is_plural
from extractors.triggers import slot_of
from extractors.word_order import (
    object_behind_subject,
    object_beyond,
    subject_first,
    surface_arguments,
    tells_manner,
)


def verb_slots(clause: Clause, index: int, features: Features | None = None) -> Slots:
    """The slots round a verb; its form's `features` tell which nouns can be its subject."""
    slots = Slots()
    slots.passive = clause.word(index).feats.get("Voice") == "Pass"
    for child in clause.children[index]:
        outside = clause.aside_of(child.index - 1) in (None, clause.aside_of(index - 1))
        if outside and not clause.is_complement(child.index, index):
            _sort_dependent(clause, slots, child)
    if not slots.get("subj"):
        slots.fillers["subj"] = _of_auxiliary(clause, index)
    opened = _begun_at(clause, index)
    if opened is not None:
        slots.fillers["subj"] = [f for f in slots.get("subj") if f > opened]
    slots.fillers["subj"] = [f for f in slots.get("subj") if not _is_expletive(clause, f, index, features)]
    _one_subject(clause, slots, index)
    _joined_subject(clause, slots, index)
    by_case(clause, slots, index)
    subject_first(clause, slots, index, features)
    object_behind_subject(clause, slots, index)
    object_beyond(clause, slots, index)
    slots.fillers["obj"] = [
        f for f in slots.get("obj") if not (_is_part(clause, f, slots.get("subj")) or tells_manner(clause, f))
    ]
    _pronoun_object(clause, slots, index)
    antecedent_fills(clause, slots, index, features)
    surface_arguments(clause, slots, index, features)
    twin = clause.twin(index)
    several = is_plural(clause, index) or (features is not None and features.number == "d")
    if twin is not None and is_plural(clause, twin) != several:
        twin = None  # "173 مدنيا قتلوا وأصيب العشرات", "جنديان قتلا وأصيب ثالث": two clauses
    if twin is not None and not any(f > index for f in (*slots.get("subj"), *slots.get("obj"))):
        shared = verb_slots(clause, twin, features)
        for slot in ("subj", "obj"):
            for filler in shared.get(slot):
                slots.add(slot, filler)
    add_prepositions(clause, slots, index)
    for slot in list(slots.fillers):
        for filler in list(slots.fillers[slot]):
            for other in clause.coordinated(filler):
                # What is joined behind the object is one (يحارب الجيش الحوثيين وقوات صالح).
                behind = slot == "subj" and any(index < filler < o < other for o in slots.get("obj"))
                slots.add("obj" if behind else slot, other)
    return slots


def intransitive(slots: Slots, index: int) -> Slots:
    """The slots of a verb that takes no object: what the tree has as one, right behind it, is its subject.

    خرج متظاهرون: protesters went out.
    """
    behind = [o for o in slots.get("obj") if o > index]
    if not behind or any(s < behind[0] for s in slots.get("subj")):
        return slots
    others = [o for o in slots.get("obj") if o not in behind[:1]]
    return Slots({**slots.fillers, "subj": behind[:1], "obj": others}, slots.passive)


def _of_auxiliary(clause: Clause, index: int) -> list[int]:
    """The subject that the tree gives the auxiliary right before a verb (ثلاثة جنود كانوا قد قتلوا)."""
    head = clause.word(index).head
    between = clause.keys[head : index - 1]
    if not 0 < head < index or between not in ([], ["قد"]):
        return []
    if clause.keys[head - 1] not in function_words("auxiliaries"):
        return []
    subjects = (c.index for c in clause.children[head] if c.deprel.startswith("nsubj"))
    return [s for s in subjects if s < head][:1]


def _begun_at(clause: Clause, index: int) -> int | None:
    """The position where the verb's clause begins: behind the mark that opens speech, or a colon (المرصد:
    التحالف يقصف). None where neither stands before it.
    """
    colon = next((i for i in range(index - 2, -1, -1) if clause.words[i].text in (":", ".")), None)
    opened = clause.quoted_from(index)
    return colon if opened is None else opened


def _is_expletive(clause: Clause, filler: int, index: int, features: Features | None) -> bool:
    """Whether a pronoun before a feminine verb is masculine and so means nobody (أفاد أنه قصفت قوات
    النظام).
    """
    return (
        features is not None
        and (features.gender, features.number) == ("f", "s")
        and filler < index
        and clause.word(filler).upos == "PRON"
        and clause.keys[filler - 1] == "ه"
    )


def _sort_dependent(clause: Clause, slots: Slots, child: Word) -> None:
    """A dependent of the verb in the tree goes to the slot of its preposition or relation."""
    relation = child.deprel.split(":")[0]
    if (
        relation in ("punct", "cc", "mark", "aux", "advcl", "ccomp", "parataxis", "conj")
        or child.upos == "VERB"
    ):
        return
    case = clause.case(child.index)
    if case is not None:
        slot = slot_of(case)
        before = next(c.index for c in clause.children[child.index] if c.deprel.startswith("case"))
        if slot and not is_bearing(clause, before - 1):
            slots.add(slot, child.index)
        return
    if relation in ("nsubj", "csubj"):
        slots.passive = slots.passive or child.deprel.endswith(":pass")
        slots.add("subj", child.index)
    elif relation in ("obj", "iobj"):
        slots.add("obj2" if slots.get("obj") else "obj", child.index)


def _one_subject(clause: Clause, slots: Slots, index: int) -> None:
    """A verb has one subject: of two that the tree gives, the later is the object if it stands behind it."""
    subjects = sorted(slots.get("subj"))
    if len(subjects) > 1:
        after = [s for s in subjects if s > index]
        subject = after[0] if after else subjects[0]
        slots.fillers["subj"] = [subject]
        for other in subjects:
            if other > max(subject, index) and not slots.get("obj"):
                slots.add("obj", other)


def _joined_subject(clause: Clause, slots: Slots, index: int) -> None:
    """What و joins to something right before a plural verb is its subject with the subject that stands before
    it, whatever noun the tree joins it to (إن قياديا في التنظيم وخمسة مسلحين قتلوا).
    """
    if not is_plural(clause, index) or not any(f < index for f in slots.get("subj")):
        return
    before = index - 1
    while before > 1 and clause.word(before).upos == "ADJ" and before not in clause.phrases.values():
        before -= 1
    for first, last in clause.phrases.items():
        if last == before and first > max(slots.get("subj")) and clause.keys[first - 2] == "و":
            slots.add("subj", first)


def _is_part(clause: Clause, index: int, others: list[int]) -> bool:
    """Whether a word only continues another filler: joined by و, singled out of it, or within its mention."""
    before = index - 2
    while before >= 0 and clause.words[before].text in QUOTES:
        before -= 1
    if before >= 0 and clause.keys[before] == "و":
        return True
    if (
        before >= 1
        and clause.words[before].upos == "PRON"
        and clause.keys[before - 1] in function_words("inclusion")
    ):
        return True
    return any(first < index <= last for first, last in clause.phrases.items() if first in others)


def _pronoun_object(clause: Clause, slots: Slots, index: int) -> None:
    """A suffix pronoun on the verb is its object."""
    if has_pronoun(clause.words, index - 1):
        behind = sorted(o for o in (*slots.get("obj"), *slots.get("obj2")) if o > index + 1)
        if behind and not any(s > index for s in slots.get("subj")):
            # With its object as a suffix the verb has its subject behind it (هجوم شنه مسلحون).
            slots.fillers["subj"] = behind[:1]
            slots.fillers["obj2"] = []
        slots.fillers["obj"] = [index + 1]
