"""People and their posts: وزير الدفاع الأميركي X LEADS وزارة الدفاع; المتحدث باسم Y is MEMBER_OF Y."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.base import Mention
from extractors.document import Sentence
from extractors.gazetteer import Title
from extractors.gazetteer_files import is_government
from extractors.joint_posts import add_joint
from extractors.lexicon_words import function_words
from extractors.nisba_states import entity_of
from extractors.normalise import bare, fold
from extractors.phrases import QUOTES, definite, has_pronoun, is_mark
from extractors.posts_of_states import country_of, heads_state, post_of_known, post_of_suffix
from extractors.relation_drafts import RelationDrafts
from extractors.type_groups import BODIES

#: Posts at the head of a region or town.
_GOVERNORS = frozenset(
    map(bare, ("رئيس", "رئيسة", "محافظ", "حاكم", "والي", "عمدة", "أمير", "قائمقام", "مختار"))
)
#: To where somebody is sent, who stays of where he comes from (السفير الروسي لدى تركيا).
_SENT_TO = frozenset(map(fold, ("لدى", "إلى", "من")))
_PREMIERS = frozenset({"رئيس الوزراء", "رئيس الحكومة"})
_MINISTERS = frozenset(map(bare, ("وزير", "وزيرة")))
_IN = fold("في")
_OFFICIALS = frozenset(map(bare, ("مسؤول", "وزير", "وزيرة", "دبلوماسي", "قيادي")))
#: With a suffix these lead to the body itself (المتحدث باسمها, زعيما لها).
_NO_OFFICES = frozenset(map(fold, ("اسم", "ل")))
_REACH = 8
#: How far behind a body the larger one stands: an idafa, or a preposition between.
_NEXT = 2


@dataclass(frozen=True, slots=True)
class _Post:
    """A title: its words stand at positions `first` up to `begin` (from 0), what it is of up to `limit`."""

    title: Title
    first: int
    begin: int
    limit: int


def add_posts(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """The posts before and behind a name: the relation of each and its body."""
    _add_counterpart(drafts, sentence, mention)
    if mention.form == "name":
        add_joint(drafts, sentence, mention)
    for post in _posts(drafts, sentence, mention):
        official = mention.form == "title" and bare(sentence.words[post.first].text) in _OFFICIALS
        if official and drafts.has_body(mention.entity):
            continue  # "المسؤول الأمريكي" says no more of a person whose post is told
        if post.title.relation == "none" or _is_former(sentence, post):
            continue
        told = _bodies(drafts, sentence, mention, post)
        between = _before_name(drafts, sentence, mention) - post.begin
        known = [] if told else post_of_known(drafts, mention, post.title, between)
        for target, relation in told or known:
            first = min(mention.first, post.first + 1)
            last = max(mention.last, min(post.limit, post.begin + 2))
            drafts.add(
                mention.entity,
                relation,
                target,
                drafts.evidence(sentence, first, last),
                f"title {post.title.title}",
                sentence.index,
                index=mention.first,
                inferred=bool(known),
            )


def _add_counterpart(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """ "نظيره القطري X" has the post that the person before him has, in his own state."""
    words = sentence.words
    first = mention.first - 1
    if fold(words[first].text) not in function_words("counterparts") or not has_pronoun(words, first):
        return
    before = (m for m in reversed(drafts.participants.by_sentence[sentence.index]) if m.last <= first)
    other = next((m for m in before if m.type == "Person"), None)
    state = next(
        (s for s in (drafts.state(sentence, n) for n in range(mention.first + 2, mention.first + 4)) if s),
        None,
    )
    if other is None or state is None:
        return
    heads = any(
        s == other.entity and p == "LEADS" and drafts.entities[o].type == "State" for s, p, o in drafts.found
    )
    drafts.add(
        mention.entity,
        "LEADS" if heads else "MEMBER_OF",
        state,
        mention.span,
        "title counterpart",
        sentence.index,
        index=mention.first,
    )


def _posts(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> list[_Post]:
    """The titles within a mention that tell a post, and of a name those in apposition behind it."""
    keys = drafts.participants.clauses[sentence.index].keys
    found: list[_Post] = []
    i = mention.first - 1
    while i < mention.last:
        title = drafts.gazetteer.title_at(keys, i)
        again = found and not _opens_post(sentence, i)
        if title and not title[0].honorific and not again:
            begin = i + title[1]
            if found:
                found[-1] = replace(found[-1], limit=i)
            found.append(_Post(title[0], i, begin, min(mention.last, begin + _REACH)))
        i += title[1] if title else 1
    if found or mention.form != "name":
        return found
    return _posts_behind(drafts, sentence, mention)


def _opens_post(sentence: Sentence, i: int) -> bool:
    """Whether a further title is one of its own: joined by و or behind a closed phrase (المبعوث الخاص ورئيس
    البعثة, رئيس مجلس الوزراء وزير الدفاع), not the idafa of the one before (مساعد وزير, نائب رئيس)."""
    words = sentence.words
    return fold(words[i - 1].text) == "و" or definite(words[i - 1])


def _posts_behind(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> list[_Post]:
    """Titles in apposition: "X (قائد الفيلق)", "X، المحلل ورئيس برنامج Y". A surname alone needs the comma:
    "حث أوبراين رئيس جنوب السودان" names two."""
    words, keys = sentence.words, drafts.participants.clauses[sentence.index].keys
    found: list[_Post] = []
    i = mention.last
    if i < len(words) and (words[i].text in ("،", ",", "-") or words[i].text in QUOTES):
        i += 1
    elif mention.first == mention.last:
        return []
    while i < len(words):
        title = drafts.gazetteer.title_at(keys, i)
        names_another = any(
            m.first == i + 1 and m.type == "Person" and m.form == "name"
            for m in drafts.participants.by_sentence[sentence.index]
        )
        if title is None or title[0].honorific or words[i].upos == "VERB" or names_another:
            break
        begin = i + title[1]
        limit = begin
        while limit < len(words) and limit < begin + _REACH and not _ends(sentence, limit):
            if limit >= begin and drafts.gazetteer.title_at(keys, limit) and _opens_post(sentence, limit):
                break
            limit += 1
        found.append(_Post(title[0], i, begin, limit))
        i = limit + 1 if limit + 1 < len(words) and keys[limit] == "و" else max(limit, i + 1)
    return found


def _ends(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return word.upos in ("VERB", "SCONJ", "CCONJ", "AUX") or (is_mark(word) and word.text not in QUOTES)


def _is_former(sentence: Sentence, post: _Post) -> bool:
    """Whether the post is over: رئيس الوزراء السابق X, X الرئيس المخلوع."""
    near = sentence.words[post.first : post.limit + 1]
    return any(fold(w.text) in function_words("former") for w in near)


def _bodies(
    drafts: RelationDrafts, sentence: Sentence, mention: Mention, post: _Post
) -> list[tuple[str, str]]:
    """What a post is of, with the relation to it: bodies named in its phrase (the second holds the first:
    رئيس لجنة الأمن في البرلمان), a ministry that the article names, else a state, named or by its adjective.
    """
    relation = post.title.relation
    named = _named(drafts, sentence, mention, post)
    minister = _portfolio(sentence, post)
    bodies = [m for m in named if drafts.entities[m.entity].type in BODIES]
    if minister:  # وزير الثقافة والإعلام الكويتي: a further portfolio is no body
        bodies = [m for m in bodies if fold(sentence.words[m.first - 2].text) != "و"]
    before_name = min(post.limit, _before_name(drafts, sentence, mention))
    suffixed = (i for i in range(post.begin - 1, before_name) if has_pronoun(sentence.words, i))
    if (at := next(suffixed, None)) is not None and not any(m.covers(at + 1) for m in bodies):
        office = at > post.begin - 1 and fold(sentence.words[at].text) not in _NO_OFFICES
        return post_of_suffix(drafts, sentence, mention, post.title, at, of_office=office)
    ministry = _ministry(drafts, sentence, post, minister) if minister else None
    if ministry and (country := country_of(drafts, mention.entity)):
        known = drafts.gazetteer.actors.get(drafts.entities[ministry].key or "")
        if known is None or known.country != country:
            ministry = None  # another country's, or it is not said whose
    if ministry is not None and not (bodies and bodies[0].entity == ministry):
        return [(ministry, relation)]
    if bodies:
        inner = bodies[0]
        before = fold(sentence.words[inner.first - 2].text)
        if relation == "LEADS" and (before == _IN or (minister and inner.entity != ministry)):
            relation = "MEMBER_OF"  # "القائد العسكري في جبهة النصرة", "وزيرة خارجية الاتحاد الأوروبي"
        found = [(_led(drafts, inner.entity) if relation == "LEADS" else inner.entity, relation)]
        if len(bodies) > 1 and bodies[1].first - inner.last <= _NEXT:
            if (
                post.title.relation == "LEADS"
            ):  # who is a member of the part need not be said to be one of the whole
                found.append((bodies[1].entity, "MEMBER_OF"))
            _add_part(drafts, sentence, inner, bodies[1])
        return found
    places = [m for m in named if m.kind == "place"]
    head = bare(post.title.title.split()[0])
    if places and relation == "LEADS" and head in _GOVERNORS and places[0].first <= post.begin + 1:
        return [(places[0].entity, relation)]
    state = _state(drafts, sentence, mention, post, named)
    if state is None and post.title.title in _PREMIERS:
        governments = [e for e in drafts.entities.values() if is_government(e.key)]
        if len(governments) == 1:
            return [(governments[0].id, relation)]
    if state is None:
        return []
    return [
        (
            state,
            relation
            if relation != "LEADS" or heads_state(drafts, sentence, post.title, post.begin)
            else "MEMBER_OF",
        )
    ]


def _led(drafts: RelationDrafts, body: str) -> str:
    """Whom one leads who leads a body: at the head of a government one leads its state."""
    key = drafts.entities[body].key
    state_key = drafts.gazetteer.actors[key].part_of if key and is_government(key) else None
    if state_key is None:
        return body
    state = drafts.gazetteer.actors[state_key]
    return drafts.entities.setdefault(entity_of(state).id, entity_of(state)).id


def _state(
    drafts: RelationDrafts, sentence: Sentence, mention: Mention, post: _Post, named: list[Mention]
) -> str | None:
    """The state of a post's adjective (unless it describes people: متحدث باسم مقاتلين يمنيين), else the one
    named."""
    unions = post.title.relation == "MEMBER_OF"
    people = [
        m
        for m in drafts.participants.by_sentence[sentence.index]
        if m.type == "Population" and m.first > post.first + 1
    ]
    for index in range(post.first + 2, min(post.limit, _before_name(drafts, sentence, mention)) + 1):
        if any(m.covers(index) for m in people):
            continue
        if state := drafts.state(sentence, index, unions=unions):
            return state
    return next((m.entity for m in named if m.kind == "state"), None)


def _before_name(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> int:
    """The last word before the name that closes a mention (a byname is no state: أبو حمزة الفرنسي)."""
    if mention.form != "name":
        return mention.last
    for index in range(mention.first, mention.last + 1):
        text = drafts.evidence(sentence, index, mention.last).text
        if " ".join(text.split()) == mention.label:
            return index - 1 if index > mention.first else len(sentence.words)
    return mention.last


def _add_part(drafts: RelationDrafts, sentence: Sentence, part: Mention, whole: Mention) -> None:
    drafts.add(
        part.entity,
        "PART_OF",
        whole.entity,
        drafts.evidence(sentence, part.first, whole.last),
        "body of a body",
        sentence.index,
        index=part.first,
    )


def _portfolio(sentence: Sentence, post: _Post) -> str | None:
    """What a minister's post is for: the word after وزير (الدفاع), without which there is none."""
    words = sentence.words
    for i in range(post.first, min(post.limit, post.begin + 1)):
        if bare(words[i].text) in _MINISTERS and i + 1 < len(words):
            return words[i + 1].text
    return None


