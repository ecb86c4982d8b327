"""Who takes part in an event: from the slots round its trigger to entities in the roles of its frame.

Whom a slot's word stands for says `fillers`; who acts where no slot tells it, `subjects` (the subject that a
verb leaves out) and `control` (the doer of a verbal noun, by the verb that governs it).
"""

from __future__ import annotations

from collections import defaultdict

from extractors.assistance import is_adjunct, is_helping, trainer_of, with_helpers
from extractors.base import Entity, Reading
from extractors.control import doers_by_governor
from extractors.deeds import ANNOUNCED, asked, done_to
from extractors.detection import Found
from extractors.fillers import filled_by, filler_of, is_portion_of_state
from extractors.gazetteer_files import KnownActor
from extractors.lexicon_words import function_words, transparent
from extractors.movements import is_place_gone_to, movers
from extractors.nisba_states import actor_of_adjective, adjective_mention, entity_of
from extractors.normalise import fold
from extractors.participants import Participants
from extractors.phrases import definite, is_adjective
from extractors.status import speaker_of
from extractors.subjects import subjects_left_out
from extractors.type_groups import COUNTED, STRIKES
from extractors.visits import countries_on_the_way, states_visited, visit
from extractors.voice import is_passive
from schema.ontology import load_ontology

_NO_ENTITIES = frozenset({"event", "cause", "instrument", "topic", "time"})
#: Types whose noun takes the one it is done to by ضد, whatever its entry lists.
HOSTILE = frozenset(
    name
    for name, type_ in load_ontology().event_types.items()
    if type_.plover in ("ASSAULT", "COERCE", "PROTEST", "SANCTION")
)
#: Types whose nouns, not only verbal nouns, are the act of a governing verb's subject.
_CONTROLLED_NOUNS = frozenset({"Campaign", "Aid", "Capture"})


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
        self.doers: list[tuple[int, int, str]] = []  # (sentence, first word of the verb, doer) so far
        self.noun_doers: list[tuple[int, int, str]] = []  # the same of verbal nouns with doer and object

    def of(
        self, item: Found, *, passive: bool | None = None, skip: frozenset[int] = frozenset()
    ) -> dict[str, tuple[str, ...]]:
        """Role -> entities, by the trigger's frame."""
        passive = is_passive(self, item) if passive is None else passive
        beside = is_helping(item) and is_adjunct(self.participants.clauses[item.sentence], item)
        roles = self._by_slots(item, skip, passive=passive, beside=beside)
        self._add_subject_left_out(item, roles, passive=passive)
        if item.trigger.type == "Aid" and not roles.get("actor") and (trainer := trainer_of(self, item)):
            roles["actor"] = trainer
        if "actor" not in roles and not beside and self._is_controlled(item):
            doers = [d for d in doers_by_governor(self, item) if d not in roles.get("recipient", [])]
            if doers:
                roles["actor"] = doers
        if item.trigger.type == "Meeting":
            self._add_visit(item, roles)
        with_helpers(self, item, roles, beside=beside)
        if "speaker" in item.trigger.frame:
            roles = self._said(item, roles)
        if item.trigger.type == "Demand" and roles.get("actor") and not roles.get("recipient"):
            roles["recipient"] = [a for a in asked(self, item) if a not in roles["actor"]]
        if moving := movers(self, item, roles.get("actor", [])):
            roles["actor"] = moving
        else:
            roles.pop("actor", None)
        self._remember(item, roles)
        if "recipient" in roles and "actor" in roles:
            roles["recipient"] = [r for r in roles["recipient"] if r not in roles["actor"]]
        if item.trigger.type in ANNOUNCED and roles.get("actor") and not roles.get("recipient"):
            roles["recipient"] = [r for r in done_to(self, item) if r not in roles["actor"]]
        return {role: tuple(ids) for role, ids in roles.items()}

    def _by_slots(
        self, item: Found, skip: frozenset[int], *, passive: bool, beside: bool
    ) -> dict[str, list[str]]:
        """Role -> entities of the words in the slots round the trigger, without the words in `skip`."""
        roles: dict[str, list[str]] = {}
        for slot, fillers in list(item.slots.fillers.items()):
            if not fillers:
                continue  # emptied by an earlier step: its words fill another slot
            role = self._role_of(item, slot, fillers, passive=passive, beside=beside)
            if role is None or role in _NO_ENTITIES:
                continue
            if item.trigger.kind in ("agent", "patient"):
                fillers = fillers[:1]
            for filler in fillers:
                if filler in skip:
                    continue
                for entity in filled_by(self, item, filler, slot, role):
                    if entity not in roles.setdefault(role, []):
                        roles[role].append(entity)
        return roles

    def _role_of(
        self, item: Found, slot: str, fillers: list[int], *, passive: bool, beside: bool
    ) -> str | None:
        """The role of what stands in a slot: that of the trigger's frame, or what the construction gives."""
        slots, frame, kind = item.slots, item.trigger.frame, item.trigger.kind
        if slot == "by":
            # of a verb that takes none it is of another deed (خرجوا احتجاجا على مقتل X على يد Y)
            taken = passive or item.trigger.takes_object or "by" in frame
            return None if item.verbal and not taken else "actor"
        if passive and slot == "obj" and slots.get("subj"):
            return None
        role = frame.get("obj") if passive and slot == "subj" else frame.get(slot)
        if slot == "من" and role is None and is_helping(item) and not _of_purpose(item, fillers):
            role = "actor"
        if beside and slot == "gen" and not slots.get("من"):
            role = "actor"  # بمساندة طيران التحالف
        if (
            slot == "gen"
            and role == "recipient"
            and kind in ("masdar", "noun")
            and (kind == "masdar" or slots.get("obj"))
            and self._object_apart(item)
        ):
            # قصف التحالف لمقرات داعش: the noun after a masdar with its object apart is its subject
            role = "actor"
        if role is None and slot == "obj" and kind in ("masdar", "noun") and "gen" in frame:
            role = "recipient"
        if slot in ("gen", "ل") and role == "recipient" and _bombs(self, item, fillers):
            role = "actor"  # قصف التحالف أوقع 100 قتيل
        if slot == "gen" and role == "recipient" and _sets_off(self, item, fillers):
            role = "actor"
        if slot == "gen" and role == "actor" and is_place_gone_to(self, item, fillers):
            role = "recipient"  # دخول الجامعة
        if role is None and slot == "ضد" and item.trigger.type in HOSTILE:
            # قتل جندي خلال معارك ضد X: X is not killed
            role = None if item.verbal and item.trigger.type in COUNTED else "recipient"
        if slot == "من" and item.trigger.type == "Capture" and is_portion_of_state(self, item, fillers[0]):
            role = None
        keys = self.participants.clauses[item.sentence].keys
        # على يد X names the doer, no target
        aimed = [f for f in slots.get("على") if keys[f - 1] not in function_words("hands")] or slots.get("ضد")
        if slot == "ل" and role == "recipient" and item.trigger.type in STRIKES and aimed:
            role = "actor"  # قصف لقوات النظام على المدينة
        if slot == "ل" and role == "recipient" and item.trigger.type == "Meeting" and slots.get("إلى"):
            role = "actor"  # أول زيارة لكارتر إلى بغداد
        return role

    def _add_subject_left_out(self, item: Found, roles: dict[str, list[str]], *, passive: bool) -> None:
        role = item.trigger.frame.get("subj")
        if not item.verbal or passive or role not in ("actor", "recipient"):
            return
        if role in roles or item.slots.get("subj"):
            return
        filled = [i for ids in roles.values() for i in ids]
        subjects = [s for s in subjects_left_out(self, item) if s not in filled]
        if subjects:
            roles[role] = subjects

    def _add_visit(self, item: Found, roles: dict[str, list[str]]) -> None:
        """Adds the visitor and whom he visits, by the verb of which a visit is an adjunct."""
        visitors, where = visit(self, item)
        roles["actor"] = roles.get("actor") or visitors
        named = [r for r in roles.get("recipient", []) if self.entities[r].kind != "place"]
        seen = (
            named or states_visited(self, item) or (where if visitors and roles["actor"] == visitors else [])
        )
        roles["recipient"] = list(dict.fromkeys((*seen, *countries_on_the_way(self, item))))

    def _is_controlled(self, item: Found) -> bool:
        """Whether the doer of a noun may be the subject of the verb that governs it."""
        kind, type_ = item.trigger.kind, item.trigger.type
        if item.verbal or item.trigger.frame.get("subj", "actor") != "actor":
            return False  # طردهم: who drives others away does not leave himself
        if kind in ("masdar", "light"):
            return True
        after_l = self.participants.clauses[item.sentence].keys[item.first - 2 : item.first - 1] == ["ل"]
        demanded = item.first in self.demanded[item.sentence]
        return kind == "noun" and (type_ in _CONTROLLED_NOUNS or demanded or after_l)

    def _remember(self, item: Found, roles: dict[str, list[str]]) -> None:
        """Keeps what later triggers ask for: who acted, and of whom which act was demanded."""
        if item.trigger.kind == "masdar" and item.slots.get("gen") and self._object_apart(item):
            for actor in roles.get("actor", []):
                self.noun_doers.append((item.sentence, item.first, actor))
        if not item.verbal:
            return
        if item.trigger.type == "Demand":
            slots = [slot for slot, role in item.trigger.frame.items() if role == "topic"]
            for topic in (filler for slot in slots for filler in item.slots.get(slot)):
                # دعا إيران إلى إطلاق سراحهم: Iran would free them
                self.demanded[item.sentence][topic] = roles.get("recipient", [])
        undergoing = item.trigger.frame.get("subj") == "recipient" and not item.slots.passive
        subjects = item.slots.get("subj") if undergoing else []
        # "خسر الجيش المدينة وانسحب منها": whoever undergoes something is the subject of what follows as well
        undergone = [e for f in subjects for e in filled_by(self, item, f, "subj", "recipient")]
        for actor in undergone or roles.get("actor", []):
            self.doers.append((item.sentence, item.first, actor))

    def _said(self, item: Found, roles: dict[str, list[str]]) -> dict[str, list[str]]:
        """The roles of what is done by saying it: "يتعين على X" demands of X, "ارتكب X جرائم" accuses him;
        none where nobody says it.
        """
        if item.trigger.frame.get("subj") == "recipient" and not roles.get("recipient"):
            roles["recipient"] = doers_by_governor(self, item)
        speaker = speaker_of(item.sentence, item.first, self.reading.statements)
        if speaker is None and item.trigger.frame.get("subj") == "recipient":
            return {}
        recipients = [r for r in roles.get("recipient", []) if r != speaker]
        return {**roles, "actor": [speaker] if speaker and recipients else [], "recipient": recipients}

    def _object_apart(self, item: Found) -> bool:
        """Whether a masdar's object stands in a slot of its own, so that its idafa names the doer."""
        after_l = item.slots.get("ل") if item.trigger.frame.get("ل") == "recipient" else []
        if item.trigger.type in STRIKES and self._is_owned(item):
            after_l = []  # إسقاط طائرة للنظام
        return bool(item.slots.get("obj")) or any(filler_of(self, item, f, "ل", "recipient") for f in after_l)

    def _is_owned(self, item: Found) -> bool:
        """Whether ل tells whose the unnamed thing in the idafa of an attack is, unless that may do the deed
        itself (قصف طائرات لمواقع X).
        """
        clause = self.participants.clauses[item.sentence]
        things = item.slots.get("gen")
        if not things or things[0] in clause.phrases or definite(clause.word(things[0])):
            return False
        key = clause.keys[things[0] - 1]
        fires = key in transparent("vehicles") and fold(item.trigger.lemma) in function_words("from_aircraft")
        at = things[0]
        while at < len(clause.words) and is_adjective(clause.words[at]):
            at += 1
        return not fires and clause.keys[at : at + 1] == ["ل"]

    def adjective(self, sentence: int, index: int) -> str | None:
        """The actor of a nisba adjective, as an entity with the adjective as its mention."""
        actor = actor_of_adjective(self.participants.clauses[sentence].word(index).text)
        return None if actor is None else self.state_named_by(sentence, index, actor)

    def state_named_by(self, sentence: int, index: int, actor: KnownActor) -> str:
        """The entity of a known actor whom a word stands for that is no mention of his (غارة أمريكية, زيارة
        إلى القاهرة), with the word as its mention.
        """
        entity = self.entities.setdefault(entity_of(actor).id, entity_of(actor))
        if not any(
            m.entity == entity.id and m.sentence == sentence and m.covers(index) for m in self.mentions
        ):
            self.mentions.append(adjective_mention(self.reading.document, sentence, index, entity))
        return entity.id


