"""The API against its own description: generated requests find no fault of the server."""

from __future__ import annotations

import os

import pytest
import schemathesis
from api_support import PreparedPipeline
from factory import make_extraction
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from api.app import create_app
from api.settings import ApiSettings
from graph.batch import build_batch
from graph.settings import Settings
from graph.store import GraphStore
from schema.ontology import Ontology

pytestmark = pytest.mark.server

#: Requests an operation; HADATH_TEST_EXAMPLES raises it for a longer hunt.
EXAMPLES = int(os.environ.get("HADATH_TEST_EXAMPLES", "12"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]


@pytest.fixture(scope="module")
def app(session_store: GraphStore, store_settings: Settings, ontology: Ontology) -> FastAPI:
    session_store.clear()
    session_store.write(build_batch(make_extraction(), ontology))
    given = ApiSettings(_env_file=None, rate_limit=0, allowed_hosts="testserver,localhost")  # type: ignore[call-arg]
    return create_app(store_settings, api_settings=given, store=session_store, pipeline=PreparedPipeline())


@pytest.fixture(scope="module")
def described(app: FastAPI) -> schemathesis.schemas.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


OPERATIONS = sorted(
    f"{method.upper()} {path}"
    for path, methods in create_app(api_settings=ApiSettings(_env_file=None)).openapi()["paths"].items()  # type: ignore[call-arg]
    for method in methods
)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_generated_requests_find_no_fault(described: schemathesis.schemas.BaseSchema, operation: str) -> None:
    method, path = operation.split()

    @given(case=described[path][method].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def run(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    run()


def test_the_description_is_openapi_3_1_with_examples(app: FastAPI) -> None:
    described = app.openapi()
    assert described["openapi"].startswith("3.1")
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), (method, path)
            good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
            content = next(iter(good["content"].items()))
            assert content[0] == "text/html" or "example" in content[1], (method, path)
