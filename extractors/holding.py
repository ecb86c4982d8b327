"""Who holds a place: "المدينة تحت سيطرة X", "المناطق الخاضعة لسيطرته", "البلدة التي كانت في أيدي X".

To hold a place is to have taken it. Who takes a place that another held takes it from him too. Word indexes
count from 1, positions (`i`) from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.antecedents import antecedent_of
from extractors.base import EventDraft, Mention
from extractors.clause import Clause
from extractors.coordination import joined_to
from extractors.ground import described, named_ground
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.phrases import QUOTES, RELATIVES, is_adjective
from extractors.referents import resolve_mention
from extractors.status import status_of
from extractors.type_groups import ARMED

_RULE = "held by"
_UNDER = "تحت"
_HOLDERS = ARMED | {"GovernmentBody", "PoliticalParty", "Population"}


@dataclass(frozen=True, slots=True)
class _Holding:
    """The position of the noun of control and of the first word of its phrase (تحت، الخاضعة، في)."""

    noun: int
    first: int


def of_places(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events, and a capture for every place that is said to be held by somebody."""
    out = list(events)
    for sentence, clause in participants.clauses.items():
        for holding in _holdings(clause):
            holders = _holders(participants, sentence, clause, holding)
            places = _places(participants, sentence, clause, holding)
            places = tuple(p for p in places if p not in holders)
            if not holders or not places:
                continue
            out = _taken_from(out, sentence, holding, holders, places)
            out = [e for e in out if not _tells(e, sentence, holding)]
            status, said_by = status_of(
                clause, holding.first + 1, participants.reading.statements, masdar=False
            )
            roles = {"actor": holders, "recipient": places}
            word = holding.noun + 1
            out.append(EventDraft("Capture", sentence, word, word, word, status, roles, _RULE, said_by))
    out = [_from_who_held(event, out, participants) for event in out]
    return sorted(out, key=lambda e: (e.sentence, e.first))


def _from_who_held(event: EventDraft, events: list[EventDraft], participants: Participants) -> EventDraft:
    """A capture of a place of which a clause tells who had taken it: it is taken from him (المواقع التي كان
    يحتلها X، قرى سقطت في أيدي X، بلدة كان X قد سيطر عليها).
    """
    taken, doers = event.roles.get("recipient", ()), event.roles.get("actor", ())
    if event.type != "Capture" or not doers:
        return event
    clause = participants.clauses[event.sentence]
    for other in events:
        holders = other.roles.get("actor", ())
        if (
            other.type == "Capture"
            and other.sentence == event.sentence
            and other.first > event.last
            and set(taken) & set(other.roles.get("recipient", ()))
            and not set(holders) & {*doers, *taken}
            and _describes(clause, event.last, other.first - 2)
        ):
            return replace(event, roles={**event.roles, "recipient": (*taken, *holders)})
    return event


def _describes(clause: Clause, begin: int, i: int) -> bool:
    """Whether the verb behind position `i` stands in a clause that describes what stands before it: behind a
    relative, or behind a verb of being without one. `begin`: how far back to look.
    """
    for at in range(i, begin - 1, -1):
        if clause.keys[at] in RELATIVES or clause.keys[at] in function_words("auxiliaries"):
            return True
        if clause.words[at].upos in ("VERB", "SCONJ") or clause.words[at].text in ("،", ",", "."):
            return False
    return False


def _holdings(clause: Clause) -> Iterator[_Holding]:
    keys = clause.keys
    for i in range(1, len(keys)):
        before = keys[i - 1]
        if keys[i] in function_words("holds"):
            if before == _UNDER:
                yield _Holding(i, i - 1)
            elif i > 1 and before == "ل" and keys[i - 2] in function_words("subject_to"):
                yield _Holding(i, i - 2)
            elif before in function_words("held_areas") or (
                before == "ل" and _verb_before_place(clause, i - 1)
            ):
                yield _Holding(i, i - 1)
        elif keys[i] in function_words("hands") and before in ("في", "ب"):
            yield _Holding(i, i - 1)


def _verb_before_place(clause: Clause, i: int) -> bool:
    """Whether a verb of being subject to somebody stands before the place that ends at position `i` (تخضع
    مدينة الرقة ل).
    """
    first = next((f for f, last in clause.phrases.items() if last == i), None)
    return first is not None and first > 1 and clause.keys[first - 2] in function_words("subject_to")


