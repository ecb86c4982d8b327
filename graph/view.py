"""What a picture of the graph shows: entities, relations, and the sentences that stand behind them.

A `GraphView` is independent of where it comes from: `view_of_extraction` makes one of a single article,
the API makes one of a neighbourhood in the store. `graph.visual` draws it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schema.model import Actor, Article, Event, Extraction, Place, SentenceSpan, Span, Triple


@dataclass(frozen=True, slots=True)
class ViewDocument:
    """The article that a sentence stands in."""

    id: str
    title: str | None
    source: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class ViewNode:
    """An actor or a place; `type` is a type of the ontology."""

    id: str
    type: str
    label_ar: str
    label_en: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """A name in Arabic and, where known, in English."""

    ar: str
    en: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that shows a relation.

    `mark` is the range of the telling words within `sentence`, in code points, end exclusive, or None.
    `event` is an event type of the ontology, `time` an ISO date or the wording, `confidence` (0 to 1) the
    chance that a reader would draw the relation, None where it is not judged.
    """

    sentence: str
    document: str
    mark: tuple[int, int] | None = None
    event: str | None = None
    said_by: Label | None = None
    place: Label | None = None
    time: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """A relation between two nodes of the view, with everything that shows it."""

    source: str
    target: str
    predicate: str
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class GraphView:
    """A titled picture. Every edge joins two of the nodes, every evidence names one of the documents."""

    title: str
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    documents: tuple[ViewDocument, ...]


def view_of_extraction(extraction: Extraction, title: str | None = None) -> GraphView:
    """The graph of one article. Actors and places that no relation names are left out."""
    article = extraction.article
    entities: dict[str, Actor | Place] = {actor.id: actor for actor in extraction.actors}
    entities |= {place.id: place for place in extraction.places}
    events = {event.id: event for event in extraction.events}
    edges = merged(
        ViewEdge(
            source=triple.subject,
            target=triple.object,
            predicate=triple.predicate,
            status=triple.status,
            evidence=tuple(_evidence(triple, extraction, entities, events)),
        )
        for triple in extraction.triples
    )
    used = {end for edge in edges for end in (edge.source, edge.target)}
    return GraphView(
        title=title or article.title or article.id,
        nodes=tuple(
            ViewNode(e.id, e.type, e.label_ar, e.label_en) for e in entities.values() if e.id in used
        ),
        edges=edges,
        documents=(document_of(article),),
    )


def document_of(article: Article) -> ViewDocument:
    """The view's record of an article."""
    return ViewDocument(article.id, article.title, article.source, article.date)


def merged(edges: Iterable[ViewEdge]) -> tuple[ViewEdge, ...]:
    """One edge for each subject, predicate, object and status, with the evidence of all, in first order."""
    found: dict[tuple[str, str, str, str], list[Evidence]] = {}
    for edge in edges:
        shown = found.setdefault((edge.source, edge.predicate, edge.target, edge.status), [])
        shown.extend(item for item in edge.evidence if item not in shown)
    return tuple(ViewEdge(s, t, p, status, tuple(shown)) for (s, p, t, status), shown in found.items())


def _evidence(
    triple: Triple, extraction: Extraction, entities: dict[str, Actor | Place], events: dict[str, Event]
) -> Iterable[Evidence]:
    event = events.get(triple.event or "")
    when = event.time if event else None
    for span in triple.chain or (triple.evidence,):
        text, mark = _in_sentence(span, event.trigger if event else None, extraction.sentences)
        yield Evidence(
            sentence=text,
            document=extraction.article.id,
            mark=mark,
            event=event.type if event else None,
            said_by=_label(entities, triple.said_by),
            place=_label(entities, triple.place),
            time=(when.earliest or when.raw) if when else None,
            confidence=triple.confidence,
        )


def _in_sentence(
    span: Span, trigger: Span | None, sentences: Iterable[SentenceSpan]
) -> tuple[str, tuple[int, int] | None]:
    """The whole sentence of an evidence, and where in it the trigger (else the evidence) stands."""
    whole = next((s.span for s in sentences if s.span.start <= span.start and span.end <= s.span.end), span)
    for words in (trigger, span):
        inside = words is not None and whole.start <= words.start and words.end <= whole.end
        if words is not None and inside and words.end - words.start < whole.end - whole.start:
            return whole.text, (words.start - whole.start, words.end - whole.start)
    return whole.text, None


def _label(entities: dict[str, Actor | Place], key: str | None) -> Label | None:
    entity = entities.get(key or "")
    return Label(entity.label_ar, entity.label_en) if entity else None
