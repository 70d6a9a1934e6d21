"""The sample corpus can be read, and its key agrees with it and with itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from currency_converter import CurrencyConverter

from kronika.documents import make_document
from kronika.records import Document
from kronika.settings import Settings
from kronika.sources import Refusal, read_sources

ROOT = Path(__file__).resolve().parents[2] / "examples"
KEY: Any = yaml.safe_load((ROOT / "expected.yaml").read_text(encoding="utf-8"))
LEDGERS = {ledger["target"]: ledger for ledger in KEY["ledgers"]}
INCIDENTS = {incident["id"]: incident for incident in KEY["incidents"]}


@lru_cache(maxsize=1)
def corpus() -> dict[str, Document]:
    found = {}
    for item in read_sources([str(ROOT)], Settings()):
        assert not isinstance(item, Refusal), item
        found[Path(item.where).name] = make_document(item, Settings())
    return found


def quoted(part: Any = KEY) -> Iterator[tuple[str, str]]:
    """Yield every (file, words) of the key."""
    if isinstance(part, dict):
        if "file" in part and "words" in part:
            words = part["words"]
            yield from ((part["file"], word) for word in (words if isinstance(words, list) else [words]))
        yield from part.get("reports", {}).items()
        for value in part.values():
            yield from quoted(value)
    elif isinstance(part, list):
        for value in part:
            yield from quoted(value)


def named(part: Any = KEY) -> Iterator[str]:
    """Yield every file that the key names."""
    if isinstance(part, dict):
        if "file" in part:
            yield part["file"]
        yield from part.get("reports", {})
        yield from part.get("recalled_by", [])
        for value in part.values():
            yield from named(value)
    elif isinstance(part, list):
        for value in part:
            yield from named(value)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_corpus_is_read_without_a_refusal():
    assert len(corpus()) >= 24
    assert all(document.language == "en" for document in corpus().values())


@pytest.mark.parametrize("name", sorted(corpus()))
def test_an_article_is_short_and_says_who_published_it_when(name: str):
    document = corpus()[name]
    assert 120 <= len(document.text.split()) <= 350
    assert document.title
    assert document.publisher
    assert document.published
    assert ".example/" in (document.url or "")


def test_every_quotation_of_the_key_stands_in_its_document():
    missing = [(name, words) for name, words in quoted() if words not in flat(corpus()[name].text)]
    assert not missing


def test_the_key_names_only_files_that_exist_and_leaves_none_out():
    files = {name for family in KEY["copies"] for name in family} | set(named())
    assert files == set(corpus())


def test_an_incident_has_one_id_and_a_source_that_reports_it():
    assert len(INCIDENTS) == len(KEY["incidents"])
    for incident in INCIDENTS.values():
        assert incident["reports"]
        assert not set(incident["reports"]) & set(incident.get("recalled_by", ()))


def test_copies_count_once_in_the_number_of_sources():
    source = {name: family[0] for family in KEY["copies"] for name in family}
    for incident in INCIDENTS.values():
        publishers = {corpus()[source.get(name, name)].publisher for name in incident["reports"]}
        assert incident.get("independent_sources", len(publishers)) == len(publishers), incident["id"]


def test_copies_share_most_of_their_text():
    def shingles(name: str) -> set[tuple[str, ...]]:
        words = flat(corpus()[name].text).lower().split()
        return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}

    for first, *others in KEY["copies"]:
        for other in others:
            assert len(shingles(first) & shingles(other)) > 0.7 * len(shingles(other)), other


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=list(LEDGERS))
def test_a_ledger_lists_its_incidents_in_order(ledger: dict[str, Any]):
    dates = [INCIDENTS[name]["date"] for name in ledger["incidents"]]
    assert dates == sorted(dates)
    assert {INCIDENTS[name]["target"] for name in ledger["incidents"]} == {ledger["target"]}


@pytest.mark.parametrize(
    ("ledger", "count"), [(ledger, count) for ledger in LEDGERS.values() for count in ledger["counts"]]
)
def test_a_count_is_judged_by_what_the_corpus_holds(ledger: dict[str, Any], count: dict[str, Any]):
    published = corpus()[count["file"]].published or ""
    dates = [INCIDENTS[name]["date"] for name in ledger["incidents"]]
    on_file = [date for date in dates if (count["since"] or "") <= date <= published[:10]]
    assert count["on_file"] == len(on_file)
    missing = count["asserted"] - len(on_file)
    assert count["verdict"] == ("borne out" if missing == 0 else "incomplete" if missing > 0 else "contradicted")
    assert count.get("missing", 0) == max(missing, 0)


def test_the_parts_of_a_raid_are_not_larger_than_the_whole():
    for raid in KEY["raids"]:
        assert sum(raid["parts"].values()) <= raid["intercepted"]


def test_the_contradictions_of_the_key_are_true():
    assert datetime.date(2025, 2, 24).strftime("%A") == "Monday"
    rates = CurrencyConverter()
    dollars = rates.convert(752e6, "GBP", "USD", date=datetime.date(2025, 4, 14))
    assert dollars == pytest.approx(990e6, rel=0.01)
    assert dollars < 0.7 * 1.5e9
