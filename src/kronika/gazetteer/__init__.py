"""What is known of places: an index of names built from GeoNames data, and its supplement."""
