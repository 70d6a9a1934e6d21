"""Where stages run: one process or a pool."""
