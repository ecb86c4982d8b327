"""Jobs: how far many articles sent in one go have come."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from api.dependencies import Work
from api.examples import JOB
from api.parameters import Identity, answers
from api.responses import not_found
from api.security import analyst

router = APIRouter(prefix="/jobs", tags=["articles"], dependencies=[Depends(analyst)])


@router.get("", responses=answers({"items": [JOB]}))
def jobs(work: Work) -> dict[str, Any]:
    """All jobs that are under way, and the last that ended."""
    return {"items": [job.report() for job in work.jobs.all()]}


@router.get("/{identity}", responses=answers(JOB, 404))
def job(work: Work, identity: Identity) -> dict[str, Any]:
    """The progress of a job; `failures` name the articles that were left out, and why."""
    found = work.jobs.get(identity)
    if found is None:
        raise not_found("job", identity, "it may have ended before the server was started again")
    return found.report()


@router.delete("/{identity}", responses=answers(JOB, 404))
def cancel(work: Work, identity: Identity) -> dict[str, Any]:
    """Stop a job after the article that it is reading; what is loaded stays."""
    found = work.jobs.get(identity)
    if found is None:
        raise not_found("job", identity, "it may have ended before the server was started again")
    found.cancelled.set()
    return found.report()
