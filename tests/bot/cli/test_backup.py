from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.run_lock import only_run
from tests.bot.cli.conftest import Typed, beside
from tests.postgres import Server


async def test_what_was_saved_answers_again_after_a_loss(beschlussbote: Typed, documents: Path, home: Path) -> None:
    await beside(beschlussbote, "ingest", str(documents))
    before = await beside(beschlussbote, "ask", "/topic Sprachkurse")
    saved = await beside(beschlussbote, "backup", "b.backup")
    assert (saved.code, saved.err) == (0, "")
    assert "b.backup" in saved.out
    lose(home)
    restored = await beside(beschlussbote, "restore", "b.backup")
    assert (restored.code, restored.err) == (0, "")
    after = await beside(beschlussbote, "ask", "/topic Sprachkurse")
    assert after.out == before.out
    assert "Sprachkurse" in after.out


def modes_of_what_is_written(home: Path) -> list[int]:
    return [path.stat().st_mode for path in (*home.glob("b.sqlite*"), *home.glob("b.sqlite*/**/*"))]


def lose(home: Path) -> None:
    for file in home.glob("b.sqlite*"):
        if file.is_file():
            file.unlink()


async def test_what_the_program_writes_is_for_its_user_alone(beschlussbote: Typed, documents: Path, home: Path) -> None:
    await beside(beschlussbote, "ingest", str(documents))
    modes = modes_of_what_is_written(home)
    assert len(modes) > 5
    assert {oct(mode & 0o077) for mode in modes} == {"0o0"}


async def test_mistakes_are_one_line(beschlussbote: Typed, documents: Path, home: Path) -> None:
    await beside(beschlussbote, "ingest", str(documents))
    await beside(beschlussbote, "backup", "b.backup")
    again = await beside(beschlussbote, "backup", "b.backup")
    assert (again.code, len(again.err.splitlines())) == (1, 1)
    with only_run(home / "b.sqlite"):
        running = await beside(beschlussbote, "restore", "b.backup")
    assert running.code == 1
    assert "already serves" in running.err


@pytest.fixture
def server(postgres: Server) -> Iterator[str]:
    """The address of an empty database on a server."""
    with postgres.fresh() as name:
        yield postgres.over_tcp(name)


async def test_on_a_server_it_is_said_where_what_was_there_is(
    beschlussbote: Typed, documents: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BESCHLUSSBOTE_DATABASE_URL", server)
    await beside(beschlussbote, "db", "upgrade")
    await beside(beschlussbote, "ingest", str(documents))
    before = await beside(beschlussbote, "ask", "/topic Sprachkurse")
    await beside(beschlussbote, "backup", "b.backup")
    restored = await beside(beschlussbote, "restore", "b.backup")
    assert (restored.code, restored.err) == (0, "")
    assert "what was there before lies in the schema before_restore_1\n" in restored.out
    assert (await beside(beschlussbote, "ask", "/topic Sprachkurse")).out == before.out
    assert "Sprachkurse" in before.out
