"""Highlights: a text cut into stretches, each with the kinds of evidence that cover it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kronika.records import Claim, Event, Finding, Report, Span

#: Kinds in the order of the legend, each with its name.
KINDS = {
    "event": "what happened",
    "actor": "who",
    "target": "whom or what",
    "instrument": "with what",
    "place": "where",
    "time": "when",
    "number": "how many",
    "money": "money",
    "claim": "who says so",
    "evidence": "sentence of evidence",
    "finding": "contradiction",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One highlight; ``href`` leads to what it supports, ``title`` says it in words, ``anchor`` names its beginning."""

    start: int
    end: int
    kind: str
    href: str = ""
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with the kinds that cover it, the shortest mark's link and words, and the anchors it begins."""

    text: str
    kinds: tuple[str, ...]
    href: str = ""
    title: str = ""
    anchors: tuple[str, ...] = ()


def stretches(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Stretch]:
    """Cut ``text[start:end]`` at the edges of ``marks``; joined together the stretches are that text.

    >>> [(one.text, one.kinds) for one in stretches("a strike", [Mark(2, 8, "event")])]
    [('a ', ()), ('strike', ('event',))]
    """
    end = len(text) if end is None else min(end, len(text))
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    edges = sorted({start, end, *(min(max(at, start), end) for mark in inside for at in (mark.start, mark.end))})
    opening: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(max(mark.start, start), []).append(mark)
    active: list[Mark] = []
    found = []
    for first, last in pairwise(edges):
        fresh = opening.get(first, [])
        active = [mark for mark in active if mark.end > first] + fresh
        ordered = sorted(active, key=lambda mark: (mark.end - mark.start, mark.kind))
        told = next((mark for mark in ordered if mark.href), None)
        kinds = tuple(dict.fromkeys(mark.kind for mark in ordered))
        anchors = tuple(dict.fromkeys(mark.anchor for mark in fresh if mark.anchor and mark.start >= start))
        title = "; ".join(dict.fromkeys(mark.title for mark in ordered if mark.title))
        found.append(Stretch(text[first:last], kinds, told.href if told else "", title, anchors))
    return found


def event_marks(event: Event, href: str = "") -> list[Mark]:
    """Return the highlights of one event: its word, its sentence, who, whom, with what, where, when, how many."""
    words = event.acled or event.type.lower()
    made = [Mark(event.evidence.start, event.evidence.end, "evidence")]
    made.append(Mark(event.trigger.start, event.trigger.end, "event", href, words, event.id))
    made += [Mark(span.start, span.end, "event", href, words) for span in event.mentions]
    roles = (
        ("actor", event.roles.actor),
        ("target", (*event.roles.target, *event.roles.victim)),
        ("instrument", event.roles.instrument),
    )
    made += [_mark(mention.span, kind, href, mention.name) for kind, mentions in roles for mention in mentions]
    if event.place:
        made.append(_mark(event.place.span, "place", href, event.place.name or event.place.surface))
    if event.time and event.time.span:
        made.append(_mark(event.time.span, "time", href, event.time.edtf))
    made += [_mark(count.span, "number", href, count.of or count.kind.value) for count in event.counts]
    made += [_mark(effect.span, "event", href, effect.kind) for effect in event.effects]
    return [mark for mark in made if mark.end > mark.start]


def claim_marks(claim: Claim) -> list[Mark]:
    """Return the highlights of a claim: its speaker and its cue."""
    href, made = f"#{claim.id}", []
    speaker = claim.speaker.mention
    said = f"{speaker.name if speaker else claim.speaker.description or 'somebody'} {claim.stance.value}"
    if speaker:
        made.append(_mark(speaker.span, "claim", href, said))
    if claim.cue:
        made.append(_mark(claim.cue, "claim", href, said))
    return made


def report_marks(report: Report, homes: dict[str, str]) -> list[Mark]:
    """Return all highlights of a document; ``homes`` gives the address of the incident of an event."""
    made = [mark for event in report.events for mark in event_marks(event, homes.get(event.id, f"#read-{event.id}"))]
    made += [mark for claim in report.claims for mark in claim_marks(claim)]
    made += [_mark(place.span, "place", _place_href(place.id), place.name or place.surface) for place in report.places]
    made += [_mark(time.span, "time", "", time.edtf) for time in report.times if time.span]
    made += [_mark(one.span, "number", "", one.of or one.kind.value) for one in report.quantities]
    made += [_mark(one.span, "money", "", one.what or "money") for one in report.money]
    made += [mark for finding in report.findings for mark in finding_marks(finding, report.document.id)]
    return made


def finding_marks(finding: Finding, document: str) -> list[Mark]:
    """Return the highlights of a finding that lie in ``document``."""
    return [
        _mark(span, "finding", f"#{finding.id}", finding.kind.value)
        for span in finding.evidence
        if span.document == document
    ]


def _place_href(key: str | None) -> str:
    return f"/place/{key}" if key else ""


def _mark(span: Span, kind: str, href: str = "", title: str = "") -> Mark:
    return Mark(span.start, span.end, kind, href, title)
