"""Which standing relations the learnt step keeps and adds, and between whom it looks for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from learnt_support import by_rules

from extractors.base import Reading, Relation
from extractors.learnt.belonging import Belonging, settled
from extractors.learnt.model import Thresholds
from extractors.learnt.parties import FindParties, load_parties
from extractors.learnt.scene import Scene
from extractors.learnt.ties import STANDING, Tie, Ties
from extractors.nisba_states import actor_of_adjective, entity_of
from extractors.weights import SHIPPED
from scripts.record_cases import golden_parses

THRESHOLDS = Thresholds(keep=0.2, add=0.9, add_harm=0.9, add_standing=0.5)


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    """The golden articles as the rules read them."""
    return [by_rules(document) for document in golden_parses().values()]


@pytest.fixture(scope="module")
def reading(readings: list[Reading]) -> Reading:
    """The longest of them."""
    return max(readings, key=lambda r: len(r.document.sentences))


@pytest.fixture(scope="module")
def tie(reading: Reading) -> Tie:
    """A tie of two whom the rules do not join."""
    joined = {frozenset((r.subject, r.object)) for r in reading.relations}
    return next(tie for tie in Ties(Scene(reading)) if frozenset(tie.pair) not in joined)


def only(reading: Reading, *relations: Relation) -> Reading:
    return replace(reading, relations=relations)


def rule(tie: Tie, predicate: str) -> Relation:
    subject, other = tie.pair
    return Relation(subject, predicate, other, "stated", tie.subject.span, "rule", tie.sentence)


def triples(relations: tuple[Relation, ...]) -> set[tuple[str, str, str, str]]:
    return {(r.subject, r.predicate, r.object, r.rule) for r in relations}


@pytest.mark.parametrize(
    ("by_the_rules", "chances", "given"),
    [
        ([], {"PART_OF": 0.5}, {"PART_OF": "learnt"}),
        ([], {"PART_OF": 0.4}, {}),
        ([], {"PART_OF": 0.6, "LEADS": 0.8}, {"LEADS": "learnt"}),
        (["PART_OF"], {"PART_OF": 0.2}, {"PART_OF": "rule"}),
        (["PART_OF"], {"PART_OF": 0.1}, {}),
        (["PART_OF"], {"PART_OF": 0.1, "LEADS": 0.8}, {"LEADS": "learnt"}),
        (["PART_OF"], {"PART_OF": 0.3, "LEADS": 0.8}, {"PART_OF": "rule"}),
        (["LOCATED_IN"], {"PART_OF": 0.8}, {"LOCATED_IN": "rule", "PART_OF": "learnt"}),
        (["MEMBER_OF"], {}, {"MEMBER_OF": "rule"}),
    ],
)
def test_relations_are_kept_and_added(
    reading: Reading, tie: Tie, by_the_rules: list[str], chances: dict[str, float], given: dict[str, str]
) -> None:
    subject, other = tie.pair
    found = {(subject, p, other): Belonging(tie, chance, "stated") for p, chance in chances.items()}
    relations = settled(only(reading, *(rule(tie, p) for p in by_the_rules)), found, THRESHOLDS)
    assert triples(relations) == {(subject, p, other, by) for p, by in given.items()}


def test_of_two_who_belong_to_each_other_the_likelier_does(reading: Reading, tie: Tie) -> None:
    back = Tie(tie.other, tie.subject)
    found = {
        (*tie.pair[:1], "PART_OF", *tie.pair[1:]): Belonging(tie, 0.6, "stated"),
        (*back.pair[:1], "PART_OF", *back.pair[1:]): Belonging(back, 0.7, "inferred"),
    }
    (given,) = settled(only(reading), found, THRESHOLDS)
    assert (given.subject, given.object, given.status, given.chance) == (*back.pair, "inferred", 0.7)


def test_the_evidence_of_what_is_added_holds_both(reading: Reading, tie: Tie) -> None:
    found = {(tie.pair[0], "PART_OF", tie.pair[1]): Belonging(tie, 0.9, "stated")}
    (given,) = settled(only(reading), found, THRESHOLDS)
    for mention in (tie.subject, tie.other):
        assert given.evidence.start <= mention.span.start <= mention.span.end <= given.evidence.end


def test_what_the_rules_join_in_a_sentence_is_looked_at(readings: list[Reading]) -> None:
    for reading in readings:
        pairs = {tie.pair for tie in Ties(Scene(reading))}
        together = {
            (a.entity, b.entity)
            for a in reading.mentions
            for b in reading.mentions
            if a.sentence == b.sentence and abs(a.head - b.head) <= 20
        }
        for relation in reading.relations:
            ends = relation.subject, relation.object
            kind = reading.entities[relation.object].type
            if relation.predicate in STANDING and ends in together and kind != "Facility":
                assert ends in pairs


def test_an_adjective_tells_to_whom_its_neighbours_belong(readings: list[Reading]) -> None:
    found = 0
    for reading in readings:
        for tie in Ties(Scene(reading)):
            if tie.other in reading.mentions:
                continue
            word = reading.document.sentences[tie.sentence].words[tie.other.head - 1]
            actor = actor_of_adjective(word.text)
            assert actor is not None
            assert (tie.other.form, tie.other.entity) == ("nisba", entity_of(actor).id)
            assert tie.other.span.text == word.text
            assert abs(tie.subject.head - tie.other.head) <= 10
            found += 1
    assert found


def test_an_actor_of_an_adjective_alone_becomes_an_entity(readings: list[Reading]) -> None:
    model = load_parties(SHIPPED)
    assert model is not None
    step = FindParties(replace(model, thresholds=replace(model.thresholds, add_standing=0.0)))
    for reading in readings:
        tie = next((t for t in Ties(Scene(reading)) if t.other not in reading.mentions), None)
        if tie is None:
            continue
        actor = tie.other.entity
        bare = Reading(
            reading.document,
            mentions=tuple(m for m in reading.mentions if m.entity != actor),
            entities={id_: entity for id_, entity in reading.entities.items() if id_ != actor},
        )
        given = step(bare)
        assert actor in given.entities
        assert [m.form for m in given.mentions if m.entity == actor] == ["nisba"]
        assert any(relation.object == actor for relation in given.relations)


def test_nobody_belongs_to_a_person_or_a_place(readings: list[Reading]) -> None:
    for reading in readings:
        for tie in Ties(Scene(reading)):
            other = reading.entities[tie.pair[1]]
            assert other.type not in ("Person", "Population")
            assert other.kind != "place"
            assert tie.pair[0] != tie.pair[1]
