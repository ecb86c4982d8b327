"""From the word that fills a slot to the entity that is meant: by its mention, through a noun, or by
pronoun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors.agreement import (
    agrees,
    gender_and_number,
    gender_of_one_place,
    gender_of_place,
    subjects_first,
)
from extractors.base import Entity, Mention, Reading
from extractors.clause import Clause
from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.phrases import QUOTES, definite, has_pronoun, is_adjective, noun_phrase_end
from extractors.status import speaker_of
from extractors.type_groups import ARMED

#: Who has aircraft and positions.
_OWNERS_OF_ARMS = ARMED | {"GovernmentBody"}
_LOOK_AHEAD = 7
#: How many words brackets behind a name may hold.
_BRACKETS = 6
_AND = frozenset(map(fold, ("و", "أو", "ثم")))
#: "بينهم", "من بينهم", "أبرزهم", "من ضمنهم", "منهم": what follows is part of the group before.
_INCLUSION = frozenset(map(fold, ("بين", "أبرز", "ضمن", "من")))
_THEM = frozenset(map(fold, ("هم", "هن", "ها")))


def _outermost(mentions: list[Mention]) -> dict[int, int]:
    """First -> last word of the mentions that lie in no other."""
    found: dict[int, int] = {}
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.first, -m.last)):
        if mention.first > end:
            found[mention.first] = end = mention.last
    return found


def _after_inclusion(keys: list[str], i: int) -> int | None:
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


class Participants:
    """Answers who fills a slot, over one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        times: dict[int, set[int]] = defaultdict(set)
        for sentence, expression in reading.times:
            times[sentence].update(range(expression.first, expression.last + 1))
        self.by_sentence: dict[int, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            self.by_sentence[mention.sentence].append(mention)
        self.clauses = {
            s.index: Clause(
                s,
                frozenset(times[s.index]),
                _outermost(self.by_sentence[s.index]),
                frozenset(
                    m.first for m in self.by_sentence[s.index] if m.form == "name" and m.rule != "head noun"
                ),
                frozenset(m.first for m in self.by_sentence[s.index] if m.type == "Person"),
                {m.first: m.tie for m in self.by_sentence[s.index] if m.tie},
            )
            for s in reading.document.sentences
        }

    def entity(self, id: str) -> Entity:
        """The entity with that id."""
        return self.reading.entities[id]

    def mention_at(self, sentence: int, index: int, *, places: bool = True) -> Mention | None:
        """The outermost mention that the word heads or opens, else the innermost that covers it."""
        covering = [
            m for m in self.by_sentence[sentence] if m.covers(index) and (places or m.kind != "place")
        ]
        if not covering:
            return None
        counted = [m for m in covering if m.quantity and m.form == "group" and index <= max(m.core, m.tie)]
        if counted:
            return counted[0]
        heading = [m for m in covering if m.head == index or m.first == index]
        if heading:
            return max(heading, key=lambda m: m.last - m.first)
        named = [m for m in covering if m.form == "name" and m.type == "Person"]
        return (named or sorted(covering, key=lambda m: m.last - m.first))[0]

    def resolve(self, sentence: int, index: int, *, places: bool = True) -> str | None:
        """The entity that the word at `index` stands for, or None."""
        mention = self.resolve_mention(sentence, index, places=places)
        if mention is not None:
            return mention.entity
        words = self.clauses[sentence].words
        if words[index - 1].upos == "PRON":
            return self.antecedent(sentence, words[index - 1])
        if has_pronoun(words, index - 1) and self._passes(sentence, index):
            # قصف مواقعه, شنت طائراتها: whose they are; "استهدفوا مواقعنا": those of who says it
            if fold(words[index].text) in function_words("ours"):
                speaker = speaker_of(sentence, index, self.reading.statements)
                return speaker if speaker and self.entity(speaker).type in _OWNERS_OF_ARMS else None
            return self.antecedent(sentence, words[index], among=_OWNERS_OF_ARMS)
        return None

    def resolve_mention(self, sentence: int, index: int, *, places: bool = True) -> Mention | None:
        """The mention meant by a word: its own, or the one that its noun passes the act to."""
        mention = self.mention_at(sentence, index, places=places)
        keys = self.clauses[sentence].keys
        if keys[index - 1] in function_words("sake") and keys[index - 2 : index - 1] in (["ل"], ["علي"]):
            named = [m for m in self.by_sentence[sentence] if m.first == index + 1 and m.kind != "place"]
            mention = max(named, key=lambda m: m.last, default=mention)
            if named:
                return mention
        if (carried := self._carried(sentence, index)) is not None:
            return carried
        thing = keys[index - 1] in transparent("positions") or keys[index - 1] in transparent("vehicles")
        # Of the nouns that head mentions only those for things give way (مواقع داعش, not قوات الأمن), and
        # these not where they stand for their owner already (طائرات تركية).
        own = mention is not None and not (
            thing
            and mention.rule in ("head noun", "place noun")
            and self.entity(mention.entity).label_ar == mention.label
        )
        if mention is None and places and (part := self._part_of_place(sentence, index)) is not None:
            return part
        if not own and self.clauses[sentence].keys[index - 1] in function_words("counterparts"):
            return self._counterpart(sentence, index) or mention
        if own or not self._passes(sentence, index) or has_pronoun(self.clauses[sentence].words, index - 1):
            return mention
        return self._within(sentence, index) or mention

    def _part_of_place(self, sentence: int, index: int) -> Mention | None:
        """The place named right behind a word for a part of one (شمال سوريا), or for most or all of one (معظم
        المدينة، غالبية جنوب البلاد).
        """
        key = self.clauses[sentence].keys[index - 1]
        here = [m for m in self.by_sentence[sentence] if m.first == index + 1]
        if key in transparent("place_parts"):
            return next(iter(here), None)
        centre = key in function_words("seats") and any(m.type == "City" for m in here)  # مركز المدينة
        whole = centre or key in function_words("some_of")
        return next((m for m in here if m.kind == "place"), None) if whole else None

    def after_inclusion(self, sentence: int, i: int) -> int | None:
        """The position after "بينهم", "من ضمنهم", "أبرزهم" at position i; None where none begins there."""
        return _after_inclusion(self.clauses[sentence].keys, i)

    def _carried(self, sentence: int, index: int) -> Mention | None:
        """Who is in a vehicle (حافلة تقل سياحا، سيارة كانت تقل X)."""
        keys = self.clauses[sentence].keys
        i = index
        while i < min(len(keys), index + _LOOK_AHEAD) and keys[i] in function_words("carried_before"):
            i += 1
        if keys[i : i + 1] == [] or keys[i] not in function_words("carries"):
            return None
        return next((m for m in self.by_sentence[sentence] if m.first == i + 2 and m.kind == "actor"), None)

    def _counterpart(self, sentence: int, index: int) -> Mention | None:
        """The person named behind نظيره, its adjective between (نظيره القطري خالد العطية)."""
        words = self.clauses[sentence].words
        end = index
        while end < len(words) and (words[end].upos == "PRON" or is_adjective(words[end])):
            end += 1
        here = (m for m in self.by_sentence[sentence] if index < m.first <= end + 1 and m.type == "Person")
        return next(here, None)

    def joined(self, mention: Mention) -> list[Mention]:
        """The mentions joined to one by و, and those singled out of it (بينهم, أبرزهم), in text order."""
        found: list[Mention] = []
        current = mention
        while True:
            following = self._next_joined(current, mention)
            if following is None or following in found:
                return found
            found.append(following)
            current = following

    def _next_joined(self, mention: Mention, first: Mention) -> Mention | None:
        words, keys = self.clauses[mention.sentence].words, self.clauses[mention.sentence].keys
        i, named = _past_brackets(words, mention.last), self.clauses[mention.sentence].named
        while i < len(words) and (
            words[i].text in QUOTES
            or (words[i].upos == "ADJ" and i + 1 not in named)
            or (words[i].upos == "PRON" and words[i].token == words[i - 1].token)
        ):
            i += 1  # عضوا وحارسه الشخصي وX
        comma = i < len(words) and words[i].text in ("،", ",")
        i += comma
        if comma and mention.type == "Person" and self._is_glued(mention.sentence, i):
            return self._mention_from(mention.sentence, i, mention)
        if (first.form == "group" or first.number == "p") and i < len(words):
            after = _after_inclusion(keys, i) or _after_inclusion(keys, self._past_body(mention, i))
            if after is not None:
                return self._mention_from(mention.sentence, after, mention)
        if i + 1 >= len(words) or keys[i] not in _AND:
            return None
        i += 1
        if keys[i] == fold("بين") or keys[i] == fold("كذلك"):
            i += 1
        return self._mention_from(mention.sentence, i, mention)

    def _is_glued(self, sentence: int, i: int) -> bool:
        """Whether a person's name begins at a position with its و not cut off (أحمد سالم، وعدي حسن)."""
        key = self.clauses[sentence].keys[i] if i < len(self.clauses[sentence].keys) else ""
        known = load_gazetteer().is_first_name
        return i + 1 in self.clauses[sentence].people and key[:1] == "و" and known(key[1:]) and not known(key)

    def _past_body(self, mention: Mention, i: int) -> int:
        """The position past the body or place that a group is of (ثمانية عناصر من «الفرقة 30»، بينهم X)."""
        words, keys = self.clauses[mention.sentence].words, self.clauses[mention.sentence].keys
        if keys[i] not in function_words("of_or_in"):
            return i
        within = self._mention_from(mention.sentence, i + 1, mention)
        if within is None:
            return i
        i = within.last
        while i < len(words) - 1 and (words[i].text in QUOTES or words[i].text in ("،", ",")):
            i += 1
        return i

    def _mention_from(self, sentence: int, position: int, mention: Mention) -> Mention | None:
        """The outermost mention that begins at a position, of the same sort as the one it is joined to."""
        words = self.clauses[sentence].words
        while position < len(words) and words[position].text in QUOTES:
            position += 1
        starting = [m for m in self.by_sentence[sentence] if m.first == position + 1]
        if not starting:
            return None
        best = max(starting, key=lambda m: m.last)
        tied = [m for m in self.by_sentence[sentence] if mention.tie < m.first <= mention.last]
        if mention.tie and tied and tied[0].type == best.type:
            return None  # القوات المدعومة من روسيا وإيران: joined to what the participle ties it to
        same = (best.kind == "place") == (mention.kind == "place") or "state" in (best.kind, mention.kind)
        return best if same else None

    def _passes(self, sentence: int, index: int) -> bool:
        keys = self.clauses[sentence].keys
        key = keys[index - 1]
        if key == "هدف" and index > 1 and keys[index - 2] == "ب":
            return False  # بهدف: the aim, not a target
        return (
            key
            in transparent("positions")
            | transparent("vehicles")
            | transparent("members")
            | function_words("quantifiers")
            | transparent("remains")
            | transparent("belongings")
            or key.isdigit()
            or (key in function_words("beside") and index > 1 and keys[index - 2] == "الي")
        )

    def _within(self, sentence: int, index: int) -> Mention | None:
        """The first actor named in the phrase that the noun heads: in its idafa, after ل / من / تابعة ل."""
        clause = self.clauses[sentence]
        end = noun_phrase_end(clause.words, index - 1) + 1
        limit = min(len(clause.words), index + _LOOK_AHEAD)
        tied = stopped = False
        while (
            end < limit
            and clause.words[end].upos in ("ADP", "ADJ", "NOUN", "PUNCT", "X", "PROPN", "DET")
            and clause.keys[end] not in (fold("في"), fold("ب"), fold("قرب"))
        ):
            closed = definite(clause.words[end - 1]) or is_adjective(clause.words[end - 1])
            # قصفت الطائرات حي X: the next noun opens a phrase of its own; أغارت طائرات على مواقع X
            stopped = not tied and clause.words[end].upos == "NOUN" and closed
            if clause.words[end].upos == "ADP" and clause.keys[end] not in function_words("of_whom"):
                stopped = True
            if stopped:
                break
            tied = tied or clause.words[end].upos == "ADP"
            end += 1
        inner = [
            m
            for m in self.by_sentence[sentence]
            if index < m.first <= end + (not stopped) and m.kind in ("actor", "state")
        ]
        if inner:
            return min(inner, key=lambda m: (m.first, -m.last))
        for position in range(index, min(len(clause.words), index + 3)):
            nisba = load_gazetteer().nisba(clause.keys[position])
            if nisba:
                return next((m for m in self.reading.mentions if m.key == nisba.key), None)
        return None

    def bodies_within(self, entity: str) -> list[str]:
        """The bodies named within the mentions of an unnamed group (15 عنصرا من داعش -> داعش)."""
        found: list[str] = []
        for mention in self.reading.mentions:
            if mention.entity != entity or mention.form not in ("group", "description", "members"):
                continue
            for inner in self.by_sentence[mention.sentence]:
                inside = mention.first < inner.first and inner.last <= mention.core
                if (
                    inside
                    and inner.kind in ("actor", "state")
                    and inner.entity != entity
                    and inner.entity not in found
                ):
                    found.append(inner.entity)
        return found

    def antecedent(
        self,
        sentence: int,
        pronoun: Word,
        *,
        exclude: frozenset[str] = frozenset(),
        among: frozenset[str] | None = None,
        places: bool = False,
        of_subject: bool = False,
    ) -> str | None:
        """The last actor, or with `places` the last actor or place, before a suffix or free pronoun that
        agrees with it in gender and number; `among`: of these types. `of_subject`: the suffix is a subject's,
        which rather points to another subject.
        """
        gender, number = gender_and_number(pronoun)
        for mention in self._before(sentence, pronoun.index, of_subject=of_subject):
            if mention.entity in exclude:
                continue
            if among is not None and self.entity(mention.entity).type not in among:
                continue
            if mention.kind == "place":
                if places and number == "s" and gender == gender_of_one_place(mention):
                    return mention.entity
                continue
            if agrees(self.entity(mention.entity), mention, gender, number):
                return mention.entity
        return None

    def may_mean(self, pronoun: Word, entity: str) -> bool:
        """Whether a pronoun agrees with some mention of the entity."""
        gender, number = gender_and_number(pronoun)
        return any(
            agrees(self.entity(entity), m, gender, number)
            for m in self.reading.mentions
            if m.entity == entity
        )

    def place_antecedent(self, sentence: int, pronoun: Word) -> str | None:
        """The last place before a pronoun that agrees with it: "دخل المدينة … ثم انسحب منها"."""
        gender, number = gender_and_number(pronoun)
        if number != "s":
            return None
        for mention in self._before(sentence, pronoun.index):
            if mention.kind in ("place", "state") and gender == gender_of_place(mention):
                return mention.entity
        return None

    def _before(self, sentence: int, index: int, *, of_subject: bool = False) -> Iterator[Mention]:
        """The mentions before a word: in its sentence, nearest first, then in the one before, of which the
        subject is told on rather than others.
        """
        here = [m for m in self.by_sentence[sentence] if m.first < index and not m.covers(index)]
        if of_subject:
            yield from subjects_first(self.clauses[sentence].words, here)
        else:
            # Whom a post is of is told of less than who has it (الأمين العام للأمم المتحدة X … دعمه).
            posts = [m for m in here if self._in_post(m)]
            yield from reversed([m for m in here if m not in posts])
            yield from reversed(posts)
        if sentence - 1 in self.clauses:
            yield from subjects_first(self.clauses[sentence - 1].words, self.by_sentence[sentence - 1])

    def _in_post(self, mention: Mention) -> bool:
        """Whether a mention lies in that of a person, whose post it tells of."""
        return any(
            m.type == "Person" and m is not mention and m.first <= mention.first and mention.last <= m.last
            for m in self.by_sentence[mention.sentence]
        )

    def last_named_as_several(self, sentence: int, before: int) -> str | None:
        """The last people whom the sentence names before a word."""
        outermost = self.clauses[sentence].phrases
        here = [m for m in self.by_sentence[sentence] if m.last < before and outermost.get(m.first) == m.last]
        people = [
            m.entity
            for m in here
            if m.kind != "place"
            and agrees(self.entity(m.entity), m, "m", "p")
            and (m.gender != "f" or self.entity(m.entity).type == "Population")
        ]
        return people[-1] if people else None
