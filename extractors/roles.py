"""Who takes part in an event: from the slots round its trigger to entities in the roles of its frame.

Beyond the slots themselves: the subject of a verb that leaves it out, the doer of a verbal noun by the verb
that governs it, and the state of a nisba adjective.
"""

from __future__ import annotations

from collections import defaultdict

from extractors.base import Entity, Reading
from extractors.clause import Clause
from extractors.control import may_control, willed_by
from extractors.deeds import (
    ANNOUNCED,
    HELP,
    accused_of,
    asked,
    done_to,
    is_adjunct,
    means_of,
    owner_of,
    sets_off,
    trainer_of,
    whose,
)
from extractors.detection import Found
from extractors.document import Word
from extractors.lexicon_words import function_words, transparent
from extractors.movements import movers
from extractors.nisba_states import actor_of_adjective, adjective_mention, entity_of
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import is_adjective
from extractors.referred import is_annexed, is_time_or_matter
from extractors.reporting import load_reporting
from extractors.status import speaker_of
from extractors.subjects import HARM_TO_PEOPLE, agrees, speaker_as_subject, speaker_before, verbs_before
from extractors.triggers import load_triggers
from extractors.type_groups import ARMED
from extractors.verb_arguments import verb_slots
from schema.ontology import load_ontology

#: On the first letter of a past verb it tells the passive (قُتلوا).
_DAMMA = "\u064f"
_AGENT_ROLES = frozenset({"actor", "partner", "beneficiary", "accuser"})
_NO_ENTITIES = frozenset({"event", "cause", "instrument", "topic", "time"})
#: Types whose noun takes the one it is done to by ضد, whatever its entry lists.
HOSTILE = frozenset(
    name
    for name, type_ in load_ontology().event_types.items()
    if type_.plover in ("ASSAULT", "COERCE", "PROTEST", "SANCTION")
)
_OF_BODIES = frozenset({"Airstrike", "Shelling", "Campaign", "Capture", "Bombing"})
_AUTHORITIES = frozenset({"State", "GovernmentBody", "MilitaryForce", "Coalition"})
_OF_PLACES = frozenset({"Deployment", "Withdrawal"})
#: What is done to people and to places (اقتحامها, قصفها).
_OF_PLACES_TOO = frozenset({"ArmedAttack", "Airstrike", "Shelling", "Bombing", "Siege"})
#: Whose doer is not lightly guessed, and who may be guessed.
_HARM = frozenset({"Killing", "Wounding", "Abduction", "Abuse"})
_FIGHTERS = frozenset({"MilitaryForce", "ArmedGroup", "Coalition", "Population"})
#: Types that a governing verb's subject does not do itself: he asks for it, says it, or fears it.
_NOT_CONTROLLED = frozenset({"Demand", "Accusation", "Condemnation", "Rejection", "Threat", "Statement"})


