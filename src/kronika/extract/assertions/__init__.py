"""Who says what: claims, denials, statements, and what they are about."""
