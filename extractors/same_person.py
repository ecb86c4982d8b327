"""Which person is meant: by a full name, a short one (a surname, a first name), or a post alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from extractors.base import Entity, Mention
from extractors.gazetteer import load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import bare, fold
from extractors.told_entities import ToldEntities, name_tokens
from schema.identity import content_id

#: What stands between the names of son and father.
_FILIATION = frozenset(map(fold, ("بن", "ابن", "بنت")))
_ANYBODY = frozenset(map(bare, ("مسؤول", "رجل")))
_PERSON_NOUNS = _ANYBODY | frozenset(map(bare, ("قائد", "زعيم", "رئيس")))


class SamePerson:
    """Whom a mention of one person means; `resolve` tells the entity of any other mention."""

    def __init__(self, told: ToldEntities, resolve: Callable[[Mention], str]) -> None:
        self.told = told
        self._resolve = resolve
        self._full_names = self._find_full_names()

    def is_another(self, mention: Mention) -> bool:
        """Whether a short name that the gazetteer knows is part of another person's full name in this
        article.
        """
        tokens = set(name_tokens(mention.label))
        return any(
            tokens < set(name) and key != mention.key and not _is_father(mention.label, label)
            for name, _, label, key in self._full_names
        )

    def by_name(self, mention: Mention) -> str:
        """The person of that name, or of the longest name in the article that holds it."""
        tokens = name_tokens(mention.label)
        names = [
            name
            for name in self._full_names
            if set(tokens) <= set(name[0]) and not _is_father(mention.label, name[2])
        ]
        best = max(names, key=lambda n: (len(n[0]), -n[1]), default=None)
        if best is not None:
            label, key = best[2], best[3]
            if key:
                return self.told.known(replace(mention, key=key))
        else:
            label = mention.label
        return self.told.store(
            Entity(
                content_id("actor", "Person", *name_tokens(label)),
                "actor",
                "Person",
                label,
                None,
                None,
                mention.gender,
                "s",
            )
        )

    def by_post(self, mention: Mention) -> str:
        """A post alone is the person who was given it; the one named last where several were."""
        words = set(name_tokens(mention.span.text))
        if (dignitary := self._addressed(mention)) is not None:
            return dignitary
        for entity in reversed(self.told.recent):
            if self.told.entities[entity].type == "Person" and words <= self.told.words.get(entity, set()):
                return entity
        later = [
            m
            for m in self.told.mentions
            if m.form == "name" and m.type == "Person" and words <= set(name_tokens(m.span.text))
        ]
        if later and len(words) > 1:
            return self._resolve(later[0])
        if words & _PERSON_NOUNS and mention.span.text.startswith("ال"):
            # "المسؤول المالي الأمريكي": the last person told of that state, by whatever post.
            states = {w for w in words if load_gazetteer().nisba(w)}
            for entity in reversed(self.told.recent):
                if (
                    self.told.entities[entity].type == "Person"
                    and states <= self.told.words[entity]
                    and (states or len(words) <= 2)
                    and not self._holds_another(entity, words)
                ):
                    return entity
        return self.told.new(mention, local=len(words) < 2)

    def _addressed(self, mention: Mention) -> str | None:
        """Whom a courtesy with a suffix means (سموه, معاليه): the last one told of with that courtesy, else
        with a rank that it goes with.
        """
        words = self.told.document.sentences[mention.sentence].words
        courtesy = fold(words[mention.first - 1].text)
        if courtesy not in function_words("courtesies"):
            return None
        ranks = function_words(
            "royal_ranks" if courtesy in function_words("royal_courtesies") else "dignities"
        )
        people = [e for e in reversed(self.told.recent) if self.told.entities[e].type == "Person"]
        for marks in (frozenset({bare(courtesy)}), frozenset(map(bare, ranks))):
            for entity in people:
                if marks & self.told.words[entity]:
                    return entity
        return None

    def _holds_another(self, entity: str, words: set[str]) -> bool:
        """Whether a person is known by another post, or as a source only, so that "the president" is somebody
        else. Anybody may be "the official" or "the man".
        """
        if words & _ANYBODY:
            return False
        heads = (load_gazetteer().head(word) for word in self.told.heads[entity])
        if any(head is not None and head.head.type == "Population" for head in heads):
            return True
        others = self.told.words[entity] - words
        titles = (load_gazetteer().title_at([word], 0) for word in others)
        return any(t is not None and t[0].relation != "none" for t in titles)

    def _find_full_names(self) -> list[tuple[tuple[str, ...], int, str, str | None]]:
        """The names of people in the article: (tokens, position, label, known key)."""
        return [
            (name_tokens(m.label), i, m.label, m.key)
            for i, m in enumerate(self.told.mentions)
            if m.type == "Person" and m.form == "name"
        ]


def _is_father(name: str, full: str) -> bool:
    """Whether a name of several words is that of the father in a full name, not a short form of it: سلمان بن
    عبد العزيز within محمد بن سلمان بن عبد العزيز.
    """
    words, longer = [fold(w) for w in name.split()], [fold(w) for w in full.split()]
    sons = [after for word, after in pairwise(longer) if word in _FILIATION]
    return len(words) > 1 and words[0] != longer[0] and words[0] in sons
