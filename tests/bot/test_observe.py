"""What the service says of itself while its store takes nothing."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import App, open_app
from bot.checks import findings
from bot.observe import health
from config.settings import Settings
from tests.bot.conftest import NOON, HandClock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'b.sqlite'}")


async def allow(app: App, more: int) -> None:
    """The store's file may grow by so many pages: SQLite refuses the next as on a full disk."""
    async with app.database.begin() as conn:
        pages = (await conn.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await conn.exec_driver_sql(f"PRAGMA max_page_count={pages + more}")


async def test_a_full_disk_is_seen_until_there_is_room_again(settings: Settings, clock: HandClock) -> None:
    async with open_app(settings, clock) as app:
        assert (await health(app)).ok
        await allow(app, 0)
        with pytest.raises(Exception, match="full"):
            async with app.database.begin() as conn:
                await conn.exec_driver_sql("CREATE TABLE big AS SELECT randomblob(1000000) AS data")
        async with app.database.begin():
            pass  # a transaction that writes nothing is no sign of health
        assert not (await health(app)).ok
        assert app.database.failed_writes == 2, "what was to be written, and the look whether anything can be"
        await allow(app, 1000)
        assert (await health(app)).ok
        assert not app.database.ill


async def test_an_error_of_our_own_is_no_illness_of_the_store(settings: Settings, clock: HandClock) -> None:
    async with open_app(settings, clock) as app:
        with pytest.raises(ValueError, match="ours"):
            async with app.database.begin():
                raise ValueError("ours")
        with pytest.raises(OperationalError, match="no such table"):
            async with app.database.begin() as conn:
                await conn.exec_driver_sql("DELETE FROM letters")
        assert (app.database.failed_writes, app.database.ill) == (0, False)


async def test_doctor_tries_whether_the_store_can_be_written(settings: Settings, clock: HandClock) -> None:
    async with open_app(settings, clock):
        pass
    assert await wrong_with_the_store(settings) == []
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))  # no file may be written beyond that
    try:
        (said,) = await wrong_with_the_store(settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert said.startswith("it cannot be written")


async def wrong_with_the_store(settings: Settings) -> list[str]:
    return [one.text async for one in findings(settings, None, NOON) if one.about == "database" and not one.ok]
