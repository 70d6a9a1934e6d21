"""Bytes to characters: strictly where the encoding is known, refused where it can only be guessed."""

from __future__ import annotations

import codecs
import re

from kronika.errors import RejectedDocument

#: File signatures of what is no text, with its name.
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "gzip data"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
#: Of a page's characters, the share that may be undecodable: browsers show such pages, and a stray byte loses nothing.
_MAX_BROKEN = 0.001
#: Spaces that look like a space, and characters that look like nothing; both split words where no reader sees a break.
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u3000"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u2060\ufeff"), None)
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(content: bytes, where: str, encoding: str | None = None) -> str:
    """Return the characters of a text file: by its byte order mark, else ``encoding``, else UTF-8.

    Raises:
        RejectedDocument: empty, binary, or not in that encoding.
    """
    check_is_text(content, where)
    for mark, name in _BOMS:
        if content.startswith(mark):
            content, encoding = content[len(mark) :], name
            break
    encoding = encoding or "utf-8"
    try:
        return content.decode(_codec(encoding, where))
    except UnicodeDecodeError as error:
        raise RejectedDocument(
            f"{where}: byte 0x{content[error.start]:02x} at position {error.start} is not {encoding}",
            "encoding",
            "name its encoding, for instance --encoding windows-1252",
        ) from error


def decode_html(content: bytes, where: str, encoding: str | None = None) -> str:
    """Return the characters of a page, in the encoding that the server, a byte order mark or the page names.

    A page that names none is UTF-8. Up to one character in a thousand may be undecodable.

    Raises:
        RejectedDocument: empty, binary, or not in the encoding it names.
    """
    check_is_text(content, where)
    declared = _META_CHARSET.search(content[:4096])
    name = next((name for mark, name in _BOMS if content.startswith(mark)), encoding)
    name = name or (declared.group(1).decode("ascii") if declared else "utf-8")
    text = content.decode(_codec(name, where), errors="replace")
    broken = text.count("\ufffd")
    if broken > _MAX_BROKEN * len(text) + 1:
        raise RejectedDocument(
            f"{where}: {broken:,} characters are not {name}, the encoding it names or is held to be in",
            "encoding",
            "name its encoding, for instance --encoding windows-1252",
        )
    return text


def tidy(text: str) -> str:
    """Return ``text`` with one kind of line break, one kind of space, and without invisible characters.

    >>> tidy("40\\u00a0drones\\r\\nover Kur\\u00adsk")
    '40 drones\\nover Kursk'
    """
    text = _NEWLINES.sub("\n", text).translate(_SPACES).translate(_INVISIBLE)
    return _CONTROLS.sub("", text)


def check_is_text(content: bytes, where: str) -> None:
    """Raise :class:`RejectedDocument` for what is empty or binary."""
    if not content.strip():
        raise RejectedDocument(f"{where}: the file is empty", "empty")
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise RejectedDocument(f"{where}: {name}, not text", "binary", "save the article as text or HTML")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    start = content[:65536]
    if b"\x00" in start or len(_CONTROL.findall(start)) > len(start) // 100:
        raise RejectedDocument(f"{where}: binary data, not text", "binary", "save the article as text or HTML")


def _codec(name: str, where: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise RejectedDocument(f"{where}: no such encoding as {name!r}", "encoding") from error
