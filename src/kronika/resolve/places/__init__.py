"""From the names of a document to places, all of them together."""
