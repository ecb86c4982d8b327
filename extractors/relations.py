"""Standing relations told by how things are named, and the edges of statements.

* people and their posts (`posts`); bodies, their parts and members (`membership`); leaders and joiners
  (`leading`); people singled out of a group (`inclusion`); places within places (`containment`)
* a statement: speaker COMMENTED_ON whom it is about, TOLD the outlet
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import Reading, StatementDraft
from extractors.containment import add_containment
from extractors.inclusion import add_included
from extractors.leading import add_joining, add_leading
from extractors.membership import add_body, add_group
from extractors.posts import add_posts
from extractors.relation_drafts import RelationDrafts
from extractors.type_groups import BODIES


class FindRelations:
    """Fills `relations`, adding the states that only an adjective names."""

    name = "relations"
    requires = frozenset({"mentions", "entities", "statements"})
    assigns = frozenset({"relations"})

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
        _add_statements(drafts)
        return replace(
            reading,
            relations=tuple(drafts.found.values()),
            entities=drafts.entities,
            mentions=tuple(drafts.mentions),
        )


def _add_statements(drafts: RelationDrafts) -> None:
    """The edges of the statements: about whom, and told to which outlet."""
    for statement in drafts.reading.statements:
        if statement.speaker is None or not statement.told:
            continue
        for entity in _subjects(drafts, statement):
            drafts.add(
                statement.speaker,
                "COMMENTED_ON",
                entity,
                statement.evidence,
                "statement",
                statement.sentence,
                speech=True,
            )
        if statement.outlet:
            drafts.add(
                statement.speaker,
                "TOLD",
                statement.outlet,
                statement.evidence,
                "statement",
                statement.sentence,
                speech=True,
            )


def _subjects(drafts: RelationDrafts, statement: StatementDraft) -> tuple[str, ...]:
    """The main subject, and second the people or the group it is about too: a state or body named second is
    mostly where it was or with whom. All stay on the statement itself.
    """
    second = (e for e in statement.about[1:2] if drafts.entities[e].type in ("Population", "ArmedGroup"))
    return (*statement.about[:1], *second)
