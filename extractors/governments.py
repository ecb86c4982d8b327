"""Governments: which one "الحكومة" means in an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.base import Mention
from extractors.gazetteer import load_gazetteer
from extractors.gazetteer_files import KnownActor, government_of
from extractors.normalise import bare

#: The noun, as `normalise.bare` gives it.
GOVERNMENT = bare("حكومة")


def the_government(mentions: Sequence[Mention]) -> Mention | KnownActor | None:
    """The one government that the article names in full (حكومة الأسد), else that of the state named most."""
    full = {
        m.label: m
        for m in mentions
        if m.type == "GovernmentBody" and len(m.label.split()) > 1 and bare(m.label.split()[0]) == GOVERNMENT
    }
    if len(full) == 1:
        return next(iter(full.values()))
    states = Counter(m.key for m in mentions if m.key and m.type in ("State", "Country"))
    return load_gazetteer().actor(government_of(states.most_common(1)[0][0])) if states else None
