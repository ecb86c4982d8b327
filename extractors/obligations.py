"""Who ought to do something, as somebody says: "وعلى إيران أن تنسحب", "يجب أن توقف أنقرة القصف".

It is a demand of who says so. The same shapes name whom a verb of demanding asks, where it has no object of
its own: "شدد على ضرورة التزام الأطراف", "طالب بأن تنسحب إسرائيل".
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import EventDraft, Mention, Reading
from extractors.clause import Clause
from extractors.coordination import joined_to
from extractors.lexicon_words import function_words
from extractors.participants import Participants
from extractors.phrases import QUOTES, is_mark
from extractors.status import speaker_of
from extractors.type_groups import SPEAKERS

#: Who can be told what he ought to do; unnamed people are rather those for whom it is to be done.
_OBLIGED = SPEAKERS - {"MediaOutlet"}
#: How far behind a demand what is demanded may begin.
_REACH = 9


def obligations(
    reading: Reading, participants: Participants, sentence: int, drafts: Sequence[EventDraft]
) -> list[EventDraft]:
    """The demands that a sentence tells by an obligation of somebody."""
    clause = participants.clauses[sentence]
    found: list[EventDraft] = []
    for at, mention in [*_upon(participants, sentence), *_must(participants, sentence)]:
        if participants.entity(mention.entity).type not in _OBLIGED:
            continue
        asked = [mention, *joined_to(participants, mention)]
        speaker = speaker_of(sentence, mention.first, reading.statements)
        upon, last = clause.keys[at] == "علي", max(m.last for m in asked)
        if speaker is None or (upon and not (_ought(clause, last) or _ought_deed(clause, at, last))):
            continue
        recipients = tuple(dict.fromkeys(m.entity for m in asked if m.entity != speaker))
        if recipients and not any(d.sentence == sentence and d.first == at + 1 for d in (*drafts, *found)):
            roles = {"actor": (speaker,), "recipient": recipients}
            found.append(
                EventDraft("Demand", sentence, at + 1, at + 1, at + 1, "stated", roles, "obligation")
            )
    return found


def _upon(participants: Participants, sentence: int) -> list[tuple[int, Mention]]:
    """ "على الحكومة أن …": the positions of على, each with whom it names."""
    clause = participants.clauses[sentence]
    found = []
    for mention in participants.by_sentence[sentence]:
        at = mention.first - 2
        while at > 0 and clause.words[at].text in QUOTES:
            at -= 1
        if at >= 0 and clause.keys[at] == "علي" and _opens(clause, at):
            found.append((at, mention))
    return found


def _must(participants: Participants, sentence: int) -> list[tuple[int, Mention]]:
    """ "يجب أن تنسحب إيران": the positions of words of obligation, each with the subject of what must be."""
    clause = participants.clauses[sentence]
    found = []
    for at, key in enumerate(clause.keys):
        if key in function_words("obligation") and at + 1 < len(clause.words):
            subject = required(participants, sentence, at + 1)
            if subject is not None and participants.entity(subject.entity).type != "Population":
                found.append((at, subject))
    return found


def required(participants: Participants, sentence: int, at: int) -> Mention | None:
    """The subject of the verb behind أن at a position ("أن تنسحب القوات"), or of the noun of doing there
    ("قيام الحكومة ب"); None where nobody is named right behind it.
    """
    clause = participants.clauses[sentence]
    if at >= len(clause.words):
        return None
    if clause.keys[at] in function_words("that"):
        at += 1
        while at < len(clause.words) and clause.keys[at] in function_words("negations"):
            at += 1
        if at >= len(clause.words) or clause.words[at].upos not in ("VERB", "NOUN"):
            return None
        if not clause.keys[at].startswith(("ي", "ت")) or clause.keys[at] in function_words("being"):
            return None
    elif clause.keys[at] not in function_words("undertaking"):
        return None
    behind = clause.skip_marks(at + 1)
    while behind < len(clause.words) and clause.keys[behind] in function_words("quantifiers"):
        behind += 1
    opening = [m for m in participants.by_sentence[sentence] if m.first == behind + 1 and m.kind != "place"]
    return max(opening, key=lambda m: m.last, default=None)


def required_behind(participants: Participants, sentence: int, begin: int) -> Mention | None:
    """Who is to do what a demand that ends before position `begin` asks for (طالب … بأن تنسحب إسرائيل)."""
    clause = participants.clauses[sentence]
    for at in range(begin, min(len(clause.words), begin + _REACH)):
        word = clause.words[at]
        if word.upos == "VERB" or (is_mark(word) and word.text not in QUOTES):
            return None
        led = clause.keys[at - 1] in ("ب", "الي", "علي") or clause.keys[at - 1] in function_words(
            "modalities"
        )
        if led and (subject := required(participants, sentence, at)) is not None:
            return subject
    return None


def _opens(clause: Clause, at: int) -> bool:
    """Whether على begins a clause: no verb or noun before it takes it."""
    before = at - 1
    while before >= 0 and (clause.words[before].text in QUOTES or clause.words[before].upos == "PRON"):
        before -= 1
    if before < 0 or is_mark(clause.words[before]) or clause.words[before].text == ":":
        return True
    key = clause.keys[before]
    if key in function_words("that"):
        return True
    return key in ("و", "ف", "لكن", "بل") and (before == 0 or is_mark(clause.words[before - 1]))


def _ought(clause: Clause, last: int) -> bool:
    """Whether أن and a verb of the present stand right behind the word at `last`."""
    i = last
    while i < len(clause.words) and (clause.words[i].text in QUOTES or clause.words[i].upos == "ADJ"):
        i += 1
    return (
        i + 1 < len(clause.words)
        and clause.keys[i] in ("ان", "الا")
        and clause.words[i + 1].upos in ("VERB", "PART")
    )


def _ought_deed(clause: Clause, at: int, last: int) -> bool:
    """Whether أن stands right before على at position `at` and a noun, which names the deed, behind the word
    at `last` (إن على تركيا احترام سيادة جيرانها).
    """
    after_that = at > 0 and clause.keys[at - 1] in function_words("that")
    return after_that and last < len(clause.words) and clause.words[last].upos == "NOUN"
