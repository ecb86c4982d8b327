"""Who fights on one side: "يقاتل حزب الله إلى جانب الجيش", "شريك واشنطن في المعركة ضد داعش"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import EventDraft
from extractors.coordination import joined_to
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.referents import resolve, resolve_mention
from extractors.type_groups import FIGHTERS

#: How far behind a verb of fighting "إلى جانب" may stand, and a fight behind the word of cooperation.
_REACH = 7
#: What two forces may do together, and who does such.
_OF_WAR = frozenset({"Capture", "Campaign", "ArmedAttack"})


def alongside(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """Who fights at somebody's side, or with him where the frame says so, cooperates with him."""
    found = []
    for event in events:
        doers = event.roles.get("actor", ())
        if event.type != "Campaign" or event.bare or not doers:
            continue
        others = event.roles.get("partner", ()) or tuple(_beside(event, participants))
        others = tuple(o for o in others if o not in doers)
        if others:
            roles = {"actor": doers, "recipient": others}
            rule = f"{event.rule} + alongside"
            found.append(replace(event, type="Cooperation", roles=roles, rule=rule, also=()))
    return found


def acting_together(events: Sequence[EventDraft], participants: Participants) -> list[EventDraft]:
    """Two forces joined as the doers of one act of war cooperate: انتزع الجيش والمقاومة المدينة."""
    found = []
    for event in events:
        doers = event.roles.get("actor", ())
        if event.type not in _OF_WAR or event.status not in ("stated", "attributed") or len(doers) != 2:
            continue
        if any(participants.entity(d).type not in FIGHTERS for d in doers):
            continue
        here = [m for m in participants.by_sentence[event.sentence] if m.entity == doers[0]]
        if any(m.entity == doers[1] for first in here for m in joined_to(participants, first)):
            roles = {"actor": doers[:1], "recipient": doers[1:]}
            rule = f"{event.rule} + acting together"
            found.append(
                replace(
                    event,
                    type="Cooperation",
                    status="inferred",
                    roles=roles,
                    rule=rule,
                    also=(),
                    codable=False,
                )
            )
    return found


def _beside(event: EventDraft, participants: Participants) -> list[str]:
    """Whom "إلى جانب" names behind the trigger, in its clause."""
    clause = participants.clauses[event.sentence]
    for i in range(event.last, min(len(clause.words) - 1, event.last + _REACH)):
        word = clause.words[i]
        if word.upos in ("VERB", "SCONJ") or word.text in (".", "؛", ":"):
            return []
        if clause.keys[i] in function_words("beside") and clause.keys[i - 1] == "الي":
            at = clause.skip_marks(i + 1)
            ally = resolve(participants, event.sentence, at + 1, places=False)
            mention = resolve_mention(participants, event.sentence, at + 1, places=False)
            joined = joined_to(participants, mention) if mention is not None else []
            return [ally, *(m.entity for m in joined)] if ally else []
    return []


def joint_fights(events: list[EventDraft], participants: Participants) -> list[EventDraft]:
    """A fight without a doer in which two are said to be partners is theirs: تعاون A مع B في الحرب على C."""
    out = list(events)
    for i, fight in enumerate(events):
        if fight.type != "Campaign" or fight.roles.get("actor") or not fight.roles.get("recipient"):
            continue
        keys = participants.clauses[fight.sentence].keys
        if keys[fight.first - 2 : fight.first - 1] != ["في"]:
            continue
        for union in events:
            parties = (*union.roles.get("actor", ()), *union.roles.get("recipient", ()))
            near = union.sentence == fight.sentence and 0 < fight.first - union.last <= _REACH
            bodies = all(participants.entity(p).type != "Person" for p in parties)
            if union.type == "Cooperation" and near and bodies and len(parties) > 1:
                enemies = tuple(r for r in fight.roles["recipient"] if r not in parties)
                roles = {**fight.roles, "actor": parties, "recipient": enemies}
                out[i] = replace(fight, roles=roles, rule=f"{fight.rule} < partners")
                break
    return out
