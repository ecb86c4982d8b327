"""How an extraction is scored against articles annotated by hand.

A gold article (JSON) names its actors and places by `key` with every surface string that refers to them,
and holds triples (`s`, `p`, `o`, `status`, `evidence`), casualties and statements that point at the keys.
A system article is a contract object (`schema.contract`). System entities are first aligned with gold keys
by their names; then each level is matched one to one, greedily in the system's order. Figures are
micro-averaged over the articles.

    facts      the headline: event and standing triples but COMMENTED_ON, TOLD and LOCATED_IN: subject,
               predicate, object and direction right (either direction for symmetric predicates)
    family     as facts, the predicate only within its family
    link       the unordered pair is joined by any predicate of facts
    comments   COMMENTED_ON and TOLD
    geo        LOCATED_IN
    actors     actors and places that take part in a gold triple, found
    casualty   kind, victim and numbers right
    statement  speaker right, in the same sentence or by the same verb
    status     share of the facts found whose status is right too

An unnamed group which the gold says belongs to a body (eleven fighters of a militia) may be given as the
group or as the body; that membership itself is neither asked for nor punished.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]

LEVELS = ("facts", "family", "link", "comments", "geo", "actors", "casualty", "statement")
SYMMETRIC = frozenset({"CLASHED_WITH", "MET_WITH", "NEGOTIATED_WITH", "AGREED_WITH", "COOPERATED_WITH"})
COMMENTS = frozenset({"COMMENTED_ON", "TOLD"})
GEO = frozenset({"LOCATED_IN"})
BELONGING = frozenset({"MEMBER_OF", "PART_OF"})
FAMILIES = (
    "STRUCK SHELLED BOMBED ATTACKED CLASHED_WITH FOUGHT KILLED WOUNDED ABDUCTED ABUSED CLAIMED",
    "BESIEGED CAPTURED SEARCHED ARRESTED PROSECUTED FOUND SANCTIONED",
    "DEPLOYED_TO WITHDREW_FROM",
    "MET_WITH NEGOTIATED_WITH AGREED_WITH COOPERATED_WITH",
    "AIDED SUPPORTED TRANSFERRED_TO RELEASED",
    "DEMANDED_OF PROTESTED_AGAINST",
    "ACCUSED CONDEMNED REJECTED THREATENED",
    "COMMENTED_ON TOLD",
    "PART_OF MEMBER_OF LEADS LOCATED_IN",
)
#: Share of common words from which two names may be of one entity.
NAME_OVERLAP = 0.5

_FAMILY = {predicate: number for number, line in enumerate(FAMILIES) for predicate in line.split()}
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200e\u200f\u202a-\u202e]")
_NOISE = re.compile(r"[^\w\s]", re.UNICODE)
_FOLDED = str.maketrans("أإآٱىئؤة", "ااااييوه")


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, missed and extra items of one level; tallies add up."""

    tp: int = 0
    fn: int = 0
    fp: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fn + other.fn, self.fp + other.fp)

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 0 where nothing was given."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is asked for that was given; 0 where nothing is asked for."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Score:
    """The tallies of one article or of many; `missed` holds gold items, `extra` system items, by level."""

    levels: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(LEVELS, Tally()))
    predicates: dict[str, Tally] = field(default_factory=dict)
    status: Tally = Tally()
    missed: dict[str, list[Json]] = field(default_factory=dict)
    extra: dict[str, list[Json]] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        """Add the tallies of another article; its lists stay its own."""
        for level, tally in other.levels.items():
            self.levels[level] += tally
        for predicate, tally in other.predicates.items():
            self.predicates[predicate] = self.predicates.get(predicate, Tally()) + tally
        self.status += other.status


def figures(score: Score) -> dict[str, Any]:
    """The score as JSON-ready figures: p, r, f1 and counts of each level, and the share of right statuses."""
    result: dict[str, Any] = {level: _figures(tally) for level, tally in score.levels.items()}
    result["status"] = score.status.recall
    return result


def predicate_figures(score: Score) -> dict[str, Any]:
    """The same for each predicate, those with most gold facts first."""
    order = sorted(score.predicates.items(), key=lambda item: (-item[1].tp - item[1].fn, item[0]))
    return {predicate: _figures(tally) for predicate, tally in order}


def _figures(tally: Tally) -> dict[str, Any]:
    rates = {"p": tally.precision, "r": tally.recall, "f1": tally.f1}
    return rates | {"tp": tally.tp, "fn": tally.fn, "fp": tally.fp}


