"""Which words a saying reports: from what opens them, or before a saying that trails."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention
from extractors.document import Sentence, Word
from extractors.normalise import fold
from extractors.reporting import Saying

OPENERS = {"«": "»", "“": "”", '"': '"', "‘": "’", "”": "“"}


@dataclass(frozen=True, slots=True)
class SayingAt:
    """A saying at a position (from 0) of a sentence; a source phrase of `length` words has no `saying`."""

    word: Word
    saying: Saying | None
    position: int
    length: int = 1


def content_start(sentence: Sentence, begin: int, *, weak: bool = False) -> int | None:
    """The position after أن / a colon / a quotation mark that opens what is reported."""
    for i in range(begin, len(sentence.words)):
        word = sentence.words[i]
        key = fold(word.text)
        if key in ("ان", "انه", "انها", "انهم", "بان") and word.upos not in ("NOUN",):
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


def _long_quotation(sentence: Sentence, i: int) -> bool:
    """A quotation of four words and more reports speech; a shorter one marks a name."""
    closer = OPENERS[sentence.words[i].text]
    rest = [w.text for w in sentence.words[i + 1 :]]
    return closer not in rest[:4]


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
    """The scope of a source phrase: the sentence around it, before it where it stands at the end."""
    if cue.position > 4:
        return (sentence.index, 1, cue.position)
    return (sentence.index, min(cue.position + cue.length + 1, len(sentence.words)), len(sentence.words))


def after_speaker(sentence: Sentence, cue: SayingAt, speaker: Mention | str) -> int:
    """The position after the speaker, where he stands behind the saying, else after the saying."""
    if isinstance(speaker, Mention) and speaker.sentence == sentence.index and speaker.first > cue.position:
        return speaker.last
    return cue.position + 1


def evidence_end(sentence: Sentence, cue: SayingAt, scope: tuple[int, int, int] | None) -> int:
    """The offset at which the evidence ends: with what is reported, or some words on."""
    last = scope[2] if scope and scope[1] > cue.position else min(len(sentence.words), cue.position + 12)
    return sentence.words[last - 1].end
