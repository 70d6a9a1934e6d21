"""Words of deeds that, where they stand, tell no happening."""
