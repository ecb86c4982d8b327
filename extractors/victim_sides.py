"""On which side the victims of a fight stood: by their body, their people, or as soldiers or gunmen."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import EventDraft, Mention
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.referents import bodies_within
from extractors.victims import told_here

_ARMIES = frozenset({"MilitaryForce", "State", "GovernmentBody", "Coalition"})


def stands_with(side: Sequence[str], victim: str, event: EventDraft, participants: Participants) -> bool:
    """Whether a victim is of a side: by its body, its people, or as a soldier or gunman of the only such
    side.
    """
    if any(same_side(p, victim, participants) for p in side):
        return True
    mention = told_here(participants, victim, event)
    sort = sort_of_people(mention) if mention is not None else None
    return sort is not None and any(sort_of_party(p, participants) == sort for p in side)


def same_side(party: str, victim: str, participants: Participants) -> bool:
    """Whether a victim is the party, of it or of its people."""
    if party == victim or party in bodies_of(victim, participants):
        return True
    key = participants.entity(party).key
    words = participants.entity(victim).label_ar.split()
    peoples = (load_gazetteer().nisba(w) for w in words)
    return key is not None and any(n is not None and n.key == key for n in peoples)


def bodies_of(victim: str, participants: Participants) -> list[str]:
    """The bodies that unnamed victims are told to be of: within their mention, or as theirs in whose ranks
    they fell (30 قتيلا في صفوف الحوثيين).
    """
    bodies = bodies_within(participants, victim)
    for mention in participants.reading.mentions:
        keys = participants.clauses[mention.sentence].keys
        behind = keys[mention.last : mention.last + 2]
        if mention.entity != victim or behind[1:] != ["صفوف"]:
            continue
        bodies += [
            m.entity for m in participants.by_sentence[mention.sentence] if m.first == mention.last + 3
        ]
    return bodies


def sort_of_people(mention: Mention) -> str | None:
    """Whether the people of a mention are of an army or of a group, by their noun; None where it may be
    either.
    """
    for word in mention.span.text.split():
        head = load_gazetteer().head(word)
        if (
            head is None
            or head.head.member_of is None
            or fold(head.head.noun) in function_words("of_any_side")
        ):
            continue
        return "army" if head.head.member_of in _ARMIES else "group"
    return None


def sort_of_party(party: str, participants: Participants) -> str | None:
    """Whether a party is an army or a group; None where it is neither or may be either."""
    entity = participants.entity(party)
    if entity.type == "Population":
        mention = next((m for m in participants.reading.mentions if m.entity == party), None)
        return sort_of_people(mention) if mention is not None else None
    return "army" if entity.type in _ARMIES else "group" if entity.type == "ArmedGroup" else None


def fights(victim: str, event: EventDraft, participants: Participants) -> bool:
    """Whether who is killed in a clash was no bystander: the other party killed him."""
    mention = told_here(participants, victim, event)
    return mention is None or function_words("bystanders").isdisjoint(nouns_of(mention))


def nouns_of(mention: Mention) -> set[str]:
    """The nouns for people in a mention, folded."""
    heads = (load_gazetteer().head(word) for word in mention.span.text.split())
    return {fold(h.head.noun) for h in heads if h}
