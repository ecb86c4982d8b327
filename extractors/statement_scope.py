"""Which words a saying reports: from what opens them, or before a saying that trails."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention
from extractors.document import Sentence, Word
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.reporting import Saying

OPENERS = {"«": "»", "“": "”", '"': '"', "‘": "’", "”": "“"}

_THAT = frozenset({"ان", "انه", "انها", "انهم", "بان"})
#: What leads to the noun that a saying is about: أشار إلى، أعلن عن.
_COMPLEMENTS = frozenset({"الي", "عن"})
#: How many words a name in quotation marks may have.
_NAME_IN_QUOTES = 8
#: How many words may stand before a source phrase that opens its sentence (من جهة أخرى، بحسب X).
_OPENING = 6
#: How soon the word must follow that makes a verb one of saying.
_NEEDS_REACH = 9


@dataclass(frozen=True, slots=True)
class SayingAt:
    """A saying at a position (from 0) of a sentence; a source phrase of `length` words has no `saying`."""

    word: Word
    saying: Saying | None
    position: int
    length: int = 1


def content_start(
    sentence: Sentence, begin: int, end: int | None = None, *, weak: bool = False
) -> int | None:
    """The position after أن / a colon / a quotation mark before `end` that opens what is reported."""
    for i in range(begin, len(sentence.words) if end is None else end):
        word = sentence.words[i]
        key = fold(word.text)
        if key in _THAT and word.upos != "NOUN" and not _of_time(sentence, i):
            return i + 1
        if word.text == ":" or (
            word.text in OPENERS and i + 3 < len(sentence.words) and _long_quotation(sentence, i)
        ):
            return i + 1
        if word.text in (".", "؛"):
            return None
        if weak and i - begin > 8:
            return None
    return None


def needed_follows(sentence: Sentence, begin: int, needs: tuple[str, ...]) -> bool:
    """Whether a word that makes a verb one of saying stands soon behind it, or speech itself does."""
    if begin + 3 < len(sentence.words) and (
        sentence.words[begin].text == ":"
        or (sentence.words[begin].text in OPENERS and _long_quotation(sentence, begin))
    ):
        return True  # وتابع: «…»
    return any(
        fold(sentence.words[i].text) in needs and not _of_time(sentence, i) and not _until(sentence, i, needs)
        for i in range(begin, min(len(sentence.words), begin + _NEEDS_REACH))
    )


def _until(sentence: Sentence, i: int, needs: tuple[str, ...]) -> bool:
    """ "إلى أن" is "until" behind a verb that does not take إلى (يعد أحد القادة إلى أن هزم)."""
    return (
        fold(sentence.words[i - 1].text) == "الي"
        and "الي" not in needs
        and fold(sentence.words[i].text) in _THAT
    )


def _of_time(sentence: Sentence, i: int) -> bool:
    """ "بعد أن", "منذ أن", "دون أن": this أن opens no speech."""
    return i > 0 and fold(sentence.words[i - 1].text) in function_words("before_that")


def _long_quotation(sentence: Sentence, i: int) -> bool:
    """A quotation of four words and more reports speech; a shorter one marks a name, and so does one behind
    which أن opens what is reported (أفاد «المرصد السوري لحقوق الإنسان» بأن).
    """
    closer = OPENERS[sentence.words[i].text]
    rest = [w.text for w in sentence.words[i + 1 :]]
    if closer not in rest:
        return True
    closed = rest.index(closer)
    behind = [fold(text) for text in rest[closed + 1 : closed + 3]]
    named = closed <= _NAME_IN_QUOTES and (behind[:1] in ([k] for k in _THAT) or behind == ["ب", "ان"])
    return closed >= 4 and not named


def is_trailing(sentence: Sentence, cue: SayingAt) -> bool:
    """ "كما أعلن X"، "حسبما أفاد X": the saying stands behind what it reports."""
    back = [fold(w.text) for w in sentence.words[max(0, cue.position - 3) : cue.position]]
    return (
        bool(back)
        and (any(k in ("كما", "حسبما", "حسب", "وفق", "بحسب", "ك", "مثلما") for k in back))
        and cue.position > 6
        and (content_start(sentence, cue.position + 1) is None)
    )


def scope_before(sentence: Sentence, cue: SayingAt) -> tuple[int, int, int] | None:
    """The scope of a source phrase: the sentence around it, before it where it stands at the end. Where no
    verb stands before it what follows is its report (من جهة أخرى، بحسب X، شن …).
    """
    opening = cue.position <= _OPENING and not any(w.upos == "VERB" for w in sentence.words[: cue.position])
    verb_follows = any(w.upos == "VERB" for w in sentence.words[cue.position + 1 : cue.position + 9])
    if cue.position > 4 and not (opening and verb_follows):
        return (sentence.index, 1, cue.position)
    return (sentence.index, min(cue.position + cue.length + 1, len(sentence.words)), len(sentence.words))


def content_begin(sentence: Sentence, cue: SayingAt, speaker: Mention | str | None, start: int | None) -> int:
    """Where what is reported begins: at the opener `start`, or at the complement right behind the saying or
    its speaker (أشار المرصد إلى مقتل ..., which may quote a name later), else there.
    """
    behind = cue.position + 1
    if isinstance(speaker, Mention) and speaker.sentence == sentence.index and speaker.first > cue.position:
        behind = speaker.last
    if start is None:
        return behind
    words = sentence.words
    opens = behind + 1 < start and fold(words[behind].text) in _COMPLEMENTS
    return behind if opens and words[behind + 1].upos in ("NOUN", "PROPN", "X", "NUM") else start


def evidence_end(sentence: Sentence, cue: SayingAt, scope: tuple[int, int, int] | None) -> int:
    """The offset at which the evidence ends: with what is reported, or some words on."""
    last = scope[2] if scope and scope[1] > cue.position else min(len(sentence.words), cue.position + 12)
    return sentence.words[last - 1].end
