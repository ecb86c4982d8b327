"""What speaks for an entity as a party of an event: the event's word, the entity, and where it stands to the
word. No word of the language is a trait here: words are vectors (`extractors.learnt.network`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.base import Mention
from extractors.document import Word
from extractors.learnt.occasions import Occasion
from extractors.learnt.scene import Scene, parties_of
from extractors.normalise import fold
from schema.ontology import load_ontology

#: A figure that is not known.
UNKNOWN = -99.0
#: The distance of a party that is not in the sentence, and the sentences to one that no mention names before.
_ELSEWHERE, _NOWHERE = 99.0, 20.0
#: How many tellings of a word by the articles read make no more difference.
_MOST_TOLD = 50


class OfOccasion(NamedTuple):
    """The word and its sentence. `found`: the rules make an event of this type of it; `other`: of another."""

    type: str
    family: str
    upos: str
    found: float
    other: float
    in_lexicon: float
    any_trigger: float
    kind: str
    share_told: float
    times_told: float
    passive: float
    has_subject: float
    has_object: float
    has_suffix: float
    actors: float
    recipients: float
    status: str
    bare: float
    sentence: float
    heading: float
    length: float
    position: float
    verbs: float
    relation: str
    definite: float
    mentions: float


class OfParty(NamedTuple):
    """The entity in its article, and what the rules make of it here and (`acts`, `suffers`) in other events
    of the family.
    """

    entity_type: str
    entity_kind: str
    known: float
    times_named: float
    first_sentence: float
    says: float
    actor_by_rules: float
    recipient_by_rules: float
    acts: float
    suffers: float
    agrees: float
    source: float
    speaker: float


class OfPlace(NamedTuple):
    """Where the entity's nearest mention stands to the word, in words, arcs and what lies between."""

    sentences_back: float
    distance: float
    words_between: float = UNKNOWN
    arcs: float = UNKNOWN
    verbs_between: float = UNKNOWN
    others_between: float = UNKNOWN
    marks_between: float = UNKNOWN
    nearer: float = UNKNOWN
    form: str = ""
    counted: float = UNKNOWN
    around: float = UNKNOWN
    party_relation: str = ""
    preposition: str = ""
    behind_noun: float = UNKNOWN
    owned: float = UNKNOWN
    mentioned_here: float = UNKNOWN
    hangs_on_word: float = UNKNOWN
    word_hangs_on: float = UNKNOWN
    casualty: float = UNKNOWN


def of_occasion(scene: Scene, occasion: Occasion) -> OfOccasion:
    """What the word and its sentence show, whoever the party is."""
    words = scene.words(occasion.sentence)
    word, event = words[occasion.first - 1], occasion.event
    below = [w for w in words if w.head == word.index]
    sides = {side: len(entities) for side, entities in parties_of(event).items()} if event else {}
    trigger = occasion.trigger
    return OfOccasion(
        occasion.type,
        load_ontology().event_type(occasion.type).family,
        word.upos,
        float(event is not None),
        float(event is None and bool(scene.events.get((occasion.sentence, occasion.first)))),
        float(occasion.in_lexicon),
        float(trigger is not None),
        trigger.trigger.kind if trigger is not None and occasion.in_lexicon else "",
        occasion.told[1],
        min(occasion.told[0], _MOST_TOLD),
        float(word.feats.get("Voice") == "Pass"),
        float(any(w.deprel.startswith("nsubj") for w in below)),
        float(any(w.deprel == "obj" for w in below)),
        float(any(w.upos == "PRON" and w.token == word.token for w in below)),
        sides.get("actor", UNKNOWN),
        sides.get("recipient", UNKNOWN),
        event.status if event else "",
        float(event.bare) if event else UNKNOWN,
        occasion.sentence,
        float(scene.reading.document.sentences[occasion.sentence].heading),
        len(words),
        occasion.first / len(words),
        sum(w.upos == "VERB" for w in words),
        word.deprel.split(":")[0],
        float(word.feats.get("Definite") == "Def"),
        len(scene.in_sentence[occasion.sentence]),
    )


