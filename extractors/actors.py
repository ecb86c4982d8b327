"""Mentions of actors and places: known names, people, descriptions, and what else the recogniser names.

A mention may lie inside another (الجيش العراقي in الفرقة الخامسة في الجيش العراقي); who is meant by each is
settled later (`extractors.resolution`). Positions count from 0, as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.attached import complement
from extractors.base import Mention, Reading
from extractors.counted_people import CountedPeople
from extractors.descriptions import add_descriptions
from extractors.document import Document, Sentence
from extractors.gazetteer import HeadNoun, Hit, load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import bare, fold, whole_names
from extractors.parts_of_states import PARTS
from extractors.perpetrators import add_perpetrators
from extractors.person_names import last_names
from extractors.persons import Person, find_persons
from extractors.phrases import DEMONSTRATIVES, QUOTES, are_people, definite, is_deed, is_mark, opens_phrase
from extractors.quantities import Counts
from extractors.sentence_mentions import SentenceMentions
from extractors.sites import is_site, is_taken, may_be_site
from extractors.triggers import load_triggers
from extractors.type_groups import BODIES

_PARTICLES_OF_NAMES = frozenset(
    map(bare, ("بن", "ابن", "ال", "آل", "عبد", "أبو", "أبي", "أبا", "الملك", "الأمير"))
)
#: How many words before a preposition a word may stand that makes the capital after it the state.
_ADDRESSED = 3


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
        self.mentions = SentenceMentions(document, sentence)
        self.sentence = sentence
        self.surnames = surnames
        self.words = sentence.words
        self.keys = self.mentions.keys
        self.gazetteer = load_gazetteer()

    def find(self) -> list[Mention]:
        """All mentions, in text order, outer before inner."""
        if not self.words:
            return []
        known = self._hits(self.gazetteer.find_actors)
        bodies = frozenset(i for h in known if self._heads_body(h) for i in range(h.first, h.last + 1))
        full = [(h.first, h.last) for h in known if h.last > h.first and self._is_person(h)]
        people = find_persons(self.sentence, self.surnames, bodies, full)
        names = frozenset(i for p in people if p.name for i in range(p.name[0], p.name[1] + 1))
        hits = [h for h in known if h.first not in names or self._is_person(h)]
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
            for first, last in ((p.first, p.last), *p.behind)
            for i in range(first, last + 1)
            if not any(self._is_body(post, i) for post in (p.post, *p.behind) if post)
        }
        self._add_parts_of_states()
        counts = Counts(self.words)
        add_perpetrators(self.mentions)
        add_descriptions(self.mentions, names, titles, counts)
        CountedPeople(self.mentions, names, counts).add_all()
        self._add_recognised(names)
        return self.mentions.settled()

    def _hits(self, find: Callable[[Sequence[str]], list[Hit]]) -> list[Hit]:
        """Hits over the words without quotation marks, with positions in the sentence."""
        kept = [i for i, w in enumerate(self.words) if w.text not in QUOTES]
        hits = find([self.keys[i] for i in kept])
        out = []
        for h in hits:
            first, last = kept[h.first], kept[h.last]
            if self.words[first].upos == "VERB" and first == last and not self._after_place_noun(first):
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

    def _heads_body(self, hit: Hit) -> bool:
        """Whether a known name is a body's that its noun heads (مركز الملك سلمان)."""
        match = self.gazetteer.head(self.words[hit.first].text)
        return hit.last > hit.first and match is not None and match.head.type in BODIES

    def _add_actor(self, hit: Hit, places: list[Hit]) -> None:
        actor = self.gazetteer.actor(hit.key)
        if actor.type == "Person" and any(
            m.form == "name" and m.type == "Person" and m.covers(hit.first + 1) for m in self.mentions.found
        ):
            return
        before = self.keys[hit.first - 1] if hit.first else ""
        located = before in function_words("locative") and not self._is_addressed(hit.first)
        if hit.capital and (located or self._heads_city(hit.first - 1)):
            return
        if hit.capital and is_taken(self.words, hit.first):
            return
        if hit.description and before == "ل" and self._is_sake(hit.first):
            return
        same = any(p.first == hit.first and p.last == hit.last for p in places)
        kind = "state" if actor.type == "State" and same else "actor"
        form = "description" if hit.description else "name"
        match = self.gazetteer.head(self.words[hit.first].text)
        if hit.description and may_be_site(match) and is_site(self.words, hit.first):
            return
        first = hit.first
        last = self._with_epithet(hit.last) if kind == "actor" and actor.type != "Person" else hit.last
        self.mentions.add(first, last, kind, actor.type, form, key=hit.key, rule="gazetteer")

    def _is_addressed(self, first: int) -> bool:
        """Whether the preposition before a capital goes with a word for what is asked of a state, said to
        it or had from it: "طلبت بغداد من واشنطن", "رسالة إلى طهران", "بدعم من أنقرة".
        """
        near = self.keys[max(0, first - 1 - _ADDRESSED) : first - 1]
        return self.keys[first - 1] in function_words("to_and_from") and not function_words(
            "addressing"
        ).isdisjoint(near)

    def _is_sake(self, i: int) -> bool:
        """Whether the word at `i` behind ل only tells in whose favour (لصالح إيران); of الموالية لصالح it
        is the name.
        """
        following = self.words[i + 1].upos if i + 1 < len(self.words) else "PUNCT"
        tied = i > 1 and any(
            m.trigger.kind in ("agent", "patient") for m in load_triggers().lookup(self.words[i - 2].text)
        )
        return self.keys[i] in function_words("sake") and following in ("NOUN", "PROPN", "X") and not tied

    def _heads_city(self, i: int) -> bool:
        """Whether the capital after `i` is the city: مطار كابول, العاصمة العراقية بغداد."""
        if i > 0 and self.gazetteer.nisba(self.keys[i]):
            return self.keys[i - 1] == fold("العاصمة")
        match = self.gazetteer.head(self.words[i].text) if i >= 0 else None
        return (
            match is not None and match.head.place is not None and not match.head.type and not match.head.weak
        )

    def _with_epithet(self, last: int) -> int:
        """A definite adjective after a group's name belongs to it (تنظيم داعش الإرهابي)."""
        following = last + 1
        if following < len(self.words) and self.words[following].text in QUOTES:
            following += 1
        if (
            following < len(self.words)
            and self.words[following].upos == "ADJ"
            and definite(self.words[following])
            and not opens_phrase(self.words[following])
            and not self._opens_another(last, following)
            and (are_people(self.keys[last]) or not are_people(self.keys[following]))
            and not is_mark(self.words[following])
            and complement(self.words, following) is None
            and self.keys[following] not in function_words("belonging")
        ):
            return following
        return last

    def _opens_another(self, last: int, following: int) -> bool:
        """Whether what the tagger takes for an adjective behind a name is none of it: a verbal noun (ألقت
        قوات الأمن القبض), or behind a feminine body what a man is called who is named after it (اعتقلت
        قوات الاحتلال الأسير فلان).
        """
        if self.keys[following].endswith("ه"):
            return False
        if is_deed(self.words[following], self.keys[following]):
            return True
        title = self.gazetteer.title_at([self.keys[following]], 0)
        heads = (self.gazetteer.head(self.words[i].text) for i in range(last, -1, -1))
        body = next((h for h in heads if h is not None and h.head.type in BODIES), None)
        feminine = body is not None and body.gender == "f"
        return feminine and title is not None and title[0].epithet

    def _after_place_noun(self, i: int) -> bool:
        """Whether a noun of a place without an article stands before, as no verb follows it (مدينة تدمر)."""
        match = self.gazetteer.head(self.words[i - 1].text) if i else None
        if match is None or match.head.type is not None or definite(self.words[i - 1]):
            return False
        return bool(match.head.place) and match.number == "s"

    def _add_place(self, hit: Hit) -> None:
        if any(
            m.first == hit.first + 1 and m.last >= hit.last + 1 and m.kind in ("state", "actor")
            for m in self.mentions.found
        ):
            return
        first = hit.first
        place = self.gazetteer.place(hit.key)
        match = self.gazetteer.head(self.words[first - 1].text) if first else None
        if match and match.head.place and match.number != "p" and _may_head(match.head, place.type):
            first -= 1
        elif place.type == "City" and first > 1 and self._heads_city(first - 1) and not match:
            first -= 2
        self.mentions.add(first, hit.last, "place", place.type, "name", key=hit.key, rule="gazetteer")

    def _add_parts_of_states(self) -> None:
        """The part of a state by compass: شرق ليبيا, شمال غربي البلاد."""
        if PARTS.keys().isdisjoint(self.keys):
            return
        inside = {i for m in self.mentions.found for i in range(m.first, m.last + 1)}
        states = {m.first for m in self.mentions.found if m.type in ("State", "Country")}
        i = 0
        while i < len(self.keys):
            end = i
            while end < len(self.keys) and self.keys[end] in PARTS and end + 1 not in inside:
                end += 1
            country = end < len(self.keys) and self.keys[end] in function_words("the_country")
            if end > i and (end + 1 in states or country):
                last = next((m.last - 1 for m in self.mentions.found if m.first == end + 1), end)
                self.mentions.add(i, last, "place", "Area", "description", rule="part of a state")
            i = max(end, i + 1)

    def _add_person(self, person: Person, hits: list[Hit]) -> None:
        key = None
        if person.name:
            first, last = person.name
            known = [h for h in hits if self._is_person(h) and person.first <= h.first and h.last <= last]
            if not known:  # within the name of what is his (قوات الرئيس السابق علي عبد الله صالح)
                inner = self.gazetteer.find_actors([fold(w) for w in self._whole_words(first, last)])
                known = [h for h in inner if self._is_person(h) and not h.description]
            known = [h for h in known if self._may_be(h.key, first, last)]
            key = max(known, key=lambda h: h.last - h.first).key if known else None
            begin, end = self._from_kin(min(person.first, first)), max(person.last, last)
            self.mentions.add(
                begin, end, "actor", "Person", "name", key=key, name=(first, last), rule="person"
            )
        elif person.title:
            end = person.last
            self.mentions.add(person.first, end, "actor", "Person", "title", rule="post")

    def _from_kin(self, first: int) -> int:
        """Where a name begins with who its bearer is to another: شقيقه كريم حسين."""
        if first < 2 or self.words[first - 1].upos != "PRON":
            return first
        match = self.gazetteer.head(self.words[first - 2].text)
        attached = self.words[first - 1].token == self.words[first - 2].token
        people = match is not None and match.head.type == "Population" and match.number == "s"
        return first - 2 if attached and people else first

    def _whole_words(self, first: int, last: int) -> list[str]:
        """A name's words, with what was taken for a pronoun (عبد ربه) in its word."""
        words: list[str] = []
        for i in range(first, last + 1):
            if i > first and self.words[i].upos == "PRON" and self.words[i].token == self.words[i - 1].token:
                words[-1] += self.words[i].text
            else:
                words.append(self.words[i].text)
        return words

    def _may_be(self, key: str, first: int, last: int) -> bool:
        """Whether the words of a name are all among those of a known person's names: another first name is
        another person (محمد الظواهري is not أيمن الظواهري)."""
        known = {bare(w) for name in self.gazetteer.actor(key).names for w in whole_names(name.split())}
        written = [w for w in self._whole_words(first, last) if any(c.isalnum() for c in w)]
        return {bare(w) for w in whole_names(written)} <= known | _PARTICLES_OF_NAMES

    def _is_body(self, post: tuple[int, int], i: int) -> bool:
        """Whether a word within a post can head the body of the post (مجلس in عضو مجلس محافظة الأنبار)."""
        match = self.gazetteer.head(self.words[i].text)
        if not post[0] < i <= post[1] or match is None or match.head.type in (None, "Population", "Person"):
            return False
        if self.keys[i - 1] in function_words("portfolio_holders"):
            return False  # a portfolio (وزير خارجية إيران)
        title = self.gazetteer.title_at(self.keys, post[0])
        return not match.head.weak or (title is not None and i >= post[0] + title[1])

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
                m.first <= first + 1 <= m.last or m.first <= last + 1 <= m.last for m in self.mentions.found
            ):
                continue
            if self.words[first].upos in ("VERB", "ADP") or self.gazetteer.nisba(self.keys[first]):
                continue
            if not self._is_proper(first, last):
                continue
            if name.label == "LOC":
                self.mentions.add(first, last, "place", "City", "name", rule="recogniser")
            elif len(self.keys[first]) > 2:
                self.mentions.add(first, last, "actor", "Organization", "name", rule="recogniser")

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


def _may_head(head: HeadNoun, place: str) -> bool:
    """Whether a noun of place before a name of another type means the same place: not the town before a
    region (عاصمة إقليم كردستان, مركز محافظة نينوى), not the building before a town (مطار عدن)."""
    if head.place == "City":
        return place != "Region"
    if place == "Region" and fold(head.noun) in function_words("seats"):
        return False
    return head.place != "Facility" or place == "Facility" or head.weak
