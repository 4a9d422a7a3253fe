"""What administrators are told: each trouble once when it begins, and once when it is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from storage import outbox
from storage.database import Database
from storage.troubles import Trouble, tell

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
ADMINS = frozenset({"telegram:1", "telegram:2"})


async def waiting(database: Database) -> list[tuple[str, str]]:
    async with database.read() as conn:
        rows = await outbox.in_state(conn, "pending")
    return [(row.chat, row.payload["say"]) for row in rows]


async def test_each_is_told_once_and_its_end_too(database: Database) -> None:
    silent = Trouble("a", "silent", "2026-10-06")
    for minutes, there in ((0, [silent]), (10, [silent]), (20, [replace(silent, detail="anders")]), (30, []), (40, [])):
        async with database.begin() as conn:
            await tell(conn, there, {"a"}, ADMINS, NOW + dt.timedelta(minutes=minutes))
    both = sorted(ADMINS)
    told = await waiting(database)
    assert told == [(chat, f"trouble.silent.{what}") for what in ("begun", "over") for chat in both]


async def test_what_comes_back_is_told_again(database: Database) -> None:
    for minutes in range(4):
        there = [Trouble("a", "failing", "503")] if minutes % 2 == 0 else []
        async with database.begin() as conn:
            await tell(conn, there, {"a"}, {"telegram:1"}, NOW + dt.timedelta(minutes=minutes))
    assert [say.rpartition(".")[2] for _, say in await waiting(database)] == ["begun", "over"] * 2


async def test_a_source_that_was_taken_out_of_the_catalogue_is_forgotten(database: Database) -> None:
    async with database.begin() as conn:
        assert await tell(conn, [Trouble("a", "failing", "503")], {"a"}, ADMINS, NOW) == (1, 0)
        assert await tell(conn, [], {"b"}, ADMINS, NOW) == (0, 1)
    assert len(await waiting(database)) == 2


async def test_without_administrators_it_is_noted_all_the_same(database: Database) -> None:
    """Who is made one later is not flooded with what was known before."""
    async with database.begin() as conn:
        await tell(conn, [Trouble("a", "failing", "503")], {"a"}, (), NOW)
        assert await tell(conn, [Trouble("a", "failing", "503")], {"a"}, ADMINS, NOW) == (0, 0)
