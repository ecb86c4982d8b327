"""Events: triggers with their participants, place, time and status; chains of cause; events told twice.

Steps: each trigger gives a draft (`_Finder`), light verbs lend their frame to the noun that names the event,
then `extractors.chains` ties results to causes and finds doers that another sentence names.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.base import Entity, EventDraft, Mention, Reading
from extractors.chains import link_events
from extractors.detection import Found, detect
from extractors.gazetteer import load_gazetteer
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import has_pronoun
from extractors.reporting import load_reporting
from extractors.status import speaker_of, status_of
from extractors.times import TimeExpression
from extractors.triggers import load_triggers
from schema.identity import content_id
from schema.ontology import load_ontology

_AGENT_ROLES = frozenset({"actor", "partner", "beneficiary"})
_PLACE_CASES = frozenset(
    map(
        fold,
        (
            "في",
            "ب",
            "قرب",
            "داخل",
            "شمال",
            "جنوب",
            "شرق",
            "غرب",
            "وسط",
            "شمالي",
            "جنوبي",
            "شرقي",
            "غربي",
            "خارج",
            "على",
            "إلى",
            "من",
            "ضواحي",
            "محيط",
            "ريف",
        ),
    )
)
#: Their verbs take an object; alone with a subject they are passive (قتل 15 عنصرا, المسلحون قتلوا).
_HARM_TO_PEOPLE = frozenset({"Killing", "Wounding", "Arrest", "Abduction", "Release", "Prosecution"})
#: Types whose noun takes the one it is done to by ضد, whatever its entry lists.
_HOSTILE = frozenset(
    name
    for name, type_ in load_ontology().event_types.items()
    if type_.plover in ("ASSAULT", "COERCE", "PROTEST", "SANCTION")
)
_OF_BODIES = frozenset({"Airstrike", "Shelling", "Campaign", "Capture", "Bombing"})
_AUTHORITIES = frozenset({"State", "GovernmentBody", "MilitaryForce", "Coalition"})
#: Types that a governing verb's subject does not do itself: he asks for it, says it, or fears it.
_NOT_CONTROLLED = frozenset({"Demand", "Accusation", "Condemnation", "Rejection", "Threat", "Statement"})


class FindEvents:
    """Fills `events`, and adds entities for states that only an adjective names (غارة أمريكية)."""

    name = "events"
    requires = frozenset({"mentions", "entities", "statements", "times"})
    assigns = frozenset({"events"})

    def __call__(self, reading: Reading) -> Reading:
        finder = _Finder(reading)
        drafts = finder.run()
        reading = replace(reading, mentions=tuple(finder.mentions), entities=finder.entities)
        return replace(reading, events=tuple(link_events(reading, drafts)))


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.participants = Participants(reading)
        self.mentions = list(reading.mentions)
        self.entities: dict[str, Entity] = dict(reading.entities)
        self.ontology = load_ontology()
        self.subjects: list[tuple[int, int, str]] = []
        self.nouns: dict[int, int] = {}  # words of the sentence's event nouns -> the noun's first word

    def run(self) -> list[EventDraft]:
        """The drafts of all sentences, in text order."""
        drafts: list[EventDraft] = []
        for sentence in self.reading.document.sentences:
            clause = self.participants.clauses[sentence.index]
            found = detect(clause, self.participants.by_sentence[sentence.index])
            drafts += self._sentence(found)
            drafts += self._counted_victims(sentence.index, drafts)
            drafts += self._against(sentence.index, drafts)
        return drafts

    # -- one sentence --------------------------------------------------------------------------------

    def _sentence(self, found: list[Found]) -> list[EventDraft]:
        drafts: list[EventDraft] = []
        consumed: set[int] = set()
        self.nouns = {
            i: f.first
            for f in found
            if f.trigger.kind in ("noun", "masdar")
            for i in range(f.first, f.last + 1)
        }
        lights = [f for f in found if f.trigger.kind == "light"]
        for light in lights:
            drafts += self._light(light, found, consumed)
        for item in found:
            if (
                item.trigger.kind != "light"
                and item.first not in consumed
                and item.trigger.kind not in ("agent", "patient")
            ):
                drafts.append(self._draft(item, self._roles(item)))
        return sorted(drafts, key=lambda d: d.first)

    def _described(self, item: Found) -> EventDraft | None:
        """A participle as an adjective (الجماعات المدعومة من إيران): its noun stands in the slot `self`."""
        frame = item.trigger.frame
        if "self" not in frame:
            return None
        noun = self._noun_of(item)
        if noun is None:
            return None
        roles = self._roles(item)
        own = frame["self"]
        others = [r for r in roles if r != own and roles[r]]
        if not others or own not in ("actor", "recipient", "partner"):
            return None
        roles[own] = (noun,)
        roles = {r: tuple(i for i in ids if r == own or i != noun) for r, ids in roles.items()}
        return self._draft(item, roles)

    def _noun_of(self, item: Found) -> str | None:
        """The entity that a participle describes: the noun it agrees with before it, else the one it names
        itself.
        """
        clause = self.participants.clauses[item.sentence]
        for mention in reversed(self.participants.by_sentence[item.sentence]):
            if mention.kind != "place" and mention.first < item.first and item.first - 3 <= mention.last:
                between = clause.words[mention.last : item.first - 1]
                if all(w.upos == "ADJ" or w.text in '«»“”"()' for w in between):
                    return mention.entity
        return self.participants.resolve(item.sentence, item.first, places=False)

    def _light(self, light: Found, found: list[Found], consumed: set[int]) -> list[EventDraft]:
        """A light verb names its event by a noun; a verb of result ties a cause to it."""
        by_word = {
            i: f for f in found if f.trigger.kind in ("noun", "masdar") for i in range(f.first, f.last + 1)
        }
        frame = light.trigger.frame
        events = [slot for slot, role in frame.items() if role == "event"]
        nouns: list[Found] = []
        for slot in events:
            fillers = light.slots.get(slot)
            if slot == "obj" and (light.slots.passive or not fillers):
                fillers = [*fillers, *light.slots.get("subj")]
            if not fillers or all(
                self.participants.clauses[light.sentence].word(f).upos == "PRON" for f in fillers
            ):
                fillers = [*fillers, *self._noun_before(light, by_word)]
            for filler in fillers:
                noun = by_word.get(filler) or next(
                    (by_word[i] for i in range(filler, filler + 3) if i in by_word), None
                )
                if noun and noun not in nouns and noun.first not in consumed:
                    nouns.append(noun)
        drafts = []
        for noun in nouns:
            consumed.add(noun.first)
            roles = self._roles(noun)
            passive = light.slots.passive and any(frame.get(s) == "event" for s in ("obj",))
            for role, entities in self._roles(
                light, passive=passive, skip=frozenset(noun_words(noun))
            ).items():
                if role in ("event", "cause"):
                    continue
                if role in ("actor", "recipient") and frame_names(light, role):
                    # What the light verb says of a role outranks a suffix on its noun (لقي X مصرعه).
                    roles[role] = entities or roles.get(role, ())
                else:
                    roles[role] = tuple(dict.fromkeys((*roles.get(role, ()), *entities)))
            roles["actor"] = tuple(a for a in roles.get("actor", ()) if a not in roles.get("recipient", ()))
            draft = self._draft(noun, roles, light=light)
            drafts.append(draft)
        return drafts

    def _noun_before(self, light: Found, by_word: dict[int, Found]) -> list[int]:
        """The event noun that a resumptive pronoun points back to (عمليات تفتيش نفذها X)."""
        clause = self.participants.clauses[light.sentence]
        if not has_pronoun(clause.words, light.first - 1) and clause.antecedent(light.first) is None:
            return []
        return next(([i] for i in range(light.first - 1, max(0, light.first - 9), -1) if i in by_word), [])

    def _draft(
        self, item: Found, roles: dict[str, tuple[str, ...]], light: Found | None = None
    ) -> EventDraft:
        clause = self.participants.clauses[item.sentence]
        trigger = item.trigger
        assert trigger.type is not None
        anchor = light.first if light else item.first
        status, said_by = status_of(
            clause, anchor, self.reading.statements, masdar=not item.verbal and light is None
        )
        if light is not None and status in ("stated", "attributed"):
            own, _ = status_of(clause, item.first, self.reading.statements, masdar=False)
            status = own if own in ("denied", "planned") else status
        marked = trigger.status or (light.trigger.status if light else None)
        if marked and status in ("stated", "attributed"):
            status = marked
        if trigger.type in (
            "Accusation",
            "Condemnation",
            "Demand",
            "Threat",
            "Support",
            "Rejection",
        ) and said_by in roles.get("actor", ()):
            status, said_by = ("stated", None) if status == "attributed" else (status, said_by)
        said_by = said_by or speaker_of(item.sentence, item.first, self.reading.statements)
        if said_by in roles.get("actor", ()) and status == "stated":
            said_by = None
        return EventDraft(
            trigger.type, item.sentence, item.first, item.last, item.first, status,
            {role: ids for role, ids in roles.items() if ids and role != "place"},
            f"{trigger.id}" + (f" + {light.trigger.id}" if light else ""), said_by,
            (roles.get("place") or (self._place(item.sentence, anchor, item.last),))[0],
            self._time(item.sentence, anchor), cause=self._cause(item) if light is None else None,
        )  # fmt: skip

    def _cause(self, item: Found) -> int | None:
        """The event noun that is the verb's subject: "الهجوم الذي استهدف X", "الغارات دمرت Y"."""
        if not item.verbal or self._is_passive(item):
            return None
        # "خمس غارات قصفت": the number stands before the noun that it counts.
        near = (w for f in item.slots.get("subj") for w in (f, f + 1) if w < item.first or w > item.last)
        return next((self.nouns[w] for w in near if w in self.nouns), None)

    # -- roles ---------------------------------------------------------------------------------------

    def _roles(
        self, item: Found, *, passive: bool | None = None, skip: frozenset[int] = frozenset()
    ) -> dict[str, tuple[str, ...]]:
        """Role -> entities, by the trigger's frame."""
        slots, frame = item.slots, item.trigger.frame
        passive = self._is_passive(item) if passive is None else passive
        roles: dict[str, list[str]] = {}
        for slot, fillers in list(slots.fillers.items()):
            role = frame.get("obj") if passive and slot == "subj" else frame.get(slot)
            if (
                slot == "gen"
                and role == "recipient"
                and item.trigger.kind == "masdar"
                and _object_apart(item)
            ):
                # قصف التحالف لمقرات داعش: the noun after a masdar with its object apart is its subject
                role = "actor"
            if role is None and slot == "ضد" and item.trigger.type in _HOSTILE:
                role = "recipient"
            if passive and slot == "obj" and slots.get("subj"):
                role = None
            if slot == "by":
                role = "actor"
            if slot == "adj" and role is None:
                continue
            if role is None or role in ("event", "cause", "instrument", "topic", "time"):
                continue
            for filler in fillers:
                if filler in skip:
                    continue
                for entity in self._filled(item, filler, slot, role):
                    if entity not in roles.setdefault(role, []):
                        roles[role].append(entity)
        if (
            item.verbal
            and not passive
            and frame.get("subj") == "actor"
            and "actor" not in roles
            and not self._has_subject(item)
        ):
            subject = self._dropped_subject(item)
            if subject and subject not in roles.get("recipient", []):
                roles["actor"] = [subject]
        controlled = item.trigger.kind == "masdar" or item.trigger.type in ("Campaign", "Aid")
        if not item.verbal and "actor" not in roles and controlled:
            subject = self._controller(item)
            if subject and subject not in roles.get("recipient", []):
                roles["actor"] = [subject]
        if item.trigger.type in ("Aid", "Support") and roles.get("actor") and not roles.get("recipient"):
            # "بدعم من X": who acts in the clause is helped by X.
            clause = self.participants.clauses[item.sentence]
            helped = self._controller(item) if clause.keys[item.first - 2 : item.first - 1] == ["ب"] else None
            if helped and helped not in roles["actor"]:
                roles["recipient"] = [helped]
        for actor in roles.get("actor", []):
            self.subjects.append((item.sentence, item.first, actor))
        if "recipient" in roles and "actor" in roles:
            roles["recipient"] = [r for r in roles["recipient"] if r not in roles["actor"]]
        return {role: tuple(ids) for role, ids in roles.items()}

    def _controller(self, item: Found) -> str | None:
        """The doer of a verbal noun without one: the subject of the verb that governs it (بدأت القوات
        استعادة …).
        """
        clause = self.participants.clauses[item.sentence]
        index = clause.governing_verb(item.first)
        if index is None or load_reporting().lookup(clause.word(index).text):
            return None
        matches = load_triggers().lookup(clause.word(index).text)
        if any(m.trigger.type in _NOT_CONTROLLED or "cause" in m.trigger.frame.values() for m in matches):
            return None
        features = next((m.features for m in matches), None)
        slots = clause.verb_slots(index, features)
        if slots.passive:
            return None
        for subject in slots.get("subj"):
            if not item.first <= subject <= item.last:
                found = self.participants.resolve(item.sentence, subject, places=False)
                return found if found and self._can_do(item, found) else None
        return None

    def _can_do(self, item: Found, entity: str) -> bool:
        """Whether a doer that the sentence does not state may be supplied: operations are of bodies, not of
        persons.
        """
        return item.trigger.type not in _OF_BODIES or self.entities[entity].type != "Person"

    def _has_subject(self, item: Found) -> bool:
        return bool(item.slots.get("subj"))

    def _filled(self, item: Found, filler: int, slot: str, role: str) -> list[str]:
        """The entity of a filler, those joined to it by و, and those singled out of a group (بينهم X)."""
        entity = self._filler(item, filler, slot, role)
        if entity is None:
            return []
        mention = self.participants.resolve_mention(item.sentence, filler, places=role not in _AGENT_ROLES)
        others = self.participants.joined(mention) if mention else []
        ahead = item.first if filler < item.first else len(self.participants.clauses[item.sentence].words) + 1
        return [entity, *(m.entity for m in others if m.first < ahead)]

    def _filler(self, item: Found, filler: int, slot: str, role: str) -> str | None:
        sentence = item.sentence
        if slot == "adj":
            return self._adjective(sentence, filler)
        clause = self.participants.clauses[sentence]
        word = clause.word(filler)
        counted = self.participants.mention_at(sentence, filler)
        if counted is not None and counted.quantity:
            return counted.entity
        if word.upos == "PRON" or fold(word.text) in ("ه", "ها", "هم", "هما", "هن"):
            relative = clause.antecedent(item.first) if item.verbal and slot not in ("obj", "gen") else None
            resumed = self.participants.resolve(sentence, relative) if relative else None
            return resumed or self.participants.antecedent(sentence, word)
        return self.participants.resolve(sentence, filler, places=role not in _AGENT_ROLES)

    def _is_passive(self, item: Found) -> bool:
        """By form, by the tagger, or because a verb that needs an object has only a subject."""
        if not item.verbal or "obj" not in item.trigger.frame:
            return False
        if item.features.voice == "passive":
            return True
        if item.slots.get("obj"):
            return False
        if item.slots.get("by") or item.slots.passive:
            return True
        subjects = item.slots.get("subj")
        if not subjects or item.features.voice == "active":
            return False
        mention = self.participants.resolve_mention(item.sentence, subjects[0])
        if mention is not None and self.entities[mention.entity].type in _AUTHORITIES:
            return False
        if item.trigger.type in _HARM_TO_PEOPLE:
            return True
        return mention is not None and self.entities[mention.entity].type in ("Population", "Person")

    def _dropped_subject(self, item: Found) -> str | None:
        """The subject a verb leaves out: that of the verb before it, agreeing in gender."""
        gender = item.features.gender
        for sentence, first, entity in reversed(self.subjects):
            if sentence < item.sentence - 1 or (sentence == item.sentence and first >= item.first):
                continue
            known = self.entities[entity]
            agrees = gender is None or known.gender in (None, gender) or known.type == "Population"
            if agrees and self._can_do(item, entity):
                return entity
        return None

    def _adjective(self, sentence: int, index: int) -> str | None:
        """The state of a nisba adjective, as an entity with the adjective as its mention."""
        gazetteer = load_gazetteer()
        word = self.participants.clauses[sentence].word(index)
        nisba = gazetteer.nisba(fold(word.text))
        if nisba is None or nisba.key not in gazetteer.actors:
            return None
        actor = gazetteer.actor(nisba.key)
        entity = content_id("actor", actor.key)
        if entity not in self.entities:
            kind = "state" if actor.type == "State" else "actor"
            self.entities[entity] = Entity(entity, kind, actor.type, actor.ar, actor.en, actor.key)
        if not any(m.entity == entity and m.sentence == sentence and m.covers(index) for m in self.mentions):
            span = self.reading.document.span(word.start, word.end)
            self.mentions.append(
                Mention(
                    sentence,
                    index,
                    index,
                    index,
                    "actor",
                    actor.type,
                    "nisba",
                    span,
                    actor.ar,
                    actor.key,
                    entity=entity,
                    rule="nisba",
                )
            )
        return entity

    # -- place, time, victims --------------------------------------------------------------------------

    def _place(self, sentence: int, first: int, last: int) -> str | None:
        """The nearest place after the trigger that a preposition of place governs, else one before it."""
        clause = self.participants.clauses[sentence]
        places = [m for m in self.participants.by_sentence[sentence] if m.kind in ("place", "state")]
        governed = [m for m in places if m.first > 1 and self._located(clause.keys, m)]
        after = [m for m in governed if m.first > last]
        if after:
            return after[0].entity
        before = [m for m in governed if m.last < first]
        return before[-1].entity if before else None

    def _located(self, keys: list[str], mention: Mention) -> bool:
        for back in (2, 3):
            if mention.first - back >= 0 and keys[mention.first - back] in _PLACE_CASES:
                return True
        return False

    def _time(self, sentence: int, first: int) -> TimeExpression | None:
        found = [t for s, t in self.reading.times if s == sentence]
        return min(found, key=lambda t: abs(t.first - first)) if found else None

    def _against(self, sentence: int, drafts: list[EventDraft]) -> list[EventDraft]:
        """ "التحالف الدولي ضد داعش": a coalition is named by whom it fights."""
        clause = self.participants.clauses[sentence]
        here = self.participants.by_sentence[sentence]
        found = []
        for position, key in enumerate(clause.keys):
            if key != "ضد" or any(
                d.sentence == sentence
                and d.first <= position
                and d.type in _HOSTILE
                and position - d.last < 6
                for d in drafts
            ):
                continue
            enemy = next(
                (
                    m
                    for m in here
                    if m.first in (position + 2, position + 3)
                    and self.entities[m.entity].type == "ArmedGroup"
                ),
                None,
            )
            side = next(
                (
                    m
                    for m in reversed(here)
                    if m.last <= position
                    and position - m.last <= 6
                    and self.entities[m.entity].type == "Coalition"
                ),
                None,
            )
            if enemy and side:
                status, said_by = status_of(clause, position + 1, self.reading.statements, masdar=False)
                enemies = (enemy.entity, *(m.entity for m in self.participants.joined(enemy)))
                roles = {"actor": (side.entity,), "recipient": enemies}
                found.append(
                    EventDraft(
                        "Campaign",
                        sentence,
                        position + 1,
                        position + 1,
                        position + 1,
                        status,
                        roles,
                        "coalition against",
                        said_by,
                    )
                )
        return found

    def _counted_victims(self, sentence: int, drafts: list[EventDraft]) -> list[EventDraft]:
        """ "31 قتيلا", "100 جريح": the noun of the victims tells the event where no trigger did."""
        kinds = {"killed": "Killing", "wounded": "Wounding"}
        clause = self.participants.clauses[sentence]
        told = {(d.type, r) for d in drafts if d.sentence == sentence for r in d.roles.get("recipient", ())}
        found = []
        for mention in self.participants.by_sentence[sentence]:
            type_ = kinds.get(mention.casualty or "")
            if type_ is None or mention.quantity is None or (type_, mention.entity) in told:
                continue
            status, said_by = status_of(clause, mention.first, self.reading.statements, masdar=False)
            found.append(
                EventDraft(
                    type_,
                    sentence,
                    mention.first,
                    mention.last,
                    mention.head,
                    status,
                    {"recipient": (mention.entity,)},
                    "victims counted",
                    said_by,
                    self._place(sentence, mention.first, mention.last),
                    self._time(sentence, mention.first),
                )
            )
        return found


def _object_apart(item: Found) -> bool:
    """Whether a masdar's object stands in a slot of its own, so that its idafa names the doer."""
    frame = item.trigger.frame
    return any(frame.get(slot) == "recipient" and item.slots.get(slot) for slot in ("obj", "ل"))


def frame_names(light: Found, role: str) -> bool:
    """Whether the light verb's own subject or object fills that role."""
    return any(light.trigger.frame.get(slot) == role for slot in ("subj", "obj"))


def noun_words(noun: Found) -> range:
    """The word indexes that a noun trigger covers."""
    return range(noun.first, noun.last + 1)
