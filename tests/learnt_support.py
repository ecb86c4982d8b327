"""What the tests of the learnt step share."""

from __future__ import annotations

from extractors.base import Reading
from extractors.document import Document
from extractors.pipeline import default_steps
from scripts.train.facts import LEARNT


def by_rules(document: Document) -> Reading:
    """An article as the rules read it."""
    found = Reading(document)
    for step in default_steps(without=LEARNT):
        found = step(found)
    return found
