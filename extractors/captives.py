"""Who holds whom: "محتجزين لدى X", "قيد الاعتقال لدى X", "تحرير 70 رهينة من أيدي X", "وقع في أسر X",
"الأسرى في سجون X", "في السجون الإيرانية".

To hold people is to have taken them: an arrest where the word says so or an authority holds them, else an
abduction. Word indexes count from 1, positions (`i`) from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.antecedents import antecedent_of
from extractors.base import EventDraft, Mention
from extractors.clause import Clause
from extractors.coordination import joined_to
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import QUOTES, definite, has_pronoun, is_mark
from extractors.referents import resolve_mention
from extractors.status import status_of
from extractors.triggers import load_triggers
from extractors.type_groups import BODIES, PEOPLE

if TYPE_CHECKING:
    from extractors.roles import Roles

_RULE = "held by captors"
_CAPTORS = BODIES | {"State", "Population"}
_AUTHORITIES = frozenset({"State", "GovernmentBody", "MilitaryForce"})
_TYPES = frozenset({"Arrest", "Abduction"})
_WITH = fold("لدى")
_CAPTIVITY = fold("أسر")
#: How many words before the captor's preposition the word of captivity stands, and before that the captive.
_NEAR, _REACH = 4, 9


@dataclass(frozen=True, slots=True)
class _Captivity:
    """The word of captivity, its type where it tells one, and the word at which the captor stands."""

    word: int
    type: str | None
    captor: int


def of_people(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events, and one for all who are said to be held by somebody, unless that is told already."""
    out = list(events)
    for sentence, clause in participants.clauses.items():
        for held in _captivities(clause):
            captors = _captors(participants, sentence, held.captor)
            captive = _captive(participants, sentence, clause, held)
            if not captors or captive is None or captive in captors:
                continue
            official = all(participants.entity(c).type in _AUTHORITIES for c in captors)
            type_ = held.type or ("Arrest" if official else "Abduction")
            told = (e for e in out if e.sentence == sentence and e.type in _TYPES)
            if any(captive in e.roles.get("recipient", ()) and e.roles.get("actor") == captors for e in told):
                continue
            statements = participants.reading.statements
            status, said_by = status_of(clause, held.word, statements, masdar=False)
            if definite(clause.word(held.word)) and status in ("planned", "denied"):
                status = "attributed" if said_by else "stated"  # طالب بإطلاق المخطوفين لدى X: held they are
            roles = {"actor": captors, "recipient": (captive,)}
            word = held.word
            out = [e for e in out if not _repeats(e, sentence, word)]
            out.append(EventDraft(type_, sentence, word, word, word, status, roles, _RULE, said_by))
    return sorted(out, key=lambda e: (e.sentence, e.first))


def _captivities(clause: Clause) -> Iterator[_Captivity]:
    """The words of captivity that lead to a captor: before لدى, or before the noun of his prison or grasp."""
    keys = clause.keys
    for i in range(1, len(keys) - 1):
        if keys[i] == _WITH:
            near, captor = i, i + 2
        elif _are_prisons(clause, i) or (
            keys[i] in function_words("grasp") and keys[i - 1] in function_words("grasped")
        ):
            near, captor = i - 1, i + 2
        else:
            continue
        if keys[i] == _CAPTIVITY and keys[i - 1] == "في":
            yield _Captivity(i + 1, None, captor)
            continue
        for j in range(near - 1, max(-1, near - 1 - _NEAR), -1):
            if is_mark(clause.words[j]) and clause.words[j].text not in QUOTES:
                break
            if (type_ := _captivity(clause, j)) is not None:
                yield _Captivity(j + 1, type_ or None, captor)
                break
            if clause.words[j].upos == "VERB":
                break
        # فلسطينيون في السجون الإسرائيلية: whoever is in somebody's prisons is held
        if _are_prisons(clause, i) and not any(
            _captivity(clause, k) is not None for k in range(max(0, near - _NEAR), near)
        ):
            yield _Captivity(i + 1, None, captor)


def _are_prisons(clause: Clause, i: int) -> bool:
    """Whether the word at a position, behind في, is a noun for prisons."""
    return clause.keys[i].removeprefix("ال") in function_words("prisons") and clause.keys[i - 1] == "في"


def name_states(roles: Roles, sentence: int) -> None:
    """Make actors of the states whose adjective tells whose prisons are meant (في السجون الإيرانية)."""
    clause = roles.participants.clauses[sentence]
    for i in range(1, len(clause.keys) - 1):
        if _are_prisons(clause, i):
            roles.adjective(sentence, i + 2)


def _captivity(clause: Clause, i: int) -> str | None:
    """The event type of a word of captivity, "" where it says no more than that they are held; None for other
    words.
    """
    key = clause.keys[i]
    if key.removeprefix("ال") in function_words("held"):
        return ""
    readings = load_triggers().lookup(clause.words[i].text)
    types = {m.trigger.type for m in readings if m.trigger.kind in ("masdar", "patient")}
    head = load_gazetteer().head(clause.words[i].text)
    if head is not None and head.head.casualty in ("captured", "abducted"):
        return "Abduction" if head.head.casualty == "abducted" else "Arrest"
    if not types & _TYPES:
        return None
    return "Abduction" if "Abduction" in types else "Arrest"


def _captors(participants: Participants, sentence: int, index: int) -> tuple[str, ...]:
    """Who is named at a word as holding people."""
    clause = participants.clauses[sentence]
    index = clause.skip_marks(index - 1) + 1
    mention = resolve_mention(participants, sentence, index, places=False)
    if mention is None or mention.first > index:
        return ()
    named = [mention.entity, *(m.entity for m in joined_to(participants, mention))]
    return tuple(dict.fromkeys(e for e in named if participants.entity(e).type in _CAPTORS))


def _captive(participants: Participants, sentence: int, clause: Clause, held: _Captivity) -> str | None:
    """The people whom the word of captivity names, whom its suffix means, or who stand before it in its
    clause and fit it in number.
    """
    here = [m for m in participants.by_sentence[sentence] if m.type in PEOPLE and m.last < held.captor]
    own = [m for m in here if m.covers(held.word)]
    said = [m for m in own if m.first < held.word or m.quantity or definite(clause.word(held.word))]
    if said:
        return min(said, key=lambda m: m.last - m.first).entity
    if has_pronoun(clause.words, held.word - 1):
        return antecedent_of(participants, sentence, clause.word(held.word + 1))
    several = _several(clause.keys[held.word - 1])
    for mention in reversed(here):
        if mention.first < held.word - _REACH:
            break
        if function_words("that").intersection(clause.keys[mention.last : held.word - 1]):
            break  # قال حقوقيون إن التعذيب في سجون X مستمر
        if mention in own:
            continue  # كانوا محتجزين: what they are called here is said of them
        if several is None or several == _is_several(mention):
            return mention.entity
    return own[0].entity if own else None


def _several(key: str) -> bool | None:
    """Whether a word of captivity is said of several (محتجزين) or of one (محتجزا); None for nouns of the
    act.
    """
    head = load_gazetteer().head(key)
    if head is None or head.head.casualty is None:
        return None
    return head.number in ("p", "d")


def _is_several(mention: Mention) -> bool:
    return (mention.type == "Population" and mention.number != "s") or mention.quantity is not None


def _repeats(event: EventDraft, sentence: int, word: int) -> bool:
    """Whether an event is the reading of the word of captivity as an act whose doer is not told."""
    return (
        event.sentence == sentence
        and event.type in _TYPES
        and event.first <= word <= event.last
        and not event.roles.get("actor")
    )
