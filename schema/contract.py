"""The output contract: one JSON object an article, as the command line and the API give it.

The keys of the contract come first and in its order. What the contract does not name (`source`, `url`,
`rule`, `chain`, `precision_km`, ...) follows after them, so that the object holds all of the extraction
but the text itself: `from_contract(to_contract(extraction), extraction.article) == extraction`.
`schema/generated/contract.schema.json` describes it.

`plover` and `cameo` stand at the events that happened and are told as deeds (`schema.codes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from schema.codes import codes_of
from schema.errors import BatchError
from schema.model import (
    Actor,
    Article,
    Casualty,
    Event,
    Extraction,
    Place,
    SentenceSpan,
    Span,
    Statement,
    TimeSpan,
    Triple,
)
from schema.ontology import Ontology, load_ontology

Json = dict[str, Any]

_EXTRACTION = TypeAdapter(Extraction)


def to_contract(extraction: Extraction, ontology: Ontology | None = None) -> Json:
    """The extraction as JSON-ready dicts and lists; unknown is None. PLOVER and CAMEO codes are added
    to the events that `schema.codes` gives them."""
    ontology = ontology or load_ontology()
    article = extraction.article
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "actors": [_actor(actor) for actor in extraction.actors],
        "places": [_place(place) for place in extraction.places],
        "events": [_event(event, ontology) for event in extraction.events],
        "triples": [_triple(triple) for triple in extraction.triples],
        "casualties": [_casualty(casualty) for casualty in extraction.casualties],
        "statements": [_statement(statement) for statement in extraction.statements],
        "source": article.source,
        "url": article.url,
        "sentences": [_sentence(sentence) for sentence in extraction.sentences],
    }


def from_contract(data: Mapping[str, Any], article: Article) -> Extraction:
    """Read a contract object back, with the article that it was made of.

    Raises `BatchError`, which names the first field that is missing or of a wrong kind, or says that
    the object belongs to another article. Whether it fits the ontology and the text is for
    `schema.validation.check_extraction`.
    """
    if data.get("id") != article.id:
        raise BatchError(f"the object is of article {data.get('id')!r}, not {article.id!r}; give its own")
    sentences = data.get("sentences", ())
    if isinstance(sentences, list):
        sentences = [{**row, "span": row} if isinstance(row, Mapping) else row for row in sentences]
    try:
        return _EXTRACTION.validate_python({**data, "article": article, "sentences": sentences})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BatchError(f"article {article.id!r}: {field}: {first['msg']}") from error


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.text}


def _optional(span: Span | None) -> Json | None:
    return _span(span) if span else None


def _spans(spans: tuple[Span, ...]) -> list[Json]:
    return [_span(span) for span in spans]


def _sentence(sentence: SentenceSpan) -> Json:
    return {"index": sentence.index, **_span(sentence.span), "heading": sentence.heading}


def _actor(actor: Actor) -> Json:
    return {
        "id": actor.id,
        "type": actor.type,
        "label_ar": actor.label_ar,
        "label_en": actor.label_en,
        "mentions": _spans(actor.mentions),
        "key": actor.key,
        "wikidata": actor.wikidata,
    }


def _place(place: Place) -> Json:
    return {
        "id": place.id,
        "label_ar": place.label_ar,
        "label_en": place.label_en,
        "lat": place.lat,
        "lon": place.lon,
        "mentions": _spans(place.mentions),
        "type": place.type,
        "precision_km": place.precision_km,
        "key": place.key,
    }


def _time(time: TimeSpan | None) -> Json | None:
    if time is None:
        return None
    return {
        "earliest": time.earliest,
        "latest": time.latest,
        "precision": time.precision,
        "raw": time.raw,
    }


def _event(event: Event, ontology: Ontology) -> Json:
    codes = codes_of(event, ontology)
    return {
        "id": event.id,
        "type": event.type,
        "plover": codes.plover,
        "cameo": codes.cameo,
        "status": event.status,
        "trigger": _span(event.trigger),
        "participants": [{"role": p.role, "id": p.id} for p in event.participants],
        "place": event.place,
        "time": _time(event.time),
        "said_by": event.said_by,
        "mentions": _spans(event.mentions),
        "rule": event.rule,
        "codable": event.codable,
    }


def _triple(triple: Triple) -> Json:
    return {
        "subject": triple.subject,
        "predicate": triple.predicate,
        "object": triple.object,
        "status": triple.status,
        "event": triple.event,
        "place": triple.place,
        "said_by": triple.said_by,
        "evidence": _span(triple.evidence),
        "chain": _spans(triple.chain),
        "rule": triple.rule,
        "confidence": triple.confidence,
    }


def _casualty(casualty: Casualty) -> Json:
    return {
        "kind": casualty.kind,
        "min": casualty.min,
        "max": casualty.max,
        "victim": casualty.victim,
        "by": casualty.by,
        "event": casualty.event,
        "evidence": _span(casualty.evidence),
        "id": casualty.id,
    }


def _statement(statement: Statement) -> Json:
    return {
        "speaker": statement.speaker,
        "cue": statement.cue,
        "about": list(statement.about),
        "content": _optional(statement.content),
        "evidence": _span(statement.evidence),
        "id": statement.id,
        "outlet": statement.outlet,
        "stance": statement.stance,
    }
