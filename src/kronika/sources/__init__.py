"""Bytes in: files, folders, feeds, addresses."""
