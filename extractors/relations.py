"""Standing relations told by how things are named, and the edges of statements.

* a post with its body: وزير الدفاع الأميركي X -> X LEADS وزارة الدفاع / الولايات المتحدة; المتحدث باسم Y ->
  MEMBER_OF
* a nisba adjective in a body's name: القوات العراقية PART_OF العراق
* "X التابعة لـ Y", "الفرقة الخامسة في الجيش العراقي", "15 عنصرا من داعش": PART_OF, MEMBER_OF
* a place within a place: قرية تل شعير جنوب الموصل -> LOCATED_IN
* a statement: speaker COMMENTED_ON whom it is about, TOLD the outlet
"""

from __future__ import annotations

from dataclasses import replace

from extractors.actors import belonging_target
from extractors.base import Entity, Mention, Reading, Relation
from extractors.document import Sentence
from extractors.gazetteer import Gazetteer, Title, load_gazetteer
from extractors.inflection import verb_forms
from extractors.normalise import bare, fold
from extractors.participants import Participants
from extractors.phrases import BELONGING, QUOTES
from extractors.status import speaker_of
from extractors.verb_arguments import verb_slots
from schema.identity import content_id
from schema.model import Span

_BODIES = frozenset(
    {
        "MilitaryForce",
        "GovernmentBody",
        "Organization",
        "ArmedGroup",
        "PoliticalParty",
        "MediaOutlet",
        "Coalition",
    }
)
_IN = frozenset(map(fold, ("في", "ب", "جنوب", "شمال", "شرق", "غرب", "وسط", "جنوبي", "شمالي", "شرقي", "غربي")))
_LEADERSHIP = frozenset(map(fold, ("قيادة", "رئاسة", "زعامة")))
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
#: Posts at the head of a state itself rather than of a ministry.
_HEADS_OF_STATE = frozenset(map(bare, ("رئيس", "ملك", "أمير", "سلطان", "عاهل", "مستشارة", "مستشار")))


