"""Reported speech: who says, how (the verb as written), what is reported, about whom, and to which outlet.

The scope of a statement runs from أن / إن / a colon / a quotation mark to the end of its sentence or to the
next saying, and over further sentences while a quotation stays open (`statement_scope`). A saying without a
subject (وأضاف، مشيرا إلى) continues the last speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.base import Mention, Reading, StatementDraft
from extractors.document import Sentence, Word
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import RELATIVES, is_mark
from extractors.reporting import Saying, load_reporting
from extractors.speakers import Speakers
from extractors.statement_scope import (
    OPENERS,
    SayingAt,
    content_begin,
    content_start,
    evidence_end,
    is_trailing,
    needed_follows,
    scope_before,
)
from extractors.type_groups import SPEAKERS
from schema.model import Span

_ABOUT = 2


class FindStatements:
    """Fills `statements`."""

    name = "statements"
    requires = frozenset({"mentions", "entities"})
    assigns = frozenset({"statements"})

    def __call__(self, reading: Reading) -> Reading:
        return replace(reading, statements=tuple(_Finder(reading).run()))


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.participants = Participants(reading)
        self.reporting = load_reporting()
        self.found: list[StatementDraft] = []
        self.speakers = Speakers(reading, self.participants)
        self.open_quote: str | None = None

    def run(self) -> list[StatementDraft]:
        """The statements of the article, in text order."""
        for sentence in self.reading.document.sentences:
            self._continue_quotation(sentence)
            if (headline := self._headline(sentence)) is not None:
                self.found.append(headline)
                continue
            cues = self._cues(sentence)
            if not cues and self._goes_on(sentence):
                last = self.found[-1]
                self.found[-1] = replace(last, scope=(*last.scope, (sentence.index, 1, len(sentence.words))))
            for number, cue in enumerate(cues):
                drafts = self._statements(sentence, cue, _next_to(sentence, cue, cues[number + 1 :]))
                if drafts and self._carries(sentence, cue, drafts[0].speaker):
                    continue
                self.found += drafts
                if drafts and (speaker := drafts[0].speaker):
                    others = tuple(d.speaker for d in drafts[1:] if d.speaker)
                    self.speakers.remember(speaker, others, cue, sentence.index)
            self._track_quotation(sentence)
        return self.found

    # -- cues --------------------------------------------------------------------------------------------

    def _cues(self, sentence: Sentence) -> list[SayingAt]:
        keys = self.participants.clauses[sentence.index].keys
        cues: list[SayingAt] = []
        i = 0
        while i < len(sentence.words):
            word = sentence.words[i]
            if length := self.reporting.source_at(keys, i):
                after = i + length
                nested = self._saying(
                    sentence, after + (1 if after < len(keys) and keys[after] == "ما" else 0)
                )
                if not nested:
                    cues.append(SayingAt(_written(sentence, i), None, i, length))
                i += length
                continue
            saying = self._saying(sentence, i)
            if saying:
                cues.append(SayingAt(word, saying, i))
            i += 1
        return cues

    def _saying(self, sentence: Sentence, i: int) -> Saying | None:
        """The saying at position i, when the word's class and what stands round it allow it."""
        if i >= len(sentence.words):
            return None
        word = sentence.words[i]
        sayings = self.reporting.lookup(word.text)
        if not sayings or _negated(sentence, i) or _asks_for_anonymity(sentence, i):
            return None
        for saying in sayings:
            if (
                saying.kind == "verb"
                and word.upos not in ("VERB", "X")
                and not (word.upos == "NOUN" and i == 0)
            ):
                continue
            if saying.kind == "participle" and not (
                fold(word.text).endswith("ا") or fold(word.text).endswith("ه")
            ):
                continue
            if saying.kind == "masdar":
                continue
            if saying.features.person in (1, 2) or saying.features.mood or saying.features.voice == "passive":
                continue  # "نؤكد" is said within a quotation, "أُعلن" by nobody
            if (
                saying.features.tense == "past"
                and fold(word.text).endswith("و")
                and not _has_suffix(sentence, i)
            ):
                continue  # أدعو is no ادعوا
            if saying.object and _is_accused(sentence, i):
                continue
            if saying.weak and saying.kind == "verb" and content_start(sentence, i + 1, weak=True) is None:
                continue
            if saying.needs and not needed_follows(sentence, i + 1, saying.needs):
                continue
            return saying
        return None

    # -- one statement -------------------------------------------------------------------------------------

    def _statements(
        self, sentence: Sentence, cue: SayingAt, following: SayingAt | None
    ) -> list[StatementDraft]:
        """What a cue reports, once for each who says so; none where nobody does."""
        limit = following.position if following else len(sentence.words)
        start = content_start(sentence, cue.position + cue.length, limit)
        speaker = self.speakers.of(sentence, cue, start)
        if speaker is None and not self.speakers.is_unnamed(sentence, cue):
            return []
        if cue.saying is None or is_trailing(sentence, cue):
            scope = scope_before(sentence, cue)
        else:
            begin = content_begin(sentence, cue, speaker, start)
            scope = (sentence.index, begin + 1, limit) if begin < limit else None
        scopes = (scope,) if scope else ()
        evidence = self.reading.document.span(cue.word.start, evidence_end(sentence, cue, scope))
        content = self._content(scope)
        entity = speaker.entity if isinstance(speaker, Mention) else speaker
        return [
            StatementDraft(
                each,
                cue.word,
                sentence.index,
                scopes,
                self._about(scopes, each),
                cue.saying.stance if cue.saying else "neutral",
                self._outlet(sentence, cue, start, each),
                evidence,
                content,
                "source phrase" if cue.saying is None else cue.saying.kind,
            )
            for each in (entity, *self.speakers.others(cue, speaker))
        ]

    # -- scope -----------------------------------------------------------------------------------------------

    def _content(self, scope: tuple[int, int, int] | None) -> Span | None:
        if scope is None:
            return None
        words = self.reading.document.sentences[scope[0]].words
        return self.reading.document.span(words[scope[1] - 1].start, words[scope[2] - 1].end)

    def _about(self, scopes: tuple[tuple[int, int, int], ...], speaker: str | None) -> tuple[str, ...]:
        """The first actors named in what is reported; a place only where there is no actor."""
        inside = [
            m
            for sentence, first, last in scopes
            for m in self.participants.by_sentence[sentence]
            if first <= m.first <= last and m.entity != speaker
        ]
        outer = [
            m
            for m in inside
            if not any(
                o is not m and o.sentence == m.sentence and o.first <= m.first and m.last <= o.last
                for o in inside
            )
        ]
        subjects = list(dict.fromkeys(m.entity for m in outer if m.kind != "place"))
        if not subjects:
            subjects = list(dict.fromkeys(m.entity for m in outer))[:1]
        return tuple(subjects[:_ABOUT])

    def _outlet(
        self, sentence: Sentence, cue: SayingAt, start: int | None, speaker: str | None
    ) -> str | None:
        """The outlet spoken to: "لوكالة …", "في تصريح لصحيفة …" between the saying and what is reported."""
        if speaker is None or self.reading.entities[speaker].type == "MediaOutlet":
            return None
        limit = start if start is not None else min(len(sentence.words), cue.position + 14)
        for mention in self.participants.by_sentence[sentence.index]:
            if cue.position < mention.first - 1 < limit and mention.entity != speaker:
                i = mention.first - 2
                while i > 0 and (sentence.words[i].text in OPENERS or is_mark(sentence.words[i])):
                    i -= 1
                if self.reading.entities[mention.entity].type == "MediaOutlet" and fold(
                    sentence.words[i].text
                ) in function_words("outlet_before"):
                    return mention.entity
        return None

    def _carries(self, sentence: Sentence, cue: SayingAt, outlet: str | None) -> bool:
        """Whether an outlet only carries what another says in the sentence ("قالت الوزارة …، بحسب وكالة تاس";
        "بيان نشرته الوكالة"): it is then the outlet of his statement.
        """
        if outlet is None or self.reading.entities[outlet].type != "MediaOutlet":
            return False
        published = cue.saying is not None and _has_suffix(sentence, cue.position)
        here = [
            i
            for i, s in enumerate(self.found)
            if s.sentence == sentence.index
            and s.speaker
            and self.reading.entities[s.speaker].type != "MediaOutlet"
        ]
        if not here or not (cue.saying is None or published):
            return published and bool(self.found)
        for i in here:
            self.found[i] = replace(self.found[i], outlet=self.found[i].outlet or outlet)
        return True

    # -- headlines and quotations ----------------------------------------------------------------------------

    def _headline(self, sentence: Sentence) -> StatementDraft | None:
        """A headline "أنقرة: …" reports what the actor before the colon says."""
        if not sentence.heading or len(sentence.words) < 4:
            return None
        for mention in self.participants.by_sentence[sentence.index]:
            colon = sentence.words[mention.last] if mention.last < len(sentence.words) else None
            if (
                mention.first == 1
                and colon is not None
                and colon.text == ":"
                and mention.kind != "place"
                and self.reading.entities[mention.entity].type in SPEAKERS
            ):
                scope = (sentence.index, mention.last + 2, len(sentence.words))
                if scope[1] > scope[2]:
                    return None
                evidence = self.reading.document.span(sentence.start, sentence.end)
                return StatementDraft(
                    mention.entity,
                    colon,
                    sentence.index,
                    (scope,),
                    self._about((scope,), mention.entity),
                    "neutral",
                    None,
                    evidence,
                    self._content(scope),
                    "headline",
                )
        return None

    def _continue_quotation(self, sentence: Sentence) -> None:
        """While a quotation stays open the sentence belongs to the last statement."""
        if not self.open_quote or not self.found or not sentence.words:
            return
        closing = next((w.index for w in sentence.words if w.text == self.open_quote), len(sentence.words))
        last = self.found[-1]
        scopes = (*last.scope, (sentence.index, 1, closing))
        self.found[-1] = replace(last, scope=scopes, about=last.about or self._about(scopes, last.speaker))

    def _goes_on(self, sentence: Sentence) -> bool:
        """ "كما دارت اشتباكات": adds to what a source said up to the end of the sentence before."""
        if not self.found or not self.found[-1].scope or len(sentence.words) < 2:
            return False
        before, _, last = self.found[-1].scope[-1]
        return (
            before == sentence.index - 1
            and last == len(self.reading.document.sentences[before].words)
            and fold(sentence.words[0].text) == "كما"
            and sentence.words[1].upos == "VERB"
        )

    def _track_quotation(self, sentence: Sentence) -> None:
        for word in sentence.words:
            if self.open_quote:
                if word.text == self.open_quote:
                    self.open_quote = None
            elif word.text in ("«", "“"):
                self.open_quote = OPENERS[word.text]
        if self.open_quote and not any(s.sentence == sentence.index for s in self.found) and not self.found:
            self.open_quote = None


