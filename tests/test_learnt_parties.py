"""The learnt step: which edges it gives, how they make events, and its file."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from learnt_support import by_rules

from extractors.base import EventDraft, Reading
from extractors.event_pairs import edges
from extractors.learnt.model import VECTORS, Thresholds
from extractors.learnt.network import Scores
from extractors.learnt.occasions import Occasion, occasions
from extractors.learnt.parties import (
    FILE,
    NETWORKS,
    FindParties,
    Judged,
    Weighed,
    _settled,
    chosen,
    grouped,
    judged,
    load_parties,
    weigh,
)
from extractors.learnt.questions import Asked, ask
from extractors.learnt.scene import Scene
from extractors.learnt.tellings import Tellings
from extractors.weights import SHIPPED
from schema.errors import ModelError
from scripts.cases import interpret, recorded
from scripts.record_cases import golden_parses

THRESHOLDS = Thresholds(keep=0.2, add=0.5, add_harm=0.7, add_standing=0.9)


def edge(subject: str, other: str, chance: float, *, by_rules: bool = False) -> Judged:
    return Judged("Airstrike", subject, other, by_rules, chance)


@pytest.fixture(scope="module")
def reading() -> Reading:
    """A golden article as the rules read it."""
    return by_rules(max(golden_parses().values(), key=lambda d: len(d.sentences)))


def test_an_edge_of_the_rules_stays_unless_it_is_hardly_right() -> None:
    one, other = edge("a", "b", 0.2, by_rules=True), edge("a", "c", 0.1, by_rules=True)
    assert chosen([[one, other]], THRESHOLDS) == [[one]]


def test_a_likely_edge_is_added_where_nothing_joins_the_two() -> None:
    likely, unlikely = edge("a", "b", 0.6), edge("a", "c", 0.4)
    assert chosen([[likely, unlikely], []], THRESHOLDS) == [[likely], []]


def test_what_is_seldom_drawn_stays_as_the_rules_have_it() -> None:
    found = replace(edge("a", "b", 0.05, by_rules=True), type="Discovery")
    assert chosen([[found, edge("a", "c", 0.05, by_rules=True)]], THRESHOLDS) == [[found]]


def test_who_killed_must_be_surer() -> None:
    one, other = replace(edge("a", "b", 0.6), type="Killing"), replace(edge("a", "c", 0.7), type="Wounding")
    assert chosen([[one, other]], THRESHOLDS) == [[other]]


def test_of_two_edges_that_join_the_same_two_the_likeliest_is_added() -> None:
    one, other = edge("a", "b", 0.6), edge("b", "a", 0.8)
    assert chosen([[one], [other]], THRESHOLDS) == [[], [other]]


def test_whom_the_rules_join_are_not_joined_again() -> None:
    by_rules, more = edge("a", "b", 0.3, by_rules=True), edge("a", "b", 0.9)
    assert chosen([[more], [by_rules]], THRESHOLDS) == [[], [by_rules]]


def test_doers_with_the_same_others_go_together() -> None:
    edges = [edge("a", "x", 0.9), edge("b", "x", 0.8), edge("c", "y", 0.7)]
    assert grouped(edges, symmetric=False) == [
        {"actor": ("a", "b"), "recipient": ("x",)},
        {"actor": ("c",), "recipient": ("y",)},
    ]


def test_three_who_all_meet_are_one_meeting() -> None:
    edges = [edge("a", "b", 0.9), edge("a", "c", 0.8), edge("b", "c", 0.7)]
    assert grouped(edges, symmetric=True) == [{"actor": ("a", "b", "c")}]


def settled(
    scene: Scene, event: EventDraft, *given: Judged, rejected: tuple[Judged, ...] = ()
) -> list[EventDraft]:
    occasion = Occasion(event.type, event.sentence, event.first, event.last, event, None, (0, 0.0))
    sure = {"actor": {"a": 0.2, "b": 0.1}, "recipient": {"x": 0.3}}
    return list(_settled(scene, event, Weighed(occasion, (*given, *rejected), sure), given))


def event_of(type_: str, **roles: tuple[str, ...]) -> EventDraft:
    return EventDraft(type_, 0, 1, 1, 1, "stated", roles, "rule")


@pytest.fixture(scope="module")
def scene(reading: Reading) -> Scene:
    return Scene(reading)


def test_an_event_without_its_edge_keeps_the_surer_side(scene: Scene) -> None:
    event = event_of("Airstrike", actor=("a",), recipient=("x",), partner=("b",))
    (left,) = settled(scene, event, rejected=(edge("a", "x", 0.01, by_rules=True),))
    assert left.roles == {"recipient": ("x",), "partner": ("b",)}


def test_a_meeting_without_its_edge_keeps_one(scene: Scene) -> None:
    event = event_of("Meeting", actor=("a", "b"))
    (left,) = settled(scene, event, rejected=(edge("a", "b", 0.01, by_rules=True),))
    assert left.roles == {"actor": ("a",)}
    assert not list(edges(left))


def test_an_event_that_never_had_an_edge_stays(scene: Scene) -> None:
    event = event_of("Killing", recipient=("x",))
    assert settled(scene, event) == [event]


def test_kept_edges_leave_the_partner_and_added_ones_say_so(scene: Scene) -> None:
    event = event_of("Airstrike", actor=("a",), recipient=("x", "y"), partner=("b",))
    kept, new = edge("a", "x", 0.9, by_rules=True), edge("c", "x", 0.8)
    first, second = settled(scene, event, kept, new)
    assert first.roles == {"actor": ("a",), "recipient": ("x",), "partner": ("b",)}
    assert first.rule == "rule"
    assert second.roles["actor"] == ("c",)
    assert second.rule == "rule + learnt"
    assert {e.subject for e in (*edges(first), *edges(second))} == {"a", "c"}


@pytest.mark.parametrize(
    ("by_rules", "surest", "claimed", "said_by"),
    [
        ("stated", "planned", "planned", "s"),
        ("stated", "attributed", "attributed", "s"),
        ("attributed", "stated", "stated", None),
        ("attributed", "inferred", "attributed", "s"),
        ("denied", "stated", "denied", "s"),
        ("planned", "stated", "planned", "s"),
        ("inferred", "stated", "inferred", "s"),
    ],
)
def test_an_added_edge_claims_what_its_surest_does_unless_the_rules_saw_more(
    scene: Scene, by_rules: str, surest: str, claimed: str, said_by: str | None
) -> None:
    event = replace(
        event_of("Killing", actor=("a",), recipient=("x",)), status=by_rules, said_by="s", chain=(0,)
    )
    new = Judged("Airstrike", "c", "x", by_rules=False, chance=0.8, status=surest)
    less = Judged("Airstrike", "c", "y", by_rules=False, chance=0.7, status="stated")
    (told,) = settled(scene, event, new, less)
    assert (told.status, told.said_by) == (claimed, said_by)


def test_whom_the_sentence_does_not_name_is_inferred(scene: Scene) -> None:
    names = {e: [m.sentence for m in ms] for e, ms in scene.mentions.items()}
    away, at = next(
        (e, min(s)) for e, s in names.items() if max(s) < len(scene.reading.document.sentences) - 1
    )
    here = next(e for e, s in names.items() if max(s) > max(names[away]))
    event = replace(event_of("Killing", recipient=(here,)), sentence=max(names[here]))
    (told,) = settled(scene, event, edge(away, here, 0.8))
    assert told.status == "inferred"
    assert told.chain == (max(names[away]),)
    assert at <= max(names[away])


def test_without_a_model_nothing_changes(reading: Reading) -> None:
    assert FindParties(None)(reading) is reading


def test_every_event_of_the_rules_is_an_occasion() -> None:
    for document in islice(recorded().values(), 0, None, 8):
        reading = by_rules(document)
        told = {id(o.event) for o in occasions(Scene(reading), Tellings({})) if o.event is not None}
        assert told == {id(event) for event in reading.events if event.type != "Statement"}


def test_chances_are_chances(reading: Reading) -> None:
    model = load_parties(SHIPPED)
    assert model is not None
    inquiry = ask(Scene(reading), model.tellings, model.codes, model.rows)
    scores = model.scores(inquiry.questions)
    found = [edge for one in weigh(inquiry, scores) for edge in one.edges]
    assert found
    assert all(0 < edge.chance < 1 and edge.subject != edge.object for edge in found)


def test_edges_tell_how_sure_they_are() -> None:
    triples = [t for d in golden_parses().values() for t in interpret(d).triples]
    judged = [t for t in triples if t.confidence is not None]
    assert {t.event is None for t in judged} == {True, False}
    assert all(0 < (t.confidence or 0) <= 0.99 for t in judged)
    assert all(t.confidence is None for t in triples if t.predicate in ("COMMENTED_ON", "LOCATED_IN"))


def copied(tmp_path: Path) -> Path:
    for name in (FILE, NETWORKS, VECTORS):
        shutil.copyfile(SHIPPED / name, tmp_path / name)
    return tmp_path / FILE


def test_a_folder_without_the_file_has_no_model(tmp_path: Path) -> None:
    assert load_parties(tmp_path) is None


def test_a_broken_file_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    copied(tmp_path).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="train it again"):
        load_parties(tmp_path)


def test_other_vectors_are_an_error(tmp_path: Path) -> None:
    saved = json.loads(copied(tmp_path).read_text(encoding="utf-8"))
    (tmp_path / FILE).write_text(json.dumps({**saved, "vectors": "0" * 16}), encoding="utf-8")
    with pytest.raises(ModelError, match="other vectors"):
        load_parties(tmp_path)


def test_broken_vectors_are_an_error(tmp_path: Path) -> None:
    copied(tmp_path)
    (tmp_path / VECTORS).write_bytes(b"version https://git-lfs.github.com/spec/v1")
    with pytest.raises(ModelError, match="train it again"):
        load_parties(tmp_path)


def test_an_edge_without_direction_is_asked_both_ways(scene: Scene) -> None:
    occasion = Occasion("Meeting", 0, 1, 1, None, None, (0, 0.0))
    asked = Asked(occasion, 0, ["a", "b"], np.array([(0, 1), (1, 0)]), {})
    none_ = np.zeros((0, 3))
    scores = Scores(np.zeros((2, 2)), np.array([9.0, 1.0, 3.0]), np.eye(5)[[0, 3, 1]], none_, none_)
    (found,) = judged(asked, scores, 1)
    assert (found.subject, found.object, found.status) == ("a", "b", "planned")
    assert found.chance == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_broken_networks_are_an_error(tmp_path: Path) -> None:
    copied(tmp_path)
    (tmp_path / NETWORKS).write_bytes(b"")
    with pytest.raises(ModelError, match="train it again"):
        load_parties(tmp_path)


def test_a_file_of_other_traits_is_an_error(tmp_path: Path) -> None:
    path = copied(tmp_path)
    saved = json.loads(path.read_text(encoding="utf-8"))
    columns = {**saved["columns"], "pairs": ["by_rules"]}
    path.write_text(json.dumps({**saved, "columns": columns}), encoding="utf-8")
    with pytest.raises(ModelError, match="other traits"):
        load_parties(tmp_path)


def test_a_word_tells_what_it_told() -> None:
    tellings = Tellings({"قصف verb": {"": 9, "Shelling": 6, "Airstrike": 1}})
    assert tellings.of("قصف verb") == {"Shelling": (6, 0.6)}
    assert tellings.of("قال verb") == {}
    less = tellings.without({"قصف verb": {"": 4, "Airstrike": 1}})
    assert less.of("قصف verb") == {"Shelling": (6, 1.0)}
