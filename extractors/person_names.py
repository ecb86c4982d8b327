"""Where names of people stand: the recogniser's PER spans, known names, and lists of given and family names.

Positions count from 0, as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.document import Sentence, Word
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import bare, fold
from extractors.phrases import definite, forms, has_pronoun, is_mark

_KUNYA = frozenset(map(fold, ("أبو", "أبا", "أبي", "أم", "ابن", "بن", "بنت", "آل", "عبد", "ال")))
#: Of these the ones that a name may begin with.
_OPENING_KUNYA = _KUNYA - {"ال", "بن"}
#: They stand behind a name.
_SON = frozenset(map(fold, ("بن", "بنت")))
_NOT_NAMES = frozenset(map(fold, ("أمس", "اليوم", "الماضي", "خلال", "أن", "إن", "مع", "بعد", "قبل")))
_NAME_LIMIT = 6
#: How many words a name known only by its place in a list may have.
_LISTED = 4
_PARTICLES = frozenset(map(fold, ("ل", "ب", "ك", "في", "من", "إلى", "على", "عن", "مع")))


def name_spans(
    sentence: Sentence,
    surnames: frozenset[str] = frozenset(),
    bodies: frozenset[int] = frozenset(),
    known: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, int]]:
    """Where names of people stand, outside the names of bodies (`bodies`, their positions): PER of the
    recogniser, full names of known people (`known`), given names that others of a name follow, and the last
    names (`surnames`, look-up keys without ال) of people named in full elsewhere in the article.
    """
    words, keys = sentence.words, forms(sentence)
    spans = [_trim(words, keys, n.first - 1, n.last - 1) for n in sentence.names if n.label == "PER"]
    known = [(_past_titles(keys, first, last), last) for first, last in known]
    known = [(first, last) for first, last in known if first < last]
    spans = [_whole_name(span, known) for span in spans]
    spans += [k for k in known if all(k[1] < first or last < k[0] for first, last in spans)]
    spans = [(first, last) for first, last in spans if not bodies.intersection(range(first, last + 1))]
    taken = {i for first, last in spans for i in range(first, last + 1)} | bodies
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
            if keys[i] in _KUNYA and _is_byname(words, keys, last + 1):
                last += 1
            named = any(gazetteer.is_first_name(k) or k in _KUNYA for k in keys[i : last + 1])
            if last > i and named:
                spans.append((i, last))
                taken.update(range(i, last + 1))
                i = last
        i += 1
    for listed in _listed(words, keys, spans, taken):
        spans.append(listed)
        taken.update(range(listed[0], listed[1] + 1))
    for i, word in enumerate(words):
        if i not in taken and bare(word.text) in surnames and word.upos in ("NOUN", "X", "PROPN", "ADJ"):
            spans.append((i, i))
    return sorted((f, la) for f, la in spans if f <= la and not (f == la and _is_nation(words[f])))


def _is_nation(word: Word) -> bool:
    """Whether a word is the indefinite adjective of a state or people (مهندس إيطالي), or one that describes
    several (زعماء دينيون), which names nobody.
    """
    nisba = load_gazetteer().nisba(word.text) is not None or fold(word.text).endswith(("يون", "يين"))
    return nisba and not definite(word)


def _listed(
    words: tuple[Word, ...], keys: list[str], spans: Sequence[tuple[int, int]], taken: set[int]
) -> list[tuple[int, int]]:
    """Names of two to four words that no list has, where و joins them to a person's full name: what و joins
    is alike (اعتقلت سعيد الشريف، وعيد العكر).
    """
    found: list[tuple[int, int]] = []
    open_ = [last for first, last in spans if last > first]
    while open_:
        i = open_.pop() + 1
        if i < len(words) and words[i].text in ("،", ","):
            i += 1
        if keys[i : i + 1] != ["و"]:
            continue
        first = last = i + 1
        while last < len(words) and last - first < _LISTED and last not in taken and _is_foreign(words[last]):
            last += 1
        if last - first > 1 and not load_gazetteer().find_actors(keys[first:last]):
            found.append((first, last - 1))
            open_.append(last - 1)
    return found


def _is_foreign(word: Word) -> bool:
    """Whether the tagger knows a word for none of the language, so that it may be part of a name."""
    gazetteer = load_gazetteer()
    common = (
        gazetteer.head(word.text)
        or gazetteer.nisba(fold(word.text))
        or gazetteer.title_at([fold(word.text)], 0)
    )
    return word.upos in ("X", "PROPN") and not common and not is_mark(word)


def _past_titles(keys: list[str], first: int, last: int) -> int:
    """Where a known name begins that is written with its titles (الأمير سعود الفيصل)."""
    while first < last and (title := load_gazetteer().title_at(keys, first)):
        first += title[1]
    return first


def _whole_name(span: tuple[int, int], known: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A span with the rest of the known name that it is a part of."""
    for first, last in known:
        if first <= span[0] and span[1] <= last:
            return first, last
    return span


