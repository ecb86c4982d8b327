"""The actors and places that an article told of so far, with the words that it has for each."""

from __future__ import annotations

from functools import lru_cache

from extractors.base import Entity, Mention
from extractors.document import Document
from extractors.gazetteer import load_gazetteer
from extractors.namesakes import Namesakes
from extractors.normalise import bare, fold, whole_names
from schema.identity import content_id

_FILLERS = frozenset(map(fold, ("بن", "ال", "السيد", "الدكتور", "د", "في", "من", "ل", "ب", "على", "و")))


class ToldEntities:
    """The entities of one article and what its mentions so far call them."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...]) -> None:
        self.document = document
        self.mentions = mentions
        self.entities: dict[str, Entity] = {}
        self.words: dict[str, set[str]] = {}  # entity -> the bare words of its mentions so far
        self.own: dict[str, set[str]] = {}  # the same without what a participle ties it to
        self.heads: dict[str, set[str]] = {}  # the first words of its mentions
        self.recent: list[str] = []  # entities in the order in which they were last mentioned
        self._gazetteer = load_gazetteer()
        self._namesakes = Namesakes(mentions)

    def known(self, mention: Mention) -> str:
        """The place or actor of the gazetteer that a mention names."""
        assert mention.key is not None
        if mention.kind == "place":
            place = self._gazetteer.place(mention.key)
            return self.store(
                Entity(content_id("place", mention.key), "place", place.type, place.ar, place.en, mention.key)
            )
        actor = self._gazetteer.actor(self._namesakes.meant(mention.key, mention.label))
        kind = "state" if actor.type == "State" else "actor"
        return self.store(
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

    def new(self, mention: Mention, *, local: bool) -> str:
        """An entity by its wording alone; of this article only where it is `local`."""
        kind = "place" if mention.kind == "place" else "actor"
        scope = (self.document.article.id,) if local else ()
        folded = " ".join(fold(w) for w in mention.label.split())
        return self.store(
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

    def is_named(self, key: str) -> bool:
        """Whether the article names that actor: before, or after (a headline often has the shorter form)."""
        return content_id("actor", key) in self.entities or any(
            m.key == key and m.form == "name" for m in self.mentions
        )

    def store(self, entity: Entity) -> str:
        """Its id; keeps it unless it is there."""
        self.entities.setdefault(entity.id, entity)
        return entity.id

    def remember(self, entity: str, mention: Mention) -> None:
        """That the mention meant the entity, the last one told of."""
        words = self.words.setdefault(entity, set())
        words.update(name_tokens(mention.span.text))
        own = self.own.setdefault(entity, set())
        self.heads.setdefault(entity, set()).update(name_tokens(mention.span.text)[:1])
        own.update(name_tokens(mention.span.text)[: mention.core - mention.first + 1])
        if mention.key and mention.kind != "place":
            for name in self._gazetteer.actor(mention.key).names:
                words.update(name_tokens(name))
                own.update(name_tokens(name))
        if entity in self.recent:
            self.recent.remove(entity)
        self.recent.append(entity)


@lru_cache(maxsize=20_000)
def name_tokens(text: str) -> tuple[str, ...]:
    """The bare look-up keys of a text's words, without marks and particles of filiation."""
    words = ("".join(c for c in word if c.isalnum()) for word in text.split())
    keys = map(bare, whole_names(words))
    return tuple(k for k in keys if k and k not in _FILLERS)
