"""What belongs to what by how it is named: parts of bodies, members of groups.

* a nisba adjective in a body's name: القوات العراقية PART_OF العراق
* "X التابعة لـ Y", "الفرقة الخامسة في الجيش العراقي", "الخلايا النائمة لداعش": PART_OF
* "كتائب القسام، الجناح العسكري لحماس", "بعثة الأمم المتحدة", "قيادة الشرطة": an organ PART_OF its body
* "15 عنصرا من داعش", "مسؤول تركي": the group's or official's body
"""

from __future__ import annotations

from extractors.base import Mention
from extractors.document import Sentence
from extractors.gazetteer import HeadMatch
from extractors.gazetteer_files import is_government
from extractors.lexicon_words import function_words, transparent
from extractors.nisba_states import actor_of_adjective
from extractors.normalise import fold
from extractors.phrases import QUOTES, definite
from extractors.relation_drafts import RelationDrafts
from extractors.type_groups import BODIES

_UNITS = frozenset({"MilitaryForce", "GovernmentBody", "Organization"})
_OF = fold("من")
_IN = fold("في")


def add_body(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """A body's larger body, and the state that an adjective in its name tells, where the state itself plays a
    part in the article: else the adjective is no more than a piece of the name.
    """
    target = None if _is_unnamed_unit(sentence, mention) else _whole(drafts, sentence, mention)
    if target is not None and target.entity != mention.entity:
        drafts.add(
            mention.entity,
            "PART_OF",
            target.entity,
            drafts.evidence(sentence, mention.first, target.last),
            "belonging",
            sentence.index,
            index=mention.first,
        )
    _add_ruler(drafts, sentence, mention)
    _add_parent(drafts, sentence, mention)
    entity = drafts.entities[mention.entity]
    if entity.type not in ("MilitaryForce", "GovernmentBody") or is_government(entity.key):
        return  # that a government is its state's goes without saying
    owner = actor_of_adjective(entity.label_ar.split()[-1]) if mention.owner else None
    states = [drafts.known(sentence, mention.first, owner)] if owner and owner.type == "State" else []
    states += [
        s for i in range(mention.first, mention.core + 1) if (s := drafts.state(sentence, i)) is not None
    ]
    states += _annexed_state(drafts, sentence, mention)
    for state in states:
        if drafts.has_part_of_its_own(state):
            drafts.add(
                mention.entity,
                "PART_OF",
                state,
                mention.span,
                "nisba of a body",
                sentence.index,
                index=mention.first,
            )
            return


def _annexed_state(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> list[str]:
    """The state in the idafa of a body: جيش مالي, برلمان إيران."""
    keys = drafts.participants.clauses[sentence.index].keys
    if keys[mention.first - 1] not in function_words("bodies_of_states"):
        return []
    hits = drafts.gazetteer.find_actors(keys[mention.first : mention.last])
    known = (drafts.gazetteer.actor(h.key) for h in hits if h.first == 0 and not (h.description or h.capital))
    return [drafts.known(sentence, mention.first + 1, a) for a in known if a.type == "State"]


def _add_parent(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """A known body whose name tells the larger one: بعثة الأمم المتحدة في ليبيا, قوات الاتحاد الأفريقي."""
    actor = drafts.gazetteer.actors.get(mention.key or "")
    larger = drafts.gazetteer.actors.get(actor.part_of or "") if actor else None
    if larger is None or larger.type == "State":
        return
    keys = drafts.participants.clauses[sentence.index].keys[mention.first : mention.last]
    hit = next((h for h in drafts.gazetteer.find_actors(keys) if h.key == larger.key), None)
    if hit is not None:
        drafts.add(
            mention.entity,
            "PART_OF",
            drafts.known(sentence, mention.first + 1 + hit.first, larger),
            mention.span,
            "name of the larger body",
            sentence.index,
            index=mention.first,
        )


def _add_ruler(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """The person whose government or force it is: حكومة هادي, الجيش التابع للرئيس X."""
    keys = drafts.participants.clauses[sentence.index].keys
    here = drafts.participants.by_sentence[sentence.index]
    first = mention.first + 1 if keys[mention.first - 1] in function_words("ruled") else None
    if first is None and (behind := _belongs_to(drafts, sentence, mention.last)) is not None:
        first = behind + 1
    if first is None:
        return
    ruler = next((m.entity for m in here if m.first == first and m.type == "Person"), None)
    if ruler is None and first == mention.last:  # known by the ruler's name (حكومة هادي)
        known = (drafts.gazetteer.actor(h.key) for h in drafts.gazetteer.find_actors(keys[first - 1 : first]))
        ruler = next((drafts.known(sentence, first, a) for a in known if a.type == "Person"), None)
    if ruler is not None:
        drafts.add(
            ruler,
            "LEADS",
            mention.entity,
            drafts.evidence(sentence, mention.first, max(mention.last, first)),
            "ruler of a body",
            sentence.index,
            index=mention.first,
        )


def _is_unnamed_unit(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is of some unit or aircraft of a force only (طائرات حربية تابعة للتحالف)."""
    word = sentence.words[mention.first - 1]
    if fold(word.text) in transparent("vehicles"):
        return True
    force = mention.rule == "head noun" and mention.type == "MilitaryForce"
    return force and not any(definite(w) for w in sentence.words[mention.first - 1 : mention.last])


def _whole(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> Mention | None:
    """The larger body that a body is said to belong to."""
    here = drafts.participants.by_sentence[sentence.index]
    keys = drafts.participants.clauses[sentence.index].keys
    target = belonging_target(drafts, sentence, mention.last)
    if target is not None:
        return target
    i = _past_marks(sentence, mention.last)
    if _is_organ(drafts, sentence, i):
        # In apposition: جبهة النصرة ذراع تنظيم القاعدة، كتائب القسام الجناح العسكري لحماس.
        return organ_target(drafts, sentence, i)
    if _is_organ(drafts, sentence, mention.first - 1) and not mention.key:
        return organ_target(drafts, sentence, mention.first - 1)
    after = keys[mention.last] if mention.last < len(keys) else ""
    target = next((m for m in here if m.first == mention.last + 2 and m.kind == "actor"), None)
    if target is None:
        return None
    if after == _IN and mention.type in _UNITS and target.type in _UNITS:
        return target
    # "الخلايا النائمة لداعش": ل ties a part to its group; after other nouns it may mean anything.
    part = keys[mention.first - 1].removeprefix("ال") in function_words("parts")
    return target if after == "ل" and part and target.type in BODIES else None


def belonging_target(drafts: RelationDrafts, sentence: Sentence, i: int) -> Mention | None:
    """The body after a participle of belonging at position `i` (from 0): "… التابعة لـ Y"."""
    behind = _belongs_to(drafts, sentence, i)
    return body_from(drafts, sentence, behind) if behind is not None else None


def _belongs_to(drafts: RelationDrafts, sentence: Sentence, i: int) -> int | None:
    """Where the owner stands after a participle of belonging and its preposition; positions from 0."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    i = _past_marks(sentence, i)
    if i >= len(words) or keys[i] not in function_words("belonging"):
        return None
    i += 1
    if i < len(words) and words[i].upos == "ADJ":
        i += 1
    if i + 1 >= len(words) or keys[i] not in function_words("belonging_prepositions"):
        return None
    return i + 1


def body_from(drafts: RelationDrafts, sentence: Sentence, i: int) -> Mention | None:
    """The body or state that is named from position `i` on, past marks, "ما يسمى" and صفوف."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    limit = min(len(words), i + 6)
    while i < limit:
        for mention in drafts.participants.by_sentence[sentence.index]:
            named = mention.kind == "state" or (
                mention.kind == "actor" and drafts.entities[mention.entity].type in BODIES
            )
            if mention.first == i + 1 and named:
                return mention
        passed = (
            words[i].text in QUOTES
            or keys[i] in function_words("so_called")
            or keys[i] in transparent("positions")
        )
        if not passed:
            return None
        i += 1
    return None


def organ_target(drafts: RelationDrafts, sentence: Sentence, i: int) -> Mention | None:
    """The body of an organ at position `i`: in its idafa (ذراع القاعدة), or after its adjectives and ل."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    i += 1
    while i < len(words) and words[i].upos == "ADJ":
        i += 1
    if i < len(words) and keys[i] == "ل":
        i += 1
    return body_from(drafts, sentence, i)


def _is_organ(drafts: RelationDrafts, sentence: Sentence, i: int) -> bool:
    keys = drafts.participants.clauses[sentence.index].keys
    return i < len(keys) and keys[i].removeprefix("ال") in function_words("organs")


def _past_marks(sentence: Sentence, i: int) -> int:
    """The position at or after `i` past quotation marks, and past one comma or dash between them."""
    words = sentence.words
    while i < len(words) and (words[i].text in QUOTES or words[i].text in ("،", ",", "-")):
        i += 1
    return i


def add_group(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """Unnamed people of a body (عناصر من داعش, ضابط في الجيش), or a single official of a state (مسؤول
    تركي).
    """
    head = drafts.gazetteer.head(sentence.words[mention.first - 1].text)
    if mention.form == "members" or (head is not None and fold(head.head.noun) in function_words("kin")):
        return
    target = body_of_group(drafts, sentence, mention)
    if target is None and mention.kind == "actor":
        target = _state_of_group(drafts, sentence, mention)
    if target:
        drafts.add(
            mention.entity,
            _relation(drafts, sentence, mention),
            target,
            mention.span,
            "group of a body",
            sentence.index,
            index=mention.first,
        )


def _relation(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> str:
    """Groups are part of their body, an unnamed person is a member, or heads it by the post (رئيس بلدية)."""
    if mention.type != "Person":
        return "PART_OF"
    title = drafts.gazetteer.title_at(drafts.participants.clauses[sentence.index].keys, mention.first - 1)
    body_follows = any(
        m.first == mention.first + 1
        for m in drafts.participants.by_sentence[sentence.index]
        if m is not mention
    )
    return "LEADS" if title and title[0].relation == "LEADS" and body_follows else "MEMBER_OF"


def _state_of_group(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> str | None:
    """The state of a soldier's or official's adjective: جنود أمريكيون, مسؤول تركي."""
    heads = (drafts.gazetteer.head(w.text) for w in sentence.words[mention.first - 1 : mention.last])
    match: HeadMatch | None = next((h for h in heads if h and h.head.member_of), None)
    if match is None or not (mention.type == "Person" or match.head.member_of == "MilitaryForce"):
        return None
    indexes = range(mention.first, mention.core + 1)
    return next((s for s in (drafts.state(sentence, n) for n in indexes) if s), None)


def _is_portfolio(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> bool:
    """Whether a ministry stands there as what ministers are for (وزراء الخارجية): it need not be one state's
    own."""
    before = drafts.gazetteer.head(sentence.words[mention.first - 2].text)
    return before is not None and before.head.noun == "وزير"


def body_of_group(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> str | None:
    """The body that unnamed people are said to be of: within their phrase, or right behind it."""
    here = drafts.participants.by_sentence[sentence.index]
    inner = [
        m
        for m in here
        if mention.first < m.first
        and m.last <= mention.core
        and m.kind == "actor"
        and drafts.entities[m.entity].type in BODIES
        and not _is_portfolio(drafts, sentence, m)
    ]
    if inner:
        return inner[0].entity
    target = belonging_target(drafts, sentence, mention.last)
    keys = drafts.participants.clauses[sentence.index].keys
    freed = keys[mention.last + 1 : mention.last + 2]  # تحرير رهائن من قبضة X: they are not X's own
    if (
        target is None
        and keys[mention.last : mention.last + 1] in ([_OF], [_IN])
        and not function_words("grasp").intersection(freed)
    ):
        target = body_from(drafts, sentence, mention.last + 1)
    return target.entity if target and target.kind == "actor" else None
