"""The record on disk: tables, search and the evidence held to its words."""

from __future__ import annotations

from kronika.store.store import Reject, Store

__all__ = ["Reject", "Store"]
