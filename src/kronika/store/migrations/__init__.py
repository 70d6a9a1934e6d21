"""Numbered changes to the tables of a record, each an SQL file that is never altered once released.

The number of the last one applied is the database's ``user_version``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from sqlalchemy import Connection

from kronika.errors import RecordError

#: "kron": marks the file as a record (SQLite's ``application_id``).
APPLICATION_ID = 0x6B726F6E
_STATEMENT = re.compile(r";[ \t]*\n\s*(?=--|CREATE|ALTER|DROP|INSERT|UPDATE|DELETE|\Z)")


def available() -> list[tuple[int, str]]:
    """Return the migrations as (number, SQL), in order."""
    found = sorted(path.name for path in files(__package__).iterdir() if path.name.endswith(".sql"))
    return [(int(name[:4]), files(__package__).joinpath(name).read_text(encoding="utf-8")) for name in found]


def migrate(connection: Connection) -> int:
    """Bring the tables up to date, each migration in the transaction of ``connection``; return the version.

    Raises:
        RecordError: the record was written by a newer kronika.
    """
    current = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    steps = available()
    newest = steps[-1][0]
    if current > newest:
        raise RecordError(
            f"the record has schema version {current}; this kronika knows {newest}",
            "upgrade kronika: pip install -U kronika",
        )
    for number, sql in steps:
        if number > current:
            for statement in _statements(sql):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    return newest


def _statements(sql: str) -> Iterator[str]:
    for statement in _STATEMENT.split(sql):
        if statement.strip():
            yield statement.strip().removesuffix(";")
