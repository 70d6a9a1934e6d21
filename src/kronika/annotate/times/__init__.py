"""Expressions of time: words that can only be part of one, and what each says."""
