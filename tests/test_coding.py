"""Whether events are told as coders count deeds: the judges, their weights, the codes that follow."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from factory import make_extraction
from hypothesis import given
from hypothesis import strategies as st

from extractors.base import Reading
from extractors.coding import FILE, Judge, JudgeCoding, judge_of, load_judges, saved_form
from extractors.coding_evidence import Evidence, evidence, terms, told_events, traits
from extractors.document import Document, Sentence, Word
from extractors.pipeline import default_steps
from extractors.weights import SHIPPED
from graph.batch import build_batch
from schema.codes import Codes, codes_of
from schema.contract import to_contract
from schema.errors import ModelError
from schema.model import Article
from schema.ontology import load_ontology
from scripts.cases import recorded

JUDGES = load_judges(SHIPPED)
SHORT = Judge(
    0.5,
    -1.0,
    {"place": 2.0},
    {"قتل": (1.5, 3.0), "<number>": (1.0, 1.0), "ربما": (2.0, -4.0)},
    {"مسيره": (1.0, -1.0)},
)


def read(document: Document, *, judged: bool = False) -> Reading:
    reading = Reading(document)
    for step in default_steps():
        if judged or not isinstance(step, JudgeCoding):
            reading = step(reading)
    return reading


def of_words(*words: str, upos: str = "NOUN") -> Reading:
    tokens = tuple(Word(i, w, w, upos, {}, 0, "root", i, i + 1, i - 1) for i, w in enumerate(words, 1))
    sentence = Sentence(0, 0, 9, " ".join(words), False, tokens)
    return Reading(Document(Article("a", " ".join(words)), (sentence,)))


def case(start: str) -> Document:
    return next(d for d in recorded().values() if d.article.text.startswith(start))


def first(reading: Reading) -> Sentence:
    return reading.document.sentences[0]


# -- the evidence ------------


def test_spelling_is_levelled_and_numbers_are_masked() -> None:
    written, plain = (
        of_words("أُصيبَ", "١٢", "شخصًا", "سنة", "2007"),
        of_words("اصيب", "12", "شخصا", "سنه", "1999"),
    )
    assert terms(written, first(written)) == terms(plain, first(plain))
    assert {"<number>", "<year>", "اصيب <number>"} <= terms(plain, first(plain))
    for judge in JUDGES.values():
        chances = {judge.probability(evidence(reading, first(reading), ())) for reading in (written, plain)}
        assert len(chances) == 1


def test_names_are_masked() -> None:
    document = case("قصفت الطائرات الروسية بلدة سراقب")
    found = terms(reading := read(document), first(reading))
    assert {"<place>", "<nationality>"} <= found
    assert not {"سراقب", "ادلب", "الروسيه"} & found


def test_traits_are_shares() -> None:
    for document in list(recorded().values())[:300]:
        reading = read(document)
        for sentence in document.sentences:
            for category in JUDGES:
                if events := told_events(reading, sentence.index, category):
                    found = traits(reading, sentence, events)
                    assert all(0.0 <= value <= 1.0 for value in found.values())
                    chance = JUDGES[category].probability(evidence(reading, sentence, events))
                    assert 0.0 <= chance <= 1.0


# -- the judges ------------


@given(
    st.frozensets(st.text("قتلربما <number>", max_size=8)),
    st.dictionaries(st.sampled_from(["place", "actor", "?"]), st.floats(0, 1)),
)
def test_a_probability_is_one(found: frozenset[str], told: dict[str, float]) -> None:
    assert 0.0 <= SHORT.probability(Evidence(found, told)) <= 1.0


def test_what_speaks_for_coding_raises_the_chance() -> None:
    def chance(
        *terms: str, words: tuple[str, ...] = (), near: tuple[str, ...] = (), **traits: float
    ) -> float:
        return SHORT.probability(Evidence(frozenset(terms), traits, words, near))

    plain = chance("قتل")
    assert chance("قتل", place=1.0) > plain > chance("قتل", "ربما")
    assert chance("قتل", "غير معروف", unknown=1.0) == plain
    assert chance("قتل", words=("مسيره",)) > plain > chance("قتل", near=("مسيره",))
    assert chance("قتل", words=("مسيره", "مسيره", "?")) == chance("قتل", words=("مسيره",))


def test_the_shipped_judges_are_small_and_of_known_categories() -> None:
    assert set(JUDGES) == {"ASSAULT", "PROTEST"}
    assert (SHIPPED / FILE).stat().st_size < 1_000_000
    assert FILE in {table["file"] for table in json.loads((SHIPPED / "models.json").read_text())["tables"]}


def test_saving_and_reading_back() -> None:
    assert judge_of(json.loads(json.dumps(saved_form(SHORT)))) == SHORT


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"judges": {"ASSAULT": {}}}', encoding="utf-8")
    with pytest.raises(ModelError, match="train it again"):
        load_judges(tmp_path)


# -- the codes ------------


def test_without_weights_every_deed_keeps_its_code(tmp_path: Path) -> None:
    assert load_judges(tmp_path) == {}
    document = case("لماذا يقتل الإنسان")
    reading = read(document)
    assert JudgeCoding({})(reading) == reading
    assert any(not event.codable for event in read(document, judged=True).events)


def test_the_judge_changes_nothing_but_the_mark() -> None:
    for document in list(recorded().values())[:200]:
        judged = read(document, judged=True)
        unmarked = replace(judged, events=tuple(replace(e, codable=True) for e in judged.events))
        assert unmarked == read(document)


def test_only_deeds_have_codes_in_contract_and_graph() -> None:
    ontology = load_ontology()
    extraction = make_extraction()
    strike, *others = extraction.events
    assert codes_of(strike, ontology) == Codes("ASSAULT", "195")
    assert codes_of(replace(strike, codable=False), ontology) == Codes()
    talked = replace(extraction, events=(replace(strike, codable=False), *others))
    assert to_contract(talked)["events"][0]["plover"] is None
    nodes = {node.id: node.properties for node in build_batch(talked, ontology).nodes}
    for event in talked.events:
        codes = codes_of(event, ontology)
        assert (nodes[event.id].get("plover"), nodes[event.id].get("cameo")) == (codes.plover, codes.cameo)
    assert {event.status for event in talked.events if codes_of(event, ontology).plover} == {"inferred"}
