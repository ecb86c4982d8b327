"""Reading the project's YAML: a key written twice is an error, where plain YAML keeps the last one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from schema.errors import OntologyError


class _UniqueKeys:
    """A loader that refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise yaml.YAMLError(f"line {line}: {key.value!r} is written twice; keep one of them")
            seen.add(key.value)
        return super().construct_mapping(node, deep)  # type: ignore[misc,no-any-return]  # a loader's


# The loaders in C are much the faster ones; PyYAML is built without them on some platforms.
class _Values(_UniqueKeys, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Scalars become numbers, truth values, None."""


class _Strings(_UniqueKeys, getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Every scalar stays a string."""


def read_yaml(path: Path, *, strings: bool = False) -> Any:
    """What the file holds, all scalars as written if `strings`; `OntologyError` where it cannot be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Strings if strings else _Values)
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror}); give another path") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise OntologyError(f"{path.name}: is not readable as YAML: {reason}") from error
