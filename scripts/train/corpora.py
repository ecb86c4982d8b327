"""The data of each stage, from the corpora to files that the trainers read."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.train.augmentation import variants
from scripts.train.clauses import with_predicate_heads
from scripts.train.names import enriched
from scripts.train.ner_data import NamedSentence, read_bio, split_last_tenth, write_json
from scripts.train.paradigms import by_analogy
from scripts.train.repairs import repaired_copies, repaired_quotes
from scripts.train.treebank import (
    LONGEST_CUT,
    Sentence,
    read_treebank,
    rows_of,
    thinned,
    write_conllu,
    write_tokenizer_data,
)
from scripts.train.unimorph import TagTable, coarse_tag, read_unimorph, with_ud_tags

_SHORTEST_NAMED = 5
"""Wojood holds many archive headings; sentences with fewer tokens are left out."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The treebank as it is trained on and scored on: repaired, with predicates as heads of clauses."""

    train: list[Sentence]
    dev: list[Sentence]
    snippets: list[Sentence]
    tagged: list[Sentence]
    segmented: list[Sentence]

    @classmethod
    def read(cls, corpora: Path) -> Trees:
        """Read the folder ``treebank``; nothing of the development part is in the other lists."""
        folder = corpora / "treebank"
        dev = [with_predicate_heads(repaired_copies(s)) for s in read_treebank(folder / "padt-dev.conllu")]
        train = [
            with_predicate_heads(repaired_quotes(repaired_copies(s)))
            for s in read_treebank(folder / "padt-train.conllu")
        ]
        held_out = ["".join(w.form for w in s.words) for s in dev] + [s.text.replace(" ", "") for s in dev]
        snippets = [
            with_predicate_heads(s)
            for s in read_treebank(folder / "padt-snippets.conllu")
            if not any("".join(w.form for w in s.words).rstrip(".") in text for text in held_out)
        ]
        segmented = read_unimorph(folder / "sigmorphon2019-padt.conllu", [s.text for s in dev])
        table = TagTable.learn(segmented, train)
        known = {s.text.replace(" ", "") for s in train}
        new = [s for s in segmented if s.text.replace(" ", "") not in known]
        tagged = [t for t in (with_ud_tags(s, table) for s in new) if t is not None]
        return cls(train, dev, snippets, tagged, [_with_coarse_tags(s, table) for s in segmented])


def _with_coarse_tags(sentence: Sentence, table: TagTable) -> Sentence:
    tokens = []
    for token in sentence.tokens:
        words = []
        for word in token.words:
            tags = table.tags(word)
            words.append(replace(word, upos=tags[0] if tags else coarse_tag(word), feats="_"))
        tokens.append(replace(token, words=tuple(words)))
    return replace(sentence, tokens=tuple(tokens))


def write_mwt_list(sentences: Iterable[Sentence], path: Path) -> None:
    """Write the multiword tokens with their words and counts, as Stanza's tokenizer reads them."""
    counts = Counter(
        (t.form, tuple(w.form.lower() for w in t.words))
        for s in sentences
        for t in s.tokens
        if len(t.words) > 1
    )
    rows = [[[form, list(words)], count] for (form, words), count in counts.items()]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def write_tree_data(trees: Trees, vocabulary: Collection[str], out: Path) -> None:
    """Write the files of the five processors that learn from trees; seeds are fixed.

    ``vocabulary`` holds the words of the news; the lemmatiser learns further forms among them by analogy.
    """
    write_conllu(trees.dev, out / "dev.conllu")
    rough_dev = variants(trees.dev, 1, 5)
    write_conllu(rough_dev, out / "rough-dev.conllu")
    write_tokenizer_data(rough_dev, out / "rough-dev.txt", out / "rough-dev.labels")
    write_mwt_list(rough_dev, out / "rough-dev-mwt.json")
    everything = trees.train + trees.segmented
    cut = [s for s in variants(everything, 2, 2) if len(s.text) <= LONGEST_CUT]
    write_tokenizer_data(cut, out / "tokenize.txt", out / "tokenize.labels")
    write_conllu(variants(everything, 1, 9), out / "mwt.conllu")
    analogies = by_analogy((w for s in trees.train + trees.tagged for w in s.words), vocabulary)
    write_conllu(thinned([*variants(everything, 1, 3), *rows_of(analogies)]), out / "lemma.conllu")
    write_conllu(variants(trees.train + trees.tagged, 1, 4), out / "pos.conllu")
    parsed = variants(trees.train, 1, 1) + trees.snippets
    random.Random(3).shuffle(parsed)
    write_conllu(parsed, out / "depparse.conllu")


@dataclass(frozen=True, slots=True)
class Names:
    """The sentences with names: training, and three development parts by corpus."""

    train: list[NamedSentence]
    dev: dict[str, list[NamedSentence]]

    @classmethod
    def read(cls, corpora: Path) -> Names:
        """Read the folder ``ner``; the last tenth of ANERcorp's training part is development."""
        folder = corpora / "ner"
        news, news_dev = split_last_tenth(read_bio(folder / "anercorp" / "train.conll"))
        other = read_bio(folder / "aqmar" / "train.txt")
        wojood = [s for s in read_bio(folder / "wojood" / "train.txt") if len(s.tokens) >= _SHORTEST_NAMED]
        train = enriched(news, 11) + other + wojood
        random.Random(1).shuffle(train)
        dev = {
            "ANERcorp": news_dev,
            "AQMAR": read_bio(folder / "aqmar" / "dev.txt"),
            "Wojood": read_bio(folder / "wojood" / "val.txt"),
        }
        return cls(train, dev)


def write_name_data(names: Names, out: Path) -> None:
    """Write the training file and one development file, that of the news."""
    write_json(names.train, out / "ner.json")
    write_json(names.dev["ANERcorp"], out / "ner-dev.json")
