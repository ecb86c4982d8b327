"""Who speaks: the subject of a saying, whose report it is (قال بيان للوزارة), or who spoke before.

A saying without a subject of its own (وأضافت، مشيرا إلى) goes on with the last speaker that its form agrees
with: after "قالت الوزارة … قتلوا خمسة عناصر" it is the ministry that "وأضافت".
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention, Reading
from extractors.coordination import joined_to
from extractors.document import Sentence, Word
from extractors.gazetteer import load_gazetteer
from extractors.inflection import Features
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import QUOTES, RELATIVES, definite, has_pronoun, is_mark
from extractors.referents import resolve_mention
from extractors.statement_scope import SayingAt
from extractors.triggers import load_triggers
from extractors.type_groups import PEOPLE, SPEAKERS
from extractors.verb_arguments import verb_slots
from extractors.word_order import shares_topic

#: A speaker stands at most this many words behind the saying, where neither tree nor order shows a subject.
_REACH = 6
#: Whose report it is stands at most this many words behind its noun (بيان صحافي صادر عن الوزارة).
_OWNER_REACH = 5


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One who spoke, the gender and number by which later sayings agree with him, and who spoke with him."""

    entity: str
    gender: str | None
    number: str | None
    sentence: int
    others: tuple[str, ...] = ()


