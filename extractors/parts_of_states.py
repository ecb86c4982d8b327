"""Parts of a state by compass, which are areas of their own: شرق ليبيا, جنوبي البلاد."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.base import Entity, Mention
from extractors.gazetteer import load_gazetteer
from extractors.normalise import fold
from schema.identity import content_id

_COMPASS = {"شمال": "north", "جنوب": "south", "شرق": "east", "غرب": "west", "وسط": "central"}
#: Each word that tells a part, as a noun or with ي (شمالي), to the noun.
PARTS = {fold(word + ending): word for word in _COMPASS for ending in ("", "ي")}


def area_of(mention: Mention, mentions: Sequence[Mention]) -> Entity | None:
    """The area that a part of a state is: of the state named within, or of the one that the article names
    most (شمال البلاد); None where it names none."""
    words = [fold(w) for w in mention.span.text.split()]
    parts = [PARTS[w] for w in words if w in PARTS]
    inner = [
        m.key
        for m in mentions
        if m.sentence == mention.sentence and m.key and mention.first < m.first and m.last == mention.last
    ]
    named = Counter(m.key for m in mentions if m.key and m.type in ("State", "Country"))
    key = inner[0] if inner else named.most_common(1)[0][0] if named else None
    if key is None:
        return None
    state = load_gazetteer().actor(key)
    english = "-".join(_COMPASS[p] for p in parts)
    return Entity(
        content_id("place", key, *parts),
        "place",
        "Area",
        f"{' '.join(parts)} {state.ar}",
        f"{english.capitalize()} {state.en}",
    )
