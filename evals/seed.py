"""One article against what a reader can hold the record to: every item of ``expected.yaml``, every field right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from evals.seed_compare import (
    is_named,
    is_said,
    locate,
    missing_names,
    overlaps,
    place_fields,
    plain,
    sides,
    within,
    words,
)
from evals.seed_forbidden import violations
from kronika.link.features import name_key
from kronika.link.incidents import link_events
from kronika.link.ledger import count_findings, ledger
from kronika.pipeline import read_documents
from kronika.records import Claim, Document, Event, Finding, Money, Quantity, Report, SpeakerKind

Item = dict[str, Any]
#: What the key calls stances in words of its own.
_STANCES = {"claims": ("alleges", "says")}
#: Single names and lists of names in the key, and the roles that may hold them.
_ROLES = {
    "actor": ("actor",),
    "target": ("target", "victim"),
    "targets": ("target", "victim"),
    "weapon": ("instrument",),
    "alongside": ("alongside",),
    "recipient": ("recipient",),
    "recipients": ("recipient",),
}
_MISSING = ["nothing like it"]


@dataclass(slots=True)
class Held:
    """What was read, and which record each named item of the key was found to be."""

    report: Report
    findings: list[Finding]
    found: dict[str, str] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The article."""
        return self.report.document


def run(folder: Path) -> dict[str, Any]:
    """Read ``article.txt`` and compare it with ``expected.yaml``; ``missing`` says which fields of an item differ."""
    key = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    text = (folder / "article.txt").read_text(encoding="utf-8")
    document = Document.of(text, title=key.get("title"), published=str(key["published"]))
    report = next(read_documents([document]))
    held = Held(report, [*report.findings, *_counted(report)])
    missing = []
    total = 0
    for section, compare in _SECTIONS.items():
        for item in key.get(section, ()):
            total += 1
            wrong = _best(compare(item, held))
            if wrong:
                missing.append({"section": section, "item": _label(item), "fields": wrong})
    found = total - len(missing)
    return {
        "found": found,
        "of": total,
        "found_share": round(found / total, 3) if total else 1.0,
        "missing": missing,
        "violations": violations(key, report),
    }


def _counted(report: Report) -> list[Finding]:
    """Return the findings about counts that need a record: here the record holds this one article."""
    incidents = link_events(report.events, [report.document], report.claims).incidents
    found = []
    for event in report.events:
        names = {name_key(mention) for mention in event.roles.target} if event.ordinal else set()
        subject = [one for one in incidents if any(name_key(target) in names for target in one.targets)]
        found.extend(count_findings(ledger(subject, report.events), subject, report.events))
    return found


def _best(candidates: Iterator[list[str]]) -> list[str]:
    """Return the differing fields of the candidate that differs least; none if one fits."""
    return min(candidates, key=len, default=_MISSING)


def _label(item: Item) -> str:
    parts = [item.get("id"), item.get("speaker"), item.get("subject"), item.get("predicate"), item.get("kind")]
    parts += [item.get("content") or item.get("quote") or item.get("about"), item.get("evidence")]
    return " · ".join(str(part) for part in parts if part)[:120]


def _events(item: Item, held: Held) -> Iterator[list[str]]:
    """Compare with each event told in the words of the evidence; one event is not two items."""
    at = locate(item["evidence"], held.document)
    taken = frozenset(held.found.values())
    for event in held.report.events if at else ():
        told = any(at is not None and overlaps(span, at) for span in (event.trigger, *event.mentions))
        if event.id in taken or not (told or (at is not None and within(at, event.evidence))):
            continue
        wrong = _event_fields(item, event, held)
        if not wrong:
            held.found[item.get("id", "")] = event.id
        yield wrong
        if not wrong:
            return


def _event_fields(item: Item, event: Event, held: Held) -> list[str]:
    wrong = [
        f"{name}={getattr(event, name)}"
        for name in ("type", "mode", "acled", "status")
        if name in item and getattr(event, name) != item[name]
    ]
    for name, roles in _ROLES.items():
        expected = item.get(name)
        if expected is not None:
            mentions = sides(event, *roles)
            absent = missing_names(expected if isinstance(expected, list) else [expected], mentions)
            if absent:
                wrong.append(f"{name} lacks {absent} in {[mention.name for mention in mentions]}")
    if "place" in item:
        wrong.extend(place_fields(item["place"], event.place))
    if "time" in item and not (event.time and event.time.edtf.startswith(str(item["time"]))):
        wrong.append(f"time={event.time and event.time.edtf}")
    if "ordinal" in item:
        wrong.extend(_ordinal(item["ordinal"], event))
    return wrong + _said_of(item, event, held)


