"""The domain types: what one article says, as extraction gives it and the graph stores it.

All offsets are code points of the article's ORIGINAL text, end exclusive. All times are ISO 8601, UTC.
An id is a content hash (`schema.identity`): the same article gives the same ids again. Unknown stays
`None`; nothing is filled with a default that reads as a fact.
"""

from __future__ import annotations

from dataclasses import dataclass

from schema.identity import content_id


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the user gave it. `text` is the original; `date` is ISO (date or datetime) or None."""

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original text: `text == article.text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, is acted on or speaks. `type` is an agent type of the ontology.

    `key` is the gazetteer's name for a known real-world actor (one id in all articles), else None.
    `mentions` are in text order, without attached particles (و ب ل ف ك).
    """

    id: str
    type: str
    label_ar: str
    label_en: str | None
    mentions: tuple[Span, ...]
    key: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens. `type` is a place type of the ontology; `lat`/`lon` are WGS 84 degrees.

    `precision_km` is how far from the point the true place may lie; None with coordinates None.
    """

    id: str
    type: str
    label_ar: str
    label_en: str | None
    lat: float | None
    lon: float | None
    mentions: tuple[Span, ...]
    precision_km: float | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When: ISO dates `earliest` <= `latest`, both None when unknown; `raw` is the wording."""

    earliest: str | None
    latest: str | None
    precision: str
    raw: str


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or place in a role (`actor`, `recipient`, `partner`, ...: the ontology lists them)."""

    role: str
    id: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened (or is planned, denied, claimed). `type` is an event type of the ontology.

    `mentions` are further triggers that tell the same event. `rule` names the rule that made it. `codable`:
    whether some sentence tells it as a particular deed, as those who code by PLOVER and CAMEO count them.
    """

    id: str
    type: str
    status: str
    trigger: Span
    participants: tuple[Participant, ...]
    place: str | None = None
    time: TimeSpan | None = None
    said_by: str | None = None
    mentions: tuple[Span, ...] = ()
    rule: str = ""
    codable: bool = True


@dataclass(frozen=True, slots=True)
class Triple:
    """A shortcut or standing relation: subject -predicate-> object, with its sentence.

    `event` is the event it is derived from (None for standing relations and statements' edges).
    `evidence` is the sentence or snippet that shows it; `chain` holds all the sentences of an
    `inferred` one, in the order of the inference. `confidence` is the chance that a reader of the article
    would draw the edge, as learnt from articles that were read; None for what is not judged so.
    """

    subject: str
    predicate: str
    object: str
    status: str
    evidence: Span
    event: str | None = None
    place: str | None = None
    said_by: str | None = None
    chain: tuple[Span, ...] = ()
    rule: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Casualty:
    """A count of people. `min == max` for an exact number; `max` None for "more than".

    `kind`: killed, wounded, captured, abducted, missing, displaced, bodies_found.
    """

    id: str
    kind: str
    min: int
    max: int | None
    victim: str | None
    by: str | None
    evidence: Span
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported speech: who said (`cue` is the verb as written), about whom, and the words reported."""

    id: str
    speaker: str
    cue: str
    about: tuple[str, ...]
    content: Span | None
    evidence: Span
    outlet: str | None = None
    stance: str = "neutral"


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """One sentence of an article, `index` from 0 in text order."""

    index: int
    span: Span
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article gives. `sentences` are those that carry content (no page residue)."""

    article: Article
    sentences: tuple[SentenceSpan, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    events: tuple[Event, ...]
    triples: tuple[Triple, ...]
    casualties: tuple[Casualty, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What made an extraction: the version of the program and a name or hash of the models."""

    version: str
    models: str = "none"

    @property
    def id(self) -> str:
        """The same for the same program and models."""
        return content_id("run", self.version, self.models)
