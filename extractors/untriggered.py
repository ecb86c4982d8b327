"""Events that no trigger tells: by the count of the victims, a coalition named by whom it fights, or a verb
of ascribing that has the letters of a noun.
"""

from __future__ import annotations

from extractors.base import EventDraft, Mention, Reading
from extractors.clause import Clause
from extractors.coordination import joined_to
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import definite
from extractors.roles import HOSTILE
from extractors.status import status_of
from extractors.triggers import load_triggers
from extractors.type_groups import COUNTED, STRIKES
from extractors.where_when import place_of, time_of

#: How far behind a count "مصرعهم" may stand.
_REACH = 12
_KINDS = {"killed": "Killing", "wounded": "Wounding"}
#: How far behind a count "حياتهم" may stand; how far apart verb, noun and count of "راح ضحية الهجوم 14"
_LIFE_REACH, _VICTIM_REACH = 4, 4
#: How far before بحياة its verb may stand, with what is said of the attack between.
_TAKEN_REACH = 16


def counted_victims(
    reading: Reading, participants: Participants, sentence: int, drafts: list[EventDraft]
) -> list[EventDraft]:
    """ "31 قتيلا", "مقتل وإصابة نحو 25 قرويا", "راح ضحيته 31 شخصا": the victims' noun, or what stands right
    before their count, tells the event where the tree did not.
    """
    clause = participants.clauses[sentence]
    told = {(d.type, r) for d in drafts if d.sentence == sentence for r in d.roles.get("recipient", ())}
    found = []
    for mention in participants.by_sentence[sentence]:
        if mention.quantity is None or participants.entity(mention.entity).type != "Population":
            continue
        for type_, first in _harms(clause, mention):
            if (type_, mention.entity) in told:
                continue
            status, said_by = status_of(clause, first, reading.statements, masdar=False)
            found.append(
                EventDraft(
                    type_,
                    sentence,
                    first,
                    first if first < mention.first else mention.last,
                    mention.head if first == mention.first else first,
                    status,
                    {"recipient": (mention.entity,)},
                    "victims counted",
                    said_by,
                    place_of(participants, sentence, mention.first, mention.last),
                    time_of(reading, sentence, mention.first),
                )
            )
    return found


def among_victims(
    reading: Reading, participants: Participants, sentence: int, drafts: list[EventDraft]
) -> list[EventDraft]:
    """ "بين القتلى طفلان", "امرأة من بين الضحايا": who is told to be among them was killed or wounded."""
    clause = participants.clauses[sentence]
    here = [m for m in participants.by_sentence[sentence] if m.type in ("Person", "Population")]
    told = {(d.type, r) for d in drafts if d.sentence == sentence for r in d.roles.get("recipient", ())}
    found = []
    for i, key in enumerate(clause.keys[:-1]):
        head = load_gazetteer().head(clause.words[i + 1].text)
        kind = _KINDS.get(head.head.casualty or "") if head and head.number == "p" else None
        if key != fold("بين") or kind is None or not definite(clause.words[i + 1]):
            continue
        begin = i - 1 if i and clause.keys[i - 1] == "من" else i
        named = _listed_at(participants, here, i + 2) or [m for m in here if m.last == begin]
        victims = tuple(
            m.entity for m in named if m.form in ("group", "name") and (kind, m.entity) not in told
        )
        if victims:
            status, said_by = status_of(clause, i + 1, reading.statements, masdar=False)
            at = i + 2
            roles = {"recipient": victims}
            found.append(EventDraft(kind, sentence, at, at, at, status, roles, "among the victims", said_by))
    return found


def _listed_at(participants: Participants, here: list[Mention], position: int) -> list[Mention]:
    """The mention that begins at a position and those joined to it."""
    starting = [m for m in here if m.first == position + 1]
    if not starting:
        return []
    first = max(starting, key=lambda m: m.last)
    return [first, *(m for m in joined_to(participants, first) if m.type in ("Person", "Population"))]


def _harms(clause: Clause, mention: Mention) -> list[tuple[str, int]]:
    """The events that a count tells, each with the word of its trigger: by its own noun (قتيل), by what leads
    to it (بحياة، ضحيته، لقي … مصرعهم), or by the trigger right before it and one joined to that by و.
    """
    if mention.casualty:
        own = _KINDS.get(mention.casualty)
        return [(own, mention.first)] if own else []
    i = mention.first - 2
    while i > 0 and clause.words[i].upos == "PRON":
        i -= 1
    if i < 0:
        return []
    if _is_fatal(clause, i, mention):
        return [("Killing", i + 1)]
    found: list[tuple[str, int]] = []
    for position in (i, i - 2):
        if position < 0 or (position < i and (clause.keys[i - 1] != "و" or not found)):
            break
        if position < i and any(c.deprel.startswith("nsubj") for c in clause.children[position + 1]):
            break  # إن جنديا قتل وجرح اثنان: who was killed is named before
        found += [(type_, position + 1) for type_ in _harm_at(clause, position)]
    return found


