"""Front matter: ``key: value`` lines between two ``---`` at the head of a text file."""

from __future__ import annotations

import re

import yaml

from kronika.errors import RejectedDocument
from kronika.records import Stated
from kronika.sources.jsonl import stated_in

_BLOCK = re.compile(r"\A---[ \t]*\n(.{0,10000}?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIRST_LINE = re.compile(r"\A\s*[A-Za-z_][\w .-]*:(\s|\Z)")


def split_front_matter(text: str, where: str) -> tuple[dict[str, Stated], str]:
    """Return what the front matter of ``text`` states and the text after it.

    A text that begins with a rule (``---``) but no ``key:`` line has no front matter.

    Raises:
        RejectedDocument: the block looks like front matter and is not YAML.
    """
    block = _BLOCK.match(text)
    if not block or not _FIRST_LINE.match(block.group(1)):
        return {}, text
    try:
        # BaseLoader keeps every value the string it is: no dates, no "no" turned to False
        value = yaml.load(block.group(1), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or "not YAML"
        raise RejectedDocument(f"{where}: the front matter is no YAML ({reason})", "bad_front_matter") from error
    if not isinstance(value, dict):
        return {}, text
    return stated_in(value, "front matter"), text[block.end() :]
