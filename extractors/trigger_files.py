"""The files of the trigger lexicon: the form of an entry, and the triggers that one entry gives.

Form: extractors/lexicon/FORMAT.md. A wrong entry raises OntologyError naming the file and the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from extractors.normalise import fold
from schema.errors import OntologyError
from schema.ontology import Ontology
from schema.yaml_files import read_yaml

TRIGGERS = Path(__file__).parent / "lexicon" / "triggers"

#: libyaml reads the files ten times faster; PyYAML is built without it on some systems.

Kind = Literal["verb", "masdar", "noun", "agent", "patient", "light"]
Voice = Literal["active", "passive", "either"]

PREPOSITIONS = (
    "على", "في", "من", "إلى", "ل", "ب", "عن", "مع", "ضد", "بين", "نحو", "حول", "تجاه", "خلال", "داخل", "قرب",
    "أمام",
)  # fmt: skip
#: What may stand round a trigger. `self` is the word itself (participles and people: المعتقل، قتيل),
#: `speaker` who says what it stands in.
SLOTS = frozenset({"subj", "obj", "obj2", "gen", "adj", "by", "self", "speaker", *PREPOSITIONS})
#: `any` stands for all words of the sentence; only `with` and `without` may use it.
CONDITION_SLOTS = SLOTS | {"any"}
#: Prepositions that lead to the place of any event that has one, unless its frame says otherwise.
PLACE_SLOTS = ("في", "داخل", "قرب")
#: What the slots of a light verb may hold besides the ontology's roles; a typed verb's may be `cause`.
LIGHT_ROLES = frozenset({"event", "cause", "accuser"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word (or words) that tells an event, with what its slots mean.

    `id` is file:number:lemma of the entry (several triggers of one entry differ in lemma or kind). `type` is
    an event type; None for a light verb, whose type comes from the noun in its slot `event`, and for a noun
    that tells no event and hides the shorter ones within it (ضربة جزاء). `frame` maps slots to roles. `with_`
    and `without` list head words for a slot (folded, without ال), `needs` slots to be filled. `words` are the
    folded words of a noun of several words. `verb` is the past and present, `passive` those in the passive.
    """

    id: str
    type: str | None
    kind: Kind
    lemma: str
    voice: Voice
    frame: Mapping[str, str] = field(hash=False)
    with_: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    without: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    needs: tuple[str, ...] = ()
    status: str | None = None
    words: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    gender: str | None = None
    verb: tuple[str, str] | None = None
    passive: tuple[str, str] | None = None

    @property
    def takes_object(self) -> bool:
        """Whether the entry says anything of an object."""
        return any("obj" in asked for asked in (self.frame, self.with_, self.without, self.needs))


