"""What kinds of things there are: event types, weapons, actors, effects, with their equivalents elsewhere."""
