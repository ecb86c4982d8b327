"""Every way in which an extraction may not fit the ontology or its own article is refused, with its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from factory import make_extraction

from schema.errors import BatchError
from schema.model import Extraction, Participant, Span, TimeSpan
from schema.ontology import load_ontology
from schema.validation import check_extraction

ONTOLOGY = load_ontology()
GOOD = make_extraction()


def change(section: str, index: int, **fields: Any) -> Extraction:
    """The good extraction with some fields of one row changed."""
    rows = list(getattr(GOOD, section))
    rows[index] = replace(rows[index], **fields)
    return replace(GOOD, **{section: tuple(rows)})


def test_the_good_one_passes() -> None:
    check_extraction(GOOD, ONTOLOGY)
    check_extraction(make_extraction("no-date", date=None), ONTOLOGY)


CASES: dict[str, tuple[Callable[[], Extraction], str]] = {
    "actor type": (
        lambda: change("actors", 0, type="Alien"),
        "'Alien' is not an agent type; use one of Person",
    ),
    "place type": (
        lambda: change("places", 0, type="State"),
        "'State' is not a place type; use one of Country",
    ),
    "event type": (lambda: change("events", 0, type="Party"), "'Party' is not an event type; use one of Air"),
    "event status": (lambda: change("events", 0, status="sure"), "'sure' is not a status; use one of stated"),
    "predicate": (lambda: change("triples", 0, predicate="HIT"), "triples[0] HIT: 'HIT' is not a predicate"),
    "triple status": (lambda: change("triples", 0, status=""), "triples[0] STRUCK: '' is not a status"),
    "kind": (
        lambda: change("casualties", 0, kind="dead"),
        "'dead' is not a casualty kind; use one of killed",
    ),
    "stance": (lambda: change("statements", 0, stance="sly"), "'sly' is not a stance; use one of neutral"),
    "role": (
        lambda: change("events", 0, participants=(Participant("victim", GOOD.actors[0].id),)),
        "has no role 'victim'; use one of actor, recipient",
    ),
    "role of another type": (
        lambda: change("events", 3, participants=(Participant("topic", GOOD.actors[0].id),)),
        "has no role 'topic'",
    ),
    "filler of a role": (
        lambda: change("events", 0, participants=(Participant("actor", GOOD.places[0].id),)),
        f"a City ({GOOD.places[0].id}) may not stand in the role 'actor'",
    ),
    "time as a participant": (
        lambda: change("events", 0, participants=(Participant("time", GOOD.actors[0].id),)),
        "may not stand in the role 'time'",
    ),
    "participant": (
        lambda: change("events", 0, participants=(Participant("actor", "actor-x"),)),
        "Airstrike actor: 'actor-x' is the id of no actor or place of this article",
    ),
    "event place": (lambda: change("events", 0, place=GOOD.actors[0].id), "is the id of no place of this"),
    "event said_by": (
        lambda: change("events", 0, said_by="nobody"),
        "'nobody' is the id of no actor of this",
    ),
    "subject": (
        lambda: change("triples", 0, subject="x"),
        "triples[0] STRUCK: 'x' is the id of no actor or place",
    ),
    "object": (
        lambda: change("triples", 0, object="x"),
        "triples[0] STRUCK: 'x' is the id of no actor or place",
    ),
    "triple event": (lambda: change("triples", 0, event="x"), "triples[0] STRUCK: 'x' is the id of no event"),
    "triple place": (lambda: change("triples", 0, place="x"), "triples[0] STRUCK: 'x' is the id of no place"),
    "triple said_by": (
        lambda: change("triples", 0, said_by="x"),
        "triples[0] STRUCK: 'x' is the id of no actor",
    ),
    "victim": (lambda: change("casualties", 0, victim="x"), "victim: 'x' is the id of no actor"),
    "killer": (lambda: change("casualties", 0, by="x"), "by: 'x' is the id of no actor"),
    "casualty event": (lambda: change("casualties", 0, event="x"), "'x' is the id of no event"),
    "speaker": (lambda: change("statements", 0, speaker="x"), "speaker: 'x' is the id of no actor"),
    "about": (
        lambda: change("statements", 0, about=("x",)),
        "about: 'x' is the id of no actor, place or event",
    ),
    "outlet": (lambda: change("statements", 0, outlet="x"), "outlet: 'x' is the id of no actor"),
    "subject's type": (
        lambda: change("triples", 0, subject=GOOD.places[0].id),
        f"triples[0] STRUCK: a City ({GOOD.places[0].id}) may not be its subject",
    ),
    "object's type": (
        lambda: change("triples", 2, object=GOOD.actors[1].id),
        f"triples[2] WITHDREW_FROM: a ArmedGroup ({GOOD.actors[1].id}) may not be its object",
    ),
    "inferred without a chain": (
        lambda: change("triples", 1, chain=()),
        "triples[1] KILLED: is inferred but has no chain of sentences",
    ),
    "same id twice": (
        lambda: replace(GOOD, events=(*GOOD.events, GOOD.events[0])),
        f"{GOOD.events[0].id}: the id stands 2 times; give each row its own",
    ),
    "no label": (lambda: change("actors", 0, label_ar=""), "label_ar is empty"),
    "one coordinate": (
        lambda: change("places", 0, lat=None),
        "lat and lon must both be given or both be None",
    ),
    "off the globe": (lambda: change("places", 0, lat=133.0), "133.0, 40.2853 are not degrees of latitude"),
    "precision of nothing": (
        lambda: change("places", 0, lat=None, lon=None),
        "precision_km without coordinates; leave it None",
    ),
    "min above max": (lambda: change("casualties", 0, max=11), "min 12 is above max 11"),
    "below zero": (lambda: change("casualties", 0, min=-1), "min -1 is below zero"),
    "time backwards": (
        lambda: change("events", 0, time=TimeSpan("2024-02-01", "2024-01-31", "day", "أمس")),
        "earliest 2024-02-01 is after latest 2024-01-31",
    ),
    "half a time": (
        lambda: change("events", 0, time=TimeSpan("2024-02-01", None, "day", "أمس")),
        "earliest and latest must both be given or both be None",
    ),
    "no ISO date": (
        lambda: change("events", 0, time=TimeSpan("01/02/2024", "01/02/2024", "day", "أمس")),
        "'01/02/2024' is not an ISO 8601 date",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_told_with_its_row(case: str) -> None:
    make, message = CASES[case]
    with pytest.raises(BatchError) as caught:
        check_extraction(make(), ONTOLOGY)
    assert message in str(caught.value)


SPANS: dict[str, Callable[[Span], Extraction]] = {
    "sentence": lambda s: change("sentences", 0, span=s),
    "actor": lambda s: change("actors", 0, mentions=(s,)),
    "place": lambda s: change("places", 0, mentions=(s,)),
    "trigger": lambda s: change("events", 0, trigger=s),
    "event mention": lambda s: change("events", 0, mentions=(s,)),
    "triple": lambda s: change("triples", 0, evidence=s),
    "chain": lambda s: change("triples", 1, chain=(s,)),
    "casualty": lambda s: change("casualties", 0, evidence=s),
    "content": lambda s: change("statements", 0, content=s),
    "statement": lambda s: change("statements", 0, evidence=s),
}


@pytest.mark.parametrize("where", SPANS)
@pytest.mark.parametrize(
    ("span", "message"),
    [
        (Span(0, 5, "قصفتم"), "offsets 0:5 give 'غارات', not 'قصفتم'"),
        (Span(5, 5, ""), "offsets 5:5 lie outside the text"),
        (Span(-5, -1, "غارة"), "offsets -5:-1 lie outside the text"),
        (Span(0, 99_999, "غارات"), "offsets 0:99999 lie outside the text"),
    ],
)
def test_offsets_must_give_their_text(where: str, span: Span, message: str) -> None:
    with pytest.raises(BatchError) as caught:
        check_extraction(SPANS[where](span), ONTOLOGY)
    assert message in str(caught.value)


def test_a_time_of_day_on_the_last_day_is_not_after_it() -> None:
    time = TimeSpan("2024-01-14T09:30:00Z", "2024-01-14", "hour", "صباح أمس")
    check_extraction(change("events", 0, time=time), ONTOLOGY)


def test_all_problems_are_told_at_once_the_first_ten_in_words() -> None:
    wrong = replace(GOOD, triples=tuple(replace(t, status="sure", object="x") for t in GOOD.triples))
    with pytest.raises(BatchError) as caught:
        check_extraction(wrong, ONTOLOGY)
    lines = str(caught.value).splitlines()
    assert lines[0] == "article 'sample-1' does not fit the ontology (12 problems), nothing is stored:"
    assert len(lines) == 12
    assert all(line.startswith("  triples[") for line in lines[1:11])
    assert lines[-1] == "  and 2 more"


def test_one_problem_is_one() -> None:
    with pytest.raises(BatchError, match=r"^article 'sample-1' does not fit the ontology \(1 problem\)"):
        check_extraction(change("casualties", 0, kind="dead"), ONTOLOGY)
