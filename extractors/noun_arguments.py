"""The arguments of an event noun: its idafa, its adjectives, then its prepositions. Word indexes, from 1."""

from __future__ import annotations

from extractors.arguments import Slots, add_prepositions
from extractors.clause import Clause
from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words, transparent
from extractors.phrases import QUOTES, definite, has_pronoun, is_adjective, is_ground
from extractors.triggers import load_triggers, slot_of
from extractors.type_groups import FIGHTERS

#: Types of the nouns that may be the doer of a verbal noun before its object.
_DOERS = FIGHTERS | {"Population"}


def noun_slots(clause: Clause, first: int, last: int) -> Slots:
    """The slots round an event noun that covers words `first`..`last`."""
    slots = Slots()
    i = last  # position after the noun, from 0
    if has_pronoun(clause.words, last - 1):
        slots.add("gen", last + 1)
        i += 1
    elif i < len(clause.words) and not definite(clause.word(last)):
        target = clause.skip_marks(i)
        word = clause.words[target]
        head = load_gazetteer().head(word.text)
        people = head is not None and head.head.type == "Population"
        people = people or clause.keys[word.index - 1] in function_words("others") | function_words("another")
        # A name that is no adjective is the idafa whatever the tagger calls it (طرد داعش).
        named = word.index in clause.named and not definite(word) and not load_gazetteer().nisba(word.text)
        if (people and not definite(word)) or (
            word.index not in clause.times
            and (named or word.upos in ("NOUN", "PROPN", "X", "NUM"))
            and (named or not (is_adjective(word) and not definite(word)))
        ):
            slots.add("gen", word.index)
    for child in [c for n in range(first, last + 1) for c in clause.children[n]]:
        if (
            first <= child.index <= last
            or child.upos in ("VERB", "PUNCT")
            or clause.is_complement(child.index, last)
        ):
            continue
        case = clause.case(child.index)
        if case and (slot := slot_of(case)):
            slots.add(slot, child.index)
    while i < len(clause.words) and (
        is_adjective(clause.words[i]) or clause.words[i].text in QUOTES or i + 1 in slots.get("gen")
    ):
        if is_adjective(clause.words[i]) and not clause.within_phrase(i + 1, slots.get("gen")):
            slots.add("adj", i + 1)
        i += 1
    if has_pronoun(clause.words, last - 1) and (object_ := _object_behind(clause, last + 1)):
        slots.add("obj", object_)
    for subject in slots.get("gen")[:1]:
        if (behind := _object_behind_doer(clause, subject)) is not None:
            slots.add("obj", behind)
    twin = clause.twin(last)
    if twin is not None and not slots.get("gen"):
        # "مقتل وإصابة نحو 25 قرويا": verbal nouns joined by و share what follows the second.
        slots.fillers["gen"] = list(noun_slots(clause, twin, twin).get("gen"))
    add_prepositions(clause, slots, last)
    for slot in list(slots.fillers):
        for filler in list(slots.fillers[slot]):
            for other in clause.coordinated(filler):
                if other > last:
                    slots.add(slot, other)
    return slots


def _object_behind_doer(clause: Clause, subject: int) -> int | None:
    """The phrase right behind a body, aircraft or people in the idafa of a verbal noun: its object (تحرير
    القوات محافظة الضالع). A name is none that only tells which the one before is.
    """
    head = load_gazetteer().head(clause.word(subject).text)
    acts = head is not None and head.head.type in _DOERS and not head.head.place
    after = load_gazetteer().head(clause.words[subject].text) if subject < len(clause.words) else None
    if acts and after is not None and after.head.casualty == "abducted":
        return subject + 1  # احتجاز مسلحين رهائن
    behind = clause.phrase_behind(subject)
    key = clause.keys[subject - 1]
    fly = key in transparent("vehicles") and not (definite(clause.word(subject)) and key.endswith("ه"))
    if behind is None or not (acts or fly):
        return None  # إسقاط الطائرة الماليزية: one aircraft is rather what it is done to
    word, ranks = clause.word(behind), function_words("seats") | function_words("superlatives")
    alone = clause.phrases[behind] == behind and definite(word)
    part = clause.keys[behind - 1] in ranks | transparent("place_parts")
    if part or is_adjective(word) or behind in clause.people & clause.named:
        return None
    return behind if behind in clause.named or not alone or is_ground(word) else None


def _object_behind(clause: Clause, index: int) -> int | None:
    """The noun phrase right behind a verbal noun and its suffix: its object (خطفها ثمانية مقاتلين)."""
    at = clause.skip_marks(index)
    if at >= len(clause.words) or clause.is_preposition(at):
        return None
    word = clause.words[at]
    # رفضها التفاوض مع X: what is refused is an act
    act = any(m.trigger.kind == "masdar" for m in load_triggers().lookup(word.text)) and definite(word)
    named = word.index in clause.phrases or act
    return word.index if named and word.index not in clause.times else None


def is_event_noun(word: Word) -> bool:
    """Whether a word can be a noun that tells an event (هجوم, قصف)."""
    return any(m.trigger.kind in ("noun", "masdar") for m in load_triggers().lookup(word.text))
