"""Publication dates as sources write them, to an ISO 8601 date, date-time or prefix."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_PREFIX = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def iso_date(text: str) -> str | None:
    """Return ``text`` as an ISO 8601 prefix, None where it is none and can't be read without guessing.

    >>> iso_date("2025-04-29T10:00:00Z"), iso_date("Tue, 29 Apr 2025 10:00:00 +0300"), iso_date("29/04/2025")
    ('2025-04-29T10:00:00+00:00', '2025-04-29T10:00:00+03:00', None)
    """
    text = text.strip()
    if compact := _COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    try:
        if _PREFIX.fullmatch(text):
            padded = [int(part) for part in (text + "-01-01").split("-")[:3]]
            date(*padded)
            return text
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat()
    except (TypeError, ValueError, IndexError):
        return None
