"""Counts of people killed, wounded, captured, abducted, missing, displaced, found dead: from events of harm.

A count is stated once for each event and victim; named people count as one each. Counts of different events
are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import CasualtyDraft, EventDraft, Mention, Reading
from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.quantities import Counts

#: Event type -> kind of casualty of its recipients.
KINDS = {"Killing": "killed", "Wounding": "wounded", "Arrest": "captured", "Abduction": "abducted"}


_TOLL_REACH = 9


class CountCasualties:
    """Fills `casualties`."""

    name = "casualties"
    requires = frozenset({"events", "mentions", "entities"})
    assigns = frozenset({"casualties"})

    def __call__(self, reading: Reading) -> Reading:
        return replace(reading, casualties=tuple(_count(reading)))


def _count(reading: Reading) -> list[CasualtyDraft]:
    participants = Participants(reading)
    found: list[CasualtyDraft] = []
    told: set[tuple[str, str, int, int | None]] = set()

    def add(kind: str, mention: Mention, event: EventDraft | None, number: int | None, rule: str) -> None:
        low, high = _numbers(mention)
        key = (kind, mention.entity, low, high)
        if key in told:
            return
        told.add(key)
        by = next(iter(event.roles.get("actor", ())), None) if event else None
        found.append(
            CasualtyDraft(
                kind,
                low,
                high,
                mention.entity,
                by,
                mention.sentence,
                mention.first,
                mention.last,
                number,
                rule,
            )
        )

    for number, event in enumerate(reading.events):
        kind = KINDS.get(event.type)
        if kind is None or event.status in ("planned", "denied"):
            continue
        for victim in event.roles.get("recipient", ()):
            mention = _told_here(participants, victim, event)
            if mention is not None and _countable(reading, mention, kind):
                add(kind, mention, event, number, f"recipient of {event.type}")
    for mention in reading.mentions:
        if mention.casualty and mention.quantity and mention.casualty not in KINDS.values():
            add(mention.casualty, mention, None, None, "noun of casualty")
    return [*found, *_tolls(reading, told)]


def _tolls(reading: Reading, told: set[tuple[str, str, int, int | None]]) -> list[CasualtyDraft]:
    """ "عدد القتلى بلغ 1332", "ارتفعت حصيلة الجرحى إلى 40": a toll and its number, apart in the sentence."""
    gazetteer = load_gazetteer()
    found = []
    for sentence in reading.document.sentences:
        counts = Counts(sentence.words)
        here = reading.in_sentence(sentence.index)
        for i, word in enumerate(sentence.words):
            match = gazetteer.head(word.text)
            kind = match.head.casualty if match else None
            if (
                kind is None
                or match is None
                or match.number != "p"
                or counts.before(i)[0]
                or not _is_toll(sentence.words, i)
            ):
                continue
            for at in range(i + 1, min(len(sentence.words), i + _TOLL_REACH)):
                quantity = counts.beginning(at)
                if quantity is None or quantity.min < 2:
                    continue
                counted = next((m for m in here if m.quantity and m.first == at + 1), None)
                victim = counted or next((m for m in here if m.first <= i + 1 <= m.last), None)
                key = (kind, victim.entity if victim else "", quantity.min, quantity.max)
                if key not in told:
                    told.add(key)
                    entity = victim.entity if victim else None
                    found.append(
                        CasualtyDraft(
                            kind,
                            quantity.min,
                            quantity.max,
                            entity,
                            None,
                            sentence.index,
                            i + 1,
                            at + quantity.length,
                            None,
                            "toll",
                        )
                    )
                break
    return found


def _is_toll(words: Sequence[Word], i: int) -> bool:
    return any(fold(w.text) in function_words("tolls") for w in words[max(0, i - 3) : i])


def _told_here(participants: Participants, victim: str, event: EventDraft) -> Mention | None:
    """The victim's mention in the event's sentence that has a number, else the nearest."""
    here = [m for m in participants.by_sentence[event.sentence] if m.entity == victim]
    counted = [m for m in here if m.quantity]
    nearest = sorted(counted or here, key=lambda m: abs(m.first - event.first))
    return nearest[0] if nearest else None


def _countable(reading: Reading, mention: Mention, kind: str) -> bool:
    """People only: groups and persons, not bodies or places; an uncounted group only where described."""
    type_ = reading.entities[mention.entity].type
    if mention.quantity is None and (
        mention.casualty or fold(mention.span.text.split()[0]) in function_words("tolls")
    ):
        return False
    return type_ in ("Person", "Population") and not (
        type_ == "Population" and mention.quantity is None and mention.form == "description"
    )


def _numbers(mention: Mention) -> tuple[int, int | None]:
    """(min, max): the count as said; one for a person; two and more for a group without a number."""
    if mention.quantity is not None:
        return mention.quantity.min, mention.quantity.max
    if mention.type == "Person" or mention.number == "s":
        return 1, 1
    return (2, 2) if mention.number == "d" else (2, None)
