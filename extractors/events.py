"""Events: triggers (`detection`) with their participants (`roles`), place and time (`where_when`) and status.

Each trigger gives a draft; a light verb lends its frame to the noun that names the event; then `chains` ties
results to causes, finds doers and targets told elsewhere, and joins events told twice.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.abroad import forces_abroad
from extractors.base import EventDraft, Reading
from extractors.captives import name_states
from extractors.chains import link_events
from extractors.described import described
from extractors.detection import Found, detect
from extractors.lexicon_words import function_words
from extractors.light_verbs import fills, makes_others_do, nouns_of, target_behind, words_of
from extractors.means import by_relative_means
from extractors.normalise import fold
from extractors.obligations import obligations
from extractors.participants import Participants
from extractors.phrases import RELATIVES, has_pronoun
from extractors.protests import settle_protests
from extractors.reporting import load_reporting
from extractors.roles import Roles
from extractors.speech_acts import inquiries
from extractors.status import is_presupposed, speaker_of, status_of
from extractors.type_groups import FIGHTERS, PEOPLE, STANCES, STRIKES
from extractors.untriggered import among_victims, ascribed, coalitions_against, counted_victims
from extractors.voice import is_passive
from extractors.where_when import place_of, time_of
from schema.ontology import load_ontology


class FindEvents:
    """Fills `triggers` and `events`, adds entities for states that only an adjective names (غارة أمريكية)."""

    name = "events"
    requires = frozenset({"mentions", "entities", "statements", "times"})
    assigns = frozenset({"triggers", "events"})

    def __call__(self, reading: Reading) -> Reading:
        finder = _Finder(reading)
        drafts = finder.run()
        finder.name_states()
        reading = replace(reading, mentions=tuple(finder.roles.mentions), entities=finder.roles.entities)
        events = tuple(link_events(reading, drafts))
        return replace(reading, triggers=tuple(finder.triggers), events=events)


class _Finder:
    """The events of one article before they are linked."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.participants = Participants(reading)
        self.roles = Roles(reading, self.participants)
        self.triggers: list[Found] = []
        self.nouns: dict[int, int] = {}  # words of the sentence's event nouns -> the noun's first word

    def run(self) -> list[EventDraft]:
        """The drafts of all sentences, in text order."""
        drafts: list[EventDraft] = []
        for sentence in self.reading.document.sentences:
            clause = self.participants.clauses[sentence.index]
            found = detect(clause, self.participants.by_sentence[sentence.index])
            self.triggers += found
            name_states(self.roles, sentence.index)
            own = settle_protests(self.roles, sentence.index, self._sentence(found))
            drafts += by_relative_means(self.reading, self.participants, sentence.index, own)
            drafts += ascribed(self.reading, self.participants, sentence.index, drafts)
            drafts += obligations(self.reading, self.participants, sentence.index, drafts)
            drafts += inquiries(self.reading, self.participants, sentence.index)
            drafts += counted_victims(self.reading, self.participants, sentence.index, drafts)
            drafts += among_victims(self.reading, self.participants, sentence.index, drafts)
            drafts += coalitions_against(self.reading, self.participants, sentence.index, drafts)
            drafts += forces_abroad(self.reading, self.participants, sentence.index, drafts)
        return drafts

    def name_states(self) -> None:
        """Makes entities of the states that the adjectives of people's posts name, where the article tells of
        two countries without their names (كيري … التعاون بين البلدين).
        """
        clauses = self.participants.clauses.values()
        if all(function_words("both_states").isdisjoint(c.keys) for c in clauses):
            return
        for mention in self.reading.mentions:
            if mention.type == "Person":
                for index in range(mention.first, mention.last + 1):
                    self.roles.adjective(mention.sentence, index)

    def _sentence(self, found: list[Found]) -> list[EventDraft]:
        """A draft for each trigger that names an event; nouns that a light verb takes go with it."""
        drafts: list[EventDraft] = []
        consumed: set[int] = set()
        self.roles.nouns.update({(f.sentence, f.first): f for f in found if not f.verbal})
        self.nouns = {
            i: f.first
            for f in found
            if f.trigger.kind in ("noun", "masdar")
            for i in range(f.first, f.last + 1)
        }
        # The nearest to the noun first: in "أعلنت الوزارة تنفيذ الجيش عمليات" the army carries them out.
        lights = sorted((f for f in found if f.trigger.kind == "light"), key=lambda f: f.verbal)
        for light in lights:
            drafts += self._light(light, found, consumed)
        for item in found:
            if item.trigger.kind in ("agent", "patient") and (told := self._described(item)):
                drafts.append(told)
        deaths = [f.first for f in found if f.verbal and fold(f.trigger.lemma) == "لقي"]
        for item in found:
            if (
                deaths
                and item.first > deaths[0]
                and fold(item.trigger.lemma) in function_words("ends_of_life")
            ):
                continue  # لقي جندي مصرعه: the verb tells it
            if (
                item.trigger.kind != "light"
                and item.first not in consumed
                and item.trigger.kind not in ("agent", "patient")
            ):
                drafts.append(self._draft(item, self.roles.of(item)))
        return sorted(drafts, key=lambda d: d.first)

    def _described(self, item: Found) -> EventDraft | None:
        """A participle as an adjective or adverb (الجماعات المدعومة من إيران; متهما الحوثيين): what it
        describes stands in its slot `self`. None where nobody else takes part.
        """
        own = item.trigger.frame.get("self")
        if own not in ("actor", "recipient", "partner"):
            return None
        whom = described(self.roles, item)
        roles = self.roles.of(item)
        others = {r: tuple(i for i in ids if i not in whom) for r, ids in roles.items() if r != own}
        if not whom or not any(others.get(role) for role in ("actor", "recipient", "partner")):
            return None
        return self._draft(item, {**others, own: tuple(whom)})

    def _light(self, light: Found, found: list[Found], consumed: set[int]) -> list[EventDraft]:
        """A light verb names its event by a noun; a verb of result ties a cause to it."""
        by_word = {
            i: f for f in found if f.trigger.kind in ("noun", "masdar") for i in range(f.first, f.last + 1)
        }
        frame = light.trigger.frame
        drafts = []
        for noun in nouns_of(self.participants, light, by_word, consumed):
            consumed.add(noun.first)
            roles = self.roles.of(noun)
            passive = light.slots.passive and frame.get("obj") == "event"
            for role, entities in self.roles.of(
                light, passive=passive, skip=frozenset(words_of(noun))
            ).items():
                if role in ("event", "cause") or (role == "actor" and makes_others_do(noun)):
                    continue
                if role in ("actor", "recipient") and fills(light, role):
                    # What the light verb says of a role outranks a suffix on its noun (لقي X مصرعه).
                    roles[role] = entities or roles.get(role, ())
                else:
                    roles[role] = tuple(dict.fromkeys((*roles.get(role, ()), *entities)))
            if not self._is_own(light, noun):
                roles["actor"] = self.roles.of(noun).get("actor", ())
            undergone = frame.get("subj") == "recipient" and not roles.get("actor")
            if undergone and noun.trigger.frame.get("gen") == "recipient":
                # حصل كيري على دعم موسكو: who undergoes it is told by the verb, who does it by the noun
                does = self.roles.of(noun).get("recipient", ())
                roles["actor"] = tuple(a for a in does if a not in roles.get("recipient", ()))
            accusers = roles.pop("accuser", ())
            words = self.participants.clauses[light.sentence].words
            if light.first > 1 and fold(words[light.first - 2].text) in RELATIVES:
                # الهجوم الذي نسب إلى X is passive, with the pronoun who does it is named (الذي نسبته السلطات)
                accusers = accusers if has_pronoun(words, light.first - 1) else ()
            if accusers and roles.get("actor"):
                # "هجوم نسبته السلطات إلى X": they accuse X of it
                parties = {"actor": accusers, "recipient": roles["actor"]}
                drafts.append(self._draft(light, parties, type_="Accusation"))
            if (target := target_behind(self.participants, light, noun)) is not None:
                roles["recipient"] = (target,) if target else roles.get("actor", ())
                roles["actor"] = ()
            roles["actor"] = tuple(a for a in roles.get("actor", ()) if a not in roles.get("recipient", ()))
            drafts.append(self._draft(noun, roles, light=light))
        return drafts

    def _is_own(self, light: Found, noun: Found) -> bool:
        """Whether the subject of a light verb may do what its noun tells. Who announces an attack did not
        carry it out (أعلن رئيس الوزراء … هجوم), nor what the noun says another does (أعلنت الوزارة طرد داعش).
        """
        verb = self.participants.clauses[light.sentence].word(light.first).text
        if not load_reporting().lookup(verb) or fold(light.trigger.lemma) in function_words("continuing"):
            return True
        type_ = load_ontology().event_type(noun.trigger.type or "")
        if type_.name in STANCES or type_.symmetric:
            return True
        if self.roles.of(noun).get("actor"):
            return False
        # "أعلن الحوثيون استهداف المطار": who fights announces what he did himself
        doers = {self.roles.entities[a].type for a in self.roles.of(light).get("actor", ())}
        if type_.name == "Capture" and doers == {"Person"}:
            return False  # أعلن المتحدث باسم الجيش السيطرة على الميناء: he took nothing
        own = fold(noun.trigger.lemma) in function_words("announced_deeds") and doers & FIGHTERS
        return type_.plover != "ASSAULT" or bool(own)

    def _draft(
        self,
        item: Found,
        roles: dict[str, tuple[str, ...]],
        light: Found | None = None,
        type_: str | None = None,
    ) -> EventDraft:
        """The event of a trigger; its status is that of the clause unless the lexicon marks the word."""
        clause = self.participants.clauses[item.sentence]
        trigger = item.trigger
        type_ = type_ or trigger.type
        assert type_ is not None
        parties = [p for role in ("actor", "recipient", "partner") for p in roles.get(role, ())]
        if (
            type_ == "Negotiation"
            and trigger.lemma in function_words("talks")
            and all(self.roles.entities[p].type == "Person" for p in parties)
        ):
            type_ = "Meeting"  # persons meet for talks; sides negotiate, whoever speaks for them
        backers = {self.roles.entities[a].type for a in roles.get("actor", ())}
        armed = FIGHTERS | {"Population"} if trigger.kind == "patient" else FIGHTERS
        backing = trigger.kind == "patient" or fold(trigger.lemma) in function_words("backing")
        if type_ == "Capture" and fold(trigger.lemma) in function_words("freeing"):
            freed = {self.roles.entities[r].type for r in roles.get("recipient", ())}
            type_ = "Release" if freed and freed <= PEOPLE else type_  # حررت الشرطة مهندسين خطفوا
        if type_ == "Support" and backing and backers & armed:
            type_ = "Aid"  # المدعومة من التحالف: those who fight help by fighting, states by words or means
        anchor = light.first if light else item.first
        # a verbal noun tells by ل what is intended (لاستعادة X), no noun of a strike (تصدى لهجوم شنه X)
        strike = trigger.kind == "noun" and type_ in STRIKES
        intends = not item.verbal and light is None and not strike
        status, said_by = status_of(clause, anchor, self.reading.statements, masdar=intends)
        dated = is_presupposed(clause, min(anchor, item.first))
        if dated:
            status, said_by = ("stated" if status == "attributed" else status), None
        if light is not None and status in ("stated", "attributed"):
            own, _ = status_of(clause, item.first, self.reading.statements, masdar=False)
            status = own if own in ("denied", "planned") else status
        marked = trigger.status or (light.trigger.status if light else None)
        if not item.verbal and function_words("unreal") & {clause.keys[i - 1] for i in item.slots.get("adj")}:
            marked = "planned"
        if marked and status in ("stated", "attributed"):
            status = marked
        if not item.verbal and item.first in self.roles.demanded[item.sentence] and status != "denied":
            status = "planned"
        if type_ in STANCES and said_by in roles.get("actor", ()):
            status, said_by = ("stated", None) if status == "attributed" else (status, said_by)
        if not dated:
            said_by = said_by or speaker_of(item.sentence, item.first, self.reading.statements)
        if said_by in roles.get("actor", ()) and status == "stated":
            said_by = None
        return EventDraft(
            type_,
            item.sentence,
            item.first,
            item.last,
            item.first,
            status,
            {role: ids for role, ids in roles.items() if ids and role != "place"},
            trigger.id + (f" + {light.trigger.id}" if light else ""),
            said_by,
            (roles.get("place") or (place_of(self.participants, item.sentence, anchor, item.last),))[0],
            time_of(self.reading, item.sentence, anchor),
            cause=self._cause(item) if light is None else None,
            bare=not item.verbal
            and (light is None or (not light.verbal and clause.word(light.first).upos == "NOUN")),
        )

    def _cause(self, item: Found) -> int | None:
        """The event noun that is the verb's subject: "الهجوم الذي استهدف X", "الغارات دمرت Y"."""
        if not item.verbal or is_passive(self.roles, item):
            return None
        # "خمس غارات قصفت": the number stands before the noun that it counts.
        near = (w for f in item.slots.get("subj") for w in (f, f + 1) if w < item.first or w > item.last)
        return next((self.nouns[w] for w in near if w in self.nouns), None)
