"""The name of a speaker far behind his post: قال رئيس لجنة الأمن والدفاع في البرلمان العراقي حاكم الزاملي.

A verb of saying has no object that is a person, so that the name which the post's complements lead to is the
speaker's own. Positions count from 0, as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.phrases import QUOTES, definite, is_adjective, is_mark
from extractors.reporting import load_reporting

#: How many words the complements of a post may have.
_REACH = 14


def name_behind(
    words: Sequence[Word], keys: Sequence[str], start: int, end: int, starts: Mapping[int, tuple[int, int]]
) -> tuple[int, int] | None:
    """Where the name stands of who speaks by the post `start`..`end`; None where no saying goes before or
    another stands between. `starts`: the names of people by their first position.
    """
    if not _is_said(words, keys, start):
        return None
    i = end + 1
    while i < len(words) and i - end <= _REACH:
        word = words[i]
        if i in starts:
            if _is_closed(words, keys, i - 1):
                return starts[i]
            i = starts[i][1] + 1  # within the name of a body: غرفة عمليات عمر المختار
            continue
        if word.upos in ("VERB", "SCONJ", "AUX") or keys[i] in function_words("ends_of_posts"):
            return None
        if is_mark(word) and word.text not in QUOTES and word.text != "-":
            return None
        title = load_gazetteer().title_at(keys, i)
        if title and not title[0].honorific and i + title[1] in starts:
            return None  # another, with his own post
        i += 1
    return None


def _is_said(words: Sequence[Word], keys: Sequence[str], start: int) -> bool:
    """Whether a verb of saying stands right before the post, or "بحسب", "وفقا ل"."""
    before = start - 1
    while before > 0 and words[before].text in QUOTES:
        before -= 1
    if before < 0:
        return False
    if any(
        load_reporting().source_at(keys, i) == before + 1 - i for i in range(max(0, before - 2), before + 1)
    ):
        return True
    sayings = load_reporting().lookup(words[before].text)
    return any(s.kind == "verb" and not s.object for s in sayings) and words[before].upos in ("VERB", "NOUN")


def _is_closed(words: Sequence[Word], keys: Sequence[str], i: int) -> bool:
    """Whether the phrase that ends at `i` is complete, so that no idafa leads on to the name."""
    while i > 0 and (words[i].text in QUOTES or words[i].text == "-"):
        i -= 1
    title = load_gazetteer().title_at(keys, i)
    if title and title[0].honorific:
        return _is_closed(words, keys, i - 1)
    if title or words[i].upos in ("ADP", "CCONJ"):
        return False
    known = load_gazetteer().find_places([keys[i]]) or load_gazetteer().find_actors([keys[i]])
    return (
        definite(words[i]) or is_adjective(words[i]) or bool(known) or words[i].upos in ("PRON", "X", "PROPN")
    )
