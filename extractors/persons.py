"""Named people: titles, posts and names (وزير الدفاع الأميركي آشتون كارتر), or a post alone (الرئيس التركي).

`person_names` says where a name stands; titles before it (and after it, behind a comma) say who the person
is. Positions count from 0, as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.document import Sentence, Word
from extractors.gazetteer import Title, load_gazetteer
from extractors.lexicon_words import function_words, transparent
from extractors.names_behind_posts import last_before_name, name_of_speaker
from extractors.normalise import bare, fold
from extractors.person_names import name_spans
from extractors.phrases import (
    QUOTES,
    are_people,
    definite,
    forms,
    has_pronoun,
    is_adjective,
    noun_phrase_end,
    skip_quotes,
)
from extractors.triggers import load_triggers
from extractors.type_groups import BODIES

_AFTER_TITLE = frozenset(map(fold, ("في", "ب", "باسم", "ل", "لدى", "لشؤون", "عن")))
_IN = fold("في")
_BY = fold("ب")
_NAME = fold("اسم")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's mention: positions `first`..`last`; the name at `name` (None: a post alone).

    `title` is the first title that tells a post, `post` the positions of the post's phrase (title and the
    body in its idafa), in which a body may be found; `behind` are those of the posts in apposition after the
    name (X، المحلل ورئيس برنامج Y).
    """

    first: int
    last: int
    name: tuple[int, int] | None
    title: Title | None
    post: tuple[int, int] | None
    behind: tuple[tuple[int, int], ...] = ()


def find_persons(
    sentence: Sentence,
    surnames: frozenset[str] = frozenset(),
    bodies: frozenset[int] = frozenset(),
    known: Sequence[tuple[int, int]] = (),
) -> list[Person]:
    """The people of a sentence, by position: titles with names, names alone, posts alone. `bodies`: positions
    of known bodies' names, which name nobody (مركز الملك سلمان); `known`: spans of known people's names."""
    words, keys = sentence.words, forms(sentence)
    names = name_spans(sentence, surnames, bodies, known)
    starts = {first: (first, last) for first, last in names}
    inside = {i for first, last in names for i in range(first, last + 1)}
    people: list[Person] = []
    used: set[int] = set()
    i = 0
    while i < len(words):
        if i in used:
            i += 1
            continue
        if keys[i] in function_words("courtesies") and has_pronoun(words, i):
            people.append(Person(i, i + 1, None, Title(words[i].text, "none", honorific=True), (i, i + 1)))
            used.update((i, i + 1))
        found = load_gazetteer().title_at(keys, i) if i not in (inside | used) or i in starts else None
        if found and not (i in inside and i in starts and starts[i][1] >= i + found[1]):
            person = _titled(sentence, keys, i, found, starts, frozenset(inside))
            if person:
                people.append(_with_posts_behind(sentence, keys, person, starts, frozenset(inside)))
                used.update(_positions(people[-1]))
                i = person.last + 1
                continue
        called = _called(sentence, i, starts) if i not in inside else None
        if called is not None:
            people.append(called)
            used.update(_positions(called))
            i = called.last + 1
            continue
        if i in starts and not used & set(range(starts[i][0], starts[i][1] + 1)):
            person = Person(*starts[i], starts[i], None, None)
            people.append(_with_posts_behind(sentence, keys, person, starts, frozenset(inside)))
            used.update(_positions(people[-1]))
        i += 1
    return people


def _called(sentence: Sentence, i: int, starts: dict[int, tuple[int, int]]) -> Person | None:
    """The person named behind the noun with the article that says what one is (الطيار الأردني X)."""
    words = sentence.words
    head = load_gazetteer().head(words[i].text)
    people = head is not None and head.head.type == "Population" and head.number == "s"
    if not people or not definite(words[i]):
        return None
    end = i
    while end + 1 < len(words) and end + 1 not in starts and is_adjective(words[end + 1]):
        end += 1
    name = starts.get(skip_quotes(words, end + 1))
    return Person(i, name[1], name, None, None) if name is not None else None


