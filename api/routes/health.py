"""Whether the server is well."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.dependencies import Work
from api.parameters import answers

router = APIRouter(tags=["health"])


@router.get("/health", responses=answers({"status": "ok", "graph": "ok"}, 503))
def health(work: Work) -> dict[str, Any]:
    """Whether the graph answers: for load balancers and containers; tells nothing else, needs no key."""
    work.store.neighbourhood([], depth=0)
    return {"status": "ok", "graph": "ok"}
