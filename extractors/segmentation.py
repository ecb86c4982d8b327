"""The words of a token, told from its form alone: وبالعراق is و + ب + العراق, وزير is one word.

Whether a first or last letter is a clitic hardly depends on the sentence, but a treebank is too small to know
the forms. The counts of a large body of news know them: بنجاح is ب + نجاح because نجاح and النجاح are written
often and البنجاح never. Two small networks weigh these counts; `scripts.train.clitic_forms` trains them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schema.errors import ModelError

FILE = "clitics.pt"
PREFIXES = "وفبلكسأ"
SUFFIXES = ("ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم", "ني")
#: Forms shorter than these are not cut before, or behind.
SHORTEST_PREFIXED, SHORTEST_SUFFIXED = 3, 4
_SURE = 0.5
_ARTICLE = "ال"

Frequency = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer over standardised features: gives the chance that the letter is a clitic."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    out_bias: float

    def __call__(self, features: Sequence[float]) -> float:
        row = (np.asarray(features, dtype=np.float32) - self.mean) / self.scale
        active = np.maximum(self.hidden @ row + self.hidden_bias, 0.0)
        return 1.0 / (1.0 + math.exp(-float(self.out @ active) - self.out_bias))


@dataclass(frozen=True)
class Segmenter:
    """`counts`: how often the news write a form. `known`: words of forms that the treebank holds."""

    counts: Mapping[str, int]
    known: Mapping[str, tuple[str, ...]]
    prefix: Network
    suffix: Network

    @classmethod
    def load(cls, folder: Path) -> Segmenter | None:
        """The segmenter of a folder of weights; None where the folder has none (Stanza's own package).

        Raises ModelError where the file cannot be read.
        """
        import torch

        path = folder / FILE
        if not path.exists():
            return None
        try:
            return cls.of(torch.load(path, map_location="cpu", weights_only=True))
        except Exception as error:
            # A broken file raises what its bytes lead to: a pickle error, a key error, a runtime error.
            raise ModelError(f"{path} does not load ({error}); restore it or train it again") from error

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> Segmenter:
        """The segmenter of what `scripts.train.clitic_forms` saves."""
        counts = dict(zip(saved["forms"].split("\n"), saved["counts"].tolist(), strict=True))
        known = {line.split(" ")[0]: tuple(line.split(" ")[1:]) for line in saved["known"].split("\n")}
        return cls(counts, known, _network(saved["prefix"]), _network(saved["suffix"]))

    def words(self, form: str) -> tuple[str, ...]:
        """The words of a token without vowel marks, in order; the token itself where it has no clitic."""
        known = self.known.get(form)
        if known is not None:
            return known
        if not form or not all("ء" <= letter <= "ي" for letter in form):
            return (form,)
        prefixed = len(form) >= SHORTEST_PREFIXED and form[0] in PREFIXES
        if prefixed and self.prefix(prefix_features(form, self.frequency)) > _SURE:
            return (form[0], *self.words(self._rest(form)))
        if len(form) >= SHORTEST_SUFFIXED:
            chances = [
                (self.suffix(suffix_features(form, suffix, self.frequency)), suffix)
                for suffix in suffixes_of(form)
            ]
            chance, suffix = max(chances, default=(0.0, ""))
            if chance > _SURE:
                return (self._alone(form[: -len(suffix)]), suffix)
        return (form,)

    def frequency(self, form: str) -> float:
        """The logarithm of one more than the count of a form."""
        return math.log1p(self.counts.get(form, 0))

    def _rest(self, form: str) -> str:
        """What follows the first letter; للقوات is ل + القوات, but لليبيا is ل + ليبيا and للقاء ل + لقاء,
        as nobody writes the word without both.
        """
        rest = form[1:]
        if form.startswith("لل"):
            stem, definite = rest[1:], _ARTICLE + rest[1:]
            weight = 2 * self.frequency(definite) + self.frequency(stem)
            if weight > 2 * self.frequency(rest) or rest not in self.counts:
                return definite
        return rest

    def _alone(self, stem: str) -> str:
        """A stem before a pronoun as it is spelled alone: مدرست is مدرسة, مدا is مدى, وزراؤ is وزراء."""
        last, frequency = stem[-1], self.frequency
        if last == "ت":
            noun = stem[:-1] + "ة"
            weight = frequency(noun) + frequency(_ARTICLE + noun)
            return noun if weight > frequency(stem) + frequency(_ARTICLE + stem) else stem
        for written, spelled in (("ا", "ى"), ("ؤ", "ء"), ("ئ", "ء")):
            if last == written and frequency(stem[:-1] + spelled) > frequency(stem):
                return stem[:-1] + spelled
        return stem


def suffixes_of(form: str) -> list[str]:
    """The pronouns in which a form could end, with two letters at least before them."""
    return [s for s in SUFFIXES if form.endswith(s) and len(form) - len(s) >= 2]


def prefix_features(form: str, frequency: Frequency) -> list[float]:
    """What tells whether the first letter is a clitic: how often forms with and without it are written."""
    first, rest = form[0], form[1:]
    definite = rest[1:] if form.startswith("لل") else None
    others = [frequency(letter + rest) for letter in "وبلفك" if letter != first]
    return [
        *(frequency(form), frequency(rest), frequency(_ARTICLE + rest), frequency(_ARTICLE + form)),
        *(frequency(letter + form) for letter in "وبل"),
        max(others),
        *(frequency(letter + rest) for letter in "يت"),
        float(definite is not None),
        frequency(_ARTICLE + definite) if definite else 0.0,
        len(rest) / 5,
        *(frequency(form + "ة"), frequency(form + "ا"), frequency(rest + "ة")),
        *(frequency(form[:-1]), frequency(rest[:-1])),
        float(rest.startswith(_ARTICLE)),
        *(frequency(rest + "ه"), frequency(form + "ه")),
        *(float(first == letter) for letter in PREFIXES),
    ]


def suffix_features(form: str, suffix: str, frequency: Frequency) -> list[float]:
    """What tells whether the end is a pronoun: how often the stem is written alone and with other ends."""
    stem = form[: -len(suffix)]
    short = stem[:-1]
    feminine = short + "ة" if stem.endswith("ت") else ""
    return [
        *(frequency(form), frequency(stem), frequency(_ARTICLE + stem), frequency(_ARTICLE + form)),
        *((frequency(feminine), frequency(_ARTICLE + feminine)) if feminine else (0.0, 0.0)),
        frequency(short + "ى") if stem.endswith("ا") else 0.0,
        frequency(short + "ء") if stem[-1] in "ؤئ" else 0.0,
        *(frequency(form + "ا"), frequency(form + "ة"), frequency("و" + form), frequency("و" + stem)),
        *(frequency(stem + end) for end in ("ين", "ات", "ها", "هم", "ه", "نا", "ية", "ون")),
        len(stem) / 5,
        *(float(form.startswith(_ARTICLE)), float(stem.endswith("ت")), float(stem.endswith("ا"))),
        float(form[0] in "يتن"),
        *(float(form.startswith(letter)) for letter in "بلو"),
        *(float(suffix == end) for end in SUFFIXES),
    ]


def _network(saved: Mapping[str, Any]) -> Network:
    """The network of saved tensors."""
    mean, scale, hidden, hidden_bias, out = (
        saved[name].float().numpy() for name in ("mean", "scale", "hidden", "hidden_bias", "out")
    )
    return Network(mean, scale, hidden, hidden_bias, out, float(saved["out_bias"]))