def _positions(person: Person) -> set[int]:
    spans = ((person.first, person.last), *person.behind)
    return {i for first, last in spans for i in range(first, last + 1)}


def _with_posts_behind(
    sentence: Sentence,
    keys: list[str],
    person: Person,
    starts: dict[int, tuple[int, int]],
    inside: frozenset[int],
) -> Person:
    """The person with the posts in apposition behind the name, up to a title that is of a person named after
    it (أوباما، وزير الدفاع كارتر)."""
    words = sentence.words
    behind: list[tuple[int, int]] = []
    i = person.last + 1
    if person.name and i < len(words) and (words[i].text in ("،", ",", "-") or words[i].text in QUOTES):
        i += 1
    elif person.name and person.name[0] == person.name[1]:
        return person  # "حث أوبراين رئيس جنوب السودان": of a surname alone it need not be the post
    while person.name and i < len(words):
        found = load_gazetteer().title_at(keys, i)
        if not found or found[0].honorific or words[i].upos == "VERB":
            break
        other = _titled(sentence, keys, i, found, starts, inside)
        if other is not None and other.name:
            break
        end = other.last if other else noun_phrase_end(words, i + found[1] - 1)
        behind.append((i, end))
        i = end + 2 if end + 1 < len(words) and keys[end + 1] == "و" else end + 1
    return replace(person, behind=tuple(behind))


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
        attached = any(w.upos == "ADP" for w in words[start : end + 1]) and keys[end] != _NAME
        if has_pronoun(words, end) and not title.honorific and not attached:
            # "نظيره الروسي", "المتحدث باسمه", "وزير دفاعها": suffix and adjective belong to the title.
            end = post_last = end + 1
            if end + 1 < len(words) and words[end + 1].upos == "ADJ" and end + 1 not in inside:
                end = post_last = end + 1
        nxt = skip_quotes(words, end + 1)
        if nxt in starts:
            if post_last >= start + length and _is_another_post(keys, end):
                return Person(start, end - 1, None, post_title, (post_first, end - 1))
            if end > start and _is_unnamed(words, start, end):
                return None
            first, last = starts[nxt]
            return Person(start, last, (first, last), post_title, (post_first, post_last))
        several = load_gazetteer().head(words[start].text)
        plural = several is not None and several.number == "p"  # زعماء دينيون
        unknown = None if plural else _unknown_name(words, keys, nxt, end)
        if unknown is not None and post_title is not None:
            return Person(start, unknown, (nxt, unknown), post_title, (post_first, post_last))
        again = load_gazetteer().title_at(keys, nxt) if nxt < len(words) else None
        if nxt < len(words) and keys[nxt] in function_words("counterparts") and keys[start] != keys[nxt]:
            break  # التقى الوزير الروسي نظيره الأمريكي: the counterpart is another
        if (
            again
            and end + 1 == nxt
            and not _is_accusative_behind(words, start, nxt)
            and not _is_of_another_state(words, start, end, nxt, again[1])
            and (words[nxt].upos != "ADJ" or again[0].honorific or _is_post(keys[nxt]))
        ):
            if post_title is None and not again[0].honorific:
                post_title, post_first = again[0], nxt
            end = nxt + again[1] - 1
            if not again[0].honorific:
                post_last = end
            continue
        # نظيره الكويتي has the post of another: what stands behind (لبحث المستجدات) is no body of it.
        counterpart = keys[start] in function_words("counterparts")
        extended = end if counterpart else _body_end(words, keys, end, inside, title)
        if title.honorific and _heads_body(words[start]):
            break  # "لواء الفرقان" is a brigade, while "اللواء X" is a rank
        if extended == end and not counterpart and not title.honorific:
            posted = _is_posted(title, words[start + length : end + 1])
            extended = last_before_name(words, keys, end, starts, inside, anywhere=posted)
        if extended == end:
            break
        end = post_last = extended
    if end + 2 < len(words) and words[end + 1].text in ("،", ",") and end + 2 in starts:
        first, last = starts[end + 2]
        return Person(start, last, (first, last), post_title, (post_first, post_last))
    behind = name_of_speaker(words, keys, start, end, starts) if post_title is not None else None
    if behind is not None:
        return Person(start, behind[1], behind, post_title, (post_first, post_last))
    if title.epithet or words[start].upos == "VERB" or (not definite(words[start]) and _is_act(keys[start])):
        return None
    if keys[start] in transparent("not_people") or keys[start] in function_words("world"):
        return None
    head = load_gazetteer().head(words[start].text)
    singular = bare(words[start].text) == bare(title.title.split()[0])  # الأمين is no dual of أم
    if head and head.number in ("p", "d") and not singular:
        return None
    suffixed = words[end].upos == "PRON"  # سفيرها
    if not definite(words[start]) and not (end > start and (suffixed or definite(words[end]))):
        return None
    if post_title is None or (title.profession and not definite(words[start]) and end == start):
        # An honorific alone, or an indefinite profession without more (طبيب), names nobody.
        return (
            Person(start, end, None, title, (start, end))
            if title.honorific and definite(words[start])
            else None
        )
    return Person(start, end, None, post_title, (post_first, post_last))


