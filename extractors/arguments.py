"""What stands round a trigger, as slots of its frame; filled in `verb_arguments` and `noun_arguments`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from extractors.clause import Clause
from extractors.lexicon_words import function_words
from extractors.noun_phrases import WINDOW
from extractors.phrases import RELATIVES, definite, is_adjective, is_mark
from extractors.triggers import load_triggers, slot_of

#: Ways to name the doer of a passive or a masdar: "من قبل", "على يد", "من جانب", "بواسطة".
_DOER = frozenset(
    (("من", "قبل"), ("علي", "يد"), ("علي", "ايدي"), ("علي", "ايادي"), ("من", "جانب"), ("من", "طرف"))
)

#: Prepositions of two words for ضد (عملية اعتقال بحق فلان).
_AGAINST = frozenset((("ب", "حق"), ("في", "حق")))


@dataclass
class Slots:
    """Slot -> word indexes of its fillers' heads, nearest first."""

    fillers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    passive: bool = False

    def add(self, slot: str, index: int) -> None:
        """Add a filler once."""
        if index not in self.fillers[slot]:
            self.fillers[slot].append(index)

    def get(self, slot: str) -> list[int]:
        """The fillers of a slot; empty where there is none."""
        return self.fillers.get(slot, [])


def _is_participle(word: str) -> bool:
    return any(m.trigger.kind == "patient" for m in load_triggers().lookup(word))


def add_prepositions(clause: Clause, slots: Slots, index: int) -> None:
    """Prepositions after the word up to the next verb, where the tree attached them elsewhere; doers by
    "من قبل".
    """
    slots.fillers["ل"] = [f for f in slots.get("ل") if f < 2 or not tells_owner(clause, index, f - 2)]
    i = index
    seen: set[str] = set()
    ends = set(clause.phrases.values())
    inside = {i for first, last in clause.phrases.items() for i in range(first, last)}
    while i + 1 < len(clause.words) and i - index < WINDOW:
        if i in clause.asides:
            i = clause.asides[i]
            if i < len(clause.words) and is_mark(clause.words[i]):
                break
            continue
        if clause.ties and clause.is_complement(i + 1, index):
            i += 1
            continue
        if (
            i > index + 1
            and i in ends
            and i + 1 in clause.phrases
            and _is_participle(clause.word(index).text)
        ):
            break  # مدعوما بمسلحي العشائر [بلدة X من داعش]: the participle's complement ends here
        word = clause.words[i]
        by_hand = clause.keys[i] in function_words("doer_words") and clause.keys[i + 1] != "ان"  # not بيد أن
        if (
            (word.upos in ("VERB", "SCONJ") and i > index and i not in inside and not by_hand)
            or clause.keys[i] in RELATIVES
            or word.text in (".", "؛", ":")
        ):
            break
        pair = (clause.keys[i], clause.keys[i + 1])
        if pair in _DOER and i > index and _is_participle(clause.words[i - 1].text):
            # "قوات الجيش المدعومة من قبل السكان": the doer of what the participle tells
            slots.fillers["من"] = [f for f in slots.get("من") if f != i + 3]
            i += 2
            continue
        if pair in _DOER and i + 2 < len(clause.words):
            slots.add("by", clause.skip_marks(i + 2) + 1)
            i += 2
            continue
        if (
            clause.keys[i] in function_words("weapons")
            and i
            and clause.keys[i - 1] == "ب"
            and i + 2 in clause.phrases
        ):
            slots.add("by", i + 2)
        against = 2 if pair in _AGAINST else int(clause.keys[i] == "بحق")
        if against and i + against < len(clause.words):
            slots.add("ضد", clause.skip_marks(i + against) + 1)
            i += against
            continue
        in_hands = _in_hands(clause, index, i)
        if by_hand or in_hands:
            slots.add("by", clause.skip_marks(i + in_hands + 1) + 1)
            i += in_hands
        elif (
            clause.is_preposition(i)
            and (slot := slot_of(word.text))
            and not clause.parts_nobody(i)
            and (i == index or not clause.tells_more(i))
            and not _of_another(clause, index, i)
        ):
            # "بينها وبين المدافعين": the second بين names the other party.
            again = slot == "بين" and slot in seen and clause.keys[i - 1] == "و"
            taken = (slot in seen or bool(slots.get(slot))) and not again
            seen.add(slot)
            target = clause.skip_marks(i + 1)
            if (
                not taken
                and target < len(clause.words)
                and (
                    target + 1 in clause.phrases or clause.words[target].upos not in ("VERB", "SCONJ", "PART")
                )
            ):
                slots.add(slot, target + 1)
        i += 1


