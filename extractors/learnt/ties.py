"""Which two mentions of a sentence a standing relation may join (who is part or member of what, who leads
it), and what speaks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractors.base import Mention
from extractors.document import Word
from extractors.learnt.scene import Scene
from extractors.normalise import fold

#: The relations that are looked for; within places the rules are enough.
STANDING = ("PART_OF", "MEMBER_OF", "LEADS")
#: Mentions whose heads are farther apart are not joined by naming.
_FAR = 20
#: An adjective tells of what stands near it (وزير الدفاع الأميركي آشتون كارتر).
_NEAR = 10
#: Edges by the rules beyond which more make no difference.
_MOST = 3


class OfTie(NamedTuple):
    """The two entities and mentions, how they stand to each other, and what the rules say of the two
    entities in the article (`*_by_rules`) and of each with others (`*_elsewhere`).
    """

    subject_type: str
    subject_kind: str
    subject_form: str
    other_type: str
    other_kind: str
    other_form: str
    preposition: str
    subject_relation: str
    other_relation: str
    distance: float
    gap: float
    verbs: float
    marks: float
    others: float
    arcs: float
    hangs_on_other: float
    other_hangs_on: float
    within: float
    holds: float
    subject_named: float
    other_named: float
    first_time: float
    known: float
    counted: float
    tied: float
    owned: float
    sentence: float
    part_by_rules: float
    member_by_rules: float
    leads_by_rules: float
    part_elsewhere: float
    member_elsewhere: float
    leads_elsewhere: float
    led_elsewhere: float
    events: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Two mentions of one sentence."""

    subject: Mention
    other: Mention

    @property
    def pair(self) -> tuple[str, str]:
        """The entities that are meant."""
        return self.subject.entity, self.other.entity

    @property
    def sentence(self) -> int:
        """The sentence of both."""
        return self.subject.sentence


class Ties:
    """The ties that an article may tell."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.by_rules: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._of: dict[tuple[str, str], int] = defaultdict(int)
        self._to: dict[tuple[str, str], int] = defaultdict(int)
        for relation in scene.reading.relations:
            if relation.predicate in STANDING:
                self.by_rules[relation.subject, relation.object].add(relation.predicate)
                self._of[relation.subject, relation.predicate] += 1
                self._to[relation.object, relation.predicate] += 1

    def __iter__(self) -> Iterator[Tie]:
        """All ties of the article, by sentence; those of two entities as often as they stand together. To
        belong to an actor an adjective will do (الجيش العراقي).
        """
        for sentence, mentions in sorted(self._scene.in_sentence.items()):
            others = list(filter(self._may_hold, mentions))
            adjectives = list(filter(self._may_hold, self._scene.adjectives.get(sentence, ())))
            for subject in filter(self._may_belong, mentions):
                near = [other for other in others if abs(subject.head - other.head) <= _FAR]
                near += [adjective for adjective in adjectives if _tells_of(adjective, subject)]
                yield from (Tie(subject, other) for other in near if subject.entity != other.entity)

    def _may_belong(self, mention: Mention) -> bool:
        return mention.kind != "place" and self._scene.entities[mention.entity].type != "Facility"

    def _may_hold(self, mention: Mention) -> bool:
        entity = self._scene.entities[mention.entity]
        return entity.kind != "place" and entity.type not in ("Person", "Population")

    def of_tie(self, tie: Tie) -> OfTie:
        """What speaks for a tie."""
        scene, subject, other = self._scene, tie.subject, tie.other
        one, two = (scene.entities[m.entity] for m in (subject, other))
        words = scene.words(subject.sentence)
        low, high = (subject, other) if subject.first <= other.first else (other, subject)
        between = words[low.last : high.first - 1]
        rules = self.by_rules.get(tie.pair, ())
        part, member, leads = (float(predicate in rules) for predicate in STANDING)
        parts, members, leaderships = (min(self._of.get((one.id, p), 0), _MOST) for p in STANDING)
        head, other_head = words[subject.head - 1], words[other.head - 1]
        return OfTie(
            one.type,
            one.kind,
            subject.form,
            two.type,
            two.kind,
            other.form,
            _before(words, other),
            head.deprel.split(":")[0],
            other_head.deprel.split(":")[0],
            other.head - subject.head,
            high.first - low.last - 1,
            sum(w.upos == "VERB" for w in between),
            sum(w.upos == "PUNCT" for w in between),
            sum(low.last < m.head < high.first for m in scene.in_sentence[subject.sentence]),
            scene.arcs(subject.sentence, subject.head, other.head),
            float(head.head == other.head),
            float(other_head.head == subject.head),
            float(other.first <= subject.first and subject.last <= other.last),
            float(subject.first <= other.first and other.last <= subject.last),
            len(scene.mentions[one.id]),
            len(scene.mentions.get(two.id, ())),
            float(scene.mentions[one.id][0] is subject),
            float(one.key is not None),
            float(subject.quantity is not None),
            float(subject.tie > 0),
            float(subject.owner > 0),
            subject.sentence,
            part,
            member,
            leads,
            parts - part,
            members - member,
            leaderships - leads,
            min(self._to.get((two.id, "LEADS"), 0), _MOST) - leads,
            float((one.id, two.id) in scene.edges) + float((two.id, one.id) in scene.edges),
        )


def _tells_of(adjective: Mention, subject: Mention) -> bool:
    """Whether an adjective may tell to whom the subject belongs. An unnamed group's own (سبعة جنود أمريكيين)
    is read by the rules alone: readers drew it too seldom to learn from.
    """
    own = subject.type == "Population" and subject.covers(adjective.head)
    return abs(subject.head - adjective.head) <= _NEAR and not own


def _before(words: tuple[Word, ...], mention: Mention) -> str:
    word = words[mention.first - 2] if mention.first > 1 else None
    return fold(word.text) if word is not None and (word.upos == "ADP" or word.text == "و") else ""
