"""Tables of linguistic cases: short texts with what must and what must not come out of them.

A table is a YAML list in `tests/cases/`. A linguist adds a row and runs `python -m scripts.record_cases`:

    - text: قُتل جنديان في هجوم شنه مسلحون قرب الرمادي.
      point: passive verb, its subject is the victim   # the linguistic point, always
      date: "2016-10-19"                               # of the article, where a time depends on it
      facts: ["مسلحون KILLED جنديان @ الرمادي [stated]"]   # subject PREDICATE object @ place on day [status]
      not: ["* ARRESTED *"]                            # triples that must not come; * is anything
      events: [{type: Killing, recipient: جنديان}]     # events that may lack a doer; plover: X or none
      casualties: [killed 2 جنديان]                    # kind, number (2, 51+, 5-10), victim, `by` doer
      statements: ["الوزير: قال"]                      # speaker: verb
      actors: ["الوزير: Person"]                       # name: type
      times: ["2016-10-18"]                            # the first day of some event's time

A name stands for an entity when its words are among those of the label or of one mention, spelling and the
article apart. `open.yaml` holds the rows that are not met yet, each with the table it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from extractors.assembly import assemble
from extractors.base import Reading
from extractors.conllu import document_from_conllu
from extractors.document import Document
from extractors.learnt.parties import FindParties
from extractors.pipeline import default_steps
from schema.codes import codes_of
from schema.errors import InputError, OntologyError
from schema.identity import content_id
from schema.model import Actor, Article, Casualty, Event, Extraction, Place, Triple
from schema.ontology import load_ontology
from schema.yaml_files import read_yaml
from scripts.scoring import SYMMETRIC, tokens

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "tests" / "cases"
PARSES = ROOT / "tests" / "fixtures" / "cases.conllu"
OPEN = "open"

_FACT = re.compile(
    r"(?P<subject>.+?) (?P<predicate>[A-Z_]+|\*) (?P<object>.+?)"
    r"(?: @ (?P<place>.+?))?(?: on (?P<day>[\d-]+))?(?: \[(?P<status>\w+)\])?"
)
_COUNT = re.compile(
    r"(?P<kind>\w+) (?P<min>\d+)(?P<more>\+)?(?:-(?P<max>\d+))?(?: (?P<victim>.+?))?(?: by (?P<by>.+))?"
)


class Case(BaseModel):
    """One row of a table, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    point: str
    table: str = ""
    date: str | None = None
    facts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    events: tuple[Mapping[str, str], ...] = ()
    casualties: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same text and date, in whatever table the row stands."""
        return content_id("case", self.text, self.date)

    def article(self) -> Article:
        """The text as an article."""
        return Article(self.id, self.text, date=self.date)


def load_cases(folder: Path = TABLES) -> dict[str, tuple[Case, ...]]:
    """Table name -> its rows. `InputError` names the table and what is wrong in it."""
    tables: dict[str, tuple[Case, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            rows = read_yaml(path) or []
            for row in rows:
                if "not" in row:
                    row["absent"] = row.pop("not")
            tables[path.stem] = tuple(TypeAdapter(list[Case]).validate_python(rows))
        except (OntologyError, ValidationError, TypeError) as error:
            raise InputError(f"{path}: {' '.join(str(error).split())[:300]}") from error
    return tables


@lru_cache(maxsize=1)
def recorded(path: Path = PARSES) -> Mapping[str, Document]:
    """Case id -> its recorded parse."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    documents = (document_from_conllu("# newdoc id" + part) for part in text.split("# newdoc id")[1:])
    return {document.article.id: document for document in documents}


def interpret(document: Document, *, learnt: bool = True) -> Extraction:
    """What an annotated document says: the extraction steps, without models.

    `learnt` false: by the rules alone. So the tables of cases are read: a row tells what the rules should
    find, and holds whatever the learnt step makes of it.
    """
    reading = Reading(document)
    for step in default_steps(without=() if learnt else {FindParties}):
        reading = step(reading)
    return assemble(reading)


def check(case: Case, extraction: Extraction) -> list[str]:
    """What the row asks for and does not get, or gets and must not: one line each; empty when it is met."""
    return list(_Check(case, extraction).run())


