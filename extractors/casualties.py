"""Counts of people killed, wounded, captured, abducted, missing, displaced, found dead: from events of harm,
from tolls (`extractors.tolls`), and from those singled out of a count (بينهم ثلاثة أطفال).

A count is stated once for each event and victim; named people count as one each. Counts of different events
are never added up. A number that killed and wounded share (25 بين قتيل وجريح) says of each that it is 1..25.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.base import CasualtyDraft, EventDraft, Mention, Reading
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import definite
from extractors.status import UNREAL, status_of
from extractors.tolls import Toll, shared_counts, tolls_of
from extractors.type_groups import KINDS
from extractors.victims import singled_out, told_here

_HURT = frozenset({"killed", "wounded"})
_UNCOUNTED = "victims uncounted"
#: From this number on, an equal count of another sentence is the same one told again.
_TELLING = 3


class CountCasualties:
    """Fills `casualties`."""

    name = "casualties"
    requires = frozenset({"events", "mentions", "entities"})
    assigns = frozenset({"casualties"})

    def __call__(self, reading: Reading) -> Reading:
        return replace(reading, casualties=tuple(_Counter(reading).run()))


class _Counter:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.participants = Participants(reading)
        self.found: list[CasualtyDraft] = []

    def run(self) -> list[CasualtyDraft]:
        """The rows of the article: of events, of nouns, of tolls."""
        sentences = self.reading.document.sentences
        shared = [s for sentence in sentences for s in shared_counts(self.reading, sentence)]
        untold: dict[
            tuple[str, ...], int
        ] = {}  # those arrested of a count who are not named yet, by the doers
        for number, event in enumerate(self.reading.events):
            kind = KINDS.get(event.type)
            if kind is None or event.status in ("planned", "denied"):
                continue
            for victim in event.roles.get("recipient", ()):
                mention = told_here(self.participants, victim, event)
                if mention is not None and event.type == "Arrest" and _is_of_count(mention, event, untold):
                    continue
                if mention is not None and not any(mention in (s.counted, s.noun) for s in shared):
                    self._victim(kind, mention, number, event)
        for mention in self.reading.mentions:
            kind = mention.casualty or self._undergone(mention)
            if mention.quantity and (other := self._joined_harm(mention)):
                self._add(kind=other, mention=mention, rule="shared by killed and wounded")
            if kind and mention.quantity and kind not in KINDS.values():
                self._add(kind=kind, mention=mention, rule="noun of casualty")
            elif mention.casualty in _HURT and self._is_befallen(mention):
                self._add(kind=mention.casualty, mention=mention, rule=_UNCOUNTED)
        for count in shared:
            for kind in ("killed", "wounded"):
                self._add(kind=kind, mention=count.counted, rule="shared by killed and wounded")
        for sentence in sentences:
            for toll in tolls_of(self.reading, sentence):
                self._toll(toll)
        self._named_dead()
        self._bodies()
        return list(self._settled({(s.counted.sentence, s.counted.first) for s in shared}))

    def _named_dead(self) -> None:
        """Those whose death a noun refers to that tells no event of the article (منذ مقتل اللواء فلان)."""
        for item in self.reading.triggers:
            trigger = item.trigger
            if item.verbal or trigger.type != "Killing" or trigger.frame.get("gen") != "recipient":
                continue
            status, _ = status_of(
                self.participants.clauses[item.sentence], item.first, self.reading.statements, masdar=True
            )
            behind = self._starting(item.sentence, item.last + 1)
            if behind is None or behind.type != "Person" or behind.form != "name" or status in UNREAL:
                continue
            if not any((c.kind, c.victim) == ("killed", behind.entity) for c in self.found):
                self._add(kind="killed", mention=behind, rule="death referred to")

    def _bodies(self) -> None:
        """The body of somebody who is not told to be killed: "شوهدت جثة رجل"."""
        for sentence, clause in self.participants.clauses.items():
            for i, key in enumerate(clause.keys):
                if key not in function_words("one_body"):
                    continue
                behind = self._starting(sentence, i + 2)
                if behind is None or behind.type != "Person":
                    continue
                if not any(c.victim == behind.entity for c in self.found):
                    self._add(kind="bodies_found", mention=behind, rule="body")

    def _starting(self, sentence: int, index: int) -> Mention | None:
        """The longest mention that begins at a word (from 1)."""
        here = (m for m in self.participants.by_sentence[sentence] if m.first == index)
        return max(here, key=lambda m: m.last, default=None)

    def _joined_harm(self, mention: Mention) -> str | None:
        """The other harm of people counted by one number before two plurals: "عشرات القتلى والجرحى"."""
        clause = self.participants.clauses[mention.sentence]
        if mention.casualty not in _HURT or clause.keys[mention.last : mention.last + 1] != ["و"]:
            return None
        behind = clause.words[mention.last + 1 : mention.last + 2]
        head = load_gazetteer().head(behind[0].text) if behind else None
        if head is None or head.number != "p" or head.head.casualty not in _HURT - {mention.casualty}:
            return None
        return head.head.casualty if definite(behind[0]) else None

    def _undergone(self, mention: Mention) -> str | None:
        """What counted people without an event of ours underwent: "نزح آلاف المدنيين", "فقد بحاران"."""
        if not mention.quantity or self.reading.entities[mention.entity].type != "Population":
            return None
        keys = self.participants.clauses[mention.sentence].keys
        before = keys[mention.first - 2] if mention.first > 1 else ""
        if before in function_words("remains"):
            return "bodies_found"
        if before == "قد" and keys[mention.first - 3] == "ف":
            before = "فقد"  # cut in two, since فقد is a particle with its و before verbs
        lives = function_words("lives").intersection(keys[mention.last - 1 : mention.last + 2])
        kinds = ("displaced",) if lives else ("displaced", "missing")
        return next((kind for kind in kinds if before in function_words(kind)), None)

    def _is_befallen(self, mention: Mention) -> bool:
        """Whether the dead or hurt are told of without a number as news: "سقوط قتلى وجرحى"."""
        clause = self.participants.clauses[mention.sentence]
        i = mention.first - 2
        if mention.quantity is not None or definite(clause.words[mention.first - 1]) or mention.number != "p":
            return False
        joined = i > 0 and clause.keys[i] == "و"
        before = next((m for m in self.participants.by_sentence[mention.sentence] if m.last == i), None)
        if joined and before is not None and before.casualty in _HURT:
            return self._is_befallen(before)
        fallen = clause.words[mention.first - 1]
        # the word before them, or the verb whose object they are (خلفت الغارة قتلى)
        leading = (i + 1, fallen.head if fallen.deprel == "obj" else 0)
        at = next((n for n in leading if n > 0 and clause.keys[n - 1] in function_words("befalls")), None)
        if at is None:
            return False
        masdar = clause.word(at).upos == "NOUN"
        status, _ = status_of(clause, at, self.reading.statements, masdar=masdar)
        return status not in ("denied", "planned")

    def _victim(self, kind: str, mention: Mention, number: int, event: EventDraft) -> None:
        """The victim of an event, and those singled out of a group of victims."""
        if mention.casualty in KINDS.values() and mention.casualty != kind:
            return  # "ثلاثة جرحى" are wounded, also where the verb before says that others were killed
        if _countable(self.reading, mention):
            rule = f"recipient of {event.type}"
            self._add(kind=kind, mention=mention, number=number, event=event, rule=rule)
            for part in singled_out(self.participants, mention):
                if _countable(self.reading, part):
                    self._add(kind=kind, mention=part, number=number, event=event, rule="singled out")

    def _toll(self, toll: Toll) -> None:
        entity = toll.victim.entity if toll.victim else None
        key = (toll.kind, entity, toll.quantity.min, toll.quantity.max)
        if any((c.kind, c.victim, c.min, c.max) == key for c in self.found):
            return
        words = (toll.sentence, toll.first, toll.last)
        self.found.append(
            CasualtyDraft(toll.kind, toll.quantity.min, toll.quantity.max, entity, None, *words, None, "toll")
        )
        if toll.counted:
            for part in singled_out(self.participants, toll.counted):
                if _countable(self.reading, part):
                    self._add(kind=toll.kind, mention=part, rule="singled out")

    def _add(
        self,
        *,
        kind: str,
        mention: Mention,
        rule: str,
        number: int | None = None,
        event: EventDraft | None = None,
    ) -> None:
        """Add a row, unless the same count of the same victims is told already."""
        low, high = _numbers(mention)
        if any((c.kind, c.victim, c.min, c.max) == (kind, mention.entity, low, high) for c in self.found):
            return
        by = next(iter(event.roles.get("actor", ())), None) if event else None
        words = (mention.sentence, mention.first, mention.last)
        self.found.append(CasualtyDraft(kind, low, high, mention.entity, by, *words, number, rule))

    # -- one count for two kinds, one count told twice ---------------------------------------------------

    def _settled(self, shared: set[tuple[int, int]]) -> Iterator[CasualtyDraft]:
        """The rows with shared numbers opened downwards; without those told again."""
        rows = []
        for row in self.found:
            other = {"killed": "wounded", "wounded": "killed"}.get(row.kind)
            common = (row.sentence, row.first) in shared or any(
                c.kind == other and (c.sentence, c.first) == (row.sentence, row.first) for c in self.found
            )
            if not common or row.min < 2:
                rows.append(row)
            elif not self._is_sum(row):
                uncounted = (row.min, row.max) == (2, None)  # مقتل وإصابة عدد من الجنود
                rows.append(row if uncounted else replace(row, min=1))
        counted = {r.kind for r in rows if r.rule != _UNCOUNTED}
        rows = [r for r in rows if r.rule != _UNCOUNTED or r.kind not in counted]
        told = [r for r in rows if not self._is_headline(r)]
        for i, row in enumerate(rows):
            others = told if self._is_headline(row) else [r for r in rows[:i] if r in told]
            if not any(self._is_told_again(row, other) for other in others):
                yield replace(row, max=None) if self._is_least(row) else row

    def _is_least(self, row: CasualtyDraft) -> bool:
        """Whether the article says elsewhere that the same number of the same people is the least."""
        return row.min == row.max and any(
            m.quantity is not None
            and (m.quantity.min, m.quantity.max) == (row.min, None)
            and self._nouns(row) & self._nouns_of(m.sentence, m.first, m.last)
            for m in self.reading.mentions
        )

    def _is_headline(self, row: CasualtyDraft) -> bool:
        return self.reading.document.sentences[row.sentence].heading

    def _is_sum(self, row: CasualtyDraft) -> bool:
        """Whether a number shared by killed and wounded is told in its parts too (7: 1 killed, 6 wounded)."""
        exact = [
            c for c in self.found if c.min == c.max and (c.sentence, c.first) != (row.sentence, row.first)
        ]
        killed = {c.min for c in exact if c.kind == "killed"}
        wounded = {c.min for c in exact if c.kind == "wounded"}
        return any(row.max == a + b for a in killed for b in wounded)

    def _is_told_again(self, row: CasualtyDraft, other: CasualtyDraft) -> bool:
        """Whether another sentence has the same count, perhaps bounded (12; "12 at least"): a larger number
        tells, the noun of a small one. A headline tells of what the text does.
        """
        if (row.kind, row.min) != (other.kind, other.min) or row.sentence == other.sentence:
            return False
        if row.max is None and not self._is_headline(row):
            return False
        same = row.min > 1 and bool(self._nouns(row) & self._nouns(other))
        return row.min >= _TELLING or same

    def _nouns(self, row: CasualtyDraft) -> set[str]:
        return self._nouns_of(row.sentence, row.first, row.last)

    def _nouns_of(self, sentence: int, first: int, last: int) -> set[str]:
        words = self.reading.document.sentences[sentence].words[first - 1 : last]
        matches = (load_gazetteer().head(w.text) for w in words)
        return {m.head.noun for m in matches if m}


def _is_of_count(mention: Mention, event: EventDraft, untold: dict[tuple[str, ...], int]) -> bool:
    """Whether somebody arrested is one of those whose number was told before of the same doers (اعتقلت ستة
    … اعتقلت فلانا وفلانا); keeps the number of those who are not named yet.
    """
    doers = event.roles.get("actor", ())
    if mention.quantity is not None:
        untold[doers] = mention.quantity.min
        return False
    if mention.type != "Person" or mention.form != "name" or not doers or not untold.get(doers):
        return False
    untold[doers] -= 1
    return True


def _countable(reading: Reading, mention: Mention) -> bool:
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