def _ordinal(expected: Item, event: Event) -> list[str]:
    ordinal = event.ordinal
    if ordinal is None:
        return ["ordinal"]
    wrong = [] if ordinal.value == expected["value"] else [f"ordinal.value={ordinal.value}"]
    if not set(words(expected.get("counted", ""))) <= set(words(ordinal.counted)):
        wrong.append(f"ordinal.counted={ordinal.counted!r}")
    if "since" in expected and ordinal.since != str(expected["since"]):
        wrong.append(f"ordinal.since={ordinal.since}")
    return wrong


def _said_of(item: Item, event: Event, held: Held) -> list[str]:
    """Compare who says it, how firmly, and what a deed in words is about."""
    wrong = []
    claims = [claim for claim in held.report.claims if claim.id in event.claims]
    if "speaker" in item and not any(is_named(item["speaker"], claim.speaker.mention) for claim in claims):
        wrong.append(f"speaker={[claim.speaker.description for claim in claims]}")
    certainty = item.get("certainty")
    if certainty == "confirmed by the actor":
        if not any(claim.stance == "confirms" and _is_actor(claim, event) for claim in claims):
            wrong.append("certainty: no confirmation by the actor")
    elif certainty is not None and event.certainty != certainty:
        wrong.append(f"certainty={event.certainty}")
    if "about" in item:
        own = [claim.id for claim in held.report.claims if claim.cue and event.trigger.start == claim.cue.start]
        matter = [word for s in held.report.statements if s.claim in own for name in s.matter for word in words(name)]
        absent = [word for word in words(item["about"]) if word not in matter]
        if absent:
            wrong.append(f"about lacks {absent}")
    return wrong


def _is_actor(claim: Claim, event: Event) -> bool:
    mention = claim.speaker.mention
    return mention is not None and any(
        is_named(actor.name, mention) or (actor.country and actor.country == mention.country)
        for actor in event.roles.actor
    )


def _effects(item: Item, held: Held) -> Iterator[list[str]]:
    at = locate(item["evidence"], held.document)
    effects = [e for event in held.report.events for e in event.effects if at and overlaps(e.span, at)]
    wanted = item.get("kinds") or [item["kind"]]
    wrong = [f"no {kind}" for kind in wanted if not any(effect.kind == kind for effect in effects)]
    if "by" in item and not any(e.by is not None and is_said(item["by"], [e.by]) for e in effects):
        wrong.append(f"by={[e.by.text for e in effects if e.by]}")
    yield wrong


def _claims(item: Item, held: Held) -> Iterator[list[str]]:
    for claim in held.report.claims:
        wrong = _claim_fields(item, claim, held)
        if not wrong or not wrong[0].startswith("speaker"):
            yield wrong


def _claim_fields(item: Item, claim: Claim, held: Held) -> list[str]:
    wrong = []
    if item["speaker"] == "none named":
        if claim.speaker.kind not in (SpeakerKind.NONE, SpeakerKind.UNNAMED):
            wrong.append(f"speaker={claim.speaker.description}")
    elif not is_named(item["speaker"], claim.speaker.mention):
        wrong.append(f"speaker={claim.speaker.description}")
    stance = item.get("stance")
    if stance and claim.stance not in _STANCES.get(stance, (stance,)):
        wrong.append(f"stance={claim.stance}")
    if "certainty" in item and claim.certainty != item["certainty"]:
        wrong.append(f"certainty={claim.certainty}")
    if "office" in item and plain(item["office"]).lower() not in plain(claim.speaker.office or "").lower():
        wrong.append(f"office={claim.speaker.office}")
    said = [given for given in (item.get("content"), item.get("quote")) if given]
    wrong.extend(f"{given!r} not in the content" for given in said if not is_said(given, claim.content))
    if "hedge" in item:
        held_back = [span.text.lower() for span in claim.hedges]
        wrong.extend(f"no hedge {hedge}" for hedge in item["hedge"] if hedge not in held_back)
    if "about" in item and not _is_about(str(item["about"]), claim, held):
        wrong.append("about")
    return wrong


