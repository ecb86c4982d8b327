"""Words of saying: verbs, their participles (مشيرا إلى), and source phrases (بحسب، نقلا عن)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from extractors.inflection import Features, noun_forms, verb_forms
from extractors.normalise import fold
from schema.errors import OntologyError

LEXICON = Path(__file__).parent / "lexicon"


class ReportingForm(BaseModel):
    """One entry of reporting.yaml: a verb of saying, or a source phrase."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verb: str | None = None
    source: str | None = None
    stance: str = "neutral"
    masdar: tuple[str, ...] = ()
    participle: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """A form of saying. `kind`: verb, masdar, participle. `weak`: says something only before أن / إن / a
    quotation.
    """

    lemma: str
    kind: str
    stance: str
    weak: bool
    needs: tuple[str, ...]
    features: Features


@dataclass(frozen=True)
class Reporting:
    """Look-up from a word's form to a saying, and source phrases as sequences of look-up keys."""

    _forms: Mapping[str, tuple[Saying, ...]]
    sources: tuple[tuple[str, ...], ...]

    def lookup(self, form: str) -> tuple[Saying, ...]:
        """The sayings that a form may be."""
        return self._forms.get(fold(form), ())

    def source_at(self, keys: Sequence[str], i: int) -> int:
        """The length of the longest source phrase that begins at position i; 0 for none."""
        return max((len(s) for s in self.sources if tuple(keys[i : i + len(s)]) == s), default=0)


@lru_cache(maxsize=1)
def load_reporting() -> Reporting:
    """Read and check reporting.yaml; OntologyError names the entry that is wrong."""
    path = LEXICON / "reporting.yaml"
    try:
        entries = TypeAdapter(list[ReportingForm]).validate_python(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        raise OntologyError(f"{path.name}: entry {first['loc']}: {first['msg']}; see FORMAT.md") from error
    forms: dict[str, list[Saying]] = {}
    sources = []
    for entry in entries:
        if entry.source:
            sources.append(tuple(fold(w) for w in entry.source.split()))
        needs = tuple(fold(word) for word in entry.needs)
        if entry.verb:
            past, _, present = (part.strip() for part in entry.verb.partition("/"))
            for form, features in verb_forms(past, present).items():
                forms.setdefault(form, []).append(
                    Saying(past, "verb", entry.stance, entry.weak, needs, features)
                )
            for kind, nouns in (("masdar", entry.masdar), ("participle", entry.participle)):
                for noun in nouns:
                    for form, features in noun_forms(noun).items():
                        forms.setdefault(form, []).append(
                            Saying(past, kind, entry.stance, entry.weak, needs, features)
                        )
    return Reporting({form: tuple(sayings) for form, sayings in forms.items()}, tuple(sources))
