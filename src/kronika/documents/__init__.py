"""Bytes to documents: the article, its metadata, its language."""
