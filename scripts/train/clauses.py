"""One shape for clauses: the predicate is the head, the conjunction that opens the clause hangs on it.

PADT makes an opening conjunction (mostly و) the head of every clause it joins, as parataxis, so that half of
its sentences have و as root and the other half a predicate. Universal Dependencies wants the predicate.
"""

from __future__ import annotations

from dataclasses import replace

from scripts.train.treebank import Sentence, Word

_CLAUSES = frozenset({"parataxis", "conj", "ccomp"})
_REST = ("nmod", "advcl", "dep", "nsubj", "obl", "xcomp", "csubj")


def with_predicate_heads(sentence: Sentence) -> Sentence:
    """Let the first clause under each conjunction take its place; further clauses become its conjuncts."""
    words = list(sentence.words)
    for number, word in enumerate(words, 1):
        if word.upos == "CCONJ":
            _promote(words, number)
    numbered = iter(words)
    tokens = tuple(
        replace(token, words=tuple(next(numbered) for _ in token.words)) for token in sentence.tokens
    )
    return replace(sentence, tokens=tokens)


def _promote(words: list[Word], conjunction: int) -> None:
    children = [n for n, word in enumerate(words, 1) if word.head == conjunction]
    heirs = [n for n in children if words[n - 1].deprel in _CLAUSES]
    heirs = heirs or [n for n in children if words[n - 1].deprel in _REST]
    if not heirs:
        return
    heir = heirs[0]
    old = words[conjunction - 1]
    waiting: list[int] = []
    for child in children:
        own = words[child - 1]
        if child == heir:
            words[child - 1] = replace(
                own, head=old.head, deprel=old.deprel if old.deprel != "cc" else "conj"
            )
        elif own.deprel == "cc" and child > heir:
            waiting.append(child)
        elif own.deprel in {"parataxis", "conj"}:
            words[child - 1] = replace(own, head=heir, deprel="conj" if waiting else "parataxis")
            for mark in waiting:
                words[mark - 1] = replace(words[mark - 1], head=child)
            waiting = []
        else:
            words[child - 1] = replace(own, head=heir)
    for mark in waiting:
        words[mark - 1] = replace(words[mark - 1], head=heir)
    words[conjunction - 1] = replace(old, head=heir, deprel="cc")
