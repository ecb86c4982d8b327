"""One sentence as rules see it: words with their dependents, noun phrases and prepositions round a trigger.

The tree is asked first; what it leaves open is read off the surface. Indexes are word indexes, from 1;
positions, where a parameter is called `i`, count from 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from extractors.document import Sentence, Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import OPENING, QUOTES, RELATIVES, definite, has_pronoun, is_adjective, is_mark
from extractors.reporting import load_reporting
from extractors.triggers import load_triggers, slot_of
from extractors.type_groups import COUNTED

#: How many words after a trigger its arguments may stand.
WINDOW = 14
#: How far behind الذي the verb of its clause may stand.
_RELATIVE_REACH = 5


class Clause:
    """The words of one sentence with their dependents, asked by trigger."""

    def __init__(
        self,
        sentence: Sentence,
        times: frozenset[int] = frozenset(),
        phrases: Mapping[int, int] | None = None,
        named: frozenset[int] = frozenset(),
        people: frozenset[int] = frozenset(),
        ties: Mapping[int, int] | None = None,
    ) -> None:
        """`times`: words of time expressions, which fill no slot. `phrases`: first -> last word of each
        mention that lies in no other; a noun phrase ends where one does. `named`: first words of those that
        are names; `people`: of those that are persons. `ties`: first word -> participle of those that
        one ties to another.
        """
        self.sentence = sentence
        self.times = times
        self.phrases = phrases or {}
        self.named = named
        self.people = people
        self.ties = ties or {}
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

    def opens(self, index: int) -> bool:
        """Whether a word stands first in its sentence, or behind a colon or dash."""
        before = index - 2
        while before >= 0 and (self.words[before].text in QUOTES or self.keys[before] in ("و", "ف")):
            before -= 1
        return before < 0 or (is_mark(self.words[before]) and self.words[before].text not in ("،", ",", "؛"))

    def case(self, index: int) -> str | None:
        """The preposition before a noun, None without one."""
        for child in self.children[index]:
            if child.deprel.startswith("case") and child.index < index:
                return child.text
        return None

    def coordinated(self, index: int) -> list[int]:
        """Nouns joined to a noun by و: its conjuncts in the tree."""
        found: list[int] = []
        for child in self.children[index]:
            if child.deprel.startswith("conj") and child.upos in ("NOUN", "PROPN", "X", "NUM", "ADJ"):
                found += [child.index, *self.coordinated(child.index)]
        return found

    def governing_verb(self, index: int) -> int | None:
        """The verb that governs a noun: the nearest above it in the tree, else the nearest before it."""
        seen = {index}
        head = self.word(index).head
        while head and head not in seen and len(seen) < 6:
            if self.word(head).upos == "VERB":
                described = self.antecedent(head) if self._is_filled(head, index) else None
                return head if described is None else self.governing_verb(described)
            seen.add(head)
            head = self.word(head).head
        for i in range(index - 2, max(-1, index - 10), -1):
            if self.words[i].upos == "VERB":
                return i + 1
            if is_mark(self.words[i]) and self.words[i].text not in QUOTES:
                return None
        return None

    def _is_filled(self, verb: int, index: int) -> bool:
        """Whether a verb has its object as a suffix after الذي, so that no noun behind it is its own but by a
        preposition (التحالف الذي تقوده السعودية حملة).
        """
        bare = index > 1 and self.words[index - 2].upos != "ADP"
        return (
            verb < index and bare and has_pronoun(self.words, verb - 1) and bool(self.relative_before(verb))
        )

    def antecedent(self, index: int) -> int | None:
        """The noun that a verb's relative clause describes: by the tree, or the noun before الذي."""
        word = self.word(index)
        if word.deprel.startswith("acl") and word.head and self.keys[word.head - 1] != "ما":
            return word.head  # عندما, split, describes nobody
        before = self.relative_before(index)
        if before is None:
            return None
        before -= 2
        while before >= 0 and (is_mark(self.words[before]) or is_adjective(self.words[before])):
            before -= 1
        return before + 1 if before >= 0 else None

    def relative_before(self, index: int) -> int | None:
        """The relative pronoun that opens a verb's clause (الذي قتل, التي قد قتلت)."""
        for back in (1, 2):
            if index > back and self.keys[index - back - 1] in RELATIVES:
                return index - back
        return None

    def within_phrase(self, index: int, heads: list[int]) -> bool:
        """Whether a word lies in the mention that one of these words opens (السوري in قصف الجيش السوري)."""
        return any(first <= index <= last for first, last in self.phrases.items() if first in heads)

    def is_complement(self, word: int, index: int) -> bool:
        """Whether a word belongs to the complement of a participle within a mention (القوات الموالية ل…): it
        is no argument of the trigger `index` outside.
        """
        return any(
            tie < word <= self.phrases.get(first, 0) and not first <= index <= self.phrases[first]
            for first, tie in self.ties.items()
        )

    def twin(self, last: int) -> int | None:
        """The trigger joined to a word by و right behind it (قتل وجرح, كشف وضبط)."""
        if last + 1 < len(self.words) and self.keys[last] == "و":
            other = self.words[last + 1]
            same = (other.upos == "VERB") == (self.word(last).upos == "VERB")
            return last + 2 if same and load_triggers().lookup(other.text) else None
        return None

    def nouns_after(self, index: int) -> list[int]:
        """Heads of noun phrases after a verb that no preposition governs, up to the next verb or stop."""
        found: list[int] = []
        i = index
        previous_nominal = False
        while i < len(self.words) and i - index < WINDOW:
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
            if self.keys[i] in function_words("inclusion") and has_pronoun(self.words, i):
                break
            if self.keys[i] == "و":
                if self._begins_harm(i + 1):
                    break
                # What is joined by و to a noun phrase shares its slot and opens no other.
                i = self._after_phrase(i + 1)
                previous_nominal = True
                continue
            if self.is_preposition(i):
                i = self._after_phrase(i + 1)
                previous_nominal = False
                continue
            if word.index in self.phrases:
                found.append(word.index)
                i = self.phrases[word.index]
                previous_nominal = False
                continue
            if self.keys[i] in function_words("quantifiers") and i + 2 in self.phrases:
                found.append(word.index)  # بعض الأجانب is one phrase
                i = self.phrases[i + 2]
                previous_nominal = False
                continue
            nominal = word.upos in ("NOUN", "PROPN", "X", "NUM") or (
                word.upos == "ADJ" and not previous_nominal
            )
            if nominal and self.keys[i] not in function_words("negligible"):
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

    def _begins_harm(self, i: int) -> bool:
        """Whether a new clause begins at `i`, of others who were harmed (قتل 13 شخصا وجرح 40)."""
        readings = load_triggers().lookup(self.words[i].text) if i + 1 < len(self.words) else ()
        harm = any(m.trigger.type in COUNTED and m.features.tense == "past" for m in readings)
        return harm and i + 2 in self.phrases

    def phrase_behind(self, first: int) -> int | None:
        """The mention right behind the one at `first` and what is joined to that, no part of it: the first is
        closed by an article or is a name, and the second does not name whom the first describes.
        """
        last = self.phrases.get(first)
        if last is None:
            return None
        while last < len(self.words):
            i = last
            while i < len(self.words) and (
                self.words[i].text in QUOTES or (self.words[i].upos == "ADJ" and i + 1 not in self.named)
            ):
                i += 1
            if i + 1 < len(self.words) and self.keys[i] == "و" and i + 2 in self.phrases:
                first, last = i + 2, self.phrases[i + 2]
                continue
            if i + 1 in self.phrases and self.in_apposition(first, i + 1):
                first, last = i + 1, self.phrases[i + 1]
                continue
            closed = first in self.named or definite(self.words[i - 1]) or self.keys[i - 1].endswith("ون")
            return i + 1 if closed and i + 1 in self.phrases else None
        return None

    def in_apposition(self, first: int, second: int) -> bool:
        """Whether the person named at `second` is whom the noun at `first` describes (الوزير فلان)."""
        head = load_gazetteer().head(self.word(first).text)
        described = first in self.people or head is None or head.head.type in ("Population", "Person")
        if head is not None and head.number != "s":
            return False  # اغتال مسلحون القيادي فلان: several are not one
        return second in self.people & self.named and first not in self.named and described

    def tells_more(self, index: int) -> bool:
        """Whether the word is a participle that takes the preposition behind it (المدعومة من X): it tells an
        act, though the name before may run on to it, and what follows is its own.
        """
        following = self.words[index] if index < len(self.words) else None
        slot = slot_of(following.text) if following is not None and following.upos == "ADP" else None
        return slot is not None and any(
            m.trigger.kind in ("agent", "patient")
            and m.trigger.frame.get(slot) in ("actor", "recipient", "partner")
            for m in load_triggers().lookup(self.word(index).text)
        )

    def topic(self, index: int) -> int | None:
        """The first noun phrase before the verb in its clause that no preposition governs (SVO).

        A verb that و, ف or a subordinator precedes has its subject behind it or leaves it out.
        Relative clauses are passed over, and have no topic of their own but what they describe.
        """
        if self.begins_clause(index) or self.relative_before(index) is not None:
            return None
        i = index - 2
        start = i + 1
        quoted = None
        while i >= 0:
            word = self.words[i]
            if self.keys[i] in function_words("subordinators"):
                break
            if word.text in OPENING:
                quoted = i + 1
            if word.upos == "VERB" and quoted is not None and load_reporting().lookup(word.text):
                start = quoted  # قال فلان "…": the speaker is no part of the quotation
            if (word.upos == "VERB" and self.keys[i] not in function_words("auxiliaries")) or self.keys[
                i
            ] in RELATIVES:
                before = self._before_relative(i)
                if before is None:
                    break
                index, i = before + 2, before
                start = i + 1
                continue
            if word.upos in ("VERB", "SCONJ") or (is_mark(word) and word.text not in QUOTES):
                break
            start = i
            i -= 1
        if i >= 0 and self.words[i].upos == "VERB" and self.keys[index - 2] == "و":
            return None  # "قتل جندي وأصيب ستة": what stands before و belongs to the verb before it
        governed = False
        for position in range(start, index - 1):
            word = self.words[position]
            if word.upos == "ADP":
                governed = True
            elif word.upos in ("NOUN", "PROPN", "X", "ADJ", "NUM"):
                if (
                    not governed
                    and self.keys[position] not in function_words("negligible")
                    and word.index not in self.times
                ):
                    return position + 1
            elif word.text not in QUOTES and word.upos not in ("PRON", "DET"):
                governed = False
        return None

    def quoted_from(self, index: int) -> int | None:
        """The position of the mark that opens speech right before a verb: "قال X: قصفت …", "قال X «خطفت …".

        None where another subordinator or verb stands between the mark and the word of saying, for then
        the mark only sets words off ("أن الجبهة «قامت ب…").
        """
        mark = index - 2
        while mark >= 0 and self.words[mark].upos in ("CCONJ", "PART", "AUX"):
            mark -= 1
        if mark < 0 or self.words[mark].text not in OPENING:
            return None
        for i in range(mark - 1, -1, -1):
            if self.words[i].upos == "SCONJ" or self.keys[i] in function_words("that"):
                return None
            if self.words[i].upos == "VERB":
                return mark if load_reporting().lookup(self.words[i].text) else None
        return None

    def _before_relative(self, i: int) -> int | None:
        """The position before the relative clause that the word at `i` stands in, if it does."""
        for back in range(i, max(-1, i - _RELATIVE_REACH), -1):
            if self.keys[back] in RELATIVES:
                return back - 1
            if back < i and (self.words[back].upos in ("VERB", "SCONJ") or is_mark(self.words[back])):
                return None
        return None

    def begins_clause(self, index: int) -> bool:
        """Whether و or a subordinator stands before a verb (and its particles), or ف within its word."""
        i = index - 2
        while i >= 0 and self.keys[i] in function_words("before_verb"):
            i -= 1
        if i >= 0 and (self.words[i].upos in ("SCONJ", "ADP", "CCONJ") or self._is_split_when(i)):
            return True
        readings = load_triggers().lookup(self.words[index - 1].text)
        return any(m.analysis is not None and m.analysis.prefixes[:1] == ("ف",) for m in readings)

    def _is_split_when(self, i: int) -> bool:
        """Whether the ما at that position belongs to the word before it (عندما, بعدما), which opens a
        clause.
        """
        return self.keys[i] == "ما" and i > 0 and self.words[i - 1].upos == "ADP"

    def is_preposition(self, i: int) -> bool:
        """ADP by tag or by form; نحو and حول before a number only round it off."""
        counted = i + 1 in self.phrases or (
            i + 1 < len(self.words) and (self.words[i + 1].upos == "NUM" or self.keys[i + 1].isdigit())
        )
        if self.keys[i] in function_words("approximators") and counted:
            return False
        if self.keys[i] == "علي" and any(
            f < i + 1 < last for f, last in self.phrases.items() if f in self.named
        ):
            return False  # the first name in الرئيس علي عبد الله صالح
        return self.words[i].upos == "ADP" or self.keys[i] in function_words("certain_prepositions")

    def _after_parenthesis(self, i: int) -> int | None:
        """The position after a short insertion between commas, dashes or brackets (، أمس،); None: no such."""
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
            i = self.phrases.get(i + 1, i + 1)
            if i < len(self.words) and self._opens_phrase(i):
                break
        return i

    def _opens_phrase(self, i: int) -> bool:
        """Whether the noun at `i` opens a phrase of its own: a number, or one definite noun after another."""
        word, before = self.words[i], self.words[i - 1]
        if i + 1 in self.phrases and i in self.phrases.values() and not is_adjective(word):
            return True  # one mention ends, another begins
        if word.upos == "NUM":
            return before.upos != "NUM"
        return definite(word) and definite(before) and word.upos == "NOUN" and not is_adjective(word)

    def parts_nobody(self, i: int) -> bool:
        """Whether the بين at that position names no parties: it singles some out of a group (قتلى بينهم
        أطفال), or tells where a border or road lies (الحدود بين).
        """
        if self.keys[i] != "بين":
            return False
        if has_pronoun(self.words, i) and self.keys[i + 2 : i + 4] != ["و", "بين"]:
            return True
        return self.keys[i - 1].removeprefix("ال") in function_words("lie_between")

    def skip_marks(self, i: int) -> int:
        while i < len(self.words) - 1 and self.words[i].text in QUOTES:
            i += 1
        return i
