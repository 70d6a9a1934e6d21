"""What a page says about itself: JSON-LD, meta tags, the document's head, and ``htmldate`` as the last resort."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kronika.documents.dates import iso_date
from kronika.records import Stated

_ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "Report")
#: Field, XPath, name of the origin; in order of trust, the first that says something wins.
_TAGS = (
    ("title", "//meta[@property='og:title']/@content", "meta og:title"),
    ("title", "//meta[@name='twitter:title']/@content", "meta twitter:title"),
    ("title", "//h1//text()", "h1"),
    ("title", "//head/title/text()", "title"),
    ("published", "//meta[@property='article:published_time']/@content", "meta article:published_time"),
    ("published", "//meta[@itemprop='datePublished']/@content", "meta datePublished"),
    ("published", "//meta[@name='date' or @name='pubdate' or @name='publish-date']/@content", "meta date"),
    ("published", "//meta[@name='DC.date.issued' or @name='dcterms.date']/@content", "meta Dublin Core"),
    ("publisher", "//meta[@property='og:site_name']/@content", "meta og:site_name"),
    ("publisher", "//meta[@name='application-name']/@content", "meta application-name"),
    ("url", "//link[@rel='canonical']/@href", "link canonical"),
    ("url", "//meta[@property='og:url']/@content", "meta og:url"),
    ("language", "/html/@lang", "html lang"),
    ("language", "//meta[@property='og:locale']/@content", "meta og:locale"),
)
#: htmldate holds later dates for errors and would otherwise ask the clock.
_LATEST = "2100-01-01"


def page_metadata(tree: Any) -> dict[str, Stated]:
    """Return title, published, publisher, url and language of an lxml ``tree``, each with where it was read from."""
    found: dict[str, Stated] = {}
    for name, value, origin in (*_json_ld(tree), *_tags(tree)):
        text = " ".join(value.split())
        if name in found or not text:
            continue
        if name == "published":
            text = iso_date(text) or ""
        if name == "url" and not text.startswith(("http://", "https://")):
            continue
        if text:
            found[name] = Stated(text, origin)
    if "published" not in found and (guess := _htmldate(tree)):
        found["published"] = Stated(guess, "htmldate")
    return found


def _tags(tree: Any) -> Iterator[tuple[str, str, str]]:
    for name, path, origin in _TAGS:
        values = [str(value) for value in tree.xpath(path)]
        yield name, " ".join(values) if origin == "h1" else next(iter(values), ""), origin


def _json_ld(tree: Any) -> Iterator[tuple[str, str, str]]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            content = json.loads(str(script), strict=False)
        except (ValueError, RecursionError):
            continue  # half the web's JSON-LD is broken; the tags below say the same
        for item in _objects(content):
            if any(kind in _ARTICLE_TYPES for kind in _as_list(item.get("@type"))):
                yield "title", _name(item.get("headline")), "json-ld headline"
                yield "published", _name(item.get("datePublished")), "json-ld datePublished"
                yield "publisher", _name(item.get("publisher")), "json-ld publisher"
                yield "language", _name(item.get("inLanguage")), "json-ld inLanguage"


def _objects(content: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(content, dict):
        yield content
        yield from _objects(content.get("@graph"), depth + 1)
        yield from _objects(content.get("mainEntity"), depth + 1)
    elif isinstance(content, list):
        for part in content:
            yield from _objects(part, depth + 1)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(value: Any) -> str:
    """Return a JSON-LD value as text: itself, its ``name``, or the first of a list."""
    if isinstance(value, list):
        return _name(value[0]) if value else ""
    if isinstance(value, dict):
        return _name(value.get("name") or value.get("alternateName"))
    return value if isinstance(value, str) else ""


def _htmldate(tree: Any) -> str | None:
    import htmldate

    found: str | None = htmldate.find_date(tree, extensive_search=False, original_date=True, max_date=_LATEST)
    return found