def _bombs(roles: Roles, item: Found, fillers: list[int]) -> bool:
    """Whether the idafa of a bombardment, or what ل ties to it, can only be who bombs: a coalition, or
    aircraft and guns (قصف لطيران النظام).
    """
    if item.trigger.kind != "masdar" or item.trigger.type not in ("Airstrike", "Shelling") or not fillers:
        return False
    keys = roles.participants.clauses[item.sentence].keys
    mention = roles.participants.mention_at(item.sentence, fillers[0], places=False)
    coalition = mention is not None and mention.first == fillers[0] and mention.type == "Coalition"
    return coalition or keys[fillers[0] - 1] in transparent("vehicles") - transparent("positions")


def _of_purpose(item: Found, fillers: list[int]) -> bool:
    """Whether من belongs to what the help is for (مساعدة السكان على التخلص من داعش)."""
    aims = (f for slot in ("على", "في") for f in item.slots.get(slot))
    return bool(fillers) and any(item.last < aim < fillers[0] for aim in aims)


def _sets_off(roles: Roles, item: Found, fillers: list[int]) -> bool:
    """Whether the idafa of a bombing names the group whose deed it is: تفجيرات داعش, not تفجير المسجد."""
    if item.trigger.type != "Bombing" or not fillers:
        return False
    mention = roles.participants.mention_at(item.sentence, fillers[0])
    return mention is not None and mention.first == fillers[0] and mention.type == "ArmedGroup"
