"""Named people: titles, posts and names (وزير الدفاع الأميركي آشتون كارتر), or a post alone (الرئيس التركي).

The recogniser's PER spans and the lists of given and family names say where a name stands; titles before it
(and after it, behind a comma) say who the person is. Positions count from 0, as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.document import Sentence, Word
from extractors.gazetteer import Title, load_gazetteer
from extractors.lexicon_words import transparent
from extractors.normalise import bare, fold
from extractors.phrases import definite, forms, is_mark, noun_phrase_end, skip_quotes
from extractors.triggers import load_triggers

_KUNYA = frozenset(map(fold, ("أبو", "أبا", "أبي", "أم", "ابن", "بن", "بنت", "آل", "عبد", "ال")))
_AFTER_TITLE = frozenset(map(fold, ("في", "ب", "باسم", "ل", "لدى", "لشؤون", "عن")))
_NOT_NAMES = frozenset(map(fold, ("أمس", "اليوم", "الماضي", "خلال", "أن", "إن", "مع", "بعد", "قبل")))
_NAME_LIMIT = 6
_PARTICLES = frozenset(map(fold, ("ل", "ب", "ك", "في", "من", "إلى", "على", "عن", "مع")))


@dataclass(frozen=True, slots=True)
class Person:
    """A person's mention: positions `first`..`last`; the name at `name` (None: a post alone).

    `title` is the first title that tells a post, `post` the positions of the post's phrase (title and the
    body in its idafa), in which a body may be found.
    """

    first: int
    last: int
    name: tuple[int, int] | None
    title: Title | None
    post: tuple[int, int] | None


def name_spans(sentence: Sentence, surnames: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Where names of people stand: PER of the recogniser, given names that others of a name follow, and the
    last names (`surnames`, look-up keys without ال) of people named in full elsewhere in the article."""
    words, keys = sentence.words, forms(sentence)
    spans = [_trim(words, n.first - 1, n.last - 1) for n in sentence.names if n.label == "PER"]
    taken = {i for first, last in spans for i in range(first, last + 1)}
    gazetteer = load_gazetteer()
    i = 0
    while i < len(words):
        if i not in taken and _may_open(keys, words, i):
            last = i
            while (
                last + 1 < len(words)
                and last - i < _NAME_LIMIT
                and last + 1 not in taken
                and _may_go_on(keys, words, last + 1)
            ):
                last += 1
            named = any(gazetteer.is_first_name(k) or k in _KUNYA for k in keys[i : last + 1])
            if last > i and named:
                spans.append((i, last))
                taken.update(range(i, last + 1))
                i = last
        i += 1
    for i, word in enumerate(words):
        if i not in taken and bare(word.text) in surnames and word.upos in ("NOUN", "X", "PROPN", "ADJ"):
            spans.append((i, i))
    return sorted((f, la) for f, la in spans if f <= la)


def _trim(words: tuple[Word, ...], first: int, last: int) -> tuple[int, int]:
    """A span without marks, verbs and particles at its edges, which ends before a particle or the noun of a
    body (محمد لوكالة … is محمد)."""
    while first <= last and (is_mark(words[first]) or words[first].upos in ("ADP", "CCONJ", "SCONJ", "VERB")):
        first += 1
    for i in range(first + 1, last + 1):
        match = load_gazetteer().head(words[i].text)
        body = (
            match is not None
            and match.head.type not in (None, "Person", "Population")
            and not match.head.weak
        )
        if body or fold(words[i].text) in _PARTICLES:
            last = i - 1
            break
    while last >= first and (is_mark(words[last]) or words[last].upos in ("ADP", "CCONJ", "VERB")):
        last -= 1
    return first, last


def _may_open(keys: list[str], words: tuple[Word, ...], i: int) -> bool:
    gazetteer = load_gazetteer()
    if words[i].upos not in ("NOUN", "X", "PROPN", "ADJ") or gazetteer.head(words[i].text):
        return False
    return keys[i] in _KUNYA - {"ال", "بن"} or gazetteer.is_first_name(keys[i])


def _may_go_on(keys: list[str], words: tuple[Word, ...], i: int) -> bool:
    gazetteer = load_gazetteer()
    if (
        words[i].upos not in ("NOUN", "X", "PROPN", "ADJ")
        or keys[i] in _NOT_NAMES
        or gazetteer.head(words[i].text)
    ):
        return False
    return (
        keys[i] in _KUNYA
        or gazetteer.is_first_name(keys[i])
        or gazetteer.is_last_name(keys[i])
        or words[i].upos in ("X", "PROPN")
        or (keys[i - 1] in _KUNYA)
    )


