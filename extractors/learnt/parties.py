"""Who did what to whom, and who belongs to whom: which edges an article's words tell, by all that speaks for
and against.

For every word that may tell an event (`occasions`) a network says how likely each entity near it is the doer,
and the other side, and for each pair, how likely a reader would draw the edge. What the rules found is among
the evidence. An edge of the rules is left out where it is hardly right; one that they lack is given where it
is likely and no other joins the two. A false doer is an accusation; unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extractors.base import EventDraft, Reading
from extractors.learnt.belonging import belongings, settled
from extractors.learnt.model import Model, Thresholds, chance, load_model
from extractors.learnt.occasions import Occasion
from extractors.learnt.questions import STATUSES, Asked, Inquiry, ask
from extractors.learnt.scene import Scene, parties_of
from extractors.status import UNREAL, status_of
from extractors.type_groups import KINDS
from extractors.where_when import place_of, time_of

if TYPE_CHECKING:
    from extractors.learnt.network import Scores

FILE, NETWORKS = "parties.json", "parties.npz"
ACTOR, RECIPIENT = "actor", "recipient"
#: The log odds below which a pair that the rules do not join is not given on: those of a chance of 0.01.
_HARDLY = -4.6
#: What the rule of an edge says that the rules lack.
_LEARNT = "learnt"
_SIDES = (ACTOR, RECIPIENT, "partner")


@dataclass(frozen=True, slots=True)
class Judged:
    """An edge that an occasion of a `type` of event may give, from `subject` to `object`: whether the rules
    give it, the chance that it is right, and its likeliest status.
    """

    type: str
    subject: str
    object: str
    by_rules: bool
    chance: float
    status: str = "stated"

    @property
    def pair(self) -> frozenset[str]:
        """The two, whoever does it."""
        return frozenset((self.subject, self.object))


@dataclass(frozen=True, slots=True)
class Weighed:
    """An occasion with the edges that it may give, and the chance of each entity on either side."""

    occasion: Occasion
    edges: tuple[Judged, ...]
    sides: Mapping[str, Mapping[str, float]]


class FindParties:
    """Settles who takes part in events and who belongs to whom, and adds what the rules do not find."""

    name = "parties"
    requires = frozenset({"mentions", "entities", "statements", "times", "triggers", "events", "relations"})
    assigns = frozenset({"mentions", "entities", "events", "relations"})

    def __init__(self, model: Model | None) -> None:
        self._model = model

    def __call__(self, reading: Reading) -> Reading:
        model = self._model
        if model is None:
            return reading
        scene = Scene(reading)
        inquiry = ask(scene, model.tellings, model.codes, model.rows)
        scores = model.scores(inquiry.questions)
        weighed = weigh(inquiry, scores)
        given = dict(zip(map(id, weighed), chosen([w.edges for w in weighed], model.thresholds), strict=True))
        by_event = {id(w.occasion.event): w for w in weighed if w.occasion.event is not None}
        events: list[EventDraft] = []
        for event in reading.events:
            own = by_event.get(id(event))
            events += [event] if own is None else _settled(scene, event, own, given[id(own)])
        for own in weighed:
            if own.occasion.event is None:
                events += _added(scene, own.occasion, given[id(own)])
        relations = settled(reading, belongings(inquiry.ties, scores), model.thresholds)
        others = (tie.other for tie in reversed(inquiry.ties))
        named = {other.entity: other for other in others if other.entity not in scene.mentions}
        told = [named[other] for other in dict.fromkeys(r.object for r in relations) if other in named]
        return replace(
            reading,
            mentions=(*reading.mentions, *told),
            entities={**reading.entities, **{m.entity: scene.entities[m.entity] for m in told}},
            events=tuple(sorted(events, key=lambda e: (e.sentence, e.first))),
            relations=relations,
        )


def chosen(edges: Sequence[Sequence[Judged]], thresholds: Thresholds) -> list[list[Judged]]:
    """For each occasion the edges that are given. Two whom nothing joins get their likeliest edge only."""
    found = [[e for e in own if e.by_rules and thresholds.keeps(e.type, e.chance)] for own in edges]
    joined = {edge.pair for own in found for edge in own}
    best: dict[frozenset[str], tuple[int, Judged]] = {}
    for number, own in enumerate(edges):
        for edge in own:
            if edge.by_rules or edge.pair in joined or not thresholds.adds(edge.type, edge.chance):
                continue
            if edge.pair not in best or edge.chance > best[edge.pair][1].chance:
                best[edge.pair] = number, edge
    for number, edge in best.values():
        found[number].append(edge)
    return found


def weigh(inquiry: Inquiry, scores: Scores) -> list[Weighed]:
    """Every occasion of an article with the chances of its parties and edges."""
    weighed, at = [], 0
    for asked in inquiry.occasions:
        edges_ = judged(asked, scores, at)
        at += len(asked.pairs)
        own = scores.sides[asked.first : asked.first + len(asked.entities)].T
        chances = {
            side: dict(zip(asked.entities, map(chance, odds), strict=True))
            for side, odds in zip((ACTOR, RECIPIENT), own, strict=True)
        }
        weighed.append(Weighed(asked.occasion, tuple(edges_), chances))
    return weighed


def judged(asked: Asked, scores: Scores, first: int) -> Iterator[Judged]:
    """The edges that an occasion may give; `first` is the number of its first pair. An edge without direction
    is asked both ways, and the mean counts.
    """
    entities, symmetric, type_ = asked.entities, asked.occasion.symmetric, asked.occasion.type
    own = scores.pairs[first : first + len(asked.pairs)].astype(float)
    given = dict(zip(map(tuple, asked.pairs.tolist()), own.tolist(), strict=True)) if symmetric else {}
    by_rules = {pair for pair, shown in asked.shown.items() if shown.by_rules}
    likely = np.ones(len(own), bool) if symmetric or by_rules else own >= _HARDLY
    for number in likely.nonzero()[0].tolist():
        a, b = asked.pairs[number].tolist()
        score = float(own[number])
        if (b, a) in given:
            if b < a:
                continue
            score = (score + given[b, a]) / 2
        ruled = (a, b) in by_rules
        if ruled or score >= _HARDLY:
            status = STATUSES[int(scores.statuses[first + number].argmax())]
            yield Judged(type_, entities[a], entities[b], ruled, chance(score), status)


def _settled(
    scene: Scene, event: EventDraft, weighed: Weighed, given: Sequence[Judged]
) -> Iterator[EventDraft]:
    """The event of the rules with the parties of its edges that are kept, and further ones for those that are
    added. Where the rules gave edges and none is left, the surer side stays: who was killed, not by whom.
    """
    symmetric = weighed.occasion.symmetric
    sides = _SIDES if symmetric else _SIDES[:2]
    others = {role: ids for role, ids in event.roles.items() if role not in sides}
    kept = [edge for edge in given if edge.by_rules]
    for parties in grouped(kept, symmetric=symmetric):
        yield replace(event, roles={**parties, **others}, chances=_chances(kept))
    new = [edge for edge in given if not edge.by_rules]
    for parties in grouped(new, symmetric=symmetric):
        claim, said_by = _claim(event.status, event.said_by, new, parties)
        draft = replace(event, roles={**parties, **others}, chances=_chances(new))
        rule = f"{event.rule} + {_LEARNT}"
        yield _inferred(scene, replace(draft, status=claim, said_by=said_by, rule=rule))
    if not given:
        if any(edge.by_rules for edge in weighed.edges):
            event = replace(event, roles={**_surest(event, weighed), **others})
        yield event


def _surest(event: EventDraft, weighed: Weighed) -> dict[str, tuple[str, ...]]:
    """The parties on the surer side of an event; of a symmetric one the surest alone, of one that does harm
    the victims.
    """
    if event.type in KINDS and event.roles.get(RECIPIENT):
        return {RECIPIENT: event.roles[RECIPIENT]}
    sure = {
        (side, entity): weighed.sides[side].get(entity, 0.0)
        for side, entities in parties_of(event).items()
        for entity in entities
    }
    side, entity = max(sure, key=lambda party: sure[party])
    if weighed.occasion.symmetric:
        return {"actor": (entity,)}
    return {side: parties_of(event)[side]}


def _added(scene: Scene, occasion: Occasion, given: Sequence[Judged]) -> Iterator[EventDraft]:
    """Events that the rules do not have, at a word that told such in the articles read."""
    if not given:
        return
    clause = scene.participants.clauses[occasion.sentence]
    verbal = clause.word(occasion.first).upos == "VERB"
    by_rules = status_of(clause, occasion.first, scene.reading.statements, masdar=not verbal)
    rule = occasion.trigger.trigger.id if occasion.in_lexicon and occasion.trigger else "as in articles read"
    for sides in grouped(given, symmetric=occasion.symmetric):
        status, said_by = _claim(*by_rules, given, sides)
        draft = EventDraft(
            occasion.type,
            occasion.sentence,
            occasion.first,
            occasion.last,
            occasion.first,
            status,
            sides,
            f"{rule} + {_LEARNT}",
            said_by,
            place_of(scene.participants, occasion.sentence, occasion.first, occasion.last),
            time_of(scene.reading, occasion.sentence, occasion.first),
            chances=_chances(given),
        )
        yield _inferred(scene, draft)


def _claim(
    by_rules: str, said_by: str | None, given: Sequence[Judged], parties: Mapping[str, Sequence[str]]
) -> tuple[str, str | None]:
    """What an added event claims, and by whom: as its surest edge does, unless the rules saw a denial, a plan
    or an inference. Nobody reports a deed of his own, or what the article says itself.
    """
    surest = max((e for e in given if e.subject in parties["actor"]), key=lambda edge: edge.chance)
    settled = by_rules in UNREAL or "inferred" in (by_rules, surest.status)
    status = by_rules if settled else surest.status
    return status, None if status == "stated" or said_by in parties["actor"] else said_by


def _inferred(scene: Scene, event: EventDraft) -> EventDraft:
    """The event as inferred where its sentence names not all who take part: from that in which they were
    named last before it (or first after it), and its own.
    """
    chain = set(event.chain)
    for entity in (*event.roles["actor"], *event.roles.get("recipient", ())):
        sentences = [m.sentence for m in scene.mentions.get(entity, ())]
        if sentences and event.sentence not in sentences:
            chain.add(max((s for s in sentences if s < event.sentence), default=min(sentences)))
    if chain == set(event.chain) or event.status not in ("stated", "attributed"):
        return event
    return replace(event, status="inferred", chain=tuple(sorted(chain)))


def _chances(given: Sequence[Judged]) -> dict[tuple[str, str], float]:
    return {(edge.subject, edge.object): edge.chance for edge in given}


def grouped(edges: Iterable[Judged], *, symmetric: bool) -> list[dict[str, tuple[str, ...]]]:
    """Roles that give these edges and no other: doers with the same others go together."""
    behind: dict[str, list[str]] = {}
    for edge in sorted(edges, key=lambda e: -e.chance):
        behind.setdefault(edge.subject, []).append(edge.object)
    together: dict[frozenset[str], list[str]] = {}
    for subject, others in behind.items():
        together.setdefault(frozenset(others), []).append(subject)
    groups = [(tuple(subjects), tuple(behind[subjects[0]])) for subjects in together.values()]
    parties = tuple(dict.fromkeys(party for subjects, others in groups for party in (*subjects, *others)))
    drawn = sum(len(subjects) * len(others) for subjects, others in groups)
    if symmetric and len(parties) > 2 and drawn == len(parties) * (len(parties) - 1) // 2:
        return [{"actor": parties}]
    return [{"actor": subjects, "recipient": others} for subjects, others in groups]


@lru_cache(maxsize=4)
def load_parties(folder: Path) -> Model | None:
    """The model of a folder of weights; None where it has no such file (Stanza's own).

    Raises ModelError where the file cannot be read.
    """
    return load_model(folder / FILE)
