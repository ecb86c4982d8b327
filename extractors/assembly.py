"""From drafts to the domain types: ids, spans, the edges derived from events; only what the ontology allows.

An entity that acts or is acted on becomes an actor, one where things happen a place; a country may be both,
under two ids. Entities that take part in nothing are left out.
"""

from __future__ import annotations

from typing import TypeVar

from extractors.base import Entity, EventDraft, Mention, Reading
from extractors.event_pairs import pairs
from extractors.gazetteer import load_gazetteer
from extractors.phrases import QUOTES
from schema.identity import content_id
from schema.model import (
    Actor,
    Casualty,
    Event,
    Extraction,
    Participant,
    Place,
    SentenceSpan,
    Span,
    Statement,
    Triple,
)
from schema.ontology import Ontology, load_ontology

_Identified = TypeVar("_Identified", Event, Casualty, Statement)


def assemble(reading: Reading) -> Extraction:
    """All that the steps found, as one extraction that fits the ontology."""
    return _Assembler(reading, load_ontology()).run()


class _Assembler:
    def __init__(self, reading: Reading, ontology: Ontology) -> None:
        self.reading = reading
        self.ontology = ontology
        self.gazetteer = load_gazetteer()
        self.used: dict[str, tuple[Entity, bool]] = {}  # final id -> (entity, as a place)
        self.mentions: dict[str, list[Mention]] = {}
        for mention in sorted(reading.mentions, key=lambda m: (m.span.start, -m.span.end)):
            self.mentions.setdefault(mention.entity, []).append(mention)

    def run(self) -> Extraction:
        """Events first, since edges and counts point at them."""
        events, triples = [], []
        ids: dict[int, str] = {}
        for number, draft in enumerate(self.reading.events):
            event = self._event(draft)
            ids[number] = event.id
            events.append(event)
            triples += self._shortcuts(draft, event)
        triples += self._relations()
        casualties = self._casualties(ids)
        statements = self._statements()
        article = self.reading.document.article
        return Extraction(
            article,
            tuple(
                SentenceSpan(s.index, Span(s.start, s.end, article.text[s.start : s.end]), s.heading)
                for s in self.reading.document.sentences
            ),
            tuple(self._actor(i, e) for i, (e, as_place) in self.used.items() if not as_place),
            tuple(self._place(i, e) for i, (e, as_place) in self.used.items() if as_place),
            _unique(events),
            _unique_triples(triples),
            _unique(casualties),
            _unique(statements),
        )

    # -- entities ------------------------------------------------------------------------------------

    def _use(self, entity_id: str | None, *, place: bool) -> str | None:
        """The final id of an entity in an actor's or a place's role; None where it cannot stand there."""
        if entity_id is None:
            return None
        entity = self.reading.entities[entity_id]
        if (place and entity.kind == "actor") or (not place and entity.kind == "place"):
            return None
        final = content_id("place", entity.key) if place and entity.kind == "state" else entity_id
        self.used.setdefault(final, (entity, place))
        return final

    def _either(self, entity_id: str, allowed: frozenset[str]) -> str | None:
        """As an actor where its type is allowed, as a place where only that is."""
        entity = self.reading.entities[entity_id]
        if entity.kind != "place" and entity.type in allowed:
            return self._use(entity_id, place=False)
        type_ = "Country" if entity.kind == "state" else entity.type
        return self._use(entity_id, place=True) if type_ in allowed else None

    def _actor(self, id_: str, entity: Entity) -> Actor:
        known = self.gazetteer.actors.get(entity.key or "")
        return Actor(
            id_,
            entity.type,
            entity.label_ar,
            entity.label_en,
            self._spans(entity.id),
            entity.key,
            known.wikidata if known else None,
        )

    def _place(self, id_: str, entity: Entity) -> Place:
        known = self.gazetteer.places.get(entity.key or "")
        if known is None:
            return Place(
                id_,
                entity.type,
                entity.label_ar,
                entity.label_en,
                None,
                None,
                self._spans(entity.id),
                None,
                entity.key,
            )
        return Place(
            id_,
            known.type,
            known.ar,
            known.en,
            known.lat,
            known.lon,
            self._spans(entity.id),
            known.precision_km,
            entity.key,
        )

    def _spans(self, entity: str) -> tuple[Span, ...]:
        return tuple(dict.fromkeys(m.span for m in self.mentions.get(entity, ())))

    # -- events and their edges ------------------------------------------------------------------------

    def _event(self, draft: EventDraft) -> Event:
        type_ = self.ontology.event_type(draft.type)
        participants = []
        for role, entities in draft.roles.items():
            allowed = type_.roles.get(role)
            if allowed is None:
                continue
            for entity in entities:
                final = self._either(entity, allowed)
                if final and Participant(role, final) not in participants:
                    participants.append(Participant(role, final))
        place = self._use(draft.place, place=True)
        trigger = self._words(draft.sentence, draft.first, draft.last)
        identity = sorted((p.role, p.id) for p in participants)
        return Event(
            content_id("event", self.reading.document.article.id, draft.type, identity, trigger.start),
            draft.type,
            draft.status,
            trigger,
            tuple(participants),
            place,
            draft.time.time if draft.time else None,
            self._use(draft.said_by, place=False),
            tuple(self._words(*also) for also in draft.also),
            draft.rule,
            draft.codable,
        )

    def _words(self, sentence: int, first: int, last: int) -> Span:
        words = self.reading.document.sentences[sentence].words
        return self.reading.document.span(words[first - 1].start, words[last - 1].end)

    def _shortcuts(self, draft: EventDraft, event: Event) -> list[Triple]:
        """The edges of an event: from each actor to each that fills the edge's role; between parties if
        symmetric.
        """
        type_ = self.ontology.event_type(draft.type)
        by_role: dict[str, list[str]] = {}
        for participant in event.participants:
            by_role.setdefault(participant.role, []).append(participant.id)
        triples = []
        for shortcut in type_.shortcuts:
            for subject, object_ in pairs(type_, shortcut.to, by_role):
                if self._allowed(shortcut.edge, subject, object_):
                    triples.append(self._triple(draft, event, subject, shortcut.edge, object_))
        partners = [(a, b) for a in by_role.get("actor", []) for b in by_role.get("partner", []) if a != b]
        if not type_.symmetric:
            for subject, object_ in partners:
                if self._allowed("COOPERATED_WITH", subject, object_):
                    triples.append(self._triple(draft, event, subject, "COOPERATED_WITH", object_))
        return triples

    def _allowed(self, predicate: str, subject: str, object_: str) -> bool:
        return self.ontology.allows(predicate, self._type(subject), self._type(object_))

    def _type(self, id_: str) -> str:
        entity, as_place = self.used[id_]
        return "Country" if as_place and entity.kind == "state" else entity.type

    def _triple(self, draft: EventDraft, event: Event, subject: str, predicate: str, object_: str) -> Triple:
        evidence = self._evidence(draft, (subject, object_))
        chain = (
            tuple(self._sentence(s) for s in dict.fromkeys((*draft.chain, draft.sentence)))
            if draft.status == "inferred"
            else ()
        )
        return Triple(
            subject,
            predicate,
            object_,
            draft.status,
            evidence,
            event.id,
            event.place,
            event.said_by,
            chain,
            draft.rule,
            self._confidence(draft, subject, predicate, object_),
        )

    def _confidence(self, draft: EventDraft, subject: str, predicate: str, object_: str) -> float | None:
        """How likely the edge is right; a symmetric one was judged either way round."""
        ends = self.used[subject][0].id, self.used[object_][0].id
        chance = draft.chances.get(ends)
        if chance is None and self.ontology.is_symmetric(predicate):
            chance = draft.chances.get(ends[::-1])
        return _confidence(chance)

    def _sentence(self, index: int) -> Span:
        sentence = self.reading.document.sentences[index]
        return self.reading.document.span(sentence.start, sentence.end)

    def _evidence(self, draft: EventDraft, ids: tuple[str, ...]) -> Span:
        """From the first to the last of trigger and participants within the sentence, without edge quotes."""
        words = self.reading.document.sentences[draft.sentence].words
        first, last = draft.first, draft.last
        for id_ in ids:
            near = [m for m in self.mentions.get(self.used[id_][0].id, ()) if m.sentence == draft.sentence]
            if near:
                closest = min(near, key=lambda m: min(abs(m.first - draft.last), abs(draft.first - m.last)))
                first, last = min(first, closest.first), max(last, closest.last)
        while first < last and words[first - 1].text in QUOTES:
            first += 1
        return self.reading.document.span(words[first - 1].start, words[last - 1].end)

    # -- the rest --------------------------------------------------------------------------------------

    def _relations(self) -> list[Triple]:
        triples = []
        for relation in self.reading.relations:
            type_ = self.ontology.relation(relation.predicate)
            subject = self._either(relation.subject, type_.domain)
            object_ = self._either(relation.object, type_.range)
            if subject and object_ and subject != object_:
                said_by = self._use(relation.said_by, place=False)
                chain = (self._sentence(relation.sentence),) if relation.status == "inferred" else ()
                triples.append(
                    Triple(
                        subject,
                        relation.predicate,
                        object_,
                        relation.status,
                        relation.evidence,
                        None,
                        None,
                        said_by,
                        chain,
                        relation.rule,
                        _confidence(relation.chance),
                    )
                )
        return triples

    def _casualties(self, events: dict[int, str]) -> list[Casualty]:
        found = []
        for draft in self.reading.casualties:
            victim, by = self._use(draft.victim, place=False), self._use(draft.by, place=False)
            evidence = self._words(draft.sentence, draft.first, draft.last)
            event = events[draft.event] if draft.event is not None else None
            id_ = content_id(
                "casualty",
                self.reading.document.article.id,
                draft.kind,
                draft.min,
                draft.max,
                victim,
                evidence.start,
            )
            found.append(Casualty(id_, draft.kind, draft.min, draft.max, victim, by, evidence, event))
        return found

    def _statements(self) -> list[Statement]:
        found = []
        for draft in self.reading.statements:
            speaker = self._use(draft.speaker, place=False)
            if speaker is None or not draft.told:
                continue
            about = tuple(
                i for e in draft.about if (i := self._use(e, place=self.reading.entities[e].kind == "place"))
            )
            cue = self.reading.document.span(draft.cue.start, draft.cue.end).text
            id_ = content_id("statement", self.reading.document.article.id, speaker, draft.evidence.start)
            outlet = self._use(draft.outlet, place=False)
            found.append(
                Statement(id_, speaker, cue, about, draft.content, draft.evidence, outlet, draft.stance)
            )
        return found


def _unique(items: list[_Identified]) -> tuple[_Identified, ...]:
    """One of each id, the first."""
    return tuple({item.id: item for item in reversed(items)}.values())[::-1]


def _unique_triples(triples: list[Triple]) -> tuple[Triple, ...]:
    """One triple for each subject, predicate and object: the first not planned or denied, else the first."""
    kept: dict[tuple[str, str, str], Triple] = {}
    for triple in triples:
        key = (triple.subject, triple.predicate, triple.object)
        if key not in kept or (
            kept[key].status in ("planned", "denied") and triple.status not in ("planned", "denied")
        ):
            kept[key] = triple
    return tuple(kept.values())


def _confidence(chance: float | None) -> float | None:
    """A chance to two places and never certain."""
    return None if chance is None else min(round(chance, 2), 0.99)
