"""The version: part of every report, since another version may read another thing."""

from __future__ import annotations

VERSION = "0.1.0"
