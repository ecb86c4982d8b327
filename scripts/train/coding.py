"""The judges of coding, learnt from sentences that several people coded (openeventdata's Arabic records).

Each sentence has the number of its readers and how many of them coded it. One on which they disagree teaches
both answers by their shares, at a lower weight. Scores and thresholds come from cross-validation in which no
article gives sentences both to learn from and to be scored on.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from extractors.base import Reading
from extractors.coding import FILE, Judge, JudgeCoding, saved_form
from extractors.coding_evidence import Evidence, evidence, levelled_words, terms, told_events
from schema.model import Article
from scripts.scoring import Tally
from scripts.train.likeness import Likeness
from scripts.train.readings import readings

KINDS = {"ASSAULT": "assault", "PROTEST": "protest"}
_UNANIMOUS = frozenset({"yes", "easy no"})


@dataclass(frozen=True, slots=True)
class Settings:
    """`strength` of the model (C); `trait_scales`: how strong traits are beside terms; `tone_scales`: how
    much counts what the words are like, anywhere and near the deed; `rare`: terms of fewer sentences are left
    out; `disputed`: the weight of a sentence on which readers disagree, `single`: of one
    that a single reader saw, `read`: of one of other news. `slack`: how much F1 a lower threshold may cost,
    where the judge would take the code from plain deeds in news of another kind. By category: what the words
    are like helps where positives are few.
    """

    strength: Mapping[str, float] = field(default_factory=lambda: {"ASSAULT": 4.0, "PROTEST": 1.0})
    trait_scales: Mapping[str, float] = field(default_factory=lambda: {"ASSAULT": 0.15, "PROTEST": 0.5})
    tone_scales: Mapping[str, tuple[float, float]] = field(default_factory=lambda: {"PROTEST": (2.0, 1.4)})
    rare: int = 5
    disputed: float = 0.5
    single: float = 0.25
    read: float = 0.5
    folds: int = 10
    slack: Mapping[str, float] = field(default_factory=lambda: {"ASSAULT": 0.06, "PROTEST": 0.02})


DEFAULT = Settings()


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence with what it shows of being coded. `found`: whether the rules find an event of its
    category. `share`: of its readers who coded it. `counted`: whether all agree, so that it is scored.
    """

    id: str
    found: bool
    shown: Evidence
    share: float
    weight: float
    counted: bool

    @property
    def article(self) -> str:
        """The article that it comes from."""
        return self.id.rsplit("-", 1)[0]


def coded_articles(folder: Path) -> list[Article]:
    """Every coded sentence, once, as an article of its own."""
    rows = (row for kind in KINDS.values() for row in _rows(folder, kind))
    return list({row["id"]: Article(row["id"], row["text"]) for row in rows}.values())


def readings_of(articles: Iterable[Article], models: Path) -> dict[str, Reading]:
    """Id of each sentence -> what the extraction steps, the judge of coding apart, find in it."""
    return readings(articles, models, without={JudgeCoding})


def coded_sentences(
    folder: Path, category: str, readings: Mapping[str, Reading], settings: Settings = DEFAULT
) -> list[Coded]:
    """The sentences coded for a category that are among `readings`."""
    return [
        coded(row, category, readings[row["id"]], settings)
        for row in _rows(folder, KINDS[category])
        if row["id"] in readings
    ]


def more_sentences(
    read: Iterable[tuple[Article, float]], category: str, readings: Mapping[str, Reading], settings: Settings
) -> list[Coded]:
    """Sentences of other news with the share of readers who would code them: to learn from only."""
    found = []
    for article, share in read:
        row = {"id": article.id, "label": "", "accept": share, "total": 1.0}
        sentence = coded(row, category, readings[article.id], settings)
        found.append(replace(sentence, weight=settings.read, counted=False))
    return found


def coded(row: Mapping[str, Any], category: str, reading: Reading, settings: Settings) -> Coded:
    """The evidence in one row of the records, whose text may be several sentences to the project."""
    found = False
    shown = Evidence(frozenset(), {})
    for sentence in reading.document.sentences:
        if events := told_events(reading, sentence.index, category):
            found = True
            shown = _together(shown, evidence(reading, sentence, events))
        else:
            shown = _together(shown, Evidence(terms(reading, sentence), {}, levelled_words(sentence)))
    counted = row["label"] in _UNANIMOUS
    weight = settings.single if row["total"] == 1 else 1.0 if counted else settings.disputed
    share = row["accept"] / row["total"]
    return Coded(row["id"], found, shown, share, weight, counted)


def _together(one: Evidence, other: Evidence) -> Evidence:
    names = one.traits.keys() | other.traits.keys()
    traits = {name: max(one.traits.get(name, 0.0), other.traits.get(name, 0.0)) for name in names}
    return Evidence(one.terms | other.terms, traits, one.words + other.words, one.near + other.near)


