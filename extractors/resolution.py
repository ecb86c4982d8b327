"""Who is meant: mentions of one actor or place, by name, surname, post, description or spelling, get one id.

Known actors are identified by their key and named people and bodies by their name, the same in all articles;
what only a description tells (مصدر أمني, 15 عنصرا) is one entity of its article.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import Mention, Reading
from extractors.bases import bases_alone
from extractors.called import called
from extractors.document import Document
from extractors.led_coalitions import led_coalitions
from extractors.own_country import add_own_countries
from extractors.owned import body_with_suffix
from extractors.parts_of_states import area_of
from extractors.same_body import SameBody
from extractors.same_person import SamePerson
from extractors.told_entities import ToldEntities


class ResolveEntities:
    """Fills `entities` and the `entity` of every mention."""

    name = "entities"
    requires = frozenset({"mentions"})
    assigns = frozenset({"entities", "mentions"})

    def __call__(self, reading: Reading) -> Reading:
        mentions = bases_alone(reading.document, led_coalitions(reading.document, reading.mentions))
        resolver = _Resolver(reading.document, mentions)
        mentions = add_own_countries(reading.document, resolver.run(), resolver.told.entities)
        return replace(reading, mentions=mentions, entities=resolver.told.entities)


class _Resolver:
    """The mentions of one article, one after another."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...]) -> None:
        self.mentions = mentions
        self.told = ToldEntities(document, mentions)
        self.people = SamePerson(self.told, self._resolve)
        self.bodies = SameBody(self.told, self._resolve)

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
            if mention.owner and (owned := body_with_suffix(self.told, mention, ids)):
                ids[i] = owned
            elif mention.form == "members":
                ids[i] = self.bodies.of_members(mention, ids)
            elif (named := self._named_behind(mention)) is not None:
                ids[i] = self._resolve(named)
            else:
                ids[i] = self.bodies.in_apposition(mention, ids, i) or self._resolve(mention)
            self.told.remember(ids[i], mention)
        return tuple(replace(m, entity=e) for m, e in zip(self.mentions, ids, strict=True))

    def _named_behind(self, mention: Mention) -> Mention | None:
        """The name of one person whom the mention only describes."""
        if mention.form != "group" or mention.type != "Person":
            return None
        return called(self.told.document.sentences[mention.sentence], mention, self.mentions)

    def _resolve(self, mention: Mention) -> str:
        if mention.key and mention.form == "description":
            return (
                self.told.known(mention)
                if self.told.is_named(mention.key)
                else self.bodies.by_description(mention)
            )
        if mention.key and not (mention.type == "Person" and self.people.is_another(mention)):
            return self.told.known(mention)
        if mention.type == "Person" and mention.form == "name":
            return self.people.by_name(mention)
        if mention.type == "Person" and mention.form == "title":
            return self.people.by_post(mention)
        if mention.form == "group":
            return self.bodies.of_people(mention)
        if mention.rule == "part of a state" and (area := area_of(mention, self.mentions)):
            return self.told.store(area)
        return self.bodies.of_another(mention)
