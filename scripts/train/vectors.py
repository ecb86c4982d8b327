"""Word vectors from the raw news, in the one pretrain file that all the processors share.

The tagger, the lemmatiser and the parser look up words without clitics, the name finder looks up whole
tokens. The vectors are therefore trained on both readings of the news: as written, and with the
clitics split by a table from token to words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gensim.models import Word2Vec
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from scripts.train.rare_words import Vector
from scripts.train.rawtext import articles, rough_tokens, sentences
from scripts.train.word_flags import NAMES, WordFlags


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """Settings of the word2vec training: skip-gram with negative sampling."""

    dimensions: int = 100
    window: int = 4
    epochs: int = 3
    vocabulary: int = 70_000
    min_count: int = 5
    shipped: int = 50_000
    seed: int = 7


class NewsSentences:
    """The news as lists of tokens; may be read again and again.

    ``words_of`` gives the clitic-split words of a token. When it is given every sentence comes twice,
    once as written and once split.
    """

    def __init__(self, news: Path, words_of: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._news = news
        self._words_of = words_of

    def __iter__(self) -> Iterator[list[str]]:
        for title, content in articles(self._news):
            for text in (title, content):
                for sentence in sentences(text):
                    tokens = [token.lower() for token in rough_tokens(sentence)]
                    yield tokens
                    if self._words_of is not None:
                        split = [word for token in tokens for word in self._words_of.get(token, (token,))]
                        if split != tokens:
                            yield split


def token_counts(news: Path) -> Counter[str]:
    """Count the lower-cased rough tokens of the news."""
    counts: Counter[str] = Counter()
    for tokens in NewsSentences(news):
        counts.update(tokens)
    return counts


def train_vectors(corpus: NewsSentences, settings: VectorSettings, workers: int = 1) -> Word2Vec:
    """Train skip-gram vectors; with more than one worker the result differs a little between runs."""
    return Word2Vec(
        list(corpus),
        vector_size=settings.dimensions,
        window=settings.window,
        min_count=settings.min_count,
        max_final_vocab=settings.vocabulary,
        sg=1,
        negative=5,
        sample=1e-4,
        epochs=settings.epochs,
        workers=workers,
        seed=settings.seed,
    )


def save_pretrain(model: Word2Vec, path: Path) -> None:
    """Write the vectors as a Stanza pretrain file: unit variance, the most frequent word first."""
    words = list(model.wv.index_to_key)
    matrix = torch.tensor(model.wv.vectors, dtype=torch.float32)
    matrix = matrix / matrix.std()
    padding = torch.zeros((len(VOCAB_PREFIX), matrix.shape[1]))
    pretrain = Pretrain(str(path), save_to_file=False)
    pretrain._vocab = PretrainedWordVocab(words)
    pretrain._emb = torch.cat([padding, matrix])
    pretrain.save(str(path))


def trimmed(source: Path, target: Path, words: int, flags: WordFlags) -> None:
    """Keep the ``words`` most frequent words, with mantissas cut to those of bfloat16, and add their flags.

    All are kept where there are fewer.
    Stanza multiplies the vectors as they are, so they stay float32; the cut lets them be packed small.
    """
    pretrain = Pretrain(str(source))
    kept = min(len(VOCAB_PREFIX) + words, len(pretrain.emb))
    known = pretrain.vocab._id2unit[len(VOCAB_PREFIX) : kept]
    said = torch.zeros((kept, len(NAMES)))
    said[len(VOCAB_PREFIX) :] = torch.tensor([flags.of(word) for word in known])
    small = Pretrain(str(target), save_to_file=False)
    small._vocab = PretrainedWordVocab(known)
    small._emb = torch.cat([pretrain.emb[:kept].to(torch.bfloat16).float(), said], 1)
    small.save(str(target))


def widened(path: Path, rows: Mapping[str, Vector], flags: WordFlags) -> None:
    """Add rows to a trimmed file, with the flags of their words."""
    old = Pretrain(str(path))
    new = torch.tensor(np.array([[*row, *flags.of(word)] for word, row in rows.items()]))
    wide = Pretrain(str(path), save_to_file=False)
    wide._vocab = PretrainedWordVocab([*old.vocab._id2unit[len(VOCAB_PREFIX) :], *rows])
    wide._emb = torch.cat([torch.as_tensor(old.emb), new.to(torch.bfloat16).float()])
    wide.save(str(path))


def vocabulary(path: Path) -> frozenset[str]:
    """Read the words of a pretrain file."""
    return frozenset(Pretrain(str(path)).vocab._id2unit[len(VOCAB_PREFIX) :])
