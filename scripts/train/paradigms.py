"""Lemmas of forms that the treebank lacks, by analogy with a form of the same word that it has.

Only forms that the news use are added, and only where the treebank knows nothing of the form with that tag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from scripts.train.augmentation import bare_alef
from scripts.train.rawtext import plain
from scripts.train.treebank import EMPTY, Word

_TAIL_OF_NAMES = ("ا", "ان", "ين", "ون", "ات", "ة", "تان", "تين", "وا")
_TAIL_OF_VERBS = ("ت", "وا", "ا", "تا", "نا", "ن")
_TAIL_OF_IMPERFECT = ("ون", "وا", "ان", "ا", "ن", "ين")
_PERSONS = "يتنأ"
_LEAST_STEM = 3


def neighbours(word: Word) -> Iterator[str]:
    """Yield forms that a word of this form, lemma and tag may also take with the same lemma."""
    form, skeleton = word.form, plain(word.lemma)
    if word.upos in {"NOUN", "ADJ"}:
        stem = form[2:] if form.startswith("ال") else form
        shorter = _TAIL_OF_NAMES if word.upos == "ADJ" else ("ا", "ات")
        for base in {stem, skeleton, *_without(stem, shorter)}:
            yield from _nominal(base, _TAIL_OF_NAMES if word.upos == "ADJ" else ("ا",))
    elif word.upos == "VERB":
        perfect = {form, *_without(form, _TAIL_OF_VERBS)} if "Aspect=Perf" in word.feats else set()
        for base in {skeleton, *perfect}:
            for tail in ("", *_TAIL_OF_VERBS):
                yield base + tail
        bases = {skeleton[1:] if skeleton[:1] in {"أ", "ا"} else skeleton}
        if "Aspect=Imp" in word.feats and form[0] in _PERSONS:
            bases |= {form[1:], *_without(form[1:], _TAIL_OF_IMPERFECT)}
        for base in bases:
            for person in _PERSONS:
                for tail in ("", *_TAIL_OF_IMPERFECT):
                    yield person + base + tail


def _nominal(base: str, tails: tuple[str, ...]) -> Iterator[str]:
    endings: tuple[str, ...]
    if base.endswith("ة"):
        base, endings = base[:-1], ("ة", "ات", "تان", "تين")
    else:
        endings = ("", *tails)
    for ending in endings:
        yield base + ending
        yield "ال" + base + ending


def _without(stem: str, tails: Iterable[str]) -> Iterator[str]:
    for tail in tails:
        if stem.endswith(tail) and len(stem) - len(tail) >= _LEAST_STEM:
            yield stem[: -len(tail)]


def by_analogy(words: Iterable[Word], vocabulary: Collection[str]) -> list[Word]:
    """Give new words, one for each form and tag, with the lemma that most known words propose."""
    known_words = [w for w in words if w.lemma not in {"", EMPTY} and w.upos in {"NOUN", "ADJ", "VERB"}]
    known = {(w.form, w.upos) for w in known_words}
    votes: dict[tuple[str, str], Counter[str]] = {}
    for word in dict.fromkeys(known_words):
        if word.lemma == word.form or len(word.form) < _LEAST_STEM:
            continue
        for form in set(neighbours(word)):
            for written in {form, bare_alef(form)}:
                key = (written, word.upos)
                if key not in known and written in vocabulary and len(written) >= _LEAST_STEM:
                    votes.setdefault(key, Counter())[word.lemma] += 1
    return [Word(form, lemmas.most_common(1)[0][0], upos) for (form, upos), lemmas in sorted(votes.items())]
