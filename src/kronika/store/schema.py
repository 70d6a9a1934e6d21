"""The tables of a record.

Each record of the data model is one row: its JSON in ``body``, and beside it, in columns, what queries ask for.
``position`` is the order inside the document, so that a report comes out as it went in. The tables below describe
what the numbered files in ``migrations/`` make; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()


def _document() -> Column[str]:
    return Column("document", String, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True)


def _incident() -> Column[int]:
    return Column("number", Integer, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True)


def _copy_key() -> tuple[Column[int], Column[int]]:
    return Column("key", Integer, primary_key=True), Column("document", Integer, primary_key=True)  # documents.number


def _part(name: str, *columns: Column[str] | Column[float] | Column[int]) -> Table:
    """Return the table of one kind of part of a report."""
    order = (Column("document", String, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),)
    position = Column("position", Integer, primary_key=True)
    return Table(name, metadata, *order, position, *columns, Column("body", Text, nullable=False))


raws = Table(
    "raws",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)
documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),  # for the full-text index only
    Column("id", String, nullable=False, unique=True),
    Column("url", String),
    Column("publisher", String, index=True),
    Column("title", String),
    Column("published", String, index=True),
    Column("language", String),
    Column("raw_sha256", String, ForeignKey("raws.sha256")),
    Column("status", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("text", Text, nullable=False),
)
#: Where each document came from: the same article can lie in two places.
origins = Table(
    "origins",
    metadata,
    Column("place", String, primary_key=True),
    Column("key", String, nullable=False, index=True),  # sources.Raw.key
    _document(),
)
rejects = Table(
    "rejects",
    metadata,
    Column("place", String, primary_key=True),
    Column("reason", String, nullable=False, index=True),
    Column("message", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("raw_sha256", String),
)
events = _part(
    "events",
    Column("id", String, nullable=False, unique=True),
    Column("type", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("acled", String),
    Column("status", String, nullable=False),
    Column("certainty", String, nullable=False),
    Column("place_id", String),
    Column("country", String),
    Column("admin1", String),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision", String),
    Column("start", String),
    Column("end", String),
)
#: Who and what took part in an event.
roles = Table(
    "roles",
    metadata,
    Column("event", String, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("folded", String, nullable=False),  # the name, case folded
    Column("entity", String),
    Column("country", String),
)
claims = _part(
    "claims",
    Column("id", String, nullable=False, unique=True),
    Column("stance", String, nullable=False),
    Column("certainty", String, nullable=False),
    Column("speaker", String),
)
quantities = _part(
    "quantities",
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("low", Float),
    Column("best", Float),
    Column("high", Float),
)
money = _part(
    "money",
    Column("id", String, nullable=False, unique=True),
    Column("currency", String),
    Column("low", Float),
    Column("best", Float),
    Column("high", Float),
)
relations = _part(
    "relations",
    Column("id", String, nullable=False, unique=True),
    Column("subject", String, nullable=False),
    Column("predicate", String, nullable=False),
    Column("object", String, nullable=False),
)
deployments = _part("deployments", Column("id", String, nullable=False, unique=True), Column("event", String))
statements = _part("statements", Column("id", String, nullable=False, unique=True), Column("speaker", String))
places = _part(
    "places",
    Column("surface", String, nullable=False),
    Column("place_id", String),
    Column("country", String),
    Column("latitude", Float),
    Column("longitude", Float),
)
times = _part("times", Column("start", String), Column("end", String))
mentions = _part(
    "mentions", Column("kind", String, nullable=False), Column("name", String, nullable=False), Column("entity", String)
)
findings = _part(
    "findings",
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("severity", String, nullable=False),
)


#: What happened, per all reports: the columns that are asked for; ``standing`` says whether it is stated, attributed or
#: contested, ``sentence`` and ``document`` are those of the first report.
incidents = Table(
    "incidents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("type", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("acled", String),
    Column("status", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("certainty", String, nullable=False),
    Column("edtf", String, nullable=False),
    Column("start", String),
    Column("end", String),
    Column("time_precision", String),
    Column("place_id", String),
    Column("place", String, nullable=False),
    Column("country", String),
    Column("admin1", String),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision", String, nullable=False),
    Column("radius_km", Float),
    Column("sources", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("document", String, nullable=False),
    Column("sentence", Text, nullable=False),
)
#: The JSON of each incident, apart from its columns so that reading all of those stays quick.
incident_bodies = Table("incident_bodies", metadata, _incident(), Column("body", Text, nullable=False))
incident_names = Table(
    "incident_names",
    metadata,
    _incident(),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("folded", String, nullable=False),
    Column("entity", String),
)
incident_reports = Table(
    "incident_reports",
    metadata,
    Column("event", String, primary_key=True),
    Column("number", Integer, ForeignKey("incidents.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("document", String, nullable=False, index=True),
)
entities = Table(
    "entities",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("body", Text, nullable=False),
)
#: Where each entity is named: a mention is looked up by its place in the text.
entity_spans = Table(
    "entity_spans",
    metadata,
    Column("document", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("entity", String, ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
)
#: Documents that are copies of one text, those that are the first of their family among them.
copies = Table(
    "copies",
    metadata,
    Column("document", String, primary_key=True),
    Column("family", String, nullable=False, index=True),
    Column("first", String, nullable=False),
    Column("resemblance", Float, nullable=False),
    Column("containment", Float, nullable=False),
)
#: What linking keeps: the documents it has seen since they were last read, what it compares of each event, the scored
#: pairs of events, who and what is named where, and what a text shares with its copies.
linked_documents = Table(
    "linked_documents",
    metadata,
    Column("document", String, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
)
link_rows = Table(
    "link_rows",
    metadata,
    Column("event", String, primary_key=True),
    Column("document", String, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("middle", Integer),
    Column("target", String),
    Column("x", Integer),
    Column("y", Integer),
    Column("region", String),
    Column("wording", String),
    Column("printed", Integer),
    Column("counted", String),
)
link_edges = Table(
    "link_edges",
    metadata,
    Column("one", String, primary_key=True),
    Column("other", String, primary_key=True, index=True),
    Column("weight", Float, nullable=False),
)
namings = Table(
    "namings",
    metadata,
    Column("event", String, primary_key=True),
    Column("document", String, nullable=False, index=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("text", String, nullable=False),
    Column("name", String, nullable=False),
    Column("folded", String, nullable=False, index=True),
    Column("settlement", String),
    Column("settlement_name", String),
)
aliases = Table(
    "aliases", metadata, Column("folded", String, primary_key=True), Column("entity", String, nullable=False)
)
copy_keys = Table("copy_keys", metadata, *_copy_key(), sqlite_with_rowid=False)
#: The keys of the documents that are being linked, while they are.
fresh_copy_keys = Table("fresh_copy_keys", MetaData(), *_copy_key(), prefixes=["TEMPORARY"])
#: By which rules, and up to which decision, the incidents were put together; one row.
linkings = Table(
    "linkings", metadata, Column("number", Integer, primary_key=True), Column("state", String, nullable=False)
)
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("previous", String, nullable=False),
    Column("who", String, nullable=False),
    Column("when", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("field", String),
    Column("value", Text),
    Column("reason", Text),
)
decision_subjects = Table(
    "decision_subjects",
    metadata,
    Column("decision", String, ForeignKey("decisions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("subject", String, nullable=False, index=True),
)

Index("link_rows_by_target", link_rows.c.target, link_rows.c.middle)
Index("link_rows_by_cell", link_rows.c.x, link_rows.c.y, link_rows.c.middle)
Index("link_rows_by_region", link_rows.c.region, link_rows.c.middle)
Index("link_rows_by_wording", link_rows.c.wording, link_rows.c.printed)
Index("link_rows_by_count", link_rows.c.counted, link_rows.c.middle)
Index("incident_names_by_name", incident_names.c.folded, incident_names.c.role)
Index("incident_names_by_entity", incident_names.c.entity)
Index("events_by_type", events.c.type, events.c.start)
Index("events_by_time", events.c.start, events.c.end)
Index("events_by_country", events.c.country, events.c.admin1)
Index("events_by_place", events.c.place_id)
Index("roles_by_name", roles.c.folded, roles.c.role)
Index("mentions_by_name", mentions.c.name)
Index("findings_by_kind", findings.c.kind)

#: The parts of a report, by the name of the field in :class:`kronika.records.Report`.
PARTS: dict[str, Table] = {
    table.name: table
    for table in (
        events,
        claims,
        quantities,
        money,
        relations,
        deployments,
        statements,
        places,
        times,
        mentions,
        findings,
    )
}
