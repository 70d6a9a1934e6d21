"""The browser that the tests and the pictures use: ``python -m scripts.browser`` installs it where it is missing.

On Debian, run as root, that is the package ``chromium``; elsewhere any Chromium that is there will do. Nothing is
installed for somebody who is not root: a message says what to do, and in CI (``CI`` is set) that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DEBIAN = Path("/etc/debian_version")
MISSING = "the browser tests need Chromium: on Debian apt-get install chromium, elsewhere any Chromium on PATH"
_INSTALL = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
)


def find() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    on_path = (shutil.which(name) for name in NAMES)
    return next((found for found in on_path if found), None) or next(filter(os.path.exists, APPLICATIONS), None)


def install() -> bool:
    """Install Debian's Chromium if that is possible here; return whether it was."""
    if shutil.which("apt-get") is None or os.geteuid() != 0 or not DEBIAN.exists():
        return False
    print("installing Chromium for the browser tests: a minute, this once", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in _INSTALL:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout[-2000:], done.stderr[-2000:], file=sys.stderr)
    return find() is not None


def main() -> int:
    """Install the browser where it is missing; return 1 in CI where that can't be done."""
    if find() or install():
        return 0
    print(MISSING, file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
