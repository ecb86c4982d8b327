"""Which sentences of an article a stretch of its text touches, and what ids they have in the graph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from schema.identity import content_id
from schema.model import Extraction, Span


class SentenceIndex:
    """The sentences of one extraction, by offset (code points of the original text, end exclusive)."""

    def __init__(self, extraction: Extraction) -> None:
        self._article = extraction.article.id
        self._ranges = sorted((s.span.start, s.span.end, s.index) for s in extraction.sentences)
        self._starts = [start for start, _, _ in self._ranges]

    def id(self, index: int) -> str:
        """The id of the sentence with that number."""
        return content_id("sentence", self._article, index)

    def touched_by(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the sentences that the spans touch, each once, in the order of the spans."""
        found: dict[int, None] = {}
        for span in spans:
            first = max(bisect_right(self._starts, span.start) - 1, 0)
            for start, end, index in self._ranges[first:]:
                if start >= span.end:
                    break
                if end > span.start:
                    found[index] = None
        return list(found)
