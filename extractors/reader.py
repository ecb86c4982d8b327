"""Reading articles: plain text, HTML, JSON and JSON lines, from text, bytes, files and folders.

`Article.text` is the text as given (for HTML: the article that `trafilatura` finds on the page). Nothing is
invented: a date comes only from the field or tag that states it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from extractors.encoding import decoded
from extractors.residue import content_lines, outlet_of
from extractors.webpage import read_page
from schema.errors import ArticleError
from schema.identity import content_id
from schema.model import Article

Kind = Literal["text", "html", "json", "jsonl"]

#: The longest article that is read, in code points; a book or a log file is not an article.
MAX_CHARS = 1_000_000
_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_TEXT_FIELDS = ("text", "content", "body")


def read_article(
    source: str | bytes,
    *,
    kind: Kind | None = None,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    name: str = "article",
) -> Article:
    """The one article that `source` holds. What is given by keyword goes before what the source says.

    `kind` is found from the content when None. `name` (a file name, "file, line 3") begins the message of
    every error. Raises ArticleError when the source is empty, too long, binary, of a wrong encoding or form.
    """
    given = {"id": id, "title": title, "date": date, "source": outlet, "url": url}
    articles = read_all(source, kind=kind, name=name, given=given)
    first = next(articles, None)
    if first is None:
        raise ArticleError(f"{name}: it is empty; give an article's text")
    if next(articles, None) is not None:
        raise ArticleError(f"{name}: it holds several articles; read it as JSON lines")
    return first


def article_files(folder: Path) -> list[Path]:
    """The files of known suffix in a folder and below, in order of name; hidden ones are left out.

    Raises ArticleError where there is none.
    """
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix.lower() in _SUFFIXES)
    files = [f for f in files if not any(part.startswith(".") for part in f.relative_to(folder).parts)]
    if not files:
        raise ArticleError(f"{folder}: no {', '.join(_SUFFIXES)} file in this folder")
    return files


def read_path(path: Path | str) -> Iterator[Article]:
    """The articles of a file, or of all files of known suffix in a folder and below, in order of name.

    Raises ArticleError, naming the file and the line, at the first article that cannot be used.
    """
    path = Path(path)
    if path.is_dir():
        for file in article_files(path):
            yield from read_path(file)
        return
    kind = _SUFFIXES.get(path.suffix.lower())
    try:
        if kind == "jsonl":
            with path.open("rb") as stream:
                yield from _read_lines(stream, str(path), {})
            return
        data = path.read_bytes()
    except FileNotFoundError:
        raise ArticleError(f"{path}: no such file") from None
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read: {error.strerror}") from error
    yield from read_all(data, kind=kind, name=str(path))


def read_all(
    source: str | bytes,
    *,
    kind: Kind | None = None,
    name: str = "article",
    given: Mapping[str, str | None] | None = None,
) -> Iterator[Article]:
    """Every article of a text or of bytes (standard input, a request): one, or one a line or list entry."""
    given = given or {}
    if isinstance(source, bytes) and kind == "jsonl":
        yield from _read_lines(source.splitlines(), name, given)
        return
    text = decoded(source, name) if isinstance(source, bytes) else source
    _check(text, name, MAX_CHARS if kind == "text" else None)
    kind = kind or _sniffed(text)
    if kind == "text":
        yield _article({"text": text}, given, name)
    elif kind == "html":
        yield _article(read_page(text, name), given, name)
    elif kind == "jsonl":
        yield from _read_lines(
            (line.encode("utf-8", "surrogatepass") for line in text.splitlines()), name, given
        )
    else:
        data = _parsed(text, name)
        rows = data if isinstance(data, list) else [data]
        for number, row in enumerate(rows, 1):
            yield _article(row, given, name if len(rows) == 1 else f"{name}, entry {number}")


def _read_lines(lines: Iterable[bytes], name: str, given: Mapping[str, str | None]) -> Iterator[Article]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{name}, line {number}"
            yield _article(_parsed(decoded(line, where), where), given, where)


def _sniffed(text: str) -> Kind:
    head = text.lstrip("\ufeff \t\r\n")
    if (
        head[:200]
        .lower()
        .startswith(("<!doctype html", "<html", "<head", "<body", "<article", "<?xml", "<div", "<p>"))
    ):
        return "html"
    if head.startswith(("{", "[")):
        try:
            json.loads(text)
        except ValueError:
            first = head.splitlines()[0]
            try:
                json.loads(first)
            except ValueError:
                return "text"
            return "jsonl"
        return "json"
    return "text"


def _parsed(text: str, name: str) -> object:
    try:
        data: object = json.loads(text)
    except RecursionError:
        raise ArticleError(f"{name}: not valid JSON: nested too deeply") from None
    except ValueError as error:
        raise ArticleError(f"{name}: not valid JSON: {error}") from error
    return data


def _article(row: object, given: Mapping[str, str | None], name: str) -> Article:
    if not isinstance(row, Mapping):
        raise ArticleError(
            f"{name}: an article must be a JSON object with a field text, not {type(row).__name__}"
        )
    text = next((row[field] for field in _TEXT_FIELDS if row.get(field)), None)
    if not isinstance(text, str):
        raise ArticleError(f"{name}: the field text is missing or empty")
    _check(text, name, MAX_CHARS)
    values: dict[str, str | None] = {}
    for field in ("id", "title", "date", "source", "url"):
        value = given.get(field) or row.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise ArticleError(f"{name}: the field {field} must be text, not {type(value).__name__}")
        if value:
            _check(value, f"{name}: {field}", 10_000)
        values[field] = value.strip() or None if value else None
    title = values["title"]
    source = values["source"]
    for line in content_lines(text, title):
        if title is None and line.kind == "heading":
            title = text[line.start : line.end]
        if line.kind == "text":
            break
        if line.kind == "dateline" and source is None:
            source = outlet_of(text[line.start : line.end])
    return Article(
        id=values["id"] or content_id("article", text),
        text=text,
        title=title,
        date=_iso(values["date"], name),
        source=source,
        url=values["url"],
    )


def _check(text: str, name: str, limit: int | None) -> None:
    if not text.strip("\ufeff \t\r\n\u00a0\u200b"):
        raise ArticleError(f"{name}: it is empty; give an article's text")
    if limit is not None and len(text) > limit:
        raise ArticleError(
            f"{name}: {len(text):,} characters are too long for an article (limit {limit:,}); split it"
        )
    null = text.find("\0")
    if null >= 0:
        raise ArticleError(f"{name}: null byte at character {null}: it is not text; give it as UTF-8")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"{name}: half a character (surrogate) at character {error.start}; write it as UTF-8"
        ) from error


def _iso(value: str | None, name: str) -> str | None:
    """A date stays a date; a date and time with a zone becomes UTC; without one it stays as it is."""
    if value is None:
        return None
    try:
        if len(value) <= 10:
            return dt.date.fromisoformat(value).isoformat()
        moment = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise ArticleError(
            f"{name}: the date {value[:40]!r} is not ISO 8601; write it as 2024-01-31"
        ) from error
    return (moment.astimezone(dt.UTC) if moment.tzinfo else moment).isoformat()
