"""Answers: JSON with Arabic as letters, and errors as RFC 9457 problem documents.

An error of the project becomes the status that stands beside it in `STATUS_OF`; anything else is a bug
and becomes a 500 that tells nothing of the inside (the log has the trace).
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from schema.errors import (
    ArticleError,
    BatchError,
    HadathError,
    InputError,
    ModelError,
    OntologyError,
    QueryError,
    StoreError,
)

log = logging.getLogger("hadath.api")

PROBLEM_JSON = "application/problem+json"

STATUS_OF: Mapping[type[HadathError], tuple[HTTPStatus, str]] = {
    ArticleError: (HTTPStatus.UNPROCESSABLE_ENTITY, "article"),
    BatchError: (HTTPStatus.UNPROCESSABLE_ENTITY, "batch"),
    InputError: (HTTPStatus.UNPROCESSABLE_ENTITY, "input"),
    OntologyError: (HTTPStatus.UNPROCESSABLE_ENTITY, "ontology"),
    QueryError: (HTTPStatus.BAD_REQUEST, "query"),
    StoreError: (HTTPStatus.SERVICE_UNAVAILABLE, "store"),
    ModelError: (HTTPStatus.SERVICE_UNAVAILABLE, "models"),
}


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(examples=["urn:hadath:problem:not-found"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["there is no entity 'actor-1'; search with /entities?search="])
    instance: str | None = Field(default=None, examples=["/entities/actor-1"])


def problem_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entry for answers that are problem documents; five of them can always come."""
    return {
        status: {
            "model": Problem,
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({400, 401, 403, 422, 429, *statuses})
    }


class ApiError(Exception):
    """An answer that is an error of the API itself; `detail` says what is wrong and what to do."""

    def __init__(
        self, status: HTTPStatus, kind: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = headers


def not_found(what: str, identity: str, hint: str) -> ApiError:
    return ApiError(HTTPStatus.NOT_FOUND, "not-found", f"there is no {what} {identity!r}; {hint}")


class Json(JSONResponse):
    """JSON in UTF-8. Numbers that JSON has no form for (NaN, infinity) become null."""

    def render(self, content: Any) -> bytes:
        return to_json(content).encode("utf-8", "replace")


def to_json(content: Any) -> str:
    """One line of JSON with Arabic as letters."""
    try:
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        finite = _finite(content)
        return json.dumps(finite, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def problem(
    status: HTTPStatus,
    kind: str,
    detail: str,
    instance: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document. `kind` is the last part of its type."""
    body: dict[str, Any] = {
        "type": f"urn:hadath:problem:{kind}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if instance is not None:
        body["instance"] = instance
    return Json(body, status.value, dict(headers) if headers else None, media_type=PROBLEM_JSON)


def install(app: FastAPI) -> None:
    """Let every error of the application leave as a problem document."""
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(HadathError, _project_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _bug)


async def _api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return problem(error.status, error.kind, error.detail, request.url.path, error.headers)


async def _project_error(request: Request, error: Exception) -> Response:
    for kind in type(error).__mro__:
        if kind in STATUS_OF:
            status, name = STATUS_OF[kind]
            return problem(status, name, str(error), request.url.path)
    return await _bug(request, error)


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # the input is not sent back: it may be long, hostile or no valid Unicode
    details = [f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()[:5]]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "request", "; ".join(details), request.url.path)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    return problem(status, "http", str(error.detail), request.url.path, error.headers)


async def _bug(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal",
        "the server failed on this request; its log says where",
        request.url.path,
    )
