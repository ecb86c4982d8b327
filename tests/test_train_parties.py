"""Learning from articles that were read: finding their texts, drawing their facts, a model of a few."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
import torch
from learnt_support import by_rules

from extractors.base import Reading
from extractors.event_pairs import edges
from extractors.learnt.model import VECTORS, save_model
from extractors.learnt.network import Sizes
from extractors.learnt.parties import FILE, load_parties, weigh
from extractors.learnt.questions import ask
from extractors.learnt.scene import Scene
from extractors.learnt.ties import STANDING
from extractors.weights import SHIPPED
from schema.errors import InputError
from scripts.record_cases import golden_parses
from scripts.train.facts import Drawn, Fact, drawn, read_articles
from scripts.train.fitting import Fitting, _pace, fit
from scripts.train.learning import parts_of, score
from scripts.train.parties import Settings, train_parties
from scripts.train.read_sentences import read_sentences

SETTINGS = Settings(Fitting(epochs=12, articles=4, rate=5e-3), networks=1, parts=2)
ROW = {
    "url": "http://a",
    "title": " عنوان ",
    "content": "قصفت الطائرات المدينة.\n",
    "date_extracted": "2015-08-01 10:00:00",
    "source": "x",
}


def golden_readings() -> list[Reading]:
    return [by_rules(document) for document in golden_parses().values()]


def facts_of(reading: Reading) -> list[Drawn]:
    """As if a reader had drawn what the rules find."""
    standing = [
        Drawn(r.predicate, frozenset({r.subject}), frozenset({r.object}), r.status, (r.sentence, 1))
        for r in reading.relations
        if r.predicate in STANDING
    ]
    return standing + [
        Drawn(e.predicate, frozenset({e.subject}), frozenset({e.object}), event.status, at)
        for event in reading.events
        for e in edges(event)
        for at in [(event.sentence, event.first)]
    ]


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.json", json.dumps([ROW], ensure_ascii=False))
    return tmp_path


def test_an_article_is_found_with_its_facts(archives: Path) -> None:
    line = {
        "archive": "a.zip",
        "url": "http://a",
        "parties": {"0": [[12, 20]], "1": [[21, 28]]},
        "facts": [["STRUCK", "0", "1", "stated", 7, 11], ["PART_OF", "0", "1", "inferred"]],
    }
    (archives / "facts.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (found,) = read_articles(archives, archives / "facts.jsonl")
    assert found.article.text == "عنوان\n\nقصفت الطائرات المدينة."
    assert found.article.date == "2015-08-01T10:00:00"
    assert found.facts == (
        Fact("STRUCK", frozenset({(12, 20)}), frozenset({(21, 28)}), "stated", (7, 11)),
        Fact("PART_OF", frozenset({(12, 20)}), frozenset({(21, 28)}), "inferred", None),
    )


def test_a_sentence_is_found_with_its_share(archives: Path) -> None:
    line = {"archive": "a.zip", "url": "http://a", "start": 7, "end": 29, "share": 0.67}
    (archives / "read.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    ((article, share),) = read_sentences(archives, archives / "read.jsonl")
    assert (article.text, share) == ("قصفت الطائرات المدينة.", 0.67)


def test_an_absent_article_is_told(archives: Path) -> None:
    line = {"archive": "a.zip", "url": "http://b", "parties": {}, "facts": []}
    (archives / "facts.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="http://b"):
        read_articles(archives, archives / "facts.jsonl")


def test_stretches_become_the_entities_that_stand_there() -> None:
    reading = golden_readings()[0]
    event = next(e for e in reading.events if e.roles.get("actor"))
    mention = next(m for m in reading.mentions if m.entity == event.roles["actor"][0])
    word = reading.document.sentences[event.sentence].words[event.first - 1]
    stretch = frozenset({(mention.span.start, mention.span.end)})
    (found,) = drawn(reading, (Fact("KILLED", stretch, frozenset(), "stated", (word.start, word.end)),))
    assert mention.entity in found.subject
    assert found.object == frozenset()
    assert found.at == (event.sentence, event.first)


def test_a_model_of_a_few_articles_keeps_what_was_drawn(tmp_path: Path) -> None:
    readings = golden_readings()
    model, table = train_parties([(r, facts_of(r)) for r in readings], SHIPPED / VECTORS, SETTINGS)
    assert "| the rules alone: all |" in table
    save_model(model, tmp_path / FILE)
    shutil.copyfile(SHIPPED / VECTORS, tmp_path / VECTORS)
    loaded = load_parties(tmp_path)
    assert loaded is not None
    drawn_, others = [], []
    for reading in readings:
        facts = facts_of(reading)
        inquiry = ask(Scene(reading), loaded.tellings, loaded.codes, loaded.rows)
        for one in weigh(inquiry, loaded.scores(inquiry.questions)):
            for edge in one.edges:
                right = score(facts, [(edge.subject, one.occasion.predicate, edge.object)], PREDICATES).tp
                (drawn_ if right else others).append(edge.chance)
    assert sum(drawn_) / len(drawn_) > 2 * sum(others) / len(others)


PREDICATES = frozenset({"KILLED", "STRUCK", "ATTACKED", "CAPTURED", "FOUGHT", "AIDED", "MET_WITH"})


def test_facts_told_twice_count_once() -> None:
    fact = Drawn("KILLED", frozenset("a"), frozenset("b"), "stated", (0, 1))
    again = Drawn("KILLED", frozenset("a"), frozenset("b"), "attributed", (3, 1))
    found = score([fact, again], [("a", "KILLED", "b"), ("a", "KILLED", "c")], PREDICATES)
    assert (found.tp, found.fp, found.fn) == (1, 1, 0)


def test_symmetric_facts_have_no_direction() -> None:
    fact = Drawn("MET_WITH", frozenset("a"), frozenset("b"), "stated", None)
    assert score([fact], [("b", "MET_WITH", "a")], PREDICATES).tp == 1


def test_parts_are_stretches_of_whole_days() -> None:
    assert parts_of(["1", "1", "2", "2", "2", "3"], 2) == [0, 0, 0, 0, 0, 1]


def test_nothing_to_learn_from_is_told() -> None:
    with pytest.raises(ValueError, match="fewer parts"):
        fit(Sizes((1,), (1,), 1, 1, (1,), 1, 2), torch.zeros(1, 2), Fitting(), [], 0)


@pytest.mark.parametrize("articles", [1, 2, 7, 10])
def test_the_rate_rises_and_falls(articles: int) -> None:
    paces = [_pace(step / articles) for step in range(articles + 1)]
    assert paces[0] == 0
    assert paces[-1] == pytest.approx(0)
    assert all(0 <= pace <= 1 for pace in paces)