def _trim(words: tuple[Word, ...], keys: list[str], first: int, last: int) -> tuple[int, int]:
    """A span without marks, verbs, particles, titles and "أبرزهم" at its edges, which ends before a particle,
    a post or the noun of a body (محمد لوكالة … is محمد); a kunya goes on to its nisba (أبو حمزة الفرنسي)."""
    while first <= last and (
        is_mark(words[first])
        or (words[first].upos in ("ADP", "CCONJ", "SCONJ", "VERB", "PRON") and words[first].text != "علي")
        or (keys[first] in function_words("inclusion") and has_pronoun(words, first))
        or _opens_post(words, keys, first)
    ):
        first += 1
    if first <= last and _heads_place(words[first]):
        return first, first - 1
    for i in range(first + 1, last + 1):
        match = load_gazetteer().head(words[i].text)
        body = (
            match is not None
            and match.head.type not in (None, "Person", "Population")
            and not match.head.weak
        )
        particle = keys[i] in _PARTICLES and words[i].text != "علي"
        if body or particle or keys[i] in function_words("not_in_names") or _opens_post(words, keys, i):
            last = i - 1
            break
    while last >= first and (is_mark(words[last]) or words[last].upos in ("ADP", "CCONJ", "VERB")):
        last -= 1
    if 0 < first <= last and keys[first] in _SON and _is_name_like_post(words[first - 1]):
        first -= 1
    if first <= last and keys[first] in _KUNYA and _is_byname(words, keys, last + 1):
        last += 1
    return first, last


def _is_name_like_post(word: Word) -> bool:
    """Whether a word that is a post elsewhere is a name where "son of" follows (الدكتور مساعد بن محمد)."""
    found = load_gazetteer().title_at([fold(word.text)], 0)
    return found is not None and found[0].relation == "MEMBER_OF" and not definite(word)


def _opens_post(words: tuple[Word, ...], keys: list[str], i: int) -> bool:
    """Whether a definite title of a post, which is nobody's name, stands there with more behind it (القائد
    العسكري, القيادي أبو X, المتحدث باسم)."""
    found = load_gazetteer().title_at(keys, i)
    if (
        not found
        or found[0].honorific
        or found[0].epithet
        or not keys[i].startswith("ال")
        or i + 1 >= len(words)
    ):
        return False
    return not load_gazetteer().is_last_name(keys[i]) and not load_gazetteer().is_first_name(keys[i])


def _heads_place(word: Word) -> bool:
    match = load_gazetteer().head(word.text)
    return match is not None and match.head.place in ("City", "Region") and not match.head.weak


def _is_byname(words: tuple[Word, ...], keys: list[str], i: int) -> bool:
    """Whether a definite nisba adjective stands there, as behind a kunya (التونسي, البغدادي)."""
    return (
        i < len(words)
        and words[i].upos in ("ADJ", "NOUN", "X", "PROPN")
        and keys[i].startswith("ال")
        and keys[i].endswith("ي")
        and load_gazetteer().head(words[i].text) is None
    )


def _may_open(keys: list[str], words: tuple[Word, ...], i: int) -> bool:
    gazetteer = load_gazetteer()
    if words[i].upos not in ("NOUN", "X", "PROPN", "ADJ"):
        return False
    named = keys[i] in _OPENING_KUNYA or gazetteer.is_first_name(keys[i])
    return named and gazetteer.head(words[i].text) is None


def _may_go_on(keys: list[str], words: tuple[Word, ...], i: int) -> bool:
    gazetteer = load_gazetteer()
    if words[i].text == "علي":
        return True
    if words[i].upos not in ("NOUN", "X", "PROPN", "ADJ") or keys[i] in _NOT_NAMES:
        return False
    if gazetteer.head(words[i].text) and not (keys[i].startswith("ال") and gazetteer.is_last_name(keys[i])):
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
