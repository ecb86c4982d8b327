"""Scoring against articles and sentences annotated by hand: what counts as right, and the command."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from scripts.cli import app_of
from scripts.evaluate import evaluate
from scripts.scoring import LEVELS, Score, Tally, figures, predicate_figures, score_article, similarity
from scripts.scoring_events import score_kind, sentences

BENCHMARKS = Path(__file__).parents[2] / "shared" / "benchmarks"
needs_benchmarks = pytest.mark.skipif(
    not (BENCHMARKS / "score.py").exists(), reason="the annotated articles are not beside this checkout"
)

TEXT = "قصفت طائرات التحالف مواقع داعش في الموصل. وقتل 12 مسلحا من داعش. وقال الوزير إن المعركة صعبة."


def gold_article() -> dict[str, Any]:
    return {
        "id": "a",
        "text": TEXT,
        "title": None,
        "date": "2016-10-19 08:00:00",
        "actors": [
            {"key": "coalition", "type": "Coalition", "names": ["التحالف", "طائرات التحالف"]},
            {"key": "isis", "type": "ArmedGroup", "names": ["داعش"]},
            {"key": "fighters", "type": "Population", "names": ["12 مسلحا من داعش"]},
            {"key": "minister", "type": "Person", "names": ["الوزير"]},
        ],
        "places": [{"key": "mosul", "names": ["الموصل"]}],
        "triples": [
            triple("coalition", "STRUCK", "isis"),
            triple("fighters", "MEMBER_OF", "isis"),
            triple("coalition", "KILLED", "fighters", "inferred"),
            triple("minister", "COMMENTED_ON", "isis"),
        ],
        "casualties": [
            {
                "kind": "killed",
                "min": 12,
                "max": 12,
                "victim": "fighters",
                "by": None,
                "evidence": "وقتل 12 مسلحا",
            }
        ],
        "statements": [
            {
                "speaker": "minister",
                "cue": "قال",
                "about": ["isis"],
                "evidence": "وقال الوزير إن المعركة صعبة",
            }
        ],
    }


def triple(s: str, p: str, o: str, status: str = "stated") -> dict[str, Any]:
    return {"s": s, "p": p, "o": o, "status": status, "place": None, "evidence": "قصفت طائرات التحالف"}


def output(*triples: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """A contract object; C is the coalition, I the group, M the minister, U another, F the fighters."""
    names = {"C": "التحالف الدولي", "I": "تنظيم داعش", "M": "الوزير", "U": "الأمم المتحدة", "F": "12 مسلحا"}
    actors = [
        {"id": id, "label_ar": name, "mentions": [{"start": 0, "end": 4, "text": text}]}
        for id, name, text in (
            (id, name, {"C": "التحالف", "I": "داعش"}.get(id, name)) for id, name in names.items()
        )
    ]
    rows = [
        {"subject": s, "predicate": p, "object": o, "status": "stated", "evidence": span(), "rule": "r"}
        for s, p, o in triples
    ]
    return {"id": "a", "actors": actors, "places": [], "triples": rows, **more}


def span(text: str = "قصفت") -> dict[str, Any]:
    return {"start": 0, "end": len(text), "text": text}


def level(system: Mapping[str, Any], name: str) -> Tally:
    return score_article(gold_article(), system).levels[name]


def test_a_fact_is_right_when_both_ends_and_the_predicate_are() -> None:
    score = score_article(gold_article(), output(("C", "STRUCK", "I"), ("I", "STRUCK", "C")))
    assert score.levels["facts"] == Tally(tp=1, fn=1, fp=1)
    assert [t["p"] for t in score.missed["facts"]] == ["KILLED"]
    assert [t["subject"] for t in score.extra["facts"]] == ["I"]


def test_a_fact_of_the_same_family_counts_in_family_and_link_only() -> None:
    score = score_article(gold_article(), output(("C", "ATTACKED", "I")))
    assert score.levels["facts"].tp == 0
    assert score.levels["family"].tp == 1
    assert score.levels["link"].tp == 1


def test_a_group_may_be_given_as_the_body_it_belongs_to() -> None:
    assert level(output(("C", "KILLED", "I")), "facts").tp == 1
    assert level(output(("C", "KILLED", "F")), "facts").tp == 1


def test_the_membership_of_an_unnamed_group_is_neither_asked_for_nor_punished() -> None:
    assert level(output(("F", "MEMBER_OF", "I")), "facts") == Tally(tp=0, fn=2, fp=0)
    assert level(output(("M", "MEMBER_OF", "I")), "facts") == Tally(tp=0, fn=2, fp=1)


def test_a_repeated_triple_counts_once() -> None:
    assert level(output(("C", "STRUCK", "I"), ("C", "STRUCK", "I")), "facts").fp == 0


def test_a_symmetric_predicate_holds_in_either_direction() -> None:
    gold = gold_article() | {"triples": [triple("minister", "MET_WITH", "coalition")]}
    assert score_article(gold, output(("C", "MET_WITH", "M"))).levels["facts"].tp == 1


def test_status_is_the_share_of_right_facts_with_the_right_status() -> None:
    score = score_article(gold_article(), output(("C", "STRUCK", "I"), ("C", "KILLED", "F")))
    assert score.status == Tally(tp=1, fn=1)
    assert figures(score)["status"] == 0.5


def test_an_actor_of_no_gold_name_is_an_error_only_where_it_takes_part() -> None:
    assert level(output(("C", "STRUCK", "I")), "actors").fp == 0
    assert level(output(("U", "STRUCK", "I")), "actors").fp == 1


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ({"kind": "killed", "min": 12, "max": 12, "victim": "F"}, True),
        ({"kind": "killed", "min": 12, "max": None, "victim": "F"}, False),
        ({"kind": "wounded", "min": 12, "max": 12, "victim": "F"}, False),
        ({"kind": "killed", "min": 12, "max": 12, "victim": "M"}, False),
    ],
)
def test_a_casualty_needs_kind_numbers_and_victim(row: dict[str, Any], right: bool) -> None:
    assert level(output(casualties=[row]), "casualty") == Tally(right, 1 - right, 1 - right)


@pytest.mark.parametrize(
    ("speaker", "cue", "evidence", "right"),
    [
        ("M", "قال", "", True),
        ("M", "أكد", "الوزير إن المعركة", True),
        ("M", "أكد", "شيء آخر", False),
        ("C", "قال", "وقال الوزير إن المعركة صعبة", False),
    ],
)
def test_a_statement_needs_the_speaker_and_the_sentence_or_the_verb(
    speaker: str, cue: str, evidence: str, right: bool
) -> None:
    row = {"speaker": speaker, "cue": cue, "about": [], "evidence": span(evidence)}
    assert level(output(statements=[row]), "statement").tp == right


def test_names_are_compared_without_marks_and_spelling_variants() -> None:
    assert similarity(["الأميركيّة"], ["الاميركيه"]) == 1.0
    assert similarity(["التحالف الدولي"], ["التحالف"]) == 0.5
    assert similarity(["التحالف"], ["داعش"]) == 0.0


def test_scores_add_up_and_an_absent_output_counts_as_empty() -> None:
    total = Score()
    total.add(score_article(gold_article(), output(("C", "STRUCK", "I"))))
    total.add(score_article(gold_article(), {}))
    assert total.levels["facts"] == Tally(tp=1, fn=3, fp=0)
    assert figures(total)["facts"]["f1"] == pytest.approx(0.4)
    assert predicate_figures(total)["STRUCK"]["r"] == 0.5


# -- sentences ------------


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A folder of annotated sentences: two of detection and one of roles a kind."""
    for kind in ("assault", "protest"):
        detection = [
            {"id": f"{kind}-yes", "text": "قتل مسلحون جنديا.", "label": "yes"},
            {"id": f"{kind}-no", "text": "هذا نص آخر هنا.", "label": "easy no"},
            {"id": f"{kind}-hard", "text": "لا يتفق عليه القراء.", "label": "difficult no"},
        ]
        reader = {"source_actor": ["مسلحون"], "target_actor": ["جنديا"]}
        spans = [{"id": f"{kind}-span", "text": "قتل مسلحون جنديا.", "annotations": [reader, reader]}]
        for part, rows in (("detection", detection), ("spans", spans)):
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (tmp_path / f"{kind}_{part}.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def sentence_output(id: str, plover: str) -> dict[str, Any]:
    actors = [
        {"id": "1", "label_ar": "مسلحون", "mentions": [span("مسلحون")]},
        {"id": "2", "label_ar": "جندي", "mentions": [span("ضابطا")]},
    ]
    participants = [{"role": "actor", "id": "1"}, {"role": "recipient", "id": "2"}]
    return {"id": id, "actors": actors, "events": [{"plover": plover, "participants": participants}]}


def test_only_sentences_that_all_readers_agree_on_are_scored(records: Path) -> None:
    assert "assault-hard" not in {article.id for article in sentences(records)}
    system = {
        id: sentence_output(id, "ASSAULT")
        for id in ("assault-yes", "assault-no", "assault-hard", "assault-span")
    }
    score = score_kind(records, "assault", system)
    assert score.detection == Tally(tp=1, fn=0, fp=1)
    assert score.roles == {"actor": (1, 1), "recipient": (0, 1), "both": (0, 1)}
    assert score_kind(records, "protest", system).sentences == 0


def test_the_event_must_be_of_the_kind(records: Path) -> None:
    system = {"assault-yes": sentence_output("assault-yes", "COERCE")}
    assert score_kind(records, "assault", system).detection == Tally(tp=0, fn=1, fp=0)


# -- the command ------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text(json.dumps(gold_article(), ensure_ascii=False), encoding="utf-8")
    found = output(("C", "STRUCK", "I"), ("U", "STRUCK", "I"), casualties=[], statements=[])
    found["sentences"] = [{"index": 0, "start": 0, "end": 41, "text": TEXT[:41], "heading": False}]
    (tmp_path / "system.jsonl").write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app_of(evaluate), [str(a) for a in arguments])
    return result.exit_code, result.stdout


