"""Reads of events, statements and casualties, each with its Arabic sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from graph import event_queries, report_queries
from graph.reading import Page, Reading, Row
from graph.values import entity_reference, place_reference, plain, sentence_record, span_record


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events. Empty and None let all through; `statuses` None means those that read as fact.

    `cameo` codes match by their beginning. `near` is (latitude, longitude, kilometres). `since` and
    `until` are ISO dates; an event of unknown time counts with the day its article was published.
    """

    types: tuple[str, ...] = ()
    plover: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()
    actor: str | None = None
    role: str | None = None
    place: str | None = None
    near: tuple[float, float, float] | None = None
    since: str | None = None
    until: str | None = None
    statuses: tuple[str, ...] | None = None
    source: str | None = None
    document: str | None = None
    order: Literal["newest", "oldest"] = "newest"


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements: ids of speaker, of what they are about and of the article; a stance."""

    speaker: str | None = None
    about: str | None = None
    stance: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class CasualtyFilter:
    """Which casualty rows: `actor` is victim or doer; place and dates are those of the event."""

    actor: str | None = None
    kind: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None


class EventReads(Reading):
    """Rows are dicts of JSON values; the filters say which."""

    # ------------------------------------------------------------------ events

    def events(self, filter: EventFilter | None = None, *, limit: int = 50, after: str | None = None) -> Page:
        """Events by time, with who took part, where, when, and the sentence that tells them."""
        wanted = filter or EventFilter()
        given = _given(wanted, "statuses", "order", "near")
        parameters: dict[str, Any] = {**given, "statuses": self._statuses(wanted.statuses)}
        if wanted.near:
            parameters |= dict(zip(("lat", "lon", "km"), wanted.near, strict=True))
        names = [*given, *(["near"] if wanted.near else [])]
        query = event_queries.events(names, wanted.order == "newest")
        rows, following = self._page(query, parameters, limit, after)
        return Page(self._event_records([row["e"] for row in rows]), following)

    def event(self, id: str) -> Row | None:
        """One event of any status; None when there is none."""
        query = event_queries.events(["ids"], newest=True)
        parameters = {"ids": [id], "statuses": list(self.ontology.statuses), "skip": 0, "limit": 1}
        records = self._event_records([row["e"] for row in self._rows(query, parameters)])
        return records[0] if records else None

    def _event_records(self, events: Sequence[Mapping[str, Any]]) -> list[Row]:
        if not events:
            return []
        ids = {"ids": [event["id"] for event in events]}
        participants: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(event_queries.PARTICIPANTS, ids):
            participants[row["event"]].append({"role": row["role"], **entity_reference(row["n"])})
        places = {
            row["event"]: place_reference(row["n"]) for row in self._rows(event_queries.EVENT_PLACES, ids)
        }
        times = {row["event"]: row["t"] for row in self._rows(event_queries.EVENT_TIMES, ids)}
        evidence = {row["event"]: row["s"] for row in self._rows(event_queries.EVENT_EVIDENCE, ids)}
        speakers = self._entities(event["said_by"] for event in events if event.get("said_by"))
        documents = self._documents(doc for event in events for doc in event["documents"])
        return [
            {
                **{key: event.get(key) for key in ("id", "type", "plover", "cameo", "status", "rule")},
                "trigger": span_record(event, "trigger"),
                "participants": participants[event["id"]],
                "place": places.get(event["id"]),
                "time": _time(times.get(event["id"])),
                "reported": plain(event.get("reported")),
                "said_by": entity_reference(speakers[event["said_by"]]) if event.get("said_by") else None,
                "documents": [documents[doc] for doc in event["documents"]],
                "evidence": sentence_record(evidence[event["id"]]) if event["id"] in evidence else None,
            }
            for event in events
        ]

    # ------------------------------------------------------------------ statements and casualties

    def statements(
        self, filter: StatementFilter | None = None, *, limit: int = 50, after: str | None = None
    ) -> Page:
        """Reported speech: who said what, about whom, in which sentence."""
        given = _given(filter or StatementFilter())
        rows, following = self._page(report_queries.statements(given), given, limit, after)
        ids = {"ids": [row["s"]["id"] for row in rows]}
        about: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(report_queries.STATEMENT_ABOUT, ids):
            about[row["statement"]].append(entity_reference(row["n"]))
        evidence = {
            row["row"]: sentence_record(row["s"])
            for row in self._rows(report_queries.STATEMENT_EVIDENCE, ids)
        }
        documents = self._documents(row["s"]["document"] for row in rows)
        outlets = self._entities(row["s"]["outlet"] for row in rows if row["s"].get("outlet"))
        items = []
        for row in rows:
            node = row["s"]
            content = {
                "start": node.get("content_start"),
                "end": node.get("content_end"),
                "text": node.get("content"),
            }
            items.append(
                {
                    "id": node["id"],
                    "speaker": entity_reference(row["n"]),
                    "cue": node["cue"],
                    "stance": node.get("stance"),
                    "content": content if node.get("content") else None,
                    "about": about[node["id"]],
                    "outlet": entity_reference(outlets[node["outlet"]]) if node.get("outlet") else None,
                    "document": documents[node["document"]],
                    "evidence": evidence.get(node["id"]),
                }
            )
        return Page(items, following)

    def casualties(
        self, filter: CasualtyFilter | None = None, *, limit: int = 50, after: str | None = None
    ) -> Page:
        """The casualty ledger: a row a count, never added up; `max` None means "or more"."""
        given = _given(filter or CasualtyFilter())
        rows, following = self._page(report_queries.casualties(given), given, limit, after)
        nodes = [row["c"] for row in rows]
        ids = {"ids": [node["id"] for node in nodes]}
        parties = {
            (row["casualty"], row["type"]): entity_reference(row["n"])
            for row in self._rows(report_queries.CASUALTY_PARTIES, ids)
        }
        events = {row["casualty"]: row["event"] for row in self._rows(report_queries.CASUALTY_EVENTS, ids)}
        event_ids = {"ids": sorted(set(events.values()))}
        places = {
            row["event"]: place_reference(row["n"])
            for row in self._rows(event_queries.EVENT_PLACES, event_ids)
        }
        times = {row["event"]: _time(row["t"]) for row in self._rows(event_queries.EVENT_TIMES, event_ids)}
        evidence = {
            row["row"]: sentence_record(row["s"]) for row in self._rows(report_queries.CASUALTY_EVIDENCE, ids)
        }
        documents = self._documents(node["document"] for node in nodes)
        items = [
            {
                **{key: node.get(key) for key in ("id", "kind", "min", "max")},
                "victim": parties.get((node["id"], "VICTIM")),
                "by": parties.get((node["id"], "BY")),
                "event_id": events.get(node["id"]),
                "place": places.get(events.get(node["id"], "")),
                "time": times.get(events.get(node["id"], "")),
                "document": documents[node["document"]],
                "evidence": evidence.get(node["id"]),
                "span": span_record(node, "evidence"),
            }
            for node in nodes
        ]
        return Page(items, following)


def _given(filter: EventFilter | StatementFilter | CasualtyFilter, *but: str) -> dict[str, Any]:
    """The filters that are set, by name."""
    values = {f.name: getattr(filter, f.name) for f in fields(filter) if f.name not in but}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v not in (None, ())}


def _time(node: Mapping[str, Any] | None) -> Row | None:
    if node is None:
        return None
    return {key: plain(node.get(key)) for key in ("earliest", "latest", "precision", "raw")}