def score_article(gold: Json, system: Json) -> Score:
    """The tallies of one article; an empty `system` counts as an article that gave nothing."""
    return _Judge(gold, system).score()


# -- names ---------------------------------------------------------------------------------------------------


def normalise(name: str) -> str:
    """A name without marks and without the spelling differences that do not change who is meant."""
    bare = _NOISE.sub(" ", _MARKS.sub("", name)).translate(_FOLDED)
    return " ".join(bare.split()).lower()


def tokens(name: str) -> frozenset[str]:
    """The words of a name, without the article."""
    return frozenset(re.sub(r"^(?:و?ال|لل)", "", word) for word in normalise(name).split())


def similarity(names: Iterable[str], others: Iterable[str]) -> float:
    """1 for a common name, else the best overlap of words (Jaccard) over all pairs."""
    names, others = list(names), list(others)
    if {normalise(name) for name in names} & {normalise(name) for name in others}:
        return 1.0
    pairs = [(left, right) for left in map(tokens, names) for right in map(tokens, others) if left and right]
    return max((len(left & right) / len(left | right) for left, right in pairs), default=0.0)


def align(gold: Json, system: Json) -> dict[str, frozenset[str]]:
    """System id -> the gold keys it may stand for: the best by name, none below the overlap asked for."""
    known = [(entry["key"], entry["names"]) for entry in (*gold["actors"], *gold["places"])]
    aligned: dict[str, frozenset[str]] = {}
    for entity in (*system.get("actors", ()), *system.get("places", ())):
        names = [entity.get("label_ar"), *(mention["text"] for mention in entity.get("mentions", ()))]
        present = [name for name in names if name]
        scored = [(similarity(present, theirs), key) for key, theirs in known]
        best = max((score for score, _ in scored), default=0.0)
        keys = [key for score, key in scored if score == best] if best >= NAME_OVERLAP else []
        aligned[entity["id"]] = frozenset(keys)
    return aligned


def cue_stem(cue: str) -> str:
    """The first letters of a reporting verb, without a conjunction and endings of person."""
    first = next(iter(normalise(cue).split()), "")
    return re.sub(r"^[وف](?=\w{3})", "", first)[:4]


# -- one article ---------------------------------------------------------------------------------------------


