"""Records that are kept in memory never show anything else than the store."""

from __future__ import annotations

import pytest

from storage import changes, resolutions
from storage.database import Database
from storage.kept_records import KeptRecords
from storage.resolutions import StoredResolution
from tests.storage.samples import reading, resolution
from tests.storage.taking import take

NUMBERS = tuple(str(number) for number in range(1, 7))


@pytest.fixture
async def ids(database: Database) -> list[int]:
    async with database.begin() as conn:
        taken = await take(conn, reading(*(resolution(number, f"Titel {number}") for number in NUMBERS)))
    return [one.id for one in taken.resolutions]


async def read(kept: KeptRecords, database: Database, ids: list[int]) -> tuple[StoredResolution, ...]:
    async with database.read() as conn:
        return await kept.by_ids(conn, ids, await changes.last(conn))


async def test_they_are_what_the_store_gives_in_the_order_asked_for(database: Database, ids: list[int]) -> None:
    kept = KeptRecords(most=3)
    for asked in ([ids[2], ids[0]], [ids[0], ids[5], ids[2]], ids, [ids[1], 99_999], []):
        async with database.read() as conn:
            expected = await resolutions.by_ids(conn, asked)
        assert await read(kept, database, asked) == expected


async def test_what_is_known_is_not_read_again(database: Database, ids: list[int]) -> None:
    kept = KeptRecords()
    (first,) = await read(kept, database, ids[:1])
    (again,) = await read(kept, database, ids[:1])
    assert again is first


async def test_those_that_nobody_asked_for_longest_go_first(database: Database, ids: list[int]) -> None:
    kept = KeptRecords(most=2)
    first, second = await read(kept, database, ids[:2])
    await read(kept, database, ids[:1])
    await read(kept, database, ids[2:3])
    assert (await read(kept, database, ids[:1]))[0] is first
    assert (await read(kept, database, ids[1:2]))[0] is not second


async def test_a_change_is_seen_at_once(database: Database, ids: list[int]) -> None:
    kept = KeptRecords()
    await read(kept, database, ids)
    async with database.begin() as conn:
        await take(conn, reading(*(resolution(number, f"Neu {number}") for number in NUMBERS), content="other"))
    assert [one.resolution.title for one in await read(kept, database, ids)] == [f"Neu {one}" for one in NUMBERS]


async def test_an_older_picture_leaves_nothing_behind(database: Database, ids: list[int]) -> None:
    """Who began to read before a change and ends behind it gets the old, and the next one the new."""
    kept = KeptRecords()
    async with database.read() as old:
        before = await changes.last(old)
        async with database.begin() as conn:
            await take(conn, reading(*(resolution(number, f"Neu {number}") for number in NUMBERS), content="other"))
        await read(kept, database, ids[:1])
        assert (await kept.by_ids(old, ids[1:2], before))[0].resolution.title == "Titel 2"
    assert (await read(kept, database, ids[1:2]))[0].resolution.title == "Neu 2"