def of_parties(scene: Scene, occasion: Occasion, entities: Sequence[str]) -> Iterator[OfParty]:
    """What is known of each entity in the article."""
    reading, event = scene.reading, occasion.event
    sides = parties_of(event) if event else {"actor": (), "recipient": ()}
    family = load_ontology().event_type(occasion.type).family
    acting, suffering = scene.sides[family, "actor"], scene.sides[family, "recipient"]
    word = scene.words(occasion.sentence)[occasion.first - 1]
    gender = word.feats.get("Gender") if word.upos == "VERB" else None
    at = occasion.sentence, occasion.first
    speakers = {s.speaker for s in reading.statements if s.contains(*at)}
    for entity in entities:
        meant, mentions = reading.entities[entity], scene.mentions.get(entity, ())
        acts, suffers = (float(entity in sides[side]) for side in ("actor", "recipient"))
        yield OfParty(
            meant.type,
            meant.kind,
            float(meant.key is not None),
            len(mentions),
            mentions[0].sentence if mentions else UNKNOWN,
            scene.statements_of[entity],
            acts,
            suffers,
            acting[entity] - acts,
            suffering[entity] - suffers,
            float((gender == "Fem") == (meant.gender == "f")) if gender and meant.gender else UNKNOWN,
            float(event is not None and event.said_by == entity),
            float(entity in speakers),
        )


def of_place(scene: Scene, occasion: Occasion, entity: str) -> tuple[OfPlace, Mention | None]:
    """Where the entity stands, and its mention there: the nearest of the sentence, else the last before
    it.
    """
    mentions = scene.mentions.get(entity, ())
    here = [m for m in mentions if m.sentence == occasion.sentence]
    if not here:
        before = [m for m in mentions if m.sentence < occasion.sentence]
        if not before:
            return OfPlace(_NOWHERE, _ELSEWHERE), None
        return _before(scene, occasion, before[-1]), before[-1]
    near = min(here, key=lambda m: min(abs(m.head - occasion.first), abs(m.head - occasion.last)))
    words = scene.words(occasion.sentence)
    distance = near.head - occasion.first
    low, high = sorted((near.head, occasion.first))
    between = words[low : high - 1]
    others = sum(low < m.head < high and m.entity != entity for m in scene.in_sentence[occasion.sentence])
    head, before_it = words[near.head - 1], words[near.first - 2] if near.first > 1 else None
    return (
        OfPlace(
            0.0,
            distance,
            abs(distance),
            scene.arcs(occasion.sentence, occasion.first, near.head),
            sum(w.upos == "VERB" for w in between),
            others,
            sum(w.upos == "PUNCT" for w in between),
            others,  # within a sentence those nearer on its side are those between
            near.form,
            float(near.quantity is not None),
            float(near.covers(occasion.first)),
            head.deprel.split(":")[0],
            _preposition(before_it),
            float(before_it is not None and before_it.upos == "NOUN"),
            float(near.owner > 0),
            len(here),
            float(head.head == occasion.first),
            float(words[occasion.first - 1].head == near.head),
            float(near.casualty is not None),
        ),
        near,
    )


def _before(scene: Scene, occasion: Occasion, mention: Mention) -> OfPlace:
    """Where an entity stands that an earlier sentence names."""
    relation = scene.words(mention.sentence)[mention.head - 1].deprel.split(":")[0]
    return OfPlace(
        occasion.sentence - mention.sentence,
        _ELSEWHERE,
        nearer=scene.in_sentence[mention.sentence].index(mention),
        form=mention.form,
        counted=float(mention.quantity is not None),
        party_relation=relation,
    )


def _preposition(word: Word | None) -> str:
    return fold(word.text) if word is not None and (word.upos == "ADP" or word.text in ("و", "أن")) else ""
