"""The HTTP service: the query API, and the explorer as its first page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from api.dependencies import Pipeline, Services
from api.middleware import BodyLimit, KnownHosts, RateLimit, SecurityHeaders
from api.responses import Json, install, problem_answers
from api.routes import (
    articles,
    cypher,
    entities,
    events,
    explorer,
    exports,
    graph,
    health,
    jobs,
    schema,
    statements,
)
from api.security import KeyRing, hosts_of, reader
from api.settings import ApiSettings
from graph.settings import Settings
from graph.store import GraphStore

DESCRIPTION = """\
Who did what to whom, where and when, how many were hurt, and according to whom: actors, events and
relations from Arabic news, each with the Arabic sentence behind it.

Planned and denied events are left out unless `status` asks for them. Lists come in pages: give the
`next` of one answer as `after`. Times are ISO 8601, offsets count code points of the article's own
text. Errors are problem documents (RFC 9457).
"""


def create_app(
    settings: Settings | None = None,
    *,
    api_settings: ApiSettings | None = None,
    store: GraphStore | None = None,
    pipeline: Pipeline | None = None,
) -> FastAPI:
    """The application. What is not given is made from the settings, at its first use.

    A given store stays open when the application ends. Raises `InputError` when the keys in the settings
    are wrong.
    """
    settings = settings or Settings()
    api_settings = api_settings or ApiSettings()
    keys = KeyRing.read(api_settings.api_keys)
    found = Services.make(settings, api_settings, store, pipeline)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        found.close()

    app = FastAPI(
        title="Hadath",
        version="0.1.0",
        description=DESCRIPTION,
        default_response_class=Json,
        lifespan=lifespan,
        # their pages load scripts from elsewhere; /openapi.json and docs/api.md stay
        docs_url=None,
        redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.services = found
    app.state.keys = keys
    install(app)
    app.add_middleware(BodyLimit, limit=api_settings.body_limit)
    app.add_middleware(RateLimit, per_minute=api_settings.rate_limit, keys=keys)
    app.add_middleware(KnownHosts, hosts=hosts_of(api_settings))
    app.add_middleware(SecurityHeaders)
    for room in (articles, entities, events, statements, graph, cypher, exports, jobs, schema):
        app.include_router(room.router, dependencies=[Depends(reader)], responses=problem_answers())
    app.include_router(health.router)
    app.include_router(explorer.router)
    return app
