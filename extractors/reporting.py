"""Words of saying: verbs, their participles (مشيرا إلى), and source phrases (بحسب، نقلا عن)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from extractors.inflection import Features, noun_forms, verb_forms
from extractors.normalise import fold
from schema.errors import OntologyError
from schema.yaml_files import read_yaml

LEXICON = Path(__file__).parent / "lexicon"
#: A word with ل left on it has more letters than this.
_GLUED = 3


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
    impersonal: bool = False
    object: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """A form of saying. `kind`: verb, masdar, participle. `weak`: the verb says something only before أن / إن
    or a quotation ("يعتبر" without them: is held to be). `impersonal`: without a subject its present is
    passive (يُذكر أن، يُعتقد أن) and nobody's. `object`: its object is whom it is said of (اتهم حماس ب).
    """

    lemma: str
    kind: str
    stance: str
    weak: bool
    impersonal: bool
    object: bool
    needs: tuple[str, ...]
    features: Features


@dataclass(frozen=True)
class Reporting:
    """Look-up from a word's form to a saying, and source phrases as sequences of look-up keys."""

    _forms: Mapping[str, tuple[Saying, ...]]
    _sources: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first word

    def lookup(self, form: str) -> tuple[Saying, ...]:
        """The sayings that a form may be."""
        return self._forms.get(fold(form), ())

    def source_at(self, keys: Sequence[str], i: int) -> int:
        """The length of the longest source phrase that begins at position i; 0 for none."""
        sources = self._sources.get(keys[i])
        return max(_length_at(source, keys, i) for source in sources) if sources else 0


def _length_at(source: tuple[str, ...], keys: Sequence[str], i: int) -> int:
    """The length of a source phrase at position i, else 0; its ل may stick to the next word."""
    stretch = tuple(keys[i : i + len(source)])
    if stretch == source:
        return len(source)
    glued = source[-1] == "ل" and stretch[:-1] == source[:-1] and stretch[-1:] and stretch[-1][:1] == "ل"
    return len(source) - 1 if glued and len(stretch[-1]) > _GLUED else 0


@lru_cache(maxsize=1)
def load_reporting() -> Reporting:
    """Read and check reporting.yaml; OntologyError names the entry that is wrong."""
    path = LEXICON / "reporting.yaml"
    try:
        entries = TypeAdapter(list[ReportingForm]).validate_python(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise OntologyError(f"{path.name}: entry {first['loc']}: {first['msg']}; see FORMAT.md") from error
    forms: dict[str, list[Saying]] = {}
    sources: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in entries:
        if entry.source:
            source = tuple(fold(w) for w in entry.source.split())
            sources[source[0]] = (*sources.get(source[0], ()), source)
        needs = tuple(fold(word) for word in entry.needs)
        if entry.verb:
            past, _, present = (part.strip() for part in entry.verb.partition("/"))
            found = [(form, "verb", features) for form, features in verb_forms(past, present).items()]
            for kind, nouns in (("masdar", entry.masdar), ("participle", entry.participle)):
                found += [(form, kind, features) for n in nouns for form, features in noun_forms(n).items()]
            for form, kind, features in found:
                forms.setdefault(form, []).append(
                    Saying(
                        past, kind, entry.stance, entry.weak, entry.impersonal, entry.object, needs, features
                    )
                )
    return Reporting({form: tuple(sayings) for form, sayings in forms.items()}, sources)
