"""What a verb's relative clause lends it: the noun that the clause describes fills a slot of the verb.

* as subject, after الذي without resumptive pronoun: القوات التي دخلت المدينة
* as object, where the verb has a suffix for it: هجوم شنه مسلحون
* without الذي, after an indefinite noun: هجوم استهدف فندقا, هجوم لتنظيم القاعدة استهدف نقطة

Indexes are word indexes, from 1.
"""

from __future__ import annotations

from extractors.arguments import Slots
from extractors.clause import Clause
from extractors.inflection import Features
from extractors.lexicon_words import function_words
from extractors.noun_arguments import is_event_noun
from extractors.phrases import RELATIVES, definite, has_pronoun, is_adjective, is_mark
from extractors.subject_agreement import are_several, is_plural, may_follow


def antecedent_fills(clause: Clause, slots: Slots, index: int, features: Features | None) -> None:
    """In a relative clause the antecedent fills the slot of the relative or resumptive pronoun.

    After الذي a clause without resumptive pronoun has its antecedent as subject; without الذي (after an
    indefinite noun) a noun behind the verb comes first.
    """
    for slot, fillers in list(slots.fillers.items()):
        slots.fillers[slot] = [f for f in fillers if clause.keys[f - 1] not in RELATIVES]
    antecedent = clause.antecedent(index)
    if antecedent is None:
        antecedent = _deed_told_of(clause, index, features)
    if antecedent is None:
        return
    if is_plural(clause, index):
        # دعم متمردين هاجموا X: the verb's ending shows that the people right before it are meant
        people = [f for f, la in clause.phrases.items() if la == index - 1 and are_several(clause, f)]
        antecedent = (people or [antecedent])[0]
    if has_pronoun(clause.words, index - 1):
        slots.fillers["obj"] = [antecedent]
    elif _after_relative_pronoun(clause, index) and not _resumed(clause, index):
        displaced = [f for f in slots.get("subj") if f > index]
        slots.fillers["subj"] = [antecedent]
        if displaced and not slots.get("obj"):
            slots.fillers["obj"] = displaced
    elif on_a_journey(clause, index) and not slots.get("obj"):
        # جولة يلتقي خلالها الرئيس السوري: whom the visitor meets, not who meets
        slots.fillers["subj"], slots.fillers["obj"] = [], [f for f in slots.get("subj") if f > index]
    elif (
        not slots.get("subj")
        and not _resumed(clause, index)
        and (
            _deed_told_of(clause, index, features) == antecedent
            or _tells_deed(clause, antecedent, index, features)
            or not clause.nouns_after(index)
            or (is_plural(clause, index) and are_several(clause, antecedent))
        )
    ):
        slots.add("subj", antecedent)


def on_a_journey(clause: Clause, index: int) -> bool:
    """Whether a verb tells what the visitor does on a visit (زيارة يلتقي خلالها X): he is its subject."""
    antecedent = clause.antecedent(index)
    journey = antecedent is not None and clause.keys[antecedent - 1] in function_words("journeys")
    return journey and _resumed(clause, index)


def _tells_deed(clause: Clause, antecedent: int, index: int, features: Features | None) -> bool:
    """Whether the verb of a relative clause tells more of the deed right before it (هجوم استهدف فندقا):
    with no pronoun for its object the deed is its subject.
    """
    between = clause.words[antecedent : index - 1]
    weapon = clause.keys[antecedent - 1] in function_words("planted_weapons")
    deed = weapon or is_event_noun(clause.word(antecedent))
    agrees = features is not None and may_follow(clause, antecedent, features)
    return deed and agrees and all(is_adjective(w) for w in between)


def _deed_told_of(clause: Clause, index: int, features: Features | None) -> int | None:
    """The indefinite deed that a verb tells more of without a conjunction, over whose it was (هجوم لتنظيم
    القاعدة استهدف نقطة).
    """
    of = index - 1
    first = next((f for f, last in clause.phrases.items() if last == of), None)
    if features is None or first is None or first < 3 or clause.keys[first - 2] != "ل":
        return None
    deed = clause.word(first - 2)
    indefinite = not definite(deed) and deed.upos == "NOUN"
    return (
        deed.index
        if indefinite and is_event_noun(deed) and may_follow(clause, deed.index, features)
        else None
    )


def _after_relative_pronoun(clause: Clause, index: int) -> bool:
    return any(clause.keys[i] in RELATIVES for i in range(max(0, index - 4), index - 1))


def _resumed(clause: Clause, index: int) -> bool:
    """Whether a preposition with a suffix pronoun follows in the clause (عليها، فيه، له)."""
    for i in range(index, min(len(clause.words) - 1, index + 6)):
        if is_mark(clause.words[i]) or clause.words[i].upos == "VERB":
            return False
        if clause.words[i].upos == "ADP" and has_pronoun(clause.words, i):
            return True
    return False
