"""The two sides of a clash or talk: "بين أ وب من جهة، وج ود من جهة أخرى".

Read on the surface, for the parser hangs the second side on جهة, and takes a far بين for the verb's. Those
of one side are allies: only the sides face each other. Where no word marks the sides the first party faces
the rest, but whoever is tied to it by a pronoun (الجيش والمسلحين الموالين له) stands with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.antecedents import antecedent_of, may_mean
from extractors.base import EventDraft, Mention
from extractors.clause import Clause
from extractors.document import Word
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.phrases import RELATIVES
from extractors.referents import resolve
from schema.ontology import load_ontology

#: How far behind its noun بين may stand (اشتباكات في شرق ليبيا بين), and how long the parties may go on.
_REACH, _LENGTH = 16, 45
_STOPS = frozenset({".", "؛", ":", "؟"})
_COMMAS = frozenset({"،", ","})
_AGAIN = frozenset({"بين", "وبين"})


def of_symmetric(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """The events, clashes and talks between marked sides with the parties that بين names."""
    return [_with_sides(i, events, participants) for i in range(len(events))]


def _with_sides(i: int, events: Sequence[EventDraft], participants: Participants) -> EventDraft:
    event = events[i]
    clause = participants.clauses[event.sentence]
    if not load_ontology().event_type(event.type).symmetric or (at := between(clause, event.last)) is None:
        return event
    stretches, marked = _stretches(clause, at + 1)
    if not marked and event.type != "Clash":
        return event
    here = [e for e in events[:i] if e.sentence == event.sentence]
    groups = [_parties(participants, event.sentence, begin, end, here) for begin, end in stretches]
    if len(groups) == 1:
        allies = [p for n, (p, tied) in enumerate(groups[0]) if tied or n == 0]
        ours = allies if groups[0][1:2] and groups[0][1][1] else allies[:1]
        theirs = [p for p, _ in groups[0] if p not in ours]
    else:
        ours = [p for p, _ in groups[0]]
        theirs = [p for group in groups[1:] for p, _ in group if p not in ours]
    if event.type == "Clash":
        # "الجيش وقوات الحوثي وصالح": a lone name behind a force belongs to its idafa.
        theirs = [p for n, p in enumerate(theirs) if n == 0 or participants.entity(p).type != "Person"]
    if not ours or not theirs:
        return event
    rest = {role: ids for role, ids in event.roles.items() if role not in ("actor", "recipient", "partner")}
    roles = {**rest, "actor": tuple(ours), "recipient": tuple(theirs)}
    return replace(event, roles=roles, rule=f"{event.rule} + sides")


def between(clause: Clause, last: int) -> int | None:
    """The position of the بين that belongs to an event noun which ends at word `last`, None without one.

    A verb may come between (اشتباكات اندلعت بين), but no other clause, nor a border or road (الحدود بين).
    """
    verbs = 0
    for i in range(last, min(len(clause.words) - 1, last + _REACH)):
        word, key = clause.words[i], clause.keys[i]
        verbs += word.upos == "VERB"
        if word.text in _STOPS or word.upos == "SCONJ" or verbs > 1:
            return None
        if key == "و" and clause.words[i + 1].upos == "VERB":
            return None
        if key == "بين":
            return None if i + 2 in clause.times or clause.parts_nobody(i) else i
    return None


def _stretches(clause: Clause, begin: int) -> tuple[list[tuple[int, int]], bool]:
    """The positions from and to of each side's words; whether words or marks tell the sides apart."""
    marks: list[int] = []
    limit = min(len(clause.words), begin + _LENGTH)
    for i in range(begin, limit):
        if clause.words[i].text in _STOPS:
            limit = i
            break
        if _ends_side(clause, i):
            marks.append(i)
    if not marks:
        return _unmarked(clause, begin, limit)
    second = marks[0] + 2
    while second < limit and (
        clause.words[second].text in _COMMAS or clause.keys[second] in function_words("other_side")
    ):
        second += 1
    end = marks[1] if len(marks) > 1 else _end(clause, second, limit)
    return [(begin, marks[0]), (second, end)], True


def _unmarked(clause: Clause, begin: int, limit: int) -> tuple[list[tuple[int, int]], bool]:
    """Without من جهة a second بين parts the sides, or a comma before و and a further party."""
    end = _end(clause, begin, limit)
    again = next((i for i in range(begin, min(limit, end + 2)) if clause.keys[i] in _AGAIN), None)
    if again is not None:
        return [(begin, again - 1), (again, _end(clause, again + 1, limit))], True
    comma = end + 2 < limit and clause.words[end].text in _COMMAS and clause.keys[end + 1] == "و"
    if comma and end + 3 in clause.phrases and clause.words[end + 2].upos == "NOUN":
        behind = _end(clause, end + 1, limit)
        if behind >= len(clause.words) or clause.words[behind].upos != "VERB":
            return [(begin, end), (end + 1, behind)], True
    return [(begin, end)], False


