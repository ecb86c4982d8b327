"""Name data, UniMorph data and packaging: preparation only, no training."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch

from scripts.train.names import Span, enriched, names_by_label, renamed, spans, with_clitic
from scripts.train.ner_data import NamedSentence, read_bio, regular, retokenised, split_last_tenth, write_json
from scripts.train.packaging import PROCESSORS, WITH_VECTORS, halved, manifest, pipeline_arguments
from scripts.train.treebank import Word
from scripts.train.unimorph import coarse_tag, lay_over


def test_labels_are_brought_together(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text("بغداد B-GPE\n. O\n\nأوباما B-PERS\nيوم B-DATE\nما B-MIS\n", encoding="utf-8")
    assert read_bio(path) == [
        NamedSentence(("بغداد", "."), ("B-LOC", "O")),
        NamedSentence(("أوباما", "يوم", "ما"), ("B-PER", "O", "O")),
    ]


@pytest.mark.parametrize(
    ("row", "tokens", "tags"),
    [
        (("(بغداد)", "B-LOC"), ["(", "بغداد", ")"], ["O", "B-LOC", "O"]),
        (("الصين-اليابان", "B-LOC"), ["الصين", "-", "اليابان"], ["B-LOC", "I-LOC", "I-LOC"]),
        (("،", "I-ORG"), ["،"], ["O"]),
    ],
)
def test_marks_stay_outside_names(row: tuple[str, str], tokens: list[str], tags: list[str]) -> None:
    assert retokenised([row]) == NamedSentence(tuple(tokens), tuple(tags))


def test_tags_are_made_regular() -> None:
    assert regular(["I-PER", "I-PER", "I-LOC", "O", "I-LOC"]) == ["B-PER", "I-PER", "B-LOC", "O", "B-LOC"]


def test_the_last_tenth_is_kept_apart() -> None:
    rows = [NamedSentence((str(n),), ("O",)) for n in range(25)]
    train, dev = split_last_tenth(rows)
    assert (len(train), [row.tokens[0] for row in dev]) == (23, ["23", "24"])


def test_spans() -> None:
    assert spans(["B-PER", "I-PER", "O", "B-LOC", "B-LOC"]) == [
        Span(0, 2, "PER"),
        Span(3, 4, "LOC"),
        Span(4, 5, "LOC"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("والعراق", "سوريا", "وسوريا"),
        ("للأمم", "الجيش", "للجيش"),
        ("بالعراق", "حلب", "بحلب"),
        ("بيروت", "حلب", "حلب"),
        ("لبنان", "حلب", "حلب"),
    ],
)
def test_clitics_go_over(old: str, new: str, expected: str) -> None:
    assert with_clitic(old, new) == expected


@pytest.mark.parametrize("seed", range(20))
def test_a_renamed_sentence_keeps_its_names_and_words(seed: int) -> None:
    sentence = NamedSentence(("قال", "جون", "سميث", "في", "لندن"), ("O", "B-PER", "I-PER", "O", "B-LOC"))
    changed = renamed(sentence, random.Random(seed), rate=1.0)
    assert len(changed.tokens) == len(changed.tags)
    assert [span.label for span in spans(changed.tags)] == ["PER", "LOC"]
    assert changed.tokens[0] == "قال"
    assert changed.tags == tuple(regular(changed.tags))


def test_enrichment_keeps_every_sentence_once() -> None:
    rows = [NamedSentence(("كلام",), ("O",)), NamedSentence(("لندن",), ("B-LOC",))]
    assert len(enriched(rows, 1)) in {3, 4}
    assert enriched(rows, 1) == enriched(rows, 1)


def test_the_names_are_clean() -> None:
    known = names_by_label()
    assert set(known) == {"ORG", "LOC", "PER"}
    for names in known.values():
        assert len(set(names)) == len(names)
        assert all(name == name.strip() and name for name in names)


def test_json_for_the_trainer(tmp_path: Path) -> None:
    write_json([NamedSentence(("لندن",), ("B-LOC",))], tmp_path / "n.json")
    assert json.loads((tmp_path / "n.json").read_text(encoding="utf-8")) == [
        [{"text": "لندن", "ner": "B-LOC"}]
    ]


@pytest.mark.parametrize(
    ("forms", "text", "tokens"),
    [
        (["ل", "الحظر"], "للحظر", ["للحظر"]),
        (["حالة", "ك", "."], "حالتك.", ["حالتك", "."]),
        (["و", "أضاف", "أن", "ه"], "واضاف انه", ["واضاف", "انه"]),
        (["من", "ما", "عانى", "ه"], "مما عاناه", ["مما", "عاناه"]),
        (["ل", "اللاعبين"], "للاعبين", ["للاعبين"]),
        (["25", "-", "17"], "25-17", ["25", "-", "17"]),
    ],
)
def test_words_are_laid_over_the_text(forms: list[str], text: str, tokens: list[str]) -> None:
    laid = lay_over([Word(form) for form in forms], text)
    assert laid is not None
    assert [token.form for token in laid] == tokens


def test_words_that_do_not_fit_are_refused() -> None:
    assert lay_over([Word("كتاب")], "قلم") is None


def test_coarse_tags() -> None:
    assert coarse_tag(Word("وزير", feats="DEF;N;SG")) == "NOUN"
    assert coarse_tag(Word("جان")) == "X"


def test_float32_is_halved_and_nothing_else() -> None:
    saved = {"a": torch.zeros(2), "b": [torch.zeros(1, dtype=torch.int64)], "c": "text"}
    small = halved(saved)
    assert (small["a"].dtype, small["b"][0].dtype, small["c"]) == (torch.float16, torch.int64, "text")


def test_the_manifest_names_every_processor(tmp_path: Path) -> None:
    for name in (*PROCESSORS, "vectors"):
        (tmp_path / f"{name}.pt").write_bytes(name.encode())
    described = manifest(tmp_path, ["vectors.pt"])
    assert tuple(described["processors"]) == PROCESSORS
    assert {p for p, row in described["processors"].items() if "pretrain" in row} == WITH_VECTORS
    assert all(len(row["sha256"]) == 64 for row in described["processors"].values())


def test_the_pipeline_loads_from_the_folder_only(tmp_path: Path) -> None:
    arguments = pipeline_arguments(tmp_path)
    assert arguments["download_method"] is None
    paths = [value for key, value in arguments.items() if key.endswith(("_model_path", "_pretrain_path"))]
    assert len(paths) == len(PROCESSORS) + len(WITH_VECTORS)
    assert all(Path(path).parent == tmp_path for path in paths)
