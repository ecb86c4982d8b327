"""Explanations of triples, over recorded parses: rule, trigger, ways, status and its reason."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from extractors.assembly import assemble
from extractors.base import Reading
from extractors.document import Document
from extractors.pipeline import default_steps
from scripts.cases import recorded
from scripts.cli import app_of
from scripts.explain import explain, explanation_json, print_explanation
from scripts.explaining import Explanation, explain_reading
from scripts.record_cases import golden_parses


def explained(document: Document) -> tuple[Explanation, ...]:
    reading = Reading(document)
    for step in default_steps():
        reading = step(reading)
    return tuple(explain_reading(reading, assemble(reading)))


def case(text: str) -> Document:
    return next(d for d in recorded().values() if d.article.text == text)


def only(text: str, predicate: str) -> Explanation:
    return next(e for e in explained(case(text)) if e.triple.predicate == predicate)


def test_the_trigger_and_the_ways_to_both_ends_are_shown() -> None:
    found = only("حاصرت قوات الحشد الشعبي مدينة الحويجة.", "BESIEGED")
    assert found.trigger is not None
    assert found.trigger.text == "حاصرت"
    assert found.subject.path[0].word == "حاصرت"
    assert found.subject.mention is not None
    assert found.subject.path[-1].word in found.subject.mention.text
    assert found.object.mention is not None
    assert "الحويجة" in found.object.mention.text
    assert found.triple.rule
    assert found.why == "the article's own voice"


@pytest.mark.parametrize(
    ("text", "status", "cue"),
    [
        ("من المقرر أن يزور البابا العراق الشهر المقبل.", "planned", "من المقرر أن (intention)"),
        ("ينوي الجيش الأميركي سحب قواته من أفغانستان.", "planned", "ينوي (intention)"),
        ("فشل الجيش في استعادة المدينة.", "denied", "فشل (failure)"),
        ("لم يسيطر داعش على المطار.", "denied", "لم (negation)"),
    ],
)
def test_what_is_no_fact_names_its_cue(text: str, status: str, cue: str) -> None:
    found = [e for e in explained(case(text)) if e.triple.status == status]
    assert [cue in e.why for e in found] == [True]


def test_an_attributed_fact_names_who_says_so_and_by_which_verb() -> None:
    found = only("أضاف المصدر أن الشرطة اعتقلت أربعة أشخاص.", "ARRESTED")
    assert found.triple.status == "attributed"
    assert "المصدر" in found.why
    assert "أضاف" in found.why
    assert found.said_by is not None
    assert "المصدر" in found.said_by


def test_an_inferred_fact_shows_the_sentences_it_rests_on() -> None:
    parse = golden_parses()["sample"]
    found = [e for e in explained(parse) if e.triple.status == "inferred"]
    assert found
    strike = next(e for e in found if e.triple.predicate == "STRUCK")
    assert strike.why == f"from {len(strike.triple.chain)} sentences together"
    assert strike.subject.other_sentence
    assert strike.subject.path == ()


def test_every_triple_of_every_case_is_explained() -> None:
    for document in recorded().values():
        for found in explained(document):
            assert found.triple.rule
            assert found.why
            for end in (found.subject, found.object):
                assert end.label
                assert not end.path or end.path[0].relation == "trigger"
            sentences = {s.start: s for s in document.sentences}
            assert any(s.start <= found.triple.evidence.start < s.end for s in sentences.values())


def test_the_json_holds_spans_of_the_original_text() -> None:
    document = case("حاصرت قوات الحشد الشعبي مدينة الحويجة.")
    row: dict[str, Any] = json.loads(json.dumps(explanation_json(explained(document)[0])))
    assert set(row) >= {
        "subject",
        "predicate",
        "object",
        "rule",
        "trigger",
        "status",
        "why",
        "said_by",
        "evidence",
    }
    for span in (row["trigger"], row["evidence"], row["subject"]["mention"]):
        assert document.article.text[span["start"] : span["end"]] == span["text"]


def test_the_printed_form_names_every_part() -> None:
    out = io.StringIO()
    console = Console(file=out, width=160)
    for number, found in enumerate(explained(golden_parses()["sample"]), 1):
        print_explanation(console, number, found)
    printed = out.getvalue()
    for part in ("rule", "trigger", "status", "subject", "object", "evidence", "from", "another sentence"):
        assert f"   {part}" in printed or part in printed
    assert "STRUCK" in printed


def test_an_article_that_is_not_there_is_one_line() -> None:
    result = CliRunner().invoke(app_of(explain), ["/nowhere/article.txt"])
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1


@pytest.mark.models
def test_the_command_explains_the_sample() -> None:
    result = CliRunner().invoke(app_of(explain), ["samples/article.txt", "--json"])
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"STRUCK", "AIDED"} <= {row["predicate"] for row in rows}
