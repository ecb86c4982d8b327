"""The arguments of a verb: subject, object and prepositions.

The tree is asked first. Where it is silent the surface answers: after a verb come subject and object in
that order (VSO), before it a topic (SVO). Relative clauses lend their antecedent, coordinated nouns share the
slot.
Indexes are word indexes, from 1.
"""

from __future__ import annotations

from extractors.arguments import Slots, add_prepositions, is_bearing
from extractors.clause import Clause
from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.inflection import Features
from extractors.lexicon_words import function_words, transparent
from extractors.phrases import QUOTES, RELATIVES, definite, has_pronoun, is_adjective, is_mark
from extractors.triggers import load_triggers, slot_of
from extractors.type_groups import DEALINGS


def verb_slots(clause: Clause, index: int, features: Features | None = None) -> Slots:
    """The slots round a verb; its form's `features` tell which nouns can be its subject."""
    slots = Slots()
    slots.passive = clause.word(index).feats.get("Voice") == "Pass"
    for child in clause.children[index]:
        outside = clause.aside_of(child.index - 1) in (None, clause.aside_of(index - 1))
        if outside and not clause.is_complement(child.index, index):
            _sort_dependent(clause, slots, child)
    opened = _begun_at(clause, index)
    if opened is not None:
        slots.fillers["subj"] = [f for f in slots.get("subj") if f > opened]
    slots.fillers["subj"] = [f for f in slots.get("subj") if not _is_expletive(clause, f, index, features)]
    _one_subject(clause, slots, index)
    _by_case(clause, slots, index)
    _subject_first(clause, slots, index, features)
    _object_behind_subject(clause, slots, index)
    _object_beyond(clause, slots, index)
    slots.fillers["obj"] = [
        f
        for f in slots.get("obj")
        if not (_is_part(clause, f, slots.get("subj")) or _tells_manner(clause, f))
    ]
    _pronoun_object(clause, slots, index)
    _relative(clause, slots, index, features)
    _surface_arguments(clause, slots, index, features)
    twin = clause.twin(index)
    several = _is_plural(clause, index) or (features is not None and features.number == "d")
    if twin is not None and _is_plural(clause, twin) != several:
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


def intransitive(slots: Slots, index: int) -> Slots:
    """The slots of a verb that takes no object: what the tree has as one, right behind it, is its subject.

    خرج متظاهرون: protesters went out.
    """
    behind = [o for o in slots.get("obj") if o > index]
    if not behind or any(s < behind[0] for s in slots.get("subj")):
        return slots
    others = [o for o in slots.get("obj") if o not in behind[:1]]
    return Slots({**slots.fillers, "subj": behind[:1], "obj": others}, slots.passive)


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


def _subject_first(clause: Clause, slots: Slots, index: int, features: Features | None) -> None:
    """Behind a verb the subject comes before the object (VSO): turn round what the tree has the other way."""
    subjects, objects = slots.get("subj"), slots.get("obj")
    if features is None or len(subjects) != 1 or len(objects) != 1 or not index < objects[0] < subjects[0]:
        return
    if clause.word(objects[0]).upos != "PRON" and _may_follow(clause, objects[0], features):
        slots.fillers["subj"], slots.fillers["obj"] = objects, subjects


def _object_behind_subject(clause: Clause, slots: Slots, index: int) -> None:
    """A name right behind a subject whose phrase is closed is the object (هدد الحرس الثوري إسرائيل): the
    parser tends to make it part of the subject.
    """
    subjects = [s for s in slots.get("subj") if s > index]
    if len(subjects) != 1 or slots.passive:
        return
    follower = clause.phrase_behind(subjects[0]) or _behind_deed(clause, subjects[0])
    if follower is None or follower in slots.get("obj"):
        return
    for other in slots.get("obj"):
        if other > follower:
            slots.add("obj2", other)
    slots.fillers["obj"] = [follower]


def _object_beyond(clause: Clause, slots: Slots, index: int) -> None:
    """The object of a verb of dealing with others, or fighting them, may stand beyond where it was or what is
    told of the subject (استقبل الرئيس في القاهرة العاهل الأردني; طالب العبادي، الذي زار برلين، المجتمع
    الدولي), which the parser takes for one phrase.
    """
    subjects = [s for s in slots.get("subj") if s > index]
    takes = any(
        m.trigger.type in DEALINGS | {"Campaign"} and m.trigger.frame.get("obj")
        for m in load_triggers().lookup(clause.word(index).text)
    )
    if len(subjects) == 1 and takes and not slots.get("obj") and not slots.passive:
        other = clause.phrase_beyond(subjects[0])
        if other is not None:
            slots.add("obj", other)


