"""Who is deployed or leaves: of those that come only bodies and fighters, and whoever is sent or brought away
where nobody is told who sends them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.antecedents import antecedent_of
from extractors.coordination import joined_to
from extractors.detection import Found
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.phrases import has_pronoun
from extractors.referents import resolve, resolve_mention
from extractors.type_groups import BODIES, FIGHTERS, MOVEMENTS

if TYPE_CHECKING:
    from extractors.roles import Roles


def movers(roles: Roles, item: Found, actors: list[str]) -> list[str]:
    """Who moves in a deployment or withdrawal whose subject, or doer, is `actors`."""
    if item.trigger.type not in MOVEMENTS:
        return actors
    if item.trigger.type == "Deployment" and fold(item.trigger.lemma) in function_words("arrivals"):
        # A person who arrives is a visitor; where no word tells of forces, only these are deployed.
        told = bool(item.trigger.with_)
        return [
            a
            for a in actors
            if (roles.entities[a].type != "Person" if told else roles.entities[a].type in FIGHTERS)
        ]
    sent = [] if any(roles.entities[a].type != "Person" for a in actors) else _moved(roles, item)
    return sent or actors  # a person sends others and stays


def _moved(roles: Roles, item: Found) -> list[str]:
    """Those who are sent or brought away (نُشر مئات الجنود، إجلاء الطيارين), joined to them too."""
    slots = [slot for slot, role in item.trigger.frame.items() if role == "instrument"]
    if "obj" in slots:
        slots.append("subj")  # of the passive
    for slot in slots:
        for filler in item.slots.get(slot):
            words = roles.participants.clauses[item.sentence].words
            owner = (
                antecedent_of(roles.participants, item.sentence, words[filler])
                if has_pronoun(words, filler - 1)
                else None
            )
            if owner is not None and roles.entities[owner].type in BODIES | {"State"}:
                return [owner]  # سحب مستشاريها: her own people
            mention = resolve_mention(roles.participants, item.sentence, filler, places=False)
            if mention is None or mention.type not in BODIES | {"Population", "Person"}:
                continue
            return [mention.entity, *(m.entity for m in joined_to(roles.participants, mention))]
    return []


def is_place_gone_to(roles: Roles, item: Found, fillers: list[int]) -> bool:
    """Whether the noun after a verbal noun of coming or leaving is the place, which acts not."""
    visit = fold(item.trigger.lemma) in function_words("visits")
    if not fillers or (item.trigger.type not in MOVEMENTS and not visit):
        return False
    if visit and any(item.slots.get(slot) for slot in ("إلى", "ل", "obj", "مع")):
        return False
    entity = resolve(roles.participants, item.sentence, fillers[0])
    return entity is not None and roles.entities[entity].kind in (("place", "state") if visit else ("place",))
