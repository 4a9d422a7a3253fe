"""Documents that one instance lays out and another reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from bot.reading_desk import ReadingDesk
from feeds.read import read_document
from feeds.record import Reading
from feeds.unreadable import UnreadableDocument
from storage import unread
from storage.database import Database
from storage.migrate import upgrade
from tests.bot.conftest import HandClock
from tests.postgres import Server

TEXT = "TOP 1.1 Sprachkurse\n\nBeschluss:\n\nDie Konferenz nimmt den Bericht zur Kenntnis.\n"


@pytest.fixture(scope="session")
def template(postgres: Server) -> str:
    return postgres.template(upgrade)


@pytest.fixture
def url(postgres: Server, template: str) -> Iterator[str]:
    with postgres.lent(template) as name:
        yield postgres.url(name)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database.open(url)
    yield opened
    await opened.dispose()


class Reader:
    """Reads in this process, and notes what."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def __call__(self, data: bytes, source: str, content_type: str | None = None) -> Reading:
        self.read.append(source)
        await self.may_go_on.wait()
        return read_document(data, source, content_type)


@asynccontextmanager
async def at_work(desk: ReadingDesk) -> AsyncIterator[ReadingDesk]:
    running = asyncio.create_task(desk.run())
    yield desk
    desk.stop()
    await running


async def rows(database: Database) -> int:
    async with database.read() as conn:
        count: int = (await conn.execute(sa.text("SELECT count(*) FROM unread"))).scalar_one()
        return count


async def test_another_reads_it_and_the_desk_is_clear_afterwards(database: Database, clock: HandClock) -> None:
    mine, others = Reader(), Reader()
    leader = ReadingDesk(database, clock, mine)
    async with at_work(ReadingDesk(database, clock, others)):
        found = await leader.read(TEXT.encode(), "a.txt", "text/plain")
    assert found == read_document(TEXT.encode(), "a.txt", "text/plain")
    assert (mine.read, others.read) == ([], ["a.txt"])
    assert await rows(database) == 0


async def test_what_cannot_be_read_there_cannot_be_read_here(database: Database, clock: HandClock) -> None:
    leader = ReadingDesk(database, clock)
    async with at_work(ReadingDesk(database, clock, Reader())):
        with pytest.raises(UnreadableDocument) as problem:
            await leader.read(b"%PDF-1.4 nonsense", "a.pdf", "application/pdf")
    with pytest.raises(UnreadableDocument) as same:
        read_document(b"%PDF-1.4 nonsense", "a.pdf", "application/pdf")
    assert str(problem.value) == str(same.value)


async def test_many_documents_are_read_once_each(database: Database, clock: HandClock) -> None:
    readers = [Reader(), Reader(), Reader()]
    leader = ReadingDesk(database, clock)
    desks = [ReadingDesk(database, clock, reader) for reader in readers]
    async with at_work(desks[0]), at_work(desks[1]), at_work(desks[2]):
        await asyncio.gather(*(leader.read(TEXT.encode(), f"{number}.txt", "text/plain") for number in range(12)))
    read = [source for reader in readers for source in reader.read]
    assert sorted(read) == sorted(f"{number}.txt" for number in range(12))


async def test_what_a_reader_has_left_by_dying_is_read_by_another(url: str, clock: HandClock) -> None:
    ill, well = Database.open(url), Database.open(url)
    stuck = Reader()
    stuck.may_go_on.clear()
    leader, dying = ReadingDesk(well, clock), asyncio.create_task(ReadingDesk(ill, clock, stuck).run())
    asked = asyncio.create_task(leader.read(TEXT.encode(), "a.txt", "text/plain"))
    async with asyncio.timeout(20):
        for pause in [0.02] * 1000:
            if stuck.read:
                break
            await asyncio.sleep(pause)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    await ill.dispose()
    reader = Reader()
    async with at_work(ReadingDesk(well, clock, reader)):
        await asked
    assert reader.read == ["a.txt"]
    await well.dispose()


async def test_another_leader_clears_the_desk_and_the_one_before_reads_for_itself(
    database: Database, clock: HandClock
) -> None:
    mine = Reader()
    asked = asyncio.create_task(ReadingDesk(database, clock, mine).read(TEXT.encode(), "a.txt", "text/plain"))
    async with asyncio.timeout(20):
        for pause in [0.02] * 1000:
            if await rows(database):
                break
            await asyncio.sleep(pause)
    async with database.begin() as conn:
        assert await unread.clear(conn) == 1
    assert (await asked).resolutions
    assert mine.read == ["a.txt"]
