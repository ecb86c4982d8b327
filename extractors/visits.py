"""Who visits whom: "وصل كيري إلى بغداد في زيارة مفاجئة", "جولة شملت الأردن، يلتقي خلالها الملك".

A visit that only tells how somebody comes or why he is there is that of the verb's subject, to the state
where the verb leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.clause import Clause
from extractors.coordination import joined_to
from extractors.detection import Found
from extractors.fillers import named_at
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.referents import resolve
from extractors.triggers import load_triggers
from extractors.type_groups import PEOPLE
from extractors.verb_arguments import verb_slots

if TYPE_CHECKING:
    from extractors.roles import Roles

#: The slots of a verb of coming that lead to where one comes.
_WHERE = ("إلى", "ب")
#: How far behind a journey the verb may stand that tells where it leads, and behind that the first state.
_REACH = 6


def visit(roles: Roles, item: Found) -> tuple[list[str], list[str]]:
    """The visitor and whom he visits, by the verb that a noun of visiting is an adjunct of; empty lists where
    the noun is none such.
    """
    clause = roles.participants.clauses[item.sentence]
    if item.verbal or not is_adjunct_visit(clause, item.first):
        return [], []
    verb = clause.governing_verb(item.first)
    if verb is None or verb > item.first:
        return [], []
    matches = load_triggers().lookup(clause.word(verb).text)
    slots = verb_slots(clause, verb, next((m.features for m in matches), None))
    subjects = [] if slots.passive else slots.get("subj")[:1]
    told = [v for s in subjects for v in _visitor_at(roles, item, s)]
    visitors = [v for v in told if roles.entities[v].type in PEOPLE]
    where = [f for slot in _WHERE for f in slots.get(slot) if verb < f < item.first]
    seen = [_state(roles, item.sentence, f) for f in where]
    return visitors, [e for e in seen if e][:1] if visitors else []


def countries_on_the_way(roles: Roles, item: Found) -> list[str]:
    """The states that a journey leads to, by the verb behind it (جولة إقليمية شملت حتى الآن مصر والأردن)."""
    clause = roles.participants.clauses[item.sentence]
    if item.verbal or clause.keys[item.first - 1] not in function_words("journeys"):
        return []
    near = range(item.last, min(len(clause.words), item.last + _REACH))
    verb = next((i for i in near if clause.keys[i] in function_words("covering")), None)
    if verb is None:
        return []
    states = [m for m in roles.participants.by_sentence[item.sentence] if m.kind == "state"]
    first = next((m for m in states if verb < m.first <= verb + _REACH), None)
    return [] if first is None else [first.entity, *(m.entity for m in joined_to(roles.participants, first))]


def visitor_who(roles: Roles, item: Found) -> list[str]:
    """The visitor who does what a relative clause tells of his visit (زيارة يلتقي خلالها X)."""
    noun = roles.participants.clauses[item.sentence].antecedent(item.first)
    journey = roles.nouns.get((item.sentence, noun or 0))
    if journey is None or journey.verbal or journey.trigger.type != "Meeting":
        return []
    return list(roles.of(journey).get("actor", ()))


def _state(roles: Roles, sentence: int, index: int) -> str | None:
    """The state that the word names, or whose capital it is; None where it is another place."""
    named = resolve(roles.participants, sentence, index)
    if named is not None and roles.entities[named].kind == "state":
        return named
    key = roles.participants.clauses[sentence].keys[index - 1]
    seat = next((hit for hit in load_gazetteer().find_actors([key]) if hit.capital), None)
    return None if seat is None else roles.state_named_by(sentence, index, load_gazetteer().actor(seat.key))


def _visitor_at(roles: Roles, item: Found, subject: int) -> list[str]:
    """Who is the subject, or whose visit (تأتي زيارة كيري ضمن جولة …)."""
    journey = roles.nouns.get((item.sentence, subject))
    if journey is not None and roles.participants.clauses[item.sentence].keys[subject - 1] in function_words(
        "journeys"
    ):
        return list(roles.of(journey).get("actor", ()))
    return named_at(roles, item, subject)


def states_visited(roles: Roles, item: Found) -> list[str]:
    """The states whose capitals a visit leads to (زيارته إلى بغداد)."""
    if item.verbal or roles.participants.clauses[item.sentence].keys[item.first - 1] not in function_words(
        "journeys"
    ):
        return []
    found = (_state(roles, item.sentence, f) for slot in ("إلى", "ل") for f in item.slots.get(slot))
    return [e for e in found if e is not None]


def is_adjunct_visit(clause: Clause, index: int) -> bool:
    """Whether a noun of visiting stands behind في، ضمن، خلال and the like."""
    return (
        clause.keys[index - 1] in function_words("journeys")
        and clause.keys[index - 2 : index - 1] != []
        and clause.keys[index - 2] in function_words("on_a_visit")
    )
