"""Names: folding spellings of one name together, for comparison only (the record keeps what was written)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Spellings that transliterations of Cyrillic and Arabic names vary in, longest first; applied in order.
_FOLDS = (
    ("shch", "sc"), ("zh", "z"), ("kh", "h"), ("ts", "c"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("q", "k"),
    ("iy", "i"), ("yy", "i"), ("yi", "i"), ("ii", "i"), ("y", "i"), ("j", "i"), ("w", "v"), ("x", "ks"), ("ou", "u"),
    ("ie", "e"), ("io", "o"), ("ia", "a"), ("iu", "u"),
)  # fmt: skip
_NOT_WORD = re.compile(r"[^\w\s]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Return ``name`` without case, accents, punctuation and spacing differences.

    >>> fold("  Kremniy-EL’s “Plant” ")
    'kremniy el plant'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"['’]s\b", "", plain)
    return " ".join(_NOT_WORD.sub(" ", plain).split())


@lru_cache(maxsize=1 << 16)
def fold_translit(name: str) -> str:
    """Return a key under which usual transliterations of one name meet.

    >>> fold_translit("Kremniy") == fold_translit("Kremnii") == fold_translit("Kremny")
    True
    >>> fold_translit("Bryansk") == fold_translit("Brest")
    False
    """
    out = fold(name)
    for written, folded in _FOLDS:
        out = out.replace(written, folded)
    return _DOUBLED.sub(r"\1", out)


def stem(word: str) -> str:
    """Return a word form without its ending, so that "strike", "strikes" and "striking" meet.

    >>> [stem(w) for w in ("strikes", "striking", "shelled", "shelling", "attacked")]
    ['strik', 'strik', 'shell', 'shell', 'attack']
    """
    low = word.casefold()
    for ending in ("ings", "ing", "ied", "ed", "ies", "es", "s", "e"):
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: -len(ending)]
    return low