def _holders(participants: Participants, sentence: int, clause: Clause, holding: _Holding) -> tuple[str, ...]:
    """Who is named in the idafa of the noun of control, those joined to him, or whom its suffix means."""
    at = holding.noun + 1
    if at >= len(clause.words):
        return ()
    if clause.words[at].upos == "PRON":
        holder = antecedent_of(participants, sentence, clause.words[at])
        found = [holder] if holder else []
    else:
        at = clause.skip_marks(at)
        mention = resolve_mention(participants, sentence, at + 1, places=False)
        if mention is None or mention.first > at + 2:
            return ()
        found = [mention.entity, *(m.entity for m in joined_to(participants, mention))]
    return tuple(dict.fromkeys(e for e in found if participants.entity(e).type in _HOLDERS))


def _places(participants: Participants, sentence: int, clause: Clause, holding: _Holding) -> tuple[str, ...]:
    """The place held: what the phrase describes, or the subject of the verb before it. Hands hold a place
    only where a verb of being or a relative pronoun says so.
    """
    key = clause.keys[holding.first]
    if key in function_words("held_areas"):
        return _place_behind(participants, sentence, clause, holding)
    i = holding.first - 1
    gender = None
    if key in function_words("subject_to") and clause.words[holding.first].upos != "VERB":
        gender = "f" if key.endswith("ه") else "m"
    told = False
    while i >= 0 and (
        clause.keys[i] in function_words("stays") | function_words("auxiliaries")
        or clause.words[i].upos == "ADV"
    ):
        told = True
        i -= 1
    if i >= 0 and clause.keys[i] in RELATIVES:
        gender = "m" if clause.keys[i] == "الذي" else "f"
        told = True
        i -= 1
    while i >= 0 and (clause.words[i].text in QUOTES or clause.words[i].text in ("،", ",", "و")):
        i -= 1
    noun = i
    while noun >= 0 and is_adjective(clause.words[noun]):
        noun -= 1
    told = told or clause.keys[holding.noun] not in function_words("hands")
    if noun >= 0 and told and (ground := named_ground(participants, sentence, noun + 1)):
        return ground
    mention = described(participants, sentence, i, gender) if i >= 0 else None
    if mention is None or not (told or _is_told(clause, mention)):
        return ()
    return named_ground(participants, sentence, mention.first) or (mention.entity,)


def _place_behind(
    participants: Participants, sentence: int, clause: Clause, holding: _Holding
) -> tuple[str, ...]:
    """The place behind him who controls an area: مناطق سيطرة النظام في حلب."""
    holder = participants.mention_at(sentence, clause.skip_marks(holding.noun + 1) + 1, places=False)
    at = holder.last if holder is not None else len(clause.words)
    while at < len(clause.words) and clause.words[at].text in QUOTES:
        at += 1
    if clause.keys[at : at + 1] not in (["في"], ["ب"]):
        return ()
    here = (m for m in participants.by_sentence[sentence] if m.first == at + 2 and m.kind == "place")
    place = max(here, key=lambda m: m.last, default=None)
    return (place.entity,) if place is not None else ()


def _is_told(clause: Clause, mention: Mention) -> bool:
    """Whether a verb of being or staying stands before the place (ما زالت المدينة في قبضة X)."""
    before = clause.keys[max(0, mention.first - 3) : mention.first - 1]
    return not (function_words("stays") | function_words("auxiliaries")).isdisjoint(before)


def _taken_from(
    events: list[EventDraft],
    sentence: int,
    holding: _Holding,
    holders: tuple[str, ...],
    places: tuple[str, ...],
) -> list[EventDraft]:
    """The captures of the same place told before in the sentence, with the holders as those who lost it."""
    out = []
    for event in events:
        taken = event.roles.get("recipient", ())
        if (
            event.type == "Capture"
            and event.sentence == sentence
            and event.first < holding.noun
            and set(places) & set(taken)
            and event.roles.get("actor")
            and not set(holders) & {*event.roles["actor"], *taken}
        ):
            event = replace(event, roles={**event.roles, "recipient": (*taken, *holders)})
        out.append(event)
    return out


def _tells(event: EventDraft, sentence: int, holding: _Holding) -> bool:
    """Whether an event is the reading of the noun of control as an act of its own."""
    return (
        event.type == "Capture"
        and event.sentence == sentence
        and holding.first <= event.first - 1 <= holding.noun
    )
