"""The lock of `run`: held against a second one, let go of however the first one ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.run_lock import AlreadyRunning, only_run

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import pathlib, sys
from bot.run_lock import only_run
with only_run(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("name", ["b.sqlite", "link.sqlite"])
def test_a_second_one_is_refused_also_under_another_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "b.sqlite")
    with only_run(tmp_path / "b.sqlite"):
        with pytest.raises(AlreadyRunning, match=f"already serves the database .*{name}"), only_run(tmp_path / name):
            pass
        with only_run(tmp_path / "other.sqlite"):
            pass
    with only_run(tmp_path / name):
        pass


def test_a_database_of_a_server_is_not_locked() -> None:
    with only_run(None), only_run(None):
        pass


def test_a_process_that_is_killed_lets_go(tmp_path: Path) -> None:
    database = tmp_path / "b.sqlite"
    command = [sys.executable, "-c", HOLDER, str(database)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning), only_run(database):
            pass
        process.kill()
    with only_run(database):
        pass


def test_a_second_run_is_one_clear_line(tmp_path: Path) -> None:
    database = tmp_path / "b.sqlite"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BESCHLUSSBOTE_")}
    environ |= {
        "BESCHLUSSBOTE_DATABASE_URL": f"sqlite:///{database}",
        "BESCHLUSSBOTE_ADMINS": "4711",
    }
    with only_run(database):
        ran = subprocess.run(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
        )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert len(ran.stderr.splitlines()) == 1
    assert "already serves the database" in ran.stderr
