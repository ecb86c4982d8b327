"""What belongs to what: leaders and joiners told by verbs, parts of bodies, members of groups.

* "التحالف بقيادة واشنطن" LEADS; "انضم X إلى داعش" MEMBER_OF
* a nisba adjective in a body's name: القوات العراقية PART_OF العراق
* "X التابعة لـ Y", "الفرقة الخامسة في الجيش العراقي", "15 عنصرا من داعش": PART_OF, MEMBER_OF
"""

from __future__ import annotations

from extractors.base import Mention
from extractors.document import Sentence
from extractors.inflection import verb_forms
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import BELONGING, QUOTES
from extractors.relation_drafts import RelationDrafts
from extractors.type_groups import BODIES
from extractors.verb_arguments import verb_slots
from schema.identity import content_id

_LEAD_VERBS = frozenset(
    form
    for past, present in (("قاد", "يقود"), ("ترأس", "يترأس"), ("رأس", "يرأس"), ("تزعم", "يتزعم"))
    for form in verb_forms(past, present)
)
_JOIN_VERBS = {
    form: f
    for past, present in (("انضم", "ينضم"), ("انتمى", "ينتمي"), ("التحق", "يلتحق"))
    for form, f in verb_forms(past, present).items()
}


def add_leading(drafts: RelationDrafts, sentence: Sentence) -> None:
    """ "التحالف الذي تقوده الولايات المتحدة", "التحالف بقيادة واشنطن": the body before, the leader
    after.
    """
    clause = drafts.participants.clauses[sentence.index]
    here = [m for m in drafts.participants.by_sentence[sentence.index] if m.kind != "place"]
    for word in sentence.words:
        key = fold(word.text)
        phrase = key in function_words("leadership") and word.index > 1 and clause.keys[word.index - 2] == "ب"
        verb = (
            key in _LEAD_VERBS
            and word.index < len(sentence.words)
            and sentence.words[word.index].upos == "PRON"
        )
        if not phrase and not verb:
            continue
        leader = next((m for m in here if word.index < m.first <= word.index + 2), None)
        body = next(
            (
                m
                for m in reversed(here)
                if word.index - 5 <= m.last < word.index and drafts.entities[m.entity].type in BODIES
            ),
            None,
        )
        if leader and body:
            drafts.add(
                leader.entity,
                "LEADS",
                body.entity,
                drafts.evidence(sentence, body.first, leader.last),
                "leading",
                sentence.index,
                index=word.index,
            )


def add_joining(drafts: RelationDrafts, sentence: Sentence) -> None:
    """ "انضم X إلى داعش", "خلية تنتمي لداعش": the joiner is the verb's subject or the noun it
    describes.
    """
    clause = drafts.participants.clauses[sentence.index]
    for word in sentence.words:
        if word.upos != "VERB" or fold(word.text) not in _JOIN_VERBS:
            continue
        slots = verb_slots(clause, word.index, _JOIN_VERBS[fold(word.text)])
        bodies = [f for slot in ("إلى", "ل", "ب", "مع") for f in slots.get(slot)]
        body = next(
            (
                m
                for f in bodies
                if (m := drafts.participants.resolve_mention(sentence.index, f, places=False))
                and drafts.entities[m.entity].type in BODIES
            ),
            None,
        )
        joiner = next(
            (
                m
                for f in slots.get("subj")
                if (m := drafts.participants.resolve_mention(sentence.index, f, places=False))
            ),
            None,
        )
        if body and joiner:
            predicate = "PART_OF" if drafts.entities[joiner.entity].type in BODIES else "MEMBER_OF"
            first, last = min(joiner.first, body.first), max(joiner.last, body.last)
            drafts.add(
                joiner.entity,
                predicate,
                body.entity,
                drafts.evidence(sentence, first, last),
                "joining",
                sentence.index,
                index=word.index,
            )


def add_body(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    entity = drafts.entities[mention.entity]
    known = drafts.gazetteer.actors.get(entity.key or "")
    target = _belonging_target(sentence, mention, tuple(drafts.participants.by_sentence[sentence.index]))
    if target is not None and target.entity != mention.entity and _belongs(drafts, sentence, mention, target):
        drafts.add(
            mention.entity,
            "PART_OF",
            target.entity,
            drafts.evidence(sentence, mention.first, target.last),
            "belonging",
            sentence.index,
            index=mention.first,
        )
    if entity.type not in ("MilitaryForce", "GovernmentBody"):
        return
    for index in range(mention.first, mention.last + 1):
        state = drafts.state(sentence, index)
        if state and (known is None or known.part_of is None or content_id("actor", known.part_of) == state):
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


def _belongs(drafts: RelationDrafts, sentence: Sentence, mention: Mention, target: Mention) -> bool:
    """في joins a unit to its army only; ل needs a word of belonging."""
    words = sentence.words
    between = [fold(w.text) for w in words[mention.last : target.first - 1] if w.text not in QUOTES]
    if between and between[0] in BELONGING:
        return True
    units = ("MilitaryForce", "GovernmentBody", "Organization")
    return (
        between == [fold("في")] and mention.type in units and target.kind == "actor" and target.type in units
    )


def add_group(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """Unnamed people of a body (عناصر من داعش, ضابط في الجيش), or a single official of a state (مسؤول
    تركي).
    """
    if mention.form == "members":
        return
    target = _body_of_group(drafts, sentence, mention)
    if target is None and mention.kind == "actor":
        heads = (drafts.gazetteer.head(w.text) for w in sentence.words[mention.first - 1 : mention.last])
        match = next((h for h in heads if h and h.head.member_of), None)
        soldiers = match is not None and match.head.member_of == "MilitaryForce"
        if match and match.head.member_of and (mention.type == "Person" or soldiers):
            target = next(
                (s for s in (drafts.state(sentence, n) for n in range(mention.first, mention.last + 1)) if s),
                None,
            )
    if target:
        drafts.add(
            mention.entity,
            "MEMBER_OF" if mention.type == "Person" else "PART_OF",
            target,
            mention.span,
            "group of a body",
            sentence.index,
            index=mention.first,
        )


def _body_of_group(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> str | None:
    here = tuple(drafts.participants.by_sentence[sentence.index])
    inner = [
        m
        for m in here
        if mention.first < m.first
        and m.last <= mention.last
        and m.kind == "actor"
        and drafts.entities[m.entity].type in BODIES
    ]
    if inner:
        return inner[0].entity
    after = _belonging_target(sentence, mention, here)
    if after is None or after.kind != "actor" or drafts.entities[after.entity].type not in BODIES:
        return None
    between = fold(sentence.words[mention.last].text)
    return after.entity if between in (fold("من"), fold("في")) else None


def _belonging_target(sentence: Sentence, mention: Mention, mentions: tuple[Mention, ...]) -> Mention | None:
    """The body that a mention is said to belong to: "X التابعة لـ Y", "X في Y", "X من Y" right after it."""
    words = sentence.words
    i = mention.last  # position after the mention, from 0
    if i < len(words) and fold(words[i].text) in BELONGING:
        i += 1
    if i + 1 >= len(words) or fold(words[i].text) not in (
        fold("ل"),
        fold("في"),
        fold("من"),
        fold("ب"),
        fold("إلى"),
    ):
        return None
    return next((m for m in mentions if m.first == i + 2 and m.kind in ("actor", "state")), None)
