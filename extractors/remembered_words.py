"""Memory for what the models' character networks say of a word: it depends on its letters alone.

Each of tagger, parser and name finder reads every word letter by letter; most words of an article have been
read before. The vectors are the same up to the rounding of the arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

#: Words kept for each network, about 0.8 KB each; then it begins anew.
_SIZE = 50_000


class RememberedWords(nn.Module):
    """In the place of a Stanza `CharacterModel`, with the same call."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self._network = network
        self._numbers: dict[bytes, int] = {}
        self._vectors = torch.empty(0)

    def forward(
        self,
        chars: Tensor,
        _mask: Any,
        order: Sequence[int],
        sentences: Sequence[int],
        lengths: Sequence[int],
    ) -> Any:
        """The vectors of the words (packed, or padded where the network pads).

        `chars` is words x letters, the longest word first, `order` their places in the text, `sentences` the
        words of each sentence, `lengths` the letters of each word.
        """
        from stanza.models.common.utils import tensor_unsort
        from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

        letters = chars.numpy()
        keys = [letters[n, :length].tobytes() for n, length in enumerate(lengths)]
        if len(self._numbers) + len(keys) > _SIZE:
            self._numbers, self._vectors = {}, torch.empty(0)
        # The first of equal words stands for all of them.
        new = {key: n for n, key in reversed(list(enumerate(keys))) if key not in self._numbers}
        if new:
            self._read(chars, lengths, sorted(new.values()), keys)
        vectors = self._vectors[[self._numbers[key] for key in keys]]
        packed = pack_sequence(tensor_unsort(vectors, order).split(sentences))
        return pad_packed_sequence(packed, batch_first=True)[0] if self._network.pad else packed

    def _read(self, chars: Tensor, lengths: Sequence[int], at: list[int], keys: Sequence[bytes]) -> None:
        read = self._network(chars[at], None, range(len(at)), [len(at)], [lengths[n] for n in at])
        vectors = read[0] if self._network.pad else read.data
        self._numbers |= {keys[n]: number for number, n in enumerate(at, len(self._numbers))}
        self._vectors = torch.cat([self._vectors, vectors])


def remember_words(processors: Mapping[str, Any]) -> None:
    """Give the character networks of loaded Stanza processors a memory."""
    for name in ("pos", "depparse", "ner"):
        for trainer in getattr(processors[name], "trainers", None) or [processors[name].trainer]:
            if hasattr(trainer.model, "charmodel"):
                trainer.model.charmodel = RememberedWords(trainer.model.charmodel)
