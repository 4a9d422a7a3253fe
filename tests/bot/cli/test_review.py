"""review and doctor: what changed without end waits for a person, and is let go by one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import upgrade
from storage.records import MAX_CHANGES
from tests.bot.cli.conftest import Typed
from tests.storage.samples import reading, resolution
from tests.storage.taking import HERE, take


@pytest.fixture
def restless(home: Path) -> None:
    """A store in which one resolution changed once too often."""
    asyncio.run(_fill(f"sqlite+aiosqlite:///{home / 'b.sqlite'}"))


async def _fill(url: str) -> None:
    await upgrade(url)
    database = Database.open(url)
    try:
        async with database.begin() as conn:
            for number in range(MAX_CHANGES + 2):
                await take(conn, reading(replace(resolution("5.2"), title=f"Fassung {number}"), resolution("6.1")))
    finally:
        await database.dispose()


@pytest.mark.usefixtures("restless")
def test_what_waits_is_listed_and_let_go(beschlussbote: Typed) -> None:
    listed = beschlussbote("review")
    assert (listed.code, listed.out) == (0, f"#1  {MAX_CHANGES + 2} revisions  BspMK 5.2 Fassung 21  {HERE}\n")
    assert beschlussbote("review", "#1").out == "#1: looked at; its next changes are told again\n"
    assert beschlussbote("review").out == "nothing waits for review\n"


@pytest.mark.usefixtures("restless")
def test_doctor_counts_what_waits(beschlussbote: Typed) -> None:
    (line,) = [line for line in beschlussbote("doctor").out.splitlines() if " review " in line]
    assert line.startswith("problem  review      1 resolution waits for review")
    assert "→ beschlussbote review" in line
    beschlussbote("review", "1")
    assert " review " not in beschlussbote("doctor").out


@pytest.mark.usefixtures("restless")
@pytest.mark.parametrize(("id", "code", "says"), [("2", 1, "#2 does not wait"), ("x", 2, "'x' is no number")])
def test_what_does_not_wait(beschlussbote: Typed, id: str, code: int, says: str) -> None:
    ran = beschlussbote("review", id)
    assert ran.code == code
    assert says in ran.err