def _ends_side(clause: Clause, i: int) -> bool:
    """Whether "من جهة", "من ناحية", "من جانب آخر" stands at that position."""
    if i + 1 >= len(clause.words) or clause.keys[i] != "من":
        return False
    return clause.keys[i + 1] in function_words("side") and (
        i + 2 == len(clause.words) or not _idafa(clause, i + 1)
    )


def _idafa(clause: Clause, i: int) -> bool:
    """Whether the noun at that position has another in its idafa (من جهة الشرق, من جانب الحكومة)."""
    following = clause.words[i + 1]
    return following.upos in ("NOUN", "PROPN", "X") and clause.keys[i + 1] not in function_words("other_side")


def _end(clause: Clause, begin: int, limit: int) -> int:
    """The position where the phrase of unmarked parties ends: at a clause, a mark, a place or time."""
    for i in range(begin, limit):
        word = clause.words[i]
        if (
            word.upos in ("VERB", "SCONJ")
            or clause.keys[i] in RELATIVES
            or word.text in _COMMAS
            or clause.keys[i] in function_words("adjuncts")
            or word.index in clause.times
        ):
            return i
    return limit


def _parties(
    participants: Participants, sentence: int, begin: int, end: int, before: Sequence[EventDraft]
) -> list[tuple[str, bool]]:
    """The parties named in a stretch, each with whether a pronoun ties it to the one before."""
    clause = participants.clauses[sentence]
    starting: dict[int, Mention] = {}
    for named in participants.by_sentence[sentence]:
        known = starting.get(named.first)
        if named.kind != "place" and (known is None or named.last > known.last):
            starting[named.first] = named
    found: list[tuple[str, bool]] = []
    heads = [begin, *(i + 1 for i in range(begin, end) if clause.keys[i] == "و" or _with_more(clause, i))]
    for head, following in zip(heads, [*heads[1:], end + 1], strict=True):
        at = head + (head < end and clause.keys[head] in _AGAIN | {"و"})
        at = clause.skip_marks(at)
        if at >= end or _second_adjective(clause, at):
            continue
        mention = starting.get(at + 1)
        if mention is not None:
            entity: str | None = mention.entity
        elif clause.words[at].upos == "PRON":
            entity = _meant(participants, sentence, clause.words[at], before)
        else:
            entity = resolve(participants, sentence, at + 1, places=False)
        if entity and entity not in (p for p, _ in found):
            found.append((entity, _tied(clause, at, following - 1)))
    return found


def _with_more(clause: Clause, i: int) -> bool:
    """Whether the ب at that position leads to those who reinforce the party before (قوات النظام مدعمة بحزب
    الله).
    """
    return clause.keys[i] == "ب" and clause.keys[i - 1] in function_words("reinforced")


def _second_adjective(clause: Clause, at: int) -> bool:
    """Whether the word only describes the party before further: "الفصائل المعارضة والمقاتلة"."""
    before = clause.words[at - 2] if at >= 2 else None
    return (
        before is not None
        and clause.words[at].upos == "ADJ"
        and before.upos == "ADJ"
        and clause.keys[at].endswith("ه")
        and clause.keys[at - 2].endswith("ه")
    )


def _tied(clause: Clause, at: int, end: int) -> bool:
    """Whether the party is an ally of the one before by its pronoun: المسلحين الموالين له, حلفائهم."""
    for i in range(at, min(end, len(clause.words) - 1)):
        if clause.keys[i] in function_words("allies"):
            behind = i + 2 if clause.words[i + 1].upos == "ADP" else i + 1
            if behind < len(clause.words) and clause.words[behind].upos == "PRON":
                return True
    return False


def _meant(
    participants: Participants, sentence: int, pronoun: Word, before: Sequence[EventDraft]
) -> str | None:
    """Whom "بينهم" means: the last doer of the sentence that agrees, else the last actor before it."""
    doers = [actor for event in reversed(before) for actor in event.roles.get("actor", ())]
    agreeing = (actor for actor in doers if may_mean(participants, pronoun, actor))
    return next(agreeing, None) or antecedent_of(participants, sentence, pronoun)
