"""Somebody's country, which names no state itself: "قال الوزير المصري إن بلاده ترفض …" tells of Egypt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.agreement import agrees, gender_and_number
from extractors.base import Entity, Mention
from extractors.document import Document, Word
from extractors.gazetteer import load_gazetteer
from extractors.gazetteer_files import KnownActor
from extractors.lexicon_words import function_words
from extractors.nisba_states import actor_of_adjective, entity_of
from extractors.normalise import fold
from extractors.phrases import has_pronoun

#: Who may have a country, and how many sentences back he may be named.
_OWNERS = frozenset({"Person", "GovernmentBody", "MilitaryForce", "Population"})
_BACK = 2


def add_own_countries(
    document: Document, mentions: Sequence[Mention], entities: dict[str, Entity]
) -> tuple[Mention, ...]:
    """The mentions with those of "his country" as the state of the one whom the pronoun means."""
    states = states_of(document, mentions, entities)
    found = list(mentions)
    for sentence in document.sentences:
        for i, word in enumerate(sentence.words[:-1]):
            if fold(word.text) not in function_words("own_country") or not has_pronoun(sentence.words, i):
                continue
            if any(m.sentence == sentence.index and m.covers(i + 1) for m in mentions):
                continue
            state = _meant(mentions, states, sentence.index, i, sentence.words[i + 1], entities)
            if state is not None:
                entity = entity_of(state)
                entities.setdefault(entity.id, entity)
                span = document.span(word.start, sentence.words[i + 1].end)
                found.append(
                    Mention(
                        sentence.index,
                        i + 1,
                        i + 2,
                        i + 1,
                        "state",
                        "State",
                        "name",
                        span,
                        entity.label_ar,
                        entity.key,
                        "f",
                        "s",
                        entity=entity.id,
                        rule="own country",
                    )
                )
    return tuple(sorted(found, key=lambda m: (m.sentence, m.first, -m.last)))


def _meant(
    mentions: Sequence[Mention],
    states: Mapping[str, KnownActor],
    sentence: int,
    position: int,
    pronoun: Word,
    entities: Mapping[str, Entity],
) -> KnownActor | None:
    """The state of the first one in the sentence, else in those right before, whom the pronoun may mean. Who
    speaks stands first, whom he met or speaks of behind.
    """
    gender, number = gender_and_number(pronoun)
    for back in range(_BACK + 1):
        for mention in mentions:
            before = mention.sentence == sentence - back and (back > 0 or mention.last <= position)
            if (
                before
                and mention.entity in states
                and agrees(entities[mention.entity], mention, gender, number)
            ):
                return states[mention.entity]
    return None


def states_of(
    document: Document, mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> dict[str, KnownActor]:
    """Person or body -> its state: that of the known actor, else the state that its mentions name."""
    found: dict[str, KnownActor] = {}
    for mention in mentions:
        entity = entities[mention.entity]
        if entity.id in found or entity.type not in _OWNERS:
            continue
        known = load_gazetteer().actors.get(entity.key or "")
        words = document.sentences[mention.sentence].words[mention.first - 1 : mention.last]
        named = [a for w in words if (a := actor_of_adjective(w.text)) is not None and a.type == "State"]
        inner = [
            load_gazetteer().actor(m.key)
            for m in mentions
            if m.sentence == mention.sentence
            and m is not mention
            and mention.covers(m.first)
            and m.kind == "state"
            and m.key
        ]
        if known is not None and known.country:
            state = load_gazetteer().state_of(known.country)
        else:
            state = next(iter((*named, *inner)), None)
        if state is not None:
            found[entity.id] = state
    return found
