"""Bytes to documents: the article's text, its metadata with origins, and its language."""

from __future__ import annotations

from kronika.documents.make import make_document, notice_of

__all__ = ["make_document", "notice_of"]