def test_the_command_prints_figures_and_figures_by_predicate(folder: Path) -> None:
    code, printed = run(folder, "--system", folder / "system.jsonl")
    assert code == 0
    rows = {line.split()[0]: line.split() for line in printed.splitlines() if line.strip()}
    assert [rows["facts"][i] for i in (2, 4, 6)] == ["0.500", "0.500", "0.500"]
    assert rows["STRUCK"][8:] == ["1", "│", "0", "│", "1"]


def test_the_command_lists_what_differs_with_sentence_and_rule(folder: Path) -> None:
    _, printed = run(folder, "--system", folder / "system.jsonl", "--show", "both")
    missed = next(line for line in printed.splitlines() if line.startswith("missed"))
    assert "coalition KILLED fighters [inferred]" in missed
    extra = next(line for line in printed.splitlines() if line.startswith("extra"))
    assert "الأمم المتحدة STRUCK تنظيم داعش" in extra
    assert "rule: r" in extra
    assert TEXT[:41] in printed
    _, only = run(folder, "--system", folder / "system.jsonl", "--show", "extra")
    assert not any(line.startswith("missed") for line in only.splitlines())


def test_the_command_gives_json_and_saves_the_output(folder: Path) -> None:
    saved = folder / "saved.jsonl"
    code, printed = run(folder, "--system", folder / "system.jsonl", "--json", "--save", saved)
    assert code == 0
    assert set(json.loads(printed)) == {*LEVELS, "status", "predicates"}
    assert json.loads(saved.read_text("utf-8")) == json.loads((folder / "system.jsonl").read_text("utf-8"))


