"""Types of the ontology that the steps treat alike."""

from __future__ import annotations

HARM = frozenset({"Killing", "Wounding"})
#: What is done to people that are counted.
COUNTED = HARM | {"Arrest", "Abduction"}
#: Their verbs without subject are passive in the masculine singular (قُتل خمسة عناصر).
HARM_TO_PEOPLE = frozenset({"Killing", "Wounding", "Arrest", "Abduction", "Release", "Prosecution"})
#: Event type -> kind of casualty of its recipients.
KINDS = {"Killing": "killed", "Wounding": "wounded", "Arrest": "captured", "Abduction": "abducted"}
#: Acts of violence by one side on another.
STRIKES = frozenset({"Airstrike", "Shelling", "Bombing", "ArmedAttack"})
#: What may cause harm to people.
ATTACKS = STRIKES | {"Clash", "Campaign"}
#: Coming and leaving.
MOVEMENTS = frozenset({"Deployment", "Withdrawal"})
#: Their noun may tell how another act is done (بدعم من X).
HELP = frozenset({"Aid", "Support"})
#: What is said, to or of somebody: who is said to do it does not do what its noun tells.
SAID = frozenset({"Demand", "Accusation", "Condemnation", "Rejection", "Threat", "Statement"})
#: Stances, which are taken by saying so: who takes one says it himself.
STANCES = frozenset({"Accusation", "Condemnation", "Demand", "Threat", "Support", "Rejection"})
#: One and several.
PEOPLE = frozenset({"Person", "Population"})
#: Actors that fight.
ARMED = frozenset({"State", "MilitaryForce", "ArmedGroup", "Coalition"})
#: Bodies that fight.
FIGHTERS = frozenset({"MilitaryForce", "ArmedGroup", "Coalition"})
#: Actors in power.
AUTHORITIES = frozenset({"State", "GovernmentBody", "MilitaryForce", "Coalition"})
#: Actors that have members and parts.
BODIES = frozenset(
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
#: Who may be quoted.
SPEAKERS = BODIES | {"Person", "State", "Population"}
#: Acts on another that are done by meeting him or by words.
DEALINGS = frozenset({"Meeting", "Demand", "Accusation", "Condemnation", "Support", "Threat"})
