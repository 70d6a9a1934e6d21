"""Figures that can't all be right inside one article: parts above their whole, and two counts of one thing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from kronika.records import CountKind, Document, Finding, FindingKind, Quantity, Severity, content_id

#: Kinds where an article gives one figure for one happening; launches and deployments come in waves.
_COMPARED = frozenset((CountKind.KILLED, CountKind.WOUNDED, CountKind.MISSING))
#: Figures further apart than this (code points) are about different happenings more often than not.
NEAR = 240
_OTHER_SCOPE = re.compile(
    r"\b(?:another|further|additional|more|earlier|previous(?:ly)?|since|separate(?:ly)?|elsewhere|also|rose|risen|"
    r"initial(?:ly)?|including|among|of (?:whom|them)|said|says|according|claim\w*|put|"
    r"meanwhile|total|both|while|in [A-Z]\w+|and|who)\b"
)


def _floor(quantity: Quantity) -> float:
    return quantity.low if quantity.low is not None else quantity.best or 0.0


def _finding(one: Quantity, two: Quantity, severity: Severity, explanation: str) -> Finding:
    return Finding(
        content_id("f", FindingKind.COUNT, one.id, two.id),
        FindingKind.COUNT,
        severity,
        (one.span, two.span),
        explanation,
    )


def _parts(quantities: list[Quantity]) -> list[Finding]:
    by_id = {q.id: q for q in quantities}
    found = []
    for part in quantities:
        whole = by_id.get(part.part_of or "")
        if whole is None or part.unit or whole.unit or whole.high is None:
            continue
        if part.best is None and part.high is not None:
            continue  # "a score of five": a word of number that is none
        if _floor(part) > whole.high:
            text = f"{part.span.text} is given as part of {whole.span.text}, and is more than it"
            found.append(_finding(whole, part, Severity.ERROR, text))
    return found


def _disagree(one: Quantity, two: Quantity) -> bool:
    if one.high is not None and _floor(two) > one.high:
        return True
    return two.high is not None and _floor(one) > two.high


def _same_thing(one: Quantity, two: Quantity, text: str) -> bool:
    """Whether two figures count one thing in one happening: same kind and noun, near, no new scope between."""
    if one.kind is not two.kind or one.kind not in _COMPARED or one.of is None or two.of is None:
        return False
    if one.of.lower() != two.of.lower() or one.part_of or two.part_of or one.negated or two.negated:
        return False
    between = text[one.span.end : two.span.start]
    return len(between) <= NEAR and "\n" not in between and not _OTHER_SCOPE.search(between)


def check_counts(quantities: Iterable[Quantity], document: Document) -> list[Finding]:
    """Return parts that are larger than their whole, and neighbouring figures of one thing that exclude each other.

    Conservative: figures with different speakers, places or times between them are not compared here; that is what
    incidents are for.
    """
    figures = sorted(quantities, key=lambda q: (q.span.start, q.span.end))
    found = _parts(figures)
    for one, two in itertools.pairwise(figures):
        if one.unit is None and two.unit is None and _same_thing(one, two, document.text) and _disagree(one, two):
            text = f"{one.span.text} and {two.span.text} are both given as {one.kind} {one.of}"
            found.append(_finding(one, two, Severity.WARNING, text))
    return found
