-- Copy keys by the number of their document: half the size, and no second copy of them in an index.
DROP TABLE copy_keys;
CREATE TABLE copy_keys (
  "key" INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY ("key", document)
) WITHOUT ROWID;