def test_a_folder_without_annotations_is_one_line_and_an_input_fault(tmp_path: Path) -> None:
    assert run(tmp_path)[0] == 3
    (tmp_path / "x.json").write_text('{"id": "x"}', encoding="utf-8")
    assert run(tmp_path)[0] == 3
    assert run()[0] == 2


# -- the published programs ------------


def published(name: str) -> ModuleType:
    """The scoring program that lies beside the annotated articles."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location(f"published_{name}", BENCHMARKS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


def spoiled(gold: dict[str, Any]) -> dict[str, Any]:
    """A system output made of a gold article, with every seventh thing changed, so that all figures move."""
    entities = [
        {"id": f"id-{e['key']}", "label_ar": e["names"][0], "mentions": [span(n) for n in e["names"][1:]]}
        for i, e in enumerate([*gold["actors"], *gold["places"]])
        if i % 7
    ]
    triples = [
        {
            "subject": f"id-{t['o'] if i % 5 == 0 else t['s']}",
            "predicate": "ATTACKED" if i % 7 == 3 else t["p"],
            "object": f"id-{t['s'] if i % 5 == 0 else t['o']}",
            "status": "stated",
        }
        for i, t in enumerate(gold["triples"])
        if i % 6
    ]
    casualties = [
        {**c, "victim": f"id-{c['victim']}", "max": c["max"] if i % 3 else None}
        for i, c in enumerate(gold["casualties"])
    ]
    statements = [
        {"speaker": f"id-{s['speaker']}", "cue": "قال", "evidence": span(s["evidence"] if i % 2 else "")}
        for i, s in enumerate(gold["statements"])
    ]
    return {
        "id": gold["id"],
        "actors": entities,
        "triples": [*triples, *triples[:1]],
        "casualties": casualties,
        "statements": statements,
    }


@needs_benchmarks
def test_the_figures_are_those_of_the_published_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    golds = [json.loads(path.read_text("utf-8")) for path in sorted((BENCHMARKS / "gold_dev").glob("*.json"))]
    path = tmp_path / "system.jsonl"
    path.write_text(
        "".join(json.dumps(spoiled(g), ensure_ascii=False) + "\n" for g in golds), encoding="utf-8"
    )
    monkeypatch.setattr(sys, "argv", ["score.py", str(BENCHMARKS / "gold_dev"), str(path), "--json"])
    assert published("score").main() == 0
    theirs = json.loads(capsys.readouterr().out)
    total = Score()
    for gold in golds:
        total.add(score_article(gold, spoiled(gold)))
    assert figures(total) == theirs
    assert all(theirs[level]["tp"] > 0 for level in LEVELS)


@needs_benchmarks
def test_the_event_figures_are_those_of_the_published_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = BENCHMARKS / "event_gsr"
    kinds = ("ASSAULT", "PROTEST", "COERCE")
    system = {}
    for i, article in enumerate(sentences(folder)):
        words = article.text.split()
        system[article.id] = {
            "id": article.id,
            "actors": [
                {"id": "1", "mentions": [span(" ".join(words[:6]))]},
                {"id": "2", "mentions": [span(" ".join(words[3:9]))]},
            ],
            "events": [
                {
                    "plover": kinds[i % 3],
                    "participants": [{"role": "actor", "id": "1"}, {"role": "recipient", "id": "2"}],
                }
            ],
        }
    path = tmp_path / "system.jsonl"
    path.write_text(
        "".join(json.dumps(s, ensure_ascii=False) + "\n" for s in system.values()), encoding="utf-8"
    )
    monkeypatch.setattr(sys, "argv", ["score_gsr.py", str(folder), str(path)])
    published("score_gsr").main()
    theirs = capsys.readouterr().out.splitlines()
    code, printed = run("--gsr", folder, "--system", path)
    assert code == 0
    assert printed.splitlines() == theirs
