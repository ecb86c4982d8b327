"""The noun phrases of a sentence as rules see them: words with their dependents, phrases, prepositions.

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
from extractors.phrases import QUOTES, RELATIVES, definite, has_pronoun, is_adjective, is_mark
from extractors.triggers import load_triggers, slot_of
from extractors.type_groups import COUNTED

#: How many words after a trigger its arguments may stand.
WINDOW = 14


class NounPhrases:
    """The words of one sentence with their dependents, and its noun phrases."""

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

    @cached_property
    def children(self) -> dict[int, list[Word]]:
        """Head -> its dependents, in text order."""
        found: dict[int, list[Word]] = defaultdict(list)
        for word in self.words:
            found[word.head].append(word)
        return found

    @cached_property
    def keys(self) -> list[str]:
        """Look-up keys by position, from 0."""
        return [fold(w.text) for w in self.words]

    @cached_property
    def asides(self) -> dict[int, int]:
        """Where a clause without a particle tells how people come or what they carry, and where it ends:
        مسلحون [يستقلون دراجة نارية] أطلقوا النار. The verb and the object behind it are not its.
        """
        found: dict[int, int] = {}
        for i in range(1, len(self.words) - 1):
            if self.keys[i] not in function_words("comes_with"):
                continue
            if self.keys[i + 1].removesuffix("ا") not in function_words("things_borne"):
                continue
            end = i + 2
            while end < len(self.words) and not definite(self.words[end]):
                if not is_adjective(self.words[end]) and self.keys[end] not in function_words("loaded"):
                    break
                end += 1
            found[i - (self.keys[i - 1] in function_words("auxiliaries"))] = end
        return found

    def aside_of(self, i: int) -> int | None:
        """Where the aside begins in which the word at a position stands; None where it stands in none."""
        return next((begin for begin, end in self.asides.items() if begin <= i < end), None)

    def word(self, index: int) -> Word:
        """The word with that index."""
        return self.words[index - 1]

    def has_article(self, index: int) -> bool:
        """Whether the word with that index is written with ال."""
        return self.keys[index - 1].startswith("ال")

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

    def within_phrase(self, index: int, heads: list[int]) -> bool:
        """Whether a word lies in the mention that one of these words opens (السوري in قصف الجيش السوري)."""
        return any(first <= index <= last for first, last in self.phrases.items() if first in heads)

    def is_complement(self, word: int, index: int) -> bool:
        """Whether a word belongs to the complement of a participle within a mention (القوات الموالية ل…): it
        is no argument of the trigger `index` outside.
        """
        return bool(self.ties) and any(
            tie < word <= self.phrases.get(first, 0) and not first <= index <= self.phrases[first]
            for first, tie in self.ties.items()
        )

    def nouns_after(self, index: int) -> list[int]:
        """Heads of noun phrases after a verb that no preposition governs, up to the next verb or stop."""
        found: list[int] = []
        i = index
        previous_nominal = False
        while i < len(self.words) and i - index < WINDOW:
            word = self.words[i]
            if i in self.asides:
                i, previous_nominal = self.asides[i], False
                if i < len(self.words) and is_mark(self.words[i]):
                    break
                continue
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

    def phrase_beyond(self, first: int) -> int | None:
        """The mention of an actor beyond the one at `first`, with only its place, a time, a relative clause
        or a manner between commas between them; no part of the phrase, nor governed by a preposition.
        """
        i = self.phrases.get(first)
        start = i
        while i is not None and i < len(self.words):
            word = self.words[i]
            if (
                word.text in QUOTES
                or word.index in self.times
                or self.keys[i] in function_words("negligible")
            ):
                i += 1
            elif is_mark(word) and i + 1 < len(self.words) and self._is_inserted(i + 1):
                closing = (j + 1 for j in range(i + 2, len(self.words)) if self.words[j].text == word.text)
                i = next(closing, None)
            elif i == start and self.keys[i] in RELATIVES:
                closing = (j + 1 for j in range(i + 2, len(self.words)) if self.words[j].text in ("،", ","))
                i = next(closing, None)
            elif self.keys[i] == "في" and i + 2 in self.phrases:
                i = self.phrases[i + 2]
            else:
                beyond = i != start and i + 1 in self.phrases
                # السفير الإسرائيلي في واشنطن رون ديرمر is one
                named = beyond and first not in self.named and i + 1 in self.people
                return i + 1 if beyond and not named and (i + 1 in self.named or definite(word)) else None
        return None

    def _is_inserted(self, i: int) -> bool:
        """Whether what a comma before position `i` opens is told by the way: of whom was named (الذي ...), or
        how he acts (بدعم من X); not another who is joined to him.
        """
        return self.keys[i] in RELATIVES or self.keys[i] in ("ب", "من")

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
        if i + 1 in self.people and definite(before) and self.phrases[i + 1] > i + 1:
            return True  # قتل في الهجوم الضابط فلان
        if word.upos == "NUM":
            return before.upos != "NUM"
        if before.upos == "ADJ" and word.upos == "NOUN" and not (definite(before) or definite(word)):
            # استهدف بسيارتين مفخختين حواجز; an elative (آخر معاقلهم) stands before its noun
            return self.keys[i - 1].endswith(("ين", "ه", "ا")) and not is_adjective(word)
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
