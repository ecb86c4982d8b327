"""Forces abroad: "القوات الأميركية في أفغانستان", "بعثة الاتحاد الأفريقي العاملة في الصومال".

Soldiers of one country, or of several, that are told with the ground of another are deployed there, whatever
else the sentence says of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import EventDraft, Mention, Reading
from extractors.clause import Clause
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import QUOTES
from extractors.status import speaker_of
from extractors.type_groups import MOVEMENTS

_RULE = "forces abroad"
_FORCE = "MilitaryForce"
_IN = fold("في")
#: Stands for "of several countries" among the codes of countries.
_OF_SEVERAL = "*"


def forces_abroad(
    reading: Reading, participants: Participants, sentence: int, drafts: Sequence[EventDraft]
) -> list[EventDraft]:
    """The deployments that a sentence tells by naming forces with the ground of another country."""
    clause = participants.clauses[sentence]
    coming = any(d.sentence == sentence and d.type in MOVEMENTS for d in drafts)
    found: list[EventDraft] = []
    here = participants.by_sentence[sentence]
    for mention in here:
        if coming or not _are_forces(clause, mention):
            continue
        if any(m.type == "Person" and m.covers(mention.first) and m != mention for m in here):
            continue  # التقى قائد القوات الأميركية في بغداد الرئيس: where they met
        ground = _ground(participants, clause, mention)
        homes = _homes(participants, clause, mention)
        country = _country(ground) if ground else None
        if ground is None or country is None or not homes or country in homes:
            continue
        reported = any(s.contains(sentence, mention.first) for s in reading.statements)
        at = mention.head
        found.append(
            EventDraft(
                "Deployment",
                sentence,
                at,
                at,
                at,
                "attributed" if reported else "stated",
                {"actor": (mention.entity,), "recipient": (ground.entity,)},
                _RULE,
                speaker_of(sentence, mention.first, reading.statements),
            )
        )
    return found


def _are_forces(clause: Clause, mention: Mention) -> bool:
    """Whether a mention names a force, or unnamed soldiers."""
    if mention.type in (_FORCE, "Coalition"):
        return True
    if mention.quantity and not function_words("stationed").intersection(
        clause.keys[mention.first - 1 : mention.last + 1]
    ):
        return False  # قُتل ثلاثة جنود في سوريا: where it happened
    heads = (load_gazetteer().head(w.text) for w in clause.words[mention.first - 1 : mention.last])
    return mention.type == "Population" and any(h and h.head.member_of == _FORCE for h in heads)


def _ground(participants: Participants, clause: Clause, mention: Mention) -> Mention | None:
    """The place in which the words of a mention, or those right behind it, put the forces."""
    i = mention.first
    while i < len(clause.words) and (i < mention.last or clause.words[i].text in QUOTES):
        if clause.keys[i] == _IN:
            break
        i += 1
    if clause.keys[i : i + 1] and clause.keys[i] in function_words("stationed"):
        i += 1
    if clause.keys[i : i + 1] != [_IN]:
        return None
    at = clause.skip_marks(i + 1) + 1
    here = [m for m in participants.by_sentence[mention.sentence] if m.first == at and m.kind != "actor"]
    return max(here, key=lambda m: m.last, default=None)


def _country(ground: Mention) -> str | None:
    """The code of the country of a known place or state."""
    gazetteer = load_gazetteer()
    known = gazetteer.actors.get(ground.key or "") or gazetteer.places.get(ground.key or "")
    return known.country if known else None


def _homes(participants: Participants, clause: Clause, mention: Mention) -> set[str]:
    """The codes of the countries whose the forces are: by the adjective in their name, or as is known of
    them; `_OF_SEVERAL` of a coalition or of forces called foreign. Empty where it is not told.
    """
    gazetteer = load_gazetteer()
    keys = clause.keys[mention.first - 1 : mention.core]
    if function_words("foreign").intersection(keys) or mention.type == "Coalition":
        return {_OF_SEVERAL}
    nisbas = [n.key for key in keys if (n := gazetteer.nisba(key))]
    known = [k for key in (mention.key, *nisbas) if (k := gazetteer.actors.get(key or ""))]
    if any(k.type in ("Coalition", "Organization") for k in known):
        return {_OF_SEVERAL}
    return {k.country for k in known if k.country}