def _next_to(sentence: Sentence, cue: SayingAt, others: Sequence[SayingAt]) -> SayingAt | None:
    """The cue at which what this one reports must end: the next but for those that stand before what it
    reports and only tell of its source (ذكرت الوكالة، نقلا عن مصادر، أن …; ذكر البيان الذي نشرته X أن …).
    """
    for number, other in enumerate(others):
        told = others[number + 1].position if number + 1 < len(others) else len(sentence.words)
        aside = other.saying is None or fold(sentence.words[other.position - 1].text) in RELATIVES
        verb = cue.saying is not None and cue.saying.kind == "verb"
        if not (verb and aside) or content_start(sentence, cue.position + 1, other.position) is not None:
            return other
        if content_start(sentence, other.position + other.length, told) is None:
            return other
    return None


def _written(sentence: Sentence, i: int) -> Word:
    """The word of a source phrase as written: بحسب is one word, though ب is split off."""
    word, before = sentence.words[i], sentence.words[i - 1] if i else None
    if before is not None and before.token == word.token and fold(before.text) == "ب":
        return replace(word, text=before.text + word.text, start=before.start)
    return word


def _is_accused(sentence: Sentence, i: int) -> bool:
    """ "اتهم بالتآمر", "متهما بالانتماء": with ب right behind it an accusing word tells of the accused."""
    following = [fold(w.text) for w in sentence.words[i + 1 : i + 3]]
    return following[:1] == ["ب"] or (following[1:] == ["ب"] and following[0] in function_words("negligible"))


def _has_suffix(sentence: Sentence, i: int) -> bool:
    return i + 1 < len(sentence.words) and sentence.words[i + 1].upos == "PRON"


def _negated(sentence: Sentence, i: int) -> bool:
    """Whether the verb tells that nothing was said (لم يعلن), or is none of saying (ما لا يقل عن). Who does
    not deny or rule out says so.
    """
    before = fold(sentence.words[i - 1].text) if i else ""
    if before not in function_words("negations"):
        return False
    return not any(s.stance == "denies" for s in load_reporting().lookup(sentence.words[i].text))


def _asks_for_anonymity(sentence: Sentence, i: int) -> bool:
    """ "رفض الكشف عن هويته", "طلب عدم ذكر اسمه": tells of the source, not what he says."""
    following = [fold(w.text) for w in sentence.words[i + 1 : i + 5]]
    return (
        bool(following)
        and following[0] in function_words("disclosure")
        and any(key in function_words("identity") for key in following)
    )