def _is_about(expected: str, claim: Claim, held: Held) -> bool:
    """Whether a claim is about a named item of the key, or about a figure ("11000 soldiers")."""
    if expected in held.found:
        return held.found[expected] in claim.about
    number = re.match(r"\d+", expected)
    figures = [q for q in held.report.quantities if q.id in claim.about]
    return number is not None and any(q.best == float(number[0]) for q in figures)


def _figure(item: Item, figure: Quantity | Money) -> list[str]:
    wrong = []
    if figure.best != float(item["best"] if "best" in item else item["amount"]):
        wrong.append(f"best={figure.best}")
    loose = figure.approximator is not None or figure.low != figure.high
    if item.get("approximate", loose) != loose:
        wrong.append(f"approximate={loose}")
    return wrong


def _quantities(item: Item, held: Held) -> Iterator[list[str]]:
    at = locate(item["evidence"], held.document)
    by_id = {q.id: q for q in held.report.quantities}
    for figure in held.report.quantities:
        if at is None or not overlaps(figure.span, at):
            continue
        wrong = _figure(item, figure)
        if "of" in item and not set(words(item["of"])) <= set(words(figure.of or "")):
            wrong.append(f"of={figure.of}")
        if "what" in item and figure.kind != item["what"]:
            wrong.append(f"what={figure.kind}")
        whole = by_id.get(figure.part_of or "")
        if "part_of" in item and (whole is None or whole.best != float(item["part_of"])):
            wrong.append(f"part_of={whole and whole.best}")
        yield wrong


def _money(item: Item, held: Held) -> Iterator[list[str]]:
    at = locate(item["evidence"], held.document)
    by_id = {m.id: m for m in held.report.money}
    for sum_ in held.report.money:
        if at is None or not overlaps(sum_.span, at) or sum_.currency != item["currency"]:
            continue
        wrong = _figure(item, sum_)
        if "what" in item and not set(words(item["what"])) <= set(words(sum_.what or "")):
            wrong.append(f"what={sum_.what}")
        if "holder" in item and not set(words(item["holder"])) <= set(words(sum_.holder or "")):
            wrong.append(f"holder={sum_.holder}")
        other = by_id.get(sum_.also or "")
        if "also" in item:
            also = item["also"]
            wrong += ["also"] if other is None or other.currency != also["currency"] else _figure(also, other)
        if "id" in item:
            held.found[item["id"]] = sum_.id
        yield wrong


def _relations(item: Item, held: Held) -> Iterator[list[str]]:
    objects = item.get("objects") or [item["object"]]
    own = [
        r for r in held.report.relations if is_named(item["subject"], r.subject) and r.predicate == item["predicate"]
    ]
    if own:
        absent = missing_names(objects, [relation.object for relation in own])
        yield [f"no object {name}" for name in absent]


def _findings(item: Item, held: Held) -> Iterator[list[str]]:
    """Compare both sides; the explanation has to name whom and what the key names, and what it was compared with."""
    given = item["evidence"] if isinstance(item["evidence"], list) else [item["evidence"]]
    places = [locate(evidence, held.document) for evidence in given]
    expected = str(item.get("expected", ""))
    for finding in held.findings:
        if finding.kind != item["kind"]:
            continue
        wrong = [
            f"evidence {evidence!r}"
            for evidence, at in zip(given, places, strict=True)
            if at is None or not any(overlaps(span, at) for span in finding.evidence)
        ]
        names = {word for word in expected.split() if word[0].isupper()}
        wrong += [f"explanation without {name}" for name in sorted(names) if name not in finding.explanation]
        if "compared" in expected and not finding.compared_with:
            wrong.append("compared_with")
        yield wrong


#: Money before claims, so that a claim about a sum finds it; events before claims, likewise.
_SECTIONS: dict[str, Callable[[Item, Held], Iterator[list[str]]]] = {
    "events": _events,
    "effects": _effects,
    "quantities": _quantities,
    "money": _money,
    "claims": _claims,
    "relations": _relations,
    "findings": _findings,
}
