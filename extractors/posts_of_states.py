"""What a post is of that a suffix tells (رئيسها, وزير خارجيته) or that everyone knows (الرئيس أردوغان)."""

from __future__ import annotations

from extractors.agreement import is_subject
from extractors.antecedents import antecedent_of
from extractors.base import Mention
from extractors.document import Sentence
from extractors.gazetteer import Title
from extractors.lexicon_words import function_words
from extractors.normalise import bare, fold
from extractors.phrases import definite
from extractors.relation_drafts import RelationDrafts
from extractors.type_groups import BODIES

#: Posts at the head of a state itself rather than of a ministry.
HEADS_OF_STATE = frozenset(map(bare, ("رئيس", "ملك", "أمير", "سلطان", "عاهل", "مستشارة", "مستشار")))
#: Titles of which a known person's state need not be named.
_HIGHEST = frozenset(
    {
        "رئيس",
        "الملك",
        "ملك",
        "رئيس الوزراء",
        "رئيس مجلس الوزراء",
        "رئيس الحكومة",
        "رئيس الجمهورية",
        "رئيس الدولة",
    }
)
_MINISTERS = frozenset(map(bare, ("وزير", "وزيرة")))
#: Whose ministers and ambassadors there are (وزير خارجيتها, وزير خارجيته).
_THEIRS = frozenset({"State", "Person"})


def post_of_suffix(
    drafts: RelationDrafts, sentence: Sentence, mention: Mention, title: Title, at: int, *, of_office: bool
) -> list[tuple[str, str]]:
    """What a post is of whose noun at position `at` has a suffix, with the relation to it: the body or state
    that it points to (وفاة مؤسسها X, المتحدث باسمه, رئيسها), or with an office between (`of_office`) the
    state of whom it points to (وزير خارجيته).
    """
    body = antecedent_of(
        drafts.participants,
        sentence.index,
        sentence.words[at + 1],
        exclude=frozenset({mention.entity}),
        among=_THEIRS if of_office else BODIES | {"State"},
        of_subject=is_subject(sentence.words, mention),
    )
    if body is not None and drafts.entities[body].type == "Person":
        led = (o for s, p, o in drafts.found if s == body and p in ("LEADS", "MEMBER_OF"))
        body = next((o for o in led if drafts.entities[o].type == "State"), None)
    if body is None:
        return []
    heads = bare(title.title.split()[0]) in HEADS_OF_STATE
    below = not heads if drafts.entities[body].type == "State" else of_office
    return [(body, "MEMBER_OF" if below and title.relation == "LEADS" else title.relation)]


def heads_state(drafts: RelationDrafts, sentence: Sentence, title: Title, begin: int) -> bool:
    """Whether a post is that of the head of a state or government: its title, which ends before position
    `begin`, says so, or no other noun stands behind it that tells what is headed (رئيس الأركان الفرنسي, رئيس
    الوفد الإيراني).
    """
    nouns = title.title.split()
    if not HEADS_OF_STATE.intersection(map(bare, nouns)):
        return False
    if len(nouns) > 1:
        return bare(nouns[-1]) in function_words("headed_with_states")
    here = drafts.participants.by_sentence[sentence.index]
    return not any(
        w.upos == "NOUN"
        and definite(w)
        and drafts.gazetteer.nisba(w.text) is None
        and not any(m.type == "State" and m.covers(w.index) for m in here)
        for w in sentence.words[begin : begin + 1]
    )


def country_of(drafts: RelationDrafts, person: str) -> str | None:
    """The country of a known person, where the lexicon tells it."""
    known = drafts.gazetteer.actors.get(drafts.entities[person].key or "")
    return known.country if known else None


def post_of_known(
    drafts: RelationDrafts, mention: Mention, title: Title, between: int
) -> list[tuple[str, str]]:
    """The state, where the article tells of it, of a known person whose post is told by the title right
    before the name (`between`: how many words stand there, a minister's portfolio at most): الرئيس أردوغان,
    وزير الخارجية كيري.
    """
    country = country_of(drafts, mention.entity)
    if country is None or _is_over(drafts, mention.entity):
        return []
    minister = bare(title.title.split()[0]) in _MINISTERS and between <= 1
    minister = minister or (fold(title.title) in function_words("posts_of_ministers") and not between)
    if not minister and (between or title.title not in _HIGHEST):
        return []
    states = (e for e in drafts.entities.values() if e.type == "State" and e.key)
    state = next((e for e in states if drafts.gazetteer.actor(e.key or "").country == country), None)
    return [] if state is None else [(state.id, "MEMBER_OF" if minister else "LEADS")]


def _is_over(drafts: RelationDrafts, person: str) -> bool:
    """Whether any mention of the person says that his post is over (الرئيس السابق, المخلوع)."""
    for mention in drafts.reading.mentions:
        if mention.entity == person:
            words = drafts.reading.document.sentences[mention.sentence].words
            if any(
                fold(w.text) in function_words("former") for w in words[mention.first - 1 : mention.last + 1]
            ):
                return True
    return False
