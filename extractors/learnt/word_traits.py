"""What a word shows beside its letters: its class and place in the tree, the party that it names, the event
that the lexicon or the rules see in it.
"""

from __future__ import annotations

from typing import NamedTuple

from extractors.base import Mention
from extractors.document import Word
from extractors.learnt.scene import Scene

_SHAPE = ("Voice", "Aspect", "Number", "Gender")


class OfWord(NamedTuple):
    """The traits of one word. `shape`: voice, aspect, number and gender; `edges`: whether it is definite, and
    whether a written token begins or ends with it; `form`: of the mention that it is in, with `!` where it is
    the head.
    """

    upos: str
    relation: str
    shape: str
    edges: str
    party: str
    form: str
    trigger: str
    event: str


def of_words(scene: Scene, sentence: int) -> list[OfWord]:
    """The traits of the words of a sentence."""
    words = scene.words(sentence)
    inside = _mentions(scene, sentence)
    triggers = {
        index: f"{found.trigger.type or ''} {found.trigger.kind}"
        for found in scene.triggers_in[sentence]
        for index in range(found.first, found.last + 1)
    }
    return [
        OfWord(
            word.upos,
            word.deprel,
            " ".join(word.feats.get(name, "") for name in _SHAPE),
            f"{word.feats.get('Definite', '')} {_begins(words, word)} {_ends(words, word)}",
            scene.reading.entities[mention.entity].type if mention else "",
            f"{mention.form}{'!' * (mention.head == word.index)}" if mention else "",
            triggers.get(word.index, ""),
            next((e.type for e in scene.events.get((sentence, word.index), ())), ""),
        )
        for word in words
        for mention in [inside.get(word.index)]
    ]


def _mentions(scene: Scene, sentence: int) -> dict[int, Mention]:
    """Word -> the first mention that it is in, or the one whose head it is."""
    found: dict[int, Mention] = {}
    for mention in scene.in_sentence[sentence]:
        for index in range(mention.first, mention.last + 1):
            if index not in found or index == mention.head:
                found[index] = mention
    return found


def _begins(words: tuple[Word, ...], word: Word) -> bool:
    return word.index == 1 or words[word.index - 2].token != word.token


def _ends(words: tuple[Word, ...], word: Word) -> bool:
    return word.index == len(words) or words[word.index].token != word.token
