"""Who is told together with somebody: joined by و (الجيش والحشد), or singled out of a group (بينهم X، أبرزهم
Y).

Positions (`i`) count from 0, word indexes from 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import Mention
from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import QUOTES

#: How many words brackets behind a name may hold.
_BRACKETS = 6
_AND = frozenset(map(fold, ("و", "أو", "ثم")))
#: "بينهم", "من بينهم", "أبرزهم", "من ضمنهم", "منهم": what follows is part of the group before.
_INCLUSION = frozenset(map(fold, ("بين", "أبرز", "ضمن", "من")))
_THEM = frozenset(map(fold, ("هم", "هن", "ها")))


def joined_to(participants: Participants, mention: Mention) -> list[Mention]:
    """The mentions joined to one by و, and those singled out of it (بينهم, أبرزهم), in text order."""
    found: list[Mention] = []
    current = mention
    while True:
        following = _next_joined(participants, current, mention)
        if following is None or following in found:
            return found
        found.append(following)
        current = following


def _next_joined(participants: Participants, mention: Mention, first: Mention) -> Mention | None:
    clause = participants.clauses[mention.sentence]
    words, keys = clause.words, clause.keys
    i = _past_brackets(words, mention.last)
    while i < len(words) and (
        words[i].text in QUOTES
        or (words[i].upos == "ADJ" and i + 1 not in clause.named)
        or (words[i].upos == "PRON" and words[i].token == words[i - 1].token)
    ):
        i += 1  # عضوا وحارسه الشخصي وX
    comma = i < len(words) and words[i].text in ("،", ",")
    i += comma
    if comma and mention.type == "Person" and _is_glued(participants, mention.sentence, i):
        return _mention_from(participants, mention.sentence, i, mention)
    if (first.form == "group" or first.number == "p") and i < len(words):
        after = after_inclusion(keys, i) or after_inclusion(keys, _past_body(participants, mention, i))
        if after is not None:
            return _mention_from(participants, mention.sentence, after, mention)
    if i + 1 >= len(words) or keys[i] not in _AND:
        return None
    i += 1
    if keys[i] == fold("بين") or keys[i] == fold("كذلك"):
        i += 1
    return _mention_from(participants, mention.sentence, i, mention)


def after_inclusion(keys: list[str], i: int) -> int | None:
    """The position after a phrase of inclusion that begins at i, None where none does."""
    begin = i
    while i < len(keys) and keys[i] in _INCLUSION and i - begin < 2:
        i += 1
    if i > begin and i < len(keys) and keys[i] in _THEM:
        return i + 1
    return None


def _past_brackets(words: Sequence[Word], i: int) -> int:
    """The position past what brackets tell of the one named before (فلان (21 عاما)، وفلان)."""
    if i < len(words) and words[i].text == "(":
        return next((j + 1 for j in range(i, min(len(words), i + _BRACKETS)) if words[j].text == ")"), i)
    return i


def _past_body(participants: Participants, mention: Mention, i: int) -> int:
    """The position past the body or place that a group is of (ثمانية عناصر من «الفرقة 30»، بينهم X)."""
    clause = participants.clauses[mention.sentence]
    words, keys = clause.words, clause.keys
    if keys[i] not in function_words("of_or_in"):
        return i
    within = _mention_from(participants, mention.sentence, i + 1, mention)
    if within is None:
        return i
    i = within.last
    while i < len(words) - 1 and (words[i].text in QUOTES or words[i].text in ("،", ",")):
        i += 1
    return i


def _is_glued(participants: Participants, sentence: int, i: int) -> bool:
    """Whether a person's name begins at a position with its و not cut off (أحمد سالم، وعدي حسن)."""
    clause = participants.clauses[sentence]
    key = clause.keys[i] if i < len(clause.keys) else ""
    known = load_gazetteer().is_first_name
    return i + 1 in clause.people and key[:1] == "و" and known(key[1:]) and not known(key)


def _mention_from(
    participants: Participants, sentence: int, position: int, mention: Mention
) -> Mention | None:
    """The outermost mention that begins at a position, of the same sort as the one it is joined to."""
    words = participants.clauses[sentence].words
    while position < len(words) and words[position].text in QUOTES:
        position += 1
    starting = [m for m in participants.by_sentence[sentence] if m.first == position + 1]
    if not starting:
        return None
    best = max(starting, key=lambda m: m.last)
    tied = [m for m in participants.by_sentence[sentence] if mention.tie < m.first <= mention.last]
    if mention.tie and tied and tied[0].type == best.type:
        return None  # القوات المدعومة من روسيا وإيران: joined to what the participle ties it to
    same = (best.kind == "place") == (mention.kind == "place") or "state" in (best.kind, mention.kind)
    return best if same else None