def last_names(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The last names of the people who are named in full in these sentences."""
    found = set()
    for sentence in sentences:
        for first, last in name_spans(sentence):
            if last > first:
                key = bare(sentence.words[last].text)
                if len(key) > 2 and not load_gazetteer().head(sentence.words[last].text):
                    found.add(key)
    return frozenset(found)


def find_persons(sentence: Sentence, surnames: frozenset[str] = frozenset()) -> list[Person]:
    """The people of a sentence, by position: titles with names, names alone, posts alone."""
    words, keys = sentence.words, forms(sentence)
    names = name_spans(sentence, surnames)
    starts = {first: (first, last) for first, last in names}
    inside = {i for first, last in names for i in range(first, last + 1)}
    people: list[Person] = []
    used: set[int] = set()
    i = 0
    while i < len(words):
        if i in used:
            i += 1
            continue
        found = load_gazetteer().title_at(keys, i) if i not in inside or i in starts else None
        if found and not (i in inside and i in starts and starts[i][1] >= i + found[1]):
            person = _titled(sentence, keys, i, found, starts, frozenset(inside))
            if person:
                people.append(person)
                used.update(range(person.first, person.last + 1))
                i = person.last + 1
                continue
        if i in starts and not used & set(range(starts[i][0], starts[i][1] + 1)):
            people.append(_named(sentence, keys, starts[i]))
            used.update(range(people[-1].first, people[-1].last + 1))
        i += 1
    return people


def _titled(
    sentence: Sentence,
    keys: list[str],
    start: int,
    found: tuple[Title, int],
    starts: dict[int, tuple[int, int]],
    inside: frozenset[int],
) -> Person | None:
    """Titles from `start` on, their body, and the name they lead to."""
    words = sentence.words
    title, length = found
    post_title = None if title.honorific else title
    end = start + length - 1
    post_first, post_last = start, end
    while True:
        if end + 1 >= len(words):
            break
        nxt = skip_quotes(words, end + 1)
        if nxt in starts:
            first, last = starts[nxt]
            return Person(start, last, (first, last), post_title, (post_first, post_last))
        unknown = _unknown_name(words, keys, nxt, end)
        if unknown is not None and post_title is not None:
            return Person(start, unknown, (nxt, unknown), post_title, (post_first, post_last))
        again = load_gazetteer().title_at(keys, nxt) if nxt < len(words) else None
        if again and end + 1 == nxt and not (words[nxt].upos == "ADJ" and not again[0].honorific):
            if post_title is None and not again[0].honorific:
                post_title, post_first = again[0], nxt
            end = nxt + again[1] - 1
            if not again[0].honorific:
                post_last = end
            continue
        extended = _body_end(words, keys, end, inside)
        if extended == end:
            break
        end = post_last = extended
    if end + 2 < len(words) and words[end + 1].text in ("،", ",") and end + 2 in starts:
        first, last = starts[end + 2]
        return Person(start, last, (first, last), post_title, (post_first, post_last))
    if words[start].upos == "VERB" or (not definite(words[start]) and _is_act(keys[start])):
        return None
    if keys[start] in transparent("not_people"):
        return None
    head = load_gazetteer().head(words[start].text)
    if head and head.number in ("p", "d"):
        return None
    if not definite(words[start]) and not (end > start and definite(words[end])):
        return None
    if post_title is None or (title.profession and not definite(words[start]) and end == start):
        # An honorific alone, or an indefinite profession without more (طبيب), names nobody.
        return (
            Person(start, end, None, title, (start, end))
            if title.honorific and definite(words[start])
            else None
        )
    return Person(start, end, None, post_title, (post_first, post_last))


def _unknown_name(words: tuple[Word, ...], keys: list[str], start: int, title_end: int) -> int | None:
    """The last word of a name that neither list nor recogniser knows, right behind a title: two to four words
    that are foreign to the tagger or given names, none of them a noun that heads bodies or an adjective."""
    if start != title_end + 1:
        return None
    last = start - 1
    while last + 1 < len(words) and last - start < 3 and _may_be_name(words[last + 1], keys[last + 1]):
        last += 1
    if last <= start or not (
        words[start].upos in ("X", "PROPN") or load_gazetteer().is_first_name(keys[start])
    ):
        return None
    return last


def _may_be_name(word: Word, key: str) -> bool:
    gazetteer = load_gazetteer()
    if gazetteer.head(word.text) or gazetteer.nisba(key):
        return False
    return word.upos in ("X", "PROPN") or gazetteer.is_first_name(key) or gazetteer.is_last_name(key)


def _is_act(key: str) -> bool:
    """Whether the form is a verbal noun as well (مساعدة, help; also a woman who assists)."""
    return any(m.trigger.kind == "masdar" for m in load_triggers().lookup(key))


def _body_end(words: tuple[Word, ...], keys: list[str], end: int, inside: frozenset[int]) -> int:
    """The end of the phrase that names the body of a post: idafa, adjectives, في/ب/ل with their noun."""
    phrase = noun_phrase_end(words, end, names=inside)
    if phrase > end:
        return phrase
    nxt = end + 1
    if (
        nxt + 1 < len(words)
        and keys[nxt] in _AFTER_TITLE
        and nxt + 1 not in inside
        and words[nxt + 1].upos in ("NOUN", "X", "PROPN")
    ):
        return noun_phrase_end(words, nxt + 1, names=inside)
    return end


def _named(sentence: Sentence, keys: list[str], name: tuple[int, int]) -> Person:
    """A name without a title before it; a post may stand behind it (…، المحلل السياسي، / قائد الفيلق)."""
    words = sentence.words
    first, last = name
    after = last + 1
    if after < len(words) and words[after].text in ("،", ",", "(", "-"):
        after += 1
    found = load_gazetteer().title_at(keys, after) if after < len(words) else None
    if found and not found[0].honorific and words[after].upos != "VERB":
        end = noun_phrase_end(words, after + found[1] - 1)
        return Person(first, last, name, found[0], (after, end))
    return Person(first, last, name, None, None)
