"""Which noun can be the subject of a verb, by the endings of both: gender and number, case of a plural.

Behind its subject a verb agrees with it in full; before it the verb is singular and agrees in gender alone
(قال المسؤولون, المسؤولون قالوا). The plural and dual of people show their case: هاجم مسلحون, هاجم مسلحين.
Indexes are word indexes, from 1.
"""

from __future__ import annotations

from extractors.arguments import Slots
from extractors.clause import Clause
from extractors.gazetteer import load_gazetteer
from extractors.inflection import Features
from extractors.lexicon_words import function_words
from extractors.phrases import definite, has_pronoun
from extractors.triggers import load_triggers


def may_follow(clause: Clause, noun: int, features: Features) -> bool:
    """Whether a noun after a verb of these features can be its subject: number and gender agree."""
    if features.number in ("p", "d") or features.person in (1, 2):
        return False
    word, key = clause.word(noun), clause.keys[noun - 1]
    if key in function_words("quantifiers"):
        return True  # أيدت كل من بريطانيا وفرنسا: the verb agrees with those counted
    if noun in clause.named and load_gazetteer().head(word.text) is None:
        return True  # names of states and people; a body's name goes by its noun (حزب، تنظيم، سلطات)
    if word.upos in ("X", "PROPN", "NUM") or key.isdigit() or load_gazetteer().is_first_name(key):
        return True
    head = load_gazetteer().head(word.text)
    feminine = key.endswith(("ه", "اء", "ات")) if head is None else head.gender == "f"
    singular = word.feats.get("Number", "Sing") == "Sing" if head is None else head.number == "s"
    if features.gender == "f":
        return feminine or not singular or (definite(word) and not load_triggers().lookup(key))
    plural_body = head is not None and head.number == "p" and head.head.type != "Population"
    return not (feminine and features.gender == "m" and (plural_body or (singular and key.endswith("ه"))))


def is_plural(clause: Clause, index: int) -> bool:
    """Whether a verb's own ending is plural, so that its subject stands before it or is left out."""
    return clause.keys[index - 1].endswith(("وا", "ون"))


def are_several(clause: Clause, index: int) -> bool:
    """Whether a noun means several people, whom a plural verb can tell of (مسلحون)."""
    head = load_gazetteer().head(clause.word(index).text)
    return head is not None and head.number == "p" and head.head.type == "Population"


def by_case(clause: Clause, slots: Slots, index: int) -> None:
    """The ending of a plural or dual tells subject from object (ون, ان; ين), whatever the tree says."""
    for filler in [o for o in slots.get("obj") if o > index and _people_case(clause, o) == "Nom"]:
        if not slots.get("subj"):
            slots.fillers["obj"].remove(filler)
            slots.add("subj", filler)
    if slots.passive:
        return
    for filler in [f for f in slots.get("subj") if f > index and _people_case(clause, f) == "Acc"]:
        if not slots.get("obj"):
            slots.fillers["subj"].remove(filler)
            slots.add("obj", filler)


def _people_case(clause: Clause, index: int) -> str | None:
    """The case that a noun for people shows in its ending, None where it shows none."""
    key = clause.keys[index - 1]
    head = load_gazetteer().head(clause.word(index).text)
    if head is None or head.number not in ("p", "d") or has_pronoun(clause.words, index - 1):
        return None
    if key.endswith("ون") or (head.number == "d" and key.endswith("ان")):
        return "Nom"
    return "Acc" if key.endswith("ين") and not key.endswith("يين") else None