class Roles:
    """Fills the roles of one article's events, in text order.

    `entities` and `mentions` are those of the reading and the states found by their adjectives.
    """

    def __init__(self, reading: Reading, participants: Participants) -> None:
        self.reading = reading
        self.participants = participants
        self.mentions = list(reading.mentions)
        self.entities: dict[str, Entity] = dict(reading.entities)
        self.nouns: dict[tuple[int, int], Found] = {}  # (sentence, first word) -> event noun
        #: sentence -> first word of an act -> of whom it is demanded
        self.demanded: dict[int, dict[int, list[str]]] = defaultdict(dict)
        self._subjects: list[tuple[int, int, str]] = []  # (sentence, first word of the trigger, doer) so far

    def of(
        self, item: Found, *, passive: bool | None = None, skip: frozenset[int] = frozenset()
    ) -> dict[str, tuple[str, ...]]:
        """Role -> entities, by the trigger's frame."""
        slots, frame = item.slots, item.trigger.frame
        passive = self.is_passive(item) if passive is None else passive
        roles: dict[str, list[str]] = {}
        helping = item.trigger.type in HELP and item.trigger.kind in ("noun", "masdar")
        beside = helping and is_adjunct(self.participants.clauses[item.sentence], item)
        for slot, fillers in list(slots.fillers.items()):
            role = frame.get("obj") if passive and slot == "subj" else frame.get(slot)
            if helping and slot == "من" and role is None:
                role = "actor"
            if beside and slot == "gen" and not slots.get("من"):
                role = "actor"  # بمساندة طيران التحالف
            if (
                slot == "gen"
                and role == "recipient"
                and item.trigger.kind in ("masdar", "noun")
                and (item.trigger.kind == "masdar" or slots.get("obj"))
                and self._object_apart(item)
            ):
                # قصف التحالف لمقرات داعش: the noun after a masdar with its object apart is its subject
                role = "actor"
            if role is None and slot == "obj" and item.trigger.kind in ("masdar", "noun") and "gen" in frame:
                role = "recipient"
            if slot == "gen" and role == "recipient" and sets_off(self, item, fillers):
                role = "actor"
            if slot == "gen" and role == "actor" and self._is_place_gone_to(item, fillers):
                role = "recipient"  # دخول الجامعة
            if role is None and slot == "ضد" and item.trigger.type in HOSTILE:
                role = "recipient"
            if passive and slot == "obj" and slots.get("subj"):
                role = None
            if slot == "by":
                if item.verbal and not passive and not item.trigger.takes_object:
                    continue  # of another deed in the clause (خرجوا احتجاجا على مقتل X على يد Y)
                role = "actor"
            if slot == "adj" and role is None:
                continue
            if role is None or role in _NO_ENTITIES:
                continue
            if item.trigger.kind in ("agent", "patient"):
                fillers = fillers[:1]
            for filler in fillers:
                if filler in skip:
                    continue
                for entity in self._filled(item, filler, slot, role):
                    if entity not in roles.setdefault(role, []):
                        roles[role].append(entity)
        role = frame.get("subj")
        if (
            item.verbal
            and not passive
            and role in ("actor", "recipient")
            and role not in roles
            and not item.slots.get("subj")
        ):
            filled = [i for ids in roles.values() for i in ids]
            subjects = [s for s in self._dropped_subjects(item) if s not in filled]
            if subjects:
                roles[role] = subjects
        if item.trigger.type == "Aid" and not roles.get("actor") and (trainer := trainer_of(self, item)):
            roles["actor"] = trainer
        controlled = item.trigger.kind in ("masdar", "light") or (
            item.trigger.kind == "noun"
            and (
                item.trigger.type in ("Campaign", "Aid", "Capture")
                or item.first in self.demanded[item.sentence]
                or self.participants.clauses[item.sentence].keys[item.first - 2 : item.first - 1] == ["ل"]
            )
        )
        if frame.get("subj", "actor") != "actor" and not item.verbal:
            controlled = False  # طردهم: who drives others away does not leave himself
        if not item.verbal and "actor" not in roles and controlled and not beside:
            doers = [d for d in self.controllers(item) if d not in roles.get("recipient", [])]
            if doers:
                roles["actor"] = doers
        if beside and not roles.get("actor") and slots.get("gen"):
            roles["actor"] = owner_of(self, item.sentence, slots.get("gen")[0])
        if item.trigger.type in HELP and item.trigger.kind == "patient" and not roles.get("actor"):
            roles["actor"] = means_of(self, item)
        if beside and roles.get("actor") and not roles.get("recipient"):
            # "بدعم من X": who acts in the clause is helped by X.
            helped = self.controllers(item) or self._before(item)
            roles["recipient"] = [h for h in helped if h not in roles["actor"]]
        if "speaker" in frame:
            roles = self._said(item, roles)
        if item.trigger.type == "Demand" and roles.get("actor") and not roles.get("recipient"):
            roles["recipient"] = [a for a in asked(self, item) if a not in roles["actor"]]
        if moving := movers(self, item, roles.get("actor", [])):
            roles["actor"] = moving
        else:
            roles.pop("actor", None)
        if item.trigger.type == "Demand" and item.verbal:
            for topic in (f for slot, r in frame.items() if r == "topic" for f in slots.get(slot)):
                # دعا إيران إلى إطلاق سراحهم: Iran would free them
                self.demanded[item.sentence][topic] = roles.get("recipient", [])
        for actor in roles.get("actor", []) if item.verbal else ():
            self._subjects.append((item.sentence, item.first, actor))
        if "recipient" in roles and "actor" in roles:
            roles["recipient"] = [r for r in roles["recipient"] if r not in roles["actor"]]
        if item.trigger.type in ANNOUNCED and roles.get("actor") and not roles.get("recipient"):
            roles["recipient"] = [r for r in done_to(self, item) if r not in roles["actor"]]
        return {role: tuple(ids) for role, ids in roles.items()}

    def _said(self, item: Found, roles: dict[str, list[str]]) -> dict[str, list[str]]:
        """The roles of what is done by saying it: "يتعين على X" demands of X, "ارتكب X جرائم" accuses him;
        none where nobody says it.
        """
        if item.trigger.frame.get("subj") == "recipient" and not roles.get("recipient"):
            roles["recipient"] = self.controllers(item)
        speaker = speaker_of(item.sentence, item.first, self.reading.statements)
        if speaker is None and item.trigger.frame.get("subj") == "recipient":
            return {}
        recipients = [r for r in roles.get("recipient", []) if r != speaker]
        return {**roles, "actor": [speaker] if speaker and recipients else [], "recipient": recipients}

    def controllers(self, item: Found) -> list[str]:
        """The doers of a verbal noun without one: the subjects of the verb that governs it (بدأت القوات
        استعادة …), or who is said to will it (محاولة الجيش استعادة …).
        """
        clause = self.participants.clauses[item.sentence]
        if (hindered := _hindered(clause, item.first)) is not None:
            doer = self.filler(item, hindered, "subj", "actor")
            here = {m.entity for m in self.participants.by_sentence[item.sentence] if m.first < item.first}
            return [doer] if doer in here else []
        index = clause.governing_verb(item.first)
        if item.first in self.demanded[item.sentence]:
            return [e for e in self.demanded[item.sentence][item.first] if self._can_do(item, e)]
        if (willing := willed_by(clause, item.first)) is not None:
            return [e for e in self._filled(item, willing, "subj", "actor") if self._can_do(item, e)]
        if index is not None and (accused := accused_of(self, item, index)):
            return accused
        if index is None or is_annexed(clause, item.first) or not _does_himself(clause.word(index).text):
            return []
        if item.trigger.kind == "light" and clause.word(item.first).head != index:
            return []  # تاريخ بدء الهجوم: the date of it is told, not who begins it
        matches = load_triggers().lookup(clause.word(index).text)
        promised = bool(load_reporting().lookup(clause.word(index).text))
        not_his = any(m.trigger.type in _NOT_CONTROLLED for m in matches) and not promised
        not_his = not_his or any(fold(m.trigger.lemma) in function_words("foiling") for m in matches)
        if not_his or any("cause" in m.trigger.frame.values() for m in matches):
            return []
        if not may_control(clause, item, index, matches):
            return []
        features = next((m.features for m in matches), None)
        slots = verb_slots(clause, index, features)
        if slots.passive:
            return []
        for subject in slots.get("subj"):
            if not item.first <= subject <= item.last:
                doers = self._filled(item, subject, "subj", "actor")
                if item.trigger.type in _HARM and is_time_or_matter(clause, item.first):
                    doers = [e for e in doers if self.entities[e].type in _FIGHTERS]
                return [e for e in doers if self._can_do(item, e)]
        return []

    def _is_place_gone_to(self, item: Found, fillers: list[int]) -> bool:
        """Whether the noun after a verbal noun of coming or leaving is the place, which acts not."""
        visit = fold(item.trigger.lemma) in function_words("visits")
        if not fillers or (item.trigger.type not in _OF_PLACES and not visit):
            return False
        if visit and any(item.slots.get(slot) for slot in ("إلى", "ل", "obj", "مع")):
            return False
        entity = self.participants.resolve(item.sentence, fillers[0])
        return entity is not None and self.entities[entity].kind in (
            ("place", "state") if visit else ("place",)
        )

    def _before(self, item: Found) -> list[str]:
        """The actor named right before ب and a noun of help (فصائل سورية بدعم تركي)."""
        here = self.participants.by_sentence[item.sentence]
        return [m.entity for m in here if m.last == item.first - 2 and m.kind != "place"][:1]

    def _can_do(self, item: Found, entity: str) -> bool:
        """Whether a doer that the sentence does not state may be supplied: operations are of bodies, not of
        persons, and those in power do not take to the street.
        """
        type_ = self.entities[entity].type
        if item.trigger.type == "Protest":
            return type_ not in _AUTHORITIES | {"MediaOutlet"}
        return item.trigger.type not in _OF_BODIES or type_ != "Person"

    def named_at(self, item: Found, index: int) -> list[str]:
        """The party named at a word and those joined to it before the trigger."""
        mention = self.participants.resolve_mention(item.sentence, index, places=False)
        if mention is None:
            return []
        joined = self.participants.joined(mention)
        return [mention.entity, *(m.entity for m in joined if m.last < item.first)]

    def _filled(self, item: Found, filler: int, slot: str, role: str) -> list[str]:
        """The entity of a filler, those joined to it by و, and those singled out of a group (بينهم X)."""
        entity = self.filler(item, filler, slot, role)
        if entity is None:
            return []
        mention = self.participants.resolve_mention(item.sentence, filler, places=role not in _AGENT_ROLES)
        others = self.participants.joined(mention) if mention else []
        if item.trigger.kind in ("agent", "patient"):
            # القوات المؤيدة للحكومة والمقاتلون: what is unlike its complement is joined to the forces
            others = [m for m in others if mention is not None and m.type == mention.type]
        ahead = item.first if filler < item.first else len(self.participants.clauses[item.sentence].words) + 1
        return [entity, *(m.entity for m in others if m.first < ahead)]

    def filler(self, item: Found, filler: int, slot: str, role: str) -> str | None:
        """The entity that the word of a slot stands for."""
        sentence = item.sentence
        if slot == "adj":
            return self.adjective(sentence, filler)
        clause = self.participants.clauses[sentence]
        word = clause.word(filler)
        if item.trigger.kind in ("agent", "patient"):
            # عشرات من مؤيدي الرئيس: whom a participle names as the other party lies within its own phrase
            inner = [m for m in self.participants.by_sentence[sentence] if m.first == filler]
            inner = [m for m in inner if m.kind != "place" and not m.covers(item.first)]
            if inner:
                return max(inner, key=lambda m: m.last).entity
        counted = self.participants.mention_at(sentence, filler)
        if counted is not None and counted.quantity:
            return counted.entity
        if word.upos == "PRON" or fold(word.text) in ("ه", "ها", "هم", "هما", "هن"):
            relative = clause.antecedent(item.first) if item.verbal and slot not in ("obj", "gen") else None
            resumed = self.participants.resolve(sentence, relative) if relative else None
            if resumed is None and role == "recipient" and _of_place(item, slot):
                return self.participants.place_antecedent(sentence, word)
            doer = self._doer_again(item, word) if slot == "gen" and role == "actor" else None
            if resumed is None and role == "recipient" and item.trigger.type in _OF_PLACES_TOO:
                return self.participants.antecedent(sentence, word, places=True)
            return resumed or doer or self.participants.antecedent(sentence, word)
        found = self.participants.resolve(sentence, filler, places=role not in _AGENT_ROLES)
        if found is None and role == "recipient":
            found = whose(self, item, filler)
        if (
            found is None
            and clause.keys[filler - 1] in transparent("vehicles")
            and filler < len(clause.words)
        ):
            return self._state_of(sentence, filler)
        return found

    def _doer_again(self, item: Found, pronoun: Word) -> str | None:
        """The doer whom a verbal noun's suffix means: that of the sentence's last verb, if it agrees
        (خطفت الجبهة خمسة بعد أيام من خطفها ثمانية).
        """
        for sentence, first, entity in reversed(self._subjects):
            if sentence == item.sentence and first < item.first:
                if _helps(self.participants.clauses[sentence].word(first).text):
                    return None  # ساعد التحالف البيشمركة في حربها: the war of those who are helped
                if item.trigger.type == "Capture" and self.entities[entity].type not in ARMED:
                    return None  # سيطرته: whoever takes places is armed
                return entity if self.participants.may_mean(pronoun, entity) else None
        return None

    def _state_of(self, sentence: int, vehicle: int) -> str | None:
        """The state of a vehicle's adjective: دبابات روسية, طائرة حربية روسية, طائرة بدون طيار أمريكية."""
        clause = self.participants.clauses[sentence]
        i = vehicle
        while clause.keys[i : i + 1] and clause.keys[i] in function_words("unmanned"):
            i += 1
        while i < len(clause.words) and is_adjective(clause.words[i]):
            if state := self.adjective(sentence, i + 1):
                return state
            i += 1
        return None

    def _object_apart(self, item: Found) -> bool:
        """Whether a masdar's object stands in a slot of its own, so that its idafa names the doer."""
        after_l = item.slots.get("ل") if item.trigger.frame.get("ل") == "recipient" else []
        return bool(item.slots.get("obj")) or any(self.filler(item, f, "ل", "recipient") for f in after_l)

    def is_passive(self, item: Found) -> bool:
        """By form, by the tagger, or because a verb that needs an object has only a subject."""
        if not item.verbal or "obj" not in item.trigger.frame:
            return False
        type_ = item.trigger.type
        if type_ and load_ontology().event_type(type_).symmetric:
            return False  # both parties may be the subject (التقى أوباما وأردوغان)
        verb = self.participants.clauses[item.sentence].word(item.first)
        written = self.reading.document.span(verb.start, verb.end).text
        if item.features.voice == "passive" or (item.features.tense == "past" and written[1:2] == _DAMMA):
            return True
        if item.slots.get("obj") and not self._harms_nobody(item):
            # "قتل سبعة عراقيين" opens its sentence, "الذي قتل فيه سبعة" describes something else: nobody is
            # named there who could have killed them.
            relative = self.participants.clauses[item.sentence].relative_before(item.first) is not None
            named = any(s == item.sentence for s, *_ in self._subjects) and not relative
            alone = not item.slots.get("subj") and not named
            return alone and item.features.voice == "either" and item.trigger.type in HARM_TO_PEOPLE
        if item.slots.get("by") or item.slots.passive:
            return True
        subjects = item.slots.get("subj")
        if not subjects or item.features.voice == "active":
            return False
        mention = self.participants.resolve_mention(item.sentence, subjects[0])
        if mention is not None and self.entities[mention.entity].type in _AUTHORITIES:
            return False
        if item.trigger.type in HARM_TO_PEOPLE:
            return True
        return mention is not None and self.entities[mention.entity].type in ("Population", "Person")

    def _harms_nobody(self, item: Found) -> bool:
        """Whether a verb of harm that may be passive has people as subject and no object who is somebody:
        what looks like one belongs to another clause (جنود قتلوا في انفجار قنبلة زرعها X).
        """
        if item.trigger.type not in HARM_TO_PEOPLE or item.features.voice != "either":
            return False
        resolved = [self.participants.resolve(item.sentence, f) for f in item.slots.get("subj")]
        people = [r for r in resolved if r and self.entities[r].type in ("Population", "Person")]
        return bool(people) and not any(self._may_be_harmed(item, o) for o in item.slots.get("obj"))

    def _may_be_harmed(self, item: Found, filler: int) -> bool:
        """Whether an object of a verb of harm can be one: not a body, nor an unknown word behind a
        preposition.
        """
        word = self.participants.clauses[item.sentence].word(filler)
        entity = self.participants.resolve(item.sentence, filler)
        if entity is None or self.entities[entity].kind == "place":
            between = self.participants.clauses[item.sentence].words[item.last : filler - 1]
            return word.upos == "PRON" or not any(w.upos == "ADP" for w in between)
        return self.entities[entity].type in ("Person", "Population") or word.upos == "PRON"

    def _dropped_subjects(self, item: Found) -> list[str]:
        """The subject a verb leaves out: who reports it (أنها قتلت), or those of the verb before it."""
        clause = self.participants.clauses[item.sentence]
        speaker = speaker_as_subject(self.reading, clause, item, self.entities)
        subjects = [speaker] if speaker else verbs_before(clause, item, self._subjects, self.entities)
        if not speaker and (holder := self._holder(clause, item)):
            subjects = [holder]
        subjects = subjects or speaker_before(self.reading, item, self.entities)
        if item.features.number == "p" and all(self.entities[s].type != "Population" for s in subjects):
            # تدربوا are people: the last named as several, rather than a body
            several = self.participants.last_named_as_several(item.sentence, item.first)
            subjects = [several] if several else subjects
        return [s for s in subjects if self._can_do(item, s)]

    def _holder(self, clause: Clause, item: Found) -> str | None:
        """Who takes the place that a relative clause without a subject describes (المناطق التي يسيطر عليها):
        the armed body named last before it that the verb's gender fits.
        """
        first = clause.relative_before(item.first)
        if first is None or item.trigger.type != "Capture":
            return None
        for mention in reversed(self.participants.by_sentence[item.sentence]):
            entity = self.entities[mention.entity]
            named = mention.last < first and mention.kind != "place" and entity.type in ARMED
            if named and agrees(item, entity) and mention.last != clause.antecedent(item.first):
                return entity.id
        return None

    def adjective(self, sentence: int, index: int) -> str | None:
        """The actor of a nisba adjective, as an entity with the adjective as its mention."""
        actor = actor_of_adjective(self.participants.clauses[sentence].word(index).text)
        if actor is None:
            return None
        entity = self.entities.setdefault(entity_of(actor).id, entity_of(actor))
        if not any(
            m.entity == entity.id and m.sentence == sentence and m.covers(index) for m in self.mentions
        ):
            self.mentions.append(adjective_mention(self.reading.document, sentence, index, entity))
        return entity.id


def _helps(verb: str) -> bool:
    """Whether a verb tells of help to another."""
    return any(m.trigger.type in HELP for m in load_triggers().lookup(verb))


def _does_himself(verb: str) -> bool:
    """Whether the subject of a verb does what its verbal noun tells: not where he only reports it, but where
    he promises it or owns up to it.
    """
    sayings = load_reporting().lookup(verb)
    return all(s.stance == "promises" or fold(s.lemma) in function_words("confessions") for s in sayings)


def _hindered(clause: Clause, index: int) -> int | None:
    """Who is kept from the act that the verbal noun at `index` names: the word after منع in لمنعهم من X."""
    if index < 4 or clause.keys[index - 2] != "من":
        return None
    for i in range(index - 4, max(-1, index - 10), -1):
        if clause.keys[i] in function_words("hindering"):
            return i + 2
        if clause.words[i].upos in ("VERB", "SCONJ"):
            return None
    return None


def _of_place(item: Found, slot: str) -> bool:
    """Whether what fills the slot is a place: what is taken, entered or left."""
    return item.trigger.type in _OF_PLACES or (item.trigger.type == "Capture" and slot != "من")
