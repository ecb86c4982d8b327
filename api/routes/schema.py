"""What there is to know about the data: types, colours, statuses, counts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.dependencies import Store, Work
from api.parameters import answers
from api.recipes import RECIPES
from graph.visual import legend

router = APIRouter(tags=["schema"])


@router.get("/schema", responses=answers({"types": {}, "predicates": {}, "statuses": {}}))
def schema(work: Work) -> dict[str, Any]:
    """The ontology as pictures need it, with roles, kinds of casualties and Cypher recipes."""
    ontology = work.ontology
    shown = legend(ontology)
    return {
        **shown,
        "predicates": {
            name: {**entry, "symmetric": ontology.is_symmetric(name)}
            for name, entry in shown["predicates"].items()
        },
        "events": {
            name: {
                "ar": kind.label_ar,
                "en": kind.label_en,
                "family": kind.family,
                "plover": kind.plover,
                "cameo": kind.cameo,
            }
            for name, kind in ontology.event_types.items()
        },
        "roles": {name: {"ar": role.label_ar, "en": role.label_en} for name, role in ontology.roles.items()},
        "casualty_kinds": {
            name: {"ar": kind.label_ar, "en": kind.label_en} for name, kind in ontology.casualty_kinds.items()
        },
        "stances": {
            name: {"ar": stance.label_ar, "en": stance.label_en} for name, stance in ontology.stances.items()
        },
        "recipes": [{"ar": recipe.ar, "en": recipe.en, "cypher": recipe.cypher} for recipe in RECIPES],
    }


@router.get("/stats", responses=answers({"documents": 12, "nodes": {"Entity": 90}}, 503))
def stats(store: Store) -> dict[str, Any]:
    """Counts of articles, nodes by label, edges by type, events by type and status."""
    return store.stats()