def _in_hands(clause: Clause, index: int, i: int) -> int:
    """How many words more than one tell whom a place falls to (سقطت في أيدي X، بيد X); 0 where none do."""
    held = clause.keys[i] in ("في", "ب") and clause.keys[i + 1] in function_words("hands")
    return int(held and clause.keys[index - 1] in function_words("falls") and i + 2 < len(clause.words))


def _of_another(clause: Clause, index: int, i: int) -> bool:
    """Whether the preposition at position `i` goes with a noun behind the trigger: a leader (بقيادة X), a
    neighbour (الحدود مع X), what is counted (المزيد من X), help (بدعم من X), nearness (المناطق القريبة من X).
    """
    key, before = clause.keys[i], clause.keys[max(index, i - 3) : i]
    if key == "ب":
        return clause.keys[i + 1] in function_words("leadership")
    if key == "ل" and before and before[-1] in function_words("ordinals"):
        return True  # زيارة هي الأولى لرئيس أميركي
    if key == "ل":
        if bool(before) and before[-1] in function_words("belonging"):
            return True  # غارات على مواقع تابعة لهم
        # هجوم على دورية للشرطة; أدانت الهجوم على X، مؤكدة دعمها ل Y
        return tells_owner(clause, index, i) or _of_verbal_noun(clause, index, i)
    if key == "مع":
        return bool(function_words("borders").intersection(before))
    if key != "من" or not before:
        return False
    if before[-1].removeprefix("ال") in function_words("nearness") or _of_adjunct(clause, index, i):
        return True
    return before[-1] in function_words("quantifiers") or is_bearing(clause, i)


def tells_owner(clause: Clause, index: int, i: int) -> bool:
    """Whether the ل at position `i` tells whose the unnamed thing is that a preposition makes the target or
    place of the act before it (هجوم على دورية للشرطة): it is not the act that is theirs.
    """
    if clause.keys[i] != "ل":
        return False
    at = i - 1
    while at > index and _is_unnamed(clause, at):
        at -= 1
    return index <= at < i - 1 and clause.keys[at] in function_words("aimed_or_placed")


def _is_unnamed(clause: Clause, at: int) -> bool:
    word = clause.words[at]
    named = any(first <= at + 1 <= last for first, last in clause.phrases.items() if first in clause.named)
    return word.upos in ("NOUN", "ADJ", "NUM") and not (named or definite(word) or word.index in clause.times)


def _of_verbal_noun(clause: Clause, index: int, i: int) -> bool:
    """Whether a later verbal noun, which its suffix closes, takes the ل at position `i` (أدانت الهجوم على X،
    مؤكدة دعمها ل Y).
    """
    at = i - 1
    if at - 1 <= index or clause.words[at].upos != "PRON":
        return False
    readings = load_triggers().lookup(clause.words[at - 1].text)
    return any(m.trigger.kind == "masdar" and m.trigger.frame.get("ل") for m in readings)


def _of_adjunct(clause: Clause, index: int, i: int) -> bool:
    """Whether the من at position `i` names the source of an indefinite noun after ب, with its adjectives:
    بدعم جوي من التحالف، بأمر من الرئيس.
    """
    at = i - 1
    while at > index and is_adjective(clause.words[at]) and not definite(clause.words[at]):
        at -= 1
    noun = clause.words[at]
    adjunct = at > index and clause.keys[at - 1] == "ب" and noun.upos == "NOUN" and not definite(noun)
    return adjunct and not _is_participle(clause.word(index).text)  # مدعومة بغارات من X: he helps


def is_bearing(clause: Clause, i: int) -> bool:
    """Whether the من at position `i` only tells where a place lies: إلى الغرب من X، الجزء الجنوبي من X."""
    if not i or clause.keys[i] != "من":
        return False
    return clause.keys[i - 1].removeprefix("ال").removesuffix("ي") in function_words("compass")
