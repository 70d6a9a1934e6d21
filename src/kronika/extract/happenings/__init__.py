"""Which mentions tell one happening, and where a text turns to another."""
