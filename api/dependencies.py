"""What the routes work with, made once for an application and handed to each request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request

from api.jobs import Jobs
from api.settings import ApiSettings
from extractors.weights import run_info
from graph.batch import build_batch
from graph.settings import Settings
from graph.store import GraphStore, WriteReport, open_store
from schema.model import Article, Extraction, RunInfo
from schema.ontology import Ontology, load_ontology


class Pipeline(Protocol):
    """What turns an article into an extraction."""

    def extract(self, article: Article) -> Extraction: ...


@dataclass(slots=True)
class Services:
    """The graph, the ontology, the extraction and the jobs of one application.

    The pipeline is built at its first use, since its models take seconds to load; articles go through
    it one at a time. The graph remembers by which program and models an article was read, as it does of
    `scripts.ingest`, which then passes it over.
    """

    settings: Settings
    api_settings: ApiSettings
    ontology: Ontology
    jobs: Jobs
    given_store: GraphStore | None = None
    given_pipeline: Pipeline | None = None
    _opened: GraphStore | None = None
    _run: RunInfo | None = None
    _store_lock: threading.Lock = field(default_factory=threading.Lock)
    _reading: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def make(
        cls,
        settings: Settings,
        api_settings: ApiSettings,
        store: GraphStore | None,
        pipeline: Pipeline | None,
    ) -> Services:
        jobs = Jobs(api_settings.job_limit)
        return cls(settings, api_settings, load_ontology(), jobs, store, pipeline)

    @property
    def store(self) -> GraphStore:
        """The graph, opened at its first use; `StoreError` when its server cannot be reached."""
        if self.given_store is not None:
            return self.given_store
        with self._store_lock:
            if self._opened is None:
                self._opened = open_store(self.settings)
            return self._opened

    def extract(self, article: Article) -> Extraction:
        with self._reading:
            if self.given_pipeline is None:
                from extractors.pipeline import build_pipeline

                self.given_pipeline = build_pipeline(self.settings.models)
                self._run = run_info(self.settings.models)
            return self.given_pipeline.extract(article)

    def load(self, article: Article) -> tuple[Extraction, WriteReport]:
        """Read an article and write what it says; nothing is written when any of it does not fit."""
        extraction = self.extract(article)
        return extraction, self.store.write(build_batch(extraction, self.ontology, self._run))

    def close(self) -> None:
        self.jobs.close()
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


def graph_store(found: Annotated[Services, Depends(services)]) -> GraphStore:
    return found.store


Work = Annotated[Services, Depends(services)]
Store = Annotated[GraphStore, Depends(graph_store)]
Row = dict[str, Any]
Loader = Callable[[Article], object]
