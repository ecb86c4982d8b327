"""Standing relations told by how things are named, and the edges of statements.

* people and their posts (`posts`); bodies, their parts and members (`membership`); leaders and joiners
  (`leading`); people singled out of a group (`inclusion`); the parts of a
  union (`composition`); places within places (`containment`)
* a statement: speaker COMMENTED_ON whom it is about, TOLD the outlet
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import Reading, StatementDraft
from extractors.composition import add_parts
from extractors.containment import add_containment
from extractors.inclusion import add_included
from extractors.leading import add_joining, add_leading
from extractors.membership import add_body, add_group
from extractors.posts import add_posts
from extractors.relation_drafts import RelationDrafts
from extractors.topics import topics
from extractors.type_groups import BODIES


class FindRelations:
    """Fills `relations`, adding the states that only an adjective names, and settles what statements are
    about.
    """

    name = "relations"
    requires = frozenset({"mentions", "entities", "statements", "events"})
    assigns = frozenset({"relations", "statements"})

    def __call__(self, reading: Reading) -> Reading:
        drafts = RelationDrafts(reading)
        for mention in reading.mentions:
            sentence = reading.document.sentences[mention.sentence]
            entity = drafts.entities[mention.entity]
            if entity.type == "Person" and mention.form in ("name", "title"):
                add_posts(drafts, sentence, mention)
            elif entity.type in BODIES and mention.kind == "actor":
                add_body(drafts, sentence, mention)
            elif entity.type in ("Population", "Person"):
                add_group(drafts, sentence, mention)
            if mention.kind == "place":
                add_containment(drafts, sentence, mention)
        for sentence in reading.document.sentences:
            add_leading(drafts, sentence)
            add_joining(drafts, sentence)
            add_included(drafts, sentence)
            add_parts(drafts, sentence)
        statements = tuple(_add_statement(drafts, s) for s in reading.statements)
        return replace(
            reading,
            statements=statements,
            relations=tuple(drafts.found.values()),
            entities=drafts.entities,
            mentions=tuple(drafts.mentions),
        )


def _add_statement(drafts: RelationDrafts, statement: StatementDraft) -> StatementDraft:
    """The statement with what it is about; adds its edges, to whom it is about most and to its outlet."""
    found = topics(drafts.reading, drafts.participants, statement)
    if statement.speaker is not None and statement.told:
        edges = [("COMMENTED_ON", entity) for entity in found.about[: found.main]]
        edges += [("TOLD", statement.outlet)] if statement.outlet else []
        for predicate, entity in edges:
            drafts.add(
                statement.speaker,
                predicate,
                entity,
                statement.evidence,
                "statement",
                statement.sentence,
                speech=True,
            )
    return replace(statement, about=found.about)
