"""What speaks for an edge between two parties of an event, once it is known how likely each is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.event_pairs import edges
from extractors.learnt.model import Value
from extractors.learnt.occasions import Occasion
from extractors.learnt.party_traits import OfOccasion, OfParty, OfPlace
from extractors.learnt.scene import Scene
from schema.ontology import load_ontology

#: How many doers and how many others are paired, the likeliest first.
_DOERS, _OTHERS = 4, 5
#: The product of the chances under which a pair that the rules do not give is not looked at.
_HARDLY = 0.004


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may take part, with how likely it is the doer, and the other side."""

    entity: str
    party: OfParty
    place: OfPlace
    actor: float
    recipient: float


class OfEdge(NamedTuple):
    """The chances of both ends and how they compare, and what the rules say of the pair."""

    actor: float
    recipient: float
    both: float
    better_actors: float
    better_recipients: float
    best_actor: float
    best_recipient: float
    subject_as_recipient: float
    object_as_actor: float
    by_rules: float
    edges: float
    edges_back: float
    same_elsewhere: float
    candidates: float


_OF_OCCASION = (
    *("type", "family", "upos", "found", "in_lexicon", "kind", "share_told", "times_told"),
    *("status", "sentence", "actors", "recipients", "mentions"),
)
_OF_PARTY = (
    *("entity_type", "entity_kind", "known", "times_named", "first_sentence"),
    *("actor_by_rules", "recipient_by_rules", "acts", "suffers"),
)
_OF_PLACE = (
    *("sentences_back", "distance", "arcs", "verbs_between", "others_between", "form", "party_relation"),
)
_OF_END = (*_OF_PARTY, *_OF_PLACE)
COLUMNS = (
    *OfEdge._fields,
    *_OF_OCCASION,
    *(f"subject {name}" for name in _OF_END),
    *(f"object {name}" for name in _OF_END),
)


def paired(
    scene: Scene, occasion: Occasion, found: Sequence[Candidate]
) -> list[tuple[Candidate, Candidate, OfEdge]]:
    """The pairs of candidates that may be joined by the occasion's edge, with what is known of each pair."""
    taken = {(e.subject, e.object) for e in edges(occasion.event)} if occasion.event else set()
    if occasion.symmetric:
        taken |= {(other, one) for one, other in taken}
    ends = {end for pair in taken for end in pair}
    doers = sorted(found, key=lambda c: -c.actor)
    others = sorted(found, key=lambda c: -c.recipient)
    best = doers[0].actor if doers else 0.0, others[0].recipient if others else 0.0
    doers = [*doers[:_DOERS], *(c for c in doers[_DOERS:] if c.entity in ends)]
    others = [*others[:_OTHERS], *(c for c in others[_OTHERS:] if c.entity in ends)]
    seen: set[tuple[str, str]] = set()
    pairs = []
    for doer in doers:
        for other in others:
            pair = doer.entity, other.entity
            crossed = occasion.symmetric and pair[::-1] in seen
            if crossed or not _fits(scene, occasion, *pair):
                continue
            if doer.actor * other.recipient < _HARDLY and pair not in taken:
                continue
            seen.add(pair)
            shown = OfEdge(
                doer.actor,
                other.recipient,
                doer.actor * other.recipient,
                sum(c.actor > doer.actor for c in found),
                sum(c.recipient > other.recipient for c in found),
                *best,
                doer.recipient,
                other.actor,
                float(pair in taken),
                len(scene.edges.get(pair, ())),
                len(scene.edges.get(pair[::-1], ())),
                float(occasion.predicate in scene.edges.get(pair, ())),
                len(found),
            )
            pairs.append((doer, other, shown))
    return pairs


def edge_values(
    occasion: OfOccasion, subject: Candidate, other: Candidate, shown: OfEdge
) -> tuple[Value, ...]:
    """The values of an edge, as `COLUMNS` names them."""
    told: Mapping[str, Value] = occasion._asdict()
    return (*shown, *(told[name] for name in _OF_OCCASION), *_end(subject), *_end(other))


def _end(candidate: Candidate) -> list[Value]:
    known: Mapping[str, Value] = {**candidate.party._asdict(), **candidate.place._asdict()}
    return [known[name] for name in _OF_END]


def _fits(scene: Scene, occasion: Occasion, subject: str, other: str) -> bool:
    """Whether the ontology allows the edge between these entities."""
    if subject == other:
        return False
    doer, meant = scene.reading.entities[subject], scene.reading.entities[other]
    allowed = load_ontology().event_type(occasion.type).roles["recipient"]
    as_place = "Country" if meant.kind == "state" else meant.type
    return doer.kind != "place" and (meant.type in allowed or as_place in allowed)
