"""People named by a participle that no list has: المتسببين في الحادث, المتعاقدين, المنشقون.

The sound masculine plural is of rational beings (Wright, *Arabic Grammar* I, § 302), and a participle begins
with م: as a noun with the article it names people by what they did, or what was done to them.
"""

from __future__ import annotations

from extractors.document import Word
from extractors.gazetteer import HeadMatch, HeadNoun
from extractors.lexicon_words import function_words
from extractors.normalise import fold

_SHORTEST = 7
_NOUN = HeadNoun("", "Population", None, None, None, "m", False)
_MATCH = HeadMatch(_NOUN, "m", "p", True)


def is_people_plural(key: str) -> bool:
    """Whether a look-up key is by its form alone a plural of people with the article."""
    sound = key.startswith("الم") and key.endswith(("ون", "ين")) and len(key) >= _SHORTEST
    return sound and key not in function_words("no_people_plurals")


def people_by_form(word: Word) -> HeadMatch | None:
    """The head of a description that a word is by its form alone; None for all other words."""
    people = word.upos in ("NOUN", "ADJ") and word.feats.get("Number") != "Dual"
    return _MATCH if people and is_people_plural(fold(word.text)) else None
