"""A locked database and a full disk, at every step of a delivery."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from bot.deliver import LEASE
from storage.database import Connection, Database
from tests.faults.conftest import Scene

STEPS = range(1, 7)
"""Transactions of one message and the look that finds nothing more."""


@dataclass
class Failing:
    """Transactions fail as a full disk makes them fail, from the `first` on, `times` times."""

    first: int
    times: int
    begun: int = 0

    def now(self) -> bool:
        self.begun += 1
        return self.first <= self.begun < self.first + self.times


class FullDisk(Database):
    failing = Failing(0, 0)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        async with super().begin() as conn:
            yield conn
            if self.failing.now():
                raise sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize("step", STEPS)
async def test_the_disk_is_full_for_a_while(scene: Scene, step: int) -> None:
    """At each commit in turn, for several attempts; then there is room again."""
    await scene.put(chats_=1, each=2)
    ill = FullDisk.open(str(scene.services.database.address))
    assert isinstance(ill, FullDisk)
    ill.failing = Failing(step, 3)
    scene.services = replace(scene.services, database=ill)
    try:
        for _ in range(6):
            with contextlib.suppress(sqlite3.OperationalError):  # the loop tries again on its tick
                await scene.deliver()
            await scene.clock.sleep(LEASE.total_seconds())
        await scene.deliver()
        await scene.check()
    finally:
        await ill.dispose()


async def test_a_disk_that_is_really_full(scene: Scene) -> None:
    """SQLite's own refusal: the file may not grow by a single page."""
    await scene.put(chats_=2, each=3)
    async with scene.services.database.begin() as conn:
        pages = (await conn.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Exception, match="full"):
        async with scene.services.database.begin() as conn:
            await conn.exec_driver_sql("CREATE TABLE big AS SELECT randomblob(1000000) AS data")
    await scene.deliver()
    async with scene.services.database.begin() as conn:
        await conn.exec_driver_sql("PRAGMA max_page_count=1000000")
    await scene.later(minutes=6)
    await scene.check()


async def test_the_database_is_locked_by_another(scene: Scene) -> None:
    """Somebody holds the write lock for longer than anybody waits; nothing is half done when it is free again."""
    await scene.put(chats_=2, each=2)
    hasty = Database.open(str(scene.services.database.address), patience=0.2)
    scene.services = replace(scene.services, database=hasty)
    other = sqlite3.connect(scene.services.database.address.database or "", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Exception, match="locked"):
            await scene.deliver()
        other.execute("ROLLBACK")
        await scene.deliver()
        await scene.check()
    finally:
        other.close()
        await hasty.dispose()


async def test_locked_in_the_very_moment_of_the_answer(scene: Scene) -> None:
    """Telegram has accepted; noting it has to wait, and is tried until it is done."""
    await scene.put(chats_=1, each=1)
    hasty = Database.open(str(scene.services.database.address), patience=0.05)
    scene.services = replace(scene.services, database=hasty)
    other = sqlite3.connect(hasty.address.database or "", isolation_level=None, timeout=5)
    delivering = asyncio.create_task(scene.deliver())
    try:
        await scene.telegram.until(lambda: scene.telegram.called("sendMessage"))
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(0.2)
        other.execute("ROLLBACK")
        await delivering
        await scene.check()
    finally:
        other.close()
        await hasty.dispose()
