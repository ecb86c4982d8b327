"""The file of what is learnt: trees, habits, and how texts in a row become numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from extractors.learnt.habits import Habits, Tellings
from extractors.learnt.trees import Trees
from schema.errors import ModelError

#: The number of a text that was not there when the trees were learnt.
_NEW = -1
_ARRAYS = ("trait", "threshold", "leaf")

Value = float | str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The chance from which an edge of the rules is kept, and from which another is added."""

    keep: float
    add: float


@dataclass(frozen=True, slots=True)
class Model:
    """What is learnt. `columns` names the values of a row, `codes` gives for those that are texts the number
    of each; `trees` has an ensemble for each question.
    """

    columns: tuple[str, ...]
    codes: Mapping[str, Mapping[str, int]]
    habits: Habits
    trees: Mapping[str, Trees]
    thresholds: Thresholds
    tellings: Tellings


def encoded(
    columns: Sequence[str], codes: Mapping[str, Mapping[str, int]], values: Sequence[Value]
) -> list[float]:
    """The values with a number for each text."""
    return [
        float(codes[column].get(value, _NEW)) if isinstance(value, str) else value
        for column, value in zip(columns, values, strict=True)
    ]


def matrix(rows: Sequence[Sequence[float]]) -> NDArray[np.float32]:
    """Rows as the trees take them."""
    return np.asarray(rows, dtype=np.float32)


def load_model(path: Path, columns: Sequence[str]) -> Model | None:
    """The model in `path` (JSON, its trees in the .npz beside it); None where there is none (Stanza's own
    folder). Raises ModelError where it cannot be read or was learnt from other traits than `columns`.
    """
    if not path.exists():
        return None
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        packed = path.with_suffix(".npz").read_bytes()
        if _digest(packed) != saved["arrays"]:
            raise ValueError("its trees are of another training")
        with np.load(BytesIO(packed), allow_pickle=False) as arrays:
            trees = {
                name: Trees(**{part: arrays[f"{name} {part}"] for part in _ARRAYS}, base=float(base))
                for name, base in saved["trees"].items()
            }
        model = Model(
            tuple(saved["columns"]),
            saved["codes"],
            Habits(saved["habits"], saved["usual"]),
            trees,
            Thresholds(**saved["thresholds"]),
            Tellings(saved["tellings"]),
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, BadZipFile) as error:
        raise ModelError(f"{path} does not load ({error!r}); restore it or train it again") from error
    if model.columns != tuple(columns):
        raise ModelError(f"{path} was learnt from other traits than this program has; train it again")
    return model


def save_model(model: Model, path: Path) -> None:
    """Write the model as `load_model` reads it."""
    arrays = {
        f"{name} {part}": getattr(trees, part) for name, trees in model.trees.items() for part in _ARRAYS
    }
    np.savez_compressed(path.with_suffix(".npz"), **arrays)
    saved: dict[str, Any] = {
        "thresholds": asdict(model.thresholds),
        "arrays": _digest(path.with_suffix(".npz").read_bytes()),
        "trees": {name: round(trees.base, 5) for name, trees in model.trees.items()},
        "columns": list(model.columns),
        "codes": model.codes,
        "usual": [round(share, 5) for share in model.habits.usual],
        "habits": model.habits.counts,
        "tellings": model.tellings.counts,
    }
    text = json.dumps(saved, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
