"""Cues round a trigger that change how far its event may be taken for true: لم، سوف، يعتزم، دعا إلى، إذا.

The cues are data (lexicon/cues.yaml); each class of them leads to a status of the ontology.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from extractors.inflection import noun_forms, verb_forms
from extractors.normalise import fold
from schema.errors import OntologyError
from schema.yaml_files import read_yaml

_LONGEST = 6
LEXICON = Path(__file__).parent / "lexicon"


class CueForm(BaseModel):
    """One entry of cues.yaml, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cue: str
    status: str
    particles: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    masdars: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cue:
    """A class of cues. `particles` and `exceptions` are look-up keys without spaces (particles may be split
    or not:
    بهدف, ب + هدف); the rest are single forms."""

    name: str
    status: str
    particles: frozenset[str]
    exceptions: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]
    openings: frozenset[str]  # first two letters of the particles, or the one of a particle split off

    def particle_at(self, keys: Sequence[str], i: int) -> int:
        """The length of the particle of this class that begins at position i; 0 for none."""
        if keys[i][:2] not in self.openings:
            return 0
        letters, length = "", 0
        for n, key in enumerate(keys[i : i + _LONGEST], 1):
            letters += key
            if letters in self.exceptions:
                return 0
            if letters in self.particles:
                length = n
        return length


@lru_cache(maxsize=1)
def load_cues() -> tuple[Cue, ...]:
    """Read and check cues.yaml; OntologyError names the entry that is wrong."""
    path = LEXICON / "cues.yaml"
    try:
        entries = TypeAdapter(list[CueForm]).validate_python(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise OntologyError(f"{path.name}: entry {first['loc']}: {first['msg']}; see FORMAT.md") from error
    return tuple(_cue(entry) for entry in entries)


def _cue(entry: CueForm) -> Cue:
    nouns = {
        form
        for noun in (*entry.nouns, *entry.masdars, *entry.participles)
        for form in (fold(noun), *noun_forms(noun))
    }
    verbs: set[str] = set()
    for verb in entry.verbs:
        past, _, present = (part.strip() for part in verb.partition("/"))
        verbs |= set(verb_forms(past, present))
    particles = frozenset(map(_letters, entry.particles))
    exceptions = frozenset(map(_letters, entry.exceptions))
    return Cue(
        entry.cue,
        entry.status,
        particles,
        exceptions,
        frozenset(nouns),
        frozenset(verbs),
        frozenset(p[:n] for p in particles | exceptions for n in (1, 2)),
    )


def _letters(text: str) -> str:
    return "".join(fold(word) for word in text.split())
