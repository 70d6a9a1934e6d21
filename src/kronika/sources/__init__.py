"""Bytes in: files, folders, JSON lines, standard input and web addresses, one article at a time."""

from __future__ import annotations

from kronika.sources.raw import Kind, Raw, Refusal
from kronika.sources.read import count_articles, read_sources

__all__ = ["Kind", "Raw", "Refusal", "count_articles", "read_sources"]
