"""Long work in the background: many articles sent in one go, with progress that can be asked for.

Jobs live in the memory of the process: an article is written whole or not at all, and sending the
articles again changes nothing, so a job that a restart cut off is simply sent again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal
from uuid import uuid4

from api.responses import ApiError
from schema.errors import HadathError
from schema.model import Article

log = logging.getLogger("hadath.api")

State = Literal["waiting", "running", "done", "cancelled", "failed"]

ENDED_KEPT = 100
FAILURES_KEPT = 100


@dataclass(slots=True)
class Job:
    """Articles on their way into the graph. `failures` name the articles that were left out, and why."""

    id: str
    total: int
    state: State = "waiting"
    done: int = 0
    failed: int = 0
    failures: list[dict[str, str]] = field(default_factory=list)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def report(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "state": self.state,
            "total": self.total,
            "done": self.done,
            "failed": self.failed,
            "failures": list(self.failures),
        }


class Jobs:
    """Runs one job after the other, in one thread."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hadath-job")

    def start(self, articles: Sequence[Article], load: Callable[[Article], object]) -> Job:
        """Queue the articles; 503 when too many jobs wait already."""
        with self._lock:
            open_jobs = [job for job in self._jobs.values() if job.state in ("waiting", "running")]
            if len(open_jobs) >= self.limit:
                raise ApiError(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "busy",
                    f"{len(open_jobs)} jobs are under way; send this one when one of them has ended",
                    {"Retry-After": "30"},
                )
            job = Job(uuid4().hex, len(articles))
            self._jobs[job.id] = job
            ended = [key for key, other in self._jobs.items() if other.state not in ("waiting", "running")]
            for key in ended[: max(0, len(ended) - ENDED_KEPT)]:
                del self._jobs[key]
        self._thread.submit(self._run, job, tuple(articles), load)
        return job

    def get(self, identity: str) -> Job | None:
        with self._lock:
            return self._jobs.get(identity)

    def all(self) -> list[Job]:
        with self._lock:
            return list(self._jobs.values())

    def close(self) -> None:
        """Stop after the article that is being read."""
        for job in self.all():
            job.cancelled.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    @staticmethod
    def _run(job: Job, articles: Sequence[Article], load: Callable[[Article], object]) -> None:
        job.state = "running"
        try:
            for article in articles:
                if job.cancelled.is_set():
                    job.state = "cancelled"
                    return
                try:
                    load(article)
                    job.done += 1
                except HadathError as error:
                    job.failed += 1
                    if len(job.failures) < FAILURES_KEPT:
                        job.failures.append({"article": article.id, "detail": str(error)})
            job.state = "done"
        except Exception:
            log.exception("job %s failed", job.id)
            job.state = "failed"
