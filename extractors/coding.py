"""Whether a sentence reports a deed as those count who code events by hand: a particular one, told as news.

"قتل ثلاثة جنود في انفجار عبوة قرب بعقوبة" is coded; talk of violence is not, nor often a deed that is
mentioned for another's sake (زار الوزير أسر الذين قتلوا في الحرب). The rules that find events find them all.
For some PLOVER categories a judge, learnt from sentences that people coded (`scripts.train`, stage `coding`),
tells which of them are coded. The events themselves, their edges and their counts do not depend on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.base import EventDraft, Reading
from extractors.coding_evidence import Evidence, evidence, tellings, told_events
from extractors.weights import load_judge
from schema.ontology import load_ontology

FILE = "coding.json"


@dataclass(frozen=True)
class Judge:
    """A logistic model of one PLOVER category.

    `terms` gives a term's rarity and weight; what a sentence's terms weigh is divided by the length of the
    vector of their rarities, so that long sentences count as much as short ones. `tones`: what a common word
    weighs by the words that it is like, anywhere in the sentence and near the deed, as means over the words.
    `threshold`: from which probability on a sentence is coded.
    """

    threshold: float
    bias: float
    traits: Mapping[str, float]
    terms: Mapping[str, tuple[float, float]]
    tones: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def probability(self, shown: Evidence) -> float:
        """The chance that readers would code the sentence with this category."""
        # Sorted: a sum of floats depends on the order, and that of a set on the process.
        known = [self.terms[term] for term in sorted(shown.terms) if term in self.terms]
        length = math.sqrt(sum(rarity * rarity for rarity, _ in known)) or 1.0
        score = sum(rarity * weight for rarity, weight in known) / length
        score += sum(self.traits.get(name, 0.0) * value for name, value in shown.traits.items())
        score += _mean(self.tones[word][0] for word in shown.words if word in self.tones)
        score += _mean(self.tones[word][1] for word in shown.near if word in self.tones)
        return 1.0 / (1.0 + math.exp(-score - self.bias))


class JudgeCoding:
    """Marks the events that no sentence tells as coders count them (`EventDraft.codable`).

    Events of categories without a judge stay as they are.
    """

    name = "coding"
    requires = frozenset({"mentions", "entities", "events"})
    assigns = frozenset({"events"})

    def __init__(self, judges: Mapping[str, Judge]) -> None:
        self._judges = judges

    def __call__(self, reading: Reading) -> Reading:
        coded = {category: self._coded(reading, category, judge) for category, judge in self._judges.items()}
        ontology = load_ontology()

        def is_codable(event: EventDraft) -> bool:
            sentences = coded.get(ontology.event_type(event.type).plover or "")
            return sentences is None or bool(sentences & tellings(event))

        events = tuple(replace(e, codable=False) if not is_codable(e) else e for e in reading.events)
        return replace(reading, events=events)

    def _coded(self, reading: Reading, category: str, judge: Judge) -> frozenset[int]:
        """The sentences that report events of the category as coders count them."""
        chances = {
            sentence.index: judge.probability(evidence(reading, sentence, events))
            for sentence in reading.document.sentences
            if (events := told_events(reading, sentence.index, category))
        }
        return frozenset(index for index, chance in chances.items() if chance >= judge.threshold)


@lru_cache(maxsize=4)
def load_judges(folder: Path) -> Mapping[str, Judge]:
    """PLOVER category -> judge, of a folder of weights; none where it has no such file (Stanza's own).

    Raises ModelError where the file cannot be read.
    """
    return load_judge(folder / FILE, _judges_of) or {}


def _judges_of(saved: Mapping[str, Any]) -> Mapping[str, Judge]:
    return {category: judge_of(form) for category, form in saved["judges"].items()}


def judge_of(saved: Mapping[str, Any]) -> Judge:
    """The judge of what `saved_form` gives."""
    terms, tones = (
        {word: (float(one), float(two)) for word, (one, two) in saved[table].items()}
        for table in ("terms", "tones")
    )
    return Judge(float(saved["threshold"]), float(saved["bias"]), dict(saved["traits"]), terms, tones)


def saved_form(judge: Judge) -> dict[str, Any]:
    """The judge as JSON holds it, numbers shortened."""
    return {
        "threshold": judge.threshold,
        "bias": round(judge.bias, 4),
        "traits": {name: round(weight, 4) for name, weight in sorted(judge.traits.items())},
        "terms": {t: [round(r, 2), round(w, 3)] for t, (r, w) in sorted(judge.terms.items())},
        "tones": {w: [round(a, 2), round(n, 2)] for w, (a, n) in sorted(judge.tones.items())},
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
