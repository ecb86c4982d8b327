"""Documents to CoNLL-U and back."""

from __future__ import annotations

import pytest

from extractors.conllu import document_from_conllu, to_conllu
from extractors.document import Document, Name, Sentence, Word
from schema.errors import ArticleError
from schema.model import Article

PLAIN = """# text = قتلت القوات للتنظيم.
1\tقتلت\tقَتَل\tVERB\t_\tGender=Fem|Number=Sing\t0\troot\t_\t_
2\tالقوات\tقُوَّة\tNOUN\t_\tNumber=Plur\t1\tnsubj\t_\tNE=B-ORG
3-4\tللتنظيم\t_\t_\t_\t_\t_\t_\t_\t_
3\tل\tلِ\tADP\t_\t_\t4\tcase\t_\t_
4\tالتنظيم\tتَنظِيم\tNOUN\t_\t_\t1\tobl\t_\t_
5\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_

1\tعاد\tعَاد\tVERB\t_\t_\t0\troot\t_\t_
"""


def test_a_plain_fixture_is_laid_out() -> None:
    document = document_from_conllu(PLAIN)
    text = document.article.text
    assert text == "قتلت القوات للتنظيم .\nعاد"
    first, second = document.sentences
    assert [text[w.start : w.end] for w in first.words] == ["قتلت", "القوات", "ل", "لتنظيم", "."]
    assert [w.token for w in first.words] == [0, 1, 2, 2, 3]
    assert first.words[0].feats == {"Gender": "Fem", "Number": "Sing"}
    assert first.names == (Name("ORG", 2, 2),)
    assert (second.text, second.words[0].start) == ("عاد", len(text) - 3)


def test_there_and_back() -> None:
    text = "عنوان\n\n«قُتل» بهم \\ كثير."
    words = (
        Word(1, '"', '"', "PUNCT", {}, 2, "punct", 7, 8, 0, "G"),
        Word(2, "قتل", "قَتَل", "VERB", {"Voice": "Pass"}, 0, "root", 8, 12, 1),
        Word(3, '"', '"', "PUNCT", {}, 2, "punct", 12, 13, 2),
        Word(4, "ب", "بِ", "ADP", {}, 5, "case", 14, 15, 3),
        Word(5, "هم", "هُوَ", "PRON", {}, 2, "obl", 15, 17, 3),
    )
    document = Document(
        Article("x", text, title="عنوان", date="2024-01-01", source="س"),
        (
            Sentence(
                0, 0, 5, "عنوان", True, (Word(1, "عنوان", "عُنوَان", "NOUN", {}, 0, "root", 0, 5, 0),), ()
            ),
            Sentence(1, 7, len(text), text[7:], False, words, (Name("PER", 4, 5),), 2),
        ),
    )
    assert document_from_conllu(to_conllu(document)) == document


def test_a_broken_line_is_named() -> None:
    with pytest.raises(ArticleError, match="line 2: 3 columns"):
        document_from_conllu("# x = y\n1\tأ\tب\n")
