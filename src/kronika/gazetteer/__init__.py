"""What is known of places: an index of names built from GeoNames data, and its supplement."""

from kronika.gazetteer.index import Gazetteer, Place, open_gazetteer
from kronika.gazetteer.keys import name_key

__all__ = ["Gazetteer", "Place", "name_key", "open_gazetteer"]
