"""What is installed is all that runs: the wheel holds every module, and the data that they read."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "storage", "feeds", "config")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names in a wheel that was built from a copy of the source, without the network."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-index")
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", str(built), str(source))
    ran = subprocess.run((*pip, *options), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (file,) = built.glob("*.whl")
    return frozenset(zipfile.ZipFile(file).namelist())


def test_every_file_of_the_rooms_is_in_it(wheel: frozenset[str]) -> None:
    files = (path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert sorted(wanted - wheel) == []


@pytest.mark.parametrize(
    "name",
    [
        "config/texts/de.toml",
        "config/sources.toml",
        "bot/demo/documents/top_4_1_sprachkurse.txt",
        "storage/migrations/env.py",
        "storage/migrations/versions/rev_0001_first_schema.py",
    ],
)
def test_what_would_be_missed_at_once(wheel: frozenset[str], name: str) -> None:
    assert name in wheel


def test_nothing_else_is_in_it(wheel: frozenset[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == set(ROOMS)
