"""Content ids: the same content has the same id, on every machine and in every run."""

from __future__ import annotations

import hashlib

#: 60 bits in base 32: short enough for a URL, and 1e6 ids collide with probability under 1e-6.
_DIGEST_BITS = 60
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]


def content_id(prefix: str, *parts: object) -> str:
    """Return ``prefix`` + a 12-character hash of ``parts``.

    Parts are joined by a separator that can't occur in text, so ``("a", "b")`` and ``("ab",)`` differ.

    >>> content_id("e", "doc", 3, 9)
    'e-2xn7ece74ybg'
    """
    data = "\x1f".join(["" if part is None else str(part) for part in parts]).encode()
    number = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> (64 - _DIGEST_BITS)
    return (
        f"{prefix}-{_PAIRS[number >> 50]}{_PAIRS[number >> 40 & 1023]}{_PAIRS[number >> 30 & 1023]}"
        f"{_PAIRS[number >> 20 & 1023]}{_PAIRS[number >> 10 & 1023]}{_PAIRS[number & 1023]}"
    )
