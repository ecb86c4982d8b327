"""The PLOVER category and the CAMEO code of one event: who counts by them counts deeds.

A deed is coded when it happened and is told as one. An event that is only planned, feared or demanded, or
that is denied, has its type and status and no codes; nor has one that is only talked about
(`Event.codable`). The output contract, the graph and what is exported of it take the codes from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from schema.model import Event
from schema.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of the two schemes; None where the event has none."""

    plover: str | None = None
    cameo: str | None = None


def codes_of(event: Event, ontology: Ontology) -> Codes:
    """The codes of the event's type, if it is to be coded."""
    if not event.codable or event.status not in ontology.factual_statuses:
        return Codes()
    type_ = ontology.event_type(event.type)
    return Codes(type_.plover, type_.cameo)
