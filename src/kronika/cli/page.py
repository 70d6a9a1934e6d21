"""Text for people: coloured, wrapped and indented on a terminal; plain, one line a paragraph, when piped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kronika.cli.output import console
from kronika.documents.sentences import sentence_bounds

if TYPE_CHECKING:
    from rich.text import Text

    from kronika.records import Document, Report, Span

#: Longer lines are hard to read, however wide the terminal.
_MAX_WIDTH = 110
_LABEL = 12
#: One for one, so that offsets hold.
_BREAK = re.compile(r"\s")

Mark = tuple["Span", str]


class Page:
    """What a command shows on stdout."""

    def __init__(self) -> None:
        self.console: Any = console()
        self.is_terminal = bool(self.console.is_terminal)
        self.width = min(self.console.width, _MAX_WIDTH)

    def line(self, *parts: str | tuple[str, str], indent: int = 0, hang: int = 0) -> None:
        """Print one paragraph: ``parts`` are words, or words with their style; ``hang`` indents its further lines."""
        from rich.text import Text

        self._print(Text.assemble(*parts), indent, hang)

    def field(self, name: str, *parts: str | tuple[str, str], indent: int = 3) -> None:
        """Print a labelled value."""
        self.line((name.ljust(_LABEL), "dim"), *parts, indent=indent, hang=_LABEL)

    def quote(self, quoted: str, start: int, marks: Iterable[Mark] = (), indent: int = 3, tail: str = "") -> None:
        """Print words of a document in quotation marks, the spans of ``marks`` in their styles, then ``tail``.

        ``start`` is where ``quoted`` begins in the document.
        """
        from rich.text import Text

        words = Text(_BREAK.sub(" ", quoted))
        for span, style in marks:
            if start <= span.start and span.end <= start + len(quoted):
                words.stylize(style, span.start - start, span.end - start)
        self._print(Text.assemble("“", words, "”", (f" {tail}" if tail else "", "dim")), indent, 0, "│ ")

    def _print(self, text: Text, indent: int, hang: int, bar: str = "") -> None:
        from rich.text import Text

        first, rest = " " * indent + bar, " " * (indent + hang) + bar
        if not self.is_terminal:
            self.console.print(Text(first.replace("│ ", "")) + text, soft_wrap=True)
            return
        lines = text.wrap(self.console, max(self.width - indent - hang - len(bar), 30))
        for number, line in enumerate(lines):
            line.rstrip()
            self.console.print(Text.assemble((rest if number else first, "dim"), line), soft_wrap=True)


def sentence(text: str, start: int, end: int, known: Iterable[Span] = ()) -> tuple[int, int]:
    """Return the bounds of the sentence around ``text[start:end]``: one of ``known``, else up to stops and line breaks.

    >>> text = "It rained. Two houses burned. All slept."
    >>> first, last = sentence(text, 15, 21)
    >>> text[first:last]
    'Two houses burned.'
    """
    for span in known:
        if span.start <= start and end <= span.end:
            return span.start, span.end
    return sentence_bounds(text, start, end)


def quotes(spans: Iterable[Span], document: Document, report: Report | None = None) -> list[tuple[int, int]]:
    """Return the bounds of the sentences that hold ``spans``, each once, in order."""
    known = [event.evidence for event in report.events] if report is not None else []
    return sorted({sentence(document.text, span.start, span.end, known) for span in spans})


def source(document: Document) -> str:
    """Return who published ``document`` and when, for people."""
    published = (document.published or "undated")[:10]
    return f"{document.publisher or document.url or 'unknown publisher'}, {published}"
