"""A person described and then named by a verb or noun of naming: "قيادي في داعش يدعى هشام", "رجل اسمه X"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import Mention
from extractors.document import Sentence
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import has_pronoun, is_mark

#: How many words may stand between the description and the word of naming (قيادي بارز في داعش يدعى).
_REACH = 5


def is_naming(sentence: Sentence, index: int) -> bool:
    """Whether the word at `index` (from 1) tells that a person is called by the name behind it: a verb, or
    the noun with his suffix (the spokesman in متحدث باسم X is not X).
    """
    word = sentence.words[index - 1]
    if fold(word.text) not in function_words("called"):
        return False
    return word.upos == "VERB" or has_pronoun(sentence.words, index - 1)


def called(sentence: Sentence, described: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """The name by which one described person is called, None where he is not named so."""
    words = sentence.words
    for index in range(described.last + 1, min(described.last + _REACH, len(words)) + 1):
        word = words[index - 1]
        if is_naming(sentence, index):
            first = index + (2 if has_pronoun(words, index - 1) else 1)
            return next((m for m in mentions if _is_name_at(m, sentence, first)), None)
        another = any(_is_person_at(m, sentence, index) for m in mentions)
        if word.upos == "VERB" or another or (is_mark(word) and word.text not in ("،", "(")):
            return None
    return None


def _is_person_at(mention: Mention, sentence: Sentence, first: int) -> bool:
    return mention.sentence == sentence.index and mention.first == first and mention.type == "Person"


def _is_name_at(mention: Mention, sentence: Sentence, first: int) -> bool:
    return _is_person_at(mention, sentence, first) and mention.form == "name"
