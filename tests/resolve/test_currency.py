"""Rates come from the bundled ECB table, with their day, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from currency_converter import CurrencyConverter

from kronika.resolve.currency import convert


def test_a_rate_names_its_day_and_source():
    rate = convert(100, "GBP", "USD", date(2025, 4, 29))
    assert rate is not None
    assert rate.on == date(2025, 4, 29)
    assert "European Central Bank" in rate.source
    assert rate.amount == pytest.approx(100 * rate.rate)


def test_a_weekend_takes_the_last_rate_before():
    rate = convert(1, "USD", "EUR", date(2025, 4, 20))
    assert rate is not None
    assert rate.on == date(2025, 4, 17)


@pytest.mark.parametrize(
    ("base", "day"), [("UAH", date(2025, 4, 29)), ("RUB", date(2023, 1, 10)), ("USD", date(1990, 1, 1))]
)
def test_no_rate_gives_no_conversion(base, day):
    assert convert(1, base, "EUR", day) is None


def test_rates_are_those_of_the_package():
    converter = CurrencyConverter()
    for base in sorted(converter.currencies):
        day = converter.bounds[base].last_date
        rate = convert(1, base, "USD", day)
        assert rate is not None
        assert rate.amount == pytest.approx(converter.convert(1, base, "USD", day))
