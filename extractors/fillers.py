"""Whom the word of a slot stands for: the entity named there, the one a pronoun means, those joined to it.

Where the word names nobody, whose deed or stance it is, and the state of a vehicle's adjective.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.antecedents import antecedent_of, may_mean, place_antecedent
from extractors.base import Mention
from extractors.coordination import joined_to
from extractors.detection import Found
from extractors.document import Word
from extractors.expulsions import drives_out
from extractors.ground import counted_ground, named_ground
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.phrases import definite, has_pronoun, is_adjective
from extractors.referents import resolve, resolve_mention
from extractors.spoken_of import speaker_as_subject
from extractors.triggers import load_triggers
from extractors.type_groups import ARMED, HELP, KINDS, MOVEMENTS, SAID, STRIKES
from schema.ontology import load_ontology

if TYPE_CHECKING:
    from extractors.roles import Roles

_AGENT_ROLES = frozenset({"actor", "partner", "beneficiary", "accuser"})
#: Types of what is said for or against somebody by way of his deed or stance.
_JUDGING = frozenset({"Condemnation", "Support", "Rejection"})
#: What is done to people and to places (اقتحامها, قصفها).
_OF_PLACES_TOO = frozenset({"ArmedAttack", "Airstrike", "Shelling", "Bombing", "Siege"})


def filled_by(roles: Roles, item: Found, filler: int, slot: str, role: str) -> list[str]:
    """The entity of a filler, those joined to it by و, and those singled out of a group (بينهم X)."""
    entity = filler_of(roles, item, filler, slot, role)
    if entity is None and role == "recipient" and slot != "adj" and item.trigger.type in STRIKES | {None}:
        return list(named_ground(roles.participants, item.sentence, filler))  # مناطق في بلدة X
    if entity is None or (role == "recipient" and _suffered_otherwise(roles, item, filler)):
        return []
    mention = resolve_mention(roles.participants, item.sentence, filler, places=role not in _AGENT_ROLES)
    if item.trigger.type == "Search" and mention and _is_any(roles, mention):
        return []  # داهمت عدة منازل في X: which they are is not said, but where
    others = joined_to(roles.participants, mention) if mention else []
    if item.trigger.kind in ("agent", "patient"):
        # القوات المؤيدة للحكومة والمقاتلون: what is unlike its complement is joined to the forces
        others = [m for m in others if mention is not None and m.type == mention.type]
    ahead = item.first if filler < item.first else len(roles.participants.clauses[item.sentence].words) + 1
    if role == "recipient":
        others = [m for m in others if not _is_of_other_harm(item, m)]
    return [entity, *(m.entity for m in others if m.first < ahead)]


def _is_any(roles: Roles, mention: Mention) -> bool:
    """Whether several places are told by their bare noun, with no more than a word of quantity."""
    keys = roles.participants.clauses[mention.sentence].keys
    first = mention.first + (keys[mention.first - 1] in function_words("quantities"))
    return (mention.kind, mention.number) == ("place", "p") and first == mention.last


def _suffered_otherwise(roles: Roles, item: Found, filler: int) -> bool:
    counted = roles.participants.mention_at(item.sentence, filler)
    return counted is not None and _is_of_other_harm(item, counted)


def _is_of_other_harm(item: Found, mention: Mention) -> bool:
    """Whether people whose noun tells what they suffered suffered something else (سقط 12 قتيلا و30 جريحا),
    or are told as the outcome of an attack, not as its target (أوقع الهجوم 12 قتيلا).
    """
    if mention.casualty is None or item.trigger.kind in ("agent", "patient"):
        return False
    kind = KINDS.get(item.trigger.type or "")
    hurt = mention.casualty in ("killed", "wounded")
    return hurt and (item.trigger.type in STRIKES or (kind is not None and kind != mention.casualty))


def filler_of(roles: Roles, item: Found, filler: int, slot: str, role: str) -> str | None:
    """The entity that the word of a slot stands for."""
    sentence = item.sentence
    if slot == "adj":
        return roles.adjective(sentence, filler)
    clause = roles.participants.clauses[sentence]
    word = clause.word(filler)
    if item.trigger.kind in ("agent", "patient"):
        # عشرات من مؤيدي الرئيس: whom a participle names as the other party lies within its own phrase
        inner = [m for m in roles.participants.by_sentence[sentence] if m.first == filler]
        inner = [m for m in inner if m.kind != "place" and not m.covers(item.first)]
        if inner:
            return max(inner, key=lambda m: m.last).entity
    counted = roles.participants.mention_at(sentence, filler)
    if counted is not None and counted.quantity:
        return counted.entity
    if word.upos == "PRON" or fold(word.text) in ("ه", "ها", "هم", "هما", "هن"):
        relative = clause.antecedent(item.first) if item.verbal and slot not in ("obj", "gen") else None
        resumed = resolve(roles.participants, sentence, relative) if relative else None
        if resumed is None and role == "recipient" and _of_place(item, slot):
            return place_antecedent(roles.participants, sentence, word)
        doer = _doer_again(roles, item, word) if slot == "gen" and role == "actor" else None
        if resumed is None and role == "recipient" and item.trigger.type in _OF_PLACES_TOO:
            return antecedent_of(roles.participants, sentence, word, places=True)
        if slot == "subj" and item.verbal and filler < item.first:
            doer = speaker_as_subject(roles, item)
        return resumed or doer or antecedent_of(roles.participants, sentence, word)
    vehicle = clause.keys[filler - 1] in transparent("vehicles") or (
        item.trigger.type in STRIKES and clause.keys[filler - 1] in transparent("positions")
    )
    if vehicle and not definite(word) and (state := _state_of(roles, sentence, filler)):
        return state  # طائرة أميركية بدون طيار, مواقع إيرانية: whose it is, since it is none known
    found = resolve(roles.participants, sentence, filler, places=role not in _AGENT_ROLES)
    if found is None and role == "recipient":
        found = _whose(roles, item, filler)
    if found is None and vehicle and filler < len(clause.words):
        return _state_of(roles, sentence, filler)
    aimed = item.trigger.type in STRIKES or item.trigger.frame.get("subj") == "event"
    if found is None and role == "recipient" and aimed:
        return _owner(roles, item, filler)
    if found is None and role == "recipient" and _of_place(item, slot):
        counted = counted_ground(roles.participants, sentence, filler)
        of_name = next(iter(named_ground(roles.participants, sentence, filler)), None)
        return counted.entity if counted else of_name
    return found


def _whose(roles: Roles, item: Found, filler: int) -> str | None:
    """Whose deed or stance is judged: "نددت بالغارات الإسرائيلية", "أيدت موقف تركيا"."""
    if item.trigger.type not in _JUDGING:
        return None
    clause = roles.participants.clauses[item.sentence]
    for i in range(filler, min(len(clause.words), filler + 3)):
        if not is_adjective(clause.words[i]):
            break
        if state := roles.adjective(item.sentence, i + 1):
            return state
    deed = roles.nouns.get((item.sentence, filler))
    if deed is not None and deed.trigger.type is not None:
        type_ = load_ontology().event_type(deed.trigger.type)
        if type_.symmetric and item.trigger.type == "Rejection":
            # "ترفض التنسيق معها": with whom one will not do it
            parties = roles.of(deed)
            return next(iter((*parties.get("recipient", ()), *parties.get("partner", ()))), None)
        if type_.symmetric and item.trigger.type != "Rejection" and deed.slots.get("gen"):
            return filler_of(roles, deed, deed.slots.get("gen")[0], "gen", "actor")  # أشاد بمشاركة العشائر
        if not type_.symmetric and (item.trigger.type != "Rejection" or type_.name in SAID):
            return next(iter(roles.of(deed).get("actor", ())), None)
    if clause.keys[filler - 1] in transparent("proposals") and (maker := _proposer(roles, item, filler)):
        return maker
    if clause.keys[filler - 1] in transparent("stances"):
        after = filler + 2 if clause.keys[filler : filler + 1] == ["ل"] else filler + 1
        here = roles.participants.by_sentence[item.sentence]
        return next((m.entity for m in here if m.first == after), None)
    return None


def _proposer(roles: Roles, item: Found, filler: int) -> str | None:
    """Who made a proposal, by the relative clause behind it (المسودة التي قدمتها الأمم المتحدة)."""
    clause = roles.participants.clauses[item.sentence]
    for i in range(filler, min(len(clause.words), filler + 5)):
        if clause.keys[i] in function_words("proposes") and clause.relative_before(i + 1) is not None:
            here = roles.participants.by_sentence[item.sentence]
            behind = [m for m in here if i + 1 < m.first <= i + 3 and m.kind != "place"]
            return max(behind, key=lambda m: (-m.first, m.last)).entity if behind else None
    return None


def named_at(roles: Roles, item: Found, index: int) -> list[str]:
    """The party named at a word and those joined to it before the trigger."""
    mention = resolve_mention(roles.participants, item.sentence, index, places=False)
    if mention is None:
        return []
    joined = joined_to(roles.participants, mention)
    return [mention.entity, *(m.entity for m in joined if m.last < item.first)]


def _doer_again(roles: Roles, item: Found, pronoun: Word) -> str | None:
    """The doer whom a verbal noun's suffix means: that of the sentence's last verb, if it agrees
    (خطفت الجبهة خمسة بعد أيام من خطفها ثمانية).
    """
    for sentence, first, entity in reversed(roles.doers):
        if sentence == item.sentence and first < item.first:
            if _helps(roles.participants.clauses[sentence].word(first).text):
                return None  # ساعد التحالف البيشمركة في حربها: the war of those who are helped
            if item.trigger.type == "Capture" and roles.entities[entity].type not in ARMED:
                return None  # سيطرته: whoever takes places is armed
            return entity if may_mean(roles.participants, pronoun, entity) else None
    return None


def _state_of(roles: Roles, sentence: int, vehicle: int) -> str | None:
    """The state of a vehicle's adjective: دبابات روسية, طائرة حربية روسية, طائرة بدون طيار أمريكية."""
    clause = roles.participants.clauses[sentence]
    i = vehicle
    while clause.keys[i : i + 1] and clause.keys[i] in function_words("unmanned"):
        i += 1
    while i < len(clause.words) and is_adjective(clause.words[i]):
        if state := roles.adjective(sentence, i + 1):
            return state
        i += 1
    return None


