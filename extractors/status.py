"""What a clause claims: stated, attributed, planned or denied, and who says so (the cues are data: cues.yaml).

Order of strength: denied, then planned, then attributed: a denial that is reported stays a denial.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.arguments import Clause
from extractors.base import StatementDraft
from extractors.normalise import fold
from extractors.phrases import is_mark
from extractors.reporting import load_cues

_BACK = 7
_FUTURE_PREFIX = "س"
_PURPOSE = fold("ل")
_STOPS = frozenset((".", "؛", "،", ":", "؟", "!"))


def status_of(
    clause: Clause, first: int, statements: Sequence[StatementDraft], *, masdar: bool
) -> tuple[str, str | None]:
    """The status of the event whose trigger begins at word `first`, and the speaker who says so.

    `masdar`: the trigger is a verbal noun, which after ل of purpose (لاستعادة المدينة) is planned.
    """
    said_by = speaker_of(clause.sentence.index, first, statements)
    if cue_before(clause, first, "negation"):
        return "denied", said_by
    if is_planned(clause, first, masdar=masdar):
        return "planned", said_by
    return ("attributed", said_by) if said_by else ("stated", None)


def speaker_of(sentence: int, index: int, statements: Sequence[StatementDraft]) -> str | None:
    """Who reports that word: the statement with the narrowest scope over it."""
    holding = [s for s in statements if s.contains(sentence, index)]
    return (
        min(holding, key=lambda s: sum(last - first for _, first, last in s.scope)).speaker
        if holding
        else None
    )


def is_planned(clause: Clause, first: int, *, masdar: bool) -> bool:
    """Future particles, verbs of intention and demand, conditions, and ل of purpose before the trigger."""
    position = first - 1
    before = clause.keys[position - 1] if position else ""
    if not masdar and (
        before == _FUTURE_PREFIX or (clause.sentence.words[position].xpos.startswith("F") and before == "سوف")
    ):
        return True
    if masdar and before == _PURPOSE and not _result(clause, position):
        return True
    return any(cue_before(clause, first, kind) for kind in ("future", "demand", "condition"))


def _result(clause: Clause, position: int) -> bool:
    """ل after a word of cause or of undergoing is no purpose (نتيجة ل، تعرض ل، خضع ل)."""
    earlier = clause.words[position - 2] if position >= 2 else None
    return earlier is not None and (
        earlier.upos == "VERB" or fold(earlier.text) in ("نتيجه", "نظرا", "وفقا", "تبعا", "ردا")
    )


def _near(clause: Clause, at: int, first: int) -> bool:
    """No stop and no further clause between the cue and the trigger."""
    between = clause.words[at : first - 1]
    return not any(w.text in _STOPS or (is_mark(w) and w.text not in '"«»“”()') for w in between)


def cue_before(clause: Clause, first: int, kind: str) -> bool:
    """Whether a cue of that class stands before the trigger within its clause."""
    cues = load_cues().get(kind, frozenset())
    lone = kind == "negation"
    reach = 3 if lone else _BACK
    for position in range(max(0, first - 1 - reach), first - 1):
        for cue in cues:
            if tuple(clause.keys[position : position + len(cue)]) == cue and _near(
                clause, position + len(cue), first
            ):
                verbs = sum(w.upos == "VERB" for w in clause.words[position + len(cue) : first - 1])
                if verbs == 0 or (not lone and verbs <= 1):
                    return True
    return False
