"""Types of the ontology that the steps treat alike."""

from __future__ import annotations

HARM = frozenset({"Killing", "Wounding"})
#: What is done to people that are counted.
COUNTED = HARM | {"Arrest", "Abduction"}
#: Acts of violence by one side on another.
STRIKES = frozenset({"Airstrike", "Shelling", "Bombing", "ArmedAttack"})
#: What may cause harm to people.
ATTACKS = STRIKES | {"Clash", "Campaign"}
#: Actors that fight.
ARMED = frozenset({"State", "MilitaryForce", "ArmedGroup", "Coalition"})
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
