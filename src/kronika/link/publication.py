"""The order of publication, among dates that are given to the day and times that are given with their zones."""

from __future__ import annotations

from datetime import UTC, datetime

#: Sorts after every date.
UNDATED = "9999"


def publication_order(published: str | None) -> str:
    """Return a text by which publication dates sort; a date without a time comes after all times of its day.

    >>> given = ["2025-01-24", "2025-01-24T17:45:00+00:00", "2025-01-24T18:20:00+02:00", None]
    >>> [given.index(one) for one in sorted(given, key=publication_order)]
    [2, 1, 0, 3]
    """
    if not published:
        return UNDATED
    if len(published) <= 10:
        return f"{published}T24"
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return f"{published[:10]}T24"
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%S")
