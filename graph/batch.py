"""One extraction as the rows that go into the property graph.

    batch = build_batch(extraction, load_ontology())

Every row has an `id` that is a content hash, so the same extraction gives the same batch. Rows hold
scalars and flat lists only; what is unknown is left out. Nodes that only one article can own (sentence,
mention, statement, casualty, claim) carry its id as `document`; that is how an article is taken away.

The edges between entities are not rows: they are aggregated from the claims, which keep what each
article says (`subject`, `predicate`, `object`, `edge_id`, `status`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.rows import Edge, GraphBatch, Node, Value, edge_id
from graph.sentences import SentenceIndex
from schema.codes import codes_of
from schema.identity import content_id
from schema.model import Actor, Casualty, Event, Extraction, Place, RunInfo, Span, Statement, TimeSpan, Triple
from schema.ontology import Ontology
from schema.text import fold
from schema.validation import check_extraction

__all__ = ["Edge", "GraphBatch", "Node", "Value", "build_batch", "edge_id"]


def build_batch(extraction: Extraction, ontology: Ontology, run: RunInfo | None = None) -> GraphBatch:
    """The rows of an extraction, checked first: raises `BatchError` when anything does not fit."""
    check_extraction(extraction, ontology)
    return _Builder(extraction, ontology, run).batch()


class _Builder:
    def __init__(self, extraction: Extraction, ontology: Ontology, run: RunInfo | None) -> None:
        self.given = extraction
        self.article = extraction.article
        self.ontology = ontology
        self.run = run
        self.sentences = SentenceIndex(extraction)
        self.named: tuple[Actor | Place, ...] = (*extraction.actors, *extraction.places)
        self.events = {event.id: event for event in extraction.events}

    def batch(self) -> GraphBatch:
        nodes = {(node.label, node.id): node for node in self._nodes()}
        edges = {edge.id: edge for edge in self._edges()}
        entities = tuple(sorted(row.id for row in self.named))
        events = tuple(sorted(self.events))
        digest = content_id(
            "digest",
            [
                [n.label, n.id, n.labels, sorted(n.properties.items()), sorted(n.dates.items())]
                for n in nodes.values()
            ],
            [[e.id, sorted(e.properties.items())] for e in edges.values()],
        )
        document = nodes["Document", self.article.id]
        nodes["Document", self.article.id] = Node(
            "Document",
            document.id,
            {**document.properties, "digest": digest, "entities": list(entities), "events": list(events)},
            dates=document.dates,
        )
        return GraphBatch(
            self.article.id, digest, tuple(nodes.values()), tuple(edges.values()), entities, events
        )

    # ------------------------------------------------------------------ nodes

    def _nodes(self) -> Iterator[Node]:
        yield self._document()
        if self.run:
            yield Node("Run", self.run.id, {"version": self.run.version, "models": self.run.models})
        for sentence in self.given.sentences:
            yield Node(
                "Sentence",
                self.sentences.id(sentence.index),
                {
                    "document": self.article.id,
                    "index": sentence.index,
                    "heading": sentence.heading,
                    **_span(sentence.span),
                    "search_key": fold(sentence.span.text),
                },
            )
        for entity in self.named:
            yield self._entity(entity)
        for event in self.given.events:
            yield self._event(event)
            if event.time:
                yield self._time_span(event.id, event.time)
        for span, kind, refers_to in self._mentions():
            row = {"document": self.article.id, "kind": kind, **_span(span)}
            yield Node("Mention", refers_to.source[1], row)
        for casualty in self.given.casualties:
            yield self._casualty(casualty)
        for statement in self.given.statements:
            yield self._statement(statement)
        for claim, _ in self._claims():
            yield claim

    def _document(self) -> Node:
        article = self.article
        return Node(
            "Document",
            article.id,
            _known(
                title=article.title,
                source=article.source,
                url=article.url,
                published=article.date,
                text=article.text,
                sentence_count=len(self.given.sentences),
                event_count=len(self.given.events),
            ),
            dates=_dates(date=article.date),
        )

    def _entity(self, row: Actor | Place) -> Node:
        place = isinstance(row, Place)
        properties = _known(
            kind="place" if place else "agent",
            type=row.type,
            label_ar=row.label_ar,
            label_en=row.label_en,
            key=row.key,
            names=sorted({mention.text for mention in row.mentions}),
        )
        if isinstance(row, Place):
            properties |= _known(lat=row.lat, lon=row.lon, precision_km=row.precision_km)
        else:
            properties |= _known(wikidata=row.wikidata)
        return Node("Entity", row.id, properties, ("Place" if place else "Agent", row.type))

    def _event(self, event: Event) -> Node:
        codes = codes_of(event, self.ontology)
        time = event.time
        return Node(
            "Event",
            event.id,
            _known(
                type=event.type,
                plover=codes.plover,
                cameo=codes.cameo,
                status=event.status,
                trigger=event.trigger.text,
                start=event.trigger.start,
                end=event.trigger.end,
                said_by=event.said_by,
                rule=event.rule or None,
            ),
            dates=_dates(
                earliest=time.earliest if time else None,
                latest=time.latest if time else None,
                reported=self.article.date,
            ),
        )

    def _time_span(self, event: str, time: TimeSpan) -> Node:
        return Node(
            "TimeSpan",
            _time_id(event, time),
            _known(precision=time.precision, raw=time.raw),
            dates=_dates(earliest=time.earliest, latest=time.latest),
        )

    def _mentions(self) -> Iterator[tuple[Span, str, Edge]]:
        """The names of entities and triggers of events: span, kind, and the edge to what it means."""
        for row in self.named:
            for span in row.mentions:
                yield span, "name", self._refers_to(span, ("Entity", row.id))
        for event in self.given.events:
            for span in (event.trigger, *event.mentions):
                yield span, "trigger", self._refers_to(span, ("Event", event.id))

    def _refers_to(self, span: Span, target: tuple[str, str]) -> Edge:
        mention = content_id("mention", self.article.id, span.start, span.end, target[1])
        return Edge("REFERS_TO", ("Mention", mention), target)

    def _casualty(self, casualty: Casualty) -> Node:
        return Node(
            "Casualty",
            casualty.id,
            _known(
                document=self.article.id,
                kind=casualty.kind,
                event_id=casualty.event,
                min=casualty.min,
                max=casualty.max,
                evidence=casualty.evidence.text,
                start=casualty.evidence.start,
                end=casualty.evidence.end,
            ),
        )

    def _statement(self, statement: Statement) -> Node:
        content = statement.content
        return Node(
            "Statement",
            statement.id,
            _known(
                document=self.article.id,
                cue=statement.cue,
                stance=statement.stance,
                outlet=statement.outlet,
                content=content.text if content else None,
                content_start=content.start if content else None,
                content_end=content.end if content else None,
                evidence=statement.evidence.text,
                start=statement.evidence.start,
                end=statement.evidence.end,
            ),
        )

    def _claims(self) -> Iterator[tuple[Node, tuple[Edge, ...]]]:
        """One claim a triple, and one for each event that no triple tells."""
        told = {triple.event for triple in self.given.triples}
        for triple in self.given.triples:
            yield self._triple_claim(triple)
        for event in self.given.events:
            if event.id not in told:
                claim = content_id("claim", self.article.id, event.id)
                row = self._claim_properties(event.status, event.trigger, event.said_by, event.rule)
                yield (
                    Node("Claim", claim, row),
                    self._claim_edges(claim, event.id, event.said_by, (event.trigger,)),
                )

    def _triple_claim(self, triple: Triple) -> tuple[Node, tuple[Edge, ...]]:
        symmetric = self.ontology.is_symmetric(triple.predicate)
        edge = edge_id(triple.subject, triple.predicate, triple.object, triple.event, symmetric)
        claim = content_id(
            "claim", self.article.id, edge, triple.status, triple.said_by, triple.evidence.start
        )
        row = self._claim_properties(triple.status, triple.evidence, triple.said_by, triple.rule)
        subject, object_ = triple.subject, triple.object
        if symmetric:
            subject, object_ = sorted((subject, object_))
        row |= _known(
            predicate=triple.predicate,
            subject=subject,
            object=object_,
            edge_id=edge,
            event_id=triple.event,
            place=triple.place,
            confidence=triple.confidence,
            reported=self.article.date[:10] if self.article.date else None,
        )
        spans = triple.chain or (triple.evidence,)
        row["sentences"] = [self.sentences.id(i) for i in self.sentences.touched_by(spans)]
        return Node("Claim", claim, row), self._claim_edges(claim, triple.event, triple.said_by, spans)

    def _claim_properties(
        self, status: str, evidence: Span, said_by: str | None, rule: str
    ) -> dict[str, Value]:
        return _known(
            document=self.article.id,
            source=self.article.source,
            status=status,
            polarity="negative" if status == "denied" else "positive",
            said_by=said_by,
            rule=rule or None,
            evidence=evidence.text,
            start=evidence.start,
            end=evidence.end,
        )

    # ------------------------------------------------------------------ edges

    def _edges(self) -> Iterator[Edge]:
        document = ("Document", self.article.id)
        if self.run:
            yield Edge("FROM_RUN", document, ("Run", self.run.id))
        for sentence in self.given.sentences:
            yield Edge("HAS_SENTENCE", document, ("Sentence", self.sentences.id(sentence.index)))
        for span, _, refers_to in self._mentions():
            mention = refers_to.source[1]
            yield refers_to
            for index in self.sentences.touched_by((span,)):
                yield Edge("IN", ("Mention", mention), ("Sentence", self.sentences.id(index)))
        for event in self.given.events:
            node = ("Event", event.id)
            for participant in event.participants:
                yield Edge("PARTICIPATED_IN", ("Entity", participant.id), node, {"role": participant.role})
            if event.place:
                yield Edge("TOOK_PLACE_IN", node, ("Entity", event.place))
            if event.time:
                yield Edge("DURING", node, ("TimeSpan", _time_id(event.id, event.time)))
        for casualty in self.given.casualties:
            yield from self._casualty_edges(casualty)
        for statement in self.given.statements:
            yield from self._statement_edges(statement)
        for _, claim_edges in self._claims():
            yield from claim_edges

    def _casualty_edges(self, casualty: Casualty) -> Iterator[Edge]:
        node = ("Casualty", casualty.id)
        if casualty.event:
            yield Edge("HAS_CASUALTY", ("Event", casualty.event), node)
        if casualty.victim:
            yield Edge("VICTIM", node, ("Entity", casualty.victim))
        if casualty.by:
            yield Edge("BY", node, ("Entity", casualty.by))
        yield from self._evidence(node, (casualty.evidence,))

    def _statement_edges(self, statement: Statement) -> Iterator[Edge]:
        node = ("Statement", statement.id)
        yield Edge("MADE", ("Entity", statement.speaker), node)
        for target in statement.about:
            yield Edge("ABOUT", node, ("Event" if target in self.events else "Entity", target))
        yield from self._evidence(node, (statement.evidence,))

    def _claim_edges(
        self, claim: str, event: str | None, said_by: str | None, spans: Sequence[Span]
    ) -> tuple[Edge, ...]:
        node = ("Claim", claim)
        edges = list(self._evidence(node, spans))
        if event:
            edges.append(Edge("CLAIMS", node, ("Event", event)))
        if said_by:
            edges.append(Edge("SAID_BY", node, ("Entity", said_by)))
        return tuple(edges)

    def _evidence(self, node: tuple[str, str], spans: Sequence[Span]) -> Iterator[Edge]:
        for order, index in enumerate(self.sentences.touched_by(spans)):
            yield Edge("EVIDENCED_BY", node, ("Sentence", self.sentences.id(index)), {"order": order})


def _time_id(event: str, time: TimeSpan) -> str:
    return content_id("time", event, time.earliest, time.latest, time.precision, time.raw)


def _span(span: Span) -> dict[str, Value]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _known(**properties: Value | None) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value is not None}


def _dates(**dates: str | None) -> dict[str, str]:
    """ISO dates; of a datetime the day is kept."""
    return {name: date[:10] for name, date in dates.items() if date}
