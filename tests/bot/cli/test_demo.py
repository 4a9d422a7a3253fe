"""The demo as people start it: without a terminal, and at one."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.chat import PROMPT
from tests.bot.cli.conftest import Typed

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60
"""Seconds after which something hangs; nothing is measured by it."""


class Screen:
    """The demo at a terminal, seen and typed on from the other end of it."""

    def __init__(self, end: int, process: subprocess.Popen[bytes]) -> None:
        self._end = end
        self._unseen = b""
        self.process = process

    def types(self, keys: bytes) -> None:
        os.write(self._end, keys)

    def until(self, words: str) -> str:
        """What appeared since the last call, up to `words`."""
        while words.encode() not in self._unseen:
            self._unseen += self._more(words)
        seen, found, self._unseen = self._unseen.partition(words.encode())
        return (seen + found).decode()

    def _more(self, words: str) -> bytes:
        shown = self._unseen.decode(errors="replace")
        ready, _, _ = select.select([self._end], [], [], PATIENCE)
        assert ready, f"nothing more came while waiting for „{words}“:\n{shown}"
        try:
            return os.read(self._end, 4096)
        except OSError as error:  # the other side has closed
            raise AssertionError(f"it ended before „{words}“:\n{shown}") from error


@pytest.fixture
def screen() -> Iterator[Screen]:
    """Whatever happens, the demo is over afterwards."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "demo"]
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.STDOUT) as process:
        os.close(theirs)
        try:
            yield Screen(ours, process)
        finally:
            process.kill()
    os.close(ours)


def test_without_a_terminal_it_is_a_tour(beschlussbote: Typed, home: Path) -> None:
    ran = beschlussbote("demo")
    assert (ran.code, ran.err) == (0, "")
    steps = [line for line in ran.out.splitlines() if line[:1].isdigit()]
    assert [step.split(".")[0] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]
    assert "Neuer Beschluss zu Ihrem Abo „Sprachkurse“" in ran.out
    assert "Ihr Überblick vom" in ran.out
    assert "Protokollnotiz von Bayern zu Ziffer 2 (Z.\u00a024–26)" in ran.out
    assert "1 Antrag, 1 Protokollnotiz" in ran.out
    assert ran.out.rstrip().endswith("Eingabezeile.")
    assert list(home.iterdir()) == [], "nothing is left behind"


def test_bad_settings_do_not_disturb_it(beschlussbote: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BESCHLUSSBOTE_NONSENSE", "1")
    assert beschlussbote("demo").code == 0


def test_at_a_terminal_it_ends_in_a_prompt(screen: Screen) -> None:
    shown = screen.until("Und jetzt Sie") + screen.until(PROMPT)
    screen.types(b"/state Saarland\n")
    shown += screen.until("Digitale Termine in Ausländerbehörden") + screen.until(PROMPT)
    screen.types(b"\x04")
    shown += screen.until("Auf Wiedersehen.")
    assert screen.process.wait(PATIENCE) == 0
    assert "Traceback" not in shown


def test_ctrl_c_at_the_prompt_ends_it(screen: Screen) -> None:
    screen.until("Und jetzt Sie")
    screen.until(PROMPT)
    screen.process.send_signal(signal.SIGINT)
    assert screen.process.wait(PATIENCE) == 130
