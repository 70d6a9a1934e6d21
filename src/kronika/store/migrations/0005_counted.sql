-- How a report counts what it tells ("the third strike on the refinery this year"), with the kind of site.
ALTER TABLE link_rows ADD COLUMN counted TEXT;
CREATE INDEX link_rows_by_count ON link_rows (counted, middle);
