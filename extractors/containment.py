"""Places within places: what stands behind the name of a place, or within its phrase.

* a word of place and the larger place: قرية تل شعير جنوب شرقي الموصل, بلدة X بريف إدلب, حي X التابع لمنطقة Y
* the rank of a town: الموصل مركز محافظة نينوى, بنغازي ثاني أكبر مدن ليبيا, حي X آخر أحياء عدن
* the adjective of a state: مدينة زوارة الليبية, العاصمة العراقية بغداد
* a town before its state: كركوك، العراق; before its region in brackets: سيفاري (منطقة موبتي)
* several places with one larger: قريتي X وY في ناحية Z
* a building named after its town: مطار عدن
"""

from __future__ import annotations

from math import cos, hypot, radians

from extractors.base import Mention
from extractors.document import Sentence
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import QUOTES, definite
from extractors.relation_drafts import RelationDrafts

_COMMAS = ("،", ",")
_DEGREE_KM = 111.0
_SUBURBS_KM = 50.0
_TOWNS = frozenset({"City", "Region"})


def add_containment(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """The larger place that a place is said to be in."""
    if mention.rule == "part of a state":
        return  # that it lies in its state goes without saying
    if _are_many(mention) or _is_inner(drafts, sentence, mention):
        return
    found = (
        _by_adjective(drafts, sentence, mention)
        or _behind(drafts, sentence, mention, mention.last)
        or _shared(drafts, sentence, mention)
        or _by_name(drafts, sentence, mention)
    )
    if found is None or found[0] == mention.entity:
        return
    outer, last = found
    drafts.add(
        mention.entity,
        "LOCATED_IN",
        outer,
        drafts.evidence(sentence, min(mention.first, last), max(mention.last, last)),
        "place in a place",
        sentence.index,
        index=mention.first,
    )


def _are_many(mention: Mention) -> bool:
    """Whether unnamed places are meant (مناطق أخرى, قواعد عسكرية): which they are is not said."""
    return mention.form != "name" and mention.number == "p"


def _is_inner(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> bool:
    """Whether the place is named within the name of a building: what follows is told of that."""
    here = drafts.participants.by_sentence[sentence.index]
    return any(m.type == "Facility" and m.first < mention.first and m.last >= mention.last for m in here)


def _by_adjective(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> tuple[str, int] | None:
    """The state whose adjective stands in or behind the phrase of a town, region or named place. A building's
    adjective tells whose it is (القاعدة الأميركية), not where."""
    named = mention.key is not None
    if not named and mention.type not in _TOWNS:
        return None
    last = mention.last
    if not named and definite(sentence.words[mention.first - 1]):
        return None  # "المدينة السورية" is one named before
    while last < len(sentence.words) and last - mention.last < 3 and _is_epithet(drafts, sentence, last):
        last += 1
    inside = range(mention.first + 1, mention.last + 1) if mention.type in _TOWNS else ()
    for index in (*inside, *range(mention.last + 1, last + 1)):
        nisba = drafts.gazetteer.nisba(sentence.words[index - 1].text)
        if nisba is None or not nisba.definite or nisba.number != "s":
            continue
        if _is_of_another(drafts, mention, nisba.key):
            continue
        if state := drafts.state(sentence, index):
            return state, index
    return None


def _is_of_another(drafts: RelationDrafts, mention: Mention, state: str) -> bool:
    """Whether a known place lies in another state than the adjective's (محافظة شبوة الصحراوية)."""
    place, actor = drafts.gazetteer.places.get(mention.key or ""), drafts.gazetteer.actors.get(state)
    return bool(place and actor and place.country and actor.country and place.country != actor.country)


def _is_epithet(drafts: RelationDrafts, sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return definite(word) and (word.upos == "ADJ" or drafts.gazetteer.nisba(word.text) is not None)


def _behind(drafts: RelationDrafts, sentence: Sentence, mention: Mention, i: int) -> tuple[str, int] | None:
    """The place that the words from position `i` (from 0) lead to."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    comma = False
    while i < len(words) and (
        words[i].text in QUOTES
        or words[i].text in _COMMAS
        or (i < mention.last + 2 and definite(words[i]) and words[i].upos == "ADJ")
    ):
        if keys[i] in function_words("belonging"):
            break
        comma = comma or words[i].text in _COMMAS
        i += 1
    if i + 1 >= len(words):
        return None
    if words[mention.last].text == "(" and (region := _region_at(drafts, sentence, i)):
        return region
    if comma and (state := _own_state(drafts, sentence, mention, i)):
        return state
    if keys[i] in function_words("belonging"):
        return _place_at(drafts, sentence, i + 2) if keys[i + 1] in ("ل", fold("إلى")) else None
    if keys[i] in function_words("place_in_place"):
        beside = keys[i] in function_words("compass")
        if part := _place_at(drafts, sentence, i) or (not beside and _place_at(drafts, sentence, i + 1)):
            return part
        i += 1
        for _ in range(2):  # في جنوب شرقي X, بشمال غرب X
            if i < len(words) and keys[i] in function_words("compass"):
                i += 1
        found = _place_at(drafts, sentence, i) or _the_country(drafts, sentence, mention, i)
        return None if found and beside and _is_far(drafts, mention, found[0]) else found
    return _by_rank(drafts, sentence, mention, i)


def _by_rank(drafts: RelationDrafts, sentence: Sentence, mention: Mention, i: int) -> tuple[str, int] | None:
    """عاصمة إقليم Y, مركز محافظة Y; كبرى مدن Y, ثاني أكبر مدن Y, آخر أحياء Y."""
    keys = drafts.participants.clauses[sentence.index].keys
    if keys[i] in function_words("seats"):
        return _place_at(drafts, sentence, i + 1) or _the_country(drafts, sentence, mention, i + 1)
    start = i
    while i < len(keys) and i < start + 2 and keys[i] in function_words("superlatives"):
        i += 1
    if i == start or i >= len(keys):
        return None
    match = drafts.gazetteer.head(sentence.words[i].text)
    if match is None or not match.head.place or match.number != "p":
        return None
    return _place_at(drafts, sentence, i + 1) or _the_country(drafts, sentence, mention, i + 1)


def _the_country(
    drafts: RelationDrafts, sentence: Sentence, mention: Mention, i: int
) -> tuple[str, int] | None:
    """ "جنوب البلاد": the country of the known place."""
    place = drafts.gazetteer.places.get(mention.key or "")
    words = sentence.words
    if place is None or place.country is None or i >= len(words):
        return None
    if fold(words[i].text) not in function_words("the_country"):
        return None
    state = drafts.gazetteer.state_of(place.country)
    return (drafts.known(sentence, i + 1, state), i + 1) if state else None


def _is_far(drafts: RelationDrafts, mention: Mention, outer: str) -> bool:
    """Whether a town lies too far from another to belong to it: تعز شمالي عدن is beside, المدائن جنوب بغداد
    a part."""
    one = drafts.gazetteer.places.get(mention.key or "")
    other = drafts.gazetteer.places.get(drafts.entities[outer].key or "")
    if one is None or other is None or other.type != "City":
        return False
    east = (one.lon - other.lon) * cos(radians(other.lat))
    return hypot(one.lat - other.lat, east) * _DEGREE_KM > _SUBURBS_KM


def _own_state(
    drafts: RelationDrafts, sentence: Sentence, mention: Mention, i: int
) -> tuple[str, int] | None:
    """A town's own state right behind the comma (كركوك، العراق): of another the two are a list."""
    place = drafts.gazetteer.places.get(mention.key or "")
    found = _place_at(drafts, sentence, i)
    if place is None or place.country is None or found is None:
        return None
    key = drafts.entities[found[0]].key or ""
    known = drafts.gazetteer.actors.get(key)
    return found if known and known.type == "State" and known.country == place.country else None


def _place_at(drafts: RelationDrafts, sentence: Sentence, i: int) -> tuple[str, int] | None:
    """The place or state named from position `i` on, and its last word."""
    while i < len(sentence.words) and sentence.words[i].text in QUOTES:
        i += 1
    for other in drafts.participants.by_sentence[sentence.index]:
        if other.first == i + 1 and other.kind in ("place", "state"):
            return other.entity, other.last
    return None


def _region_at(drafts: RelationDrafts, sentence: Sentence, i: int) -> tuple[str, int] | None:
    """The region or state in the bracket behind a town (سيفاري (منطقة موبتي)): another town there is a name
    of its own (عين العرب (كوباني))."""
    here = drafts.participants.by_sentence[sentence.index]
    found = next((m for m in here if m.first == i + 1 and m.kind in ("place", "state")), None)
    if found is None:
        return None
    match = drafts.gazetteer.head(sentence.words[i].text)
    headed = match is not None and match.head.place in ("Region", "Area")
    wide = found.kind == "state" or found.type in ("Region", "Country")
    return (found.entity, found.last) if wide or headed else None


def _shared(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> tuple[str, int] | None:
    """What stands behind the last of two places that a dual heads: قريتي X وY في ناحية Z."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    head = drafts.gazetteer.head(words[mention.first - 1].text)
    before = drafts.gazetteer.head(words[mention.first - 2].text) if mention.first > 1 else None
    if not any(h and h.head.place and h.number != "s" for h in (head, before)):
        return None
    if mention.last >= len(words) or keys[mention.last] != "و":
        return None
    other = next(
        (
            m
            for m in drafts.participants.by_sentence[sentence.index]
            if m.first == mention.last + 2 and m.kind == "place"
        ),
        None,
    )
    return _behind(drafts, sentence, other, other.last) if other else None


def _by_name(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> tuple[str, int] | None:
    """The town in the name of a building: مطار عدن الدولي, مستشفى العاصمة كابول."""
    if mention.type != "Facility":
        return None
    words = sentence.words
    for other in drafts.participants.by_sentence[sentence.index]:
        inner = mention.first < other.first <= mention.first + 2 and other.kind == "place"
        if inner and other.type == "City" and other.key and other.last <= mention.last + 2:
            between = words[mention.first : other.first - 1]
            if all(drafts.gazetteer.head(w.text) for w in between):
                return other.entity, other.last
    return None
