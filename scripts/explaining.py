"""Why each triple of an article is there: its trigger, the way to each end, and what set its status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors.base import Mention, Reading, StatementDraft
from extractors.cues import load_cues
from extractors.document import Sentence, Word
from extractors.normalise import fold
from schema.model import Actor, Event, Extraction, Place, Span, Triple

#: How far before a trigger a cue is looked for; further ones govern other words.
CUE_REACH = 9
_FUTURE_PREFIX, _PURPOSE = "س", "ل"


@dataclass(frozen=True, slots=True)
class Step:
    """A word on the way from a trigger to an end, and the relation that led to it (`up` against the tree)."""

    word: str
    relation: str


@dataclass(frozen=True, slots=True)
class End:
    """One end of a triple: its label, the mention that was taken, and the way to it through the tree.

    `path` is empty where the mention stands in another sentence than the trigger (then `other_sentence`).
    """

    id: str
    label: str
    mention: Span | None
    path: tuple[Step, ...]
    other_sentence: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A triple with all that led to it. `trigger` is None for standing relations and statements' edges."""

    triple: Triple
    trigger: Span | None
    subject: End
    object: End
    why: str
    said_by: str | None


def explain_reading(reading: Reading, extraction: Extraction) -> Iterator[Explanation]:
    """An explanation for each triple of the extraction that was assembled from that reading."""
    explainer = _Explainer(reading, extraction)
    for triple in extraction.triples:
        yield explainer.explain(triple)


class _Explainer:
    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.reading = reading
        self.events = {event.id: event for event in extraction.events}
        self.entities: dict[str, Actor | Place] = {actor.id: actor for actor in extraction.actors}
        self.entities |= {place.id: place for place in extraction.places}
        self.by_span: dict[Span, Mention] = {mention.span: mention for mention in reading.mentions}

    def explain(self, triple: Triple) -> Explanation:
        event = self.events.get(triple.event or "")
        subject = self._mention(triple.subject, triple.evidence, near=event)
        anchor = event.trigger if event else (subject.span if subject else triple.evidence)
        ends = [
            self._end(id, mention, anchor)
            for id, mention in (
                (triple.subject, subject),
                (triple.object, self._mention(triple.object, triple.evidence, near=event)),
            )
        ]
        said_by = self.entities[triple.said_by].label_ar if triple.said_by in self.entities else None
        why = self._why(triple, event, anchor)
        return Explanation(triple, event.trigger if event else None, ends[0], ends[1], why, said_by)

    # -- the ends

    def _mention(self, id: str, evidence: Span, near: Event | None) -> Mention | None:
        """The mention nearest to the trigger (else to the evidence), in its sentence where one is there."""
        anchor = near.trigger if near else evidence
        sentence = self._sentence(anchor.start)
        spans = [self.by_span[s] for s in self.entities[id].mentions if s in self.by_span]
        here = [m for m in spans if sentence is not None and m.sentence == sentence.index]
        return min(here or spans, key=lambda m: abs(m.span.start - anchor.start), default=None)

    def _end(self, id: str, mention: Mention | None, anchor: Span) -> End:
        label = self.entities[id].label_ar
        sentence = self._sentence(anchor.start)
        if mention is None or sentence is None:
            return End(id, label, None, (), True)
        if mention.sentence != sentence.index:
            return End(id, label, mention.span, (), True)
        start = next((w for w in sentence.words if w.start <= anchor.start < w.end), None)
        path = _path(sentence, start, sentence.words[mention.head - 1]) if start else ()
        return End(id, label, mention.span, path, False)

    def _sentence(self, position: int) -> Sentence | None:
        sentences = self.reading.document.sentences
        return next((s for s in sentences if s.start <= position < s.end), None)

    # -- the status

    def _why(self, triple: Triple, event: Event | None, anchor: Span) -> str:
        """What set the status, in words; the cues are those of the lexicon that stand before the trigger."""
        if triple.status == "stated":
            return "the article's own voice"
        if triple.status == "inferred":
            count = len(triple.chain)
            return (
                f"from {count} sentences together" if count > 1 else "from the sentence and what leads to it"
            )
        statement = self._statement(anchor.start)
        source = f"in what {self._speaker(statement)} says ({statement.cue.text})" if statement else ""
        if triple.status == "attributed":
            return source or "in reported speech"
        sentence = self._sentence(anchor.start)
        cues = list(_cues_before(sentence, anchor.start, triple.status)) if sentence else []
        found = f"cue: {', '.join(cues)}" if cues else "the trigger itself says so"
        rest = f"rule {event.rule}" if event and not cues else ""
        return "; ".join(part for part in (found, rest, source) if part)

    def _statement(self, position: int) -> StatementDraft | None:
        sentence = self._sentence(position)
        if sentence is None:
            return None
        index = next((w.index for w in sentence.words if w.start <= position < w.end), 0)
        holding = [s for s in self.reading.statements if s.contains(sentence.index, index)]
        return min(holding, key=lambda s: sum(last - first for _, first, last in s.scope), default=None)

    def _speaker(self, statement: StatementDraft) -> str:
        return self.reading.entities[statement.speaker].label_ar if statement.speaker else "nobody named"


def _cues_before(sentence: Sentence, position: int, status: str) -> Iterator[str]:
    """The cues of a status near before a position, nearest last."""
    before = [w for w in sentence.words if w.start < position][-CUE_REACH:]
    keys = [fold(w.text) for w in before]
    for i, word in enumerate(before):
        for cue in load_cues():
            if cue.status != status:
                continue
            length = cue.particle_at(keys, i)
            if length or keys[i] in cue.nouns or (keys[i] in cue.verbs and word.upos == "VERB"):
                yield f"{' '.join(w.text for w in before[i : i + max(length, 1)])} ({cue.name})"
    if status == "planned" and keys and keys[-1] in (_FUTURE_PREFIX, _PURPOSE):
        yield f"{before[-1].text} ({'future' if keys[-1] == _FUTURE_PREFIX else 'purpose'})"


def _path(sentence: Sentence, start: Word, end: Word) -> tuple[Step, ...]:
    """The words from one to another through the tree; relations against it carry `up`."""
    to_root = _ancestors(sentence, end)
    way_up = _ancestors(sentence, start)
    common = next((word for word in way_up if word in to_root), None)
    if common is None:
        return ()
    up = way_up[: way_up.index(common) + 1]
    down = to_root[: to_root.index(common)][::-1]
    steps = [Step(start.text, "trigger")]
    steps += [Step(word.text, f"up:{below.deprel}") for below, word in pairwise(up)]
    return (*steps, *(Step(word.text, word.deprel) for word in down))


def _ancestors(sentence: Sentence, word: Word) -> list[Word]:
    """The word and those above it to the root; ends where a wrong tree turns in a circle."""
    found: list[Word] = []
    current: Word | None = word
    while current is not None and current not in found:
        found.append(current)
        current = sentence.word(current.head)
    return found
