"""The demo as people start it: without a terminal, and at one."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.chat import PROMPT
from tests.bot.cli.conftest import Typed

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def terminal() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Our end of a terminal at which the demo runs; whatever happens, it is over afterwards."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "demo"]
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.STDOUT) as process:
        os.close(theirs)
        try:
            yield ours, process
        finally:
            process.kill()
    os.close(ours)


def test_without_a_terminal_it_is_a_tour(beschlussbote: Typed, home: Path) -> None:
    ran = beschlussbote("demo")
    assert (ran.code, ran.err) == (0, "")
    steps = [line for line in ran.out.splitlines() if line[:1].isdigit()]
    assert [step.split(".")[0] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]
    assert "Neuer Beschluss zu Ihrem Abo „Sprachkurse“" in ran.out
    assert "Ihr Tagesüberblick vom" in ran.out
    assert "Protokollnotiz von Bayern zu Ziffer 2 (Zeilen 24–26)" in ran.out
    assert "1 Antrag, 1 Protokollnotiz" in ran.out
    assert ran.out.rstrip().endswith("Eingabezeile.")
    assert list(home.iterdir()) == [], "nothing is left behind"


def test_bad_settings_do_not_disturb_it(beschlussbote: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BESCHLUSSBOTE_NONSENSE", "1")
    assert beschlussbote("demo").code == 0


def test_at_a_terminal_it_ends_in_a_prompt(terminal: tuple[int, subprocess.Popen[bytes]]) -> None:
    ours, process = terminal
    shown = _until(ours, "Und jetzt Sie") + _until(ours, PROMPT)
    os.write(ours, b"/state Saarland\n")
    shown += _until(ours, "Digitale Termine in Ausländerbehörden") + _until(ours, PROMPT)
    os.write(ours, b"\x04")
    shown += _until(ours, "Auf Wiedersehen.")
    assert process.wait(30) == 0
    assert "Traceback" not in shown


def test_ctrl_c_at_the_prompt_ends_it(terminal: tuple[int, subprocess.Popen[bytes]]) -> None:
    ours, process = terminal
    _until(ours, "Und jetzt Sie")
    _until(ours, PROMPT)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130


def _until(terminal: int, words: str) -> str:
    """What the terminal shows until `words` appear."""
    shown = b""
    while words.encode() not in shown:
        try:
            shown += os.read(terminal, 4096)
        except OSError as error:  # the other side has closed
            raise AssertionError(f"it ended before „{words}“:\n{shown.decode(errors='replace')}") from error
    return shown.decode(errors="replace")
