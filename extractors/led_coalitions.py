"""Which coalition is meant by who leads it: التحالف الذي تقوده الولايات المتحدة, تحالف بقيادة السعودية."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import Mention
from extractors.document import Document, Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import QUOTES, RELATIVES, is_adjective

#: How many words a state's name may have.
_LONGEST = 4


def led_coalitions(document: Document, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions; a coalition that is told by its leader is the known one, in every mention of it."""
    return tuple(_known(document, m) for m in mentions)


def _known(document: Document, mention: Mention) -> Mention:
    if mention.type != "Coalition" or (mention.key and mention.form != "description"):
        return mention
    words = document.sentences[mention.sentence].words
    named = {fold(w.text).removeprefix("ال") for w in words[mention.first - 1 : mention.last]}
    key = leading_state(words, mention.last) if named & function_words("coalitions") else None
    led = next((a.key for a in load_gazetteer().actors.values() if key and a.led_by == key), None)
    return replace(mention, key=led, form="name") if led else mention


def leading_state(words: Sequence[Word], i: int) -> str | None:
    """The key of the state that leads what ends before position `i`; None where no word says so."""
    while i < len(words) and (
        is_adjective(words[i]) or words[i].text in QUOTES or fold(words[i].text) in RELATIVES
    ):
        i += 1
    keys = [fold(w.text) for w in words[i : i + 2 + _LONGEST]]
    first, second = [*keys, "", ""][:2]
    by = first == "ب" and second in function_words("leadership")
    if by or (first in function_words("leads") and second == "ه"):
        begin = 2
    elif first.removesuffix("ه") in function_words("leads"):
        begin = 1
    else:
        return None
    gazetteer = load_gazetteer()
    names = [
        h.key
        for h in gazetteer.find_actors([w.text for w in words[i + begin : i + begin + _LONGEST]])
        if h.first == 0
    ]
    nisba = gazetteer.nisba(keys[begin]) if begin < len(keys) else None
    return next(iter((*names, *([nisba.key] if nisba else []))), None)
