"""Names to things: places, times, actors, facilities, currency."""
