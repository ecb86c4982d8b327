"""Descriptions: phrases headed by a noun of the lexicon that name a body, a place or unnamed people.
Positions count from 0.
"""

from __future__ import annotations

from extractors.attached import complement, tying
from extractors.counted_people import is_harm, partitive_end
from extractors.gazetteer import HeadMatch
from extractors.led_coalitions import leading_state
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.numbers import Quantity
from extractors.people_nouns import people_by_form
from extractors.phrases import (
    NOMINAL,
    QUOTES,
    are_people,
    definite,
    has_pronoun,
    is_adjective,
    is_ground,
    is_mark,
    is_one_body,
    noun_phrase_end,
    skip_quotes,
)
from extractors.quantities import Counts
from extractors.sentence_mentions import SentenceMentions
from extractors.sites import is_lost_or_won, is_site, may_be_site
from extractors.triggers import load_triggers
from extractors.type_groups import ATTACKS, BODIES

_OF = fold("من")
#: What the casualties are called who live on and may be spoken of as people.
_HELD = frozenset({"captured", "abducted"})


class Descriptions:
    """Finds the descriptions of one sentence, after its names.

    `names` are the positions of names of people, `titles` those of titles and posts, which describe nobody
    else.
    """

    def __init__(
        self, mentions: SentenceMentions, names: frozenset[int], titles: set[int], counts: Counts
    ) -> None:
        self.mentions = mentions
        self.words = mentions.words
        self.keys = mentions.keys
        self.names = names
        self.titles = titles
        self.counts = counts

    def add_described(self) -> None:
        """Add what the nouns of heads.yaml head, outside names and titles."""
        taken = {
            i
            for m in self.mentions.found
            if m.form in ("name", "title") and m.rule == "gazetteer"
            for i in range(m.first - 1, m.last)
        }
        taken |= self.titles
        for i, key in enumerate(self.keys):
            word = self.words[i]
            match = self.mentions.gazetteer.head(word.text) or people_by_form(word)
            if not match or i in self.names or word.upos in ("VERB", "ADP", "PART", "CCONJ") or i in taken:
                continue
            if any(m.first == i + 1 and m.form in ("name", "title") for m in self.mentions.found):
                continue
            if any(m.first == i + 1 and m.type in ("Person", "Population") for m in self.mentions.found):
                continue
            describes = word.upos == "ADJ" and i and self.words[i - 1].upos in ("NOUN", "ADJ")
            harmed = (is_harm(self.words, i - 1) or self._is_hit(i)) and match.head.type == "Population"
            harmed = harmed and not definite(word)
            if describes and not (harmed or self._stands_apart(i)):
                continue
            if match.number == "p" and not definite(word) and (self._before_number(i) or self._captures(i)):
                continue
            if self._of_an_attack(i, match) or not self._has_complement(i, match):
                continue
            if (
                i
                and self.keys[i - 1] in function_words("portfolio_holders")
                and match.head.type == "GovernmentBody"
            ):
                continue  # a portfolio: وزراء الخارجية
            if key in transparent("not_people") and match.number == "s" and match.gender == "f":
                continue
            if self._is_apposed(i, match) or self._of_the_speaker(i):
                continue
            if i and self.keys[i - 1] in function_words("without"):
                continue  # طائرة بدون طيار: there is none
            if key in function_words("leadership") and i and self.keys[i - 1] == "ب":
                continue  # "بقيادة X" tells who leads, and names no command
            if match.number == "d" and key.endswith("ي") and (match.head.type or not match.head.place):
                continue  # a nisba adjective (أمني) rather than the rare dual before a noun
            self._describe(i, match)

    def _before_number(self, i: int) -> bool:
        """Whether a number word follows, which no noun annexes: أسر in وأسر سبعة آخرون is no noun (but that
        of people is by its ending: خطف مسلحون أربعة رهبان).
        """
        if self.keys[i].endswith(("ون", "ين")):
            return False
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        digits = self.keys[i + 1 : i + 2] != [] and self.keys[i + 1].isdigit()
        if digits:
            return self.keys[i] in function_words("captures")  # وأسر 10 آخرين
        return after is not None and after.upos == "NUM"

    def _captures(self, i: int) -> bool:
        """Whether what looks like a noun for families is the verb of taking captive or its verbal noun:
        before fighters in the nominative, or an armed group (أسر مقاتلو X جنديا; وقع في أسر X).
        """
        if self.keys[i] not in function_words("captures"):
            return False
        following = self.mentions.gazetteer.head(self.words[i + 1].text) if i + 1 < len(self.words) else None
        subject = following is not None and following.number == "p" and self.keys[i + 1].endswith(("و", "ون"))
        group = any(m.first == i + 2 and m.type == "ArmedGroup" for m in self.mentions.found)
        return subject or group

    def _stands_apart(self, i: int) -> bool:
        """Whether a noun for people is no adjective of the word before it: by the missing article, or as its
        ending is a subject's (in هجوم شنه مسلحون the verb may be taken for a noun).
        """
        if self.keys[i].endswith("ا") and self.keys[i - 1].endswith("ون"):
            return True  # اقتحم مسلحون فندقا: no accusative describes a nominative
        if definite(self.words[i]) and definite(self.words[i - 1]) and is_ground(self.words[i]):
            return True  # دخلت قوات النظام البلدة
        match = self.mentions.gazetteer.head(self.words[i].text)
        if match and definite(self.words[i - 1]) and not definite(self.words[i]):
            # فرقت الشرطة متظاهرين, بين القتلى طفلان: several who are indefinite describe nothing definite
            ending = {"p": "ين", "d": "ان"}.get(match.number or "")
            if ending and self.keys[i].endswith(ending):
                return True
            if not (
                match.head.weak or match.head.of or self.keys[i].startswith("م") or self.keys[i].endswith("ي")
            ):
                return True  # خطف التنظيم رعايا
        if (
            self.keys[i].endswith("ه")
            and self.keys[i - 1].endswith(("ون", "ين"))
            and are_people(self.keys[i - 1])
        ):
            return True  # هاجم مسلحون دورية
        noun = i - 1
        while noun > 0 and definite(self.words[noun]) and is_adjective(self.words[noun]):
            noun -= 1
        if is_one_body(self.words[noun]) and are_people(self.keys[i]):
            return True  # أجبر الجيش المسلحين على الانسحاب; قصف الجيش الأوكراني الانفصاليين
        before = self.mentions.gazetteer.head(self.words[i - 1].text)
        people = before is not None and before.head.type in ("Population", "Person")
        if self._is_of_deed(i, match):
            return True
        return self.keys[i].endswith("ون") and not self.keys[i].startswith("ال") and not people

    def _is_of_deed(self, i: int, match: HeadMatch | None) -> bool:
        """Whether several people without the article stand behind a verbal noun, which is singular: they are
        in its idafa (دعم متمردين).
        """
        several = match is not None and match.number == "p" and self.keys[i].endswith("ين")
        readings = load_triggers().lookup(self.words[i - 1].text)
        return (
            several
            and not definite(self.words[i])
            and any(m.trigger.kind == "masdar" for m in readings)
            and not self.keys[i - 1].endswith(("ين", "ات"))
        )

    def _has_complement(self, i: int, match: HeadMatch) -> bool:
        """Whether the noun has the words behind it with which alone it names somebody: وسائل الإعلام; of
        الأطراف an adjective or nothing, as أطراف المدينة are a place.
        """
        behind = self.words[i + 1] if i + 1 < len(self.words) else None
        if match.head.of:
            return behind is not None and fold(behind.text) in match.head.of
        if self.keys[i] not in function_words("only_described"):
            return True
        if behind is None or not is_adjective(behind):
            return definite(self.words[i]) and (behind is None or behind.upos not in NOMINAL)
        apart = definite(behind) == definite(self.words[i])
        return apart and fold(behind.text) not in function_words("compass_adjectives")

    def _is_apposed(self, i: int, match: HeadMatch) -> bool:
        """Whether a word for people says something of a name beside it: شقيقه علاء; الحوثيون المتحالفون مع X,
        الحوثيون المدعومون من X والمتحالفون مع Y.
        """
        one_of = function_words("superlatives").intersection(self.keys[max(0, i - 2) : i])
        if fold(match.head.noun) in function_words("allied") and one_of:
            return True  # X أحد أقوى حلفاء Y
        if match.head.type != "Population":
            return False
        if match.number == "s" and fold(match.head.noun) in function_words("kin") and i:
            before = i - 2 if i > 1 and self.words[i - 1].text in ("،", ",") else i - 1
            if before in self.names and not has_pronoun(self.words, i):
                return True  # سليمان حسن ابن عم الرئيس
        behind = i + 2
        if has_pronoun(self.words, i) and match.number == "s":
            named = behind in self.names or any(
                m.first == behind + 1 and m.form == "name" and m.kind != "place" for m in self.mentions.found
            )
            if named:
                return True
        if not match.head.noun and i:
            if self.keys[i - 1] == "و" and complement(self.words, i) is not None:
                return True
            before = i - 2 if i > 1 and is_mark(self.words[i - 1]) else i - 1
            return are_people(self.keys[before]) and not is_one_body(self.words[before])
        return False

    def _of_the_speaker(self, i: int) -> bool:
        """Whether a suffix of the first or second person tells whose people they are (شعبنا, أبناؤكم)."""
        behind = self.words[i + 1 : i + 2]
        attached = [w for w in behind if w.token == self.words[i].token]
        return bool(attached) and fold(attached[0].text) in function_words("of_the_speaker")

    def _is_hit(self, i: int) -> bool:
        """Whether the verbal noun of an attack on people stands before (إحراق رضيع، طعن شرطي), or the noun is
        the object of a verb of harm, though parted from it (قتلت قوات الأمن مسلحا).
        """
        word = self.words[i]
        if word.deprel == "obj" and word.head and is_harm(self.words, word.head - 1):
            return True
        readings = load_triggers().lookup(self.words[i - 1].text)
        return any(
            m.trigger.kind == "masdar" and m.trigger.type == "ArmedAttack" and "obj" in m.trigger.frame
            for m in readings
        )

    def _of_an_attack(self, i: int, match: HeadMatch) -> bool:
        """Whether a noun for people is rather an adjective of the attack before it (هجوما مسلحا)."""
        if not i or match.number != "s" or match.head.type != "Population":
            return False
        if not match.head.weak and fold(match.head.noun) not in function_words("of_attacks"):
            return False
        return definite(self.words[i]) == definite(self.words[i - 1]) and any(
            m.trigger.kind in ("noun", "masdar") and m.trigger.type in ATTACKS
            for m in load_triggers().lookup(self.words[i - 1].text)
        )

    def _describe(self, i: int, match: HeadMatch) -> None:
        """Add the phrase headed at `i`, if it says enough to name somebody."""
        head = match.head
        quantity, first = self.counts.before(i)
        end = self._ruler_end(i) or noun_phrase_end(self.words, i, names=self.names)
        if match.number == "p":
            end = self._with_person(i, end)
        if head.place and not head.type and end == i and not definite(self.words[i]):
            end = self._called_after(i)
        if end == i and head.type == "MilitaryForce" and not definite(self.words[i]):
            while end + 1 in self.names:
                end += 1  # قوات هادي: the forces of a man are not he
        people = head.member_of is not None or head.type == "Population" or head.casualty is not None
        if has_pronoun(self.words, end) and self._may_be_owned(i, end, match):
            self._add_owned(i, first, end, match, quantity)
            return
        if end == i and self._is_raided(i, match):
            self.mentions.add(i, i + 1, "place", "Facility", "description", rule="place noun")
            return
        if people and end == i and has_pronoun(self.words, i):
            end = self._with_suffix(i)  # حارسه الشخصي, والدته
        core, tie = end, None
        if (tied := tying(self.words, i, end, self.mentions.found)) is None:
            # من after a participle leads to whom it ties them to (مقاتلون مدعومون من تركيا).
            core = end = partitive_end(self.mentions, i, end, people)
            tied = tying(self.words, i, end, self.mentions.found)
        if tied and self._agrees(match, tied[0]):
            tie, end = tied
            core = min(core, tie - 1)
            # What the words say without the complement is another thing (الميليشيات, الميليشيات الموالية ل…).
            self.mentions.drop_within(i, core)
        rank = head.weak and head.member_of == "MilitaryForce" and match.number == "s"
        if rank and end > i and not is_adjective(self.words[i + 1]):
            return  # عميد بلدية سبها, نقيب الصحافيين
        officer = head.member_of == "MilitaryForce" and match.number == "s" and quantity is None
        if people and end == i and (officer or self.keys[i] in function_words("sources")):
            end = core = self._with_body(i)
        extended = end > i or quantity is not None
        if (
            head.weak
            and not extended
            and self.keys[i + 1 : i + 2] != [_OF]
            and not (head.type and definite(self.words[i]))
            and not self._acts(i, match)
            and not (head.place and match.number == "p" and self._is_target(i, match))
        ):
            return
        positions = head.place and self.keys[i] in transparent("positions") and not self._is_media(i, end)
        site = may_be_site(match) and is_site(self.words, i)
        if head.place and (positions or site or not head.type):
            if extended or definite(self.words[i]) or self._is_target(i, match):
                begin = self._with_count(i, first) if match.number == "p" else i
                bare = begin == i == end and not definite(self.words[i])
                name = (begin, self._lies_in(i)) if bare else None
                self.mentions.add(
                    begin, end, "place", head.place, "description", match=match, name=name, rule="place noun"
                )
            return
        if people:
            self._add_people(i, first, end, match, quantity, tie)
            return
        if head.type in ("MilitaryForce", "ArmedGroup") and not definite(self.words[core]) and tie is None:
            # "قوة من جهاز مكافحة الإرهاب": an unnamed unit stands for the body that it is of.
            whole = partitive_end(self.mentions, i, end, True)
            if whole > end:
                self.mentions.add(i, whole, "actor", head.type, "members", match=match, rule="unit of a body")
                return
        led = self.keys[i] in function_words("coalitions") and leading_state(self.words, end + 1)
        if not (definite(self.words[core]) or definite(self.words[i]) or extended or led):
            return
        form = "description" if definite(self.words[i]) and end == i else "name"
        type_ = head.type or "Organization"
        self.mentions.add(i, end, "actor", type_, form, match=match, tie=tie, rule="head noun")

    def _lies_in(self, i: int) -> int:
        """Where the place ends that unnamed ground is said to be in, which is what tells it from other ground
        (مواقع في محافظة مأرب، مساحات من الأراضي العراقية); the ground itself where none is said.
        """
        if self.keys[i] in function_words("portions") and self.keys[i + 1 : i + 2] == [_OF]:
            return noun_phrase_end(self.words, i + 2, names=self.names)
        if self.keys[i + 1 : i + 2] not in (["في"], ["ب"]):
            return i
        return max(
            (m.last - 1 for m in self.mentions.found if m.first == i + 3 and m.kind == "place"), default=i
        )

    def _with_count(self, i: int, first: int) -> int:
        """Where unnamed places begin with the words that count them, which tell them from others: ثلاث بلدات،
        بعض المناطق، كثير من المواقع.
        """
        if first < i:
            return first
        before = i - 2 if self.keys[i - 1 : i] == [_OF] else i - 1
        return before if before >= 0 and self.keys[before] in function_words("some_of") else i

    def _is_target(self, i: int, match: HeadMatch) -> bool:
        """Whether a building or ground that is not named is what somebody attacks or takes: "هاجم مسلحون
        فندقا", "سيطروا على قرى".
        """
        ground = match.number == "p" or (not match.head.weak and match.head.place != "Facility")
        if ground:
            return is_lost_or_won(self.words, i) and not has_pronoun(self.words, i)
        building = match.head.place == "Facility" and match.number == "s" and not match.head.weak
        return building and self.keys[i] not in transparent("positions") and is_site(self.words, i)

    def _is_raided(self, i: int, match: HeadMatch) -> bool:
        """Whether a building with a suffix is what somebody attacks or searches: "بعد مداهمة منازلهم"."""
        building = match.head.place == "Facility" and not match.head.type and not match.head.weak
        attached = has_pronoun(self.words, i) and self.keys[i] not in transparent("positions")
        return building and attached and is_site(self.words, i)

    def _may_be_owned(self, i: int, end: int, match: HeadMatch) -> bool:
        """Whether a noun with a suffix at its end means somebody's body, force or people (قواته, مقاتلوه)."""
        head = match.head
        if head.casualty or (may_be_site(match) and is_site(self.words, i)):
            return False
        if head.member_of is not None or head.type == "Population":
            return (
                end == i and match.number != "s" and (not head.weak or self.keys[i] in transparent("members"))
            )
        named = end > i or not head.weak or self.keys[i] in function_words("owned_bodies")
        bodies = head.type in ("MilitaryForce", "GovernmentBody")
        return bodies and named and self.keys[i] not in transparent("vehicles")

    def _add_owned(self, i: int, first: int, end: int, match: HeadMatch, quantity: Quantity | None) -> None:
        """A body, force or people with a suffix that tells whose, and its adjectives (قواتها المسلحة)."""
        last, owner = self._with_suffix(end), end + 1
        if match.head.type in ("MilitaryForce", "GovernmentBody") and match.head.member_of is None:
            type_, form = match.head.type, "description"
        else:
            type_ = "Population"
            form = "members" if self.keys[i] in transparent("members") and quantity is None else "group"
        begin = first if quantity else i
        self.mentions.add(
            begin, last, "actor", type_, form, match=match, quantity=quantity, owner=owner, rule="owned"
        )

    def _with_suffix(self, i: int) -> int:
        """The last position of a noun with its suffix and the adjectives behind it (قواتها المسلحة)."""
        last = i + 1
        while (
            last + 1 < len(self.words)
            and is_adjective(self.words[last + 1])
            and definite(self.words[last + 1])
        ):
            last += 1
        return last

    def _is_media(self, i: int, end: int) -> bool:
        """Whether a site is one of the web (موقع إلكتروني, موقع "سبق", موقع تويتر), not a position."""
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        named = after is not None and (after.text in QUOTES or after.upos in ("X", "PROPN"))
        return named or any(key in function_words("of_the_web") for key in self.keys[i + 1 : end + 1])

    def _with_person(self, i: int, end: int) -> int:
        """The end of a phrase in whose idafa a person stands, with all of his title and name."""
        inner = [m.last - 1 for m in self.mentions.found if m.type == "Person" and i < m.first - 1 <= end]
        return max((end, *inner))

    def _with_body(self, i: int) -> int:
        """The end of a source's phrase with the body it is in: مصادر في المعارضة، مصدر بوزارة الداخلية."""
        if self.keys[i + 1 : i + 2] not in (["في"], ["ب"]):
            return i
        target = skip_quotes(self.words, i + 2)
        bodies = [m for m in self.mentions.found if m.first == target + 1 and m.kind == "actor"]
        if bodies:
            return max(m.last for m in bodies) - 1
        match = self.mentions.gazetteer.head(self.words[target].text) if target < len(self.words) else None
        return (
            noun_phrase_end(self.words, target, names=self.names)
            if match and match.head.type in BODIES
            else i
        )

    def _called_after(self, i: int) -> int:
        """Where the name of a person or town ends that a place is called after (حي صلاح الدين)."""
        called = (m for m in self.mentions.found if m.first == i + 2 and m.form == "name")
        return max((m.last - 1 for m in called if m.type == "Person" or m.kind == "place"), default=i)

    def _ruler_end(self, i: int) -> int | None:
        """The end of the person behind a body that is called after him (حكومة نتنياهو, قوات الرئيس صالح)."""
        if self.keys[i] not in function_words("ruled"):
            return None
        rulers = (m for m in self.mentions.found if m.first == i + 2 and m.type == "Person")
        return next((m.last - 1 for m in rulers if m.form == "name"), None)

    def _agrees(self, match: HeadMatch, i: int) -> bool:
        """Whether the adjective at `i` can be the noun's: قوات الجيش المدعومة are forces, no army."""
        feminine = self.keys[i].endswith("ه")
        return feminine == (match.gender == "f") if match.number == "s" else True

    def _acts(self, i: int, match: HeadMatch) -> bool:
        """Whether a noun for people that is any word else too stands in a subject's place (خطفه مجهولون)."""
        if match.head.type != "Population":
            return False
        if i and self.words[i - 1].upos == "PRON" and self._stands_apart(i):
            return True
        if i and self.keys[i - 1] in function_words("according_to"):
            return True  # بحسب دبلوماسيين
        if self.words[i].upos == "ADJ":
            return False
        before = self.words[i - 1] if i else None
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        return (before is None or before.upos in ("VERB", "SCONJ")) or (
            after is not None and after.upos == "VERB"
        )

    def _accuses(self, i: int) -> bool:
        """Whether a participle accuses (متهما الحوثيين ب), the accused behind it, and is no accused man."""
        if self.keys[i] not in function_words("blaming") or i + 1 >= len(self.words):
            return False
        named = any(m.first == i + 2 and m.form == "name" for m in self.mentions.found)
        return named or definite(self.words[i + 1]) or has_pronoun(self.words, i)

    def _add_people(
        self, i: int, first: int, end: int, match: HeadMatch, quantity: Quantity | None, tie: int | None
    ) -> None:
        """Unnamed people: counted, or described; the members of a named body stand for it when uncounted."""
        if quantity is None and self._accuses(i):
            return
        head = match.head
        one = quantity is None and match.number == "p" and i > 0 and (end > i or definite(self.words[i]))
        if one and self.keys[i - 1] in function_words("one_of"):
            last = end + 1 if has_pronoun(self.words, end) else end
            self.mentions.add(
                i - 1, last, "actor", "Person", "group", match=match, tie=tie, rule="one of people"
            )
            return
        begin = first if quantity else i
        if quantity is None and match.number == "d":
            quantity = Quantity(2, 2, 1)
        single = match.number == "s" and quantity is None
        casualty = head.casualty
        toll = i > 0 and self.keys[i - 1] in function_words("tolls") and definite(self.words[i])
        if toll and casualty and quantity is None and match.number == "p":
            self.mentions.add(i, end, "actor", "Population", "description", match=match, rule="toll")
            return
        if casualty and quantity is None and (definite(self.words[i]) or match.number == "s"):
            if casualty not in _HELD or (not definite(self.words[i]) and head.weak):
                return
            casualty = None  # "الرهائن" are people who act and are freed; how many there are is not told
        member = fold(self.words[i].text) in transparent("members") and quantity is None and not single
        member = member and tie is None
        collective = fold(head.noun) in function_words("collectives")
        kind = "Person" if single and not (casualty or collective) else "Population"
        form = (
            "members"
            if member and end > i
            else ("group" if not definite(self.words[i]) or quantity or end > i else "description")
        )
        self.mentions.add(
            begin,
            end,
            "actor",
            kind,
            form,
            match=match,
            quantity=quantity,
            casualty=casualty,
            tie=tie,
            rule="people",
        )
