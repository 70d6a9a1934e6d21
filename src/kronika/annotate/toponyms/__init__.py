"""Names of places, found in the gazetteer and not by a model of names."""
