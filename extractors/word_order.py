"""Subject and object by where they stand: behind a verb in that order (VSO), the topic before it (SVO).

It answers where the tree is silent or gives what cannot be (فتح مسلحون النار), and corrects what a parser
tends to take for one phrase (هدد الحرس الثوري إسرائيل). Indexes are word indexes, from 1.
"""

from __future__ import annotations

from extractors.arguments import Slots
from extractors.clause import Clause
from extractors.gazetteer import load_gazetteer
from extractors.inflection import Features
from extractors.lexicon_words import transparent
from extractors.noun_arguments import is_event_noun
from extractors.phrases import definite, is_adjective
from extractors.relative_clauses import on_a_journey
from extractors.subject_agreement import may_follow
from extractors.triggers import load_triggers
from extractors.type_groups import DEALINGS


def subject_first(clause: Clause, slots: Slots, index: int, features: Features | None) -> None:
    """Behind a verb the subject comes before the object (VSO): turn round what the tree has the other way."""
    subjects, objects = slots.get("subj"), slots.get("obj")
    if features is None or len(subjects) != 1 or len(objects) != 1 or not index < objects[0] < subjects[0]:
        return
    if clause.word(objects[0]).upos != "PRON" and may_follow(clause, objects[0], features):
        slots.fillers["subj"], slots.fillers["obj"] = objects, subjects


def object_behind_subject(clause: Clause, slots: Slots, index: int) -> None:
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


def object_beyond(clause: Clause, slots: Slots, index: int) -> None:
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
    if definite(clause.word(subject)) or not is_event_noun(clause.word(subject)):
        return None
    i = subject
    while i < len(clause.words) and is_adjective(clause.words[i]) and i + 1 not in clause.phrases:
        i += 1
    if i == subject or i == len(clause.words):
        return None
    return i + 1 if i + 1 in clause.phrases or clause.keys[i] in transparent("positions") else None


def surface_arguments(clause: Clause, slots: Slots, index: int, features: Features | None) -> None:
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
        for filler in [f for f in subjects if f > index and not may_follow(clause, f, features)]:
            subjects.remove(filler)
            if not slots.get("obj"):
                slots.add("obj", filler)
    _of_topic_before(clause, slots, index)
    if slots.get("obj") and (slots.get("subj") or on_a_journey(clause, index)):
        return
    taken = {*slots.get("subj"), *slots.get("obj")}
    nouns = [n for n in clause.nouns_after(index) if n not in taken and not tells_manner(clause, n)]
    if not slots.get("subj") and not topic:
        _first_of_two(clause, slots, index, features, nouns)
    if not slots.get("subj"):
        if nouns and (features is None or may_follow(clause, nouns[0], features)) and not topic:
            slots.add("subj", nouns.pop(0))
        elif topic:
            slots.add("subj", topic)
    nouns = [n for n in nouns if not any(clause.in_apposition(s, n) for s in slots.get("subj"))]
    if not slots.get("obj") and not slots.passive and nouns and nouns[0] not in slots.get("subj"):
        slots.add("obj", nouns[0])


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
        or (features is not None and not may_follow(clause, objects[0], features))
    ):
        return
    head = load_gazetteer().head(clause.word(objects[0]).text)
    nominative = head is not None and clause.keys[objects[0] - 1].endswith("ون")
    behind = [n for n in nouns if n > objects[0]]
    if nominative or behind:
        slots.fillers["subj"] = objects[:1]
        slots.fillers["obj"] = behind[:1] or [o for o in slots.get("obj") if o not in objects]


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


def _may_act(clause: Clause, noun: int) -> bool:
    """Whether a noun opens a mention, or names a weapon or vehicle that acts for its owner."""
    return noun in clause.phrases or clause.keys[noun - 1] in transparent("vehicles")


def tells_manner(clause: Clause, index: int) -> bool:
    """Whether a word is an indefinite participle with a complement of its own, which tells in what state the
    subject acts (يقاتل الجيش مدعوما بمقاتلين من X فصائل المعارضة): no object.
    """
    return index not in clause.phrases and not definite(clause.word(index)) and clause.tells_more(index)
