"""JSON Schema 2020-12 of the output contract (`schema.contract.to_contract`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from schema.ontology import Ontology

Json = dict[str, Any]

_ID: Json = {"type": "string", "minLength": 1}
_ID_OR_NULL: Json = {"type": ["string", "null"], "minLength": 1}
_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_CHANCE: Json = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_SPAN: Json = {"$ref": "#/$defs/span"}
_SPANS: Json = {"type": "array", "items": _SPAN}


def render(ontology: Ontology) -> str:
    """The schema as indented JSON; Arabic stays readable."""
    return json.dumps(contract_schema(ontology), ensure_ascii=False, indent=2) + "\n"


def contract_schema(ontology: Ontology) -> Json:
    """The schema as a dict. Required are the keys that the contract names; the others may be absent."""
    rows = {
        "actors": _actor(ontology),
        "places": _place(ontology),
        "events": _event(ontology),
        "triples": _triple(ontology),
        "casualties": _casualty(ontology),
        "statements": _statement(ontology),
    }
    lists = {name: {"type": "array", "items": row} for name, row in rows.items()}
    sentence = _object(
        {"index": _COUNT, "start": _COUNT, "end": _COUNT, "text": _TEXT},
        {"heading": {"type": "boolean"}},
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{ontology.namespace.rstrip('#/')}/contract.schema.json",
        "title": "Hadath: what one article says",
        "description": "Generated from schema/ontology.yaml. Offsets are code points of the original "
        "article text, end exclusive; times are ISO 8601; unknown is null.",
        **_object(
            {"id": _ID, "title": _TEXT_OR_NULL, "date": _TEXT_OR_NULL, **lists},
            {
                "source": _TEXT_OR_NULL,
                "url": _TEXT_OR_NULL,
                "sentences": {"type": "array", "items": sentence},
            },
        ),
        "$defs": {
            "span": {
                "description": "A stretch of the original text.",
                **_object({"start": _COUNT, "end": {"type": "integer", "minimum": 1}, "text": _TEXT}),
            }
        },
    }


def _object(required: Json, optional: Json | None = None) -> Json:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _one_of(names: Iterable[str | None]) -> Json:
    return {"enum": list(names)}


def _actor(ontology: Ontology) -> Json:
    return _object(
        {
            "id": _ID,
            "type": _one_of(ontology.agent_types),
            "label_ar": {"type": "string", "minLength": 1},
            "label_en": _TEXT_OR_NULL,
            "mentions": _SPANS,
        },
        {"key": _TEXT_OR_NULL, "wikidata": {"type": ["string", "null"], "pattern": "^Q[1-9][0-9]*$"}},
    )


def _place(ontology: Ontology) -> Json:
    return _object(
        {
            "id": _ID,
            "label_ar": {"type": "string", "minLength": 1},
            "label_en": _TEXT_OR_NULL,
            "lat": {"type": ["number", "null"], "minimum": -90, "maximum": 90},
            "lon": {"type": ["number", "null"], "minimum": -180, "maximum": 180},
            "mentions": _SPANS,
        },
        {
            "type": _one_of(ontology.place_types),
            "precision_km": {"type": ["number", "null"], "minimum": 0},
            "key": _TEXT_OR_NULL,
        },
    )


def _event(ontology: Ontology) -> Json:
    time = _object(
        {"earliest": _TEXT_OR_NULL, "latest": _TEXT_OR_NULL, "precision": _TEXT, "raw": _TEXT},
    )
    codes = {e.cameo for e in ontology.event_types.values() if e.cameo}
    return _object(
        {
            "id": _ID,
            "type": _one_of(ontology.event_types),
            "plover": _one_of([*ontology.plover_categories, None]),
            "cameo": _one_of([*sorted(codes), None]),
            "status": _one_of(ontology.statuses),
            "trigger": _SPAN,
            "participants": {
                "type": "array",
                "items": _object({"role": _one_of(ontology.roles), "id": _ID}),
            },
            "place": _ID_OR_NULL,
            "time": {"anyOf": [time, {"type": "null"}]},
        },
        {"said_by": _ID_OR_NULL, "mentions": _SPANS, "rule": _TEXT, "codable": {"type": "boolean"}},
    )


def _triple(ontology: Ontology) -> Json:
    return _object(
        {
            "subject": _ID,
            "predicate": _one_of(ontology.predicates),
            "object": _ID,
            "status": _one_of(ontology.statuses),
            "event": _ID_OR_NULL,
            "place": _ID_OR_NULL,
            "said_by": _ID_OR_NULL,
            "evidence": _SPAN,
        },
        {"chain": _SPANS, "rule": _TEXT, "confidence": _CHANCE},
    )


def _casualty(ontology: Ontology) -> Json:
    return _object(
        {
            "kind": _one_of(ontology.casualty_kinds),
            "min": _COUNT,
            "max": {"type": ["integer", "null"], "minimum": 0},
            "victim": _ID_OR_NULL,
            "by": _ID_OR_NULL,
            "event": _ID_OR_NULL,
            "evidence": _SPAN,
        },
        {"id": _ID},
    )


def _statement(ontology: Ontology) -> Json:
    return _object(
        {
            "speaker": _ID,
            "cue": _TEXT,
            "about": {"type": "array", "items": _ID},
            "content": {"anyOf": [_SPAN, {"type": "null"}]},
            "evidence": _SPAN,
        },
        {"id": _ID, "outlet": _ID_OR_NULL, "stance": _one_of(ontology.stances)},
    )
