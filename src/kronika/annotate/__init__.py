"""Documents to spans: syntax, names, places, times, quantities, money, weapons, speech."""
