"""The command line as it is typed, in this process: exit code, stdout and stderr."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.demo.manuscript import packaged
from bot.demo.typeset import typeset
from bot.demo.web_page import web_page
from bot.log import SILENCED


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Typed = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, {name: logging.getLogger(name).level for name in SILENCED})
    yield
    root.handlers[:], root.level = before[0], before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no settings but a database in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BESCHLUSSBOTE_DATABASE_URL", f"sqlite:///{tmp_path / 'b.sqlite'}")
    return tmp_path


@pytest.fixture
def beschlussbote(capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(*words: str) -> Ran:
        try:
            code = main(words)
        except SystemExit as end:  # argparse's way to end
            code = end.code if isinstance(end.code, int) else 1
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def documents(home: Path) -> Path:
    """A folder with two invented documents: 4.1 as a PDF, 4.2 as a page."""
    folder = home / "documents"
    folder.mkdir()
    (folder / "kurse.pdf").write_bytes(typeset(packaged("top_4_1_sprachkurse")))
    (folder / "termine.html").write_bytes(web_page(packaged("top_4_2_termine")))
    return folder


async def beside(typed: Typed, *words: str) -> Ran:
    """The same while servers of the test's own loop go on answering."""
    return await asyncio.to_thread(typed, *words)
