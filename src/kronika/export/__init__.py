"""Formats: one module each."""

from __future__ import annotations

from kronika.export.csv import write_csv
from kronika.export.json import write_json, write_jsonl

__all__ = ["write_csv", "write_json", "write_jsonl"]