def _helps(verb: str) -> bool:
    """Whether a verb tells of help to another."""
    return any(m.trigger.type in HELP for m in load_triggers().lookup(verb))


def _owner(roles: Roles, item: Found, filler: int) -> str | None:
    """Whose the unnamed thing is that an attack is on: قاعدة للقوات الأفريقية, سيارة عسكرية للجيش, سيارته."""
    clause = roles.participants.clauses[item.sentence]
    if has_pronoun(clause.words, filler - 1) and clause.keys[filler - 2] != "و":
        return antecedent_of(roles.participants, item.sentence, clause.words[filler])  # قاعدتهم، سيارته
    at = filler  # position behind the noun
    while at < len(clause.words) and is_adjective(clause.words[at]):
        at += 1
    if definite(clause.word(filler)) or clause.keys[at : at + 1] != ["ل"]:
        return None
    named = [m for m in roles.participants.by_sentence[item.sentence] if m.first == at + 2]
    owner = max(named, key=lambda m: m.last, default=None)
    return owner.entity if owner is not None and owner.kind != "place" else None


def _of_place(item: Found, slot: str) -> bool:
    """Whether what fills the slot is a place: what is taken, entered or left."""
    if item.trigger.type == "Capture":
        return (slot == "من") == drives_out(item.trigger.lemma)
    return item.trigger.type in MOVEMENTS


def is_portion_of_state(roles: Roles, item: Found, filler: int) -> bool:
    """Whether only a portion of the state behind من is told of (مساحات شاسعة من سوريا): it is not taken as a
    whole.
    """
    clause = roles.participants.clauses[item.sentence]
    at = filler - 3
    while at > 0 and is_adjective(clause.words[at]):
        at -= 1
    state = roles.participants.mention_at(item.sentence, filler)
    return at >= 0 and clause.keys[at] in function_words("portions") and bool(state and state.kind == "state")
