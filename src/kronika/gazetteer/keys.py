"""Keys: one spelling for all the ways in which a name is written."""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

#: Letters that Unicode does not decompose; both sides, names and queries, lose the difference alike.
_LETTERS = str.maketrans(
    {"ё": "е", "ґ": "г", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ə": "a"}
)
_DROPPED = re.compile(r"[\u02b0-\u02ff'`´‘’‚‛′″\"“”„«»()\[\]{}]")
_SPACES = re.compile(r"[\s\-‐-―/.,_]+")
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")


@lru_cache(maxsize=32768)
def name_key(name: str) -> str:
    """Return the key under which ``name`` is stored and looked up: case, accents and punctuation folded.

    >>> name_key("The Côte-d’Ivoire"), name_key("Щёлково"), name_key("St. Louis")
    ('cote divoire', 'щелково', 'st louis')
    """
    key = name.casefold()
    if key.isascii():
        if key.isalpha():
            return key
    else:
        key = _MARKS.sub("", unicodedata.normalize("NFKD", key.translate(_LETTERS))).translate(_LETTERS)
    key = _SPACES.sub(" ", _DROPPED.sub("", key)).strip()
    return key[4:] if key.startswith("the ") and len(key) > 4 else key


def key_hash(key: str) -> int:
    """Return 32 bits of ``key`` for the filter held in memory (a false hit in about 4,000 look-ups)."""
    return zlib.crc32(key.encode())
