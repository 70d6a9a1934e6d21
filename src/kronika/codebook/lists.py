"""The word lists as their files have them, read by the parser in C where there is one: in a seventh of the time."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from kronika.errors import CodebookError


def read_list(name: str) -> dict[str, Any]:
    """Return the content of a file of the codebook ("units.yaml").

    Raises:
        CodebookError: it is not a mapping.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(files("kronika.codebook").joinpath(name).read_text("utf-8"), Loader=loader)
    if not isinstance(data, dict):
        raise CodebookError(f"{name} is not a mapping")
    return data
