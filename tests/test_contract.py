"""The output contract: its keys and their order, and that reading it back loses nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from factory import make_extraction

from schema.contract import from_contract, to_contract
from schema.errors import BatchError

#: The keys of each row as the plan of the project gives them; further ones may follow.
ROWS = {
    "actors": "id type label_ar label_en mentions",
    "places": "id label_ar label_en lat lon mentions",
    "events": "id type plover cameo status trigger participants place time",
    "triples": "subject predicate object status event place said_by evidence",
    "casualties": "kind min max victim by event evidence",
    "statements": "speaker cue about content evidence",
}
EXTRACTION = make_extraction()


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    contract = to_contract(EXTRACTION)
    assert list(contract)[:9] == ["id", "title", "date", *ROWS]
    for section, keys in ROWS.items():
        assert contract[section], section
        for row in contract[section]:
            assert list(row)[: len(keys.split())] == keys.split()


def test_an_event_carries_its_codes_and_spans_carry_offsets() -> None:
    event = to_contract(EXTRACTION)["events"][0]
    assert (event["type"], event["plover"], event["cameo"]) == ("Airstrike", "ASSAULT", "195")
    start, end = event["trigger"]["start"], event["trigger"]["end"]
    assert EXTRACTION.article.text[start:end] == event["trigger"]["text"]


@pytest.mark.parametrize("extraction", [EXTRACTION, make_extraction("b", date=None, source=None)])
def test_reading_back_gives_the_same(extraction: Any) -> None:
    line = json.dumps(to_contract(extraction), ensure_ascii=False)
    assert from_contract(json.loads(line), extraction.article) == extraction


def test_an_empty_extraction_goes_both_ways() -> None:
    empty = replace(
        EXTRACTION, sentences=(), actors=(), places=(), events=(), triples=(), casualties=(), statements=()
    )
    assert from_contract(to_contract(empty), empty.article) == empty


def _without(section: str, key: str) -> dict[str, Any]:
    contract = to_contract(EXTRACTION)
    del contract[section][0][key]
    return contract


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({**to_contract(EXTRACTION), "id": "other"}, "is of article 'other', not 'sample-1'"),
        (_without("triples", "predicate"), r"'sample-1': triples\.0\.predicate: Field required"),
        (_without("sentences", "index"), r"'sample-1': sentences\.0\.index: "),
        ({"id": "sample-1"}, r"'sample-1': actors: Field required"),
        ({**to_contract(EXTRACTION), "sentences": ["غارات"]}, r"'sample-1': sentences\.0"),
    ],
)
def test_what_cannot_be_read_back_names_the_field(data: dict[str, Any], message: str) -> None:
    with pytest.raises(BatchError, match=message):
        from_contract(data, EXTRACTION.article)
