"""Names that several known actors share (الحرس الجمهوري): which of them an article means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.base import Mention
from extractors.gazetteer import load_gazetteer


class Namesakes:
    """Tells the bearers of a name apart by what else the article names."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._gazetteer = load_gazetteer()
        self._countries = self._count_countries()

    def meant(self, key: str, name: str) -> str:
        """Of the actors that bear a name the one that the article names in full, else that
        of the country that it tells of most.
        """
        bearers = self._gazetteer.bearers(key, name)
        if len(bearers) < 2:
            return key
        for bearer in bearers:
            if any(
                m.key == bearer and self._gazetteer.bearers(bearer, m.label) == (bearer,)
                for m in self.mentions
            ):
                return bearer

        def told(bearer: str) -> int:
            country = self._gazetteer.actor(bearer).country
            return self._countries[country] if country else 1  # one of no country needs none to be named

        return max(bearers, key=told)

    def _count_countries(self) -> Counter[str]:
        """Country -> how often the article names what lies in it or belongs to it."""
        found: Counter[str] = Counter()
        for mention in self.mentions:
            if mention.key and len(self._gazetteer.bearers(mention.key, mention.label)) < 2:
                place = mention.kind == "place"
                known = (self._gazetteer.places if place else self._gazetteer.actors).get(mention.key)
                if known is not None and known.country:
                    found[known.country] += 1
        return found