class _Judge:
    """Compares one article's system output with its gold."""

    def __init__(self, gold: Json, system: Json) -> None:
        self.gold, self.system = gold, system
        self.keys = align(gold, system)
        self.groups = {actor["key"] for actor in gold["actors"] if actor["type"] == "Population"}
        self.bodies: dict[str, set[str]] = {}
        for triple in gold["triples"]:
            if self._membership_of_group(triple):
                self.bodies.setdefault(triple["s"], set()).add(triple["o"])
        self.asked = [t for t in _unique(gold["triples"], _gold_key) if not self._membership_of_group(t)]
        given = _unique(system.get("triples", ()), _system_key)
        self.given = [t for t in given if not self._free_membership(t)]
        self.result = Score()

    def score(self) -> Score:
        facts = self._part(lambda p: p not in COMMENTS | GEO)
        pairs = self._tally("facts", *facts, self._strict)
        right = sum(g["status"] == t.get("status") for g, t in pairs)
        self.result.status = Tally(tp=right, fn=len(pairs) - right)
        self._tally("family", *facts, self._family)
        self._tally("link", *self._links(*facts), lambda g, t: self._ends(g, t, symmetric=True))
        pairs += self._tally("comments", *self._part(lambda p: p in COMMENTS), self._strict)
        pairs += self._tally("geo", *self._part(lambda p: p in GEO), self._strict)
        self._per_predicate(pairs)
        self._actors()
        self._tally(
            "casualty", self.gold["casualties"], self.system.get("casualties", ()), self._same_casualty
        )
        self._tally(
            "statement", self.gold["statements"], self.system.get("statements", ()), self._same_statement
        )
        return self.result

    # -- who is who

    def _stands(self, key: str | None, id: str | None) -> bool:
        """Whether the system's entity may stand for that gold key, or for the body of that group.

        A gold row without victim is matched by none, as in the published figures.
        """
        wanted = {key} | self.bodies.get(key or "", set())
        return bool(wanted & self.keys.get(id or "", frozenset()))

    def _membership_of_group(self, triple: Json) -> bool:
        return triple["s"] in self.groups and triple["p"] in BELONGING

    def _free_membership(self, triple: Json) -> bool:
        """Whether a system triple only says that an unnamed group is of its body."""
        if triple["predicate"] not in BELONGING:
            return False
        subject = self.keys.get(triple["subject"])
        if not subject:
            return False
        bodies = set().union(*self.bodies.values())
        if not subject & (self.groups | bodies):
            return False
        return bool(subject & self.groups) or subject == self.keys.get(triple["object"])

    # -- what is the same

    def _ends(self, gold: Json, triple: Json, *, symmetric: bool) -> bool:
        subject, object_ = triple["subject"], triple["object"]
        straight = self._stands(gold["s"], subject) and self._stands(gold["o"], object_)
        return straight or (
            symmetric and self._stands(gold["o"], subject) and self._stands(gold["s"], object_)
        )

    def _strict(self, gold: Json, triple: Json) -> bool:
        same = gold["p"] == triple["predicate"]
        return same and self._ends(gold, triple, symmetric=gold["p"] in SYMMETRIC)

    def _family(self, gold: Json, triple: Json) -> bool:
        same = _FAMILY[gold["p"]] == _FAMILY.get(triple["predicate"])
        return same and self._ends(gold, triple, symmetric=gold["p"] in SYMMETRIC)

    def _same_casualty(self, gold: Json, row: Json) -> bool:
        numbers = (gold["kind"], gold["min"], gold["max"])
        same = numbers == (row["kind"], row.get("min"), row.get("max"))
        return same and self._stands(gold["victim"], row.get("victim"))

    def _same_statement(self, gold: Json, row: Json) -> bool:
        if not self._stands(gold["speaker"], row["speaker"]):
            return False
        words = tokens(gold["evidence"])
        common = words & tokens((row.get("evidence") or {}).get("text", ""))
        return len(common) >= min(3, len(words)) or cue_stem(gold["cue"]) == cue_stem(row.get("cue") or "")

    # -- levels

    def _part(self, of_level: Callable[[str], bool]) -> tuple[list[Json], list[Json]]:
        asked = [t for t in self.asked if of_level(t["p"])]
        return asked, [t for t in self.given if of_level(t["predicate"])]

    def _links(self, asked: list[Json], given: list[Json]) -> tuple[list[Json], list[Json]]:
        return (
            _unique(asked, lambda t: frozenset((t["s"], t["o"]))),
            _unique(given, lambda t: frozenset((t["subject"], t["object"]))),
        )

    def _tally(
        self, level: str, asked: Iterable[Json], given: Iterable[Json], same: Callable[[Json, Json], bool]
    ) -> list[tuple[Json, Json]]:
        """Match one to one, greedily in the system's order; the pairs found."""
        left, extra, pairs = list(asked), [], []
        for item in given:
            position = next((i for i, gold in enumerate(left) if same(gold, item)), None)
            if position is None:
                extra.append(item)
            else:
                pairs.append((left.pop(position), item))
        self.result.levels[level] = Tally(len(pairs), len(left), len(extra))
        self.result.missed[level], self.result.extra[level] = left, extra
        return pairs

    def _per_predicate(self, pairs: list[tuple[Json, Json]]) -> None:
        right = Counter(gold["p"] for gold, _ in pairs)
        asked = Counter(gold["p"] for gold in self.asked)
        given = Counter(triple["predicate"] for triple in self.given)
        for predicate in sorted(asked.keys() | given.keys()):
            tp = right[predicate]
            self.result.predicates[predicate] = Tally(tp, asked[predicate] - tp, given[predicate] - tp)

    def _actors(self) -> None:
        found = frozenset[str]().union(*self.keys.values())
        wanted = {key for triple in self.asked for key in (triple["s"], triple["o"])}
        # A group that only its body stands for is not missing.
        wanted = {k for k in wanted if not (k in self.groups and self.bodies.get(k, set()) & found)}
        used = {id for triple in self.given for id in (triple["subject"], triple["object"])}
        unknown = sum(not self.keys.get(id) for id in used)
        self.result.levels["actors"] = Tally(len(wanted & found), len(wanted - found), unknown)


def _gold_key(triple: Json) -> Hashable:
    return triple["s"], triple["p"], triple["o"]


def _system_key(triple: Json) -> Hashable:
    return triple["subject"], triple["predicate"], triple["object"]


def _unique(items: Iterable[Json], key: Callable[[Json], Hashable]) -> list[Json]:
    """The first item of each key, in order."""
    first: dict[Hashable, Json] = {}
    for item in items:
        first.setdefault(key(item), item)
    return list(first.values())
