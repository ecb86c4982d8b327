"""People and their posts: وزير الدفاع الأميركي X LEADS وزارة الدفاع; المتحدث باسم Y is MEMBER_OF Y."""

from __future__ import annotations

from extractors.base import Mention
from extractors.document import Sentence
from extractors.gazetteer import Title
from extractors.normalise import bare, fold
from extractors.relation_drafts import RelationDrafts

#: Posts at the head of a state itself rather than of a ministry.
_HEADS_OF_STATE = frozenset(map(bare, ("رئيس", "ملك", "أمير", "سلطان", "عاهل", "مستشارة", "مستشار")))


def add_post(drafts: RelationDrafts, sentence: Sentence, mention: Mention) -> None:
    """The post before (or behind) a name: its relation and its body."""
    keys = drafts.participants.clauses[sentence.index].keys
    i = mention.first - 1
    while i < mention.last:
        found = drafts.gazetteer.title_at(keys, i)
        if found and not found[0].honorific:
            _post_at(drafts, sentence, mention, i, found)
            return
        i += found[1] if found else 1
    _post_behind(drafts, sentence, mention, keys)


def _post_behind(drafts: RelationDrafts, sentence: Sentence, mention: Mention, keys: list[str]) -> None:
    after = mention.last
    if after < len(keys) and sentence.words[after].text in ("،", ",", "(", "-"):
        after += 1
    found = drafts.gazetteer.title_at(keys, after) if after < len(keys) else None
    if (
        mention.form == "name"
        and found
        and not found[0].honorific
        and sentence.words[after].upos in ("NOUN", "ADJ", "X")
    ):
        _post_at(drafts, sentence, mention, after, found, behind=True)


def _post_at(
    drafts: RelationDrafts,
    sentence: Sentence,
    mention: Mention,
    i: int,
    found: tuple[Title, int],
    *,
    behind: bool = False,
) -> None:
    title, length = found
    if title.relation == "none":
        return
    begin = i + length
    limit = len(sentence.words) if behind else mention.last
    body = _post_body(drafts, sentence, mention, title, i, begin, min(limit, begin + 6))
    if body is None:
        return
    target, predicate = body
    last = max(mention.last, min(limit, begin + 2))
    evidence = drafts.reading.document.span(
        sentence.words[mention.first - 1].start, sentence.words[last - 1].end
    )
    drafts.add(
        mention.entity,
        predicate,
        target,
        evidence,
        f"title {title.title}",
        sentence.index,
        index=mention.first,
    )


def _post_body(
    drafts: RelationDrafts, sentence: Sentence, mention: Mention, title: Title, i: int, begin: int, limit: int
) -> tuple[str, str] | None:
    """The body of a post: a mention in its idafa, else a ministry by its portfolio, else the state of
    its adjective.
    """
    words = sentence.words
    relation = title.relation
    inner = [
        m
        for m in drafts.participants.by_sentence[sentence.index]
        if i + 1 < m.first <= limit
        and m.entity != mention.entity
        and drafts.entities[m.entity].type not in ("Person", "Population")
        and (m.kind in ("actor", "state") or m.first <= begin + 1)
    ]
    if (
        begin < len(words)
        and relation == "LEADS"
        and any(fold(w.text) == fold("في") for w in words[i + 1 : begin + 2])
    ):
        relation = "MEMBER_OF"
    near = [m for m in inner if m.first <= begin + 3]
    near.sort(key=lambda m: (m.first, -m.last))
    nisba = next((k for k in (drafts.state(sentence, n) for n in range(i + 1, limit + 1)) if k), None)
    if near:
        return near[0].entity, relation
    ministry = _ministry(drafts, sentence, i, begin, limit)
    if ministry is not None:
        return ministry, relation
    if nisba:
        head = bare(words[i].text)
        leads = relation == "LEADS" and head in _HEADS_OF_STATE
        return nisba, "LEADS" if leads else "MEMBER_OF"
    return None


def _ministry(drafts: RelationDrafts, sentence: Sentence, i: int, begin: int, limit: int) -> str | None:
    """وزير الدفاع الأميركي -> وزارة الدفاع الأميركية, where that is a known body or named in the
    article.
    """
    if bare(sentence.words[i].text) not in (bare("وزير"), bare("وزيرة")):
        return None
    portfolio = fold(" ".join(w.text for w in sentence.words[i:begin])).split()[1:] or [
        fold(w.text) for w in sentence.words[begin:limit][:1]
    ]
    if not portfolio:
        return None
    nisba = next((n for w in sentence.words[i:limit] if (n := drafts.gazetteer.nisba(fold(w.text)))), None)
    found = []
    for entity in drafts.entities.values():
        known = drafts.gazetteer.actors.get(entity.key or "")
        names = (entity.label_ar, *(known.names if known else ()))
        if entity.type != "GovernmentBody" or not any(
            fold(n).startswith(f"وزاره {portfolio[0]}") for n in names
        ):
            continue
        if nisba and known and known.part_of != nisba.key:
            continue  # another country's ministry of that portfolio
        found.append(entity.id)
    return found[0] if len(found) == 1 else None
