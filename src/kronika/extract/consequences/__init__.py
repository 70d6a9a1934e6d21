"""What an event brought about: figures, effects, what was hit."""