def _behind_deed(clause: Clause, subject: int) -> int | None:
    """Who or what stands right behind an indefinite deed and its adjectives, which close its phrase (قتلت
    غارة إسرائيلية القيادي X, استهدفت غارة جوية مواقع لداعش).
    """
    if definite(clause.word(subject)) or not _is_deed(clause.word(subject)):
        return None
    i = subject
    while i < len(clause.words) and is_adjective(clause.words[i]) and i + 1 not in clause.phrases:
        i += 1
    if i == subject or i == len(clause.words):
        return None
    return i + 1 if i + 1 in clause.phrases or clause.keys[i] in transparent("positions") else None


def _is_deed(word: Word) -> bool:
    return any(m.trigger.kind in ("noun", "masdar") for m in load_triggers().lookup(word.text))


def _by_case(clause: Clause, slots: Slots, index: int) -> None:
    """The ending of a plural or dual tells subject from object (ون, ان; ين), whatever the tree says."""
    for filler in [o for o in slots.get("obj") if o > index and _people_case(clause, o) == "Nom"]:
        if not slots.get("subj"):
            slots.fillers["obj"].remove(filler)
            slots.add("subj", filler)
    if slots.passive:
        return
    for filler in [f for f in slots.get("subj") if f > index and _people_case(clause, f) == "Acc"]:
        if not slots.get("obj"):
            slots.fillers["subj"].remove(filler)
            slots.add("obj", filler)


def _people_case(clause: Clause, index: int) -> str | None:
    """The case that a noun for people shows in its ending, None where it shows none."""
    key = clause.keys[index - 1]
    head = load_gazetteer().head(clause.word(index).text)
    if head is None or head.number not in ("p", "d") or has_pronoun(clause.words, index - 1):
        return None
    if key.endswith("ون") or (head.number == "d" and key.endswith("ان")):
        return "Nom"
    return "Acc" if key.endswith("ين") and not key.endswith("يين") else None


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


def _tells_manner(clause: Clause, index: int) -> bool:
    """Whether a word is an indefinite participle with a complement of its own, which tells in what state the
    subject acts (يقاتل الجيش مدعوما بمقاتلين من X فصائل المعارضة): no object.
    """
    return index not in clause.phrases and not definite(clause.word(index)) and clause.tells_more(index)


def _pronoun_object(clause: Clause, slots: Slots, index: int) -> None:
    """A suffix pronoun on the verb is its object."""
    if has_pronoun(clause.words, index - 1):
        behind = sorted(o for o in (*slots.get("obj"), *slots.get("obj2")) if o > index + 1)
        if behind and not any(s > index for s in slots.get("subj")):
            # With its object as a suffix the verb has its subject behind it (هجوم شنه مسلحون).
            slots.fillers["subj"] = behind[:1]
            slots.fillers["obj2"] = []
        slots.fillers["obj"] = [index + 1]


def _relative(clause: Clause, slots: Slots, index: int, features: Features | None) -> None:
    """In a relative clause the antecedent fills the slot of the relative or resumptive pronoun.

    After الذي a clause without resumptive pronoun has its antecedent as subject; without الذي (after an
    indefinite noun) a noun behind the verb comes first.
    """
    for slot, fillers in list(slots.fillers.items()):
        slots.fillers[slot] = [f for f in fillers if clause.keys[f - 1] not in RELATIVES]
    antecedent = clause.antecedent(index)
    if antecedent is None:
        antecedent = _deed_told_of(clause, index, features)
    if antecedent is None:
        return
    if _is_plural(clause, index):
        # دعم متمردين هاجموا X: the verb's ending shows that the people right before it are meant
        people = [f for f, la in clause.phrases.items() if la == index - 1 and _are_several(clause, f)]
        antecedent = (people or [antecedent])[0]
    if has_pronoun(clause.words, index - 1):
        slots.fillers["obj"] = [antecedent]
    elif _after_relative_pronoun(clause, index) and not _resumed(clause, index):
        displaced = [f for f in slots.get("subj") if f > index]
        slots.fillers["subj"] = [antecedent]
        if displaced and not slots.get("obj"):
            slots.fillers["obj"] = displaced
    elif _on_a_journey(clause, index) and not slots.get("obj"):
        # جولة يلتقي خلالها الرئيس السوري: whom the visitor meets, not who meets
        slots.fillers["subj"], slots.fillers["obj"] = [], [f for f in slots.get("subj") if f > index]
    elif (
        not slots.get("subj")
        and not _resumed(clause, index)
        and (
            _deed_told_of(clause, index, features) == antecedent
            or _tells_deed(clause, antecedent, index, features)
            or not clause.nouns_after(index)
            or (_is_plural(clause, index) and _are_several(clause, antecedent))
        )
    ):
        slots.add("subj", antecedent)


