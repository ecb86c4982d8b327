"""One post told of several people, each of his own state: وزيرا الخارجية الأميركي جون كيري والروسي لافروف,
الرئيسان الفرنسي X والمصري Y, قادة تركيا X وإيران Y.
"""

from __future__ import annotations

from extractors.base import Mention
from extractors.document import Sentence
from extractors.gazetteer import Title
from extractors.normalise import bare, fold
from extractors.phrases import definite, is_mark
from extractors.posts_of_states import HEADS_OF_STATE
from extractors.relation_drafts import RelationDrafts

#: Endings of the dual and the sound plural.
_OF_SEVERAL = ("ان", "ين", "ا", "ي", "ون", "و")
#: Positions between one name and the adjective before the next: a mark and و.
_BETWEEN = 2


def is_joint(sentence: Sentence, i: int, title: Title) -> bool:
    """Whether the title at position `i` (from 0) stands in the dual or plural, so that several people bear
    it: by its letters, which go on behind those of the singular, or are others (رؤساء).
    """
    word, noun = bare(sentence.words[i].text), bare(title.title.split()[0])
    if not word.startswith(noun):
        return word != noun
    return word.removeprefix(noun) in _OF_SEVERAL


def add_joint(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> bool:
    """The state of a person whose post stands before another's name; whether there was such a post."""
    at = mention.first - 2  # the adjective right before the name
    if at < 1 or fold(sentence.words[at - 1].text) != "و":
        return False
    state = drafts.state(sentence, at + 1) or _named_state(drafts, sentence, at + 1)
    title = _post_before(drafts, sentence, mention) if state else None
    if state is None or title is None:
        return False
    heads = title.relation == "LEADS" and bare(title.title.split()[0]) in HEADS_OF_STATE
    drafts.add(
        mention.entity,
        "LEADS" if heads else "MEMBER_OF",
        state,
        drafts.evidence(sentence, at + 1, mention.last),
        f"title {title.title}",
        sentence.index,
        index=mention.first,
    )
    return True


def _named_state(drafts: RelationDrafts, sentence: Sentence, index: int) -> str | None:
    """A state named by that one word (رئيسا تركيا X وإيران Y)."""
    here = drafts.participants.by_sentence[sentence.index]
    return next((m.entity for m in here if m.type == "State" and m.first == m.last == index), None)


def _post_before(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> Title | None:
    """The post in the dual or plural of the first of the people whom the mention is listed with."""
    keys = drafts.participants.clauses[sentence.index].keys
    here = [m for m in drafts.participants.by_sentence[sentence.index] if m.type == "Person"]
    current = mention
    while True:
        before = [m for m in here if m.form == "name" and m.last < current.first - _BETWEEN]
        other = max(before, key=lambda m: m.last, default=None)
        if other is None or not _is_listed(sentence, other, current):
            return None
        title = drafts.gazetteer.title_at(keys, other.first - 1)
        if title and not title[0].honorific:
            return title[0] if is_joint(sentence, other.first - 1, title[0]) else None
        current = other


def _is_listed(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether only a mark, و and the adjective of his state stand between two people."""
    between = [w for w in sentence.words[one.last : other.first - 1] if not is_mark(w)]
    return (
        len(between) == _BETWEEN
        and fold(between[0].text) == "و"
        and not is_mark(between[1])
        and (definite(between[1]) or between[1].upos in ("X", "PROPN", "NOUN"))
    )
