"""The pipeline: the order of its steps, articles one by one and many, failures apart; no model is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.base import Reading
from extractors.document import Document
from extractors.learnt.parties import FindParties
from extractors.pipeline import BATCH, ArticleFailure, Pipeline, check_order, default_steps
from extractors.sentences import bare_document
from schema.errors import ArticleError, ModelError, PipelineError
from schema.model import Article, Extraction
from schema.ontology import load_ontology
from schema.validation import check_extraction
from scripts.cases import recorded
from scripts.record_cases import golden_articles, golden_parses


class RecordedAnnotator:
    """Annotates by looking the article's parse up; counts the batches."""

    def __init__(self) -> None:
        self.parses = {d.article.text: d for d in (*recorded().values(), *golden_parses().values())}
        self.batches: list[int] = []

    def annotate(self, documents: Sequence[Document]) -> list[Document]:
        self.batches.append(len(documents))
        return [replace(self.parses[d.article.text], article=d.article) for d in documents]


@pytest.fixture
def annotator() -> RecordedAnnotator:
    return RecordedAnnotator()


@pytest.fixture
def pipeline(annotator: RecordedAnnotator) -> Pipeline:
    return Pipeline(annotator, default_steps())  # type: ignore[arg-type]


def short_articles(number: int) -> list[Article]:
    return [document.article for document in list(recorded().values())[:number]]


# -- the order of the steps ------------


def test_the_default_steps_are_in_order() -> None:
    check_order(default_steps())
    assert len({step.name for step in default_steps()}) == len(default_steps())


def test_a_step_left_out_reads_no_weights(tmp_path: Path) -> None:
    (tmp_path / "parties.json").write_text("of another time", encoding="utf-8")
    with pytest.raises(ModelError, match="train it again"):
        default_steps(tmp_path)
    left = [type(step) for step in default_steps(tmp_path, without={FindParties})]
    assert left == [kind for kind in map(type, default_steps()) if kind is not FindParties]


@pytest.mark.parametrize("absent", range(len(default_steps()) - 1))
def test_a_pipeline_without_a_step_that_others_need_is_refused(absent: int) -> None:
    steps = [step for i, step in enumerate(default_steps()) if i != absent]
    needed = default_steps()[absent].assigns - frozenset().union(*(s.assigns for s in steps[:absent]))
    if not any(needed & step.requires for step in steps):
        check_order(steps)
        return
    with pytest.raises(PipelineError, match="which no earlier step gives"):
        check_order(steps)


def test_steps_the_wrong_way_round_are_refused_when_the_pipeline_is_built(
    annotator: RecordedAnnotator,
) -> None:
    with pytest.raises(PipelineError, match="reorder the steps"):
        Pipeline(annotator, default_steps()[::-1])  # type: ignore[arg-type]


def test_every_step_fills_only_what_it_declares(pipeline: Pipeline) -> None:
    reading = Reading(golden_parses()["sample"])
    fields = ("mentions", "entities", "times", "statements", "events", "casualties", "relations")
    for step in default_steps():
        after = step(reading)
        changed = {field for field in fields if getattr(after, field) != getattr(reading, field)}
        # Events and relations may add the states that only an adjective names.
        assert changed <= step.assigns | {"mentions", "entities"}
        assert after.document == reading.document
        reading = after


# -- articles ------------


def test_an_article_gives_an_extraction_that_fits_the_ontology(pipeline: Pipeline) -> None:
    article = golden_articles()["sample"]
    extraction = pipeline.extract(article)
    assert extraction.article == article
    assert extraction.triples
    check_extraction(extraction, load_ontology())


def test_the_same_article_gives_the_same_ids_again(pipeline: Pipeline) -> None:
    article = golden_articles()["ambush"]
    assert pipeline.extract(article) == pipeline.extract(article)


def test_an_article_alone_and_among_others_gives_the_same(pipeline: Pipeline) -> None:
    articles = short_articles(5)
    together = list(pipeline.extract_many(articles))
    assert together == [pipeline.extract(article) for article in articles]


def test_articles_are_annotated_in_batches_as_they_are_asked_for(
    pipeline: Pipeline, annotator: RecordedAnnotator
) -> None:
    results = pipeline.extract_many(iter(short_articles(2 * BATCH + 1)))
    next(results)
    assert annotator.batches == [BATCH]
    assert len(list(results)) == 2 * BATCH
    assert annotator.batches == [BATCH, BATCH, 1]


def test_an_article_that_cannot_be_read_is_a_failure_in_its_place(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(article: Article) -> Document:
        if article.id == "bad":
            raise ArticleError("it is empty; give an article's text")
        return bare_document(article)

    monkeypatch.setattr("extractors.pipeline.bare_document", read)
    first, second = short_articles(2)
    bad = Article("bad", "نص")
    results = list(pipeline.extract_many([first, bad, second]))
    assert [type(result) for result in results] == [Extraction, ArticleFailure, Extraction]
    assert isinstance(results[1], ArticleFailure)
    assert results[1].article == bad


def test_a_fault_of_a_step_costs_one_article_and_is_told(
    annotator: RecordedAnnotator, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty:
        name, requires, assigns = "faulty", frozenset[str](), frozenset[str]()

        def __call__(self, reading: Reading) -> Reading:
            if reading.document.article.id == second.id:
                raise IndexError("list index out of range")
            return reading

    first, second, third = short_articles(3)
    steps = [*default_steps(), Faulty()]
    results = list(Pipeline(annotator, steps).extract_many([first, second, third]))
    assert [type(result) for result in results] == [Extraction, ArticleFailure, Extraction]
    assert isinstance(results[1], ArticleFailure)
    assert "please report" in str(results[1].error)
    assert "Traceback" in caplog.text


def test_an_actor_known_to_the_gazetteer_has_one_id_in_all_articles(pipeline: Pipeline) -> None:
    ids: dict[str, set[str]] = {}
    for document in (*recorded().values(), *golden_parses().values()):
        for actor in pipeline.interpret(document).actors:
            if actor.key:
                ids.setdefault(actor.key, set()).add(actor.id)
    assert len(ids) > 50
    assert {key for key, found in ids.items() if len(found) > 1} == set()


def test_no_triple_joins_an_entity_to_itself_and_every_end_is_given(pipeline: Pipeline) -> None:
    for document in golden_parses().values():
        extraction = pipeline.interpret(document)
        known = {entity.id for entity in (*extraction.actors, *extraction.places)}
        assert all(t.subject != t.object for t in extraction.triples)
        assert {id for t in extraction.triples for id in (t.subject, t.object)} <= known


def test_evidence_lies_in_the_original_text(pipeline: Pipeline) -> None:
    for document in golden_parses().values():
        text = document.article.text
        extraction = pipeline.interpret(document)
        spans = [t.evidence for t in extraction.triples] + [e.trigger for e in extraction.events]
        spans += [mention for actor in extraction.actors for mention in actor.mentions]
        assert all(text[span.start : span.end] == span.text for span in spans)