def _on_a_journey(clause: Clause, index: int) -> bool:
    """Whether a verb tells what the visitor does on a visit (زيارة يلتقي خلالها X): he is its subject."""
    antecedent = clause.antecedent(index)
    journey = antecedent is not None and clause.keys[antecedent - 1] in function_words("journeys")
    return journey and _resumed(clause, index)


def _tells_deed(clause: Clause, antecedent: int, index: int, features: Features | None) -> bool:
    """Whether the verb of a relative clause tells more of the deed right before it (هجوم استهدف فندقا):
    with no pronoun for its object the deed is its subject.
    """
    between = clause.words[antecedent : index - 1]
    weapon = clause.keys[antecedent - 1] in function_words("planted_weapons")
    deed = weapon or _is_deed(clause.word(antecedent))
    agrees = features is not None and _may_follow(clause, antecedent, features)
    return deed and agrees and all(is_adjective(w) for w in between)


def _deed_told_of(clause: Clause, index: int, features: Features | None) -> int | None:
    """The indefinite deed that a verb tells more of without a conjunction, over whose it was (هجوم لتنظيم
    القاعدة استهدف نقطة).
    """
    of = index - 1
    first = next((f for f, last in clause.phrases.items() if last == of), None)
    if features is None or first is None or first < 3 or clause.keys[first - 2] != "ل":
        return None
    deed = clause.word(first - 2)
    indefinite = not definite(deed) and deed.upos == "NOUN"
    return deed.index if indefinite and _is_deed(deed) and _may_follow(clause, deed.index, features) else None


def _after_relative_pronoun(clause: Clause, index: int) -> bool:
    return any(clause.keys[i] in RELATIVES for i in range(max(0, index - 4), index - 1))


def _resumed(clause: Clause, index: int) -> bool:
    """Whether a preposition with a suffix pronoun follows in the clause (عليها، فيه، له)."""
    for i in range(index, min(len(clause.words) - 1, index + 6)):
        if is_mark(clause.words[i]) or clause.words[i].upos == "VERB":
            return False
        if clause.words[i].upos == "ADP" and has_pronoun(clause.words, i):
            return True
    return False


def _surface_arguments(clause: Clause, slots: Slots, index: int, features: Features | None) -> None:
    """Subject and object by position and agreement, where the tree gave none or one that cannot be.

    A verb before its subject is singular; so a plural verb has its subject before it, or leaves it out.
    """
    subjects = slots.get("subj")
    topic = None if clause.quoted_from(index) is not None else clause.topic(index)
    if (
        topic is not None
        and _may_act(clause, topic)
        and clause.antecedent(index) is None
        and all(f > index for f in subjects)
    ):
        # A noun before the verb of its clause is the subject (SVO), whatever the tree made of those after it.
        slots.fillers["subj"] = [topic]
        if subjects and not slots.get("obj"):
            slots.add("obj", subjects[0])
        subjects = slots.fillers["subj"]
    if features and not slots.passive:
        for filler in [f for f in subjects if f > index and not _may_follow(clause, f, features)]:
            subjects.remove(filler)
            if not slots.get("obj"):
                slots.add("obj", filler)
    _of_topic_before(clause, slots, index)
    if slots.get("obj") and (slots.get("subj") or _on_a_journey(clause, index)):
        return
    taken = {*slots.get("subj"), *slots.get("obj")}
    nouns = [n for n in clause.nouns_after(index) if n not in taken and not _tells_manner(clause, n)]
    if not slots.get("subj") and not topic:
        _first_of_two(clause, slots, index, features, nouns)
    if not slots.get("subj"):
        if nouns and (features is None or _may_follow(clause, nouns[0], features)) and not topic:
            slots.add("subj", nouns.pop(0))
        elif topic:
            slots.add("subj", topic)
    nouns = [n for n in nouns if not any(clause.in_apposition(s, n) for s in slots.get("subj"))]
    if not slots.get("obj") and not slots.passive and nouns and nouns[0] not in slots.get("subj"):
        slots.add("obj", nouns[0])


