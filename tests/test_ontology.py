"""The ontology itself: that it is whole, and what it answers."""

from __future__ import annotations

import itertools
import re

import pytest

from schema.errors import OntologyError
from schema.ontology import Entry, Ontology, load_ontology

ARABIC = re.compile(r"[\u0621-\u064a]")

#: Event type, PLOVER category, CAMEO code and edges, as the plan of the project lists them.
EVENTS = """
Airstrike ASSAULT 195 STRUCK
Shelling ASSAULT 194 SHELLED
Bombing ASSAULT 183 BOMBED
ArmedAttack ASSAULT 190 ATTACKED
Clash ASSAULT 190 CLASHED_WITH
Campaign ASSAULT 19 FOUGHT
Killing ASSAULT 18/20 KILLED
Wounding ASSAULT 18 WOUNDED
Abduction ASSAULT 181 ABDUCTED
Abuse ASSAULT 182 ABUSED
Siege COERCE 191 BESIEGED
Capture COERCE 192 CAPTURED
Search COERCE 17 SEARCHED
Arrest COERCE 173 ARRESTED
Prosecution COERCE 17 PROSECUTED
Discovery COERCE - FOUND
Sanction SANCTION 16 SANCTIONED
Deployment MOBILIZE 15 DEPLOYED_TO
Withdrawal RETREAT 08 WITHDREW_FROM
Release CONCEDE 084 RELEASED
Transfer CONCEDE 08 TRANSFERRED_TO
Protest PROTEST 14 PROTESTED_AGAINST
Meeting CONSULT 04 MET_WITH
Negotiation CONSULT 046 NEGOTIATED_WITH
Agreement AGREE 057 AGREED_WITH
Cooperation COOPERATE 06 COOPERATED_WITH
Aid AID 07 AIDED
Support SUPPORT 05 SUPPORTED
Demand REQUEST 10 DEMANDED_OF
Accusation ACCUSE 112 ACCUSED
Condemnation ACCUSE 111 CONDEMNED
Rejection REJECT 12 REJECTED
Threat THREATEN 13 THREATENED
ResponsibilityClaim ASSAULT - CLAIMED
Statement - 01 COMMENTED_ON,TOLD
"""
SYMMETRIC = {"CLASHED_WITH", "MET_WITH", "NEGOTIATED_WITH", "AGREED_WITH", "COOPERATED_WITH"}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def test_the_event_types_are_those_of_the_plan(ontology: Ontology) -> None:
    found = {
        (
            event.name,
            event.plover or "-",
            "/".join(code for code in (event.cameo, *event.cameo_also) if code) or "-",
            ",".join(shortcut.edge for shortcut in event.shortcuts),
        )
        for event in ontology.event_types.values()
    }
    assert found == {tuple(line.split()) for line in EVENTS.strip().splitlines()}


def test_the_other_sections_are_whole(ontology: Ontology) -> None:
    assert len(ontology.plover_categories) == 16
    assert len(ontology.agent_types) == 10
    assert list(ontology.place_types) == ["Country", "Region", "City", "Facility", "Area"]
    assert list(ontology.statuses) == ["stated", "attributed", "inferred", "planned", "denied"]
    assert ontology.factual_statuses == {"stated", "attributed", "inferred"}
    assert [r.name for r in ontology.relations.values() if r.kind == "standing"] == [
        "PART_OF",
        "MEMBER_OF",
        "LEADS",
        "LOCATED_IN",
    ]
    assert {p for p in ontology.predicates if ontology.is_symmetric(p)} == SYMMETRIC


def _entries(ontology: Ontology) -> list[Entry]:
    sections = (
        ontology.entity_types,
        ontology.event_types,
        ontology.relations,
        ontology.statuses,
        ontology.casualty_kinds,
        ontology.stances,
        ontology.roles,
        ontology.families,
        ontology.node_classes,
        ontology.structure,
        ontology.plover_categories,
        ontology.properties,
    )
    return [entry for section in sections for entry in section.values()]


def test_every_entry_is_labelled_in_both_languages(ontology: Ontology) -> None:
    for entry in _entries(ontology):
        assert ARABIC.search(entry.label_ar), entry.name
        assert entry.label_en.isascii(), entry.name
        if entry.definition:
            assert ARABIC.search(entry.definition.ar), entry.name
            assert not ARABIC.search(entry.definition.en), entry.name


def test_labels_of_types_of_one_kind_differ(ontology: Ontology) -> None:
    for section in (ontology.entity_types, ontology.event_types, ontology.relations, ontology.statuses):
        for language in ("label_en", "label_ar"):
            labels = [getattr(entry, language) for entry in section.values()]
            assert len(set(labels)) == len(labels)


def test_every_plover_category_has_an_event_type(ontology: Ontology) -> None:
    assert {e.plover for e in ontology.event_types.values()} - {None} == set(ontology.plover_categories)


