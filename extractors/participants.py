"""Who may take part in the events of an article: its mentions by sentence, and the clauses they stand in.

Who is meant by a word is told in `referents`, by a pronoun in `antecedents`, and who is joined to whom in
`coordination`. Word indexes count from 1.
"""

from __future__ import annotations

from collections import defaultdict

from extractors.base import Entity, Mention, Reading
from extractors.clause import Clause


class Participants:
    """The look-ups of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        times: dict[int, set[int]] = defaultdict(set)
        for sentence, expression in reading.times:
            times[sentence].update(range(expression.first, expression.last + 1))
        self.by_sentence: dict[int, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            self.by_sentence[mention.sentence].append(mention)
        self.clauses = {
            s.index: Clause(
                s,
                frozenset(times[s.index]),
                _outermost(self.by_sentence[s.index]),
                frozenset(
                    m.first for m in self.by_sentence[s.index] if m.form == "name" and m.rule != "head noun"
                ),
                frozenset(m.first for m in self.by_sentence[s.index] if m.type == "Person"),
                {m.first: m.tie for m in self.by_sentence[s.index] if m.tie},
            )
            for s in reading.document.sentences
        }

    def entity(self, id: str) -> Entity:
        """The entity with that id."""
        return self.reading.entities[id]

    def mention_at(self, sentence: int, index: int, *, places: bool = True) -> Mention | None:
        """The outermost mention that the word heads or opens, else the innermost that covers it."""
        covering = [
            m for m in self.by_sentence[sentence] if m.covers(index) and (places or m.kind != "place")
        ]
        if not covering:
            return None
        counted = [m for m in covering if m.quantity and m.form == "group" and index <= max(m.core, m.tie)]
        if counted:
            return counted[0]
        heading = [m for m in covering if m.head == index or m.first == index]
        if heading:
            return max(heading, key=lambda m: m.last - m.first)
        named = [m for m in covering if m.form == "name" and m.type == "Person"]
        return (named or sorted(covering, key=lambda m: m.last - m.first))[0]


def _outermost(mentions: list[Mention]) -> dict[int, int]:
    """First -> last word of the mentions that lie in no other."""
    found: dict[int, int] = {}
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.first, -m.last)):
        if mention.first > end:
            found[mention.first] = end = mention.last
    return found
