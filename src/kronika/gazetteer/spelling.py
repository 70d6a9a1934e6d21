"""One spelling for the ways in which a name is romanised: "Akhnoor" and "Akhnur", "Muse" and "Mu-se"."""

from __future__ import annotations

import re

from kronika.gazetteer.words import without_article

#: Sounds that are written one way here and another there; vowels are told apart by no more than three classes.
_SOUNDS = {
    **dict.fromkeys(("kh", "h"), "h"),
    **dict.fromkeys(("gh", "g"), "g"),
    **dict.fromkeys(("dh", "d"), "d"),
    **dict.fromkeys(("th", "t"), "t"),
    **dict.fromkeys(("sh", "ch", "s"), "s"),
    **dict.fromkeys(("zh", "tz", "ts", "z"), "z"),
    **dict.fromkeys(("ph", "f"), "f"),
    **dict.fromkeys(("qu", "ck", "q", "c", "k"), "k"),
    **dict.fromkeys(("oo", "ou", "o", "u"), "u"),
    **dict.fromkeys(("ee", "ie", "y", "j", "i"), "i"),
    **dict.fromkeys(("v", "w"), "w"),
    "e": "a",
    "x": "ks",
}
_SPELLED = re.compile("qu(?=[aei])|kh|gh|dh|th|sh|ch|zh|tz|ts|ph|ck|oo|ou|ee|ie|[qcouyjvex]")
_TWICE = re.compile(r"(.)\1+")
#: A shorter spelling says too little.
_SHORTEST = 4


def spelling(key: str) -> str:
    """Return the spelling of a key (see :func:`kronika.gazetteer.name_key`); "" where it says too little.

    >>> spelling("akhnoor"), spelling("akhnur"), spelling("mu se"), spelling("quamishli"), spelling("al qamishli")
    ('ahnur', 'ahnur', 'musa', 'kamisli', 'kamisli')
    >>> spelling("as salamiyeh"), spelling("salamiyah"), spelling("ross")
    ('salamia', 'salamia', '')
    """
    if not key.isascii():
        return ""
    plain = (without_article(key) or key).replace(" ", "")
    found = _TWICE.sub(r"\1", _SPELLED.sub(lambda match: _SOUNDS[match[0]], plain)).removesuffix("h")
    return found if len(found) >= _SHORTEST else ""