@pytest.mark.parametrize(
    ("predicate", "subject", "object_", "allowed"),
    [
        ("STRUCK", "Coalition", "ArmedGroup", True),
        ("STRUCK", "Coalition", "City", True),
        ("STRUCK", "City", "ArmedGroup", False),
        ("DEPLOYED_TO", "MilitaryForce", "Facility", True),
        ("DEPLOYED_TO", "MilitaryForce", "State", False),
        ("WITHDREW_FROM", "ArmedGroup", "Region", True),
        ("KILLED", "State", "Person", True),
        ("KILLED", "State", "City", False),
        ("COMMENTED_ON", "Person", "Area", True),
        ("TOLD", "Person", "MediaOutlet", True),
        ("TOLD", "Person", "Country", False),
        ("LEADS", "Person", "Region", True),
        ("LOCATED_IN", "City", "Region", True),
    ],
)
def test_what_may_stand_at_the_ends_of_an_edge(
    ontology: Ontology, predicate: str, subject: str, object_: str, allowed: bool
) -> None:
    assert ontology.allows(predicate, subject, object_) is allowed


def test_roles_are_the_common_ones_and_the_own_ones(ontology: Ontology) -> None:
    airstrike = ontology.event_type("Airstrike")
    assert list(airstrike.roles) == ["actor", "recipient", "partner", "instrument", "place", "time"]
    assert not airstrike.roles["time"]
    assert ontology.role_allows("Airstrike", "recipient", "City")
    assert not ontology.role_allows("Airstrike", "actor", "City")
    assert not ontology.role_allows("Airstrike", "beneficiary", "Person")


def test_from_an_edge_to_its_event_type(ontology: Ontology) -> None:
    assert ontology.event_for("TOLD") is ontology.event_type("Statement")
    assert ontology.event_for("PART_OF") is None
    assert ontology.event_for("NO_SUCH_EDGE") is None
    assert ontology.relation("STRUCK").event_type == "Airstrike"
    assert ontology.event_type("Clash").cameo_root == "19"
    assert ontology.labels["STRUCK"].en == "struck"


@pytest.mark.parametrize("method", ["event_type", "entity_type", "relation", "status", "is_symmetric"])
def test_an_unknown_name_is_one_clear_error(ontology: Ontology, method: str) -> None:
    with pytest.raises(OntologyError, match=r"^'Nothing' is not an? .* of the ontology; use one of \w+"):
        getattr(ontology, method)("Nothing")


# ------------------------------------------------------------------ colours

LIGHT, DARK = "#ffffff", "#14161a"

#: How the common kinds of colour blindness see linear RGB (Machado, Oliveira, Fernandes 2009, severity 1).
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Colour = tuple[float, float, float]


def linear(colour: str) -> Colour:
    """Linear RGB of #rrggbb, 0..1 (IEC 61966-2-1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def contrast(left: str, right: str) -> float:
    """WCAG 2 contrast ratio."""
    low, high = sorted(
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        for colour in (left, right)
    )
    return (high + 0.05) / (low + 0.05)


def _times(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def distance(left: str, right: str, vision: str) -> float:
    """Euclidean distance in OKLab (Ottosson 2020); 0.02 is about the least difference one sees."""
    to_lms = ((0.41222147, 0.53633254, 0.05144599), (0.21190350, 0.68069955, 0.10739696),
              (0.08830246, 0.28171884, 0.62997870))  # fmt: skip
    to_lab = ((0.21045426, 0.79361779, -0.00407205), (1.97799850, -2.42859221, 0.45059371),
              (0.02590404, 0.78277177, -0.80867577))  # fmt: skip
    points = []
    for colour in (left, right):
        seen = tuple(min(1.0, max(0.0, part)) for part in _times(VISION[vision], linear(colour)))
        points.append(_times(to_lab, tuple(part ** (1 / 3) for part in _times(to_lms, seen))))
    return sum((a - b) ** 2 for a, b in zip(*points, strict=True)) ** 0.5


def palettes(ontology: Ontology) -> dict[str, set[str]]:
    return {
        "entities": {t.colour for t in ontology.entity_types.values()},
        "families": {f.colour for f in ontology.families.values()},
    }


@pytest.mark.parametrize("palette", ["entities", "families"])
def test_colours_stand_out_on_light_and_dark(ontology: Ontology, palette: str) -> None:
    for colour in palettes(ontology)[palette]:
        assert contrast(colour, LIGHT) >= 3, colour
        assert contrast(colour, DARK) >= 3, colour


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("palette", ["entities", "families"])
def test_colours_differ_for_every_eye(ontology: Ontology, palette: str, vision: str) -> None:
    least = min(distance(a, b, vision) for a, b in itertools.combinations(palettes(ontology)[palette], 2))
    assert least >= (0.12 if vision == "normal" else 0.08)


def test_agent_types_of_one_shape_have_different_colours(ontology: Ontology) -> None:
    drawn = [(t.shape, t.colour) for t in ontology.agent_types.values()]
    assert len(set(drawn)) == len(drawn)