class FindRelations:
    """Fills `relations`, adding the states that only an adjective names."""

    name = "relations"
    requires = frozenset({"mentions", "entities", "statements"})
    assigns = frozenset({"relations"})

    def __call__(self, reading: Reading) -> Reading:
        finder = _Finder(reading)
        relations = finder.run()
        return replace(
            reading, relations=tuple(relations), entities=finder.entities, mentions=tuple(finder.mentions)
        )


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.participants = Participants(reading)
        self.gazetteer: Gazetteer = load_gazetteer()
        self.entities: dict[str, Entity] = dict(reading.entities)
        self.mentions = list(reading.mentions)
        self.found: dict[tuple[str, str, str], Relation] = {}

    def run(self) -> list[Relation]:
        """All relations, each subject-predicate-object once, in text order."""
        for mention in self.reading.mentions:
            sentence = self.reading.document.sentences[mention.sentence]
            entity = self.entities[mention.entity]
            if entity.type == "Person" and mention.form in ("name", "title"):
                self._post(sentence, mention)
            elif entity.type in _BODIES and mention.kind == "actor":
                self._body(sentence, mention)
            elif entity.type in ("Population", "Person"):
                self._group(sentence, mention)
            if mention.kind == "place":
                self._place(sentence, mention)
        for sentence in self.reading.document.sentences:
            self._led(sentence)
            self._joined(sentence)
        self._statements()
        return list(self.found.values())

    def _add(
        self,
        subject: str,
        predicate: str,
        object_: str,
        evidence: Span,
        rule: str,
        sentence: int,
        *,
        speech: bool = False,
        index: int = 0,
    ) -> None:
        if subject == object_:
            return
        # What a name or title says is said by the article's own naming, also within somebody's words.
        named = predicate in ("LEADS", "PART_OF") or rule.startswith("title")
        said_by = None if speech or named else speaker_of(sentence, index, self.reading.statements)
        said_by = None if said_by == subject else said_by
        status = "attributed" if said_by else "stated"
        self.found.setdefault(
            (subject, predicate, object_),
            Relation(subject, predicate, object_, status, evidence, rule, sentence, said_by),
        )

    # -- leading and joining, told by verbs ---------------------------------------------------------------

    def _led(self, sentence: Sentence) -> None:
        """ "التحالف الذي تقوده الولايات المتحدة", "التحالف بقيادة واشنطن": the body before, the leader
        after.
        """
        clause = self.participants.clauses[sentence.index]
        here = [m for m in self.participants.by_sentence[sentence.index] if m.kind != "place"]
        for word in sentence.words:
            key = fold(word.text)
            phrase = key in _LEADERSHIP and word.index > 1 and clause.keys[word.index - 2] == "ب"
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
                    if word.index - 5 <= m.last < word.index and self.entities[m.entity].type in _BODIES
                ),
                None,
            )
            if leader and body:
                self._add(
                    leader.entity,
                    "LEADS",
                    body.entity,
                    self._evidence(sentence, body.first, leader.last),
                    "leading",
                    sentence.index,
                    index=word.index,
                )

    def _joined(self, sentence: Sentence) -> None:
        """ "انضم X إلى داعش", "خلية تنتمي لداعش": the joiner is the verb's subject or the noun it
        describes.
        """
        clause = self.participants.clauses[sentence.index]
        for word in sentence.words:
            if word.upos != "VERB" or fold(word.text) not in _JOIN_VERBS:
                continue
            slots = verb_slots(clause, word.index, _JOIN_VERBS[fold(word.text)])
            bodies = [f for slot in ("إلى", "ل", "ب", "مع") for f in slots.get(slot)]
            body = next(
                (
                    m
                    for f in bodies
                    if (m := self.participants.resolve_mention(sentence.index, f, places=False))
                    and self.entities[m.entity].type in _BODIES
                ),
                None,
            )
            joiner = next(
                (
                    m
                    for f in slots.get("subj")
                    if (m := self.participants.resolve_mention(sentence.index, f, places=False))
                ),
                None,
            )
            if body and joiner:
                predicate = "PART_OF" if self.entities[joiner.entity].type in _BODIES else "MEMBER_OF"
                first, last = min(joiner.first, body.first), max(joiner.last, body.last)
                self._add(
                    joiner.entity,
                    predicate,
                    body.entity,
                    self._evidence(sentence, first, last),
                    "joining",
                    sentence.index,
                    index=word.index,
                )

    # -- people and their posts ------------------------------------------------------------------------

    def _post(self, sentence: Sentence, mention: Mention) -> None:
        """The post before (or behind) a name: its relation and its body."""
        keys = self.participants.clauses[sentence.index].keys
        i = mention.first - 1
        while i < mention.last:
            found = self.gazetteer.title_at(keys, i)
            if found and not found[0].honorific:
                self._post_at(sentence, mention, i, found)
                return
            i += found[1] if found else 1
        self._post_behind(sentence, mention, keys)

    def _post_behind(self, sentence: Sentence, mention: Mention, keys: list[str]) -> None:
        after = mention.last
        if after < len(keys) and sentence.words[after].text in ("،", ",", "(", "-"):
            after += 1
        found = self.gazetteer.title_at(keys, after) if after < len(keys) else None
        if (
            mention.form == "name"
            and found
            and not found[0].honorific
            and sentence.words[after].upos in ("NOUN", "ADJ", "X")
        ):
            self._post_at(sentence, mention, after, found, behind=True)

    def _post_at(
        self, sentence: Sentence, mention: Mention, i: int, found: tuple[Title, int], *, behind: bool = False
    ) -> None:
        title, length = found
        if title.relation == "none":
            return
        begin = i + length
        limit = len(sentence.words) if behind else mention.last
        body = self._post_body(sentence, mention, title, i, begin, min(limit, begin + 6))
        if body is None:
            return
        target, predicate = body
        last = max(mention.last, min(limit, begin + 2))
        evidence = self.reading.document.span(
            sentence.words[mention.first - 1].start, sentence.words[last - 1].end
        )
        self._add(
            mention.entity,
            predicate,
            target,
            evidence,
            f"title {title.title}",
            sentence.index,
            index=mention.first,
        )

    def _post_body(
        self, sentence: Sentence, mention: Mention, title: Title, i: int, begin: int, limit: int
    ) -> tuple[str, str] | None:
        """The body of a post: a mention in its idafa, else a ministry by its portfolio, else the state of
        its adjective.
        """
        words = sentence.words
        relation = title.relation
        inner = [
            m
            for m in self.participants.by_sentence[sentence.index]
            if i + 1 < m.first <= limit
            and m.entity != mention.entity
            and self.entities[m.entity].type not in ("Person", "Population")
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
        nisba = next((k for k in (self._state(sentence, n) for n in range(i + 1, limit + 1)) if k), None)
        if near:
            return near[0].entity, relation
        ministry = self._ministry(sentence, i, begin, limit)
        if ministry is not None:
            return ministry, relation
        if nisba:
            head = bare(words[i].text)
            leads = relation == "LEADS" and head in _HEADS_OF_STATE
            return nisba, "LEADS" if leads else "MEMBER_OF"
        return None

    def _ministry(self, sentence: Sentence, i: int, begin: int, limit: int) -> str | None:
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
        nisba = next((n for w in sentence.words[i:limit] if (n := self.gazetteer.nisba(fold(w.text)))), None)
        found = []
        for entity in self.entities.values():
            known = self.gazetteer.actors.get(entity.key or "")
            names = (entity.label_ar, *(known.names if known else ()))
            if entity.type != "GovernmentBody" or not any(
                fold(n).startswith(f"وزاره {portfolio[0]}") for n in names
            ):
                continue
            if nisba and known and known.part_of != nisba.key:
                continue  # another country's ministry of that portfolio
            found.append(entity.id)
        return found[0] if len(found) == 1 else None

    def _state(self, sentence: Sentence, index: int) -> str | None:
        """The state of a nisba adjective at that word, made an entity where the article names it so only."""
        if index > len(sentence.words):
            return None
        word = sentence.words[index - 1]
        nisba = self.gazetteer.nisba(fold(word.text))
        if nisba is None or nisba.key not in self.gazetteer.actors:
            return None
        actor = self.gazetteer.actor(nisba.key)
        if actor.type != "State":
            return None
        id_ = content_id("actor", actor.key)
        if id_ not in self.entities:
            kind = "state" if actor.type == "State" else "actor"
            self.entities[id_] = Entity(id_, kind, actor.type, actor.ar, actor.en, actor.key)
        if not any(m.entity == id_ for m in self.mentions):
            span = self.reading.document.span(word.start, word.end)
            self.mentions.append(
                Mention(
                    sentence.index,
                    index,
                    index,
                    index,
                    "actor",
                    actor.type,
                    "nisba",
                    span,
                    actor.ar,
                    actor.key,
                    entity=id_,
                    rule="nisba",
                )
            )
        return id_

    # -- bodies and groups -------------------------------------------------------------------------------

    def _body(self, sentence: Sentence, mention: Mention) -> None:
        entity = self.entities[mention.entity]
        known = self.gazetteer.actors.get(entity.key or "")
        target = belonging_target(sentence, mention, tuple(self.participants.by_sentence[sentence.index]))
        if (
            target is not None
            and target.entity != mention.entity
            and self._belongs(sentence, mention, target)
        ):
            self._add(
                mention.entity,
                "PART_OF",
                target.entity,
                self._evidence(sentence, mention.first, target.last),
                "belonging",
                sentence.index,
                index=mention.first,
            )
        if entity.type not in ("MilitaryForce", "GovernmentBody"):
            return
        for index in range(mention.first, mention.last + 1):
            state = self._state(sentence, index)
            if state and (
                known is None or known.part_of is None or content_id("actor", known.part_of) == state
            ):
                self._add(
                    mention.entity,
                    "PART_OF",
                    state,
                    mention.span,
                    "nisba of a body",
                    sentence.index,
                    index=mention.first,
                )
                return

    def _belongs(self, sentence: Sentence, mention: Mention, target: Mention) -> bool:
        """في joins a unit to its army only; ل needs a word of belonging."""
        words = sentence.words
        between = [fold(w.text) for w in words[mention.last : target.first - 1] if w.text not in QUOTES]
        if between and between[0] in BELONGING:
            return True
        units = ("MilitaryForce", "GovernmentBody", "Organization")
        return (
            between == [fold("في")]
            and mention.type in units
            and target.kind == "actor"
            and target.type in units
        )

    def _group(self, sentence: Sentence, mention: Mention) -> None:
        """Unnamed people of a body (عناصر من داعش, ضابط في الجيش), or a single official of a state (مسؤول
        تركي).
        """
        if mention.form == "members":
            return
        target = self._body_of_group(sentence, mention)
        if target is None and mention.kind == "actor":
            heads = (self.gazetteer.head(w.text) for w in sentence.words[mention.first - 1 : mention.last])
            match = next((h for h in heads if h and h.head.member_of), None)
            soldiers = match is not None and match.head.member_of == "MilitaryForce"
            if match and match.head.member_of and (mention.type == "Person" or soldiers):
                target = next(
                    (
                        s
                        for s in (self._state(sentence, n) for n in range(mention.first, mention.last + 1))
                        if s
                    ),
                    None,
                )
        if target:
            self._add(
                mention.entity,
                "MEMBER_OF" if mention.type == "Person" else "PART_OF",
                target,
                mention.span,
                "group of a body",
                sentence.index,
                index=mention.first,
            )

    def _body_of_group(self, sentence: Sentence, mention: Mention) -> str | None:
        here = tuple(self.participants.by_sentence[sentence.index])
        inner = [
            m
            for m in here
            if mention.first < m.first
            and m.last <= mention.last
            and m.kind == "actor"
            and self.entities[m.entity].type in _BODIES
        ]
        if inner:
            return inner[0].entity
        after = belonging_target(sentence, mention, here)
        if after is None or after.kind != "actor" or self.entities[after.entity].type not in _BODIES:
            return None
        between = fold(sentence.words[mention.last].text)
        return after.entity if between in (fold("من"), fold("في")) else None

    def _place(self, sentence: Sentence, mention: Mention) -> None:
        """A place directly followed by في / ب / جنوب … and a larger place."""
        words = sentence.words
        i = mention.last
        while i < len(words) and (words[i].text in ("(", "،", ",") or words[i].text in QUOTES):
            i += 1
        if i + 1 >= len(words) or fold(words[i].text) not in _IN:
            return
        steps = [i + 2] if fold(words[i].text) != fold("في") or i + 2 >= len(words) else [i + 2, i + 3]
        for start in steps:
            for other in self.participants.by_sentence[sentence.index]:
                if (
                    other.first == start
                    and other.kind in ("place", "state")
                    and other.entity != mention.entity
                ):
                    self._add(
                        mention.entity,
                        "LOCATED_IN",
                        other.entity,
                        self._evidence(sentence, mention.first, other.last),
                        "place in a place",
                        sentence.index,
                        index=mention.first,
                    )
                    return

    def _evidence(self, sentence: Sentence, first: int, last: int) -> Span:
        return self.reading.document.span(sentence.words[first - 1].start, sentence.words[last - 1].end)

    # -- statements --------------------------------------------------------------------------------------

    def _statements(self) -> None:
        for statement in self.reading.statements:
            for entity in statement.about[:1]:  # the main subject; the others stay on the statement itself
                self._add(
                    statement.speaker,
                    "COMMENTED_ON",
                    entity,
                    statement.evidence,
                    "statement",
                    statement.sentence,
                    speech=True,
                )
            if statement.outlet:
                self._add(
                    statement.speaker,
                    "TOLD",
                    statement.outlet,
                    statement.evidence,
                    "statement",
                    statement.sentence,
                    speech=True,
                )
