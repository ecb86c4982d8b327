"""Actors that only a nisba adjective names (غارة أمريكية): the entity, and the adjective as its mention."""

from __future__ import annotations

from extractors.base import Entity, Mention
from extractors.document import Document
from extractors.gazetteer import load_gazetteer
from extractors.gazetteer_files import KnownActor
from extractors.normalise import fold
from schema.identity import content_id


def actor_of_adjective(form: str) -> KnownActor | None:
    """The known actor of whom the form is the adjective; None where it is none."""
    gazetteer = load_gazetteer()
    nisba = gazetteer.nisba(fold(form))
    return gazetteer.actors.get(nisba.key) if nisba else None


def entity_of(actor: KnownActor) -> Entity:
    """The entity of a known actor, the same in all articles."""
    kind = "state" if actor.type == "State" else "actor"
    return Entity(content_id("actor", actor.key), kind, actor.type, actor.ar, actor.en, actor.key)


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
