"""What a union is made up of: ائتلاف يضم جبهة النصرة وأحرار الشام, التحالف المكون من السعودية والإمارات.

The parts are bodies and states; the union is a coalition or another body, never a state or place that holds
them.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.base import Mention
from extractors.coordination import joined_to
from extractors.document import Sentence, Word
from extractors.inflection import verb_forms
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import QUOTES, RELATIVES, definite
from extractors.relation_drafts import RelationDrafts
from extractors.type_groups import BODIES
from extractors.verb_arguments import verb_slots

_COMPRISE = verb_forms("ضم", "يضم")
_UNIONS = frozenset({"Coalition", "ArmedGroup", "MilitaryForce", "Organization", "PoliticalParty"})
_OF = fold("من")


def add_parts(drafts: RelationDrafts, sentence: Sentence) -> None:
    """The parts that a sentence says a union has."""
    keys = drafts.participants.clauses[sentence.index].keys
    for word in sentence.words:
        if word.upos == "VERB" and keys[word.index - 1] in _COMPRISE:
            union, first = _by_verb(drafts, sentence, word)
        elif keys[word.index - 1] in function_words("made_up"):
            union, first = _by_participle(drafts, sentence, word)
        else:
            continue
        if union is None or first is None or union.type not in _UNIONS:
            continue
        for part in _listed(drafts, first):
            drafts.add(
                part.entity,
                "PART_OF",
                union.entity,
                drafts.evidence(sentence, min(union.first, part.first), max(union.last, part.last)),
                "made up of",
                sentence.index,
                index=part.first,
            )


def _by_verb(drafts: RelationDrafts, sentence: Sentence, word: Word) -> tuple[Mention | None, Mention | None]:
    """The union before the verb, or its subject behind it, and the first part."""
    clause = drafts.participants.clauses[sentence.index]
    slots = verb_slots(clause, word.index, _COMPRISE[clause.keys[word.index - 1]])
    if slots.passive:
        return None, None
    opens = word.index == 1 or sentence.words[word.index - 2].upos not in ("NOUN", "ADJ", "PROPN", "X")
    union = _ending_before(drafts, sentence, word.index)
    if union is None and opens:
        union = _beginning_at(drafts, sentence, word.index)
    parts = (_at(drafts, sentence, i - 1) for i in sorted(slots.get("obj")))
    behind = word.index if union is None or union.first < word.index else union.last
    return union, _at(drafts, sentence, behind) or next((p for p in parts if p), None)


def _by_participle(
    drafts: RelationDrafts, sentence: Sentence, word: Word
) -> tuple[Mention | None, Mention | None]:
    """The union before "المكون من", which may close its phrase, or behind "يتألف", and the first part."""
    keys = drafts.participants.clauses[sentence.index].keys
    here = drafts.participants.by_sentence[sentence.index]
    inside = next((m for m in here if m.first < word.index == m.last), None)
    union = inside or _ending_before(drafts, sentence, word.index)
    union = union or _beginning_at(drafts, sentence, word.index)
    behind = word.index if union is None or union.first < word.index else union.last
    if keys[behind : behind + 1] != [_OF]:
        return None, None
    return union, _at(drafts, sentence, behind + 1)


def _beginning_at(drafts: RelationDrafts, sentence: Sentence, i: int) -> Mention | None:
    """The union named from position `i` (from 0) on."""
    here = drafts.participants.by_sentence[sentence.index]
    return next((m for m in here if m.first == i + 1 and m.type in _UNIONS), None)


def _ending_before(drafts: RelationDrafts, sentence: Sentence, index: int) -> Mention | None:
    """The union right before word `index`, past adjectives and a relative pronoun, or with no more between
    than what it is called (جيش الفتح، وهو ائتلاف يضم X)."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    ending = {m.last: m for m in drafts.participants.by_sentence[sentence.index] if m.type in _UNIONS}
    i = index - 1
    while i > 0:
        if i in ending:
            return ending[i]
        head = drafts.gazetteer.head(words[i - 1].text)
        called = head is not None and head.head.type in _UNIONS and not definite(words[i - 1])
        passed = keys[i - 1] in RELATIVES or keys[i - 1] in function_words("being_it")
        if not (passed or called or words[i - 1].upos in ("ADJ", "PUNCT")):
            return None
        i -= 1
    return None


def _at(drafts: RelationDrafts, sentence: Sentence, i: int) -> Mention | None:
    """The body or state named from position `i` (from 0), past quotation marks and كلا من."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    while i < len(words) and (words[i].text in QUOTES or keys[i] in function_words("each_of")):
        i += 1
    here = drafts.participants.by_sentence[sentence.index]
    return next((m for m in here if m.first == i + 1 and _may_be_part(drafts, m)), None)


def _may_be_part(drafts: RelationDrafts, mention: Mention) -> bool:
    return mention.kind == "state" or drafts.entities[mention.entity].type in BODIES | {"State"}


def _listed(drafts: RelationDrafts, first: Mention) -> Iterator[Mention]:
    yield first
    for mention in joined_to(drafts.participants, first):
        if _may_be_part(drafts, mention):
            yield mention
