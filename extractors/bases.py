"""Whether القاعدة alone is the group of that name, or the base that the article told of (قاعدة العند)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import Mention
from extractors.document import Document
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import bare, fold

_KEY = "al_qaeda"
_BASE = bare("قاعدة")


def bases_alone(document: Document, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions; the bare noun is a place where a base stood before it and no fuller name (تنظيم القاعدة)
    tells of the group, unless it names whose members or arm somebody is (ذراع القاعدة، قيادي في القاعدة).
    """
    if any(m.key == _KEY and not _is_alone(m) for m in mentions):
        return tuple(mentions)
    bases = [m.sentence for m in mentions if m.kind == "place" and _opens_with_base(m)]
    first = min(bases, default=None)
    if first is None:
        return tuple(mentions)
    return tuple(
        _as_place(m) if _is_alone(m) and m.sentence >= first and not _is_body(document, m, mentions) else m
        for m in mentions
    )


def _is_body(document: Document, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether its phrase tells of people or an organ of it."""
    words = document.sentences[mention.sentence].words
    before = {fold(w.text).removeprefix("ال") for w in words[max(0, mention.first - 3) : mention.first - 1]}
    if before & (transparent("members") | function_words("organs")):
        return True
    return any(
        m.sentence == mention.sentence and m is not mention and m.kind == "actor" and m.covers(mention.first)
        for m in mentions
    )


def _is_alone(mention: Mention) -> bool:
    return mention.key == _KEY and len(mention.span.text.split()) == 1


def _opens_with_base(mention: Mention) -> bool:
    return bare(mention.span.text.split()[0]) == _BASE


def _as_place(mention: Mention) -> Mention:
    return replace(
        mention,
        kind="place",
        type="Facility",
        form="description",
        key=None,
        label=mention.span.text,
        gender="f",
        number="s",
        rule="place noun",
    )
