"""Bodies, forces and people told by whose they are: وزارة خارجيتها, قواته, مقاتلوه.

The suffix points to an actor told before that can have such a body. The forces and fighters of a group or
coalition stand for it; those of a state, or of who leads it, are bodies of that state (القوات التركية).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.agreement import agrees, gender_and_number, is_subject, subjects_first
from extractors.base import Entity, EventDraft, Mention
from extractors.document import Document
from extractors.gazetteer import load_gazetteer
from extractors.gazetteer_files import KnownActor, government_of
from extractors.governments import GOVERNMENT
from extractors.nisba_states import actor_of_adjective, entity_of
from extractors.normalise import bare
from extractors.participants import Participants
from extractors.told_entities import ToldEntities
from extractors.type_groups import ATTACKS, BODIES, HARM

Told = tuple[Mention, Entity]
#: Whose members and forces stand for them.
_GROUPS = frozenset({"ArmedGroup", "Coalition", "MilitaryForce", "PoliticalParty", "Organization"})
#: Who can have a body or force of that type, besides people.
_OWNERS = {
    "MilitaryForce": frozenset({"State", "Person", "GovernmentBody"}) | _GROUPS,
    "GovernmentBody": frozenset({"State", "Person"}),
    "Population": frozenset({"State", "Person"}) | BODIES,
}
#: The noun of a whole people.
_PEOPLE = bare("شعب")


def body_with_suffix(told: ToldEntities, mention: Mention, ids: Sequence[str]) -> str | None:
    """The entity that a mention with a suffix means, `ids` being those of the article's mentions so far; None
    where it is a group of its own.
    """
    before = [(m, told.entities[e]) for m, e in zip(told.mentions, ids, strict=True) if e]
    whose = _owner(told.document, mention, before)
    body = _body_of(told.document, mention, whose, before) if whose else None
    if isinstance(body, Mention):
        return told.new(body, local=False)
    return told.store(body) if body else None


def not_on_its_own(event: EventDraft, participants: Participants) -> EventDraft:
    """The attack without those of the doer's own state whom a suffix told: in "اتهمت روسيا تركيا بقصف قواتها"
    the suffix means the accuser.
    """
    doers = {participants.entity(a).key for a in event.roles.get("actor", ())} - {None}
    own = {
        m.entity
        for m in participants.by_sentence[event.sentence]
        if m.owner and event.type in ATTACKS | HARM and _whole_of(participants.entity(m.entity)) in doers
    }
    if not own.intersection(event.roles.get("recipient", ())):
        return event
    rest = tuple(r for r in event.roles["recipient"] if r not in own)
    return replace(event, roles={**event.roles, "recipient": rest})


def _whole_of(body: Entity) -> str | None:
    """The key of the state that a body is of, by what is known of it or by its adjective."""
    known = load_gazetteer().actors.get(body.key or "")
    named = actor_of_adjective(body.label_ar.split()[-1])
    return known.part_of if known is not None else named.key if named is not None else None


def _owner(document: Document, mention: Mention, told: Sequence[Told]) -> Told | None:
    """Whom the suffix of a mention means: of those told before in its sentence, then in the one before, whom
    it agrees with and who can have such a body.
    """
    pronoun = document.sentences[mention.sentence].words[mention.owner - 1]
    gender, number = gender_and_number(pronoun)
    for m, entity in _before(document, mention, told):
        fits = entity.type in _OWNERS.get(mention.type, ())
        fits = fits or (mention.type == "GovernmentBody" and _people_of(m) is not None)
        if fits and agrees(entity, m, gender, number):
            return m, entity
    return None


def _body_of(document: Document, mention: Mention, of: Told, told: Sequence[Told]) -> Entity | Mention | None:
    """What a mention with a suffix means where the suffix means `of`: an entity, or the mention itself with
    what it is called in full; None where it is a group of its own.
    """
    if of[1].type == "Person":
        whose = _led(of[1], told, mention)
    else:
        whose = _people_of(of[0]) or _state_over(of[1]) or of[1]
    if mention.type == "Population" and mention.form != "members":
        return None
    if whose is not None and whose.type in _GROUPS:
        return whose if mention.type != "GovernmentBody" else None
    if whose is not None and whose.key in load_gazetteer().actors and mention.type != "Population":
        return _of_state(document, mention, load_gazetteer().actor(whose.key or ""))
    if of[1].type == "Person" and mention.type == "MilitaryForce":
        noun = document.sentences[mention.sentence].words[mention.first - 1].text
        return replace(mention, label=f"{noun} {of[1].label_ar}")
    return None


def _before(document: Document, mention: Mention, told: Sequence[Told]) -> Iterator[Told]:
    """The actors before a mention, the likeliest owner first: the nearest, but of a subject's suffix and
    across sentences rather another subject.
    """
    places = [m for m, _ in told if m.kind == "place"]
    actors = {
        id(m): e
        for m, e in told
        if m.kind != "place"  # nor what is named within a place (كردستان العراق)
        and not any(p.sentence == m.sentence and p.first < m.first and m.last <= p.last for p in places)
    }
    named = [m for m, _ in told if id(m) in actors]
    words = document.sentences[mention.sentence].words
    here = [m for m in named if m.sentence == mention.sentence and m.last < mention.first]
    order = [*subjects_first(words, here)] if is_subject(words, mention) else here[::-1]
    if mention.sentence:
        earlier = [m for m in named if m.sentence == mention.sentence - 1]
        order += subjects_first(document.sentences[mention.sentence - 1].words, earlier)
    return ((m, actors[id(m)]) for m in order)


def _people_of(mention: Mention) -> Entity | None:
    """The state whose people a mention means (الشعب السوري)."""
    words = mention.span.text.split()
    if bare(words[0]) != _PEOPLE:
        return None
    actors = (actor_of_adjective(w) for w in words[1:])
    return next((entity_of(a) for a in actors if a is not None and a.type == "State"), None)


def _state_over(body: Entity) -> Entity | None:
    """The state of its government or ministry (وزارة الدفاع الروسية)."""
    if body.type != "GovernmentBody":
        return None
    known = load_gazetteer().actors.get(body.key or "")
    whole = load_gazetteer().actors.get(known.part_of or "") if known else None
    named = whole or actor_of_adjective(body.label_ar.split()[-1])
    return entity_of(named) if named is not None and named.type == "State" else None


def _led(person: Entity, told: Sequence[Told], mention: Mention) -> Entity | None:
    """The body or state that a person heads or belongs to, by the words of his titles; of a known person's
    government also by his country.
    """
    spans = [m for m, e in told if e.id == person.id]
    for m, e in told:
        within = any(s.sentence == m.sentence and s.first < m.first and m.last <= s.last for s in spans)
        if within and (e.type in BODIES or e.type == "State"):
            return e
    adjectives = (actor_of_adjective(w) for s in spans for w in s.span.text.split())
    state = next((entity_of(a) for a in adjectives if a is not None), None)
    if state is None and mention.type == "GovernmentBody" and person.key:
        of_country = load_gazetteer().state_of(load_gazetteer().actor(person.key).country)
        return entity_of(of_country) if of_country is not None else None
    return state


def _of_state(document: Document, mention: Mention, actor: KnownActor) -> Entity | Mention | None:
    """The body or force of a state, or of its government, by what it is called: القوات التركية."""
    gazetteer = load_gazetteer()
    if actor.type != "State" or not actor.nisba:
        return None
    words = [w.text for w in document.sentences[mention.sentence].words[mention.first - 1 : mention.last]]
    at = mention.owner - mention.first
    own, adjectives = [_alone(w) for w in words[:at]], words[at + 1 :]
    if bare(own[0]) == GOVERNMENT and at == 1:
        return entity_of(gazetteer.actor(government_of(actor.key)))
    head = gazetteer.head(own[0])
    feminine = head is not None and (head.gender == "f" or head.number == "p")
    own[-1] = f"ال{own[-1]}"
    full = " ".join((*own, *adjectives, f"ال{actor.nisba[0]}" + ("ة" if feminine else "")))
    known = gazetteer.find_actors(full.split())
    if len(known) == 1 and (known[0].first, known[0].last) == (0, len(full.split()) - 1):
        return entity_of(gazetteer.actor(known[0].key))
    return replace(mention, label=full)


def _alone(stem: str) -> str:
    """How a noun before a suffix is written alone (خارجيت in خارجيتها)."""
    return stem[:-1] + "ة" if stem.endswith("ت") and not stem.endswith("ات") else stem
