"""Nouns that refer to a deed rather than tell it: what the sentence says is something else.

In "فتحت المحكمة ملف اغتيال X" and "استقال الوزير بعد اغتيال X" the subject of the sentence has killed nobody.
"""

from __future__ import annotations

from extractors.clause import Clause
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import definite
from extractors.triggers import load_triggers


def is_annexed(clause: Clause, first: int) -> bool:
    """Whether a noun stands in the idafa of one that is no deed: of ملف اغتيال X one talks."""
    if first < 2:
        return False
    before = clause.word(first - 1)
    return (
        before.upos == "NOUN"
        and not definite(before)
        and clause.keys[first - 2] not in function_words("carried_out")
        and not load_triggers().lookup(before.text)
    )


def is_time_or_matter(clause: Clause, first: int) -> bool:
    """Whether a noun stands behind a preposition of time or matter (بعد اغتيال X, حول خطف X)."""
    return first > 1 and clause.keys[first - 2] in function_words("time_or_matter")


def is_told(clause: Clause, first: int) -> bool:
    """Whether a noun tells its deed: as a heading does (اغتيال X), or as what a verb is about (أثار اغتيال X
    غضبا, اعترف بقتل X); or it is news of just now (غداة مقتل X).
    """
    if clause.opens(first):
        return True
    before = clause.keys[first - 2]
    if before == "ب":
        head = clause.word(first).head
        about = (head and clause.word(head).upos == "VERB") or clause.word(max(1, first - 2)).upos == "VERB"
    else:
        about = clause.word(first - 1).upos == "VERB"
    return bool(about) or before in function_words("day_after")


def comes_about(clause: Clause, first: int) -> bool:
    """Whether the verb of a noun says that its deed came about, whoever did it (اندلعت مظاهرات، شهدت المدينة
    احتجاجات).
    """
    verb = clause.governing_verb(first)
    return verb is not None and fold(clause.word(verb).lemma) in function_words("coming_about")