def _is_unnamed(words: tuple[Word, ...], start: int, end: int) -> bool:
    """Whether a post behind a verb ends with an indefinite body and its adjective, so that who has it is not
    named, and the name behind is another's (اتهم زعيم حزب معارض أردوغان).
    """
    body = load_gazetteer().head(words[end - 1].text)
    indefinite = not any(definite(w) for w in words[start : end + 1]) and words[end].upos in ("ADJ", "NOUN")
    known = load_gazetteer().find_places([words[end].text]) or load_gazetteer().find_actors([words[end].text])
    verb = start > 0 and words[start - 1].upos == "VERB"
    return (
        verb
        and indefinite
        and end - start > 1
        and body is not None
        and body.head.type in BODIES
        and not known
    )


def _is_another_post(keys: list[str], i: int) -> bool:
    """Whether the body of a post ends with the post of another: مسؤول في مكتب الرئيس X, باسم الرئيس X."""
    title = load_gazetteer().title_at(keys, i)
    head = load_gazetteer().head(keys[i - 1])
    office = keys[i - 1] == "اسم" or (head is not None and head.head.type in BODIES)
    return office and title is not None and not title[0].honorific and keys[i].startswith("ال")


def _is_posted(title: Title, behind: Sequence[Word]) -> bool:
    """Whether the place behind a post can be the post's own (السفير الأميركي في بغداد): not of the heads of
    states and ministries, who travel; of others at the head only where the post names a body.
    """
    return title.relation != "LEADS" or any(_heads_some_body(w) for w in behind)


def _is_post(key: str) -> bool:
    """Whether a title with the article is hardly an adjective, whatever its tag (البرلمان النائب X)."""
    return key.startswith("ال") and key[2:] in function_words("posts_of_people")


def _is_of_another_state(words: tuple[Word, ...], start: int, end: int, behind: int, length: int) -> bool:
    """Whether a post of one state is followed by one of another: that of somebody else (استقبل أمير الكويت
    وزير الخارجية الإيراني).
    """
    own = _states_in(words[start : end + 1])
    other = _states_in(words[behind : noun_phrase_end(words, behind + length - 1) + 1])
    return bool(own and other) and own.isdisjoint(other)


def _states_in(words: Sequence[Word]) -> set[str]:
    """The keys of the states that words name, by name or by a nisba."""
    keys = {fold(w.text) for w in words}
    nisbas = {n.key for k in keys if (n := load_gazetteer().nisba(k)) is not None}
    names = {hit.key for k in keys for hit in load_gazetteer().find_actors([k])}
    actors = load_gazetteer().actors  # a nisba may be of no actor (أفريقي)
    return {k for k in nisbas | names if k in actors and actors[k].type == "State"}