def _harm_at(clause: Clause, position: int) -> list[str]:
    """The type of harm that the word at a position tells of people right behind it."""
    triggers = [m.trigger for m in load_triggers().lookup(clause.words[position].text)]
    types = [t.type for t in triggers if t.type in COUNTED and t.kind in ("noun", "masdar")]
    return [t for t in types[:1] if t]


def _is_fatal(clause: Clause, i: int, mention: Mention) -> bool:
    """Whether "أودى بحياة", "راح ضحية الهجوم" stands before a count, or "لقي" with "مصرعهم", "فقد" with
    "حياتهم" behind it.
    """
    behind = clause.keys[mention.last : mention.last + _REACH]
    if clause.keys[i] in function_words("meeting_death"):
        return not function_words("deaths").isdisjoint(behind)
    if clause.keys[i] in function_words("losing") or clause.keys[i - 1 : i + 1] == ["ف", "قد"]:
        near = clause.keys[mention.last - 1 : mention.last + _LIFE_REACH]
        return not function_words("lives").isdisjoint(near)
    begin = max(0, i - _VICTIM_REACH)
    for position in range(i, begin, -1):
        if clause.keys[position] in function_words("fatal_nouns"):
            # "أودى انفجار سيارة استهدف الموكب بحياة عشرة": only such a verb takes حياة by ب
            reach = _TAKEN_REACH if clause.keys[position - 1] == "ب" else _VICTIM_REACH
            verbs = function_words("fatal_verbs")
            return not verbs.isdisjoint(clause.keys[max(0, position - reach) : position])
        if clause.words[position].upos in ("VERB", "SCONJ", "PUNCT", "CCONJ"):
            break
    return False


def coalitions_against(
    reading: Reading, participants: Participants, sentence: int, drafts: list[EventDraft]
) -> list[EventDraft]:
    """ "التحالف الدولي ضد داعش": a coalition is named by whom it fights."""
    clause = participants.clauses[sentence]
    here = participants.by_sentence[sentence]
    found = []
    for position, key in enumerate(clause.keys):
        if key != "ضد" or any(
            d.sentence == sentence and d.first <= position and d.type in HOSTILE and position - d.last < 6
            for d in drafts
        ):
            continue
        enemy = next(
            (
                m
                for m in here
                if m.first in (position + 2, position + 3)
                and participants.entity(m.entity).type == "ArmedGroup"
            ),
            None,
        )
        side = next(
            (
                m
                for m in reversed(here)
                if m.last <= position
                and position - m.last <= 6
                and participants.entity(m.entity).type == "Coalition"
            ),
            None,
        )
        if enemy and side:
            status, said_by = status_of(clause, position + 1, reading.statements, masdar=False)
            enemies = (enemy.entity, *(m.entity for m in joined_to(participants, enemy)))
            roles = {"actor": (side.entity,), "recipient": enemies}
            found.append(
                EventDraft(
                    "Campaign",
                    sentence,
                    position + 1,
                    position + 1,
                    position + 1,
                    status,
                    roles,
                    "coalition against",
                    said_by,
                )
            )
    return found


def ascribed(
    reading: Reading, participants: Participants, sentence: int, drafts: list[EventDraft]
) -> list[EventDraft]:
    """ "هجوم نسبته السلطات إلى X": an attack, so an accusation. Cut off from its pronoun the verb looks like
    the noun نسبة, but no noun with a pronoun has another noun behind it.
    """
    clause = participants.clauses[sentence]
    opening = {m.first: m for m in participants.by_sentence[sentence] if m.kind != "place"}
    found: list[EventDraft] = []
    if not any(d.sentence == sentence and d.type in STRIKES for d in drafts):
        return found
    for word, after in zip(clause.words, clause.words[1:], strict=False):
        accuser = opening.get(word.index + 2)
        if clause.keys[word.index - 1] != fold("نسبة") or after.upos != "PRON" or accuser is None:
            continue
        to = clause.skip_marks(accuser.last + 1)
        accused = opening.get(to + 1)
        if accused is None or clause.keys[accuser.last] not in function_words("ascribed_to"):
            continue
        status, said_by = status_of(clause, word.index, reading.statements, masdar=False)
        roles = {"actor": (accuser.entity,), "recipient": (accused.entity,)}
        at = word.index
        found.append(EventDraft("Accusation", sentence, at, at, at, status, roles, "ascribed", said_by))
    return found
