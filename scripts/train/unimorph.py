"""The SIGMORPHON 2019 release of PADT: running text, words, lemmas and UniMorph tags, without trees.

Its words carry no token ranges and no UD tags. The tokens are found again by laying the words over the
text; the UD tags by a table learnt from the sentences that the treebank also has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.train.rawtext import plain
from scripts.train.treebank import EMPTY, Sentence, Token, Word, blocks, comment

Tags = tuple[str, str, str]
"""UPOS, XPOS and FEATS."""

_UPOS = {
    "N": "NOUN",
    "ADJ": "ADJ",
    "V": "VERB",
    "ADP": "ADP",
    "CONJ": "CCONJ",
    "PART": "PART",
    "PRO": "PRON",
    "NUM": "NUM",
    "ADV": "ADV",
    "DET": "DET",
}
_MARKS = {"-", "ـ"}
# Letters that stand for each other between a regular form and the form as written.
_SEATS = ("أإآاٱ", "ىي", "ىا", "ةت", "ةه", "ءئؤأإا", "وؤ", "يئ", '»«"')


def lay_over(words: list[Word], text: str) -> tuple[Token, ...] | None:
    """Group ``words`` into the tokens of ``text``; None where words and text do not fit.

    Words without a space between them make one multiword token when both are of letters. The words are
    regular forms, the text is as written: حالتها is حالة and ها, للحظر is ل and الحظر, مما is من and ما.
    """
    spans = _spans([word.form for word in words], text)
    if spans is None:
        return None
    groups: list[list[int]] = []
    for index, (start, _) in enumerate(spans):
        glued = index > 0 and spans[index - 1][1] == start
        if glued and words[index].form.isalpha() and words[index - 1].form.isalpha():
            groups[-1].append(index)
        else:
            groups.append([index])
    tokens = []
    for group in groups:
        start, end = spans[group[0]][0], spans[group[-1]][1]
        written = text[start:end]
        own = tuple(words[i] for i in group)
        if len(own) == 1:
            own = (replace(own[0], form=written),)
        tokens.append(Token(written, own, end >= len(text) or text[end] == " "))
    return tuple(tokens)


def _spans(forms: list[str], text: str) -> list[tuple[int, int]] | None:
    """Find where each form stands in ``text``, by trying its written shapes in order of likelihood."""
    states: list[tuple[int, list[tuple[int, int]]]] = [(0, [])]
    for form in forms:
        following: dict[int, list[tuple[int, int]]] = {}
        for position, spans in states:
            start = position
            while start < len(text) and text[start] == " ":
                start += 1
            for shape in _shapes(form, text[start - 1] if start == position and start else ""):
                end = start + len(shape)
                if end not in following and _alike(shape, text[start:end]):
                    following[end] = [*spans, (start, end)]
        states = sorted(following.items(), reverse=True)[:4]
        if not states:
            return None
    return next((spans for position, spans in states if position == len(text)), None)


def _shapes(form: str, before: str) -> list[str]:
    shapes = [form]
    if form.startswith("ال") and before in {"ل", "ئ"}:
        shapes += [form[1:], form[2:]]
    if form in {"من", "عن", "أن", "إن"}:
        shapes.append(form[:-1])
    return shapes


def _alike(form: str, written: str) -> bool:
    if len(form) != len(written):
        return False
    pairs = zip(form, written, strict=True)
    return all(a == b or any(a in seats and b in seats for seats in _SEATS) for a, b in pairs)


def read_unimorph(path: Path, forbidden: Iterable[str] = ()) -> list[Sentence]:
    """Read the sentences whose words fit their text; the FEATS column holds the sorted UniMorph tags.

    Sentences whose text, without spaces, is in ``forbidden`` are left out (those of the development part).
    """
    held_out = {text.replace(" ", "") for text in forbidden}
    found = []
    for block in blocks(path):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        words = [
            Word(form=plain(row[1]) or "-", lemma=row[2], feats=";".join(sorted(row[5].split(";"))))
            for row in rows
            if row[0].isdigit()
        ]
        text = plain(comment(block, "text"))
        tokens = lay_over(words, text)
        if tokens and text.replace(" ", "") not in held_out:
            found.append(Sentence(comment(block, "sent_id"), tokens))
    return found


@dataclass(slots=True)
class TagTable:
    """From UniMorph tags, with the word or alone, to the UD tags seen most often with them."""

    by_form: dict[tuple[str, str], Counter[Tags]] = field(default_factory=lambda: defaultdict(Counter))
    by_lemma: dict[tuple[str, str], Counter[Tags]] = field(default_factory=lambda: defaultdict(Counter))
    by_tags: dict[str, Counter[Tags]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def learn(cls, unimorph: Iterable[Sentence], treebank: Iterable[Sentence]) -> TagTable:
        """Learn from the sentences that both have with the same number of words."""
        trees = {_key(sentence): sentence for sentence in treebank}
        table = cls()
        for sentence in unimorph:
            tree = trees.get(_key(sentence))
            if tree is None or len(tree.words) != len(sentence.words):
                continue
            for word, gold in zip(sentence.words, tree.words, strict=True):
                tags = (gold.upos, gold.xpos, gold.feats)
                table.by_form[word.form, word.feats][tags] += 1
                table.by_lemma[word.lemma, word.feats][tags] += 1
                table.by_tags[word.feats][tags] += 1
        return table

    def tags(self, word: Word) -> Tags | None:
        """Give the UD tags of a word that carries UniMorph tags; None where the table has no answer."""
        for counter in (
            self.by_form.get((word.form, word.feats)),
            self.by_lemma.get((word.lemma, word.feats)),
            self.by_tags.get(word.feats) if word.feats != EMPTY else None,
        ):
            if counter:
                return counter.most_common(1)[0][0]
        return None


def _key(sentence: Sentence) -> str:
    folded = sentence.text.replace(" ", "")
    for letter in "أإآ":
        folded = folded.replace(letter, "ا")
    return folded.replace("ى", "ي")


def with_ud_tags(sentence: Sentence, table: TagTable) -> Sentence | None:
    """Give the sentence with UD tags; None where a word's tags stay unknown."""
    tokens = []
    for token in sentence.tokens:
        words = []
        for word in token.words:
            tags = table.tags(word) or _guess(word)
            if tags is None:
                return None
            words.append(replace(word, upos=tags[0], xpos=tags[1], feats=tags[2]))
        tokens.append(replace(token, words=tuple(words)))
    return replace(sentence, tokens=tuple(tokens))


def _guess(word: Word) -> Tags | None:
    """Tags of the words that UniMorph leaves untagged: marks, numbers, words outside the lexicon."""
    if word.feats != EMPTY:
        return None
    if not any(letter.isalnum() for letter in word.form) or word.form in _MARKS:
        return "PUNCT", "G---------", EMPTY
    if word.form[0].isdigit():
        return "NUM", "Q---------", "NumForm=Digit"
    if word.lemma == word.form:
        return "X", "U---------", EMPTY
    return "X", "X---------", "Foreign=Yes"


def coarse_tag(word: Word) -> str:
    """The UPOS that the first UniMorph word class stands for; X where there is none."""
    return next((_UPOS[tag] for tag in word.feats.split(";") if tag in _UPOS), "X")
