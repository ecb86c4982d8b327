"""Finding and loading the weights of the annotation models, offline.

Three places, in this order: the folder or the word `official` that the caller names, the environment variable
HADATH_MODELS, the folder `extractors/models` that ships with the project. A folder holds `tokenize.pt mwt.pt
pos.pt lemma.pt depparse.pt ner.pt vectors.pt` (`models.json` may add settings of the Stanza pipeline), or is
laid out as `stanza.download('ar')` leaves it; `official` means Stanza's own folder.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from schema import VERSION
from schema.errors import ModelError
from schema.model import RunInfo

JudgeT = TypeVar("JudgeT")

SHIPPED = Path(__file__).parent / "models"
OFFICIAL = "official"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
_VECTORS = "vectors.pt"
_NEED_VECTORS = ("pos", "depparse", "ner")


def models_folder(models: str | Path | None = None) -> Path:
    """The folder that holds the weights, as the head of this file says. Raises ModelError if it is absent."""
    named = models or os.environ.get("HADATH_MODELS") or SHIPPED
    if str(named) == OFFICIAL:
        from stanza.resources.common import DEFAULT_MODEL_DIR

        folder = Path(DEFAULT_MODEL_DIR)
        advice = "run python -c \"import stanza; stanza.download('ar')\" once, or leave --models out"
    else:
        folder = Path(named)
        advice = "name a folder with weights in HADATH_MODELS, or unset it to use those of the project"
    if not folder.is_dir():
        raise ModelError(f"no folder of models at {folder}; {advice}")
    return folder


def load_pipeline(models: str | Path | None = None, **options: Any) -> Any:
    """The loaded `stanza.Pipeline`; `options` go before our settings of it.

    Raises ModelError where weights are absent or do not load.
    """
    folder = models_folder(models)
    flat = (folder / "tokenize.pt").exists() or not (folder / "resources.json").exists()
    settings = _flat_settings(folder) if flat else {}
    with one_thread(), _no_optimizers(), TemporaryDirectory() as scratch:
        from stanza import Pipeline

        # Stanza wants its list of languages even where every file is named; an empty one serves.
        listing = Path(scratch) / "resources.json"
        listing.write_text("{}", encoding="utf-8")
        try:
            return Pipeline(
                lang="ar",
                dir=str(folder),
                processors=dict.fromkeys(PROCESSORS, "default") if flat else ",".join(PROCESSORS),
                download_method=None,
                resources_filepath=str(listing if flat else folder / "resources.json"),
                allow_unknown_language=flat,
                logging_level="ERROR",
                use_gpu=False,
                **{"tokenize_no_ssplit": True, "lemma_store_results": True, **settings, **options},
            )
        except Exception as error:
            # Stanza raises whatever the broken file leads to: a pickle error, a key error, its own types.
            raise ModelError(f"the models in {folder} do not load: {_first_line(error)}") from error


@contextmanager
def one_thread() -> Iterator[None]:
    """Load torch with one thread: sentences are short, and more threads than cores make them slower."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import torch

    torch.set_num_threads(1)
    yield


@contextmanager
def _no_optimizers() -> Iterator[None]:
    """Let Stanza load its models without the optimizers of training: making the first one imports torch's
    compiler, which takes about as long as all the weights.
    """
    from stanza.models.common import utils

    made = {name: getattr(utils, name) for name in ("get_optimizer", "get_split_optimizer")}
    try:
        for name in made:
            setattr(utils, name, lambda *_, **__: {})
        yield
    finally:
        for name, make in made.items():
            setattr(utils, name, make)


def _flat_settings(folder: Path) -> dict[str, Any]:
    missing = [f"{name}.pt" for name in PROCESSORS if not (folder / f"{name}.pt").exists()]
    if missing:
        raise ModelError(
            f"{folder} lacks {', '.join(missing)}; run python -m scripts.train, or set HADATH_MODELS"
        )
    settings: dict[str, Any] = {f"{name}_model_path": str(folder / f"{name}.pt") for name in PROCESSORS}
    if (folder / _VECTORS).exists():
        settings |= {f"{name}_pretrain_path": str(folder / _VECTORS) for name in _NEED_VECTORS}
    for name, file in (("forward", "charlm_forward.pt"), ("backward", "charlm_backward.pt")):
        if (folder / file).exists():
            settings |= {f"{p}_{name}_charlm_path": str(folder / file) for p in _NEED_VECTORS}
    return settings | _manifest(folder)


def _manifest(folder: Path) -> dict[str, Any]:
    """The entry `pipeline` of models.json; a value that names a file of the folder becomes its path."""
    file = folder / "models.json"
    if not file.exists():
        return {}
    try:
        settings = json.loads(file.read_text(encoding="utf-8")).get("pipeline", {})
    except (ValueError, AttributeError) as error:
        raise ModelError(f"{file} is not a JSON object: {error}") from error
    return {
        key: str(folder / value) if isinstance(value, str) and (folder / value).is_file() else value
        for key, value in settings.items()
    }


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else 'no message'}"


def load_judge(path: Path, make: Callable[[Any], JudgeT]) -> JudgeT | None:
    """What `make` makes of a JSON file of weights; None where there is no such file (Stanza's own folder).

    Raises ModelError where the file cannot be read.
    """
    if not path.exists():
        return None
    try:
        return make(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} does not load ({error!r}); restore it or train it again") from error


def models_id(models: str | Path | None = None) -> str:
    """16 hex digits that change when any file of the weights does. Raises ModelError where there are none."""
    folder = models_folder(models)
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(path for path in folder.rglob("*") if path.suffix in {".pt", ".json", ".npz"}):
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "blake2b").digest()
        digest.update(f"{file.relative_to(folder)}\0".encode() + content)
    return digest.hexdigest()


def run_info(models: str | Path | None = None) -> RunInfo:
    """What the graph remembers of a run: the version of the program and the weights it reads with. Raises
    ModelError where there are none.
    """
    return RunInfo(VERSION, models_id(models))
