"""Mentions of actors and places: known names, people, descriptions headed by a known noun, unnamed groups.

A mention may lie inside another (الجيش العراقي in الفرقة الخامسة في الجيش العراقي); who is meant by each is
settled later (`extractors.resolution`). Positions count from 0, as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.base import Mention, Reading
from extractors.document import Document, Sentence
from extractors.gazetteer import HeadMatch, Hit, load_gazetteer
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.numbers import Quantity
from extractors.persons import Person, find_persons, last_names
from extractors.phrases import (
    DEMONSTRATIVES,
    NOMINAL,
    QUOTES,
    definite,
    forms,
    governor,
    is_mark,
    noun_phrase_end,
)
from extractors.quantities import Counts
from extractors.triggers import load_triggers

_OF = fold("من")


class FindMentions:
    """Fills `mentions`."""

    name = "mentions"
    requires = frozenset({"document"})
    assigns = frozenset({"mentions"})

    def __call__(self, reading: Reading) -> Reading:
        document = reading.document
        surnames = last_names(document.sentences)
        found = [m for s in document.sentences for m in _Finder(document, s, surnames).find()]
        return replace(reading, mentions=tuple(found))


class _Finder:
    """The mentions of one sentence."""

    def __init__(self, document: Document, sentence: Sentence, surnames: frozenset[str]) -> None:
        self.document = document
        self.sentence = sentence
        self.surnames = surnames
        self.words = sentence.words
        self.keys = forms(sentence)
        self.gazetteer = load_gazetteer()
        self.found: list[Mention] = []
        self.counts = Counts(sentence.words)

    def find(self) -> list[Mention]:
        """All mentions, in text order, outer before inner."""
        if not self.words:
            return []
        people = find_persons(self.sentence, self.surnames)
        names = frozenset(i for p in people if p.name for i in range(p.name[0], p.name[1] + 1))
        hits = [
            h for h in self._hits(self.gazetteer.find_actors) if h.first not in names or self._is_person(h)
        ]
        places = [h for h in self._hits(self.gazetteer.find_places) if h.first not in names]
        for person in people:
            self._add_person(person, hits)
        for hit in hits:
            self._add_actor(hit, places)
        for hit in places:
            self._add_place(hit)
        titles = {
            i
            for p in people
            for i in range(p.first, p.last + 1)
            if p.post is None or not p.post[0] < i <= p.post[1] or not self._is_body(i)
        }
        self._add_descriptions(names, titles)
        self._add_bare_quantities()
        self._add_recognised(names)
        return self._settled()

    # -- known names -------------------------------------------------------------------------------

    def _hits(self, find: Callable[[Sequence[str]], list[Hit]]) -> list[Hit]:
        """Hits over the words without quotation marks, with positions in the sentence."""
        kept = [i for i, w in enumerate(self.words) if w.text not in QUOTES]
        hits = find([self.keys[i] for i in kept])
        out = []
        for h in hits:
            first, last = kept[h.first], kept[h.last]
            if self.words[first].upos == "VERB" and first == last:
                continue
            against = next((i for i in range(first + 1, last) if self.keys[i] == "ضد"), None)
            if against is not None:
                # "التحالف الدولي ضد داعش" names two: the coalition, and whom it is against.
                rest = [i for i in kept if against < i <= last]
                out += [
                    Hit(rest[r.first], rest[r.last], r.key, r.description, r.capital, r.others)
                    for r in find([self.keys[i] for i in rest])
                ]
                last = against - 1
            out.append(Hit(first, last, h.key, h.description, h.capital, h.others))
        return out

    def _is_person(self, hit: Hit) -> bool:
        return self.gazetteer.actor(hit.key).type == "Person"

    def _add_actor(self, hit: Hit, places: list[Hit]) -> None:
        actor = self.gazetteer.actor(hit.key)
        if actor.type == "Person" and any(
            m.form == "name" and m.type == "Person" and m.covers(hit.first + 1) for m in self.found
        ):
            return
        before = self.keys[hit.first - 1] if hit.first else ""
        if hit.capital and before in function_words("locative"):
            return
        same = any(p.first == hit.first and p.last == hit.last for p in places)
        kind = "state" if actor.type == "State" and same else "actor"
        form = "description" if hit.description else "name"
        first = hit.first
        last = self._with_epithet(hit.last) if kind == "actor" and actor.type != "Person" else hit.last
        self._add(first, last, kind, actor.type, form, key=hit.key, rule="gazetteer")

    def _with_epithet(self, last: int) -> int:
        """A definite adjective after a group's name belongs to it (تنظيم داعش الإرهابي)."""
        following = last + 1
        if following < len(self.words) and self.words[following].text in QUOTES:
            following += 1
        if (
            following < len(self.words)
            and self.words[following].upos == "ADJ"
            and definite(self.words[following])
            and not is_mark(self.words[following])
        ):
            return following
        return last

    def _add_place(self, hit: Hit) -> None:
        if any(
            m.first == hit.first + 1 and m.last >= hit.last + 1 and m.kind in ("state", "actor")
            for m in self.found
        ):
            return
        first = hit.first
        if (
            first
            and (match := self.gazetteer.head(self.words[first - 1].text))
            and match.head.place
            and match.number != "p"
        ):
            first -= 1
        place = self.gazetteer.place(hit.key)
        self._add(first, hit.last, "place", place.type, "name", key=hit.key, rule="gazetteer")

    def _names_place(self, match: HeadMatch) -> bool:
        """Whether a noun is part of the place's own name (مدينة الموصل), not a thing that lies there (جامعة
        الموصل).
        """
        return (
            match.head.place in ("City", "Region", "Country")
            and match.head.type is None
            and match.number != "p"
        )

    # -- people ------------------------------------------------------------------------------------

    def _add_person(self, person: Person, hits: list[Hit]) -> None:
        key = None
        if person.name:
            first, last = person.name
            known = [h for h in hits if self._is_person(h) and first <= h.first and h.last <= last]
            key = max(known, key=lambda h: h.last - h.first).key if known else None
            begin, end = min(person.first, first), max(person.last, last)
            self._add(begin, end, "actor", "Person", "name", key=key, name=(first, last), rule="person")
        elif person.title:
            end = person.last
            self._add(person.first, end, "actor", "Person", "title", rule="post")

    # -- descriptions ------------------------------------------------------------------------------

    def _is_body(self, i: int) -> bool:
        """Whether a word within a post can head the body of the post (مجلس in عضو مجلس محافظة الأنبار)."""
        match = self.gazetteer.head(self.words[i].text)
        return (
            match is not None
            and match.head.type not in (None, "Population", "Person")
            and not match.head.weak
        )

    def _add_descriptions(self, names: frozenset[int], titles: set[int]) -> None:
        taken = {
            i
            for m in self.found
            if m.form in ("name", "title") and m.rule == "gazetteer"
            for i in range(m.first - 1, m.last)
        }
        taken |= titles
        for i, key in enumerate(self.keys):
            match = self.gazetteer.head(self.words[i].text)
            word = self.words[i]
            if not match or i in names or word.upos in ("VERB", "ADP", "PART", "CCONJ") or i in taken:
                continue
            if any(m.first == i + 1 and m.form in ("name", "title") for m in self.found):
                continue
            if word.upos == "ADJ" and i and self.words[i - 1].upos == "NOUN":
                continue
            if key in transparent("not_people") and match.number == "s" and match.gender == "f":
                continue
            if match.number == "d" and key.endswith("ي"):
                continue  # a nisba adjective (أمني) rather than the rare dual before a noun
            self._describe(i, match, names)

    def _describe(self, i: int, match: HeadMatch, names: frozenset[int]) -> None:
        head = match.head
        quantity, first = self.counts.before(i)
        end = noun_phrase_end(self.words, i, names=names)
        end = self._partitive(
            i, end, head.member_of is not None or head.type == "Population" or head.casualty is not None
        )
        complement = end > i or quantity is not None
        if (
            head.weak
            and not complement
            and self.keys[i + 1 : i + 2] != [_OF]
            and not (head.type and definite(self.words[i]))
            and not self._acts(i, match)
        ):
            return
        if head.place and not head.type:
            if complement or definite(self.words[i]):
                self._add(i, end, "place", head.place, "description", rule="place noun")
            return
        people = head.type == "Population" or head.casualty is not None or head.member_of is not None
        if people:
            self._add_people(i, first, end, match, quantity)
            return
        if head.type in ("MilitaryForce", "ArmedGroup") and not definite(self.words[end]):
            # "قوة من جهاز مكافحة الإرهاب": an unnamed unit stands for the body that it is of.
            whole = self._partitive(i, end, True)
            if whole > end:
                self._add(i, whole, "actor", head.type, "members", match=match, rule="unit of a body")
                return
        if not (definite(self.words[end]) or definite(self.words[i]) or complement):
            return
        form = "description" if definite(self.words[i]) and end == i else "name"
        self._add(i, end, "actor", head.type or "Organization", form, match=match, rule="head noun")

    def _acts(self, i: int, match: HeadMatch) -> bool:
        """Whether a noun for people that is an ordinary word as well stands where a subject does (خطفه مجهولون)."""
        if match.head.type != "Population" or self.words[i].upos == "ADJ":
            return False
        before = self.words[i - 1] if i else None
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        return (before is None or before.upos in ("VERB", "SCONJ")) or (
            after is not None and after.upos == "VERB"
        )

    def _add_people(self, i: int, first: int, end: int, match: HeadMatch, quantity: Quantity | None) -> None:
        """Unnamed people: counted, or described; the members of a named body stand for it when uncounted."""
        head = match.head
        begin = first if quantity else i
        if quantity is None and match.number == "d":
            quantity = Quantity(2, 2, 1)
        single = match.number == "s" and quantity is None
        if head.casualty and quantity is None and (definite(self.words[i]) or match.number == "s"):
            return
        member = fold(self.words[i].text) in transparent("members") and quantity is None and not single
        kind = "Person" if single and not head.casualty else "Population"
        form = (
            "members"
            if member and end > i
            else ("group" if not definite(self.words[i]) or quantity or end > i else "description")
        )
        self._add(
            begin,
            end,
            "actor",
            kind,
            form,
            match=match,
            quantity=quantity,
            casualty=head.casualty,
            rule="people",
        )

    def _partitive(self, i: int, end: int, people: bool) -> int:
        """Extend by "من X" (15 عنصرا من داعش) and "التابعة ل X"."""
        j = end + 1
        if not people or j + 1 >= len(self.words) or self.keys[j] != _OF or definite(self.words[i]):
            return end
        target = j + 1
        known = any(m.first <= target + 1 <= m.last for m in self.found)
        noun = self.words[target].upos in NOMINAL or self.words[target].text in QUOTES
        if not (noun or known):
            return end
        outer = [m.last - 1 for m in self.found if m.first == target + 1]
        return (
            max(outer)
            if outer
            else noun_phrase_end(self.words, target)
            if definite(self.words[target]) or self.gazetteer.head(self.words[target].text)
            else end
        )

    def _add_bare_quantities(self) -> None:
        """A count without its noun: "3042 من داعش", "العشرات"; and "آخرون" as a subject."""
        for i in range(1, len(self.words)):
            if self.keys[i] in function_words("others") and self.words[i - 1].upos == "VERB":
                self._add(i, i, "actor", "Population", "group", rule="others")
        i = 0
        while i < len(self.words):
            quantity = self.counts.beginning(i)
            if quantity is None:
                i += 1
                continue
            after = i + quantity.length
            if self.keys[after - 1] == _OF:
                after -= 1
            inside = any(m.first <= i + 1 <= m.last and m.quantity for m in self.found)
            if not inside and after + 1 < len(self.words) and self.keys[after] == _OF:
                outer = [m for m in self.found if m.first == after + 2 and m.kind in ("actor", "state")]
                if outer:
                    last = max(m.last for m in outer) - 1
                    self._add(i, last, "actor", "Population", "group", quantity=quantity, rule="count")
            elif (
                not inside
                and quantity.length == 1
                and not any(c.isdigit() for c in self.keys[i])
                and quantity.max is None
            ):
                following = self.words[after] if after < len(self.words) else None
                if following is None or following.upos not in NOMINAL | {"ADJ"}:
                    self._add(i, i, "actor", "Population", "group", quantity=quantity, rule="count")
            i = max(after, i + 1)

    def _counts_people(self, position: int) -> bool:
        nisba = self.gazetteer.nisba(self.keys[position])
        plural = nisba is not None and nisba.gender == "m" and nisba.number != "s" and not nisba.definite
        return plural or self.keys[position] in function_words("others")

    # -- the recogniser's other names -----------------------------------------------------------------

    def _add_recognised(self, names: frozenset[int]) -> None:
        for name in self.sentence.names:
            if name.label not in ("ORG", "LOC"):
                continue
            first, last = name.first - 1, name.last - 1
            while first < last and (is_mark(self.words[first]) or self.words[first].upos in ("ADP", "CCONJ")):
                first += 1
            while last > first and is_mark(self.words[last]):
                last -= 1
            if is_mark(self.words[first]) or any(
                m.first <= first + 1 <= m.last or m.first <= last + 1 <= m.last for m in self.found
            ):
                continue
            if self.words[first].upos in ("VERB", "ADP") or self.gazetteer.nisba(self.keys[first]):
                continue
            if not self._is_proper(first, last):
                continue
            if name.label == "LOC":
                self._add(first, last, "place", "City", "name", rule="recogniser")
            elif len(self.keys[first]) > 2:
                self._add(first, last, "actor", "Organization", "name", rule="recogniser")

    def _is_proper(self, first: int, last: int) -> bool:
        """Whether words that the recogniser takes for a name can be one: no act, nothing pointed at, no
        plain noun.
        """
        if load_triggers().lookup(self.words[first].text) or (
            first and self.keys[first - 1] in DEMONSTRATIVES
        ):
            return False
        foreign = any(w.upos in ("X", "PROPN") for w in self.words[first : last + 1])
        return foreign or (last > first and any(definite(w) for w in self.words[first : last + 1]))

    # -- making --------------------------------------------------------------------------------------

    def _add(
        self,
        first: int,
        last: int,
        kind: str,
        type_: str,
        form: str,
        *,
        key: str | None = None,
        match: HeadMatch | None = None,
        quantity: Quantity | None = None,
        casualty: str | None = None,
        name: tuple[int, int] | None = None,
        rule: str,
    ) -> None:
        words = self.words
        span = self.document.span(words[first].start, words[last].end)
        label = " ".join(span.text.split())
        if words[first].text.startswith("ال") and label.startswith("ل"):
            # In لل the article has lost its alef: the label gets it back, the span keeps to the letters.
            label = "ا" + label
        if name:
            label = " ".join(self.document.span(words[name[0]].start, words[name[1]].end).text.split())
        gender = match.gender if match else words[first].feats.get("Gender", "")[:1].lower() or None
        number = match.number if match else words[first].feats.get("Number", "")[:1].lower() or None
        self.found.append(
            Mention(
                self.sentence.index,
                first + 1,
                last + 1,
                governor(self.sentence, first + 1, last + 1),
                kind,
                type_,
                form,
                span,
                label,
                key,
                gender,
                number,
                quantity,
                casualty,
                rule=rule,
            )
        )

    def _settled(self) -> list[Mention]:
        """Text order, outer first; of two with the same words the earlier rule stays."""
        seen: set[tuple[int, int]] = set()
        kept = []
        for mention in self.found:
            if (mention.first, mention.last) not in seen:
                seen.add((mention.first, mention.last))
                kept.append(mention)
        return sorted(kept, key=lambda m: (m.first, -m.last))
