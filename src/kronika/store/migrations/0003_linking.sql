-- What linking keeps of each document and event, so that what is added later is linked without the rest.

CREATE TABLE linked_documents (
  document VARCHAR NOT NULL,
  PRIMARY KEY (document),
  FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE link_rows (
  event VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  body TEXT NOT NULL,
  middle INTEGER,
  target VARCHAR,
  x INTEGER,
  y INTEGER,
  region VARCHAR,
  PRIMARY KEY (event)
);

CREATE INDEX ix_link_rows_document ON link_rows (document);

CREATE INDEX link_rows_by_target ON link_rows (target, middle);

CREATE INDEX link_rows_by_cell ON link_rows (x, y, middle);

CREATE INDEX link_rows_by_region ON link_rows (region, middle);

CREATE TABLE link_edges (
  one VARCHAR NOT NULL,
  other VARCHAR NOT NULL,
  weight FLOAT NOT NULL,
  PRIMARY KEY (one, other)
);

CREATE INDEX ix_link_edges_other ON link_edges (other);

CREATE TABLE namings (
  event VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  folded VARCHAR NOT NULL,
  settlement VARCHAR,
  settlement_name VARCHAR,
  PRIMARY KEY (event, start, "end")
);

CREATE INDEX ix_namings_document ON namings (document);

CREATE INDEX ix_namings_folded ON namings (folded);

CREATE TABLE aliases (
  folded VARCHAR NOT NULL,
  entity VARCHAR NOT NULL,
  PRIMARY KEY (folded)
);

CREATE TABLE copy_keys (
  "key" INTEGER NOT NULL,
  document VARCHAR NOT NULL,
  PRIMARY KEY ("key", document)
);
-- A document that is read again is linked again.
CREATE TRIGGER new_events_are_not_linked AFTER INSERT ON events BEGIN
  DELETE FROM linked_documents WHERE document = NEW.document; END;
CREATE TRIGGER old_events_are_not_linked AFTER DELETE ON events BEGIN
  DELETE FROM linked_documents WHERE document = OLD.document; END;
