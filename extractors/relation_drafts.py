"""The relations found so far in an article, with the entities and mentions they rest on."""

from __future__ import annotations

from extractors.base import Entity, Reading, Relation
from extractors.document import Sentence
from extractors.gazetteer import load_gazetteer
from extractors.gazetteer_files import KnownActor, government_of
from extractors.nisba_states import actor_of_adjective, adjective_mention, entity_of
from extractors.participants import Participants
from extractors.status import speaker_of
from schema.identity import content_id
from schema.model import Span


class RelationDrafts:
    """Collects relations, each subject-predicate-object once, in the order in which they are added."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.participants = Participants(reading)
        self.gazetteer = load_gazetteer()
        self.entities: dict[str, Entity] = dict(reading.entities)
        self.mentions = list(reading.mentions)
        self.found: dict[tuple[str, str, str], Relation] = {}

    def add(
        self,
        subject: str,
        predicate: str,
        object_: str,
        evidence: Span,
        rule: str,
        sentence: int,
        *,
        speech: bool = False,
        index: int = 0,
        inferred: bool = False,
    ) -> None:
        """Add a relation once; the first evidence stays. `speech`: it is the edge of a statement itself;
        `index`: a word (from 1) of the evidence, by which it is known who says so.
        """
        if subject == object_:
            return
        # What a name or title says is said by the article's own naming, also within somebody's words.
        named = predicate in ("LEADS", "PART_OF") or rule.startswith("title")
        said_by = None if speech or named else speaker_of(sentence, index, self.reading.statements)
        said_by = None if said_by == subject else said_by
        status = "inferred" if inferred else "attributed" if said_by else "stated"
        self.found.setdefault(
            (subject, predicate, object_),
            Relation(subject, predicate, object_, status, evidence, rule, sentence, said_by),
        )

    def state(self, sentence: Sentence, index: int, *, unions: bool = False) -> str | None:
        """The state of a nisba adjective at that word, made an entity where the article names it so only.
        `unions`: a union of states will do (المبعوث الأممي, المفوض الأوروبي).
        """
        actor = actor_of_adjective(sentence.words[index - 1].text) if index <= len(sentence.words) else None
        if actor is None or not (actor.type == "State" or (unions and actor.type == "Organization")):
            return None
        return self.known(sentence, index, actor)

    def known(self, sentence: Sentence, index: int, actor: KnownActor) -> str:
        """The entity of a known actor that the word at `index` means, made one where no name means it."""
        entity = self.entities.setdefault(entity_of(actor).id, entity_of(actor))
        if not any(m.entity == entity.id for m in self.mentions):
            self.mentions.append(adjective_mention(self.reading.document, sentence.index, index, entity))
        return entity.id

    def has_body(self, person: str) -> bool:
        """Whether a post or membership of the person is found already."""
        return any(s == person and p in ("LEADS", "MEMBER_OF") for s, p, _ in self.found)

    def has_part_of_its_own(self, state: str) -> bool:
        """Whether a state is an actor of the article: it or its government named, not by adjectives only, and
        taking part in an event or a statement.
        """
        names = {state, content_id("actor", government_of(self.entities[state].key or ""))}
        named = any(m.entity in names and m.form != "nisba" for m in self.reading.mentions)
        told = [{e for ids in event.roles.values() for e in ids} for event in self.reading.events]
        told += [{*((s.speaker,) if s.speaker else ()), *s.about[:1]} for s in self.reading.statements]
        return named and any(names & actors for actors in told)

    def evidence(self, sentence: Sentence, first: int, last: int) -> Span:
        """The text from word `first` to word `last` (from 1, inclusive)."""
        return self.reading.document.span(sentence.words[first - 1].start, sentence.words[last - 1].end)
