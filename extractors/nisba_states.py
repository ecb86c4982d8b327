"""Actors that only a nisba adjective names (غارة أمريكية): the entity, and the adjective as its mention."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractors.base import Entity, Mention
from extractors.document import Document, Sentence
from extractors.gazetteer import load_gazetteer
from extractors.gazetteer_files import KnownActor
from extractors.normalise import fold
from schema.identity import content_id

#: The classes of words that may be adjectives of actors; taggers take them for names too.
_ADJECTIVES = frozenset({"ADJ", "NOUN", "PROPN", "X"})


@lru_cache(maxsize=1 << 16)
def actor_of_adjective(form: str) -> KnownActor | None:
    """The known actor of whom the form is the adjective; None where it is none."""
    gazetteer = load_gazetteer()
    nisba = gazetteer.nisba(fold(form))
    return gazetteer.actors.get(nisba.key) if nisba else None


@lru_cache(maxsize=1 << 12)
def entity_of(actor: KnownActor) -> Entity:
    """The entity of a known actor, the same in all articles."""
    kind = "state" if actor.type == "State" else "actor"
    return Entity(content_id("actor", actor.key), kind, actor.type, actor.ar, actor.en, actor.key)


def adjectives(sentence: Sentence) -> Iterator[tuple[int, Entity]]:
    """The words (from 1) of a sentence that are the adjective of a known actor, each with the actor."""
    for word in sentence.words:
        actor = actor_of_adjective(word.text) if word.upos in _ADJECTIVES else None
        if actor is not None:
            yield word.index, entity_of(actor)


def adjective_mention(document: Document, sentence: int, index: int, entity: Entity) -> Mention:
    """The adjective at word `index` (from 1) as a mention of the entity."""
    word = document.sentences[sentence].words[index - 1]
    span = document.span(word.start, word.end)
    return Mention(
        sentence,
        index,
        index,
        index,
        "actor",
        entity.type,
        "nisba",
        span,
        entity.label_ar,
        entity.key,
        entity=entity.id,
        rule="nisba",
    )
