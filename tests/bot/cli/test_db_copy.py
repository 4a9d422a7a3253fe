"""`db copy` as it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.run_lock import only_run
from storage.migrate import upgrade
from tests.bot.cli.conftest import Typed
from tests.postgres import PASSWORD, Server


@pytest.fixture
def target(postgres: Server) -> Iterator[str]:
    """The address of an empty database, with its password."""
    with postgres.fresh() as name:
        yield postgres.over_tcp(name)


@pytest.fixture
def source(home: Path) -> str:
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{home / 'b.sqlite'}"))
    return f"sqlite:///{home / 'b.sqlite'}"


def test_a_file_to_a_server(beschlussbote: Typed, source: str, target: str) -> None:
    ran = beschlussbote("db", "copy", source, target)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("the counts agree\n")
    assert PASSWORD not in ran.out
    assert beschlussbote("db", "copy", source, target).code == 0, "there was nothing but an empty schema"


def test_not_while_it_is_served(beschlussbote: Typed, source: str, target: str, home: Path) -> None:
    with only_run(home / "b.sqlite"):
        ran = beschlussbote("db", "copy", source, target)
    assert ran.code == 1
    assert "already serves" in ran.err


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        pytest.param(("copy",), 2, "two addresses", id="no address"),
        pytest.param(("copy", "sqlite:///a", "sqlite:///a"), 2, "the same", id="the same"),
        pytest.param(("copy", "mysql://me:geheim@x/y", "sqlite:///a"), 2, "SOURCE begins with 'mysql'", id="no store"),
        pytest.param(("copy", "sqlite:///none.sqlite", "sqlite:///a"), 1, "not there", id="no file"),
        pytest.param(("upgrade", "sqlite:///a"), 2, "takes no address", id="an address too many"),
    ],
)
def test_wrong_use(beschlussbote: Typed, typed: tuple[str, ...], code: int, says: str) -> None:
    ran = beschlussbote("db", *typed)
    assert ran.code == code
    assert says in ran.err
    assert "geheim" not in ran.err