class _Check:
    def __init__(self, case: Case, extraction: Extraction) -> None:
        self.case, self.extraction = case, extraction
        entities: list[Actor | Place] = [*extraction.actors, *extraction.places]
        self.names = {e.id: [e.label_ar, *(m.text for m in e.mentions)] for e in entities}
        self.events = {event.id: event for event in extraction.events}

    def run(self) -> Iterable[str]:
        case, given = self.case, self.extraction
        told = "; ".join(self._told(t) for t in given.triples) or "no triple"
        for fact in case.facts:
            if not any(self._fact(fact, triple) for triple in given.triples):
                yield f"missing {fact}; given: {told}"
        for fact in case.absent:
            yield from (f"must not come: {self._told(t)}" for t in given.triples if self._fact(fact, t))
        for event in case.events:
            if not any(self._event(event, found) for found in given.events):
                yield f"missing event {dict(event)}; given: {[e.type for e in given.events]}"
        yield from self._counts()
        for statement in case.statements:
            speaker, _, cue = statement.partition(": ")
            if not any(self._is(speaker, s.speaker) and fnmatchcase(s.cue, cue) for s in given.statements):
                told_by = [f"{self._name(s.speaker)}: {s.cue}" for s in given.statements]
                yield f"missing statement {statement}; given: {told_by}"
        for actor in case.actors:
            name, _, type_ = actor.partition(": ")
            if not any(a.type == type_ and self._is(name, a.id) for a in given.actors):
                yield f"missing actor {actor}; given: {[(a.label_ar, a.type) for a in given.actors]}"
        for day in case.times:
            if not any(event.time is not None and event.time.earliest == day for event in given.events):
                yield f"missing time {day}; given: {[e.time.earliest for e in given.events if e.time]}"

    def _counts(self) -> Iterable[str]:
        rows = self.extraction.casualties
        told = [f"{c.kind} {c.min}-{c.max} {self._name(c.victim)} by {self._name(c.by)}" for c in rows]
        for wanted in self.case.casualties:
            if wanted == "none":
                if rows:
                    yield f"no casualty must come; given: {told}"
            elif not any(self._count(wanted, row) for row in rows):
                yield f"missing casualty {wanted}; given: {told}"

    # -- one thing

    def _fact(self, wanted: str, triple: Triple) -> bool:
        parts = _parts(_FACT, wanted)
        event = self.events.get(triple.event or "")
        day = event.time.earliest if event and event.time else None
        subject, object_ = parts["subject"], parts["object"]
        straight = self._is(subject, triple.subject) and self._is(object_, triple.object)
        crossed = self._is(subject, triple.object) and self._is(object_, triple.subject)
        return (
            (straight or (crossed and triple.predicate in SYMMETRIC))
            and parts["predicate"] in (triple.predicate, "*")
            and (parts["place"] is None or self._is(parts["place"], triple.place))
            and parts["day"] in (None, day)
            and parts["status"] in (None, triple.status)
        )

    def _event(self, wanted: Mapping[str, str], event: Event) -> bool:
        for field, value in wanted.items():
            if field in ("type", "status"):
                met = getattr(event, field) == value
            elif field == "plover":
                met = (codes_of(event, load_ontology()).plover or "none") == value
            elif field == "place":
                met = self._is(value, event.place)
            else:
                met = any(p.role == field and self._is(value, p.id) for p in event.participants)
            if not met:
                return False
        return True

    def _count(self, wanted: str, row: Casualty) -> bool:
        parts = _parts(_COUNT, wanted)
        low = int(parts["min"] or 0)
        high = None if parts["more"] else int(parts["max"] or low)
        return (
            (parts["kind"], low, high) == (row.kind, row.min, row.max)
            and (parts["victim"] is None or self._is(parts["victim"], row.victim))
            and (parts["by"] is None or self._is(parts["by"], row.by))
        )

    def _is(self, name: str | None, id: str | None) -> bool:
        """Whether a written name stands for the entity; * for any, none for no entity."""
        if name == "*":
            return True
        if id is None:
            return name == "none"
        wanted = tokens(name or "")
        return any(wanted <= tokens(given) for given in self.names.get(id, ()))

    def _name(self, id: str | None) -> str:
        return self.names.get(id or "", ["none"])[0]

    def _told(self, triple: Triple) -> str:
        ends = f"{self._name(triple.subject)} {triple.predicate} {self._name(triple.object)}"
        return f"{ends} [{triple.status}]"


def _parts(pattern: re.Pattern[str], written: str) -> dict[str, str | None]:
    found = pattern.fullmatch(written)
    if found is None:
        raise InputError(f"{written!r} is not in the form that scripts/cases.py describes")
    return found.groupdict()
