"""Annotation: words, tags, lemmas, dependencies and names over the sentences of many articles at once.

The sentence borders and the written tokens are ours (`sentences`, `tokens`), and so are the words of a token
(`token_words`). Stanza's models annotate the words; `alignment` gives every word its letters in the original.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.alignment import align
from extractors.document import Document, Name, Sentence, Word
from extractors.nearest_words import look_up_nearest
from extractors.normalise import CleanText
from extractors.padding import fast_padding
from extractors.segmentation import Segmenter
from extractors.spanning_tree import fast_trees
from extractors.token_words import FormWords, StanzaWords, TokenWords
from extractors.tokens import Token, tokens_of
from extractors.vocabularies import remember_lookups
from extractors.weights import load_pipeline, models_folder, one_thread

#: A longer stretch without a border (a list, a page without stops) is annotated in parts of this many tokens.
MAX_TOKENS = 180
_BREAKS = frozenset("،,؛;:.")
_CLITIC_TAGS = frozenset(["ADP", "CCONJ", "SCONJ", "PART", "AUX", "PUNCT"])

#: Sentences (the parser: words) that go through a network together. More are slower again.
_BATCHES = {"pos_batch_size": 32, "depparse_batch_size": 900, "ner_batch_size": 64}

Predicate = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word before annotation: its form, its range in the original, the number of its token."""

    text: str
    start: int
    end: int
    token: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens that are annotated together: a sentence, or a part of a very long one."""

    cleaned: CleanText
    tokens: Sequence[Token]


class Annotator:
    """The loaded models. Make one and keep it: loading takes seconds, a sentence hundredths of one.

    `models` is a folder, `official`, or None (see `extractors.weights`). Raises ModelError. Not for use by
    several threads at once; start a process for each core instead.
    """

    def __init__(self, models: str | Path | None = None) -> None:
        self._pipeline = load_pipeline(models, **_BATCHES)
        # These need torch, which takes seconds to import and which only the annotation uses.
        from extractors.arc_labels import label_arcs_only
        from extractors.remembered_words import remember_words

        self._processors = self._pipeline.processors
        segmenter = Segmenter.load(models_folder(models))
        self._forms: TokenWords = FormWords(segmenter) if segmenter else StanzaWords(self._processors)
        for trainer in self._processors["ner"].trainers:
            if "word" in trainer.vocab:
                look_up_nearest(trainer.vocab["word"])
        remember_lookups(self._processors)
        remember_words(self._processors)
        label_arcs_only(self._processors)

    def annotate(self, documents: Sequence[Document], parse: Predicate | None = None) -> list[Document]:
        """The documents with the words and names of their sentences, in the same order.

        All sentences go through each model together, sorted by length. Where `parse` is given, only sentences
        for whose words (normalised forms) it is true are parsed; in the others every word has head 0 and an
        empty deprel.
        """
        sentences = [sentence for document in documents for sentence in document.sentences]
        annotated = iter(self._annotate(sentences, parse))
        return [replace(d, sentences=tuple(next(annotated) for _ in d.sentences)) for d in documents]

    def stanza_sentences(self, texts: Sequence[str]) -> list[Any]:
        """Stanza's own sentences of some sentences, a very long one in parts: for scoring the models."""
        parts = [part for text in texts for part in _cut(*tokens_of(text))]
        with one_thread():
            return self._tagged(parts, self._words(parts), None)

    def name_tags(self, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """The BIOES tags of names on given tokens: for scoring the models."""
        from stanza.models.common.doc import Document as StanzaDocument

        entries = [[{"id": (n,), "text": token} for n, token in enumerate(tokens, 1)] for tokens in rows]
        with one_thread():
            document = self._processors["ner"].process(StanzaDocument(entries))
        return [[token.ner for token in sentence.tokens] for sentence in document.sentences]

    def _annotate(self, sentences: Sequence[Sentence], parse: Predicate | None) -> list[Sentence]:
        cut = [list(_cut(*tokens_of(sentence.text, sentence.start))) for sentence in sentences]
        parts = [part for parts in cut for part in parts]
        with one_thread():
            pieces = self._words(parts)
            stanza_sentences = self._tagged(parts, pieces, parse)
        annotated = iter([_converted(s, p) for s, p in zip(stanza_sentences, pieces, strict=True)])
        results: list[Sentence] = []
        for sentence, parts in zip(sentences, cut, strict=True):
            words, names = _joined([next(annotated) for _ in parts])
            results.append(replace(sentence, words=words, names=names))
        return results

    def _words(self, parts: Sequence[_Part]) -> list[list[_Piece]]:
        """The words of every part: multi-word tokens expanded, with their ranges."""
        forms = self._forms.of([(part_text(part), _local(part)) for part in parts])
        return [
            [piece for n, token in enumerate(part.tokens) for piece in _pieces(part, token, n, words[n])]
            for part, words in zip(parts, forms, strict=True)
        ]

    def _tagged(
        self, parts: Sequence[_Part], pieces: Sequence[Sequence[_Piece]], parse: Predicate | None
    ) -> list[Any]:
        from stanza.models.common.doc import Document as StanzaDocument

        rows = [_rows(part, words) for part, words in zip(parts, pieces, strict=True)]
        document = StanzaDocument(rows)
        if not rows:
            return []
        with fast_padding():
            for name in ("pos", "lemma", "ner"):
                document = self._processors[name].process(document)
        wanted = [s for s in document.sentences if parse is None or parse([w.text for w in s.words])]
        if wanted:
            chosen = StanzaDocument([])
            chosen.sentences = wanted
            chosen._count_words()
            with fast_trees(), fast_padding(), _quiet():
                self._processors["depparse"].process(chosen)
        return list(document.sentences)


def _pieces(part: _Part, token: Token, number: int, words: tuple[str, ...]) -> Iterator[_Piece]:
    ranges = align(token.text, words) if len(words) > 1 else None
    if ranges is None:
        yield _Piece(token.text, token.start, token.end, number)
        return
    for text, (first, last) in zip(words, ranges, strict=True):
        start, end = part.cleaned.original(token.clean_start + first, token.clean_start + last)
        yield _Piece(text, start, end, number)


def _local(part: _Part) -> list[tuple[str, int]]:
    """The forms of the tokens of a part, with their ends in its text."""
    base = part.tokens[0].clean_start
    return [(token.text, token.clean_end - base) for token in part.tokens]


def part_text(part: _Part) -> str:
    """The clean text that the tokens of a part span."""
    return part.cleaned.text[part.tokens[0].clean_start : part.tokens[-1].clean_end]


def _cut(cleaned: CleanText, tokens: Sequence[Token]) -> Iterator[_Part]:
    """Parts of at most MAX_TOKENS tokens, cut behind a comma where there is one in the second half."""
    begin = 0
    while begin < len(tokens):
        end = min(begin + MAX_TOKENS, len(tokens))
        if end < len(tokens):
            half = begin + MAX_TOKENS // 2
            end = next((n + 1 for n in range(end - 1, half, -1) if tokens[n].text in _BREAKS), end)
        yield _Part(cleaned, tokens[begin:end])
        begin = end


def _rows(part: _Part, pieces: Sequence[_Piece]) -> list[dict[str, Any]]:
    """The entries of one Stanza sentence: words, and a range entry before the words of a multi-word token."""
    rows: list[dict[str, Any]] = []
    for number, piece in enumerate(pieces, 1):
        if number == 1 or pieces[number - 2].token != piece.token:
            last = number
            while last < len(pieces) and pieces[last].token == piece.token:
                last += 1
            if last > number:
                rows.append({"id": (number, last), "text": part.tokens[piece.token].text})
        rows.append({"id": (number,), "text": piece.text})
    return rows


def _converted(sentence: Any, pieces: Sequence[_Piece]) -> tuple[tuple[Word, ...], tuple[Name, ...]]:
    words = tuple(
        Word(
            index=number,
            text=piece.text,
            lemma=word.lemma or piece.text,
            upos=word.upos or "X",
            feats=_feats(word.feats or ""),
            head=word.head or 0,
            deprel=word.deprel or "",
            start=piece.start,
            end=piece.end,
            token=piece.token,
            xpos=word.xpos or "",
        )
        for number, (word, piece) in enumerate(zip(sentence.words, pieces, strict=True), 1)
    )
    tags = [(token.ner or "O", token.words[0].id, token.words[-1].id) for token in sentence.tokens]
    return words, tuple(_names(tags, words))


def _names(tags: Sequence[tuple[str, int, int]], words: Sequence[Word]) -> Iterator[Name]:
    """The names of BIOES tags on tokens, without the particles and pronouns written on their ends."""
    first, label = 0, ""
    for tag, begin, end in tags:
        kind, _, name = tag.partition("-")
        if kind in ("B", "S") or (kind in ("I", "E") and not first):
            first, label = begin, name
        if kind in ("E", "S") and first:
            last = end
            while begin < last and words[last - 1].upos == "PRON":
                last -= 1
            while first < last and words[first - 1].upos in _CLITIC_TAGS:
                first += 1
            yield Name(label, first, last)
        if kind in ("E", "S", "O"):
            first = 0


def _joined(
    parts: Sequence[tuple[tuple[Word, ...], tuple[Name, ...]]],
) -> tuple[tuple[Word, ...], tuple[Name, ...]]:
    """One sentence of its parts: the root of each further part depends on the first root as `parataxis`."""
    if len(parts) <= 1:
        return parts[0] if parts else ((), ())
    words: list[Word] = []
    names: list[Name] = []
    root = 0
    for part, found in parts:
        shift = len(words)
        token = words[-1].token + 1 if words else 0
        for word in part:
            moved = replace(word, index=word.index + shift, token=word.token + token, head=word.head + shift)
            if word.head == 0:
                parsed = word.deprel != ""
                moved = replace(
                    moved, head=root if parsed else 0, deprel="parataxis" if root and parsed else word.deprel
                )
                root = root or (moved.index if parsed else 0)
            words.append(moved)
        names += [Name(name.label, name.first + shift, name.last + shift) for name in found]
    return tuple(words), tuple(names)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Stanza's warning that a tree kept two subjects of one head, which is no fault of the caller."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="resolve_head_constraint_violations")
        yield


@lru_cache(maxsize=10_000)
def _feats(feats: str) -> Mapping[str, str]:
    return dict(feat.split("=", 1) for feat in feats.split("|") if "=" in feat)