def _ministry(drafts: RelationDrafts, sentence: Sentence, post: _Post, portfolio: str) -> str | None:
    """The one ministry of that portfolio that the article names, of the state of the post's adjective."""
    opening = fold(f"وزارة {portfolio}")
    adjectives = (drafts.gazetteer.nisba(fold(w.text)) for w in sentence.words[post.first : post.limit])
    state = next((n.key for n in adjectives if n), None)
    found = []
    for entity in drafts.entities.values():
        known = drafts.gazetteer.actors.get(entity.key or "")
        names = (entity.label_ar, *(known.names if known else ()))
        if entity.type != "GovernmentBody" or not any(fold(n).startswith(opening) for n in names):
            continue
        if state and known and known.part_of != state:
            continue  # another country's ministry of that portfolio
        found.append(entity.id)
    return found[0] if len(found) == 1 else None


def _named(drafts: RelationDrafts, sentence: Sentence, mention: Mention, post: _Post) -> list[Mention]:
    """The bodies, states and places in a post's phrase, in text order, each only by its outermost name, up to
    where the person is sent."""
    found: list[Mention] = []
    end = 0
    for m in drafts.participants.by_sentence[sentence.index]:
        inside = post.first + 1 < m.first <= post.limit and m.entity != mention.entity
        if not inside or m.last <= end or m.covers(post.first + 1):
            continue
        if fold(sentence.words[m.first - 2].text) in _SENT_TO:
            break
        if m.kind in ("state", "place") or drafts.entities[m.entity].type in BODIES:
            found.append(m)
            end = m.last
    return found
