"""Counts that no event tells: tolls (عدد القتلى بلغ 1332) and numbers that killed and wounded share (25 بين
قتيل وجريح).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.base import Mention, Reading
from extractors.document import Sentence, Word
from extractors.gazetteer import HeadMatch, load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.numbers import Quantity
from extractors.quantities import Counts

#: How far behind the noun of a toll its number stands.
_REACH = 9
#: How far behind a count "بين قتيل وجريح" stands.
_SHARE = 4


@dataclass(frozen=True, slots=True)
class Toll:
    """The number of a toll with whom it counts; `counted` is the mention that carries the number itself."""

    kind: str
    quantity: Quantity
    victim: Mention | None
    counted: Mention | None
    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SharedCount:
    """A counted group of whom some are killed and some wounded; `noun` is the mention "قتيل" itself."""

    counted: Mention
    noun: Mention | None


def tolls_of(reading: Reading, sentence: Sentence) -> Iterator[Toll]:
    """ "عدد القتلى بلغ 1332", "ارتفعت حصيلة الجرحى إلى 40": a toll and its number, apart in the sentence."""
    counts = Counts(sentence.words)
    here = reading.in_sentence(sentence.index)
    for i in range(len(sentence.words)):
        match = _casualty_noun(sentence.words, i)
        if match is None or match.number != "p" or counts.before(i)[0] or not _is_toll(sentence.words, i):
            continue
        if match.head.noun == "ضحية" and {"killed", "wounded"} <= {m.casualty for m in here if m.quantity}:
            continue  # the victims told as killed and wounded are their sum
        for at in (*_before_toll(sentence.words, counts, i), *range(i + 1, i + _REACH)):
            quantity = counts.beginning(at)
            if quantity is None or quantity.min < 2:
                continue
            counted = next((m for m in here if m.quantity and m.first == at + 1), None)
            victim = counted or next((m for m in here if m.first <= i + 1 <= m.last), None)
            assert match.head.casualty is not None
            yield Toll(
                match.head.casualty,
                quantity,
                victim,
                counted,
                sentence.index,
                min(i, at) + 1,
                max(i + 1, at + quantity.length),
            )
            break


def _before_toll(words: Sequence[Word], counts: Counts, noun: int) -> Iterator[int]:
    """Where the number begins that stands right before the toll of the noun: "ارتفع إلى 60 عدد القتلى"."""
    toll = next(
        (
            j
            for j in range(noun - 1, max(-1, noun - _SHARE), -1)
            if fold(words[j].text) in function_words("tolls")
        ),
        None,
    )
    quantity, first = counts.before(toll) if toll is not None else (None, 0)
    if quantity is not None:
        yield first


def shared_counts(reading: Reading, sentence: Sentence) -> Iterator[SharedCount]:
    """ "66 قتيلا وجريحا", "سقط 25 مدنيا بين قتيل وجريح": a count before two nouns of harm in the singular."""
    here = reading.in_sentence(sentence.index)
    for i in range(len(sentence.words) - 2):
        if fold(sentence.words[i + 1].text) != "و":
            continue
        nouns = [_casualty_noun(sentence.words, j) for j in (i, i + 2)]
        kinds = {m.head.casualty for m in nouns if m and m.number == "s"}
        if kinds != {"killed", "wounded"}:
            continue
        own = next((m for m in here if m.quantity and m.covers(i + 1)), None)
        before = [m for m in here if m.quantity and m.last <= i and i - m.last <= _SHARE]
        counted = own or (before[-1] if before else None)
        if counted is not None and counted.quantity and counted.quantity.min > 1:
            noun = next((m for m in here if m.first == i + 1), None)
            yield SharedCount(counted, noun)


def _casualty_noun(words: Sequence[Word], i: int) -> HeadMatch | None:
    match = load_gazetteer().head(words[i].text)
    return match if match and match.head.casualty else None


def _is_toll(words: Sequence[Word], i: int) -> bool:
    return any(fold(w.text).removeprefix("ال") in function_words("tolls") for w in words[max(0, i - 4) : i])
