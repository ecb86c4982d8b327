"""The words of the tokens of many texts: from their forms alone, or by Stanza's tokenizer and expander.

The project's own weights come with a segmenter (`segmentation`), which is faster and errs less.
Stanza's own package has none; there its tokenizer marks the tokens of several words, its expander cuts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from extractors.clitics import believed
from extractors.segmentation import Segmenter

#: A text, and its tokens in order: the form of each and where it ends in the text.
Text = tuple[str, Sequence[tuple[str, int]]]
_MULTI = (3, 4)
_SINGLE = (1, 2)


class TokenWords(Protocol):
    """Gives the words of tokens."""

    def of(self, texts: Sequence[Text]) -> list[list[tuple[str, ...]]]:
        """For every text the words of each of its tokens; a token without clitics is its own word."""


class FormWords:
    """Words from forms; remembers each form."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._words: dict[str, tuple[str, ...]] = {}

    def of(self, texts: Sequence[Text]) -> list[list[tuple[str, ...]]]:
        """See `TokenWords.of`."""
        return [[self._of(form) for form, _ in tokens] for _, tokens in texts]

    def _of(self, form: str) -> tuple[str, ...]:
        words = self._words.get(form)
        if words is None:
            words = self._words[form] = self._segmenter.words(form)
        return words


class StanzaWords:
    """Words by the tokenizer and the expander of a Stanza pipeline."""

    def __init__(self, processors: Mapping[str, Any]) -> None:
        self._processors = processors
        self._expansions: dict[str, tuple[str, ...]] = {}

    def of(self, texts: Sequence[Text]) -> list[list[tuple[str, ...]]]:
        """See `TokenWords.of`."""
        multi = self._multiword(texts)
        unknown = {
            form
            for (_, tokens), flags in zip(texts, multi, strict=True)
            for (form, _), flag in zip(tokens, flags, strict=True)
            if flag and form not in self._expansions
        }
        self._expand(sorted(unknown))
        return [
            [
                self._expansions[form] if flag else (form,)
                for (form, _), flag in zip(tokens, flags, strict=True)
            ]
            for (_, tokens), flags in zip(texts, multi, strict=True)
        ]

    def _multiword(self, texts: Sequence[Text]) -> list[list[bool]]:
        """For every token, whether the tokenizer model takes it for several words."""
        flags: list[list[bool]] = [[] for _ in texts]
        for number, labels in self._labels([text for text, _ in texts]):
            for form, end in texts[number][1]:
                last = labels[end - 1]
                several = max(last[label] for label in _MULTI) > max(last[label] for label in _SINGLE)
                flags[number].append(several and len(form) > 1 and form.isalpha())
        return flags

    def _labels(self, texts: Sequence[str]) -> Iterator[tuple[int, Any]]:
        """(number, scores) of every text: for each of its characters the scores of the five token labels."""
        from stanza.models.tokenization.data import SortedDataset, TokenizationDataset
        from torch.utils.data import DataLoader

        if not texts:
            return
        processor = self._processors["tokenize"]
        dataset = TokenizationDataset(
            processor.config,
            input_text="\n\n".join(text.replace("\n", " ") for text in texts),
            vocab=processor.vocab,
            evaluation=True,
            dictionary=processor.trainer.dictionary,
        )
        ordered = SortedDataset(dataset)
        loader = DataLoader(ordered, batch_size=64, collate_fn=ordered.collate)
        scores = [row for batch in loader for row in processor.trainer.predict(batch)]
        yield from enumerate(ordered.unsort(scores))

    def _expand(self, tokens: Sequence[str]) -> None:
        """Remember the words of multi-word tokens; they do not depend on the sentence."""
        if not tokens:
            return
        from stanza.models.common.doc import Document as StanzaDocument

        processor = self._processors["mwt"]
        found = {token: processor.trainer.dict_expansion(token) for token in tokens}
        unknown = [token for token in tokens if found[token] is None]
        rows = [[{"id": (1,), "text": token, "misc": "MWT=Yes"}] for token in unknown]
        expanded = processor.process(StanzaDocument(rows))
        for token, sentence in zip(unknown, expanded.sentences, strict=True):
            pieces = tuple(word.text for word in sentence.words)
            self._expansions[token] = believed(token, pieces, self._is_word)
        self._expansions |= {
            token: tuple(known.split()) for token, known in found.items() if known is not None
        }

    def _is_word(self, form: str) -> bool:
        """Whether the word list of the vectors has the form; without vectors every form counts as a word."""
        pretrain = self._processors["pos"].pretrain
        return pretrain is None or form in pretrain.vocab
