"""Pages: the article inside an HTML page, by trafilatura."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

from kronika.documents.decoding import decode_html
from kronika.documents.page_metadata import page_metadata
from kronika.errors import RejectedDocument
from kronika.records import Stated
from kronika.sources import Raw


def read_page(raw: Raw) -> tuple[str, dict[str, Stated], str]:
    """Return the article's text, the page's metadata and the name and version of the extractor.

    Paragraphs are lines. Comments, tables, navigation and what is linked below an article are left out.

    Raises:
        RejectedDocument: the page can't be decoded or parsed, or has no article.
    """
    import trafilatura
    from lxml import etree

    markup = decode_html(raw.content, raw.where, raw.encoding)
    try:
        tree = trafilatura.load_html(markup)
        if tree is None:
            raise RejectedDocument(f"{raw.where}: no HTML that could be read", "broken_html", "save the page again")
        stated = page_metadata(tree)
        found = trafilatura.bare_extraction(
            markup, include_comments=False, include_tables=False, with_metadata=False, date_extraction_params={}
        )
    except (etree.LxmlError, RecursionError) as error:
        raise RejectedDocument(f"{raw.where}: no HTML that could be read ({error})", "broken_html") from error
    text = (found.text or "") if found is not None and not isinstance(found, dict) else ""
    if not text.strip():
        raise RejectedDocument(
            f"{raw.where}: no article found in the page", "no_article", "save the article as plain text"
        )
    return text, stated, extractor()


@lru_cache(maxsize=1)
def extractor() -> str:
    """Return the name and version of the extractor, which documents keep."""
    return f"trafilatura {version('trafilatura')}"
