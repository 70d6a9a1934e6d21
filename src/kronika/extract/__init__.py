"""Spans to what the document says: events, claims, effects, relations, deployments, statements."""