def _are_several(clause: Clause, index: int) -> bool:
    head = load_gazetteer().head(clause.word(index).text)
    return head is not None and head.number == "p" and head.head.type == "Population"


def _of_topic_before(clause: Clause, slots: Slots, index: int) -> None:
    """The name right behind a verb that shares the subject of the verb before it is its object."""
    behind = [s for s in slots.get("subj") if s == index + 1]
    if behind and not slots.passive and not slots.get("obj") and shares_topic(clause, index):
        slots.fillers["subj"], slots.fillers["obj"] = [], behind


def shares_topic(clause: Clause, index: int) -> bool:
    """Whether a transitive verb in the present is joined by و to one whose subject stands before it, and so
    has that subject too (إيران تسلح حزب الله وتهدد إسرائيل).
    """
    head = clause.word(index).head
    joined = clause.keys[index - 2 : index - 1] == ["و"] and clause.word(index).deprel.startswith("conj")
    if not joined or not 0 < head < index - 1 or clause.word(head).upos != "VERB":
        return False
    matches = load_triggers().lookup(clause.word(index).text)
    takes = any(m.trigger.frame.get("obj") == "recipient" for m in matches)
    prefix = clause.keys[index - 1][:1]
    alike = prefix in ("ي", "ت") and clause.keys[head - 1].startswith(prefix)
    return takes and alike and clause.topic(head) is not None


def _is_plural(clause: Clause, index: int) -> bool:
    """Whether a verb's own ending is plural, so that its subject stands before it or is left out."""
    return clause.keys[index - 1].endswith(("وا", "ون"))


def _first_of_two(
    clause: Clause, slots: Slots, index: int, features: Features | None, nouns: list[int]
) -> None:
    """Behind a verb without subject what the tree calls its object is the subject where another noun follows
    (فتح مسلحون النار), or where its ending is the subject's (مسلحون).
    """
    objects = [o for o in slots.get("obj") if o > index and clause.word(o).upos != "PRON"]
    if (
        slots.passive
        or not objects
        or (features is not None and not _may_follow(clause, objects[0], features))
    ):
        return
    head = load_gazetteer().head(clause.word(objects[0]).text)
    nominative = head is not None and clause.keys[objects[0] - 1].endswith("ون")
    behind = [n for n in nouns if n > objects[0]]
    if nominative or behind:
        slots.fillers["subj"] = objects[:1]
        slots.fillers["obj"] = behind[:1] or [o for o in slots.get("obj") if o not in objects]


def _may_act(clause: Clause, noun: int) -> bool:
    """Whether a noun opens a mention, or names a weapon or vehicle that acts for its owner."""
    return noun in clause.phrases or clause.keys[noun - 1] in transparent("vehicles")


def _may_follow(clause: Clause, noun: int, features: Features) -> bool:
    """Whether a noun after a verb of these features can be its subject: number and gender agree."""
    if features.number in ("p", "d") or features.person in (1, 2):
        return False
    word, key = clause.word(noun), clause.keys[noun - 1]
    if key in function_words("quantifiers"):
        return True  # أيدت كل من بريطانيا وفرنسا: the verb agrees with those counted
    if noun in clause.named and load_gazetteer().head(word.text) is None:
        return True  # names of states and people; a body's name goes by its noun (حزب، تنظيم، سلطات)
    if word.upos in ("X", "PROPN", "NUM") or key.isdigit() or load_gazetteer().is_first_name(key):
        return True
    head = load_gazetteer().head(word.text)
    feminine = key.endswith(("ه", "اء", "ات")) if head is None else head.gender == "f"
    singular = word.feats.get("Number", "Sing") == "Sing" if head is None else head.number == "s"
    if features.gender == "f":
        return feminine or not singular or (definite(word) and not load_triggers().lookup(key))
    plural_body = head is not None and head.number == "p" and head.head.type != "Population"
    return not (feminine and features.gender == "m" and (plural_body or (singular and key.endswith("ه"))))
