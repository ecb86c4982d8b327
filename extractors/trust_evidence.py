"""What speaks for and against an edge between two parties of an event: the evidence of `extractors.trust`.

Kinds of parties and of deed, how the parties were found, and how far from the trigger they stand, in words
and in the tree, with how much between. No word of the language but prepositions: what is learnt from some
hundred articles must hold for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.base import Entity, EventDraft, Mention, Reading
from extractors.document import Word
from extractors.event_pairs import pairs
from schema.ontology import load_ontology

_STEP = re.compile(r"\s[<+]\s")
#: A party more words than this from the trigger is far.
_FAR = 12
#: Up to which number words and arcs between, and verbs and other parties between, count.
_FARTHEST, _DEEPEST, _MOST_VERBS, _MOST_OTHERS = 30, 8, 3, 4


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge that an event would give: `subject` and `object` are ids of entities."""

    predicate: str
    subject: str
    object: str


def edges(event: EventDraft) -> Iterator[Edge]:
    """The edges between the parties of an event."""
    type_ = load_ontology().event_type(event.type)
    for shortcut in type_.shortcuts:
        for one, other in pairs(type_, shortcut.to, event.roles):
            yield Edge(shortcut.edge, one, other)


def edge_traits(reading: Reading, event: EventDraft, edge: Edge) -> dict[str, float]:
    """Name of a trait -> how much of it there is."""
    subject, other = (reading.entities[id_] for id_ in (edge.subject, edge.object))
    words = reading.document.sentences[event.sentence].words
    p = edge.predicate
    s, o = (_type(event, entity) for entity in (subject, other))
    traits = [f"{p}", f"subject {s}", f"object {o}", f"{s} - {o}", f"{s} {p}", f"{p} {o}"]
    traits += [f"trigger {words[event.first - 1].upos}", *_ways(event.rule)]
    found = dict.fromkeys(traits, 1.0)
    mentions = reading.in_sentence(event.sentence)
    for side, entity in (("subject", subject), ("object", other)):
        near = _nearest(event, [m for m in mentions if m.entity == entity.id])
        if near is not None:
            found |= {f"{side} {name}": value for name, value in _place(words, mentions, event, near).items()}
            before = words[near.first - 2] if near.first > 1 else None
            if before is not None and before.upos == "ADP":
                found |= dict.fromkeys((f"{side} {before.text}", f"{p} {side} {before.text}"), 1.0)
    return found


def _type(event: EventDraft, entity: Entity) -> str:
    """The type that an entity has in a role: a state that can only be a place there is a country."""
    roles = load_ontology().event_type(event.type).roles
    allowed = {
        type_ for role, parties in event.roles.items() if entity.id in parties for type_ in roles[role]
    }
    return "Country" if entity.kind == "state" and entity.type not in allowed else entity.type


def _ways(rule: str) -> Iterator[str]:
    """How the parties were found, without the entries of the lexicon, whose numbers change."""
    for step in _STEP.split(rule):
        if ":" not in step:
            yield f"by {step}"
        elif step.startswith("light:"):
            yield "by light verb"


def _nearest(event: EventDraft, mentions: Sequence[Mention]) -> Mention | None:
    return min(mentions, key=lambda m: min(abs(m.head - event.first), abs(m.head - event.last)), default=None)


def _place(
    words: Sequence[Word], mentions: Sequence[Mention], event: EventDraft, party: Mention
) -> Mapping[str, float]:
    """Where a party stands to the trigger."""
    distance = party.head - event.first
    low, high = sorted((party.head, event.first))
    between = sum(word.upos == "VERB" for word in words[low : high - 1])
    others = sum(low < m.head < high for m in mentions)
    return {
        "here": 1.0,
        "before": float(distance < 0),
        "distance": min(abs(distance), _FARTHEST) / 10,
        "far": float(abs(distance) > _FAR),
        "around": float(party.covers(event.first)),
        "in the tree": min(_tree_distance(words, party.head, event.first), _DEEPEST) / 4,
        "verbs between": min(between, _MOST_VERBS),
        "others between": min(others, _MOST_OTHERS),
        "known": float(party.key is not None),
        "counted": float(party.quantity is not None),
        f"by {party.rule}": 1.0,
        f"as {words[party.head - 1].deprel}": 1.0,
    }


def _tree_distance(words: Sequence[Word], one: int, other: int) -> int:
    """How many arcs lead from one word to another."""
    above = {word: steps for steps, word in enumerate(_upwards(words, one))}
    return next((above[w] + steps for steps, w in enumerate(_upwards(words, other)) if w in above), _DEEPEST)


def _upwards(words: Sequence[Word], index: int) -> Iterator[int]:
    """A word, its head, and so on to the root."""
    seen: set[int] = set()
    while index and index not in seen:
        seen.add(index)
        yield index
        index = words[index - 1].head
