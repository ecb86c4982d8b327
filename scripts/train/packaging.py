"""Half precision, the manifest, and the folder that the product loads from."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from extractors.coding import FILE as CODING
from extractors.learnt.parties import FILE as PARTIES
from extractors.learnt.parties import NETWORKS
from extractors.segmentation import FILE as CLITICS

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
VECTORS = "vectors.pt"
TABLES = (VECTORS, CLITICS, CODING, PARTIES, NETWORKS)
"""What the processors share and what the product reads beside them."""
WITH_VECTORS = frozenset({"pos", "depparse", "ner"})
LIMIT_BYTES = 60_000_000


@dataclass(frozen=True, slots=True)
class Shipped:
    """One shipped file: its name, its size in bytes and its SHA-256."""

    file: str
    size: int
    sha256: str


def halved(value: Any) -> Any:
    """Give the same nested value with every float32 tensor as float16; loading casts back to float32."""
    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, dict):
        return type(value)((key, halved(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return [halved(inner) for inner in value]
    if type(value) is tuple:
        return tuple(halved(inner) for inner in value)
    return value


def halve_file(source: Path, target: Path) -> None:
    """Write the weights of ``source`` in half precision; paths among the settings lose their folders."""
    saved = torch.load(source, map_location="cpu", weights_only=True)
    saved = without_delta(halved(saved))
    config = saved.get("config") if isinstance(saved, dict) else None
    if isinstance(config, dict):
        for key, value in config.items():
            if isinstance(value, str) and ("/" in value or value.endswith(".pt")):
                config[key] = Path(value).name
    torch.save(saved, target)


def without_delta(saved: Any) -> Any:
    """Drop a name finder's own vectors of words that the shared vectors lack: they stay zero in training."""
    if isinstance(saved, dict) and "delta" in saved.get("vocab", {}):
        own = saved["model"].pop("delta_emb.weight")
        if own.any():
            raise ValueError("the name finder was trained with vectors of its own; use --no_emb_finetune")
        del saved["vocab"]["delta"]
    return saved


def describe(path: Path) -> Shipped:
    """Give name, size and digest of a file."""
    return Shipped(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


def manifest(models: Path, tables: Sequence[str]) -> dict[str, Any]:
    """Describe the weights in the folder ``models``: which file serves which processor."""
    rows: dict[str, Any] = {}
    for processor in PROCESSORS:
        shipped = describe(models / f"{processor}.pt")
        rows[processor] = {"file": shipped.file, "bytes": shipped.size, "sha256": shipped.sha256}
        if processor in WITH_VECTORS:
            rows[processor]["pretrain"] = VECTORS
    shared = [describe(models / name) for name in tables]
    return {
        "language": "ar",
        "processors": rows,
        "tables": [{"file": t.file, "bytes": t.size, "sha256": t.sha256} for t in shared],
    }


def write_manifest(models: Path) -> None:
    """Write the manifest of the folder ``models``, with the tables that it holds."""
    described = manifest(models, [name for name in TABLES if (models / name).exists()])
    (models / "models.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


def package(weights: Mapping[str, Path], tables: Sequence[Path], models: Path) -> int:
    """Write halved weights, manifest and resource file to ``models``; give the bytes.

    ``tables`` (word vectors, clitics) are copied as they are.

    Raises ValueError where the files exceed the size that may ship.
    """
    models.mkdir(parents=True, exist_ok=True)
    for processor in PROCESSORS:
        halve_file(weights[processor], models / f"{processor}.pt")
    for table in tables:
        shutil.copyfile(table, models / table.name)
    write_manifest(models)
    (models / "resources.json").write_text("{}\n", encoding="utf-8")
    total = sum(path.stat().st_size for path in models.glob("*.pt"))
    if total > LIMIT_BYTES:
        raise ValueError(f"the weights are {total} bytes; at most {LIMIT_BYTES} may ship")
    return total


def pipeline_arguments(models: Path, processors: tuple[str, ...] = PROCESSORS) -> dict[str, Any]:
    """Keyword arguments with which ``stanza.Pipeline`` loads the weights of ``models`` and nothing else."""
    arguments: dict[str, Any] = {
        "lang": "ar",
        "dir": str(models),
        "package": None,
        "processors": ",".join(processors),
        "allow_unknown_language": True,
        "download_method": None,
        "use_gpu": False,
        "tokenize_no_ssplit": True,
        "verbose": False,
    }
    for processor in processors:
        arguments[f"{processor}_model_path"] = str(models / f"{processor}.pt")
        if processor in WITH_VECTORS:
            arguments[f"{processor}_pretrain_path"] = str(models / VECTORS)
            arguments[f"{processor}_forward_charlm_path"] = None
            arguments[f"{processor}_backward_charlm_path"] = None
    return arguments
