"""Questions to a record: incidents, events, documents, findings."""

from __future__ import annotations

from kronika.query.filters import Filter
from kronika.query.listing import Listing

__all__ = ["Filter", "Listing"]
