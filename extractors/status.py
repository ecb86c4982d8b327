"""What a clause claims: stated, attributed, planned or denied, and who says so.

Order of strength: denied, then planned, then attributed: a denial that is reported stays a denial.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from extractors.base import StatementDraft
from extractors.clause import Clause
from extractors.cues import Cue, load_cues
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import RELATIVES
from extractors.triggers import load_triggers

_FUTURE_PREFIX = "س"
_PURPOSE = "ل"
#: What has not happened, as far as the article tells.
UNREAL = frozenset({"planned", "denied"})
#: Before a verb of the present "may", before one of the past it makes it certain.
_MAY = "قد"
_STOPS = frozenset((".", "؛", "،", ",", ":", "؟", "!"))
_CAUSES = frozenset(map(fold, ("نتيجة", "نظرا", "وفقا", "تبعا", "ردا", "طبقا", "خلافا")))
#: Whose noun takes by ل the deed that is judged.
_JUDGING = frozenset({"Condemnation", "Rejection"})
#: How many words a cue may stand before what it governs.
_PARTICLE_REACH = {"negation": 3}
_REACH = 6
_NOUN_REACH = 3
_ORDER = ("stated", "attributed", "planned", "denied")


def status_of(
    clause: Clause, first: int, statements: Sequence[StatementDraft], *, masdar: bool
) -> tuple[str, str | None]:
    """The status of the event whose trigger begins at word `first`, and the speaker who says so.

    `masdar`: the trigger is a verbal noun, which after ل of purpose (لاستعادة المدينة) is planned.
    """
    said_by = speaker_of(clause.sentence.index, first, statements)
    found = [status for status in cue_statuses(clause, first, masdar=masdar) if status in _ORDER]
    if any(s.contains(clause.sentence.index, first) for s in statements):
        found.append("attributed")
    return max(found, key=_ORDER.index, default="stated"), said_by


def speaker_of(sentence: int, index: int, statements: Sequence[StatementDraft]) -> str | None:
    """Who reports that word: the statement with the narrowest scope over it."""
    holding = [s for s in statements if s.contains(sentence, index)]
    return min(holding, key=_width).speaker if holding else None


def is_presupposed(clause: Clause, first: int) -> bool:
    """Whether the event at word `first` only dates another (قال إن … بعد هجوم شنه X، منذ أن سيطر X): its
    hearers know it already, it is not what the speaker reports.
    """
    before = first - 2
    if before > 0 and clause.keys[before] in function_words("that"):
        before -= 1
    return before >= 0 and clause.keys[before] in function_words("since")


def weaker(one: str, other: str) -> str:
    """The status of what depends on both: denied over planned over inferred over attributed over stated."""
    order = ("stated", "attributed", "inferred", "planned", "denied")
    return max(one, other, key=order.index)


def of_harm(harm: str, cause: str) -> str:
    """The status of harm with the doer of its cause: what a source says stays his word, where only the doer
    of the cause is known from elsewhere.
    """
    return "attributed" if (harm, cause) == ("attributed", "inferred") else weaker(harm, cause)


def _width(statement: StatementDraft) -> int:
    return sum(last - first for _, first, last in statement.scope)


def cue_statuses(clause: Clause, first: int, *, masdar: bool) -> list[str]:
    """The statuses that the cues before a trigger lead to."""
    found: list[str] = []
    position = first - 1
    before = clause.keys[position - 1] if position else ""
    if not masdar and before == _FUTURE_PREFIX:
        found.append("planned")
    if before == _MAY and clause.words[position].feats.get("Aspect") == "Imp":
        found.append("planned")
    if masdar and before == _PURPOSE and not _of_cause(clause, position):
        found.append("planned")
    governing = _governing(clause, position)
    if masdar and (other := _joined_before(clause, first)) is not None:
        governing |= _governing(clause, other - 1)
    return found + [cue.status for cue in load_cues() if cue.name in governing]


def _joined_before(clause: Clause, first: int) -> int | None:
    """The verbal noun that the tree joins one to by و, which shares what governs it (تعهد بشن هجمات وقتل
    رعاياها).
    """
    word = clause.word(first)
    before = clause.keys[max(0, first - 3) : first - 1]
    if not word.deprel.startswith("conj") or "و" not in before or not word.head:
        return None
    readings = load_triggers().lookup(clause.word(word.head).text)
    joined = word.head < first and any(m.trigger.kind in ("masdar", "light") for m in readings)
    return word.head if joined and clause.word(word.head).upos != "VERB" else None


@lru_cache(maxsize=64)
def _particles(keys: tuple[str, ...]) -> tuple[dict[str, int], ...]:
    """For each position of a sentence the classes of which a particle begins there, with its length. The
    events of a sentence ask for the same.
    """
    openings = _openings()
    return tuple(
        {cue.name: length for cue in openings.get(key[:2], ()) if (length := cue.particle_at(keys, i))}
        for i, key in enumerate(keys)
    )


@cache
def _openings() -> dict[str, list[Cue]]:
    """First letters of particles -> the classes of cues that have such."""
    found: dict[str, list[Cue]] = defaultdict(list)
    for cue in load_cues():
        for opening in cue.openings:
            found[opening].append(cue)
    return dict(found)


def _insides(clause: Clause, position: int) -> frozenset[int]:
    """The positions before one that continue a mention."""
    return frozenset(
        i for first, last in clause.phrases.items() if last <= position for i in range(first, last)
    )


def _of_cause(clause: Clause, position: int) -> bool:
    """ل after a word of cause or of undergoing is no purpose (نتيجة ل، تعرض ل، خضع ل), nor is it after a noun
    of what is said of a deed (إدانتها لقصف X).
    """
    if position < 2:
        return False
    before = position - 2
    if clause.words[before].upos == "VERB":
        readings = load_triggers().lookup(clause.words[before].text)
        return not readings or any("ل" in m.trigger.frame for m in readings)  # not يقاتل لاستعادة المدينة
    if clause.keys[before] in _CAUSES:
        return True
    if clause.words[before].upos == "PRON":
        before -= 1
    return any(
        m.trigger.kind in ("noun", "masdar") and m.trigger.type in _JUDGING
        for m in load_triggers().lookup(clause.words[before].text)
    )


def _governing(clause: Clause, position: int) -> set[str]:
    """The classes of cues of which a word stands near enough before the position to govern it: in its clause,
    up to the verb before it.
    """
    found: set[str] = set()
    particles, nouns, verbs = _particles(tuple(clause.keys)), _cue_words("nouns"), _cue_words("verbs")
    steps = 0  # words up to the verb, a name or other mention counted as one
    inside = _insides(clause, position)
    named = {i for i in inside if any(f <= i < la for f, la in clause.phrases.items() if f in clause.named)}
    for i in range(position - 1, -1, -1):
        word, key, distance = clause.words[i], clause.keys[i], position - i
        steps += i not in inside
        if i in named:
            continue  # أطباء بلا حدود
        if key in function_words("comment") and i < position - 1:
            break  # رفض التعليق على الغارة: there was one, whoever says nothing of it
        if word.text in _STOPS or key in RELATIVES or steps > _REACH + 3:
            break  # what a relative clause tells of somebody is so, whatever is planned with him
        for name, length in particles[i].items() if i not in inside else ():
            if distance - length < _PARTICLE_REACH.get(name, _REACH):
                found.add(name)
        if word.upos in ("NOUN", "ADJ", "X") and distance <= _NOUN_REACH:
            found.update(nouns.get(key, ()))
        if word.upos == "VERB" and key not in function_words("auxiliaries"):
            if steps <= _REACH:
                found.update(verbs.get(key, ()))
            break
    return found


@cache
def _cue_words(kind: str) -> dict[str, list[str]]:
    """Look-up key -> the classes of cues that have it among their nouns, or verbs."""
    found: dict[str, list[str]] = defaultdict(list)
    for cue in load_cues():
        for key in cue.nouns if kind == "nouns" else cue.verbs:
            found[key].append(cue.name)
    return dict(found)
