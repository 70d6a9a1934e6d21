"""One report for people: events, claims and findings, each with the sentence it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kronika.cli.page import Mark, Page, quotes, sentence

if TYPE_CHECKING:
    from kronika.records import (
        Claim,
        Deployment,
        Event,
        Finding,
        Money,
        PlaceRef,
        Quantity,
        Relation,
        Report,
        TimeRef,
    )

TRIGGER, ROLE, TIME, PLACE, COUNT = "black on yellow", "green", "magenta", "blue", "cyan"
SEVERITY = {"note": "bold", "warning": "bold yellow", "error": "bold red"}
#: What is counted follows its number within this many characters ("dozens of people").
_NEAR = 4
_LABELS = {"instrument": "with", "origin": "from"}


def show_report(report: Report) -> None:
    """Print ``report``."""
    page, document = Page(), report.document
    page.line((document.title or "untitled", "bold"))
    missing = document.unread_date or "no publication date"
    published = document.published or f"{missing}: relative dates stay unresolved"
    page.line((" · ".join(part for part in (document.publisher, published, document.url) if part), "dim"))
    counted = ((report.events, "event"), (report.claims, "claim"), (report.findings, "finding"))
    page.line(", ".join(f"{len(parts)} {name}{'' if len(parts) == 1 else 's'}" for parts, name in counted))
    _show_events(page, report)
    for heading, parts, show in (
        ("CLAIMS", report.claims, _show_claim),
        ("DEPLOYMENTS", report.deployments, _show_deployment),
        ("RELATIONS", report.relations, _show_relation),
        ("SUMS OF MONEY", report.money, _show_money),
        ("FINDINGS", report.findings, show_finding),
    ):
        shown: Any = show
        if parts:
            page.line("\n", (heading, "bold"))
        for part in parts:
            shown(page, part, report)


def _show_events(page: Page, report: Report) -> None:
    claims = {claim.id: claim for claim in report.claims}
    if report.events:
        page.line("\n", ("EVENTS", "bold"))
    for number, event in enumerate(report.events, 1):
        show_event(page, event, report, claims, number)


def show_event(page: Page, event: Event, report: Report, claims: dict[str, Claim], number: int) -> None:
    """Print one event with its sentence, the words it was read from marked."""
    kind = f"{event.type} {event.mode}".strip()
    page.line(f"{number:>2} ", (kind, "bold"), f" · {event.status.value} · {event.certainty.value}")
    for name, value, style in _facts(event, report.document.text):
        page.field(name, (value, style))
    said = dict.fromkeys(_said(claims[key]) for key in event.claims if key in claims)
    if said:
        page.field("said by", "; ".join(said))
    if event.reasons:
        page.field("unknown", ("; ".join(f"{name}: {reason}" for name, reason in event.reasons), "dim"))
    page.quote(event.evidence.text, event.evidence.start, _marks(event))


def _facts(event: Event, text: str) -> Iterator[tuple[str, str, str]]:
    """Yield label, value and style of everything that is known of ``event``."""
    from kronika.query.events import names

    for field in fields(event.roles):
        if mentions := getattr(event.roles, field.name):
            yield _LABELS.get(field.name, field.name), names(mentions), ROLE
    if event.time is not None:
        yield "when", time_words(event.time), TIME
    if event.place is not None:
        yield "where", place_words(event.place), PLACE
    if event.effects:
        kinds = (("no " if effect.negated else "") + effect.kind for effect in event.effects)
        yield "effects", "; ".join(dict.fromkeys(kinds)), ""
    for count in event.counts:
        yield count.kind.value, count_words(count, text), COUNT
    if event.ordinal is not None:
        yield "ordinal", event.ordinal.span.text, ""


def time_words(time: TimeRef) -> str:
    """Return a time for people: its EDTF form, precision and the words it was read from, or why there is none."""
    words = f"“{' '.join(time.span.text.split())}”" if time.span else ""
    if not time.edtf:
        return f"{words} ({time.reason or 'not resolved'})".strip()
    return f"{time.edtf} ({', '.join(part for part in (time.precision.value, words) if part)})"


def place_words(place: PlaceRef) -> str:
    """Return a place for people: relation, name, region, country and precision, or why it is not resolved."""
    name = place.name or place.surface
    where = ", ".join(dict.fromkeys(part for part in (name, place.admin1, place.country) if part))
    known = place.precision.value if place.id else place.reason or "not resolved"
    written = "" if place.surface.casefold() == name.casefold() else f", “{place.surface}”"
    return f"{place.relation.value} {where} ({known}{written})"


def count_words(count: Quantity, text: str) -> str:
    """Return a figure of the document ``text`` for people: as written, with what it counts where that follows."""
    follows = count.of_span is not None and 0 <= count.of_span.start - count.span.end <= _NEAR
    end = count.of_span.end if count.of_span is not None and follows else count.span.end
    words = " ".join(text[count.span.start : end].split())
    return words if follows or not count.of or count.of in words else f"{words} ({count.of})"


def _marks(event: Event) -> Iterator[Mark]:
    for field in fields(event.roles):
        yield from ((mention.span, ROLE) for mention in getattr(event.roles, field.name))
    if event.time is not None and event.time.span is not None:
        yield event.time.span, TIME
    if event.place is not None:
        yield event.place.span, PLACE
    yield from ((count.span, COUNT) for count in event.counts)
    yield event.trigger, TRIGGER


def speaker_words(claim: Claim) -> str:
    """Return who makes ``claim``, for people."""
    speaker = claim.speaker
    if speaker.mention is not None:
        return speaker.mention.name
    return speaker.description or {"none": "somebody", "document": "the article"}.get(speaker.kind.value, "unnamed")


def _said(claim: Claim) -> str:
    return f"{speaker_words(claim)} ({claim.stance.value}, {claim.certainty.value})"


def _show_claim(page: Page, claim: Claim, report: Report) -> None:
    """Print one claim: who, how, what; on a terminal what is marked in its sentence, piped it stands alone."""
    parents = {parent.id: parent for parent in report.claims}
    inside = f" · reported by {speaker_words(parents[claim.inside])}" if claim.inside in parents else ""
    office = f", {claim.speaker.office}" if claim.speaker.office else ""
    channel = f" · on {claim.channel}" if claim.channel else ""
    stance = f" {claim.stance.value} · {claim.certainty.value}{' · quoted' if claim.is_quote else ''}"
    page.line((speaker_words(claim), f"bold {ROLE}"), f"{office}{stance}{channel}{inside}", indent=3)
    known = [event.evidence for event in report.events]
    parts = [*claim.content, *([claim.cue] if claim.cue else [])]
    start, end = sentence(report.document.text, min(p.start for p in parts), max(p.end for p in parts), known)
    marks: list[Mark] = [(span, "bold") for span in claim.content]
    if claim.cue is not None:
        marks.append((claim.cue, TRIGGER))
    if not page.is_terminal:
        page.field("content", " … ".join(" ".join(span.text.split()) for span in claim.content), indent=6)
    page.quote(report.document.text[start:end], start, marks, indent=6)


def _show_deployment(page: Page, deployment: Deployment, report: Report) -> None:
    """Print one deployment: who sent whom, with whom, where, in what numbers."""
    from kronika.query.events import names

    figures = {quantity.id: quantity for quantity in report.quantities}
    counts = (count_words(figures[key], report.document.text) for key in deployment.figures if key in figures)
    facts = (
        ("sender", names(deployment.sender)),
        ("force", names(deployment.force)),
        ("alongside", names(deployment.alongside)),
        ("to", place_words(deployment.destination) if deployment.destination else ""),
        ("figures", "; ".join(counts)),
    )
    for name, value in facts:
        if value:
            page.field(name, (value, ROLE))
    page.quote(deployment.evidence.text, deployment.evidence.start)


def _show_relation(page: Page, relation: Relation, report: Report) -> None:
    sides = (relation.subject, relation.object)
    page.line((sides[0].name, ROLE), f" {relation.predicate} ", (sides[1].name, ROLE), indent=3)
    page.quote(relation.evidence.text, relation.evidence.start, [(side.span, ROLE) for side in sides], indent=6)


def _show_money(page: Page, money: Money, report: Report) -> None:
    """Print one sum: the figure, its currency, what it is for and whose it is."""
    bounds = (f"{value:,.0f}" for value in dict.fromkeys((money.low, money.best, money.high)) if value is not None)
    about = (money.what and f"for {money.what}", money.holder and f"of {money.holder}", money.approximator)
    known = " · ".join((f"{money.currency or 'currency not clear'} {' to '.join(bounds)}", *filter(None, about)))
    page.line((" ".join(money.span.text.split()), COUNT), f" · {known}", indent=3)
    start, end = sentence(report.document.text, money.span.start, money.span.end, [e.evidence for e in report.events])
    page.quote(report.document.text[start:end], start, [(money.span, COUNT)], indent=6)


def show_finding(page: Page, finding: Finding, report: Report, tail: str = "", indent: int = 3) -> None:
    """Print one finding with the sentences that hold both its sides."""
    severity = finding.severity.value
    page.line((severity, SEVERITY[severity]), f" · {finding.kind.value} · {finding.explanation}", indent=indent)
    marks = [(span, TRIGGER) for span in finding.evidence]
    found = quotes(finding.evidence, report.document, report)
    for number, (start, end) in enumerate(found, 1):
        last = tail if number == len(found) else ""
        page.quote(report.document.text[start:end], start, marks, indent=indent + 3, tail=last)
