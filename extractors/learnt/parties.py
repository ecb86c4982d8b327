"""Who did what to whom: which edges an article's words tell, by all that speaks for and against.

For every word that may tell an event (`occasions`) each entity near it is asked how likely it is the doer,
and the other side; then each likely pair, how likely a reader would draw the edge. What the rules found is
among the evidence. An edge of the rules is left out where it is hardly right; one that they lack is given
where it is likely and no other joins the two. A false doer is an accusation; unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from extractors.base import EventDraft, Reading
from extractors.learnt import edge_traits, party_traits
from extractors.learnt.edge_traits import Candidate, edge_values, paired
from extractors.learnt.model import Model, Thresholds, encoded, load_model, matrix
from extractors.learnt.occasions import Occasion, candidates, occasions
from extractors.learnt.scene import Scene, parties_of
from extractors.status import status_of
from extractors.where_when import place_of, time_of

FILE, TREES = "parties.json", "parties.npz"
#: The questions that its trees answer.
ACTOR, RECIPIENT, EDGE = "actor", "recipient", "edge"
COLUMNS = (*party_traits.COLUMNS, *party_traits.PATTERNS, "edge:", *edge_traits.COLUMNS)
_OF_WORD = party_traits.OfOccasion._fields
_OF_ENTITY = party_traits.COLUMNS[len(_OF_WORD) :]
#: What the rule of an edge says that the rules lack.
_LEARNT = "learnt"
_SIDES = (ACTOR, RECIPIENT, "partner")


@dataclass(frozen=True, slots=True)
class Judged:
    """An edge that an occasion may give, from `subject` to `object`: whether the rules give it, and the
    chance that it is right.
    """

    subject: str
    object: str
    by_rules: bool
    chance: float

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
    """Settles who takes part in events, and adds events that the rules do not find."""

    name = "parties"
    requires = frozenset({"mentions", "entities", "statements", "times", "triggers", "events"})
    assigns = frozenset({"events"})

    def __init__(self, model: Model | None) -> None:
        self._model = model

    def __call__(self, reading: Reading) -> Reading:
        model = self._model
        if model is None:
            return reading
        scene = Scene(reading)
        weighed = weigh(scene, model)
        given = dict(zip(map(id, weighed), chosen([w.edges for w in weighed], model.thresholds), strict=True))
        by_event = {id(w.occasion.event): w for w in weighed if w.occasion.event is not None}
        events: list[EventDraft] = []
        for event in reading.events:
            own = by_event.get(id(event))
            events += [event] if own is None else _settled(scene, event, own, given[id(own)])
        for own in weighed:
            if own.occasion.event is None:
                events += _added(scene, own.occasion, given[id(own)])
        return replace(reading, events=tuple(sorted(events, key=lambda e: (e.sentence, e.first))))


def chosen(edges: Sequence[Sequence[Judged]], thresholds: Thresholds) -> list[list[Judged]]:
    """For each occasion the edges that are given. Two whom nothing joins get their likeliest edge only."""
    found = [[e for e in own if e.by_rules and e.chance >= thresholds.keep] for own in edges]
    joined = {edge.pair for own in found for edge in own}
    best: dict[frozenset[str], tuple[int, Judged]] = {}
    for number, own in enumerate(edges):
        for edge in own:
            if edge.by_rules or edge.chance < thresholds.add or edge.pair in joined:
                continue
            if edge.pair not in best or edge.chance > best[edge.pair][1].chance:
                best[edge.pair] = number, edge
    for number, edge in best.values():
        found[number].append(edge)
    return found


def weigh(scene: Scene, model: Model) -> list[Weighed]:
    """Every occasion of an article with the chances of its parties and edges."""
    asked = [(o, party_traits.of_occasion(scene, o)) for o in occasions(scene, model.tellings)]
    found = _candidates(scene, model, asked)
    pairs = [paired(scene, occasion, parties) for (occasion, _), parties in zip(asked, found, strict=True)]
    rows = [
        encoded(edge_traits.COLUMNS, model.codes, edge_values(told, *pair))
        for (_, told), own in zip(asked, pairs, strict=True)
        for pair in own
    ]
    chances = iter(model.trees[EDGE].probability(matrix(rows)) if rows else ())
    return [
        Weighed(
            occasion,
            tuple(
                Judged(one.entity, other.entity, bool(shown.by_rules), float(next(chances)))
                for one, other, shown in own
            ),
            {
                ACTOR: {c.entity: c.actor for c in parties},
                RECIPIENT: {c.entity: c.recipient for c in parties},
            },
        )
        for (occasion, _), parties, own in zip(asked, found, pairs, strict=True)
    ]


def parties_at(
    scene: Scene, occasion: Occasion
) -> Iterator[tuple[str, party_traits.OfParty, party_traits.OfPlace, Sequence[str]]]:
    """Each entity that may take part, with what is known of it and its patterns."""
    for entity in candidates(scene, occasion):
        place, way = party_traits.of_place(scene, occasion, entity)
        patterns = party_traits.patterns(scene, occasion, entity, way)
        yield entity, party_traits.of_party(scene, occasion, entity), place, patterns


def _candidates(
    scene: Scene, model: Model, asked: Sequence[tuple[Occasion, party_traits.OfOccasion]]
) -> list[list[Candidate]]:
    """Who may take part in each occasion; all of the article are asked together, which is faster."""
    found = [list(parties_at(scene, occasion)) for occasion, _ in asked]
    rows = []
    for (_, told), parties in zip(asked, found, strict=True):
        of_word = encoded(_OF_WORD, model.codes, told)
        for _, party, place, patterns in parties:
            own = encoded(_OF_ENTITY, model.codes, (*party, *place))
            rows.append([*of_word, *own, *model.habits.odds(patterns)])
    if not rows:
        return [[] for _ in asked]
    sides = [iter(model.trees[side].probability(matrix(rows))) for side in (ACTOR, RECIPIENT)]
    return [
        [Candidate(e, party, place, *(float(next(side)) for side in sides)) for e, party, place, _ in parties]
        for parties in found
    ]


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
        said_by = None if event.said_by in parties["actor"] else event.said_by
        draft = replace(event, roles={**parties, **others}, said_by=said_by, chances=_chances(new))
        yield _inferred(scene, replace(draft, rule=f"{event.rule} + {_LEARNT}"))
    if not given:
        if any(edge.by_rules for edge in weighed.edges):
            event = replace(event, roles={**_surest(event, weighed), **others})
        yield event


def _surest(event: EventDraft, weighed: Weighed) -> dict[str, tuple[str, ...]]:
    """The parties on the surer side of an event; of a symmetric one the surest alone."""
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
    status, said_by = status_of(clause, occasion.first, scene.reading.statements, masdar=not verbal)
    rule = occasion.trigger.trigger.id if occasion.in_lexicon and occasion.trigger else "as in articles read"
    for sides in grouped(given, symmetric=occasion.symmetric):
        draft = EventDraft(
            occasion.type,
            occasion.sentence,
            occasion.first,
            occasion.last,
            occasion.first,
            status,
            sides,
            f"{rule} + {_LEARNT}",
            None if said_by in sides["actor"] else said_by,
            place_of(scene.participants, occasion.sentence, occasion.first, occasion.last),
            time_of(scene.reading, occasion.sentence, occasion.first),
            chances=_chances(given),
        )
        yield _inferred(scene, draft)


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
    return load_model(folder / FILE, COLUMNS)
