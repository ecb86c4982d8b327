"""Articles: add one or many, list, get, delete with all that only it supports."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field, ValidationError

from api.dependencies import Services, Store, Work
from api.examples import CHANGES, DOCUMENT, JOB, page
from api.fetch import fetch_page
from api.parameters import After, Identity, Limit, answers
from api.responses import ApiError, Json, not_found
from api.security import admin, analyst
from extractors.reader import read_all, read_article
from schema.contract import to_contract
from schema.errors import ArticleError
from schema.model import Article

router = APIRouter(prefix="/articles", tags=["articles"])

BATCH_LIMIT = 10_000
PAGE_BYTES = 5_000_000


class ArticleInput(BaseModel):
    """An article as text, or as the URL of its page where the server may fetch pages."""

    text: str | None = Field(default=None, description="The article's text.", examples=["أعلن الجيش …"])
    url: str | None = Field(default=None, max_length=2000, description="Where it stands on the web.")
    id: str | None = Field(default=None, max_length=200, description="Left out: a hash of the content.")
    title: str | None = Field(default=None, max_length=1000)
    date: str | None = Field(default=None, max_length=40, description="ISO date of publication.")
    source: str | None = Field(default=None, max_length=200, description="Who published it.")


BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ArticleInput.model_json_schema()},
            "text/plain": {"schema": {"type": "string"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }
}
BATCH_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "array", "items": ArticleInput.model_json_schema()}},
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }
}


@router.post(
    "",
    dependencies=[Depends(analyst)],
    openapi_extra=BODY,
    responses=answers({"extraction": {"id": "sample-1"}, "text": "…", "changes": CHANGES}, 413, 502, 503),
)
async def add(
    request: Request,
    work: Work,
    store: Annotated[bool, Query(description="false: read the article and keep nothing.")] = True,
) -> Response:
    """Read an article (JSON, plain text, or a page's HTML) and load what it says.

    The answer has the extraction in the form of the output contract, the text that its offsets count in,
    and what changed in the graph. Sending the same article again changes nothing.
    """
    from starlette.concurrency import run_in_threadpool

    body = await request.body()
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    return Json(await run_in_threadpool(_add, work, body, kind, store))


def _add(work: Services, body: bytes, kind: str, store: bool) -> dict[str, Any]:
    article = _article(work, body, kind)
    if store:
        extraction, report = work.load(article)
        changes: dict[str, Any] | None = asdict(report)
    else:
        extraction, changes = work.extract(article), None
    return {
        "extraction": to_contract(extraction, work.ontology),
        "text": article.text,
        "changes": changes,
    }


def _article(work: Services, body: bytes, kind: str) -> Article:
    if kind == "text/plain":
        return read_article(body, kind="text", name="the request")
    if kind == "text/html":
        return read_article(body, kind="html", name="the request")
    if kind != "application/json":
        raise ApiError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "media-type",
            "send the article as application/json, text/plain or text/html",
        )
    try:
        given = ArticleInput.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ArticleError(f"the request: {where or 'body'}: {first['msg']}") from error
    fields: dict[str, Any] = {
        "id": given.id,
        "title": given.title,
        "date": given.date,
        "outlet": given.source,
    }
    if given.text is not None:
        return read_article(given.text, kind="text", name="the request", url=given.url, **fields)
    if given.url is None:
        raise ArticleError('the request: give "text", or "url" where the server may fetch pages')
    if not work.api_settings.fetch_urls:
        raise ApiError(
            HTTPStatus.FORBIDDEN,
            "fetch",
            "this server fetches no pages (HADATH_FETCH_URLS is off): send the text",
        )
    return read_article(
        fetch_page(given.url, PAGE_BYTES), kind="html", name="the page", url=given.url, **fields
    )


@router.post(
    "/batch",
    dependencies=[Depends(analyst)],
    openapi_extra=BATCH_BODY,
    status_code=202,
    responses=answers(JOB, 413, 503, code=202, description="Under way; Location names the job."),
)
async def add_many(request: Request, work: Work) -> Response:
    """Load many articles, as a JSON list or as JSON lines; the answer names a job with its progress."""
    from starlette.concurrency import run_in_threadpool

    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return await run_in_threadpool(_start, work, body, kind)


def _start(work: Services, body: bytes, kind: str) -> Response:
    form = {"application/json": "json", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl"}.get(
        kind
    )
    if form is None:
        raise ApiError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", "send application/json or application/x-ndjson"
        )
    articles = list(read_all(body, kind="json" if form == "json" else "jsonl", name="the request"))
    if not articles or len(articles) > BATCH_LIMIT:
        raise ArticleError(f"the request holds {len(articles)} articles; send 1 to {BATCH_LIMIT}")
    job = work.jobs.start(articles, work.load)
    return Json(job.report(), HTTPStatus.ACCEPTED, {"Location": f"/jobs/{job.id}"})


@router.get("", responses=answers(page(DOCUMENT), 400, 503))
def articles(
    store: Store,
    source: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """The articles in the graph, the newest first, without their text."""
    return asdict(store.articles(source=source, limit=limit, after=after))


@router.get("/{identity}", responses=answers({**DOCUMENT, "text": "…", "sentences": []}, 404, 503))
def article(store: Store, identity: Identity) -> dict[str, Any]:
    """One article with its text and sentences."""
    found = store.article(identity)
    if found is None:
        raise not_found("article", identity, "list them with /articles")
    return found


@router.delete(
    "/{identity}",
    dependencies=[Depends(admin)],
    responses=answers({**CHANGES, "outcome": "deleted"}, 404, 503),
)
def delete(store: Store, identity: Identity) -> dict[str, Any]:
    """Take an article out, with all that only it supports."""
    report = store.delete_article(identity)
    if report.outcome == "absent":
        raise not_found("article", identity, "list them with /articles")
    return asdict(report)
