"""One sentence as rules see it: its noun phrases, and the clauses round a verb.

Where a clause begins, what its verb tells of (topic, antecedent) and which verb governs a noun. As in
`noun_phrases`, indexes count from 1 and positions (`i`) from 0.
"""

from __future__ import annotations

from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.noun_phrases import NounPhrases
from extractors.phrases import OPENING, QUOTES, RELATIVES, definite, has_pronoun, is_adjective, is_mark
from extractors.reporting import load_reporting
from extractors.triggers import load_triggers

#: How far behind الذي the verb of its clause may stand.
_RELATIVE_REACH = 5
#: Whether what a relative pronoun describes is feminine, and several people.
_AGREEING = {fold("التي"): (True, False), fold("الذي"): (False, False), fold("الذين"): (False, True)}


class Clause(NounPhrases):
    """The words of one sentence with their dependents, asked by trigger."""

    def opens(self, index: int) -> bool:
        """Whether a word stands first in its sentence, or behind a colon or dash."""
        before = index - 2
        while before >= 0 and (self.words[before].text in QUOTES or self.keys[before] in ("و", "ف")):
            before -= 1
        return before < 0 or (is_mark(self.words[before]) and self.words[before].text not in ("،", ",", "؛"))

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
        """The noun that a verb's relative clause describes: by the tree, or the noun before الذي; rather who
        is backed than who backs him.
        """
        found = self._antecedent(index)
        return None if found is None else self._backed(found, self.relative_before(index)) or found

    def _backed(self, backer: int, relative: int | None) -> int | None:
        """Who is told to stand with the one that a relative clause follows, where the clause agrees with him:
        the militias in الميليشيات المدعومة من إيران التي هاجمت المدينة; without الذي it describes nobody who
        is definite (ميليشيا مدعومة من إيران هاجمت المدينة).
        """
        participle = backer - 2
        if participle < 1 or self.words[backer - 2].upos != "ADP":
            return None
        word, key = self.word(participle), self.keys[participle - 1]
        if key.removeprefix("ال") not in function_words("backed") or word.deprel != "amod":
            return None
        if relative is None:
            return word.head if not definite(word) else None
        feminine, several = key.endswith("ه"), key.endswith(("ون", "ين"))
        agrees = _AGREEING.get(self.keys[relative - 1]) == (feminine, several)
        return word.head if agrees and word.head < participle else None

    def _antecedent(self, index: int) -> int | None:
        word = self.word(index)
        if word.deprel.startswith("acl") and word.head and self.aside_of(word.head - 1) is not None:
            return None  # مسلحون يستقلون دراجة أطلقوا النار: the motorcycle did not
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

    def twin(self, last: int) -> int | None:
        """The trigger joined to a word by و right behind it (قتل وجرح, كشف وضبط)."""
        if last + 1 < len(self.words) and self.keys[last] == "و":
            other = self.words[last + 1]
            same = (other.upos == "VERB") == (self.word(last).upos == "VERB")
            return last + 2 if same and load_triggers().lookup(other.text) else None
        return None

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
            aside = self.aside_of(i)
            if aside is not None:
                i = aside - 1
                continue
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
            behind = start == i + 1 == index - 1  # "المالكي كان يتصل": its subject stands before كان
            if (word.upos in ("VERB", "SCONJ") and not (word.upos == "VERB" and behind)) or (
                is_mark(word) and word.text not in QUOTES
            ):
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
