"""Whether a pronoun can point back to a mention: by gender and number, and by what sort of actor it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.base import Entity, Mention
from extractors.document import Word
from extractors.gazetteer import load_gazetteer
from extractors.inflection import Features
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.type_groups import PEOPLE

_FORMS: dict[str, tuple[str | None, str | None]] = {
    "ه": ("m", "s"),
    "ها": ("f", "s"),
    "هم": ("m", "p"),
    "هن": ("f", "p"),
    "هما": (None, "d"),
    "هو": ("m", "s"),
    "هي": ("f", "s"),
}


def gender_and_number(pronoun: Word) -> tuple[str | None, str | None]:
    """Gender and number that a suffix or free pronoun tells; None for what it does not tell."""
    return _FORMS.get(fold(pronoun.text), (None, None))


def agrees(entity: Entity, mention: Mention, gender: str | None, number: str | None) -> bool:
    """Whether a pronoun of that gender and number can mean the mention: people count by number, bodies are
    singular, and feminine where their noun is.
    """
    if gender is None and number is None:
        return False
    people = entity.type == "Population"
    if number == "p":
        return (
            people
            or (mention.number == "p" and gender == "m" and (mention.form != "name" or _names_many(mention)))
            or (entity.type in ("ArmedGroup", "MilitaryForce") and mention.form == "members")
        )
    if number == "d":
        return mention.number == "d"
    if people and (mention.number in ("p", "d") or mention.quantity):
        return False
    if entity.type == "Person":
        return gender == (mention.gender or "m") or (gender == "m" and mention.form == "name")
    if entity.type == "State":
        return gender == ("m" if fold(entity.label_ar) in function_words("masculine_places") else "f")
    return mention.gender is None or mention.gender == gender


def verb_agrees(features: Features, entity: Entity) -> bool:
    """Whether a verb's ending can point back to the entity: by gender, and by number where it is people."""
    gender, number = features.gender, features.number
    if entity.type in PEOPLE and (number in ("p", "d")) != (entity.number in ("p", "d")):
        return entity.number is None or (number == "s" and gender == "f" == entity.gender)
    if entity.type in PEOPLE and number in ("p", "d"):
        return True
    if entity.type == "State" and number in ("p", "d"):
        return False
    return gender is None or entity.gender in (None, gender)


def gender_of_place(mention: Mention) -> str:
    """Names of places are feminine but for a few; descriptions go by their noun (حي، مطار), in the plural
    they are feminine too, while a part of a state is masculine (شرق).
    """
    if mention.rule == "part of a state":
        return "m"
    return "f" if mention.number == "p" and mention.form != "name" else gender_of_one_place(mention)


def gender_of_one_place(mention: Mention) -> str:
    """The gender of a place that is told in the singular."""
    words = [fold(w) for w in mention.span.text.split()]
    if mention.form == "name" or mention.gender is None:
        head = load_gazetteer().head(mention.span.text.split()[0])
        if head is None or len(words) == 1:
            return "m" if words[0] in function_words("masculine_places") else "f"
        return head.gender or "f"
    return mention.gender


def is_subject(words: Sequence[Word], mention: Mention) -> bool:
    """Whether a mention is a subject by the tree of its sentence, whose words are given."""
    return words[mention.head - 1].deprel.startswith("nsubj")


def subjects_first(words: Sequence[Word], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions of a sentence, the subjects before others, and of these the last first."""
    subjects = [m for m in mentions if is_subject(words, m)]
    yield from subjects
    yield from (m for m in reversed(mentions) if m not in subjects)


def _names_many(mention: Mention) -> bool:
    """Whether a name is the plural of its people (الحوثيون)."""
    return mention.span.text.endswith(("ون", "ين"))
