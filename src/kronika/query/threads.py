"""Threads across reports: deployments, supply, sums of money and statements, in the order in which they were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from kronika.codebook.stages import stage_of
from kronika.documents.sentences import sentence_bounds
from kronika.link.publication import publication_order
from kronika.link.speakers import Sources
from kronika.query.things import Thing
from kronika.records import Claim, CountKind, Deployment, Document, Event, Money, Quantity, Relation, Statement
from kronika.store.codec import from_json
from kronika.store.links import select_all
from kronika.store.schema import claims, copies, deployments, documents, events, money, quantities, relations, roles
from kronika.store.schema import statements as said

Row = dict[str, Any]
#: Steps of a supply chain that are followed from a thing: facility, product, system.
_STEPS = 2


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents that a thread is read from, and which of them are copies of another."""

    documents: Mapping[str, Document]
    original: Mapping[str, str]  # a copy -> the document published first

    @classmethod
    def read(cls, connection: Connection, keys: Iterable[str]) -> Papers:
        """Read the documents with these ids (without their texts), and the originals of copies among them."""
        wanted = sorted(set(keys))
        query = select(copies.c.document, copies.c.first)
        original = {row.document: row.first for row in select_all(connection, query, copies.c.document, wanted)}
        every = sorted({*wanted, *original.values()})
        bodies = select_all(connection, select(documents.c.body), documents.c.id, every)
        found = [from_json(Document, row.body) for row in bodies]
        return cls({document.id: document for document in found}, original)

    def is_copy(self, key: str) -> bool:
        """Whether a document repeats one that was published before it."""
        return self.original.get(key, key) != key

    def order(self, key: str) -> tuple[str, str]:
        """Return by what documents sort: publication, then id."""
        return publication_order(self.documents[key].published), key

    def columns(self, key: str) -> Row:
        """Return the columns that say where a row was read."""
        document = self.documents[key]
        return {"published": (document.published or "")[:10], "publisher": document.publisher or "", "document": key}

    def sources(self, keys: Iterable[str]) -> int:
        """Return how many independent publishers these documents are of; copies count with their original."""
        first = {self.original.get(key, key) for key in keys}
        return len({self.documents[key].publisher or key for key in first})


def read_statements(connection: Connection, thing: Thing | None, words: str = "") -> list[Row]:
    """Return what a thing is on record as saying (anybody for None), on a matter with ``words``, in order.

    Copies are left out: their original has the statement.
    """
    query = select(said.c.document, said.c.position, said.c.body)
    if thing is not None:
        query = query.where(thing.is_named(said.c.speaker))
    found = [(row.document, row.position, from_json(Statement, row.body)) for row in connection.execute(query)]
    folded = words.casefold()
    found = [one for one in found if folded in " ".join((*one[2].matter, one[2].text)).casefold()]
    papers = Papers.read(connection, (document for document, _, _ in found))
    cues = _claims(connection, [statement.claim for _, _, statement in found])
    rows = []
    for document, _, statement in sorted(found, key=lambda one: (papers.order(one[0]), one[1])):
        if not papers.is_copy(document):
            claim = cues.get(statement.claim)
            span = claim.content[0] if claim and claim.content else None
            rows.append(
                {
                    **papers.columns(document),
                    "speaker": statement.speaker,
                    "stance": statement.stance,
                    "certainty": claim.certainty.value if claim else "",
                    "matter": "; ".join(statement.matter),
                    "text": " ".join(statement.text.split()),
                    "start": span.start if span else None,
                    "end": span.end if span else None,
                }
            )
    return rows


def _claims(connection: Connection, keys: Iterable[str]) -> dict[str, Claim]:
    rows = select_all(connection, select(claims.c.id, claims.c.body), claims.c.id, sorted(set(keys)))
    return {row.id: from_json(Claim, row.body) for row in rows}


def read_supply(connection: Connection, thing: Thing) -> list[Row]:
    """Return the relations of a thing and of what it makes, each once, with its independent sources."""
    found: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    names: set[str] = {name.casefold() for name in thing.names}
    seen: set[str] = set()
    for step in range(_STEPS):
        asked = sorted(names - seen)
        seen |= names
        for relation in _relations(connection, asked, is_subject=step > 0):
            key = (relation.subject.name, relation.predicate, relation.object.name)
            if relation not in found[key]:
                found[key].append(relation)
        names = {key[2].casefold() for key in found if key[1] != "located in"}
    papers = Papers.read(connection, (one.evidence.document for group in found.values() for one in group))
    rows = []
    for (subject, predicate, object_), group in found.items():
        first = min(group, key=lambda one: (papers.order(one.evidence.document), one.evidence.start))
        keys = {one.evidence.document for one in group}
        columns = papers.columns(first.evidence.document)
        rows.append(
            {
                "subject": subject,
                "predicate": predicate,
                "object": object_,
                "sources": papers.sources(keys),
                "documents": len(keys),
                **columns,
                "text": " ".join(first.evidence.text.split()),
                "start": first.evidence.start,
                "end": first.evidence.end,
            }
        )
    return sorted(rows, key=lambda row: (-row["sources"], row["subject"], row["predicate"], row["object"]))


