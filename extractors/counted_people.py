"""People told by a number or by their nation alone: 3042 من داعش, آلاف العراقيين, إصابة 30, قتل فلسطينيا."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Word
from extractors.gazetteer_tables import Nisba
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.numbers import Quantity
from extractors.people_nouns import people_by_form
from extractors.phrases import NOMINAL, QUOTES, definite, has_pronoun, is_nominative, noun_phrase_end
from extractors.quantities import Counts
from extractors.sentence_mentions import SentenceMentions
from extractors.triggers import load_triggers
from extractors.type_groups import COUNTED, STRIKES

_OF, _BETWEEN = fold("من"), fold("بين")
#: A vague count has this many words at most: العشرات، عشرات الآلاف.
_VAGUE = 2
#: So end the plurals of people behind the number of those harmed (استشهاد 4 مرابطين).
_SEVERAL = ("ون", "ين")
#: So ends the singular behind a number above ten (استشهاد 15 مصليا).
_SPECIFIED = ("ا", "اً", "ًا")


class CountedPeople:
    """Finds the people of one sentence that no noun describes, after its descriptions. `names` are the
    positions of names of people.
    """

    def __init__(self, mentions: SentenceMentions, names: frozenset[int], counts: Counts) -> None:
        self.mentions = mentions
        self.words = mentions.words
        self.keys = mentions.keys
        self.names = names
        self.counts = counts

    def add_all(self) -> None:
        """Add the counted, the lone and the bare counts, in that order."""
        self._add_counted_peoples()
        self._add_lone_peoples()
        self._add_bare_counts()

    def _add_counted_peoples(self) -> None:
        """A count of the people of a state or group by their adjective: "آلاف العراقيين", "3 أكراد"."""
        for i, key in enumerate(self.keys):
            people = self.mentions.gazetteer.nisba(key)
            quantity, first = self.counts.before(i)
            if quantity is None or people is None or people.gender != "m":
                continue
            if people.number != "p" and (people.definite or people.number == "d"):
                continue
            if not any(m.first <= i + 1 <= m.last and m.quantity for m in self.mentions.found):
                end = noun_phrase_end(self.words, i, names=self.names)
                self.mentions.add(
                    first, end, "actor", "Population", "group", quantity=quantity, rule="counted people"
                )

    def _add_lone_peoples(self) -> None:
        """Uncounted people by the adjective of their state or group alone: "قتل الجنود فلسطينيا", "مقتل
        إسرائيليين", "النار على فلسطينيين". No noun may stand before that the adjective could describe.
        """
        for i in range(1, len(self.words)):
            people = self.mentions.gazetteer.nisba(self.keys[i])
            if people is None or people.definite or any(m.covers(i + 1) for m in self.mentions.found):
                continue
            several = people.number != "s" and people.gender == "m"
            if not (self._stands_alone(i) if several else self._is_lone(i, people)):
                continue
            single = people.number == "s"
            self.mentions.add(
                i,
                noun_phrase_end(self.words, i, names=self.names),
                "actor",
                "Person" if single else "Population",
                "group",
                quantity=Quantity(2, 2, 1) if people.number == "d" else None,
                rule="people of a state",
            )

    def _attacks(self, i: int, people: Nisba) -> bool:
        """Whether one of a people stands where who attacks does, behind the verb (طعن فلسطيني جنديا)."""
        if people.number != "s" or people.gender != "m" or self.keys[i].endswith("ا"):
            return False
        readings = load_triggers().lookup(self.words[i - 1].text)
        attacks = any(
            m.trigger.kind == "verb" and m.trigger.type in STRIKES and m.features.tense for m in readings
        )
        if not attacks or all(m.trigger.kind != "masdar" for m in readings):
            return attacks
        # قصف إسرائيلي is a noun and its adjective, but these leave no room for an object or for his own means
        behind = self.words[i + 1 : i + 4]
        own = bool(behind) and fold(behind[0].text) == "ب" and has_pronoun(self.words, i + 2)
        return own or (bool(behind) and behind[0].upos in ("NOUN", "NUM"))

    def _is_lone(self, i: int, people: Nisba) -> bool:
        """Whether an indefinite adjective in the singular names who was hurt or taken, as its ending is that
        of the accusative, which the word before has not (قتل مستوطن فلسطينيا), or who attacks.
        """
        before = self.words[i - 1]
        # No noun with the article has an indefinite adjective.
        accusative = people.gender == "m" and self.words[i].text.endswith("ا")
        object_ = definite(before) and (accusative or self.words[i].deprel in ("obj", "iobj"))
        object_ = object_ or (accusative and is_nominative(before))
        object_ = object_ or self.keys[i - 1] in function_words("hands")  # على يد فلسطيني
        return is_harm(self.words, i - 1) or object_ or self._attacks(i, people) or self._is_joined(i)

    def _stands_alone(self, i: int) -> bool:
        """Whether an indefinite adjective in the masculine plural or dual has no noun before it: it then
        names people (أطلق النار على فلسطينيين، هاجم أكراد مواقع التنظيم).
        """
        before = self.words[i - 1]
        if before.upos == "CCONJ":
            return self._is_joined(i)
        if before.upos in ("VERB", "ADP", "SCONJ", "PUNCT") or is_harm(self.words, i - 1):
            return True
        return definite(before) and before.upos in ("NOUN", "ADJ") and self.keys[i].endswith(("ون", "ين"))

    def _is_joined(self, i: int) -> bool:
        """Whether و joins it to people who are told so too (لبنانيا وسوريين)."""
        return self.keys[i - 1] == "و" and any(
            m.last == i - 1 and m.rule == "people of a state" for m in self.mentions.found
        )

    def _add_bare_counts(self) -> None:
        """A count without a noun for people: "3042 من داعش", "ستة آخرون", "إصابة 30",
        "العشرات"; and "آخرون" after a verb, "آخر" after a word of harm.
        """
        for i in range(1, len(self.words)):
            after_harm = self.words[i - 1].upos == "VERB" or is_harm(self.words, i - 1)
            if self.keys[i] in function_words("others") and after_harm:
                self.mentions.add(i, i, "actor", "Population", "group", rule="others")
            elif self._is_another(i):
                self.mentions.add(i, i, "actor", "Person", "group", rule="others")
        i = 0
        while i < len(self.words):
            quantity = self.counts.beginning(i)
            if quantity is None:
                i += 1
                continue
            after = i + quantity.length
            if self.keys[after - 1] == _OF:
                after -= 1
            inside = any(m.first <= i + 1 <= m.last and m.quantity for m in self.mentions.found)
            last = None if inside else self._counted_end(i, after, quantity)
            if last is not None:
                self.mentions.add(i, last, "actor", "Population", "group", quantity=quantity, rule="count")
            i = max(after, i + 1)

    def _is_another(self, i: int) -> bool:
        """Whether "آخر" is one more who was harmed (إصابة آخر), not the last of some (قتل آخر قائد)."""
        annexed = i + 1 < len(self.words) and self.words[i + 1].upos in NOMINAL
        return self.keys[i] in function_words("another") and is_harm(self.words, i - 1) and not annexed

    def _counted_end(self, i: int, after: int, quantity: Quantity) -> int | None:
        """Where a count that begins at `i` and ends before `after` ends with whom it counts; None where it
        counts nobody.
        """
        following = self.words[after] if after < len(self.words) else None
        if following is not None and self.keys[after] in function_words("others"):
            return after
        if after + 1 < len(self.words) and self.keys[after] == _OF:
            outer = [m for m in self.mentions.found if m.first == after + 2 and m.kind in ("actor", "state")]
            if outer:
                return max(m.last for m in outer) - 1
            if is_harm(self.words, i - 1) or self._is_people(after + 1):
                return partitive_end(self.mentions, after - 1, after - 1, True)
        if following is not None and self.keys[after] == _BETWEEN and self._is_casualty(after + 1):
            return after - 1  # سقط 20 بين قتيل وجريح
        if following is not None and following.upos in NOMINAL | {"ADJ"}:
            several = self.keys[after].endswith(_SEVERAL) and is_harm(self.words, i - 1)
            specified = self.words[after].text.endswith(_SPECIFIED) and _is_killing(self.words, i - 1)
            return after if (several or specified) and not definite(following) else None
        suffers = following is not None and following.upos == "VERB" and is_harm(self.words, after)
        if suffers or is_harm(self.words, i - 1):
            return after - 1  # ثمانية قتلوا, إصابة 30
        digits = any(c.isdigit() for key in self.keys[i:after] for c in key)
        vague = quantity.length <= _VAGUE and quantity.max is None and not digits
        return after - 1 if vague and self.keys[after : after + 1] != [_OF] else None

    def _is_casualty(self, i: int) -> bool:
        match = self.mentions.gazetteer.head(self.words[i].text) if i < len(self.words) else None
        return match is not None and match.head.casualty is not None and match.number == "s"

    def _is_people(self, i: int) -> bool:
        match = self.mentions.gazetteer.head(self.words[i].text) or people_by_form(self.words[i])
        return match is not None and match.head.type == "Population" and match.number == "p"


def partitive_end(mentions: SentenceMentions, i: int, end: int, people: bool) -> int:
    """The end of a phrase of people or a unit with its "من X" (15 عنصرا من داعش), where one follows."""
    j = end + 1
    if not people or j + 1 >= len(mentions.words) or mentions.keys[j] != _OF or definite(mentions.words[i]):
        return end
    target = j + 1
    known = any(m.first <= target + 1 <= m.last for m in mentions.found)
    noun = mentions.words[target].upos in NOMINAL or mentions.words[target].text in QUOTES
    if not (noun or known):
        return end
    if is_place(mentions, target):
        return end  # where they are from or were taken from: 18 شابا من ناحية حمام العليل
    outer = [m.last - 1 for m in mentions.found if m.first == target + 1]
    return (
        max(outer)
        if outer
        else noun_phrase_end(mentions.words, target)
        if definite(mentions.words[target]) or mentions.gazetteer.head(mentions.words[target].text)
        else end
    )


def is_place(mentions: SentenceMentions, i: int) -> bool:
    """Whether a place is named or described at a position."""
    match = mentions.gazetteer.head(mentions.words[i].text)
    return (match is not None and match.head.place is not None and match.head.type is None) or any(
        m.first == i + 1 and m.kind == "place" for m in mentions.found
    )


def _is_killing(words: Sequence[Word], i: int) -> bool:
    """Whether the word before a count tells that those whom it counts died."""
    matches = load_triggers().lookup(words[i].text) if i >= 0 else ()
    return any(m.trigger.type == "Killing" and m.trigger.kind in ("masdar", "noun") for m in matches)


def is_harm(words: Sequence[Word], i: int) -> bool:
    """Whether the word before a bare count tells what was done to the people it counts (إصابة 30)."""
    if i < 0:
        return False
    matches = load_triggers().lookup(words[i].text)
    return any(m.trigger.type in COUNTED and m.trigger.kind in ("verb", "masdar", "noun") for m in matches)
