"""The network of parties: what it is asked, and that it answers each article as if it were alone."""

from __future__ import annotations

import numpy as np
import pytest
from learnt_support import by_rules

from extractors.base import Reading
from extractors.document import Document
from extractors.learnt.model import Model
from extractors.learnt.parties import FindParties, load_parties
from extractors.learnt.questions import (
    FIGURES,
    TEXTS,
    TIE_FIGURES,
    TIE_TEXTS,
    WORDS,
    Codes,
    Inquiry,
    ask,
    joined,
)
from extractors.learnt.scene import Scene
from extractors.learnt.tellings import Tellings
from extractors.weights import SHIPPED
from schema.model import Article
from scripts.record_cases import golden_parses


@pytest.fixture(scope="module")
def model() -> Model:
    found = load_parties(SHIPPED)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """The golden articles as the rules read them."""
    return [Scene(by_rules(document)) for document in golden_parses().values()]


@pytest.fixture(scope="module")
def asked(model: Model, scenes: list[Scene]) -> list[Inquiry]:
    return [ask(scene, model.tellings, model.codes, model.rows) for scene in scenes]


def test_articles_together_are_answered_as_each_alone(model: Model, asked: list[Inquiry]) -> None:
    nothing = ask(Scene(Reading(Document(Article("x", ""), ()))), Tellings({}), model.codes, model.rows)
    asked = [asked[0], nothing, *asked[1:]]
    alone = [model.scores(one.questions) for one in asked]
    together = model.scores(joined([one.questions for one in asked]))
    for number, found in enumerate(together):
        assert found == pytest.approx(np.concatenate([one[number] for one in alone]), abs=1e-3)


def test_every_word_has_its_place(scenes: list[Scene], asked: list[Inquiry]) -> None:
    for scene, inquiry in zip(scenes, asked, strict=True):
        questions = inquiry.questions
        words = [w for s in scene.reading.document.sentences for w in s.words]
        assert questions.words.shape == (len(words) + 1, len(WORDS))
        assert questions.links.max() <= len(words)
        at = 1
        for sentence in scene.reading.document.sentences:
            for word in sentence.words:
                assert questions.sentences[at] == sentence.index + 1
                head = questions.links[at, 2]
                assert head == (at - word.index + word.head if word.head else 0)
                at += 1


def test_what_is_asked_names_the_words_of_event_and_entity(scenes: list[Scene], asked: list[Inquiry]) -> None:
    for scene, inquiry in zip(scenes, asked, strict=True):
        questions = inquiry.questions
        words = [None, *(w for s in scene.reading.document.sentences for w in s.words)]
        for one in inquiry.occasions:
            first = scene.words(one.occasion.sentence)[one.occasion.first - 1]
            for number, entity in enumerate(one.entities, one.first):
                event, named = questions.parties[number]
                assert words[event] is first
                if named:
                    heads = {id(scene.words(m.sentence)[m.head - 1]) for m in scene.mentions[entity]}
                    assert id(words[named]) in heads
        assert questions.texts.shape[1] == len(TEXTS)
        assert questions.figures.shape[1] == len(FIGURES)
        assert np.isfinite(questions.figures).all()


def test_what_is_asked_of_ties_names_their_words(scenes: list[Scene], asked: list[Inquiry]) -> None:
    for scene, inquiry in zip(scenes, asked, strict=True):
        questions = inquiry.questions
        words = [None, *(w for s in scene.reading.document.sentences for w in s.words)]
        assert inquiry.ties
        for tie, numbers in zip(inquiry.ties, questions.ties, strict=True):
            own = scene.words(tie.sentence)
            ends = [own[i - 1] for m in (tie.subject, tie.other) for i in (m.head, m.first)]
            assert all(words[number] is word for number, word in zip(numbers, ends, strict=True))
        assert questions.tie_texts.shape == (len(inquiry.ties), len(TIE_TEXTS))
        assert questions.tie_figures.shape == (len(inquiry.ties), len(TIE_FIGURES))
        assert np.isfinite(questions.tie_figures).all()


def test_an_article_without_occasions_asks_nothing(model: Model, scenes: list[Scene]) -> None:
    bare = Scene(Reading(scenes[0].reading.document))
    found = ask(bare, Tellings({}), model.codes, model.rows)
    assert (found.occasions, found.ties) == ([], [])
    assert model.scores(found.questions).pairs.shape == (0,)
    assert FindParties(model)(bare.reading).events == ()


def test_codes_grow_only_while_learning() -> None:
    learning = Codes(growing=True)
    assert learning.of(("a", "b"), (("x", "y"), ("x", "x"))).tolist() == [[1, 1], [2, 1]]
    assert Codes(learning.found).of(("a", "b"), (("z",), ("x",))).tolist() == [[0, 1]]