def _relations(connection: Connection, folded: list[str], *, is_subject: bool) -> Iterator[Relation]:
    columns = (relations.c.subject,) if is_subject else (relations.c.subject, relations.c.object)
    named = or_(*(func.lower(column).in_(folded) for column in columns))
    query = select(relations.c.body).where(named).order_by(relations.c.document, relations.c.position)
    for body in connection.execute(query).scalars():
        yield from_json(Relation, body)


def read_money(connection: Connection, thing: Thing) -> list[Row]:
    """Return the sums of money that a thing gives, gets or is paid for, in order, each with its stage."""
    told: ColumnElement[bool] = or_(*(money.c.body.icontains(name, autoescape=True) for name in thing.names))
    query = select(money.c.document, money.c.position, money.c.body, documents.c.text)
    query = query.join(documents, documents.c.id == money.c.document).where(told)
    folded = [name.casefold() for name in thing.names]
    found = []
    for document, position, body, text in connection.execute(query):
        one = from_json(Money, body)
        around = f"{one.what or ''} {one.holder or ''}".casefold()
        if any(name in around for name in folded):
            start, end = sentence_bounds(text, one.span.start, one.span.end)
            found.append((document, position, one, " ".join(text[start:end].split())))
    papers = Papers.read(connection, (document for document, _, _, _ in found))
    return [
        {
            **papers.columns(document),
            "sum": " ".join(one.span.text.split()),
            "low": one.low,
            "best": one.best,
            "high": one.high,
            "currency": one.currency or "",
            "what": one.what or "",
            "holder": one.holder or "",
            "stage": stage_of(sentence),
            "also": one.also or "",
            "text": sentence,
            "start": one.span.start,
            "end": one.span.end,
        }
        for document, _, one, sentence in sorted(found, key=lambda one: (papers.order(one[0]), one[1]))
        if not papers.is_copy(document)
    ]


def read_deployments(connection: Connection, thing: Thing) -> list[Row]:
    """Return who sent whom where, a row for each figure by its speaker, in order; parts name their whole."""
    asked = select(roles.c.event).where(thing.is_named(roles.c.name))
    query = (
        select(deployments.c.body, events.c.body)
        .join(events, events.c.id == deployments.c.event)
        .where(deployments.c.event.in_(asked))
    )
    found = [(from_json(Deployment, one), from_json(Event, other)) for one, other in connection.execute(query)]
    keys = [event.document for _, event in found]
    papers = Papers.read(connection, keys)
    query = select(claims.c.body)
    told = [from_json(Claim, row.body) for row in select_all(connection, query, claims.c.document, sorted(set(keys)))]
    sources = Sources(papers.documents.values(), told)
    counted = _quantities(connection, keys)
    ordered = sorted(found, key=lambda one: (papers.order(one[1].document), one[0].evidence.start))
    return [
        row
        for deployment, event in ordered
        if not papers.is_copy(event.document)
        for row in _deployment_rows(deployment, event, counted, sources, papers)
    ]


def _quantities(connection: Connection, keys: Iterable[str]) -> dict[str, Quantity]:
    query = select(quantities.c.id, quantities.c.body)
    rows = select_all(connection, query, quantities.c.document, sorted(set(keys)))
    return {row.id: from_json(Quantity, row.body) for row in rows}


def _deployment_rows(
    deployment: Deployment, event: Event, counted: Mapping[str, Quantity], sources: Sources, papers: Papers
) -> Iterator[Row]:
    place, time = deployment.destination, event.time
    keys = [*deployment.figures, *(count.id for count in event.counts if count.kind is CountKind.DEPLOYED)]
    shared = {
        **papers.columns(event.document),
        "date": time.edtf if time else "",
        "status": event.status.value,
        "sender": "; ".join(mention.name for mention in deployment.sender),
        "force": "; ".join(mention.name for mention in deployment.force),
        "destination": (place.name or place.surface) if place else "",
        "text": " ".join(deployment.evidence.text.split()),
        "start": deployment.evidence.start,
        "end": deployment.evidence.end,
        "event": event.id,
    }
    figures = [counted[key] for key in dict.fromkeys(keys) if key in counted]
    for one in figures:
        claim = sources.claim_about(one)
        whole = counted.get(one.part_of or "")
        yield {
            **shared,
            "speaker": sources.speaker_name(event, claim),
            "figure": f"{one.approximator or ''} {one.span.text}".strip() if one.approximator else one.span.text,
            "of": one.of or "",
            "low": one.low,
            "best": one.best,
            "high": one.high,
            "part_of": whole.span.text if whole else "",
        }
    if not figures:
        claim = next(iter(sources.claims_of(event)), None)
        empty = dict.fromkeys(("figure", "of", "part_of"), "") | dict.fromkeys(("low", "best", "high"))
        yield {**shared, "speaker": sources.speaker_name(event, claim), **empty}
