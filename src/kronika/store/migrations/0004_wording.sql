-- The sentence that tells an event, and when it was printed: what copies of one text share.
ALTER TABLE link_rows ADD COLUMN wording TEXT;
ALTER TABLE link_rows ADD COLUMN printed INTEGER;
CREATE INDEX link_rows_by_wording ON link_rows (wording, printed);
