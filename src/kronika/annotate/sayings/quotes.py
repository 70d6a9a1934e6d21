"""Quotation marks: which stretches of a text stand in them."""

from __future__ import annotations

import re

#: A quote ends with its paragraph: an opening mark without a partner runs to the line's end, as newspapers set
#: quotes of several paragraphs.
_QUOTE = re.compile(
    r"""“[^”“\n]+(?:”|(?=\n|$)) | "[^"\n]+(?:"|(?=\n|$)) | «[^»\n]+» | „[^“”\n]+[“”] | ''[^'\n]+(?:'[a-z][^'\n]*)*''""",
    re.VERBOSE,
)


def find_quotes(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) code points of the quotes of ``text``, marks included, in order.

    >>> find_quotes('He called it "a farce" and left.')
    [(13, 22)]
    """
    return [match.span() for match in _QUOTE.finditer(text)]


def is_closed(text: str, quote: tuple[int, int]) -> bool:
    """Whether ``quote`` ends with a closing mark; otherwise the next paragraph continues it."""
    return text[quote[1] - 1] in "”\"»'“"
