"""Treebank preparation: reading, writing, repairs, clause heads, spelling variants. Loads no weights."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from scripts.train import augmentation
from scripts.train.clauses import with_predicate_heads
from scripts.train.rawtext import plain, rough_tokens, sentences
from scripts.train.repairs import repaired_copies, repaired_quotes
from scripts.train.treebank import Sentence, conllu, parse_block, read_treebank, thinned, write_tokenizer_data

ROWS = """# sent_id = s1
1-2	ووصل	_	_	_	_	_	_	_	_
1	و	وَ	CCONJ	C---------	_	0	root	_	_
2	وصل	وَصَل	VERB	VP-A-3MS--	Voice=Act	1	parataxis	_	_
3	الوزيـر	وَزِير	NOUN	N------S1D	Case=Nom	2	nsubj	_	_
4-5	للبلد	_	_	_	_	_	_	_	_
4	ل	لِ	ADP	P---------	_	5	case	_	_
5	البلد	بَلَد	NOUN	N------S2D	Case=Gen	2	obl	_	_
6-7	وغادر	_	_	_	_	_	_	_	SpaceAfter=No
6	و	وَ	CCONJ	C---------	_	1	cc	_	_
7	غادر	غَادَر	VERB	VP-A-3MS--	Voice=Act	1	parataxis	_	_
8	.	.	PUNCT	G---------	_	1	punct	_	_"""


@pytest.fixture
def sentence() -> Sentence:
    return parse_block(ROWS.split("\n"), "s1")


def heads(sentence: Sentence) -> list[tuple[int, str]]:
    return [(word.head, word.deprel) for word in sentence.words]


def assert_tree(sentence: Sentence) -> None:
    words = sentence.words
    assert sum(word.head == 0 for word in words) == 1
    for number in range(1, len(words) + 1):
        path = {number}
        while (number := words[number - 1].head) != 0:
            assert number not in path, "a cycle"
            path.add(number)


def test_a_block_is_read_with_its_tokens(sentence: Sentence) -> None:
    assert [token.form for token in sentence.tokens] == ["ووصل", "الوزير", "للبلد", "وغادر", "."]
    assert [len(token.words) for token in sentence.tokens] == [2, 1, 2, 2, 1]
    assert sentence.text == "ووصل الوزير للبلد وغادر."


def test_what_is_written_is_read_again(sentence: Sentence, tmp_path: Path) -> None:
    path = tmp_path / "one.conllu"
    path.write_text(conllu(sentence), encoding="utf-8")
    assert read_treebank(path) == [sentence]


def test_every_character_gets_a_label(sentence: Sentence, tmp_path: Path) -> None:
    text, labels = tmp_path / "t.txt", tmp_path / "t.labels"
    write_tokenizer_data([sentence], text, labels)
    raw, marks = (
        text.read_text(encoding="utf-8").rstrip("\n"),
        labels.read_text(encoding="utf-8").rstrip("\n"),
    )
    assert raw == sentence.text
    assert marks == "0003" + "0" + "0000001"[1:] + "0" + "00003" + "0" + "00003" + "2"


def test_the_predicate_becomes_head_of_its_clause(sentence: Sentence) -> None:
    changed = with_predicate_heads(sentence)
    assert_tree(changed)
    assert heads(changed) == [
        (2, "cc"),
        (0, "root"),
        (2, "nsubj"),
        (5, "case"),
        (2, "obl"),
        (7, "cc"),
        (2, "conj"),
        (2, "punct"),
    ]


def single(*rows: tuple[str, str, str, int, str]) -> Sentence:
    lines = [
        f"{n}\t{form}\t{form}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_"
        for n, (form, upos, xpos, head, deprel) in enumerate(rows, 1)
    ]
    return parse_block(lines, "x")


@pytest.mark.parametrize(
    ("form", "relations", "pieces"),
    [
        ("ونادي", ("cc", "nmod"), ["و", "نادي"]),
        ("لكننا", ("cc", "nsubj"), ["لكن", "نا"]),
        ("سنحاول", ("aux", "conj"), ["س", "نحاول"]),
        ("لرفضنا", ("case", "obl", "nmod"), ["ل", "رفض", "نا"]),
        ("مدينة", ("nmod", "nmod"), ["مدينة", "مدينة"]),
    ],
)
def test_copies_become_one_token(form: str, relations: tuple[str, ...], pieces: list[str]) -> None:
    rows = [
        ("قال", "VERB", "VP", 0, "root"),
        *((form, "X", "U---------", 1, relation) for relation in relations),
    ]
    repaired = repaired_copies(single(*rows))
    assert [word.form for word in repaired.words] == ["قال", *pieces]
    assert len(repaired.tokens) == (2 if pieces[0] != form else 3)


def test_mirrored_quotes_are_set_right() -> None:
    rows = [(form, "X", "U", 0, "dep") for form in ("قال", "»", "نعم", "«", ".")]
    assert repaired_quotes(single(*rows)).text == "قال «نعم»."


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (augmentation.bare_alef, "الأمريكية", "الامريكية"),
        (augmentation.bare_alef, "آذار", "اذار"),
        (augmentation.final_heh, "مدينة", "مدينه"),
        (augmentation.final_yeh, "على", "علي"),
        (augmentation.dotless_yeh, "في", "فى"),
    ],
)
def test_spellings(change: object, before: str, after: str) -> None:
    assert callable(change)
    assert change(before) == after


@pytest.mark.parametrize("seed", range(40))
def test_variants_stay_trees_with_the_words_they_had(sentence: Sentence, seed: int) -> None:
    base = with_predicate_heads(sentence)
    changed = augmentation.variant(base, random.Random(seed))
    assert_tree(changed)
    lemmas = [word.lemma for word in changed.words if word.upos not in {"PUNCT", "X"}]
    assert lemmas == [word.lemma for word in base.words if word.upos != "PUNCT"]


def test_quotes_hang_on_the_head_of_what_they_hold(sentence: Sentence) -> None:
    changed = augmentation.quoted(with_predicate_heads(sentence), 1, 2, ("«", "»"))
    assert_tree(changed)
    assert changed.text == "ووصل «الوزير للبلد» وغادر."
    marks = [word.head for word in changed.words if word.form in "«»"]
    assert marks == [4, 4]


def test_variants_are_the_same_for_the_same_seed(sentence: Sentence) -> None:
    assert augmentation.variants([sentence], 3, 5) == augmentation.variants([sentence], 3, 5)


def test_frequent_words_are_thinned(sentence: Sentence) -> None:
    words = [word.form for s in thinned([sentence] * 8) for word in s.words]
    assert words.count("و") == 5
    assert words.count("غادر") == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مُحَمَّدٌ", "محمد"),
        ("الـــوزير", "الوزير"),
        ("أمر\u00a0 ما", "أمر ما"),
        ("١٢ و12", "١٢ و12"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_rough_tokens_and_sentences() -> None:
    assert rough_tokens("«داعش»، في 3.5 كلم") == ["«", "داعش", "»", "،", "في", "3.5", "كلم"]
    assert list(sentences("وصل. غادر؟\nانتهى")) == ["وصل.", "غادر؟", "انتهى"]
