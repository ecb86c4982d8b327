"""What stands round a trigger: subject, object, idafa, adjectives and prepositions, as slots of its frame.

The tree is asked first. Where it is silent the surface answers: after a verb come subject and object in that
order (VSO), before it a topic (SVO); after a noun its idafa, its adjectives, then its prepositions. Relative
clauses lend their antecedent, coordinated nouns share the slot. Indexes are word indexes, from 1.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from extractors.document import Sentence, Word
from extractors.normalise import fold
from extractors.phrases import QUOTES, RELATIVES, definite, has_pronoun, is_adjective, is_mark
from extractors.triggers import slot_of

#: Ways to name the doer of a passive or a masdar: "من قبل", "على يد", "من جانب", "بواسطة".
_DOER = (("من", "قبل"), ("علي", "يد"), ("علي", "ايدي"), ("علي", "ايادي"), ("من", "جانب"), ("من", "طرف"))
_DOER_WORDS = frozenset(map(fold, ("بواسطة", "بأيدي", "بيد")))
_NEGLIGIBLE = frozenset(map(fold, ("أمس", "اليوم", "أيضا", "كذلك", "قد", "الآن", "حاليا")))
_WINDOW = 14


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


class Clause:
    """The words of one sentence with their dependents, asked by trigger."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self.children: dict[int, list[Word]] = defaultdict(list)
        for word in self.words:
            self.children[word.head].append(word)

    @cached_property
    def keys(self) -> list[str]:
        """Look-up keys by position, from 0."""
        return [fold(w.text) for w in self.words]

    def word(self, index: int) -> Word:
        """The word with that index."""
        return self.words[index - 1]

    # -- verbs ---------------------------------------------------------------------------------------

    def verb_slots(self, index: int) -> Slots:
        """The slots round a verb."""
        slots = Slots()
        verb = self.word(index)
        slots.passive = verb.feats.get("Voice") == "Pass"
        for child in self.children[index]:
            self._sort_dependent(slots, child)
        self._pronoun_object(slots, index)
        self._relative(slots, index)
        self._surface_arguments(slots, index)
        self._surface_prepositions(slots, index)
        for slot in list(slots.fillers):
            for filler in list(slots.fillers[slot]):
                for other in self.coordinated(filler):
                    slots.add(slot, other)
        return slots

    def _sort_dependent(self, slots: Slots, child: Word) -> None:
        relation = child.deprel.split(":")[0]
        if (
            relation in ("punct", "cc", "mark", "aux", "advcl", "ccomp", "parataxis", "conj")
            or child.upos == "VERB"
        ):
            return
        case = self.case(child.index)
        if case is not None:
            slot = slot_of(case)
            if slot:
                slots.add(slot, child.index)
            return
        if relation in ("nsubj", "csubj"):
            slots.passive = slots.passive or child.deprel.endswith(":pass")
            slots.add("subj", child.index)
        elif relation in ("obj", "iobj"):
            slots.add("obj2" if slots.get("obj") else "obj", child.index)

    def case(self, index: int) -> str | None:
        """The preposition before a noun, None without one."""
        for child in self.children[index]:
            if child.deprel.startswith("case") and child.index < index:
                return child.text
        return None

    def _pronoun_object(self, slots: Slots, index: int) -> None:
        if has_pronoun(self.words, index - 1):
            slots.add("obj", index + 1)

    def _relative(self, slots: Slots, index: int) -> None:
        """In a relative clause the antecedent fills the slot of the relative or resumptive pronoun."""
        antecedent = self.antecedent(index)
        for slot, fillers in list(slots.fillers.items()):
            slots.fillers[slot] = [f for f in fillers if self.keys[f - 1] not in RELATIVES]
        if antecedent is None:
            return
        if has_pronoun(self.words, index - 1):
            slots.fillers["obj"] = [antecedent]
        elif not slots.get("subj"):
            slots.add("subj", antecedent)

    def antecedent(self, index: int) -> int | None:
        """The noun that a verb's relative clause describes: by the tree, or the noun before الذي / a bare verb."""
        word = self.word(index)
        if word.deprel.startswith("acl") and word.head:
            return word.head
        position = index - 1
        for back in (1, 2):
            if position - back >= 0 and self.keys[position - back] in RELATIVES:
                before = position - back - 1
                while before >= 0 and (is_mark(self.words[before]) or is_adjective(self.words[before])):
                    before -= 1
                return before + 1 if before >= 0 else None
        return None

    def _surface_arguments(self, slots: Slots, index: int) -> None:
        """Subject and object by position where the tree gave none."""
        if slots.get("subj") and slots.get("obj"):
            return
        nouns = self._nouns_after(index)
        nouns = [n for n in nouns if n not in slots.get("subj") and n not in slots.get("obj")]
        if not slots.get("subj") and nouns and not self._topic(index):
            slots.add("subj", nouns.pop(0))
        if not slots.get("subj") and (topic := self._topic(index)):
            slots.add("subj", topic)
        if not slots.get("obj") and not slots.passive and nouns and nouns[0] not in slots.get("subj"):
            slots.add("obj", nouns[0])

    def _nouns_after(self, index: int) -> list[int]:
        """Heads of noun phrases after a verb that no preposition governs, up to the next verb or stop."""
        found: list[int] = []
        i = index
        previous_nominal = False
        while i < len(self.words) and i - index < _WINDOW:
            word = self.words[i]
            if (
                word.upos in ("VERB", "SCONJ", "AUX")
                or self.keys[i] in RELATIVES
                or word.text in (".", "؛", ":", "؟")
            ):
                break
            if word.text in QUOTES or word.upos == "PRON":
                i += 1
                continue
            if is_mark(word):
                break
            if word.upos == "ADP" or slot_of(word.text):
                i = self._after_phrase(i + 1)
                previous_nominal = False
                continue
            nominal = word.upos in ("NOUN", "PROPN", "X", "NUM") or (
                word.upos == "ADJ" and not previous_nominal
            )
            if nominal and self.keys[i] not in _NEGLIGIBLE:
                if not previous_nominal or (
                    definite(word)
                    and definite(self.words[i - 1])
                    and word.upos != "ADJ"
                    and not is_adjective(word)
                ):
                    found.append(word.index)
                previous_nominal = True
            elif word.upos != "ADJ":
                previous_nominal = False
            i += 1
        return found

    def _after_phrase(self, i: int) -> int:
        """The position after the noun phrase at `i` (what a preposition governs)."""
        while i < len(self.words) and (
            self.words[i].upos in ("NOUN", "PROPN", "X", "ADJ", "NUM", "DET", "PRON")
            or self.words[i].text in QUOTES
        ):
            i += 1
            if (
                i < len(self.words)
                and definite(self.words[i])
                and definite(self.words[i - 1])
                and not is_adjective(self.words[i])
                and self.words[i].upos == "NOUN"
            ):
                break
        return i

    def _topic(self, index: int) -> int | None:
        """A noun phrase before the verb that opens its clause (SVO)."""
        i = index - 2
        while i >= 0 and (
            self.words[i].upos in ("PART", "AUX", "ADV", "PRON") or self.keys[i] in _NEGLIGIBLE
        ):
            i -= 1
        if i < 0 or (
            self.words[i].upos not in ("NOUN", "PROPN", "X", "ADJ") and self.words[i].text not in QUOTES
        ):
            return None
        first = i
        while first >= 0 and (
            self.words[first].upos in ("NOUN", "PROPN", "X", "ADJ", "NUM") or self.words[first].text in QUOTES
        ):
            first -= 1
        before = self.words[first] if first >= 0 else None
        if before is None or before.upos in ("SCONJ", "CCONJ") or is_mark(before):
            start = first + 1
            while start < i and self.words[start].text in QUOTES:
                start += 1
            return start + 1
        return None

    def _surface_prepositions(self, slots: Slots, index: int) -> None:
        """Prepositions after the word up to the next verb, where the tree attached them elsewhere; doers by "من قبل"."""
        i = index
        seen: set[str] = set()
        while i + 1 < len(self.words) and i - index < _WINDOW:
            word = self.words[i]
            if (
                (word.upos in ("VERB", "SCONJ") and i > index)
                or self.keys[i] in RELATIVES
                or word.text in (".", "؛", ":")
            ):
                break
            pair = (self.keys[i], self.keys[i + 1])
            if pair in _DOER and i + 2 < len(self.words):
                slots.add("by", self._skip_marks(i + 2) + 1)
                i += 2
                continue
            if self.keys[i] in _DOER_WORDS:
                slots.add("by", self._skip_marks(i + 1) + 1)
            elif word.upos == "ADP" and (slot := slot_of(word.text)) and slot not in seen:
                seen.add(slot)
                target = self._skip_marks(i + 1)
                if (
                    target < len(self.words)
                    and self.words[target].upos not in ("VERB", "SCONJ", "PART")
                    and not slots.get(slot)
                ):
                    slots.add(slot, target + 1)
            i += 1

    def _skip_marks(self, i: int) -> int:
        while i < len(self.words) - 1 and self.words[i].text in QUOTES:
            i += 1
        return i

    # -- nouns ---------------------------------------------------------------------------------------

    def noun_slots(self, first: int, last: int) -> Slots:
        """The slots round an event noun that covers words `first`..`last`."""
        slots = Slots()
        i = last  # position after the noun, from 0
        if has_pronoun(self.words, last - 1):
            slots.add("gen", last + 1)
            i += 1
        elif i < len(self.words) and not definite(self.word(last)):
            target = self._skip_marks(i)
            word = self.words[target]
            if word.upos in ("NOUN", "PROPN", "X", "NUM") and not (is_adjective(word) and not definite(word)):
                slots.add("gen", word.index)
        for child in [c for n in range(first, last + 1) for c in self.children[n]]:
            if first <= child.index <= last or child.upos in ("VERB", "PUNCT"):
                continue
            case = self.case(child.index)
            if case and (slot := slot_of(case)):
                slots.add(slot, child.index)
        while i < len(self.words) and (
            is_adjective(self.words[i]) or self.words[i].text in QUOTES or i + 1 in slots.get("gen")
        ):
            if is_adjective(self.words[i]):
                slots.add("adj", i + 1)
            i += 1
        self._surface_prepositions(slots, last)
        for slot in list(slots.fillers):
            for filler in list(slots.fillers[slot]):
                for other in self.coordinated(filler):
                    if other > last:
                        slots.add(slot, other)
        return slots

    def coordinated(self, index: int) -> list[int]:
        """Nouns joined to a noun by و: its conjuncts in the tree."""
        found: list[int] = []
        for child in self.children[index]:
            if child.deprel.startswith("conj") and child.upos in ("NOUN", "PROPN", "X", "NUM", "ADJ"):
                found += [child.index, *self.coordinated(child.index)]
        return found
