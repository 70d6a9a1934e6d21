-- The record's first schema: documents with their bytes, what they say, and full-text search over both.

CREATE TABLE raws (
  sha256 VARCHAR NOT NULL,
  size INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (sha256)
);

CREATE TABLE rejects (
  place VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  message TEXT NOT NULL,
  hint TEXT NOT NULL,
  raw_sha256 VARCHAR,
  PRIMARY KEY (place)
);

CREATE INDEX ix_rejects_reason ON rejects (reason);

CREATE TABLE documents (
  number INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  url VARCHAR,
  publisher VARCHAR,
  title VARCHAR,
  published VARCHAR,
  language VARCHAR,
  raw_sha256 VARCHAR,
  status VARCHAR NOT NULL,
  version VARCHAR NOT NULL,
  body TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (number),
  UNIQUE (id),
  FOREIGN KEY(raw_sha256) REFERENCES raws (sha256)
);

CREATE INDEX ix_documents_published ON documents (published);

CREATE INDEX ix_documents_publisher ON documents (publisher);

CREATE INDEX ix_documents_status ON documents (status);

CREATE TABLE claims (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  stance VARCHAR NOT NULL,
  certainty VARCHAR NOT NULL,
  speaker VARCHAR,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE TABLE deployments (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  event VARCHAR,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE TABLE events (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  type VARCHAR NOT NULL,
  mode VARCHAR NOT NULL,
  acled VARCHAR,
  status VARCHAR NOT NULL,
  certainty VARCHAR NOT NULL,
  place_id VARCHAR,
  country VARCHAR,
  admin1 VARCHAR,
  latitude FLOAT,
  longitude FLOAT,
  precision VARCHAR,
  start VARCHAR,
  "end" VARCHAR,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE INDEX events_by_country ON events (country, admin1);

CREATE INDEX events_by_place ON events (place_id);

CREATE INDEX events_by_time ON events (start, "end");

CREATE INDEX events_by_type ON events (type, start);

CREATE TABLE findings (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  severity VARCHAR NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE INDEX findings_by_kind ON findings (kind);

CREATE TABLE mentions (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  entity VARCHAR,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX mentions_by_name ON mentions (name);

CREATE TABLE money (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  currency VARCHAR,
  low FLOAT,
  best FLOAT,
  high FLOAT,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE TABLE origins (
  place VARCHAR NOT NULL,
  "key" VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  PRIMARY KEY (place),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_origins_document ON origins (document);

CREATE INDEX ix_origins_key ON origins ("key");

CREATE TABLE places (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  surface VARCHAR NOT NULL,
  place_id VARCHAR,
  country VARCHAR,
  latitude FLOAT,
  longitude FLOAT,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE quantities (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  low FLOAT,
  best FLOAT,
  high FLOAT,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE TABLE relations (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  predicate VARCHAR NOT NULL,
  object VARCHAR NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE TABLE statements (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  speaker VARCHAR,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE,
  UNIQUE (id)
);

CREATE TABLE times (
  document VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  start VARCHAR,
  "end" VARCHAR,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE roles (
  event VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  folded VARCHAR NOT NULL,
  entity VARCHAR,
  country VARCHAR,
  PRIMARY KEY (event, role, position),
  FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE INDEX roles_by_name ON roles (folded, role);

-- The text of a document is kept once: the index reads it from the table.
CREATE VIRTUAL TABLE documents_search USING fts5 (
  title, text, content = 'documents', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER documents_search_insert AFTER INSERT ON documents BEGIN
  INSERT INTO documents_search (rowid, title, text) VALUES (new.number, new.title, new.text); END;
CREATE TRIGGER documents_search_delete AFTER DELETE ON documents BEGIN
  INSERT INTO documents_search (documents_search, rowid, title, text)
  VALUES ('delete', old.number, old.title, old.text); END;
CREATE VIRTUAL TABLE evidence_search USING fts5 (
  event UNINDEXED, document UNINDEXED, text, tokenize = "unicode61 remove_diacritics 2"
);
-- What was published never changes.
CREATE TRIGGER documents_text_is_fixed BEFORE UPDATE OF text, id ON documents
  WHEN new.text IS NOT old.text OR new.id IS NOT old.id BEGIN
  SELECT RAISE(ABORT, 'the text of a stored document never changes'); END;
