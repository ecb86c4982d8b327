"""An article as the learnt step looks at it: who is named where and how often, which words the rules took for
events, who does what to whom by the rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from extractors.base import Entity, EventDraft, Mention, Reading
from extractors.detection import Found
from extractors.document import Word
from extractors.event_pairs import edges
from extractors.nisba_states import adjective_mention, adjectives
from extractors.normalise import fold
from extractors.participants import Participants
from schema.ontology import load_ontology

#: From so many arcs on, more make no difference.
_FARTHEST = 8


def word_of(word: Word) -> str:
    """What a word is counted by: its lemma, and whether it is a verb."""
    return f"{fold(word.lemma or word.text)} {'verb' if word.upos == 'VERB' else 'noun'}"


def parties_of(event: EventDraft) -> dict[str, tuple[str, ...]]:
    """The entities on either side of an event: `actor` and `recipient`; the partners of a symmetric one stand
    on the other side (met with), those of another beside the doer.
    """
    roles = event.roles
    partners = roles.get("partner", ()) if load_ontology().event_type(event.type).symmetric else ()
    return {"actor": roles.get("actor", ()), "recipient": (*roles.get("recipient", ()), *partners)}


class Scene:
    """The look-ups of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.participants = Participants(reading)
        self.in_sentence: dict[int, list[Mention]] = defaultdict(list)
        self.mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(reading.mentions, key=lambda m: (m.span.start, -m.span.end)):
            if mention.entity:
                self.in_sentence[mention.sentence].append(mention)
                self.mentions[mention.entity].append(mention)
        told = Counter({entity: len(mentions) for entity, mentions in self.mentions.items()})
        self._paths: dict[tuple[int, int], tuple[int, ...]] = {}
        self.most_told = [entity for entity, _ in told.most_common(3)]

    @cached_property
    def events(self) -> dict[tuple[int, int], list[EventDraft]]:
        """Sentence and first word -> the events that the rules find there."""
        found: dict[tuple[int, int], list[EventDraft]] = defaultdict(list)
        for event in self.reading.events:
            found[event.sentence, event.first].append(event)
        return found

    @cached_property
    def triggers(self) -> dict[tuple[int, int], Found]:
        """Sentence and first word -> the trigger of the lexicon there."""
        return {(f.sentence, f.first): f for f in self.reading.triggers}

    @cached_property
    def triggers_in(self) -> dict[int, list[Found]]:
        """Sentence -> the triggers of the lexicon in it."""
        found: dict[int, list[Found]] = defaultdict(list)
        for trigger in self.reading.triggers:
            found[trigger.sentence].append(trigger)
        return found

    @cached_property
    def named(self) -> set[tuple[int, int]]:
        """Sentence and word: those inside names and titles, which tell no event."""
        return {
            (m.sentence, index)
            for m in self.reading.mentions
            if m.form == "name" or (m.form == "title" and m.kind != "place")
            for index in range(m.first, m.last + 1)
        }

    @cached_property
    def adjectives(self) -> dict[int, list[Mention]]:
        """Sentence -> its adjectives that tell of a known actor (الجيش العراقي), each as a mention, but for
        those that are mentions of the reading.
        """
        found: dict[int, list[Mention]] = defaultdict(list)
        for number, index, entity in self._adjectives:
            if not any(m.head == index and m.entity == entity.id for m in self.in_sentence[number]):
                found[number].append(adjective_mention(self.reading.document, number, index, entity))
        return found

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities of the reading and of its adjectives, by id."""
        return {**{entity.id: entity for _, _, entity in self._adjectives}, **self.reading.entities}

    @cached_property
    def _adjectives(self) -> list[tuple[int, int, Entity]]:
        sentences = self.reading.document.sentences
        return [(s.index, index, entity) for s in sentences for index, entity in adjectives(s)]

    @cached_property
    def statements_of(self) -> Counter[str]:
        """How much each entity says."""
        return Counter(s.speaker for s in self.reading.statements if s.speaker)

    @cached_property
    def sides(self) -> dict[tuple[str, str], Counter[str]]:
        """Family of events and side -> how often each entity is there by the rules."""
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for event in self.reading.events:
            family = load_ontology().event_type(event.type).family
            for side, entities in parties_of(event).items():
                found[family, side].update(entities)
        return found

    @cached_property
    def edges(self) -> dict[tuple[str, str], set[str]]:
        """Subject and object -> the predicates of the rules' events between them."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for event in self.reading.events:
            for edge in edges(event):
                found[edge.subject, edge.object].add(edge.predicate)
        return found

    def words(self, sentence: int) -> tuple[Word, ...]:
        """The words of a sentence."""
        return self.reading.document.sentences[sentence].words

    def arcs(self, sentence: int, start: int, end: int) -> int:
        """How many arcs of the tree part two words of a sentence."""
        above = {word: n for n, word in enumerate(self._upwards(sentence, start))}
        ways = (n + above[w] for n, w in enumerate(self._upwards(sentence, end)) if w in above)
        return min(next(ways, _FARTHEST), _FARTHEST)

    def _upwards(self, sentence: int, index: int) -> tuple[int, ...]:
        """The word, its head, and so on to the root."""
        if (sentence, index) not in self._paths:
            words, path = self.words(sentence), [index]
            while (head := words[path[-1] - 1].head) and len(path) < len(words):
                path.append(head)  # not for ever, should a file not hold a tree
            self._paths[sentence, index] = tuple(path)
        return self._paths[sentence, index]
