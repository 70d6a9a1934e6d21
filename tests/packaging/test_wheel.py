"""The wheel: built without the network, whole, and working where nothing of the checkout is in reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "A drone struck the fuel depot of the town of Engels on Monday night, the governor of the region said.\n"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory) -> Path:
    """A virtual environment with the wheel, which sees the dependencies of this one and not its checkout."""
    folder = tmp_path_factory.mktemp("env") / "env"
    venv.create(folder, with_pip=True, symlinks=True)  # pip as it comes with Python, not from the network
    install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    # the path alone: .pth files in it, the editable install's among them, are not read
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def call(environment: Path, *arguments: str, folder: Path, program: str = "kronika") -> str:
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(environment / "bin" / program), *arguments], cwd=folder, env=variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    listed = subprocess.run(["git", "ls-files", "src/kronika"], cwd=ROOT, capture_output=True, text=True, check=True)
    tracked = {name.removeprefix("src/") for name in listed.stdout.split() if (ROOT / name).exists()}
    assert {name.rpartition(".")[2] for name in tracked} >= {"py", "yaml", "csv", "json", "sql", "typed"}
    with zipfile.ZipFile(wheel) as archive:
        assert tracked <= set(archive.namelist())


def test_the_licence_and_the_credits_travel_with_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {Path(name).name for name in archive.namelist()}
    assert {"LICENSE", "NOTICE"} <= names


def test_the_installed_wheel_is_the_one_that_runs(environment, tmp_path):
    where = call(environment, "-c", "import kronika; print(kronika.__file__)", folder=tmp_path, program="python")
    assert Path(where.strip()).is_relative_to(environment)


def test_the_installed_command_reads_stores_and_lists(environment, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert call(environment, "--version", folder=tmp_path).startswith("kronika, version ")
    (report,) = json.loads(
        call(environment, "read", "a.txt", "--published", "2025-04-29", "--format", "json", folder=tmp_path)
    )
    assert report["events"]
    call(environment, "add", "a.kronika", "a.txt", "--published", "2025-04-29", folder=tmp_path)
    (incident,) = json.loads(call(environment, "incidents", "a.kronika", "--format", "json", folder=tmp_path))
    assert incident["type"] == "ASSAULT"
