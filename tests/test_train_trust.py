"""Training the judge of edges on a few edges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.base import Reading
from extractors.coding import JudgeCoding
from extractors.pipeline import default_steps
from extractors.trust import TrustParties, load_edge_judge
from scripts.cases import recorded

pytest.importorskip("sklearn")

from scripts.train.trust import Judged, Settings, cross_validated, fit, judged_edges, train_trust, write_judge

#: Edges of twelve articles: near ones are right, far ones wrong; each article has a trait of its own.
EDGES = [
    Judged(f"a{n % 12}", {"near" if n % 2 else "far": 1.0, f"article {n % 12}": 1.0}, bool(n % 2))
    for n in range(48)
]
SETTINGS = Settings(strength=1.0, folds=4)


def test_what_is_right_is_trusted() -> None:
    judge = fit(EDGES, SETTINGS)
    assert judge.probability({"near": 1.0}) > 0.6 > 0.4 > judge.probability({"far": 1.0})


def test_rare_traits_are_left_out() -> None:
    judge = fit([*EDGES, Judged("a0", {"once": 1.0}, True)], SETTINGS)
    assert "once" not in judge.traits


def test_an_article_is_not_judged_by_what_it_taught() -> None:
    lies = [replace(e, right=not e.right) for e in EDGES if e.article == "a3"]
    others = [e for e in EDGES if e.article != "a3"]
    chances = cross_validated([*others, *lies], SETTINGS)[len(others) :]
    assert all((chance > 0.5) != lie.right for chance, lie in zip(chances, lies, strict=True))


def test_an_annotated_article_gives_its_edges(tmp_path: Path) -> None:
    text = "قصفت الطائرات الروسية بلدة سراقب"
    reading = Reading(next(d for d in recorded().values() if d.article.text.startswith(text)))
    for step in default_steps():
        if not isinstance(step, JudgeCoding | TrustParties):
            reading = step(reading)
    gold = {
        "id": reading.document.article.id,
        "actors": [{"key": "russia", "type": "State", "names": ["الروسية", "روسيا"]}],
        "places": [{"key": "saraqib", "names": ["سراقب", "بلدة سراقب"]}],
        "triples": [{"s": "russia", "p": "STRUCK", "o": "saraqib", "status": "stated", "evidence": text}],
        "casualties": [],
        "statements": [],
    }
    (right,) = judged_edges(gold, reading)
    (wrong,) = judged_edges(gold | {"triples": []}, reading)
    assert (right.right, wrong.right) == (True, False)
    assert right.traits == wrong.traits
    golds = [gold | {"id": f"{gold['id']}-{n}"} for n in range(3)]
    golds += [gold | {"id": f"{gold['id']}-{n}", "triples": []} for n in range(3, 6)]
    judge, table = train_trust(golds, {row["id"]: reading for row in golds}, Settings(folds=3))
    assert "| given by the rules | 3 | 3 | 0.500 |" in table
    write_judge(judge, tmp_path)
    written = load_edge_judge(tmp_path)
    assert written is not None
    assert written.probability(right.traits) == pytest.approx(judge.probability(right.traits), abs=0.01)
