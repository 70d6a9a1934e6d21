"""Everything that kronika raises on purpose.

KronikaError                 base: a message and a hint what to do
├── SourceError              an input can't be read (named, with where)
│   └── RejectedDocument     one document is refused; the run goes on
├── EvidenceError            a span does not say what it is claimed to say
├── ModelError               the language model is missing, or not the one that was pinned
├── GazetteerError           the gazetteer is missing, damaged or can't be built
├── RecordError              a record can't be opened, is of a newer schema, or is damaged
├── CodebookError            a codebook file breaks its own rules
└── SettingsError            kronika.toml or an environment variable is wrong
"""

from __future__ import annotations


class KronikaError(Exception):
    """Base of all errors raised on purpose.

    ``message`` says what happened and where; ``hint`` says what to do about it (may be empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class SourceError(KronikaError):
    """Raised when an input can't be read at all: no such file, no permission, no answer."""


class RejectedDocument(SourceError):  # noqa: N818 - it names the fate of the document
    """Raised for one document that is refused; carries the short reason code the record keeps."""

    def __init__(self, message: str, reason: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason = reason


class EvidenceError(KronikaError):
    """Raised when ``document.text[start:end]`` is not the quoted text."""


class ModelError(KronikaError):
    """Raised when the language model is not installed or its weights are not the pinned ones."""


class GazetteerError(KronikaError):
    """Raised when the gazetteer index is missing, damaged or can't be built."""


class RecordError(KronikaError):
    """Raised when a record can't be opened or written."""


class CodebookError(KronikaError):
    """Raised when a codebook file breaks its own rules."""


class SettingsError(KronikaError):
    """Raised when ``kronika.toml`` or an environment variable holds a wrong value."""
