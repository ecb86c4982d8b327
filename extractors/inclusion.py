"""People singled out of a group belong to its body: "مقتل عشرة عناصر من داعش بينهم القيادي أبو X" (inferred).

The group's body is told where the group is, or by the group that it is part of in turn ("15 مسلحا من
النصرة، بينهم قياديون أبرزهم X").
"""

from __future__ import annotations

from extractors.base import Mention
from extractors.document import Sentence
from extractors.lexicon_words import function_words
from extractors.membership import body_of_group
from extractors.phrases import has_pronoun
from extractors.relation_drafts import RelationDrafts


def add_included(drafts: RelationDrafts, sentence: Sentence) -> None:
    """The named people after each "بينهم" or "أبرزهم" of a sentence, whose posts do not tell their body."""
    clause = drafts.participants.clauses[sentence.index]
    here = [m for m in drafts.participants.by_sentence[sentence.index] if m.kind == "actor"]
    inherited: dict[int, str] = {}  # first word of a group -> the body of the group that it is part of
    for i, key in enumerate(clause.keys):
        if key not in function_words("inclusion") or not has_pronoun(sentence.words, i):
            continue
        groups = [m for m in here if m.type == "Population" and m.form == "group" and m.last <= i]
        if not groups:
            continue
        group = max(groups, key=lambda m: (m.last, -m.first))
        body = inherited.get(group.first) or body_of_group(drafts, sentence, group)
        if body is None:
            continue
        for mention in _listed(sentence, here, i + 2):
            if mention.type == "Population":
                inherited.setdefault(mention.first, body)
            elif mention.form == "name" and not drafts.has_body(mention.entity):
                drafts.add(
                    mention.entity,
                    "MEMBER_OF",
                    body,
                    drafts.evidence(sentence, i + 1, mention.last),
                    "included in a group",
                    sentence.index,
                    index=mention.first,
                    inferred=True,
                )


def _listed(sentence: Sentence, here: list[Mention], begin: int) -> list[Mention]:
    """The people and groups from position `begin` on, up to the next verb."""
    verbs = (w.index for w in sentence.words[begin:] if w.upos in ("VERB", "SCONJ"))
    end = next(verbs, len(sentence.words) + 1)
    return [m for m in here if begin < m.first and m.last < end and m.type in ("Person", "Population")]
