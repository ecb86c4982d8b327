"""Which parties of an event to trust: a role that is more likely wrong than right stays empty.

The rules read a role from the grammar. They do not see that citizens hardly attack the police where there is
"إطلاق النار على المواطنين ورجال الأمن", nor that a party ten words and two verbs away is a poor guess. A
judge, learnt from annotated articles (`scripts.train`, stage `trust`), does: it takes parties away and never
gives any. A false doer is an accusation; unknown stays unknown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.base import EventDraft, Reading
from extractors.trust_evidence import edge_traits, edges
from extractors.weights import load_judge
from schema.ontology import load_ontology

FILE = "trust.json"


@dataclass(frozen=True)
class EdgeJudge:
    """A logistic model of edges: `traits` gives the weight of each trait, `threshold` the probability of
    being right under which an edge is not trusted.
    """

    threshold: float
    bias: float
    traits: Mapping[str, float]

    def probability(self, traits: Mapping[str, float]) -> float:
        """The chance that a reader would draw the edge."""
        score = self.bias + sum(self.traits.get(name, 0.0) * value for name, value in traits.items())
        return 1.0 / (1.0 + math.exp(-score))


class TrustParties:
    """Empties the roles of events whose edges are all doubtful."""

    name = "trust"
    requires = frozenset({"mentions", "entities", "events"})
    assigns = frozenset({"events"})

    def __init__(self, judge: EdgeJudge | None) -> None:
        self._judge = judge

    def __call__(self, reading: Reading) -> Reading:
        judge = self._judge
        if judge is None:
            return reading
        return replace(reading, events=tuple(_trusted(reading, event, judge) for event in reading.events))


def _trusted(reading: Reading, event: EventDraft, judge: EdgeJudge) -> EventDraft:
    """The event without the parties that no trusted edge needs."""
    left = {edge: judge.probability(edge_traits(reading, event, edge)) for edge in edges(event)}
    roles = dict(event.roles)
    for role in _doubted_first(event):
        for party in reversed(event.roles[role]):
            own = {edge: chance for edge, chance in left.items() if party in (edge.subject, edge.object)}
            if own and max(own.values()) < judge.threshold:
                roles[role] = tuple(other for other in roles[role] if other != party)
                left = {edge: chance for edge, chance in left.items() if edge not in own}
    return replace(event, roles={role: parties for role, parties in roles.items() if parties})


def _doubted_first(event: EventDraft) -> list[str]:
    """The roles, from the one to empty first: the doer's, but among equals that of the others."""
    symmetric = load_ontology().event_type(event.type).symmetric
    return sorted(event.roles, key=lambda role: (role == "actor") == symmetric)


@lru_cache(maxsize=4)
def load_edge_judge(folder: Path) -> EdgeJudge | None:
    """The judge of a folder of weights; None where it has no such file (Stanza's own).

    Raises ModelError where the file cannot be read.
    """
    return load_judge(folder / FILE, _judge_of)


def _judge_of(saved: Mapping[str, Any]) -> EdgeJudge:
    return EdgeJudge(float(saved["threshold"]), float(saved["bias"]), dict(saved["traits"]))


def saved_form(judge: EdgeJudge) -> dict[str, Any]:
    """The judge as JSON holds it, numbers shortened."""
    weights = {name: round(weight, 3) for name, weight in sorted(judge.traits.items())}
    return {"threshold": judge.threshold, "bias": round(judge.bias, 4), "traits": weights}
