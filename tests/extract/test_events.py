"""Events: what reports of several wars say happened, held to a table that an analyst can read."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kronika.pipeline import read_documents
from kronika.records import Document

TABLES = Path(__file__).parents[1] / "cases"
CASES = [
    case for name in ("events", "politics") for case in yaml.safe_load((TABLES / f"{name}.yaml").read_text("utf-8"))
]
ROLES = ("actor", "target", "victim", "recipient", "instrument", "alongside")


def report_of(case):
    return next(read_documents([Document.of(case["text"], published=case.get("published"))]))


def as_row(event):
    """Everything the table may ask of an event, in the words of the table."""
    place, time = event.place, event.time
    wholes = {counted.id for counted in event.counts}
    return {
        "type": event.type,
        "mode": event.mode,
        "acled": event.acled,
        "cameo": event.cameo,
        "status": str(event.status),
        "trigger": event.trigger.text,
        **{role: sorted({mention.name.lower() for mention in getattr(event.roles, role)}) for role in ROLES},
        "place": place and (place.name or place.surface),
        "place as written": place and place.surface,
        "country": place and place.country,
        "place_relation": place and str(place.relation),
        "time": time and time.edtf,
        "counts": sorted(in_words(counted) for counted in event.counts if counted.part_of not in wholes),
        "effects": sorted(effect.kind for effect in event.effects),
        "outcome": str(event.outcome),
        "ordinal": event.ordinal and event.ordinal.value,
        "certainty": str(event.certainty),
    }


def in_words(counted):
    """Return "killed 3", "killed >=5" (at least), "killed <=5" (at most), "killed 20..25", "killed ~40"."""
    low, best, high = (None if x is None else f"{x:g}" for x in (counted.low, counted.best, counted.high))
    if low == high:
        return f"{counted.kind} {'~' if counted.approximator else ''}{best}"
    if best is not None and low not in (None, best) and high not in (None, best):
        return f"{counted.kind} ~{best}"
    if high is None:
        return f"{counted.kind} >={low}"
    return f"{counted.kind} <={high}" if low is None else f"{counted.kind} {low}..{high}"


def is_met(row, wanted):
    return all(_normal(key, value) in (row[key], row.get(f"{key} as written")) for key, value in wanted.items())


def _normal(key, value):
    if key not in (*ROLES, "counts", "effects"):
        return value
    items = [] if value is None else value if isinstance(value, list) else [value]
    return sorted(item.lower() if key in ROLES else item for item in items)


def missing(rows, wanted):
    """Return the expectations that no event of its own meets, by the best assignment of events to expectations."""
    if len(rows) < len(wanted):
        rows = [*rows, *[dict.fromkeys(rows[0] if rows else wanted[0])] * (len(wanted) - len(rows))]
    width = len(wanted)
    return min(
        ([w for r, w in zip(order, wanted, strict=True) if not _safe(r, w)] for order in _orders(rows, width)),
        key=len,
    )


def _orders(rows, width):
    return permutations(rows, width) if len(rows) <= 6 else (rows[i : i + width] for i in range(len(rows) - width + 1))


def _safe(row, wanted):
    return row.get("type") is not None and is_met(row, wanted)


def differences(case):
    """Return in words how the report of a case differs from the table; empty where it agrees."""
    rows = [as_row(event) for event in report_of(case).events]
    wanted = case.get("events", [])
    found = [f"missing: {one}" for one in missing(rows, wanted)] if wanted else []
    if not case.get("more") and len(rows) != len(wanted):
        found.append(f"{len(rows)} events, not {len(wanted)}")
    found += [f"must not: {one}" for one in case.get("absent", ()) for row in rows if is_met(row, one)]
    return found and [*found, *(f"got: {row}" for row in rows)]


def _parameter(case):
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["text"][:60], marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
def test_a_report_gives_the_events_of_the_table(case):
    found = differences(case)
    assert not found, "\n".join(found)


def test_the_table_has_no_unknown_fields():
    known = set(as_row_fields())
    for case in CASES:
        assert set(case) <= {"text", "published", "events", "absent", "more", "xfail"}, case
        for one in [*case.get("events", ()), *case.get("absent", ())]:
            assert set(one) <= known, one


def as_row_fields():
    report = report_of({"text": "Rebels shelled Goma on 3 May 2024, killing two people.", "published": "2024-05-04"})
    return as_row(report.events[0])


def test_every_span_of_an_event_says_what_the_text_says():
    documents = [Document.of(case["text"], published=case.get("published")) for case in CASES]
    for document, report in zip(documents, read_documents(documents), strict=True):
        for event in report.events:
            spans = [event.trigger, event.evidence, *event.mentions, *(effect.span for effect in event.effects)]
            spans += [mention.span for role in ROLES for mention in getattr(event.roles, role)]
            for span in spans:
                assert span.text == document.text[span.start : span.end] != ""


def test_the_same_text_gives_the_same_events():
    documents = [Document.of(case["text"], published=case.get("published")) for case in CASES[:40]]
    assert list(read_documents(documents)) == list(read_documents(documents))


WORDS = ["Rebels", "the", "attacked", ",", "Goma", ".", "and", "killed", "was", "by", "3", "in", "struck", "not", "\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=20))
@example([",", "killed", "struck", "Goma"])  # a participle that opens the text
@settings(max_examples=40)
def test_any_text_can_be_read(words):
    text = " ".join(words) or "x"
    report = next(read_documents([Document.of(text)]))
    for event in report.events:
        assert event.trigger.text == text[event.trigger.start : event.trigger.end] != ""
        assert event.evidence.contains(event.trigger)
