"""CSV: UTF-8, RFC 4180 quoting, the same bytes for the same rows."""

from __future__ import annotations

import csv
from typing import IO, Any


def write_csv(rows: list[dict[str, Any]], stream: IO[str]) -> None:
    """Write flat ``rows`` with a header; writes nothing where there are none."""
    if not rows:
        return
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
