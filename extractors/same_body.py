"""Which body or group is meant: by its noun, a shorter name, whose it is, its members or its count."""

from __future__ import annotations

from collections.abc import Callable

from extractors.base import Mention
from extractors.gazetteer import load_gazetteer
from extractors.governments import GOVERNMENT, the_government
from extractors.lexicon_words import function_words, transparent
from extractors.nisba_states import actor_of_adjective, entity_of
from extractors.normalise import bare, fold
from extractors.phrases import DEMONSTRATIVES, QUOTES
from extractors.told_entities import ToldEntities, name_tokens
from extractors.type_groups import BODIES

#: Nouns that mean a group named before, whatever noun its name has.
_GROUP_NOUNS = frozenset(
    map(
        bare,
        (
            "تنظيم",
            "جماعة",
            "مجموعة",
            "حركة",
            "ميليشيا",
            "مليشيا",
            "ميليشيات",
            "حزب",
            "جبهة",
            "شبكة",
            "خلية",
            "فصيل",
        ),
    )
)


class SameBody:
    """Which body, group or place a description means; `resolve` tells the entity of any other mention."""

    def __init__(self, told: ToldEntities, resolve: Callable[[Mention], str]) -> None:
        self.told = told
        self._resolve = resolve
        self._groups: dict[tuple[int, int | None, str | None, str | None], str] = {}
        self._ties: dict[tuple[str, ...], str] = {}

    def of_members(self, mention: Mention, ids: list[str]) -> str:
        """The body whose members the mention names, by the outermost name within it; `ids`: so far."""
        inner = [
            (m.first, -m.last, ids[i])
            for i, m in enumerate(self.told.mentions)
            if m.sentence == mention.sentence
            and m.first > mention.first
            and m.last <= mention.core
            and ids[i]
            and m.kind != "place"
        ]
        return min(inner)[2] if inner else self.told.new(mention, local=True)

    def in_apposition(self, mention: Mention, ids: list[str], at: int) -> str | None:
        """The body that an organ's name right behind it describes (كتائب القسام، الجناح العسكري لحماس)."""
        words = self.told.document.sentences[mention.sentence].words
        organ = fold(words[mention.first - 1].text).removeprefix("ال") in function_words("organs")
        if not organ or mention.key or mention.first < 2:
            return None
        before = mention.first - 1
        while before > 1 and (words[before - 1].text in QUOTES or words[before - 1].text in ("،", ",")):
            before -= 1
        return next(
            (
                ids[i]
                for i, m in enumerate(self.told.mentions[:at])
                if m.sentence == mention.sentence and m.last == before and m.type in BODIES and ids[i]
            ),
            None,
        )

    def of_people(self, mention: Mention) -> str:
        """Unnamed people: the same count of the same sort of people told again is the same group."""
        if mention.quantity is None:
            return self.told.new(mention, local=True)
        bodies = [
            m.key
            for m in self.told.mentions
            if m.sentence == mention.sentence and m.key and mention.covers(m.first) and m is not mention
        ]
        nouns = [fold(w) for w in mention.span.text.split() if load_gazetteer().head(w)]
        sort = (bodies or nouns or [mention.label])[0]
        signature = (mention.quantity.min, mention.quantity.max, mention.casualty, sort)
        if signature not in self._groups:
            self._groups[signature] = self.told.new(mention, local=True)
        return self._groups[signature]

    def by_description(self, mention: Mention) -> str:
        """A body or group by its noun: an earlier one of that noun, or that this is a shorter name of."""
        words = set(name_tokens(mention.span.text))
        head = bare(mention.label.split()[0]) if mention.label.split() else ""
        if (called := self._called_so(mention, head)) is not None:
            return called
        outer = self._labels_round(mention)
        for entity in reversed(self.told.recent):
            known = self.told.entities[entity]
            if known.type == "Population" and known.label_ar in outer:
                continue  # خاطفي الرهائن are not the hostages
            if known.type in ("Person", "Population") and mention.type != known.type:
                continue  # "جنديان من الجيش": the army is not the two soldiers
            if (known.kind == "place") != (mention.kind == "place"):
                continue
            earlier = self.told.words.get(entity, set())
            if (
                words <= earlier
                and head in self.told.own.get(entity, ())
                and (mention.span.text.startswith("ال") or len(words) > 1)
            ):
                return entity
        later = next((m for m in self.told.mentions if self._is_longer_name(m, mention, words, head)), None)
        if later is not None:
            return self._resolve(later)
        if head == GOVERNMENT and len(words) == 1 and (meant := the_government(self.told.mentions)):
            return self._resolve(meant) if isinstance(meant, Mention) else self.told.store(entity_of(meant))
        if mention.form == "description" and head in _GROUP_NOUNS:
            for entity in reversed(self.told.recent):
                if self.told.entities[entity].type in ("ArmedGroup", "PoliticalParty"):
                    return entity
        again = self._told_before(mention) if mention.form == "description" and len(words) == 1 else None
        if again is not None:
            return again
        return self.told.new(mention, local=not self._is_unique(mention))

    def _told_before(self, mention: Mention) -> str | None:
        """Whom people mean who are told of by one definite noun (المسلحين, المتمردون): the last told by that
        noun, whatever its case; those who fight also the one armed group that the article has named so far.
        """
        if mention.type not in ("Population", "ArmedGroup"):
            return None
        stem = _without_ending(fold(mention.label))
        for entity in reversed(self.told.recent):
            heads = (_without_ending(h) for h in self.told.heads.get(entity, ()))
            if self.told.entities[entity].type == "Population" and stem in heads:
                return entity
        if stem not in function_words("fighters"):
            return None
        groups = [e for e in self.told.recent if self.told.entities[e].type == "ArmedGroup"]
        return groups[0] if len(groups) == 1 else None

    def _labels_round(self, mention: Mention) -> set[str]:
        """What the phrases are called in whose midst the mention stands."""
        return {
            m.label
            for m in self.told.mentions
            if m.sentence == mention.sentence and m.first < mention.first and mention.last <= m.last
        }

    def of_another(self, mention: Mention) -> str:
        """A body by its noun and by whose it is, whatever that one is called: القوات الموالية لحكومة هادي and
        القوات الموالية للحكومة اليمنية, قوات صالح and قوات الرئيس السابق علي عبد الله صالح.
        """
        if mention.rule == "head noun" and (whose := self._of_arms(mention)) is not None:
            return whose
        here = [m for m in self.told.mentions if m.sentence == mention.sentence and m.last <= mention.last]
        if mention.tie:
            inner = [m for m in here if m.first > mention.tie and m.key]
        else:
            ruled = mention.rule == "head noun"
            inner = [m for m in here if ruled and m.first == mention.first + 1 and m.form == "name"]
            inner = [m for m in inner if m.type == "Person"]
        if not inner:
            return self.by_description(mention)
        words = self.told.document.sentences[mention.sentence].words[
            mention.first - 1 : mention.tie or mention.first
        ]
        signature = (*(bare(w.text) for w in words), self._resolve(inner[0]))
        if signature not in self._ties:
            self._ties[signature] = self.by_description(mention)
        return self._ties[signature]

    def _of_arms(self, mention: Mention) -> str | None:
        """Whose the aircraft, ships and guns are that a mention tells of, for whom they act: مقاتلات التحالف,
        طائرات حربية تركية.
        """
        words = self.told.document.sentences[mention.sentence].words[mention.first - 1 : mention.last]
        if fold(words[0].text) not in transparent("vehicles"):
            return None
        for inner in self.told.mentions:
            within = inner.sentence == mention.sentence and mention.first < inner.first
            if within and inner.last <= mention.last and inner.kind != "place" and inner.type != "Person":
                return self._resolve(inner)
        owners = (actor_of_adjective(w.text) for w in words[1:])
        whose = next((a for a in owners if a is not None), None)
        return self.told.store(entity_of(whose)) if whose is not None else None

    def _called_so(self, mention: Mention, head: str) -> str | None:
        """The force last called by the same noun: whom "هذه القوات" points back to, whatever stands behind
        it, and whom "القوات" alone means.
        """
        words = self.told.document.sentences[mention.sentence].words
        pointed = mention.first > 1 and fold(words[mention.first - 2].text) in DEMONSTRATIVES
        if mention.type != "MilitaryForce" or not (
            pointed or (mention.form == "description" and mention.first == mention.last)
        ):
            return None
        same = (e for e in reversed(self.told.recent) if self.told.entities[e].type == mention.type)
        return next((e for e in same if head in self.told.heads.get(e, ())), None)

    def _is_longer_name(self, other: Mention, mention: Mention, words: set[str], head: str) -> bool:
        """Whether a later mention is the full name of a body that this one names in short (التحالف، التحالف
        الدولي).
        """
        if (
            other.span.start <= mention.span.start
            or other.form != "name"
            or other.type != mention.type
            or not other.key
        ):
            return False
        full = set(name_tokens(other.span.text))
        return head in full and words < full

    def _is_unique(self, mention: Mention) -> bool:
        """Whether the wording alone identifies it in all articles: a recognised name, or with a state's
        adjective.
        """
        if mention.form != "name":
            return False
        return mention.rule == "recogniser" or any(
            load_gazetteer().nisba(fold(w)) for w in mention.span.text.split()
        )


def _without_ending(word: str) -> str:
    """A noun without the article and the ending of its plural, which tells its case (المسلحين, مسلحون)."""
    word = word.removeprefix("ال")
    return word[:-2] if word.endswith(("ون", "ين")) else word
