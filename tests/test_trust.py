"""The parties of events that are not trusted: whom the judge takes away, and its weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.base import EventDraft, Reading
from extractors.coding import JudgeCoding
from extractors.pipeline import default_steps
from extractors.trust import FILE, EdgeJudge, TrustParties, load_edge_judge
from extractors.trust_evidence import Edge, edge_traits, edges
from extractors.weights import SHIPPED
from schema.errors import ModelError
from scripts.cases import recorded

CREDULOUS, SCEPTICAL = EdgeJudge(0.0, 0.0, {}), EdgeJudge(1.0, 0.0, {})


def read(start: str) -> Reading:
    document = next(d for d in recorded().values() if d.article.text.startswith(start))
    reading = Reading(document)
    for step in default_steps():
        if not isinstance(step, JudgeCoding | TrustParties):
            reading = step(reading)
    return reading


def only_event(reading: Reading) -> EventDraft:
    (event,) = reading.events
    return event


STRIKE = "قصفت الطائرات الروسية بلدة سراقب"


def test_an_event_has_the_edges_of_its_roles() -> None:
    event = only_event(read(STRIKE))
    (doer,), (target,) = event.roles["actor"], event.roles["recipient"]
    assert list(edges(event)) == [Edge("STRUCK", doer, target)]


def test_an_event_of_equals_has_an_edge_for_each_pair() -> None:
    event = EventDraft("Meeting", 0, 1, 1, 1, "stated", {"actor": ("a", "b", "c")}, "rule")
    assert {(e.subject, e.object) for e in edges(event)} == {("a", "b"), ("a", "c"), ("b", "c")}


def test_traits_tell_the_kinds_of_the_parties_and_where_they_stand() -> None:
    reading = read(STRIKE)
    event = only_event(reading)
    (edge,) = edges(event)
    traits = edge_traits(reading, event, edge)
    assert {"STRUCK", "trigger VERB", "subject here", "object here"} <= traits.keys()
    assert traits["subject before"] == traits["object before"] == 0.0
    assert traits["subject verbs between"] == 0.0
    assert traits["object distance"] > traits["subject distance"]


def test_a_party_in_another_sentence_is_not_here() -> None:
    reading = read(STRIKE)
    event = only_event(reading)
    (edge,) = edges(event)
    elsewhere = tuple(replace(m, sentence=1) if m.entity == edge.subject else m for m in reading.mentions)
    traits = edge_traits(replace(reading, mentions=elsewhere), event, edge)
    assert "object here" in traits
    assert "subject here" not in traits


def test_who_is_trusted_stays() -> None:
    reading = read(STRIKE)
    assert TrustParties(CREDULOUS)(reading) == TrustParties(None)(reading) == reading


def test_the_doer_goes_before_his_victim() -> None:
    reading = read(STRIKE)
    (target,) = only_event(reading).roles["recipient"]
    assert only_event(TrustParties(SCEPTICAL)(reading)).roles == {"recipient": (target,)}


def test_a_party_without_an_edge_is_not_asked_about() -> None:
    reading = read(STRIKE)
    event = only_event(reading)
    alone = replace(event, roles={"actor": event.roles["actor"]})
    reading = replace(reading, events=(alone,))
    assert TrustParties(SCEPTICAL)(reading) == reading


def test_of_equals_the_last_named_go_first() -> None:
    reading = read(STRIKE)
    event = only_event(reading)
    both = (*event.roles["actor"], *event.roles["recipient"])
    meeting = replace(event, type="Meeting", roles={"actor": both})
    reading = replace(reading, events=(meeting,))
    assert only_event(TrustParties(SCEPTICAL)(reading)).roles == {"actor": both[:1]}


def test_a_party_with_one_trusted_edge_stays() -> None:
    reading = read(STRIKE)
    event = only_event(reading)
    (doer,), (target,) = event.roles["actor"], event.roles["recipient"]
    other = "other"
    entities = {**reading.entities, other: replace(reading.entities[target], id=other, type="Person")}
    two = replace(event, type="Killing", roles={"actor": (doer,), "recipient": (target, other)})
    judge = EdgeJudge(0.5, -1.0, {"object Person": 2.0})
    trusted = TrustParties(judge)(replace(reading, entities=entities, events=(two,)))
    assert only_event(trusted).roles == {"actor": (doer,), "recipient": (other,)}


def test_weights_are_shipped_and_name_traits_that_there_are() -> None:
    judge = load_edge_judge(SHIPPED)
    assert judge is not None
    assert 0.0 < judge.threshold <= 0.5
    reading = read(STRIKE)
    event = only_event(reading)
    (edge,) = edges(event)
    traits = edge_traits(reading, event, edge)
    assert len(traits.keys() & judge.traits.keys()) > len(traits) / 2
    assert judge.probability(traits) > judge.threshold


def test_a_folder_without_the_file_doubts_nobody(tmp_path: Path) -> None:
    assert load_edge_judge(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "[]", '{"threshold": 0.4}', '{"threshold": "x", "bias": 0, "traits": {}}']
)
def test_a_broken_file_is_a_clear_error(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="restore it or train it again"):
        load_edge_judge(tmp_path)
