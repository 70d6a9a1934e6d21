"""What the record of an article must not hold: the lines of ``must_not`` in an ``expected.yaml``, read by pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from evals.seed_compare import is_place, is_said, words
from kronika.records import Report, SpeakerKind, Status

Item = dict[str, Any]
_Check = Callable[[re.Match[str], Item, Report], Iterator[str]]


def violations(key: Item, report: Report) -> list[str]:
    """Return what breaks the lines of ``must_not``; a line that no rule here reads is itself reported."""
    found: list[str] = []
    for line in key.get("must_not", ()):
        for pattern, check in _FORBIDDEN:
            match = re.match(pattern, line)
            if match:
                found.extend(check(match, key, report))
                break
        else:
            found.append(f"not checked, no rule reads it: {line}")
    return found


def _names(text: str) -> list[str]:
    return [name.strip().removesuffix(" city") for name in re.split(r",| or | and ", text) if name.strip()]


def _placed(found: re.Match[str], _: Item, report: Report) -> Iterator[str]:
    for event in report.events:
        place = event.place
        if place is None or place.precision not in ("settlement", "site") or place.relation == "near":
            continue
        for name in _names(found[1]):
            if is_place(name, place):
                yield f"an event in {name}: {event.trigger.text!r} in {event.evidence.text!r}"


def _dated(found: re.Match[str], _: Item, report: Report) -> Iterator[str]:
    past = (Status.HISTORICAL, Status.HYPOTHETICAL, Status.DENIED)
    for event in report.events:
        year = event.time.edtf[:4] if event.time else ""
        if year in _names(found[1]) and event.status not in past:
            yield f"dated {year} as new: {event.trigger.text!r} in {event.evidence.text!r}"


def _kinds(found: re.Match[str], _: Item, report: Report) -> Iterator[str]:
    kinds = [name.removeprefix("a ").removeprefix("an ") for name in _names(found[2])]
    for name in _names(found[1]):
        wanted = set(words(name))
        for mention in report.mentions:
            if mention.kind in kinds and set(words(mention.name)) == wanted:
                yield f"{name} as a {mention.kind}"
        if "place" in kinds and any(is_place(name, place) for place in report.places if place.id):
            yield f"{name} as a place"


def _speakerless(_: re.Match[str], key: Item, report: Report) -> Iterator[str]:
    named = [item for item in key.get("claims", ()) if item["speaker"] != "none named"]
    for claim in report.claims:
        if claim.speaker.kind is not SpeakerKind.NONE:
            continue
        if any(is_said(item.get("content") or item.get("quote") or "\0", claim.content) for item in named):
            yield f"a claim without its speaker: {[span.text for span in claim.content]}"


_FORBIDDEN: tuple[tuple[str, _Check], ...] = (
    (r"an event in (.+)$", _placed),
    (r"an event dated (.+) as if it were new$", _dated),
    (r"a claim without a speaker", _speakerless),
    (r"(.+) as (an? .+)$", _kinds),
)
