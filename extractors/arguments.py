"""What stands round a trigger: subject, object, idafa, adjectives and prepositions, as slots of its frame.

The tree is asked first. Where it is silent the surface answers: after a verb come subject and object in that
order (VSO), before it a topic (SVO); after a noun its idafa, its adjectives, then its prepositions. Relative
clauses lend their antecedent, coordinated nouns share the slot. Indexes are word indexes, from 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from extractors.document import Sentence, Word
from extractors.gazetteer import load_gazetteer
from extractors.inflection import Features
from extractors.lexicon_words import transparent
from extractors.normalise import fold
from extractors.phrases import QUOTES, RELATIVES, definite, has_pronoun, is_adjective, is_mark
from extractors.triggers import load_triggers, slot_of

#: Ways to name the doer of a passive or a masdar: "من قبل", "على يد", "من جانب", "بواسطة".
_DOER = (("من", "قبل"), ("علي", "يد"), ("علي", "ايدي"), ("علي", "ايادي"), ("من", "جانب"), ("من", "طرف"))
_DOER_WORDS = frozenset(map(fold, ("بواسطة", "بأيدي", "بيد")))
_NEGLIGIBLE = frozenset(
    map(
        fold,
        (
            "أمس",
            "اليوم",
            "أيضا",
            "كذلك",
            "قد",
            "الآن",
            "حاليا",
            "مؤخرا",
            "أخيرا",
            "سابقا",
            "لاحقا",
            "يوم",
            "مساء",
            "صباح",
            "فجر",
            "ظهر",
            "تكتيكيا",
            "رسميا",
            "تماما",
            "فقط",
            "بحق",
        ),
    )
)
#: Prepositions that the tagger often takes for nouns.
_CERTAIN = frozenset(map(fold, ("ضد", "مع", "بين", "تجاه", "نحو", "حول", "داخل", "قرب")))
_ROUND = frozenset(map(fold, ("نحو", "حول", "حوالي", "زهاء", "قرابة")))
#: "بينهم", "أبرزهم", "ضمنهم": what follows is part of what stands before.
_INCLUSION = frozenset(map(fold, ("بين", "أبرز", "ضمن")))
#: "برصاص الجيش", "بنيران القوات": whose weapon it was did it.
_WEAPONS = frozenset(
    map(fold, ("رصاص", "نيران", "نار", "قذائف", "صواريخ", "قذيفة", "صاروخ", "قناصة", "مدفعية"))
)
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

    def __init__(
        self,
        sentence: Sentence,
        times: frozenset[int] = frozenset(),
        phrases: Mapping[int, int] | None = None,
        named: frozenset[int] = frozenset(),
    ) -> None:
        """`times`: words of time expressions, which fill no slot. `phrases`: first -> last word of each
        mention
        that lies in no other; a noun phrase ends where one does. `named`: first words of those that are
        names."""
        self.sentence = sentence
        self.times = times
        self.phrases = phrases or {}
        self.named = named
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

    def has_article(self, index: int) -> bool:
        """Whether the word with that index is written with ال."""
        return self.keys[index - 1].startswith("ال")

    # -- verbs ---------------------------------------------------------------------------------------

    def verb_slots(self, index: int, features: Features | None = None) -> Slots:
        """The slots round a verb; its form's `features` tell which nouns can be its subject."""
        slots = Slots()
        slots.passive = self.word(index).feats.get("Voice") == "Pass"
        for child in self.children[index]:
            self._sort_dependent(slots, child)
        self._one_subject(slots, index)
        slots.fillers["obj"] = [f for f in slots.get("obj") if not self._is_part(f, slots.get("subj"))]
        self._pronoun_object(slots, index)
        self._relative(slots, index)
        self._surface_arguments(slots, index, features)
        twin = self._twin(index)
        if twin is not None and not any(f > index for f in (*slots.get("subj"), *slots.get("obj"))):
            shared = self.verb_slots(twin, features)
            for slot in ("subj", "obj"):
                for filler in shared.get(slot):
                    slots.add(slot, filler)
        self._surface_prepositions(slots, index)
        for slot in list(slots.fillers):
            for filler in list(slots.fillers[slot]):
                for other in self.coordinated(filler):
                    slots.add(slot, other)
        return slots

    def _is_part(self, index: int, others: list[int]) -> bool:
        """Whether a word only continues another filler: joined to it by و, singled out of it, or within its
        mention.
        """
        before = index - 2
        while before >= 0 and self.words[before].text in QUOTES:
            before -= 1
        if before >= 0 and self.keys[before] == "و":
            return True
        if before >= 1 and self.words[before].upos == "PRON" and self.keys[before - 1] in _INCLUSION:
            return True
        return any(first < index <= last for first, last in self.phrases.items() if first in others)

    def _one_subject(self, slots: Slots, index: int) -> None:
        """A verb has one subject: of two that the tree gives, the later is the object."""
        subjects = sorted(slots.get("subj"))
        if len(subjects) > 1:
            after = [s for s in subjects if s > index]
            subject = after[0] if after else subjects[0]
            slots.fillers["subj"] = [subject]
            for other in subjects:
                if other > subject and not slots.get("obj"):
                    slots.add("obj", other)

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
            behind = [o for o in slots.get("obj") if o > index]
            if behind and not any(s > index for s in slots.get("subj")):
                # With its object as a suffix the verb has its subject behind it (هجوم شنه مسلحون).
                slots.fillers["subj"] = behind[:1]
            slots.fillers["obj"] = [index + 1]

    def _relative(self, slots: Slots, index: int) -> None:
        """In a relative clause the antecedent fills the slot of the relative or resumptive pronoun.

        After الذي a clause without resumptive pronoun has its antecedent as subject; without الذي (after an
        indefinite noun) a noun behind the verb comes first.
        """
        for slot, fillers in list(slots.fillers.items()):
            slots.fillers[slot] = [f for f in fillers if self.keys[f - 1] not in RELATIVES]
        antecedent = self.antecedent(index)
        if antecedent is None:
            return
        if has_pronoun(self.words, index - 1):
            slots.fillers["obj"] = [antecedent]
        elif self._after_relative_pronoun(index) and not self._resumed(index):
            displaced = [f for f in slots.get("subj") if f > index]
            slots.fillers["subj"] = [antecedent]
            if displaced and not slots.get("obj"):
                slots.fillers["obj"] = displaced
        elif not slots.get("subj") and not self._nouns_after(index):
            slots.add("subj", antecedent)

    def _after_relative_pronoun(self, index: int) -> bool:
        return any(self.keys[i] in RELATIVES for i in range(max(0, index - 4), index - 1))

    def _resumed(self, index: int) -> bool:
        """Whether a preposition with a suffix pronoun follows in the clause (عليها، فيه، له)."""
        for i in range(index, min(len(self.words) - 1, index + 6)):
            if is_mark(self.words[i]) or self.words[i].upos == "VERB":
                return False
            if self.words[i].upos == "ADP" and has_pronoun(self.words, i):
                return True
        return False

    def antecedent(self, index: int) -> int | None:
        """The noun that a verb's relative clause describes: by the tree, or the noun before الذي / a bare
        verb.
        """
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

    def _surface_arguments(self, slots: Slots, index: int, features: Features | None) -> None:
        """Subject and object by position and agreement, where the tree gave none or one that cannot be.

        A verb before its subject is singular; so a plural verb has its subject before it, or leaves it out.
        """
        subjects = slots.get("subj")
        topic = self._topic(index)
        if (
            topic is not None
            and self._may_act(topic)
            and self.antecedent(index) is None
            and all(f > index for f in subjects)
        ):
            # A noun before the verb of its clause is the subject (SVO), whatever the tree made of those after
            # it.
            slots.fillers["subj"] = [topic]
            if subjects and not slots.get("obj"):
                slots.add("obj", subjects[0])
            subjects = slots.fillers["subj"]
        if features and not slots.passive:
            for filler in [f for f in subjects if f > index and not self._may_follow(f, features)]:
                subjects.remove(filler)
                if not slots.get("obj"):
                    slots.add("obj", filler)
        if slots.get("subj") and slots.get("obj"):
            return
        nouns = [
            n for n in self._nouns_after(index) if n not in slots.get("subj") and n not in slots.get("obj")
        ]
        if not slots.get("subj"):
            if nouns and (features is None or self._may_follow(nouns[0], features)) and not topic:
                slots.add("subj", nouns.pop(0))
            elif topic:
                slots.add("subj", topic)
        if not slots.get("obj") and not slots.passive and nouns and nouns[0] not in slots.get("subj"):
            slots.add("obj", nouns[0])

    def _may_act(self, noun: int) -> bool:
        """Whether a noun opens a mention, or names a weapon or vehicle that acts for its owner."""
        return noun in self.phrases or self.keys[noun - 1] in transparent("vehicles")

    def _may_follow(self, noun: int, features: Features) -> bool:
        """Whether a noun after a verb of these features can be its subject: number and gender agree."""
        if features.number in ("p", "d") or features.person in (1, 2):
            return False
        word, key = self.word(noun), self.keys[noun - 1]
        if noun in self.named:
            return True
        if word.upos in ("X", "PROPN", "NUM") or key.isdigit() or load_gazetteer().is_first_name(key):
            return True
        head = load_gazetteer().head(word.text)
        feminine = key.endswith(("ه", "اء", "ات")) if head is None else head.gender == "f"
        singular = word.feats.get("Number", "Sing") == "Sing" if head is None else head.number == "s"
        if features.gender == "f":
            return feminine or not singular or (definite(word) and not load_triggers().lookup(key))
        return not (feminine and singular and key.endswith("ه") and features.gender == "m")

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
            if word.text in QUOTES or word.upos == "PRON" or word.index in self.times:
                i += 1
                previous_nominal = previous_nominal and word.text in QUOTES
                continue
            if is_mark(word):
                resumed = self._after_parenthesis(i)
                if resumed is None:
                    break
                i, previous_nominal = resumed, False
                continue
            if self.keys[i] in _INCLUSION and has_pronoun(self.words, i):
                break
            if self.keys[i] == "و":
                # What is joined by و to a noun phrase shares its slot and opens no other.
                i = self._after_phrase(i + 1)
                previous_nominal = True
                continue
            if self._is_preposition(i):
                i = self._after_phrase(i + 1)
                previous_nominal = False
                continue
            if word.index in self.phrases:
                found.append(word.index)
                i = self.phrases[word.index]
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

    def _is_preposition(self, i: int) -> bool:
        """ADP by tag or by form; نحو and حول before a number only round it off."""
        counted = i + 1 < len(self.words) and (self.words[i + 1].upos == "NUM" or self.keys[i + 1].isdigit())
        if self.keys[i] in _ROUND and counted:
            return False
        return self.words[i].upos == "ADP" or self.keys[i] in _CERTAIN

    def _after_parenthesis(self, i: int) -> int | None:
        """The position after a short insertion between commas, dashes or brackets (، أمس،), None where none
        is.
        """
        closers = {"،": "،", ",": ",", "(": ")", "-": "-"}
        closer = closers.get(self.words[i].text)
        for j in range(i + 2, min(len(self.words), i + 5)):
            if self.words[j].text == closer:
                return j + 1
        return None

    def _after_phrase(self, i: int) -> int:
        """The position after the noun phrase at `i` (what a preposition governs)."""
        while i < len(self.words) and (
            self.words[i].upos in ("NOUN", "PROPN", "X", "ADJ", "NUM", "DET", "PRON")
            or self.words[i].text in QUOTES
        ):
            i += 1
            if i < len(self.words) and self._opens_phrase(i):
                break
        return i

    def _opens_phrase(self, i: int) -> bool:
        """Whether the noun at `i` cannot belong to the noun phrase before it: a number, or one definite
        after another.
        """
        word, before = self.words[i], self.words[i - 1]
        if word.upos == "NUM":
            return before.upos != "NUM"
        return definite(word) and definite(before) and word.upos == "NOUN" and not is_adjective(word)

    def _topic(self, index: int) -> int | None:
        """The noun phrase before the verb that opens its clause (SVO): the first that no preposition
        governs.
        """
        i = index - 2
        start = i + 1
        while i >= 0:
            word = self.words[i]
            if (
                word.upos in ("VERB", "SCONJ")
                or self.keys[i] in RELATIVES
                or (is_mark(word) and word.text not in QUOTES)
            ):
                break
            start = i
            i -= 1
        governed = False
        for position in range(start, index - 1):
            word = self.words[position]
            if word.upos == "ADP":
                governed = True
            elif word.upos in ("NOUN", "PROPN", "X", "ADJ", "NUM"):
                if not governed and self.keys[position] not in _NEGLIGIBLE and word.index not in self.times:
                    return position + 1
            elif word.text not in QUOTES and word.upos not in ("PRON", "DET"):
                governed = False
        return None

    def _surface_prepositions(self, slots: Slots, index: int) -> None:
        """Prepositions after the word up to the next verb, where the tree attached them elsewhere; doers by
        "من قبل".
        """
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
            if self.keys[i] in _WEAPONS and i and self.keys[i - 1] == "ب" and i + 2 in self.phrases:
                slots.add("by", i + 2)
            if self.keys[i] in _DOER_WORDS:
                slots.add("by", self._skip_marks(i + 1) + 1)
            elif self._is_preposition(i) and (slot := slot_of(word.text)) and slot not in seen:
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

    def _within_phrase(self, index: int, heads: list[int]) -> bool:
        """Whether a word lies in the mention that one of these words opens (السوري in قصف الجيش السوري)."""
        return any(first <= index <= last for first, last in self.phrases.items() if first in heads)

    def _twin(self, last: int) -> int | None:
        """The trigger joined to a word by و right behind it (قتل وجرح, كشف وضبط)."""
        if last + 1 < len(self.words) and self.keys[last] == "و":
            other = self.words[last + 1]
            same = (other.upos == "VERB") == (self.word(last).upos == "VERB")
            return last + 2 if same and load_triggers().lookup(other.text) else None
        return None

    def governing_verb(self, index: int) -> int | None:
        """The verb that governs a noun: the nearest above it in the tree, else the nearest before it."""
        seen = {index}
        head = self.word(index).head
        while head and head not in seen and len(seen) < 6:
            if self.word(head).upos == "VERB":
                return head
            seen.add(head)
            head = self.word(head).head
        for i in range(index - 2, max(-1, index - 10), -1):
            if self.words[i].upos == "VERB":
                return i + 1
            if is_mark(self.words[i]) and self.words[i].text not in QUOTES:
                return None
        return None

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
            people = load_gazetteer().head(word.text)
            if (people and people.head.type == "Population" and not definite(word)) or (
                word.index not in self.times
                and word.upos in ("NOUN", "PROPN", "X", "NUM")
                and not (is_adjective(word) and not definite(word))
            ):
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
            if is_adjective(self.words[i]) and not self._within_phrase(i + 1, slots.get("gen")):
                slots.add("adj", i + 1)
            i += 1
        twin = self._twin(last)
        if twin is not None and not slots.get("gen"):
            # "مقتل وإصابة نحو 25 قرويا": verbal nouns joined by و share what follows the second.
            slots.fillers["gen"] = list(self.noun_slots(twin, twin).get("gen"))
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
