"""One web page to its article: main text by `trafilatura`, title and date from what the page states."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

import trafilatura
from lxml import etree, html

from schema.errors import ArticleError

_DATE_TAGS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='pubdate' or @name='date' or @name='DC.date.issued']/@content",
    "//time[@pubdate or @itemprop='datePublished']/@datetime",
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_page(page: str, name: str) -> dict[str, str | None]:
    """The fields text, title, date, source, url of a page. Raises ArticleError where it has no article."""
    try:
        tree = html.document_fromstring(_DECLARATION.sub("", page))
    except (etree.ParserError, ValueError) as error:
        raise ArticleError(f"{name}: not a readable HTML page: {error}") from error
    text = trafilatura.extract(page, include_comments=False, include_tables=False, favor_precision=False)
    if not text:
        raise ArticleError(f"{name}: no article text was found on this page; give its text instead")
    return {
        "text": text,
        "title": _first(tree, "//meta[@property='og:title']/@content", "//h1//text()", "//title/text()"),
        "date": next(_dates(tree), None),
        "source": _first(tree, "//meta[@property='og:site_name']/@content"),
        "url": _first(tree, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"),
    }


def _first(tree: html.HtmlElement, *paths: str) -> str | None:
    for path in paths:
        for value in tree.xpath(path):
            if str(value).strip():
                return " ".join(str(value).split())
    return None


def _dates(tree: html.HtmlElement) -> Iterator[str]:
    stated = [str(value).strip() for path in _DATE_TAGS for value in tree.xpath(path)]
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        stated += _published(str(script))
    for value in stated:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            continue
        yield value


def _published(script: str) -> list[str]:
    try:
        data = json.loads(script)
    except ValueError:
        return []
    nodes = data if isinstance(data, list) else [data]
    nodes += [
        n for node in nodes if isinstance(node, dict) for n in node.get("@graph", []) if isinstance(n, dict)
    ]
    return [str(n["datePublished"]) for n in nodes if isinstance(n, dict) and n.get("datePublished")]
