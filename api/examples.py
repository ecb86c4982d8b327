"""Examples of answers, for the API's description."""

from __future__ import annotations

from typing import Any

ENTITY: dict[str, Any] = {
    "id": "actor-91c1f3a2b4d5e6f7",
    "kind": "agent",
    "type": "Coalition",
    "label_ar": "التحالف الدولي",
    "label_en": "Global Coalition",
    "names": ["التحالف الدولي", "قوات التحالف"],
    "key": "global-coalition",
    "wikidata": None,
    "lat": None,
    "lon": None,
    "precision_km": None,
    "article_count": 12,
}
PLACE = {
    "id": "place-0f1e2d3c4b5a6978",
    "type": "City",
    "label_ar": "الرطبة",
    "label_en": "Ar Rutbah",
    "lat": 33.0381,
    "lon": 40.2853,
    "precision_km": 5.0,
}
DOCUMENT = {
    "id": "sample-1",
    "title": "غارات على مواقع التنظيم",
    "date": "2024-01-15",
    "source": "وكالة الأنباء",
}
REFERENCE = {key: ENTITY[key] for key in ("id", "type", "label_ar", "label_en")}
EVIDENCE = {
    "sentence": "شنّت طائرات التحالف الدولي أمس غارات على مواقع تنظيم داعش قرب الرطبة.",
    "marks": [{"start": 31, "end": 36, "kind": "trigger", "id": "event-1a2b3c4d5e6f7081"}],
    "document": DOCUMENT,
    "event": {"id": "event-1a2b3c4d5e6f7081", "type": "Airstrike"},
    "status": "stated",
    "confidence": 0.83,
    "said_by": None,
    "place": PLACE,
    "time": "2024-01-14",
}
EVENT = {
    "id": "event-1a2b3c4d5e6f7081",
    "type": "Airstrike",
    "plover": "ASSAULT",
    "cameo": "195",
    "status": "stated",
    "date": "2024-01-14",
    "participants": [{"role": "actor", **REFERENCE}],
    "place": PLACE,
    "documents": [DOCUMENT],
}
EDGE = {
    "id": "edge-77aa88bb99cc00dd",
    "edge_ids": ["edge-77aa88bb99cc00dd"],
    "source": ENTITY["id"],
    "target": "actor-5555444433332222",
    "predicate": "STRUCK",
    "status": "stated",
    "article_count": 3,
    "first_seen": "2024-01-15",
    "last_seen": "2024-02-02",
    "places": [PLACE["id"]],
    "sources": ["وكالة الأنباء"],
}
CASUALTY = {
    "id": "casualty-1020304050607080",
    "kind": "killed",
    "min": 12,
    "max": 12,
    "victim": REFERENCE,
    "by": REFERENCE,
    "place": PLACE,
    "date": "2024-01-14",
    "document": DOCUMENT,
    "evidence": "مقتل 12 مسلحاً",
}
STATEMENT = {
    "id": "statement-0102030405060708",
    "speaker": REFERENCE,
    "cue": "قال",
    "stance": "neutral",
    "about": [REFERENCE],
    "document": DOCUMENT,
}
CHANGES = {
    "outcome": "created",
    "nodes_created": 42,
    "nodes_existing": 3,
    "nodes_deleted": 0,
    "edges_created": 96,
    "edges_existing": 0,
}
JOB = {"id": "5f0c…", "state": "running", "total": 120, "done": 37, "failed": 1, "failures": []}


def page(item: Any) -> dict[str, Any]:
    return {"items": [item], "next": "50"}
