"""Checks that an extraction fits the ontology and its own article, before anything of it is stored.

A wrong id, type or offset in one row would make a graph that reads well and is false; so all rows are
checked, and all that is wrong is told at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime

from schema.errors import BatchError
from schema.model import Actor, Casualty, Event, Extraction, Place, Span, Statement, TimeSpan, Triple
from schema.ontology import Ontology

#: How many problems the message lists.
SHOWN = 10


def check_extraction(extraction: Extraction, ontology: Ontology) -> None:
    """Raise `BatchError` when anything does not fit: a headline, then a line for each of the first ten.

    Checked are: types, roles, predicates, statuses, kinds and stances of the ontology; that ids are
    unique and that every id used is that of an actor, place or event of this extraction; that spans
    are `article.text[start:end]`; what may stand in a role and at the ends of an edge;
    `min <= max`, `earliest <= latest`, coordinates on the globe; that an inferred triple has its chain.
    """
    problems = list(_Check(extraction, ontology).problems())
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = [f"article {extraction.article.id!r} does not fit the ontology ({count}), nothing is stored:"]
        lines += [f"  {problem}" for problem in problems[:SHOWN]]
        if len(problems) > SHOWN:
            lines.append(f"  and {len(problems) - SHOWN} more")
        raise BatchError("\n".join(lines))


class _Check:
    """One pass over one extraction; every method yields lines that name the row first."""

    def __init__(self, extraction: Extraction, ontology: Ontology) -> None:
        self.given = extraction
        self.ontology = ontology
        self.text = extraction.article.text
        self.actors = {actor.id: actor.type for actor in extraction.actors}
        self.places = {place.id: place.type for place in extraction.places}
        self.entities = {**self.actors, **self.places}
        self.events = {event.id for event in extraction.events}

    def problems(self) -> Iterator[str]:
        yield from self._ids()
        for sentence in self.given.sentences:
            yield from self._span(f"sentences[{sentence.index}]", sentence.span)
        for actor in self.given.actors:
            yield from self._actor(actor)
        for place in self.given.places:
            yield from self._place(place)
        for event in self.given.events:
            yield from self._event(event)
        for index, triple in enumerate(self.given.triples):
            yield from self._triple(f"triples[{index}] {triple.predicate}", triple)
        for casualty in self.given.casualties:
            yield from self._casualty(casualty)
        for statement in self.given.statements:
            yield from self._statement(statement)

    def _ids(self) -> Iterator[str]:
        given = self.given
        ids = [actor.id for actor in given.actors]
        ids += [place.id for place in given.places]
        ids += [event.id for event in given.events]
        ids += [casualty.id for casualty in given.casualties]
        ids += [statement.id for statement in given.statements]
        for row_id, count in Counter(ids).items():
            if count > 1:
                yield f"{row_id}: the id stands {count} times; give each row its own"

    def _known(self, where: str, name: str, section: Collection[str], what: str) -> Iterator[str]:
        if name not in section:
            yield f"{where}: {name!r} is not {what}; use one of {', '.join(section)}"

    def _refers(self, where: str, row_id: str | None, known: Collection[str], what: str) -> Iterator[str]:
        if row_id is not None and row_id not in known:
            yield f"{where}: {row_id!r} is the id of no {what} of this article"

    def _span(self, where: str, span: Span | None) -> Iterator[str]:
        if span is None:
            return
        if not 0 <= span.start < span.end <= len(self.text):
            yield f"{where}: offsets {span.start}:{span.end} lie outside the text (0:{len(self.text)})"
        elif (found := self.text[span.start : span.end]) != span.text:
            yield f"{where}: offsets {span.start}:{span.end} give {found[:40]!r}, not {span.text[:40]!r}"

    def _actor(self, actor: Actor) -> Iterator[str]:
        where = f"actor {actor.id}"
        yield from self._known(where, actor.type, self.ontology.agent_types, "an agent type")
        yield from self._named(where, actor)

    def _place(self, place: Place) -> Iterator[str]:
        where = f"place {place.id}"
        yield from self._known(where, place.type, self.ontology.place_types, "a place type")
        yield from self._named(where, place)
        if (place.lat is None) != (place.lon is None):
            yield f"{where}: lat and lon must both be given or both be None"
        elif place.lat is not None and place.lon is not None:
            if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
                yield f"{where}: {place.lat}, {place.lon} are not degrees of latitude and longitude"
        elif place.precision_km is not None:
            yield f"{where}: precision_km without coordinates; leave it None"

    def _named(self, where: str, entity: Actor | Place) -> Iterator[str]:
        if not entity.label_ar:
            yield f"{where}: label_ar is empty"
        for span in entity.mentions:
            yield from self._span(where, span)

    def _event(self, event: Event) -> Iterator[str]:
        where = f"event {event.id} {event.type}"
        yield from self._known(where, event.type, self.ontology.event_types, "an event type")
        yield from self._known(where, event.status, self.ontology.statuses, "a status")
        for span in (event.trigger, *event.mentions):
            yield from self._span(where, span)
        yield from self._refers(where, event.place, self.places, "place")
        yield from self._refers(where, event.said_by, self.actors, "actor")
        for participant in event.participants:
            yield from self._participant(where, event.type, participant.role, participant.id)
        yield from self._time(where, event.time)

    def _participant(self, where: str, event_type: str, role: str, entity: str) -> Iterator[str]:
        yield from self._refers(f"{where} {role}", entity, self.entities, "actor or place")
        if event_type not in self.ontology.event_types:
            return
        roles = self.ontology.event_types[event_type].roles
        if role not in roles:
            yield f"{where}: has no role {role!r}; use one of {', '.join(roles)}"
        elif entity in self.entities and self.entities[entity] not in roles[role]:
            yield f"{where}: a {self.entities[entity]} ({entity}) may not stand in the role {role!r}"

    def _time(self, where: str, time: TimeSpan | None) -> Iterator[str]:
        if time is None:
            return
        for date in (time.earliest, time.latest):
            if date is not None and not _is_iso(date):
                yield f"{where}: {date!r} is not an ISO 8601 date"
                return
        if time.earliest is None or time.latest is None:
            if time.earliest != time.latest:
                yield f"{where}: earliest and latest must both be given or both be None"
        elif _earlier(time.latest, time.earliest):
            yield f"{where}: earliest {time.earliest} is after latest {time.latest}"

    def _triple(self, where: str, triple: Triple) -> Iterator[str]:
        yield from self._known(where, triple.predicate, self.ontology.relations, "a predicate")
        yield from self._known(where, triple.status, self.ontology.statuses, "a status")
        yield from self._refers(where, triple.subject, self.entities, "actor or place")
        yield from self._refers(where, triple.object, self.entities, "actor or place")
        yield from self._refers(where, triple.event, self.events, "event")
        yield from self._refers(where, triple.place, self.places, "place")
        yield from self._refers(where, triple.said_by, self.actors, "actor")
        for span in (triple.evidence, *triple.chain):
            yield from self._span(where, span)
        if triple.status == "inferred" and not triple.chain:
            yield f"{where}: is inferred but has no chain of sentences; keep those it follows from"
        relation = self.ontology.relations.get(triple.predicate)
        subject, object_ = self.entities.get(triple.subject), self.entities.get(triple.object)
        if relation and subject and subject not in relation.domain:
            yield f"{where}: a {subject} ({triple.subject}) may not be its subject"
        if relation and object_ and object_ not in relation.range:
            yield f"{where}: a {object_} ({triple.object}) may not be its object"

    def _casualty(self, casualty: Casualty) -> Iterator[str]:
        where = f"casualty {casualty.id}"
        yield from self._known(where, casualty.kind, self.ontology.casualty_kinds, "a casualty kind")
        yield from self._refers(f"{where} victim", casualty.victim, self.actors, "actor")
        yield from self._refers(f"{where} by", casualty.by, self.actors, "actor")
        yield from self._refers(where, casualty.event, self.events, "event")
        yield from self._span(where, casualty.evidence)
        if casualty.min < 0:
            yield f"{where}: min {casualty.min} is below zero"
        if casualty.max is not None and casualty.min > casualty.max:
            yield f"{where}: min {casualty.min} is above max {casualty.max}"

    def _statement(self, statement: Statement) -> Iterator[str]:
        where = f"statement {statement.id}"
        yield from self._known(where, statement.stance, self.ontology.stances, "a stance")
        yield from self._refers(f"{where} speaker", statement.speaker, self.actors, "actor")
        yield from self._refers(f"{where} outlet", statement.outlet, self.actors, "actor")
        for target in statement.about:
            known = {*self.entities, *self.events}
            yield from self._refers(f"{where} about", target, known, "actor, place or event")
        for span in (statement.content, statement.evidence):
            yield from self._span(where, span)


def _is_iso(date: str) -> bool:
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return False
    return True


def _earlier(left: str, right: str) -> bool:
    """Whether `left` is before `right`, as far as both go: a date stands for its whole day."""
    length = min(len(left), len(right))
    return left[:length] < right[:length]
