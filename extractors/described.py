"""Whom a participle or a noun like حليف describes: the party that its own slot `self` stands for.

As an adjective it describes the mention before it (الجماعات المدعومة من إيران). Indefinite behind a definite
noun, or far from any, it tells in which state the subject acts (تقدم الجيش مدعوما بطيران التحالف), so of all
who are joined in the subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.base import Mention
from extractors.clause import Clause
from extractors.control import doers_by_governor
from extractors.detection import Found
from extractors.fillers import named_at
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.phrases import QUOTES, definite, has_pronoun, is_mark
from extractors.triggers import load_triggers
from extractors.verb_arguments import verb_slots

if TYPE_CHECKING:
    from extractors.roles import Roles

#: How far before a participle of state the verb may stand.
_REACH = 18


def described(roles: Roles, item: Found) -> list[str]:
    """The entities that a participle or such a noun is said of; none where that is not clear."""
    clause = roles.participants.clauses[item.sentence]
    here = roles.participants.by_sentence[item.sentence]
    if item.trigger.kind == "agent" and _names_the_other(clause, item, here):
        return []
    tied = [m for m in here if m.tie == item.first]
    if tied:
        return [tied[-1].entity]
    heading = [
        m for m in here if m.kind != "place" and (m.head == item.first or _counts(clause, m, item.first))
    ]
    if heading and item.slots.get("gen"):
        return [max(heading, key=lambda m: m.last - m.first).entity]
    if item.trigger.type == "Cooperation" and (party := _ally(roles, item)):
        return party
    if item.trigger.kind == "patient" and (state := _in_state(roles, item)):
        return state
    of_places = item.trigger.type in ("Siege", "Capture")  # المدينة المحاصرة من قبل X
    for mention in reversed(here):
        if (mention.kind == "place" and not of_places) or not mention.first < item.first <= mention.last + 3:
            continue
        between = clause.words[mention.last : item.first - 1]
        if all(w.upos == "ADJ" or w.text in QUOTES for w in between):
            return [mention.entity]
    if item.trigger.kind == "agent" and clause.keys[item.first - 1].endswith("ا"):
        speaker = _speaker(roles, item)
        return doers_by_governor(roles, item)[:1] or ([speaker] if speaker else [])
    return []


def _names_the_other(clause: Clause, item: Found, here: Sequence[Mention]) -> bool:
    """Whether a participle that has the letters of both voices is counted, so that it names those whom the
    act is done to (26 متهما are accused; قال X متهما Y is who accuses).
    """
    readings = load_triggers().lookup(clause.word(item.first).text)
    both = any(m.trigger.kind == "patient" and m.trigger.type == item.trigger.type for m in readings)
    return both and any(m.quantity and m.covers(item.first) for m in here)


def _ally(roles: Roles, item: Found) -> list[str]:
    """Who is called an ally: named right behind the word and its suffix (حليفه حزب الله), or the subject
    of a verb of being before it (أصبحت X شريكة Y).
    """
    clause = roles.participants.clauses[item.sentence]
    if has_pronoun(clause.words, item.last - 1):
        named = [m for m in roles.participants.by_sentence[item.sentence] if m.first == item.last + 2]
        return [max(named, key=lambda m: m.last).entity] if named and named[0].kind != "place" else []
    verb = _verb_before(clause, item.first)
    if (
        verb is None
        or clause.keys[verb - 1] not in function_words("being")
        or definite(clause.word(item.first))
    ):
        return []
    slots = verb_slots(clause, verb)
    return [e for f in slots.get("subj")[:1] if f < item.first for e in named_at(roles, item, f)]


def _counts(clause: Clause, mention: Mention, index: int) -> bool:
    """Whether a mention counts the people that the word names (عشرات من مؤيدي X, عدد من أنصار X)."""
    before = clause.words[mention.first - 1 : index - 1]
    counting = function_words("quantities")
    return (
        mention.covers(index)
        and bool(before)
        and all(w.upos in ("NUM", "ADP") or clause.keys[w.index - 1] in counting for w in before)
    )


def _in_state(roles: Roles, item: Found) -> list[str]:
    """The subjects of the verb before it, where an indefinite participle stands apart from its noun."""
    clause = roles.participants.clauses[item.sentence]
    word = clause.word(item.first)
    if definite(word) or word.upos not in ("ADJ", "NOUN") or not _stands_apart(clause, item.first):
        return []
    verb = _verb_before(clause, item.first)
    if verb is None:
        return []
    readings = load_triggers().lookup(clause.word(verb).text)
    slots = verb_slots(clause, verb, next((m.features for m in readings), None))
    if slots.passive:
        return []
    subjects = [f for f in slots.get("subj") if f < item.first and not clause.is_complement(f, verb)]
    found = [e for f in subjects[:1] for e in named_at(roles, item, f)]
    return found if found and _may_describe(clause, item.first, subjects[0], len(found)) else []


def _stands_apart(clause: Clause, index: int) -> bool:
    """Whether the word before is no indefinite noun or adjective, which the participle could qualify."""
    before = clause.word(index - 1) if index > 1 else None
    if before is None:
        return False
    if is_mark(before) or before.index in clause.times or before.upos in ("X", "PROPN", "PRON"):
        return True
    named = any(
        first <= before.index <= last for first, last in clause.phrases.items() if first in clause.named
    )
    return definite(before) or named


def _verb_before(clause: Clause, index: int) -> int | None:
    """The nearest verb before a word in its clause, over the relative clauses between."""
    for i in range(index - 2, max(-1, index - 2 - _REACH), -1):
        word = clause.words[i]
        if word.text in (".", "؛", ":") or word.upos == "SCONJ":
            return None
        if word.upos == "VERB" and clause.relative_before(word.index) is None:
            return word.index
    return None


def _may_describe(clause: Clause, index: int, subject: int, count: int) -> bool:
    """Whether the participle's ending agrees with the subject: مدعومين with people, مدعوما with one man or
    body, مدعومة with a feminine noun or a plural.
    """
    key = clause.keys[index - 1]
    head = load_gazetteer().head(clause.word(subject).text)
    plural = (
        count > 1
        or (head is not None and head.number in ("p", "d"))
        or (head is None and clause.word(subject).feats.get("Number") == "Plur")
    )
    if key.endswith(("ين", "ون")):
        return plural or clause.keys[subject - 1].endswith(("ين", "ون"))
    if key.endswith("ه"):
        feminine = head.gender == "f" if head else clause.keys[subject - 1].endswith(("ه", "ات"))
        return plural or feminine or subject in clause.named
    return not plural


def _speaker(roles: Roles, item: Found) -> str | None:
    """Who made the last statement of the sentence before the word."""
    before = (s for s in roles.reading.statements if s.sentence == item.sentence)
    made = [s for s in before if s.cue.index < item.first]
    return made[-1].speaker if made else None