def fit(sentences: Sequence[Coded], category: str, likeness: Likeness, settings: Settings) -> Judge:
    """A judge of these sentences, with a threshold of one half."""
    frequency = Counter(term for sentence in sentences for term in sentence.shown.terms)
    rarities = {
        term: round(math.log((1 + len(sentences)) / (1 + count)) + 1, 2)
        for term, count in sorted(frequency.items())
        if count >= settings.rare
    }
    names = sorted({name for sentence in sentences for name in sentence.shown.traits})
    scale = settings.trait_scales[category]
    matrix = _matrix(sentences, rarities, names, scale)
    scales = settings.tone_scales.get(category)
    if scales is not None:
        anywhere, near = (
            np.array([likeness.mean(words) for words in rows])
            for rows in ([s.shown.words for s in sentences], [s.shown.near for s in sentences])
        )
        matrix = hstack([matrix, anywhere * scales[0], near * scales[1]]).tocsr()
    coded_by, left_by = (
        np.array([share * sentence.weight for sentence, share in zip(sentences, shares, strict=True)])
        for shares in ([s.share for s in sentences], [1 - s.share for s in sentences])
    )
    coded_by *= left_by.sum() / coded_by.sum()  # both answers count as much
    yes, no = coded_by > 0, left_by > 0
    weights = np.concatenate([coded_by[yes], left_by[no]])
    model = LogisticRegression(
        C=settings.strength[category], solver="liblinear", max_iter=500, random_state=0
    )
    model.fit(
        vstack([matrix[yes], matrix[no]]),
        np.concatenate([np.ones(yes.sum()), np.zeros(no.sum())]),
        weights * len(sentences) / weights.sum(),
    )
    learnt = model.coef_[0]
    of_terms, of_traits, of_tones = np.split(learnt, [len(rarities), len(rarities) + len(names)])
    tones = {}
    if scales is not None:
        anywhere_weights, near_weights = np.split(of_tones, 2)
        tones = likeness.tones(anywhere_weights * scales[0], near_weights * scales[1])
    return Judge(
        0.5,
        float(model.intercept_[0]),
        {n: float(w) * scale for n, w in zip(names, of_traits, strict=True)},
        {t: (r, float(w)) for (t, r), w in zip(rarities.items(), of_terms, strict=True)},
        tones,
    )


def cross_validated(
    sentences: Sequence[Coded],
    category: str,
    likeness: Likeness,
    settings: Settings,
    more: Sequence[Coded] = (),
) -> list[float]:
    """The chance of each sentence by a judge that has learnt from other articles only, and from `more`."""
    chances = [0.0] * len(sentences)
    parts = GroupKFold(settings.folds).split(sentences, groups=[s.article for s in sentences])
    for learnt, asked in parts:
        judge = fit([*(sentences[i] for i in learnt), *more], category, likeness, settings)
        for i in asked:
            chances[i] = judge.probability(sentences[i].shown)
    return chances


def tally(sentences: Sequence[Coded], chances: Sequence[float], threshold: float) -> Tally:
    """Of the sentences on which readers agree: a positive is found by the rules and judged to be coded."""
    rows = [(s, s.found and chance >= threshold) for s, chance in zip(sentences, chances, strict=True)]
    rows = [(s, positive) for s, positive in rows if s.counted]
    return Tally(
        sum(s.share == 1 and positive for s, positive in rows),
        sum(s.share == 1 and not positive for s, positive in rows),
        sum(s.share == 0 and positive for s, positive in rows),
    )


def threshold_of(sentences: Sequence[Coded], chances: Sequence[float], slack: float) -> float:
    """The lowest threshold whose F1 is at most `slack` below the best."""
    scores = {step / 100: tally(sentences, chances, step / 100).f1 for step in range(5, 100, 5)}
    best = max(scores.values())
    return min(threshold for threshold, score in scores.items() if score >= best - slack)


def train_judges(
    folder: Path,
    readings: Mapping[str, Reading],
    likeness: Likeness,
    settings: Settings = DEFAULT,
    more: Mapping[str, Sequence[Coded]] | None = None,
) -> tuple[dict[str, Judge], str]:
    """A judge of each category, and a table of its scores. `more`: category -> sentences to learn from as
    well.
    """
    judges: dict[str, Judge] = {}
    lines = ["| category | sentences | | P | R | F1 |", "|---|---|---|---|---|---|"]
    for category in KINDS:
        sentences = coded_sentences(folder, category, readings, settings)
        others = (more or {}).get(category, ())
        chances = cross_validated(sentences, category, likeness, settings, others)
        threshold = threshold_of(sentences, chances, settings.slack[category])
        judge = replace(fit([*sentences, *others], category, likeness, settings), threshold=threshold)
        again = [judge.probability(s.shown) for s in sentences]
        for name, given in (
            ("rules alone", [1.0] * len(sentences)),
            (f"with the judge, from {threshold:.2f}, cross-validated", chances),
            ("with the judge, on what it learnt from", again),
        ):
            score = tally(sentences, given, threshold)
            cells = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
            lines.append(f"| {category} | {sum(s.counted for s in sentences)} | {name} | {cells} |")
        judges[category] = judge
    return judges, "\n".join(lines)


def write_judges(judges: Mapping[str, Judge], folder: Path) -> Path:
    """Write the judges as the product reads them."""
    path = folder / FILE
    form = {"judges": {category: saved_form(judge) for category, judge in judges.items()}}
    path.write_text(json.dumps(form, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return path


def _matrix(
    sentences: Sequence[Coded], rarities: Mapping[str, float], names: Sequence[str], scale: float
) -> csr_matrix:
    """A row a sentence: the rarities of its terms, divided by their length, and its traits."""
    place = {term: column for column, term in enumerate(rarities)}
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for sentence in sentences:
        known = sorted(term for term in sentence.shown.terms if term in place)
        length = math.sqrt(sum(rarities[term] ** 2 for term in known)) or 1.0
        columns += [place[term] for term in known]
        values += [rarities[term] / length for term in known]
        columns += [len(place) + i for i, name in enumerate(names) if name in sentence.shown.traits]
        values += [sentence.shown.traits[name] * scale for name in names if name in sentence.shown.traits]
        ends.append(len(values))
    return csr_matrix((values, columns, ends), shape=(len(sentences), len(place) + len(names)))


def _rows(folder: Path, kind: str) -> Iterable[dict[str, Any]]:
    for line in (folder / f"{kind}_detection.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