def _is_accusative_behind(words: tuple[Word, ...], start: int, i: int) -> bool:
    """Whether an indefinite accusative stands behind a definite title, so of another (التقى الوزير جنودا)."""
    return definite(words[start]) and not definite(words[i]) and words[i].text.endswith(("ا", "اً"))


def _unknown_name(words: tuple[Word, ...], keys: list[str], start: int, title_end: int) -> int | None:
    """The last word of a name that neither list nor recogniser knows, right behind a title: two to four words
    that are foreign to the tagger or given names, none of them a noun that heads bodies or an adjective."""
    if start != title_end + 1:
        return None
    if start < len(keys) and _is_state(keys[start]):
        return None  # رئيس فرنسا فرنسوا هولاند: whose post it is
    last = start - 1
    while last + 1 < len(words) and last - start < 3 and _may_be_name(words[last + 1], keys[last + 1]):
        last += 1
    if last <= start or not (
        words[start].upos in ("X", "PROPN") or load_gazetteer().is_first_name(keys[start])
    ):
        return None
    return last


def _is_state(key: str) -> bool:
    """Whether the form of that key is the name of a state."""
    hit = next(iter(load_gazetteer().find_actors([key])), None)
    return hit is not None and load_gazetteer().actor(hit.key).type == "State"


def _may_be_name(word: Word, key: str) -> bool:
    gazetteer = load_gazetteer()
    if gazetteer.head(word.text) or gazetteer.nisba(key):
        return False
    return word.upos in ("X", "PROPN") or gazetteer.is_first_name(key) or gazetteer.is_last_name(key)


def _heads_body(word: Word) -> bool:
    match = load_gazetteer().head(word.text)
    return match is not None and match.head.type in BODIES and not definite(word)


def _is_act(key: str) -> bool:
    """Whether the form is a verbal noun as well (مساعدة, help; also a woman who assists)."""
    return any(m.trigger.kind == "masdar" for m in load_triggers().lookup(key))


def _body_end(
    words: tuple[Word, ...], keys: list[str], end: int, inside: frozenset[int], title: Title
) -> int:
    """The end of the phrase that names the body of a post: idafa, adjectives, في/ب/ل with their noun."""
    phrase = noun_phrase_end(words, end, names=inside)
    for i in range(end + 1, phrase + 1):
        several = are_people(keys[i]) and definite(words[i]) and definite(words[i - 1])
        if several and not are_people(keys[i - 1]):
            phrase = i - 1  # حمل الرئيس الأوكراني الانفصاليين المسؤولية: no adjective of one man
            break
    if phrase > end:
        return phrase
    nxt = end + 1
    if (
        nxt + 1 < len(words)
        and keys[nxt] in _AFTER_TITLE
        and nxt + 1 not in inside
        and words[nxt + 1].upos in ("NOUN", "X", "PROPN")
        and not title.honorific
        and (
            keys[nxt + 1] == _NAME
            or not (keys[nxt] in ("ل", _IN, _BY) and _goes_there(words, keys, end, title))
        )
    ):
        return noun_phrase_end(words, nxt + 1, names=inside)
    return end


def _goes_there(words: tuple[Word, ...], keys: list[str], end: int, title: Title) -> bool:
    """Whether ل, في or ب behind a post belongs to the clause: with a state after a state's adjective (زيارة
    الرئيس الأميركي للعراق), or with what is no body (الوزير في مؤتمر صحافي, أشاد الرئيس بجهود X)."""
    gazetteer = load_gazetteer()
    rest = keys[end + 2 : end + 6]
    known = next((h for h in gazetteer.find_actors(rest) if h.first == 0), None)
    state = known is not None and gazetteer.actor(known.key).type == "State"
    if gazetteer.nisba(keys[end]) and (state or (title.relation == "LEADS" and keys[end + 1] == _IN)):
        return True
    return keys[end + 1] in (_IN, _BY) and known is None and not _heads_some_body(words[end + 2])


def _heads_some_body(word: Word) -> bool:
    match = load_gazetteer().head(word.text)
    return match is not None and (match.head.type in BODIES or match.head.place is not None)
