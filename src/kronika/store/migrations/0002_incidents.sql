-- Incidents with what is asked of them in columns, the things that names lead to, copies, and people's decisions.

CREATE TABLE incidents (
  number INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  type VARCHAR NOT NULL,
  mode VARCHAR NOT NULL,
  acled VARCHAR,
  status VARCHAR NOT NULL,
  outcome VARCHAR NOT NULL,
  standing VARCHAR NOT NULL,
  certainty VARCHAR NOT NULL,
  edtf VARCHAR NOT NULL,
  start VARCHAR,
  "end" VARCHAR,
  time_precision VARCHAR,
  place_id VARCHAR,
  place VARCHAR NOT NULL,
  country VARCHAR,
  admin1 VARCHAR,
  latitude FLOAT,
  longitude FLOAT,
  precision VARCHAR NOT NULL,
  radius_km FLOAT,
  sources INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  document VARCHAR NOT NULL,
  sentence TEXT NOT NULL,
  PRIMARY KEY (number),
  UNIQUE (id)
);

CREATE TABLE incident_bodies (
  number INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (number),
  FOREIGN KEY(number) REFERENCES incidents (number) ON DELETE CASCADE
);

CREATE TABLE incident_names (
  number INTEGER NOT NULL,
  role VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  folded VARCHAR NOT NULL,
  entity VARCHAR,
  PRIMARY KEY (number, role, position),
  FOREIGN KEY(number) REFERENCES incidents (number) ON DELETE CASCADE
);

CREATE INDEX incident_names_by_name ON incident_names (folded, role);

CREATE INDEX incident_names_by_entity ON incident_names (entity);

CREATE TABLE incident_reports (
  event VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  document VARCHAR NOT NULL,
  PRIMARY KEY (event),
  FOREIGN KEY(number) REFERENCES incidents (number) ON DELETE CASCADE
);

CREATE INDEX ix_incident_reports_number ON incident_reports (number);

CREATE INDEX ix_incident_reports_document ON incident_reports (document);

CREATE TABLE entities (
  id VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE entity_spans (
  document VARCHAR NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  entity VARCHAR NOT NULL,
  PRIMARY KEY (document, start, "end"),
  FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE TABLE copies (
  document VARCHAR NOT NULL,
  family VARCHAR NOT NULL,
  first VARCHAR NOT NULL,
  resemblance FLOAT NOT NULL,
  containment FLOAT NOT NULL,
  PRIMARY KEY (document)
);

CREATE INDEX ix_copies_family ON copies (family);

CREATE TABLE linkings (
  number INTEGER NOT NULL,
  state VARCHAR NOT NULL,
  PRIMARY KEY (number)
);

CREATE TABLE decisions (
  number INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  previous VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  "when" VARCHAR NOT NULL,
  verdict VARCHAR NOT NULL,
  field VARCHAR,
  value TEXT,
  reason TEXT,
  PRIMARY KEY (number),
  UNIQUE (id)
);

CREATE TABLE decision_subjects (
  decision VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  subject VARCHAR NOT NULL,
  PRIMARY KEY (decision, position),
  FOREIGN KEY(decision) REFERENCES decisions (id)
);

CREATE INDEX ix_decision_subjects_subject ON decision_subjects (subject);

CREATE VIRTUAL TABLE incidents_search USING fts5 (
  text, tokenize = "unicode61 remove_diacritics 2"
);
-- A decision is never altered or taken back: undoing it is another decision.
CREATE TRIGGER decisions_are_not_altered BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'a decision is never altered'); END;
CREATE TRIGGER decisions_are_not_deleted BEFORE DELETE ON decisions BEGIN
  SELECT RAISE(ABORT, 'a decision is never deleted'); END;