class Speakers:
    """The speakers of one article so far, in the order in which they spoke."""

    def __init__(self, reading: Reading, participants: Participants) -> None:
        self.reading = reading
        self.participants = participants
        self._spoken: list[_Spoken] = []

    @property
    def last(self) -> str | None:
        """Who spoke last."""
        return self._spoken[-1].entity if self._spoken else None

    def remember(self, entity: str, others: tuple[str, ...], cue: SayingAt, sentence: int) -> None:
        """That entity has spoken with that cue in that sentence, together with others."""
        known = self.reading.entities[entity]
        gender, number = known.gender, known.number
        if cue.saying and cue.saying.kind == "verb":
            gender = cue.saying.features.gender or gender
        if known.type == "State":
            gender = "f"
        self._spoken.append(_Spoken(entity, gender, number, sentence, others))

    def others(self, cue: SayingAt, speaker: Mention | str | None) -> tuple[str, ...]:
        """Who says it together with the speaker (قال مسعفون ومسؤولون إن; then وأضافوا)."""
        if isinstance(speaker, Mention):
            joined = [
                m for m in joined_to(self.participants, speaker) if m.kind != "place" and self._may_speak(m)
            ]
            return tuple(dict.fromkeys(m.entity for m in joined if m.entity != speaker.entity))
        several = cue.saying is not None and cue.saying.features.number in ("p", "d")
        return self._spoken[-1].others if several and self._spoken and self.last == speaker else ()

    def of(self, sentence: Sentence, cue: SayingAt, start: int | None) -> Mention | str | None:
        """The speaker of a saying whose content begins at `start`: his mention, or who spoke before."""
        if cue.saying is None:
            return self._of_source(sentence, cue)
        if cue.saying.kind == "participle":
            return self._of_participle(sentence, cue)
        return self._of_verb(sentence, cue, start)

    def is_unnamed(self, sentence: Sentence, cue: SayingAt) -> bool:
        """Whether a report or rumour of nobody named tells it (ذكر تقرير أن، أشارت معلومات إلى أن)."""
        behind = cue.position + cue.length
        following = [fold(w.text) for w in sentence.words[behind : behind + 1]]
        if cue.saying is None:
            return not function_words("unnamed_sources").isdisjoint(following)
        if cue.saying.kind != "verb":
            return False
        return any(key in transparent("voices") or key in transparent("rumours") for key in following)

    # -- the kinds of sayings --------------------------------------------------------------------------

    def _of_source(self, sentence: Sentence, cue: SayingAt) -> Mention | str | None:
        """Behind a source phrase: "بحسب مصدر", "وفقا لبيان الجيش"."""
        target = cue.position + cue.length
        while target < len(sentence.words) and (
            is_mark(sentence.words[target]) or fold(sentence.words[target].text) in ("ل", "عن", "ما", "في")
        ):
            target += 1
        if target >= len(sentence.words):
            return None
        if cue.length > 1 and _is_report(sentence, cue.position + cue.length - 1):
            # "جاء في بيان صادر عن الوزارة": the phrase itself ends with the report
            return self._owner(sentence, cue.position + cue.length - 1) or self.last
        if _is_report(sentence, target):
            return self._owner(sentence, target) or self.last
        behind = [fold(w.text) for w in sentence.words[target + 1 : target + 2]]
        if self.last and not function_words("the_same").isdisjoint(behind):
            return self.last  # بحسب المصدر نفسه
        return self._speaking(sentence.index, target + 1)

    def _of_verb(self, sentence: Sentence, cue: SayingAt, start: int | None) -> Mention | str | None:
        assert cue.saying is not None
        index, features = sentence.index, cue.saying.features
        clause = self.participants.clauses[index]
        slots = verb_slots(clause, cue.position + 1, features)
        if fold(cue.saying.lemma) in function_words("learning"):  # علمت «الوطن» من مصادر
            return self._speaking(index, slots.get("من")[0]) if slots.get("من") else None
        passed = fold(cue.saying.lemma) in function_words("passing_on") and slots.get("عن")
        told = self._speaking(index, passed[0]) if passed else None
        if told is not None and not self._is_anonymous(told):
            return told
        report = self._report(sentence, cue)
        if report is not None:
            return self._owner(sentence, report)
        limit = start if start is not None else len(sentence.words)
        for outlet in self.participants.by_sentence[index]:
            if outlet.first - 3 <= limit <= outlet.last + 1 and self._is_told(sentence, outlet):
                limit = len(sentence.words)  # the quotation marks are the outlet's
        for filler in slots.get("subj"):
            mention = self._speaking(index, filler)
            if mention is None:
                continue
            if mention.sentence != index:  # the subject points back to somebody named before
                if filler <= limit and _agrees(mention, features, before=filler < cue.position + 1):
                    return mention
                continue
            if self._is_object(sentence, cue, mention):
                continue
            if not _agrees(mention, features, before=mention.last < cue.position + 1):
                continue
            if self._is_told(sentence, mention):
                continue
            if mention.last < cue.position + 1 or (
                mention.first <= limit and not self._interrupted(sentence, cue, mention)
            ):
                return mention
        if (inquirer := self._inquirer(sentence, cue)) is not None:
            return inquirer
        if shares_topic(clause, cue.position + 1):
            return None
        for mention in self.participants.by_sentence[index]:
            if (
                cue.position + 2 <= mention.first <= min(limit, cue.position + _REACH)
                and mention.kind != "place"
                and self._may_speak(mention)
                and _agrees(mention, features)
                and not self._is_object(sentence, cue, mention)
                and not self._is_told(sentence, mention)
                and not self._interrupted(sentence, cue, mention)
            ):
                return mention
        if told is not None:
            return told
        impersonal = cue.saying.impersonal and features.tense == "present"
        if impersonal or self._has_other_subject(sentence, cue, slots.get("subj")):
            return None
        return self._before(features.gender, features.number) if _continues(sentence, cue) else None

    def _is_anonymous(self, mention: Mention) -> bool:
        """Whether nobody answers for what is passed on but the outlet itself: unnamed sources and people."""
        return mention.type == "Population" and mention.form != "name" and mention.number == "p"

    def _is_told(self, sentence: Sentence, mention: Mention) -> bool:
        """Whether ل makes an outlet the one that is spoken to: صرح لـ«عكاظ» مصدر مسؤول; "الرياض" too, in
        quotation marks.
        """
        i = mention.first - 2
        while i > 0 and sentence.words[i].text in QUOTES:
            i -= 1
        quoted = i < mention.first - 2 and mention.type != "Person"
        return (mention.type == "MediaOutlet" or quoted) and i > 0 and fold(sentence.words[i].text) == "ل"

    def _of_participle(self, sentence: Sentence, cue: SayingAt) -> str | None:
        assert cue.saying is not None
        features = cue.saying.features
        if not self._spoken or self._spoken[-1].sentence != sentence.index:
            doer = self._doer(sentence, cue)
            if doer is not None:
                return doer
        if self._spoken:
            return self._before(features.gender, None)
        before = [
            m
            for m in self.participants.by_sentence[sentence.index]
            if m.last <= cue.position and m.kind != "place" and self._may_speak(m)
        ]
        return before[0].entity if before else None

    def _doer(self, sentence: Sentence, cue: SayingAt) -> str | None:
        """The subject of the main verb, which a participle goes with (أيد المجلس القرار، داعيا إلى …)."""
        assert cue.saying is not None
        clause = self.participants.clauses[sentence.index]
        verb = clause.governing_verb(cue.position + 1)
        if verb is None or verb > cue.position or any(w.upos == "VERB" for w in clause.words[: verb - 1]):
            return None
        for filler in verb_slots(clause, verb).get("subj"):
            mention = self._speaking(sentence.index, filler)
            if mention is not None and mention.gender in (None, cue.saying.features.gender):
                return mention.entity
        return None

    # -- reports: "البيان" speaks for its owner ------------------------------------------------------------

    def _report(self, sentence: Sentence, cue: SayingAt) -> int | None:
        """The position of a report that is the verb's subject, right behind it."""
        i = cue.position + 1
        while i < len(sentence.words) and sentence.words[i].text in QUOTES:
            i += 1
        return i if i < len(sentence.words) and _is_report(sentence, i) else None

    def _owner(self, sentence: Sentence, report: int) -> Mention | str | None:
        """Whose report it is: named behind its noun, else, of "the report", who spoke last."""
        words = sentence.words
        pointing = definite(words[report]) or has_pronoun(words, report)
        for i in range(report + 1, min(len(words), report + 1 + _OWNER_REACH)):
            if fold(words[i].text) in RELATIVES or words[i].text in (":", ".", "،", "؛"):
                break
            mention = self._speaking(sentence.index, i + 1)
            if mention and mention.first == i + 1:
                before = fold(words[i - 1].text)
                named = before in ("ل", "عن") or i == report + 1
                return mention if (named and not pointing) or before in ("ل", "عن") else self.last
            if words[i].upos == "VERB" or fold(words[i].text) in ("ان", "انه"):
                break
        return self.last if pointing else None

    def _inquirer(self, sentence: Sentence, cue: SayingAt) -> Mention | None:
        """Whose inquiry tells its result: "كانت تحقيقات النيابة قد كشفت أن", "كشفت التحقيقات التي أجرتها
        النيابة".
        """
        keys = self.participants.clauses[sentence.index].keys
        behind = keys[cue.position + 1 : cue.position + 5]
        if (
            behind[:1]
            and behind[0] in transparent("inquiries")
            and behind[1:2] == ["التي"]
            and behind[3:] == ["ها"]
        ):
            return self._speaking(sentence.index, cue.position + 6)
        for mention in self.participants.by_sentence[sentence.index]:
            between = keys[mention.last : cue.position]
            if (
                mention.first > 1
                and mention.last <= cue.position
                and keys[mention.first - 2] in transparent("inquiries")
                and all(key == "قد" for key in between)
                and self._may_speak(mention)
            ):
                return mention
        return None

    # -- conditions ------------------------------------------------------------------------------------

    def _speaking(self, sentence: int, index: int) -> Mention | None:
        mention = resolve_mention(self.participants, sentence, index, places=False)
        return mention if mention and self._may_speak(mention) else None

    def _may_speak(self, mention: Mention) -> bool:
        return self.reading.entities[mention.entity].type in SPEAKERS

    def _is_object(self, sentence: Sentence, cue: SayingAt, mention: Mention) -> bool:
        """Whether the only noun between an accusing verb and its ب is whom it accuses (واتهم حماس بخطف …)."""
        assert cue.saying is not None
        behind = sentence.words[mention.last : mention.last + 1]
        return (
            cue.saying.object
            and mention.first > cue.position
            and any(fold(w.text) == "ب" for w in behind)
            and not any(
                cue.position + 1 < m.first and m.last < mention.first
                for m in self.participants.by_sentence[sentence.index]
            )
        )

    def _interrupted(self, sentence: Sentence, cue: SayingAt, mention: Mention) -> bool:
        """Whether something stands between a saying and a mention behind it that makes the mention no
        subject: what is reported (أشار إلى مقتل 488 عنصرا), another subject, a mark.
        """
        clause = self.participants.clauses[sentence.index]
        outlets = (m for m in self.participants.by_sentence[sentence.index] if self._is_told(sentence, m))
        told = {n for m in outlets for n in range(m.first, m.last + 1)}
        governed = False
        for i in range(cue.position + 1, mention.first - 1):
            word, key = sentence.words[i], clause.keys[i]
            if (
                word.index in told
                or word.text in QUOTES
                or word.upos in ("PRON", "ADV", "PART", "X", "PROPN")
            ):
                continue
            if is_mark(word) or word.upos in ("SCONJ", "VERB") or key in RELATIVES:
                return True
            if word.upos == "ADP":
                if key in ("الي", "عن", "علي", "ب") or i == mention.first - 2:
                    return True
                governed = True
            elif word.upos == "NOUN" and not (
                governed or word.index in clause.times or key in function_words("negligible")
            ):
                return _names_deed(word) or not mention.covers(i + 2)
        return False

    def _has_other_subject(self, sentence: Sentence, cue: SayingAt, subjects: list[int]) -> bool:
        """Whether the verb names a subject that is no speaker we know (تشير تقارير, هناك من يقول)."""
        before = fold(sentence.words[cue.position - 1].text) if cue.position else ""
        after = [s for s in subjects if s == cue.position + 2 and sentence.words[s - 1].upos == "NOUN"]
        behind = sentence.words[cue.position + 1 : cue.position + 3]
        if len(behind) == 2 and behind[0].upos == "DET" and behind[1].upos == "NOUN" and not after:
            return not _is_report(sentence, cue.position + 2)  # تعبر هذه الخطوة عن
        accused = [m for s in after if (m := self._speaking(sentence.index, s))]
        if accused and self._is_object(sentence, cue, accused[0]):
            return False
        return before in ("من", "ما") or bool(after)

    def _before(self, gender: str | None, number: str | None) -> str | None:
        """The last speaker that a form without a subject agrees with."""
        for spoken in reversed(self._spoken):
            type_ = self.reading.entities[spoken.entity].type
            several = bool(spoken.others) or (type_ == "Population" and spoken.number in ("p", "d"))
            if number in ("p", "d") and not several:
                continue
            if gender and spoken.gender and gender != spoken.gender and (number == "s" or not several):
                continue
            return spoken.entity
        return None


