"""The unit of measure behind a number: words, symbols and rates ("km", "miles an hour", "kilowatt hours")."""

from __future__ import annotations

import re
from functools import lru_cache

from kronika.codebook.measures import Units, units

_NEXT = re.compile(r"[ \u00a0-]?(?P<first>[^\W\d_][\w.'’]*)(?:[ -][^\W\d_][\w'’]*){0,3}")
_PARTS = re.compile(r"(?<=[ -])")
_WITHOUT_UNIT = re.compile(r"share|person|unit")
_SYMBOL = re.compile(
    r"(?P<gap>[ \u00a0-]?)(?P<symbol>°\s?[CFcf]\b|[^\W\d_µμ]*[µμ]?[A-Za-z²³]+(?:[/-][A-Za-z]+)?[²³23]?)(?![\w])"
    r"|\s?(?P<sign>[%°″])"
)
_PERIOD = "hour|day|week|month|year|barrel|gallon|share|litre|liter|gram|ounce|pound|ton"
_PER = re.compile(rf"\s?(?:/|per |[ -]an?[ -](?=(?:{_PERIOD})\b(?! (?:ago|earlier|later|before|after))))\s?", re.I)


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    table = units()
    return frozenset(re.split("[ -]", form.lower())[0] for form in (*table.words, *table.symbols))


def _name(text: str, at: int, table: Units) -> tuple[str, int] | None:
    symbol = _SYMBOL.match(text, at)
    if symbol:
        found = table.symbols.get((symbol["symbol"] or symbol["sign"]).replace("° ", "°"))
        # a lone letter is a unit only where it is glued on, or its capital can be nothing else
        if found and (symbol["sign"] or len(symbol["symbol"]) > 1 or symbol["symbol"] in "%°" or not symbol["gap"]):
            follows = text[at : at + 24].strip().lower()
            if not follows.startswith(("degrees c", "degree c", "degrees f", "degree f", "deg c", "deg f")):
                return found, symbol.end()
    match = _NEXT.match(text, at)
    if not match or match["first"].lower().rstrip(".") not in _first_words():
        return None
    phrase = match.group().lstrip(" -\u00a0")
    offset = match.end() - len(phrase)
    parts = _PARTS.split(phrase)
    for size in range(len(parts), 0, -1):
        piece = "".join(parts[:size]).rstrip(" -")
        found = table.symbols.get(piece) if size > 1 else None
        found = found or table.words.get(piece.lower()) or table.words.get(piece.lower().rstrip("."))
        if found:
            return found, offset + len(piece)
    return None


def find_unit(text: str, at: int) -> tuple[str, int] | None:
    """Return the unit that starts at ``at`` (or after a space or hyphen) and where it ends; None where there is none.

    >>> find_unit("40 kilometres per hour", 2), find_unit("60mph winds", 2), find_unit("3 people", 1)
    (('kilometre per hour', 22), ('mile per hour', 5), None)
    """
    table = units()
    found = _name(text, at, table)
    if found is None:
        return None
    rate = find_rate(text, found[1])
    if rate and table.dimensions.get(found[0]) not in ("ratio", "age"):
        return f"{found[0]} per {rate[0]}", rate[1]
    return found


def find_rate(text: str, at: int) -> tuple[str, int] | None:
    """Return what a sum or measure is "per" ("a day", "/barrel", "per square foot"), and where that ends."""
    per = _PER.match(text, at)
    if not per:
        return None
    table = units()
    below = _name(text, per.end(), table)
    if below and below[0] in table.rates:
        return below
    word = _WITHOUT_UNIT.match(text, per.end())
    return (word.group(), word.end()) if word else None
