"""Questions asked of a record."""
