"""Who is meant: mentions of one actor or place, by name, surname, post, description or spelling, get one id.

Known actors are identified by their key and named people and bodies by their name, the same in all articles;
what only a description tells (مصدر أمني, 15 عنصرا) is one entity of its article.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from extractors.base import Entity, Mention, Reading
from extractors.document import Document
from extractors.gazetteer import load_gazetteer
from extractors.governments import GOVERNMENT, the_government
from extractors.lexicon_words import function_words
from extractors.nisba_states import entity_of
from extractors.normalise import bare, fold, whole_names
from extractors.parts_of_states import area_of
from extractors.phrases import DEMONSTRATIVES, QUOTES
from extractors.type_groups import BODIES
from schema.identity import content_id

#: Nouns that mean a group named before, whatever noun its name has.
_GROUP_NOUNS = frozenset(
    map(
        bare,
        (
            "تنظيم",
            "جماعة",
            "مجموعة",
            "حركة",
            "ميليشيا",
            "مليشيا",
            "ميليشيات",
            "حزب",
            "جبهة",
            "شبكة",
            "خلية",
            "فصيل",
        ),
    )
)
_FILLERS = frozenset(map(fold, ("بن", "ال", "السيد", "الدكتور", "د", "في", "من", "ل", "ب", "على", "و")))
#: What stands between the names of son and father.
_FILIATION = frozenset(map(fold, ("بن", "ابن", "بنت")))
_PERSON_NOUNS = frozenset(map(bare, ("مسؤول", "رجل", "قائد", "زعيم", "رئيس")))


class ResolveEntities:
    """Fills `entities` and the `entity` of every mention."""

    name = "entities"
    requires = frozenset({"mentions"})
    assigns = frozenset({"entities"})

    def __call__(self, reading: Reading) -> Reading:
        resolver = _Resolver(reading.document, reading.mentions)
        mentions = resolver.run()
        return replace(reading, mentions=mentions, entities=resolver.entities)


class _Resolver:
    def __init__(self, document: Document, mentions: tuple[Mention, ...]) -> None:
        self.document = document
        self.mentions = mentions
        self.gazetteer = load_gazetteer()
        self.entities: dict[str, Entity] = {}
        self.words: dict[str, set[str]] = {}  # entity -> the bare words of its mentions so far
        self.own: dict[str, set[str]] = {}  # the same without what a participle ties it to
        self.heads: dict[str, set[str]] = {}  # the first words of its mentions
        self.recent: list[str] = []  # entities in the order in which they were last mentioned
        self.groups: dict[tuple[int, int | None, str | None, str | None], str] = {}
        self.ties: dict[tuple[str, ...], str] = {}
        self.full_names = self._full_names()
        self.countries = self._countries()

    def run(self) -> tuple[Mention, ...]:
        """The mentions with their entities, in the given order."""
        ids: list[str] = [""] * len(self.mentions)
        # Inner mentions first where the outer one stands for them (عناصر داعش).
        order = sorted(
            range(len(self.mentions)),
            key=lambda i: (self.mentions[i].sentence, self.mentions[i].form == "members", i),
        )
        for i in order:
            mention = self.mentions[i]
            if mention.form == "members":
                ids[i] = self._members(mention, ids)
            else:
                ids[i] = self._in_apposition(mention, ids, i) or self._resolve(mention)
            self._remember(ids[i], mention)
        return tuple(replace(m, entity=e) for m, e in zip(self.mentions, ids, strict=True))

    # -- one mention -----------------------------------------------------------------------------------

    def _resolve(self, mention: Mention) -> str:
        if mention.key and mention.form == "description":
            return self._known(mention) if self._is_named(mention.key) else self._describe(mention)
        if mention.key and not (mention.type == "Person" and self._is_another(mention)):
            return self._known(mention)
        if mention.type == "Person" and mention.form == "name":
            return self._person(mention)
        if mention.type == "Person" and mention.form == "title":
            return self._post(mention)
        if mention.form == "group":
            return self._group(mention)
        if mention.rule == "part of a state" and (area := area_of(mention, self.mentions)):
            return self._store(area)
        return self._of_another(mention)

    def _known(self, mention: Mention) -> str:
        assert mention.key is not None
        if mention.kind == "place":
            place = self.gazetteer.place(mention.key)
            return self._store(
                Entity(content_id("place", mention.key), "place", place.type, place.ar, place.en, mention.key)
            )
        actor = self.gazetteer.actor(self._meant(mention.key, mention.label))
        kind = "state" if actor.type == "State" else "actor"
        return self._store(
            Entity(
                content_id("actor", actor.key),
                kind,
                actor.type,
                actor.ar,
                actor.en,
                actor.key,
                mention.gender,
                mention.number,
            )
        )

    def _meant(self, key: str, name: str) -> str:
        """Of the actors that bear a name (الحرس الجمهوري) the one that the article names in full, else that
        of the country that it tells of most.
        """
        bearers = self.gazetteer.bearers(key, name)
        if len(bearers) < 2:
            return key
        for bearer in bearers:
            if any(
                m.key == bearer and self.gazetteer.bearers(bearer, m.label) == (bearer,)
                for m in self.mentions
            ):
                return bearer

        def told(bearer: str) -> int:
            country = self.gazetteer.actor(bearer).country
            return self.countries[country] if country else 1  # one of no country needs none to be named

        return max(bearers, key=told)

    def _countries(self) -> Counter[str]:
        """Country -> how often the article names what lies in it or belongs to it."""
        found: Counter[str] = Counter()
        for mention in self.mentions:
            if mention.key and len(self.gazetteer.bearers(mention.key, mention.label)) < 2:
                place = mention.kind == "place"
                known = (self.gazetteer.places if place else self.gazetteer.actors).get(mention.key)
                if known is not None and known.country:
                    found[known.country] += 1
        return found

    def _is_named(self, key: str) -> bool:
        """Whether the article names that actor: before, or after (a headline often has the shorter form)."""
        return content_id("actor", key) in self.entities or any(
            m.key == key and m.form == "name" for m in self.mentions
        )

    def _members(self, mention: Mention, ids: list[str]) -> str:
        inner = [
            (m.first, -m.last, ids[i])
            for i, m in enumerate(self.mentions)
            if m.sentence == mention.sentence
            and m.first > mention.first
            and m.last <= mention.core
            and ids[i]
            and m.kind != "place"
        ]
        return min(inner)[2] if inner else self._own(mention, local=True)

    def _in_apposition(self, mention: Mention, ids: list[str], at: int) -> str | None:
        """The body that an organ's name right behind it describes (كتائب القسام، الجناح العسكري لحماس)."""
        words = self.document.sentences[mention.sentence].words
        organ = fold(words[mention.first - 1].text).removeprefix("ال") in function_words("organs")
        if not organ or mention.key or mention.first < 2:
            return None
        before = mention.first - 1
        while before > 1 and (words[before - 1].text in QUOTES or words[before - 1].text in ("،", ",")):
            before -= 1
        return next(
            (
                ids[i]
                for i, m in enumerate(self.mentions[:at])
                if m.sentence == mention.sentence and m.last == before and m.type in BODIES and ids[i]
            ),
            None,
        )

    def _is_another(self, mention: Mention) -> bool:
        """Whether a short name that the gazetteer knows is part of another person's full name in this
        article.
        """
        tokens = set(_tokens(mention.label))
        return any(
            tokens < set(name) and key != mention.key and not _is_father(mention.label, label)
            for name, _, label, key in self.full_names
        )

    def _person(self, mention: Mention) -> str:
        tokens = _tokens(mention.label)
        names = [
            name
            for name in self.full_names
            if set(tokens) <= set(name[0]) and not _is_father(mention.label, name[2])
        ]
        best = max(names, key=lambda n: (len(n[0]), -n[1]), default=None)
        if best is not None:
            label, key = best[2], best[3]
            if key:
                return self._known(replace(mention, key=key))
        else:
            label = mention.label
        return self._store(
            Entity(
                content_id("actor", "Person", *_tokens(label)),
                "actor",
                "Person",
                label,
                None,
                None,
                mention.gender,
                "s",
            )
        )

    def _post(self, mention: Mention) -> str:
        """A post alone is the person who was given it; the one named last where several were."""
        words = set(_tokens(mention.span.text))
        for entity in reversed(self.recent):
            if self.entities[entity].type == "Person" and words <= self.words.get(entity, set()):
                return entity
        later = [
            m
            for m in self.mentions
            if m.form == "name" and m.type == "Person" and words <= set(_tokens(m.span.text))
        ]
        if later and len(words) > 1:
            return self._resolve(later[0])
        if words & _PERSON_NOUNS and mention.span.text.startswith("ال"):
            # "المسؤول المالي الأمريكي": the last person told of that state, by whatever post.
            states = {w for w in words if self.gazetteer.nisba(w)}
            for entity in reversed(self.recent):
                if (
                    self.entities[entity].type == "Person"
                    and states <= self.words[entity]
                    and (states or len(words) <= 2)
                ):
                    return entity
        return self._own(mention, local=len(words) < 2)

    def _group(self, mention: Mention) -> str:
        """Unnamed people: the same count of the same sort of people told again is the same group."""
        if mention.quantity is None:
            return self._own(mention, local=True)
        bodies = [
            m.key
            for m in self.mentions
            if m.sentence == mention.sentence and m.key and mention.covers(m.first) and m is not mention
        ]
        nouns = [fold(w) for w in mention.span.text.split() if self.gazetteer.head(w)]
        sort = (bodies or nouns or [mention.label])[0]
        signature = (mention.quantity.min, mention.quantity.max, mention.casualty, sort)
        if signature not in self.groups:
            self.groups[signature] = self._own(mention, local=True)
        return self.groups[signature]

    def _describe(self, mention: Mention) -> str:
        """A body or group by its noun: an earlier one of that noun, or that this is a shorter name of."""
        words = set(_tokens(mention.span.text))
        head = bare(mention.label.split()[0]) if mention.label.split() else ""
        if (called := self._called_so(mention, head)) is not None:
            return called
        for entity in reversed(self.recent):
            known = self.entities[entity]
            if known.type == "Person" and mention.type != "Person":
                continue
            if (known.kind == "place") != (mention.kind == "place"):
                continue
            earlier = self.words.get(entity, set())
            if (
                words <= earlier
                and head in self.own.get(entity, ())
                and (mention.span.text.startswith("ال") or len(words) > 1)
            ):
                return entity
        later = next((m for m in self.mentions if self._is_longer_name(m, mention, words, head)), None)
        if later is not None:
            return self._resolve(later)
        if head == GOVERNMENT and len(words) == 1 and (meant := the_government(self.mentions)):
            return self._resolve(meant) if isinstance(meant, Mention) else self._store(entity_of(meant))
        if mention.form == "description" and head in _GROUP_NOUNS:
            for entity in reversed(self.recent):
                if self.entities[entity].type in ("ArmedGroup", "PoliticalParty"):
                    return entity
        return self._own(mention, local=not self._is_unique(mention))

    def _called_so(self, mention: Mention, head: str) -> str | None:
        """The force last called by the same noun: whom "هذه القوات" points back to, whatever stands behind
        it, and whom "القوات" alone means.
        """
        words = self.document.sentences[mention.sentence].words
        pointed = mention.first > 1 and fold(words[mention.first - 2].text) in DEMONSTRATIVES
        if mention.type != "MilitaryForce" or not (
            pointed or (mention.form == "description" and mention.first == mention.last)
        ):
            return None
        same = (e for e in reversed(self.recent) if self.entities[e].type == mention.type)
        return next((e for e in same if head in self.heads.get(e, ())), None)

    def _of_another(self, mention: Mention) -> str:
        """A body by its noun and by whose it is, whatever that one is called: القوات الموالية لحكومة هادي and
        القوات الموالية للحكومة اليمنية, قوات صالح and قوات الرئيس السابق علي عبد الله صالح.
        """
        here = [m for m in self.mentions if m.sentence == mention.sentence and m.last <= mention.last]
        if mention.tie:
            inner = [m for m in here if m.first > mention.tie and m.key]
        else:
            ruled = mention.rule == "head noun"
            inner = [m for m in here if ruled and m.first == mention.first + 1 and m.form == "name"]
            inner = [m for m in inner if m.type == "Person"]
        if not inner:
            return self._describe(mention)
        words = self.document.sentences[mention.sentence].words[
            mention.first - 1 : mention.tie or mention.first
        ]
        signature = (*(bare(w.text) for w in words), self._resolve(inner[0]))
        if signature not in self.ties:
            self.ties[signature] = self._describe(mention)
        return self.ties[signature]

    def _is_longer_name(self, other: Mention, mention: Mention, words: set[str], head: str) -> bool:
        """Whether a later mention is the full name of a body that this one names in short (التحالف، التحالف
        الدولي).
        """
        if (
            other.span.start <= mention.span.start
            or other.form != "name"
            or other.type != mention.type
            or not other.key
        ):
            return False
        full = set(_tokens(other.span.text))
        return head in full and words < full

    def _is_unique(self, mention: Mention) -> bool:
        """Whether the wording alone identifies it in all articles: a recognised name, or with a state's
        adjective.
        """
        if mention.form != "name":
            return False
        return mention.rule == "recogniser" or any(
            self.gazetteer.nisba(fold(w)) for w in mention.span.text.split()
        )

    def _own(self, mention: Mention, *, local: bool) -> str:
        kind = "place" if mention.kind == "place" else "actor"
        scope = (self.document.article.id,) if local else ()
        folded = " ".join(fold(w) for w in mention.label.split())
        return self._store(
            Entity(
                content_id(kind, mention.type, folded, *scope),
                kind,
                mention.type,
                mention.label,
                None,
                None,
                mention.gender,
                mention.number,
            )
        )

    # -- memory ----------------------------------------------------------------------------------------

    def _store(self, entity: Entity) -> str:
        self.entities.setdefault(entity.id, entity)
        return entity.id

    def _remember(self, entity: str, mention: Mention) -> None:
        words = self.words.setdefault(entity, set())
        words.update(_tokens(mention.span.text))
        own = self.own.setdefault(entity, set())
        self.heads.setdefault(entity, set()).update(_tokens(mention.span.text)[:1])
        own.update(_tokens(mention.span.text)[: mention.core - mention.first + 1])
        if mention.key and mention.kind != "place":
            for name in self.gazetteer.actor(mention.key).names:
                words.update(_tokens(name))
                own.update(_tokens(name))
        if entity in self.recent:
            self.recent.remove(entity)
        self.recent.append(entity)

    def _full_names(self) -> list[tuple[tuple[str, ...], int, str, str | None]]:
        """The names of people in the article: (tokens, position, label, known key)."""
        return [
            (_tokens(m.label), i, m.label, m.key)
            for i, m in enumerate(self.mentions)
            if m.type == "Person" and m.form == "name"
        ]


def _is_father(name: str, full: str) -> bool:
    """Whether a name of several words is that of the father in a full name, not a short form of it: سلمان بن
    عبد العزيز within محمد بن سلمان بن عبد العزيز.
    """
    words, longer = [fold(w) for w in name.split()], [fold(w) for w in full.split()]
    sons = [after for word, after in pairwise(longer) if word in _FILIATION]
    return len(words) > 1 and words[0] != longer[0] and words[0] in sons


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[str, ...]:
    """The bare look-up keys of a text's words, without marks and particles of filiation."""
    words = ("".join(c for c in word if c.isalnum()) for word in text.split())
    keys = map(bare, whole_names(words))
    return tuple(k for k in keys if k and k not in _FILLERS)
