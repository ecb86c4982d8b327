"""What passes between extraction steps: mentions, entities and drafts of events, and the step protocol.

A step is a callable `Reading -> Reading` that declares what it needs (`requires`) and what it gives
(`assigns`); `extractors.pipeline` refuses a wrong order when it is built, not when it runs.
Drafts point at words (sentence number, word index from 1); `extractors.assembly` makes them domain types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from extractors.document import Document, Word
from extractors.numbers import Quantity
from extractors.times import TimeExpression
from schema.model import Span

if TYPE_CHECKING:
    from extractors.detection import Found


class Extractor(Protocol):
    """One step. `requires` and `assigns` name fields of `Reading`."""

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]

    def __call__(self, reading: Reading) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of one sentence that names or describes an actor or a place.

    `first`..`last` are word indexes (from 1, inclusive), `head` is the word that governs it in the tree.
    `kind`: actor, place, or state (a country name, which may be either). `type`: type of the ontology.
    `form`: name, title (a person's post alone), description (definite, points back), group (unnamed people),
    members (of a body, which they stand for),
    nisba (an adjective such as أميركية standing for its state).
    `casualty`: the kind of casualty that its noun tells (قتيل). `tie`: the word of a participle that ties it
    to another (القوات الموالية ل…; 0: none). `owner`: the word of the suffix that tells whose it is (قواته;
    0: none). `entity`: who is meant, once resolved.
    """

    sentence: int
    first: int
    last: int
    head: int
    kind: str
    type: str
    form: str
    span: Span
    label: str
    key: str | None = None
    gender: str | None = None
    number: str | None = None
    quantity: Quantity | None = None
    casualty: str | None = None
    tie: int = 0
    owner: int = 0
    entity: str = ""
    rule: str = ""

    @property
    def core(self) -> int:
        """The last word of the mention itself, before the participle that ties it to another."""
        return self.tie - 1 if self.tie else self.last

    def covers(self, index: int) -> bool:
        """Whether that word lies in the mention."""
        return self.first <= index <= self.last


@dataclass(frozen=True, slots=True)
class Entity:
    """What one or more mentions stand for. `id` is final: the same in every run."""

    id: str
    kind: str
    type: str
    label_ar: str
    label_en: str | None
    key: str | None = None
    gender: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing relation or a statement's edge between two entities, with its evidence. `chance`: how likely
    a reader would draw it, where that is known.
    """

    subject: str
    predicate: str
    object: str
    status: str
    evidence: Span
    rule: str
    sentence: int
    said_by: str | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """Reported speech. `scope` are the ranges (sentence, first, last) of the words reported. `speaker` None:
    the article names nobody (ذكرت تقارير أن), so that it only attributes what is reported.
    """

    speaker: str | None
    cue: Word
    sentence: int
    scope: tuple[tuple[int, int, int], ...]
    about: tuple[str, ...]
    stance: str
    outlet: str | None
    evidence: Span
    content: Span | None
    rule: str

    @property
    def told(self) -> bool:
        """Whether somebody says it; the colon of a headline only ascribes its words to him."""
        return self.speaker is not None and self.rule != "headline"

    def contains(self, sentence: int, index: int) -> bool:
        """Whether that word is part of what is reported."""
        return any(s == sentence and first <= index <= last for s, first, last in self.scope)


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event with its trigger and the entities in its roles, in the order they were found.

    `roles` maps role -> entity ids. `chain` are the sentences that an inference rests on, `also` further
    tellings (sentence, first, last). `cause` is the first word of an event noun of the same sentence that is
    the verb's subject (الهجوم استهدف X), through which the doer acts. `bare`: nouns alone tell it. `codable`:
    as in `schema.model.Event`. `chances`: doer and other side -> how likely a reader would draw their edge.
    """

    type: str
    sentence: int
    first: int
    last: int
    head: int
    status: str
    roles: Mapping[str, tuple[str, ...]]
    rule: str
    said_by: str | None = None
    place: str | None = None
    time: TimeExpression | None = None
    chain: tuple[int, ...] = ()
    also: tuple[tuple[int, int, int], ...] = ()
    cause: int | None = None
    bare: bool = False
    codable: bool = True
    chances: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CasualtyDraft:
    """A count of people, from a group mention or a named person in an event of harm."""

    kind: str
    min: int
    max: int | None
    victim: str | None
    by: str | None
    sentence: int
    first: int
    last: int
    event: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one article so far. Each step returns a copy with its fields filled. `triggers`
    are the words that the lexicon takes for such, whatever became of them.
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    times: tuple[tuple[int, TimeExpression], ...] = ()
    statements: tuple[StatementDraft, ...] = ()
    triggers: tuple[Found, ...] = ()
    events: tuple[EventDraft, ...] = ()
    casualties: tuple[CasualtyDraft, ...] = ()
    relations: tuple[Relation, ...] = ()

    def in_sentence(self, index: int) -> tuple[Mention, ...]:
        """The mentions of that sentence, in text order, outer before inner."""
        return tuple(m for m in self.mentions if m.sentence == index)
