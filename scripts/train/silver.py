"""Silver sentences for the name finder: news in which two unlike taggers find the same names.

ANERcorp is older than the groups that today's news name. A linear-chain CRF over spelling, word classes and
the lists of `word_flags`, and a first name finder label sentences of the news; a sentence is kept where both
agree on every name, or the gazetteer decides between them. Known groups that both overlook are added.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycrfsuite
import torch
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from torch.nn.functional import normalize

from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.nearest_words import look_up_nearest
from schema.text import bare
from scripts.train.evaluation import bio
from scripts.train.names import Span, spans
from scripts.train.ner_data import NamedSentence, regular
from scripts.train.rawtext import articles, rough_tokens, sentences
from scripts.train.word_flags import NAMES, WordFlags

Tags = Sequence[Sequence[str]]

_CLASSES = (64, 256, 1024)
_ROUNDS, _SEED = 12, 5
_SHARE, _TITLES, _UNNAMED = 0.12, 0.3, 0.4
_SHORTEST, _LONGEST = 5, 50
_NEAR = (-2, -1, 1, 2)
_CRF = {"c1": 0.1, "c2": 0.02, "max_iterations": 60, "feature.minfreq": 2}


@dataclass(frozen=True, slots=True)
class Describer:
    """Features of the tokens of a sentence for the CRF."""

    flags: WordFlags
    classes: dict[str, tuple[int, ...]]

    @classmethod
    def read(cls, vectors: Path, gazetteers: Path) -> Describer:
        """Group the words of a pretrain file into classes by their vectors (k-means, a fixed seed)."""
        pretrain = Pretrain(str(vectors))
        rows = normalize(torch.as_tensor(pretrain.emb)[:, : -len(NAMES)], dim=1)
        torch.manual_seed(_SEED)
        columns = [_groups(rows, count) for count in _CLASSES]
        classes = dict(zip(pretrain.vocab._id2unit, zip(*columns, strict=True), strict=True))
        return cls(WordFlags.read(gazetteers), classes)

    def features(self, tokens: Sequence[str]) -> list[list[str]]:
        """The features of every token: its own, and the main ones of two tokens on either side."""
        own = [self._own(token) for token in tokens]
        main = [[f for f in features if not f.startswith(("p", "s"))] for features in own]
        rows = []
        for index, features in enumerate(own):
            row = [f"0{feature}" for feature in features]
            for step in _NEAR:
                inside = 0 <= index + step < len(own)
                row += [f"{step}{feature}" for feature in main[index + step]] if inside else [f"{step}edge"]
            rows.append(row)
        return rows

    def _own(self, token: str) -> list[str]:
        form = bare(token)
        affixes = [f"p{n}={form[:n]}" for n in range(1, 5) if len(form) > n]
        affixes += [f"s{n}={form[-n:]}" for n in range(1, 5) if len(form) > n]
        classes = [f"c{n}={group}" for n, group in enumerate(self.classes.get(token, ()))]
        listed = [f"l={name}" for name, value in zip(NAMES, self.flags.of(token), strict=True) if value]
        return [f"w={form}", *affixes, *(classes or ["rare"]), *listed]


def _groups(rows: torch.Tensor, count: int) -> list[int]:
    centres = rows[torch.randperm(len(rows))[:count]].clone()
    for _ in range(_ROUNDS):
        nearest = (rows @ centres.T).argmax(1)
        centres = normalize(torch.zeros_like(centres).index_add_(0, nearest, rows) + 1e-6, dim=1)
    return [int(group) for group in nearest]


def train_crf(train: Sequence[NamedSentence], describer: Describer, target: Path) -> None:
    """Train the CRF and write it to ``target``; takes a minute or two."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_CRF)
    for sentence in train:
        trainer.append(describer.features(sentence.tokens), list(sentence.tags))
    trainer.train(str(target))


def crf_tags(crf: Path, describer: Describer, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The CRF's BIO tags of tokenised sentences."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(crf))
    return [regular(tagger.tag(describer.features(tokens))) for tokens in rows]


def finder_tags(weights: Path, vectors: Path, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The BIO tags of a Stanza name finder for tokenised sentences."""
    pretrain = Pretrain(str(vectors))
    trainer = Trainer(model_file=str(weights), pretrain=pretrain, device="cpu")
    look_up_nearest(trainer.vocab["word"])
    document = Document([[{"id": (n,), "text": t} for n, t in enumerate(tokens, 1)] for tokens in rows])
    loader = DataLoader(
        document,
        64,
        trainer.args,
        pretrain,
        vocab=trainer.vocab,
        evaluation=True,
        preprocess_tags=False,
        bert_tokenizer=None,
    )
    return [regular(bio(tags)) for batch in loader for tags in trainer.predict(batch)]


def news_sample(news: Path, limit: int = 14_000) -> list[list[str]]:
    """Sentences of a sample of the news, titles among them, as tokens; a fixed seed."""
    rng = random.Random(_SEED)
    found = []
    for title, content in articles(news):
        if rng.random() < _SHARE:
            texts = [*([title] if rng.random() < _TITLES else []), *sentences(content)]
            rows = [rough_tokens(text) for text in texts]
            found += [row for row in rows if _SHORTEST <= len(row) <= _LONGEST]
    rng.shuffle(found)
    return found[:limit]


def agreed(rows: Sequence[Sequence[str]], first: Tags, second: Tags) -> Iterator[NamedSentence]:
    """The sentences on whose names both agree; of those without a name a share."""
    gazetteer, rng = load_gazetteer(), random.Random(_SEED)
    for tokens, left, right in zip(rows, first, second, strict=True):
        names = _names(tokens, set(spans(left)), set(spans(right)), gazetteer)
        if names is not None and (names or rng.random() < _UNNAMED):
            tags = ["O"] * len(tokens)
            for name in names:
                inner = ["I-" + name.label] * (name.end - name.start - 1)
                tags[name.start : name.end] = ["B-" + name.label, *inner]
            yield NamedSentence(tuple(tokens), tuple(tags))


def _names(
    tokens: Sequence[str], left: set[Span], right: set[Span], gazetteer: Gazetteer
) -> list[Span] | None:
    known = {
        Span(hit.first, hit.last + 1, _label(gazetteer.actor(hit.key).type))
        for hit in gazetteer.find_actors(tokens)
        if not hit.description and not hit.others
    }
    kept = left & right
    for name in left ^ right:
        wider = [k for k in known if k.start <= name.start and name.end <= k.end]
        sure = [k for k in wider if k.label == name.label or (k.start, k.end) == (name.start, name.end)]
        if not sure:
            return None
        kept.add(sure[0])
    kept |= {k for k in known if k.label == "ORG" and not any(_meet(k, other) for other in kept)}
    ordered = sorted(kept, key=lambda name: name.start)
    apart = all(one.end <= other.start for one, other in pairwise(ordered))
    return ordered if apart else None


def _meet(one: Span, other: Span) -> bool:
    return one != other and one.start < other.end and other.start < one.end


def _label(actor_type: Any) -> str:
    return {"Person": "PER", "State": "LOC", "Country": "LOC"}.get(actor_type, "ORG")
