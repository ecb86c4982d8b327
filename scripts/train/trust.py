"""The judge of edges, learnt from articles that were annotated by reading.

Each edge that the rules give in them is right or not, as `scripts.scoring` counts. The scores come from
cross-validation in which no article gives edges both to learn from and to be scored on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from extractors.assembly import assemble
from extractors.base import Reading
from extractors.coding import JudgeCoding
from extractors.trust import FILE, EdgeJudge, TrustParties, saved_form
from extractors.trust_evidence import edge_traits, edges
from schema.contract import to_contract
from schema.identity import content_id
from schema.ontology import load_ontology
from scripts.evaluate import article_of
from scripts.scoring import Json, Tally, score_article
from scripts.train.readings import readings


@dataclass(frozen=True, slots=True)
class Settings:
    """`strength` of the model (C); `rare`: traits of fewer edges are left out; `threshold`: the chance of
    being right under which an edge is not trusted. It is below one half, since what is dropped is lost.
    """

    strength: float = 0.1
    rare: int = 2
    threshold: float = 0.4
    folds: int = 10


DEFAULT = Settings()


@dataclass(frozen=True, slots=True)
class Judged:
    """An edge that the rules give in an annotated article: its traits and whether the annotation has it."""

    article: str
    traits: Mapping[str, float]
    right: bool


def annotated_readings(golds: Iterable[Json], models: Path) -> dict[str, Reading]:
    """Id of each annotated article -> what the extraction steps, the judges apart, find in it."""
    return readings(map(article_of, golds), models, without=(JudgeCoding, TrustParties))


def judged_edges(gold: Json, reading: Reading) -> list[Judged]:
    """The edges of the events of one article."""
    output = json.loads(json.dumps(to_contract(assemble(reading), load_ontology())))
    given = {_key(triple) for triple in output["triples"]}
    wrong = {_key(triple) for triple in score_article(gold, output).extra.get("facts", [])}
    found = []
    for event in reading.events:
        for edge in edges(event):
            keys = {
                (subject, edge.predicate, other)
                for subject in _ids(reading, edge.subject)
                for other in _ids(reading, edge.object)
            } & given
            if keys:
                traits = edge_traits(reading, event, edge)
                found.append(Judged(gold["id"], traits, not keys & wrong))
    return found


def fit(examples: Sequence[Judged], settings: Settings = DEFAULT) -> EdgeJudge:
    """A judge of these edges."""
    counts: dict[str, int] = {}
    for example in examples:
        for name in example.traits:
            counts[name] = counts.get(name, 0) + 1
    rows = [{n: v for n, v in e.traits.items() if counts[n] >= settings.rare} for e in examples]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=settings.strength, max_iter=2000)
    model.fit(vectorizer.fit_transform(rows), [e.right for e in examples])
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return EdgeJudge(settings.threshold, float(model.intercept_[0]), weights)


def cross_validated(examples: Sequence[Judged], settings: Settings = DEFAULT) -> list[float]:
    """The chance of each edge by a judge that has learnt from other articles only."""
    chances = np.zeros(len(examples))
    for learnt, asked in GroupKFold(settings.folds).split(examples, groups=[e.article for e in examples]):
        judge = fit([examples[i] for i in learnt], settings)
        chances[asked] = [judge.probability(examples[i].traits) for i in asked]
    return [float(chance) for chance in chances]


def train_trust(
    golds: Sequence[Json], readings: Mapping[str, Reading], settings: Settings = DEFAULT
) -> tuple[EdgeJudge, str]:
    """The judge of the annotated articles, and a table of what it drops."""
    examples = [edge for gold in golds for edge in judged_edges(gold, readings[gold["id"]])]
    judge = fit(examples, settings)
    lines = ["| edges of events | right | wrong | share right |", "|---|---|---|---|"]
    again = [judge.probability(example.traits) for example in examples]
    for name, chances in (
        ("given by the rules", [1.0] * len(examples)),
        ("trusted, cross-validated", cross_validated(examples, settings)),
        ("trusted, on what it learnt from", again),
    ):
        kept = [e for e, chance in zip(examples, chances, strict=True) if chance >= settings.threshold]
        tally = Tally(sum(e.right for e in kept), 0, sum(not e.right for e in kept))
        lines.append(f"| {name} | {tally.tp} | {tally.fp} | {tally.precision:.3f} |")
    return judge, "\n".join(lines)


def write_judge(judge: EdgeJudge, folder: Path) -> Path:
    """Write the judge as the product reads it."""
    path = folder / FILE
    form = json.dumps(saved_form(judge), ensure_ascii=False, separators=(",", ":"))
    path.write_text(form + "\n", encoding="utf-8")
    return path


def _key(triple: Json) -> tuple[str, str, str]:
    return triple["subject"], triple["predicate"], triple["object"]


def _ids(reading: Reading, entity: str) -> tuple[str, str]:
    """The ids that an entity may have in the output: as an actor and as a place."""
    return entity, content_id("place", reading.entities[entity].key)