class Entry(BaseModel):
    """One entry as written. The alias `with` is a Python keyword."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str | None
    verb: str | None = None
    light: str | None = None
    noun: str | list[str] | None = None
    passive: str | None = None
    voice: Voice = "either"
    masdar: list[str] = []
    agent: list[str] = []
    patient: list[str] = []
    plural: list[str] = []
    gender: Literal["m", "f"] | None = None
    frame: dict[str, str] = {}
    masdar_frame: dict[str, str] | None = None
    agent_frame: dict[str, str] | None = None
    patient_frame: dict[str, str] | None = None
    with_: dict[str, list[str]] = Field(default={}, alias="with")
    without: dict[str, list[str]] = {}
    needs: list[str] = []
    status: str | None = None


_ENTRIES = TypeAdapter(list[Entry])


def read_triggers(ontology: Ontology, folder: Path = TRIGGERS) -> tuple[Trigger, ...]:
    """All triggers of a folder's YAML files, in order of file and entry.

    Raises:
        OntologyError: a file or an entry is wrong, or two entries say the same.
    """
    found: list[Trigger] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries = _ENTRIES.validate_python(read_yaml(path) or [])
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"][1:])
            number = int(first["loc"][0]) + 1 if first["loc"] else 0
            raise OntologyError(f"triggers/{path.name}: entry {number}: {where}: {first['msg']}") from error
        for number, entry in enumerate(entries, start=1):
            _check(entry, f"triggers/{path.name}: entry {number} ({_head(entry)})", ontology)
            found += (_with_place(t, ontology) for t in _triggers(entry, f"{path.stem}:{number}"))
    if not found:
        raise OntologyError(f"{folder}: no trigger files; restore extractors/lexicon/triggers")
    _check_twice(found)
    return tuple(found)


def _with_place(trigger: Trigger, ontology: Ontology) -> Trigger:
    if trigger.type is None or "place" not in ontology.event_types[trigger.type].roles:
        return trigger
    return replace(trigger, frame=dict.fromkeys(PLACE_SLOTS, "place") | dict(trigger.frame))


def _head(entry: Entry) -> str:
    noun = entry.noun[0] if isinstance(entry.noun, list) else entry.noun
    return entry.verb or entry.light or noun or "?"


def _check(entry: Entry, where: str, ontology: Ontology) -> None:
    given = [value for value in (entry.verb, entry.light, entry.noun) if value is not None]
    if len(given) != 1:
        raise OntologyError(f"{where}: give exactly one of verb, light, noun")
    if entry.type is not None and entry.type not in ontology.event_types:
        raise OntologyError(f"{where}: unknown event type {entry.type!r}; see schema/ontology.yaml")
    if entry.type is None and entry.verb is not None:
        raise OntologyError(f"{where}: a verb without a type is a light verb; write `light:`")
    if entry.type is not None and entry.light is not None:
        raise OntologyError(f"{where}: a light verb takes its type from the noun; write `type: null`")
    for pair in (entry.verb, entry.light, entry.passive):
        if pair is not None and [part.strip()[:1] for part in pair.split("/")][1:] not in (["ي"], ["يُ"]):
            raise OntologyError(f"{where}: write past / present, third person masculine, not {pair!r}")
    roles = ontology.event_types[entry.type].roles if entry.type else ontology.roles
    allowed = set(roles) | (LIGHT_ROLES if entry.light else {"cause"})
    for name in ("frame", "masdar_frame", "agent_frame", "patient_frame"):
        for slot, role in (getattr(entry, name) or {}).items():
            if slot not in SLOTS:
                raise OntologyError(f"{where}: {name}: unknown slot {slot!r}; see FORMAT.md")
            if role not in allowed:
                raise OntologyError(f"{where}: {name}: {entry.type or 'a light verb'} has no role {role!r}")
    for slot in (*entry.with_, *entry.without, *entry.needs):
        if slot not in CONDITION_SLOTS:
            raise OntologyError(f"{where}: unknown slot {slot!r}; see FORMAT.md")
    if entry.light and not LIGHT_ROLES & set(entry.frame.values()):
        raise OntologyError(f"{where}: a light verb needs a slot `event`")
    if entry.status is not None and entry.status not in ontology.statuses:
        known = ", ".join(ontology.statuses)
        raise OntologyError(f"{where}: unknown status {entry.status!r}; one of {known}")


def _check_twice(triggers: list[Trigger]) -> None:
    seen: dict[tuple[object, ...], str] = {}
    for trigger in triggers:
        key = (
            trigger.kind, fold(trigger.lemma), trigger.verb, trigger.type,
            tuple(sorted(trigger.frame.items())),
            tuple(sorted((slot, *sorted(words)) for slot, words in trigger.with_.items())), trigger.needs,
        )  # fmt: skip
        if key in seen:
            raise OntologyError(f"triggers: {trigger.id} says the same as {seen[key]}; remove one of them")
        seen[key] = trigger.id


def _pair(text: str) -> tuple[str, str]:
    """Past and present of `past / present`; vowel marks go, a shadda on the last letter stays."""
    past, present = (_plain(part.strip()) for part in text.split("/"))
    return past, present


def _plain(text: str) -> str:
    shadda = text.endswith("\u0651")
    letters = "".join(letter for letter in text if not "\u064b" <= letter <= "\u0652")
    return letters + ("\u0651" if shadda else "")


def _fillers(words: Mapping[str, list[str]], rename: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {
        rename.get(slot, slot): frozenset(fold(word).removeprefix("ال") for word in listed)
        for slot, listed in words.items()
    }


def _masdar_frame(frame: Mapping[str, str]) -> dict[str, str]:
    """The frame of a verbal noun, where the entry writes none.

    Of a transitive verb the noun after it is the object (اعتقال فلان); but where an object or ل follows too
    (قصف الطيران مواقع، قصف الجيش لمواقع), that is the object and `gen` the subject: the extractor's rule.
    """
    rest = {slot: role for slot, role in frame.items() if slot not in ("subj", "obj")}
    subj, obj = frame.get("subj"), frame.get("obj")
    if obj is not None:
        rest = {"gen": obj, "obj": obj, "ل": obj} | rest
    elif subj is not None:
        rest = {"gen": subj} | rest
    if subj == "actor":
        rest.setdefault("adj", "actor")
    return rest


def _agent_frame(frame: Mapping[str, str]) -> dict[str, str]:
    """Of an active participle (متهمًا إيران بـ): the word itself is the subject, the rest as for the verb."""
    rest = {slot: role for slot, role in frame.items() if slot != "subj"}
    if "obj" in frame:
        rest = {"ل": frame["obj"]} | rest | {"gen": frame["obj"]}  # مؤيدو الحكومة، المؤيدون للحكومة
    return {"self": frame["subj"]} | rest if "subj" in frame else rest


def _patient_frame(frame: Mapping[str, str]) -> dict[str, str]:
    """Of a passive participle (المعتقل): the word itself is the object, the subject stands in `by`."""
    rest = {slot: role for slot, role in frame.items() if slot not in ("subj", "obj")}
    return {"self": frame["obj"]} | rest if "obj" in frame else rest


_KIND_OF_SELF: dict[str, Kind] = {"actor": "agent", "recipient": "patient"}
_DERIVED: dict[Kind, Callable[[Mapping[str, str]], dict[str, str]]] = {
    "masdar": _masdar_frame,
    "agent": _agent_frame,
    "patient": _patient_frame,
}


def _triggers(entry: Entry, source: str) -> Iterator[Trigger]:
    """The triggers of one entry: the verb or noun, then its masdars and participles."""
    frame = entry.frame
    nouns = [entry.noun] if isinstance(entry.noun, str) else entry.noun or []
    # A noun that is itself a participant (قتيل، حليف) is one like a participle is.
    kind_of_noun: Kind = _KIND_OF_SELF.get(frame.get("self", ""), "noun")
    for noun in nouns:
        yield Trigger(
            f"{source}:{noun}", entry.type, kind_of_noun, noun, "either", frame, status=entry.status,
            with_=_fillers(entry.with_, {}), without=_fillers(entry.without, {}), needs=tuple(entry.needs),
            words=tuple(fold(word) for word in noun.split()) if " " in noun else (),
            plurals=tuple(entry.plural), gender=entry.gender,
        )  # fmt: skip
    if not nouns:
        verb = _pair(entry.verb or entry.light or "")
        yield Trigger(
            f"{source}:{verb[0]}", entry.type, "light" if entry.light else "verb", verb[0],
            entry.voice, frame, status=entry.status, with_=_fillers(entry.with_, {}),
            without=_fillers(entry.without, {}), needs=tuple(entry.needs), verb=verb,
            passive=_pair(entry.passive) if entry.passive else None,
        )  # fmt: skip
    # What the conditions say of the object is asked of the word itself, or of the noun after a masdar; of the
    # subject, where the masdar's idafa leads to it.
    kinds: tuple[tuple[Kind, list[str], dict[str, str] | None], ...] = (
        ("masdar", entry.masdar, entry.masdar_frame),
        ("agent", entry.agent, entry.agent_frame),
        ("patient", entry.patient, entry.patient_frame),
    )
    for kind, words, written in kinds:
        own_frame = _DERIVED[kind](frame) if written is None else written
        of_subject = own_frame.get("gen") == frame.get("subj") and "gen" in own_frame
        to_gen = {"subj": "gen"} if of_subject else {"obj": "gen"}
        rename = {"obj": "self"} if kind == "patient" else to_gen if kind == "masdar" else {}
        for word in words:
            yield Trigger(
                f"{source}:{word}", entry.type, "light" if entry.light else kind, word,
                "passive" if kind == "patient" else "either", own_frame, status=entry.status,
                with_=_fillers(entry.with_, rename), without=_fillers(entry.without, rename),
                needs=tuple(rename.get(slot, slot) for slot in entry.needs),
            )  # fmt: skip
