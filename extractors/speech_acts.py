"""What statements and acts of speech tell of each other: who demands, whose request is answered, whose claim
is denied, who is judged by a deed told elsewhere.

"وافقت إسرائيل على طلب مصر" tells that Egypt had asked Israel; "نفت الوزارة ذلك" contradicts who spoke before;
"كشفت تحقيقات النيابة أن المتهم …" accuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import EventDraft, Reading, StatementDraft
from extractors.clause import Clause
from extractors.lexicon_words import function_words, transparent
from extractors.participants import Participants
from extractors.referents import resolve
from extractors.status import speaker_of, status_of
from extractors.type_groups import ATTACKS, HARM, STANCES
from extractors.verb_arguments import verb_slots

#: Who can be accused by an inquiry.
_ACCUSED = frozenset({"Person", "Population", "ArmedGroup"})
#: How far behind a verb what it denies stands, and behind a condemnation the deed.
_NEAR, _DEED = 4, 9


def of_speakers(events: Sequence[EventDraft], reading: Reading) -> list[EventDraft]:
    """An act done by a verb of saying is done by its speaker, where the verb's own words give no doer or take
    him for the one it is done to ("أبو مازن يدعو إلى …"; "واتهم حماس بخطف …").
    """
    made = {(s.sentence, s.cue.index): s for s in reading.statements if s.speaker}
    out = []
    for event in events:
        statement = made.get((event.sentence, event.first))
        if statement is None or event.type not in STANCES:
            out.append(event)
            continue
        speaker = statement.speaker
        assert speaker is not None
        actors, recipients = event.roles.get("actor", ()), event.roles.get("recipient", ())
        if speaker not in actors and (not actors or speaker in recipients):
            theirs = tuple(r for r in (*actors, *recipients) if r != speaker)
            event = replace(event, roles={**event.roles, "actor": (speaker,), "recipient": theirs})
        elif (
            speaker not in actors and statement.stance == "accuses" and _is_accused(event, reading, actors[0])
        ):
            event = replace(event, roles={**event.roles, "actor": (speaker,), "recipient": actors})
        out.append(event)
    return out


def _is_accused(event: EventDraft, reading: Reading, entity: str) -> bool:
    """Whether the entity stands right behind an accusing verb and ب behind it: whom it accuses."""
    words = reading.document.sentences[event.sentence].words
    return any(
        m.entity == entity
        and m.first == event.last + 1
        and [w.text for w in words[m.last : m.last + 1]] == ["ب"]
        for m in reading.in_sentence(event.sentence)
    )


def inquiries(reading: Reading, participants: Participants, sentence: int) -> list[EventDraft]:
    """ "كشفت تحقيقات النيابة أن المتهم …": who inquires accuses the people of whom it is told."""
    clause = participants.clauses[sentence]
    found = []
    for statement in reading.statements:
        if statement.sentence != sentence or statement.speaker is None or not statement.scope:
            continue
        cue = statement.cue.index
        near = clause.keys[max(0, cue - 7) : cue + 1]
        if transparent("inquiries").isdisjoint(near) or statement.stance not in ("asserts", "neutral"):
            continue
        _, first, last = statement.scope[0]
        opening = [
            m
            for m in participants.by_sentence[sentence]
            if first <= m.first <= min(first + 2, last) and participants.entity(m.entity).type in _ACCUSED
        ]
        if not opening:
            continue
        told = next((m for m in opening if m.form == "name"), opening[0])
        if told.entity != statement.speaker:
            roles = {"actor": (statement.speaker,), "recipient": (told.entity,)}
            status, _ = status_of(clause, cue, (), masdar=False)
            found.append(EventDraft("Accusation", sentence, cue, cue, cue, status, roles, "inquiry"))
    return found


def of_answers(
    events: Sequence[EventDraft], reading: Reading, participants: Participants
) -> list[EventDraft]:
    """ "وافقت إسرائيل على طلب مصر", "يدرس البنتاغون مطالب الأكراد": who answers a request was asked; who
    grants it agrees with who asked.
    """
    out = list(events)
    for i, event in enumerate(events):
        askers = event.roles.get("actor", ())
        if event.type != "Demand" or not askers or event.roles.get("recipient"):
            continue
        clause = participants.clauses[event.sentence]
        verb = clause.governing_verb(event.first)
        if (
            verb is None
            or clause.word(event.first).upos != "NOUN"
            or not (event.first - 5 < verb < event.first or _is_object(clause, verb, event.first))
        ):
            continue
        at = next((j for j, e in enumerate(out) if e.sentence == event.sentence and e.first == verb), None)
        if at is not None and out[at].type in ("Agreement", "Rejection"):
            answerers = out[at].roles.get("actor", ())
            if out[at].type == "Agreement" and answerers and not out[at].roles.get("recipient"):
                out[at] = replace(out[at], roles={**out[at].roles, "recipient": askers})
        elif clause.keys[verb - 1] in function_words("answering"):
            answerers = _subjects(reading, participants, event.sentence, verb)
        else:
            continue
        answerers = tuple(a for a in answerers if a not in askers)
        out[i] = replace(event, roles={**event.roles, "recipient": answerers}, rule=f"{event.rule} < answer")
    return out


def _is_object(clause: Clause, verb: int, index: int) -> bool:
    """Whether a noun is the object of a verb with its subject between (رفض فلان دعوة بغداد)."""
    return verb < index and index in verb_slots(clause, verb).get("obj")


def _subjects(reading: Reading, participants: Participants, sentence: int, verb: int) -> tuple[str, ...]:
    """The subject of a verb; of one that leaves it out, who speaks."""
    clause = participants.clauses[sentence]
    for filler in verb_slots(clause, verb).get("subj"):
        if clause.word(filler).upos != "PRON" and (
            entity := resolve(participants, sentence, filler, places=False)
        ):
            return (entity,)
    speaker = speaker_of(sentence, verb, reading.statements)
    return (speaker,) if speaker else ()


def of_denials(
    events: Sequence[EventDraft], reading: Reading, participants: Participants
) -> list[EventDraft]:
    """ "نفت الوزارة ذلك", "وهو ما تنفيه أنقرة": who said it before is contradicted."""
    out = []
    for event in events:
        actors = event.roles.get("actor", ())
        if event.type == "Rejection" and actors and not event.roles.get("recipient"):
            keys = participants.clauses[event.sentence].keys
            if _points_back(keys, event) and (said := _last_said(event, reading, actors)):
                assert said.speaker is not None
                roles = {**event.roles, "recipient": (said.speaker,)}
                event = replace(event, roles=roles, rule=f"{event.rule} < said before")
        out.append(event)
    return out


def _points_back(keys: Sequence[str], event: EventDraft) -> bool:
    behind = keys[event.last : event.last + _NEAR]
    before = keys[max(0, event.first - 3) : event.first - 1]
    return not function_words("what_was_said").isdisjoint(behind) or list(before) == ["هو", "ما"]


def _last_said(event: EventDraft, reading: Reading, actors: Sequence[str]) -> StatementDraft | None:
    """The last statement before the event, of another than its doers, in its sentence or the one before."""
    earlier = [
        s
        for s in reading.statements
        if s.speaker
        and (event.sentence - 1, 0) <= (s.sentence, s.cue.index) < (event.sentence, event.first)
        and s.speaker not in actors
        and reading.entities[s.speaker].type != "MediaOutlet"
    ]
    return earlier[-1] if earlier else None


def of_condemned_deeds(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """Who condemns a deed condemns its doer, though another sentence tells who that is (أدانت مصر القصف)."""
    out = list(events)
    for i, event in enumerate(events):
        if event.type != "Condemnation" or event.roles.get("recipient") or not event.roles.get("actor"):
            continue
        if participants.clauses[event.sentence].word(event.first).upos != "VERB":
            continue
        deeds = [
            e
            for e in events
            if e.sentence == event.sentence and event.last < e.first and e.type in ATTACKS | HARM
        ]
        deed = min(deeds, key=lambda e: e.first, default=None)
        if deed is not None and deed.roles.get("actor") and deed.first - event.last <= _DEED:
            doers = tuple(d for d in deed.roles["actor"] if d not in event.roles["actor"])
            out[i] = replace(
                event,
                roles={**event.roles, "recipient": doers},
                status="inferred" if deed.chain and event.status == "stated" else event.status,
                chain=event.chain or deed.chain,
                rule=f"{event.rule} < doer of {deed.type}",
            )
    return out
