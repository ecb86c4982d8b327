"""The explorer: one page, its scripts and libraries, all from here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from api.responses import not_found
from graph.visual import ASSETS, vis_network_script

router = APIRouter(include_in_schema=False)

STATIC = Path(__file__).parents[1] / "static"

# vis-network and Leaflet set styles through the object model, which this allows
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """What may be asked for, by name: nothing outside these folders can be reached."""
    found = {
        path.relative_to(STATIC).as_posix(): path
        for path in sorted(STATIC.rglob("*"))
        if path.is_file() and path.suffix in TYPES
    }
    found["theme.css"] = ASSETS / "theme.css"
    return found


@router.get("/")
def index() -> Response:
    return _answer("index.html", (STATIC / "index.html").read_bytes())


@router.get("/static/{name:path}")
def static(name: str) -> Response:
    if name == "vendor/vis-network.min.js":
        return _answer(name, vis_network_script().encode())
    path = _files().get(name)
    if path is None:
        raise not_found("file", name, "the explorer is at /")
    return _answer(name, path.read_bytes())


def _answer(name: str, content: bytes) -> Response:
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"}
    return Response(content, media_type=TYPES[Path(name).suffix], headers=headers)