def _is_report(sentence: Sentence, i: int) -> bool:
    key = fold(sentence.words[i].text)
    return key in transparent("voices") or key.removeprefix("ل") in transparent("voices")


def _names_deed(word: Word) -> bool:
    """Whether a noun behind a saying is what it reports, not who says it: "أكدت قتل خمسة عناصر"."""
    if fold(word.text) in transparent("inquiries"):
        return False
    return any(m.trigger.kind == "masdar" for m in load_triggers().lookup(word.text))


def _agrees(mention: Mention, features: Features, *, before: bool = False) -> bool:
    """Whether a noun behind or before a verb can be its subject. Behind it the verb is singular and shows the
    gender, which names do not; before it the number too (مسؤولون قالوا).
    """
    several = mention.number in ("p", "d")
    if features.number in ("p", "d") and not before:
        return False
    if before and several and mention.form == "group" and (features.number, features.gender) == ("s", "m"):
        return False
    if features.gender is None:
        return True
    if mention.form == "name" and mention.type != "Person":
        head = load_gazetteer().head(mention.span.text.split()[0])
        if head is None or mention.type in ("State", "Population"):
            return True
        masculine, feminine = (head.gender, head.number) == ("m", "s"), head.gender == "f"
        return not (masculine if features.gender == "f" else feminine and not before)
    if mention.type not in PEOPLE or mention.number in ("p", "d") or mention.gender is None:
        return True
    return not (features.gender == "f" and mention.gender == "m" and mention.form != "name")


def _continues(sentence: Sentence, cue: SayingAt) -> bool:
    """Whether a saying without a subject begins a clause: what stands within one has another subject."""
    if not cue.position:
        return True
    before = sentence.words[cue.position - 1]
    return is_mark(before) or fold(before.text) in function_words("clause_openers")
