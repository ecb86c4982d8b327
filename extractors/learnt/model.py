"""The file of what is learnt: networks, the codes of texts, and which words told which events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from extractors.learnt.questions import (
    FIGURES,
    PAIRS,
    STATUSES,
    TEXTS,
    TIE_FIGURES,
    TIE_TEXTS,
    WORDS,
    Codes,
    Questions,
)
from extractors.learnt.tellings import Tellings
from extractors.learnt.ties import STANDING
from extractors.weights import one_thread
from schema.errors import ModelError

if TYPE_CHECKING:  # torch takes a second to import, and not all who import the pipeline ask the network
    from extractors.learnt.network import PartyNetwork, Scores

#: The traits that a network has learnt from, and the statuses and relations that it tells apart.
COLUMNS = {
    "words": WORDS,
    "texts": TEXTS,
    "figures": FIGURES,
    "pairs": PAIRS,
    "tie texts": TIE_TEXTS,
    "tie figures": TIE_FIGURES,
    "statuses": STATUSES,
    "relations": STANDING,
}
VECTORS = "vectors.pt"
#: To name a killer is the gravest accusation: such an edge must be surer to be added.
_HARM = frozenset({"Killing", "Wounding"})
#: Too seldom drawn (66 times in 4,810 articles) to learn when the rules are wrong: theirs stay.
_SELDOM = frozenset({"Discovery"})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The chance from which an edge or relation of the rules is kept; from which another edge of an event is
    added, one that tells who killed or wounded whom, and another standing relation.
    """

    keep: float
    add: float
    add_harm: float
    add_standing: float

    def keeps(self, type_: str, chance_: float) -> bool:
        """Whether the rules' edge of an event of that type stays."""
        return type_ in _SELDOM or chance_ >= self.keep

    def adds(self, type_: str, chance_: float) -> bool:
        """Whether an edge of an event of that type is given that the rules lack."""
        return chance_ >= (self.add_harm if type_ in _HARM else self.add)


@dataclass(frozen=True, slots=True)
class Model:
    """What is learnt. The networks are of one shape; their scores are averaged. `rows`: word -> the row of
    its vector.
    """

    codes: Codes
    tellings: Tellings
    thresholds: Thresholds
    networks: Sequence[PartyNetwork]
    rows: Mapping[str, int]

    def scores(self, questions: Questions) -> Scores:
        """The mean of what the networks answer."""
        answers = [network.answers(questions) for network in self.networks]
        return type(answers[0])(*(np.mean(found, axis=0) for found in zip(*answers, strict=True)))


def chance(score: float | np.float64) -> float:
    """The chance that log odds mean."""
    return float(1 / (1 + np.exp(-score)))


def load_model(path: Path) -> Model | None:
    """The model in `path` (JSON, its networks in the .npz and the word vectors beside it); None where there
    is none (Stanza's own folder). Raises ModelError where it cannot be read or was learnt from other traits.
    """
    if not path.exists():
        return None
    with one_thread():
        return _loaded(path)


def _loaded(path: Path) -> Model:
    from extractors.learnt.network import PartyNetwork, Sizes, digest_of, read_vectors

    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        packed = path.with_suffix(".npz").read_bytes()
        if _digest(packed) != saved["arrays"]:
            raise ValueError("its networks are of another training")
        rows, vectors = read_vectors(path.with_name(VECTORS))
        if digest_of(vectors) != saved["vectors"]:
            raise ValueError(f"{VECTORS} beside it holds other vectors than it was trained with")
        with np.load(BytesIO(packed), allow_pickle=False) as arrays:
            networks = [
                PartyNetwork.of(
                    Sizes(**saved["sizes"]),
                    vectors,
                    {name: arrays[f"{number} {name}"] for name in saved["parts"]},
                )
                for number in range(saved["networks"])
            ]
        model = Model(
            Codes(saved["codes"]),
            Tellings(saved["tellings"]),
            Thresholds(**saved["thresholds"]),
            networks,
            rows,
        )
        columns = saved["columns"]
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RuntimeError,
        BadZipFile,
        UnpicklingError,
    ) as error:
        raise ModelError(f"{path} does not load ({error!r}); restore it or train it again") from error
    if columns != {name: list(traits) for name, traits in COLUMNS.items()}:
        raise ModelError(f"{path} was learnt from other traits than this program has; train it again")
    return model


def save_model(model: Model, path: Path) -> None:
    """Write the model as `load_model` reads it, its numbers in half precision."""
    parts = [network.numbers() for network in model.networks]
    arrays: dict[str, NDArray[np.float16]] = {
        f"{number} {name}": array for number, own in enumerate(parts) for name, array in own.items()
    }
    # numpy's types take any further name for `allow_pickle`
    np.savez_compressed(path.with_suffix(".npz"), **arrays)  # type: ignore[arg-type]
    saved: dict[str, Any] = {
        "arrays": _digest(path.with_suffix(".npz").read_bytes()),
        "codes": model.codes.found,
        "columns": COLUMNS,
        "networks": len(parts),
        "parts": sorted(parts[0]),
        "sizes": asdict(model.networks[0].sizes),
        "tellings": model.tellings.counts,
        "thresholds": asdict(model.thresholds),
        "vectors": model.networks[0].vectors_digest,
    }
    text = json.dumps(saved, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
