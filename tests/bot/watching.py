"""What the tests of watching share: a store, a catalogue on the publisher, invented documents, and scripted faults."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from bot.look import Fetches
from bot.round_report import RoundReport, SourceReport
from bot.visit import Reads, WatchServices
from bot.watch import run_round
from bot.worker import Worker, Works
from config.catalogue import Source
from config.topics import Topic, load_topics
from feeds.entry import Listing
from feeds.fetch import Limits
from feeds.fetched import Fetched, FetchResult, Validators
from feeds.read import read_document
from feeds.read_index import read_index
from feeds.record import Reading
from feeds.words import Analyser
from storage import chats, outbox, resolutions, sources, subscriptions
from storage.database import Connection, Database
from storage.migrate import upgrade
from storage.sources import EntryState, SourceState
from tests.publisher import Page, Publisher, hasty_fetcher, links_page, rss

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)

P = ParamSpec("P")
R = TypeVar("R")


def document(number: str, sentence: str = "Die BspMK bittet den Bund, mehr Sprachkurse zu fördern.") -> Page:
    """A text document with one resolution, which is about language courses unless it is told otherwise."""
    text = f"""7. Beispielministerkonferenz 2026
Hauptkonferenz am 5. – 6. November 2026 in Musterstadt

TOP {number}

Beschluss mit der Nummer {number}

Antragsteller: Bayern

Die BspMK hat einstimmig beschlossen:

1. {sentence} 1
"""
    return Page(text.encode(), "text/plain; charset=utf-8", etag=f'"{hash(text)}"')


def feed_source(publisher: Publisher, id: str = "feed", path: str = "/feed.xml", host: str = "127.0.0.1") -> Source:
    address = f"http://{host}:{publisher.port}{path}"
    return Source(id, id.title(), "feed", address, interval=HOUR, expected_every=30 * DAY, recheck=2 * DAY)


def links_source(publisher: Publisher, id: str = "links", path: str = "/liste.html") -> Source:
    return replace(feed_source(publisher, id, path), kind="links", links="main a[href]", match=("*.txt",))


def publish(publisher: Publisher, *numbers: str, index: str = "/feed.xml") -> None:
    """Put documents up and show exactly them in the index: a feed if its name ends like one, else a page."""
    for number in numbers:
        publisher.put(f"/{number}.txt", document(number))
    entries = [(publisher.address(f"/{number}.txt"), f"TOP {number}") for number in numbers]
    publisher.put(index, rss(entries) if index.endswith(".xml") else links_page(entries))


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store holds: resolutions as (number, revision), how many messages wait, and the entries' states."""

    resolutions: tuple[tuple[str | None, int], ...]
    messages: int
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watching:
    """Everything that a round needs, on one store."""

    services: WatchServices

    async def round(self, at: dt.datetime = NOW, only: str | None = None) -> RoundReport:
        return await run_round(self.services, at, only)

    async def visit(self, at: dt.datetime = NOW, only: str | None = None) -> SourceReport:
        """A round of which the first source's report matters."""
        return (await self.round(at, only)).sources[0]

    async def subscribe(self) -> None:
        """A chat that wants to hear of language courses at once."""
        async with self.services.database.begin() as conn:
            await chats.ensure(conn, "telegram:1", "Europe/Berlin", NOW)
            await subscriptions.add(conn, "telegram:1", "topic", "Sprachkurse", "Sprachkurse", "immediate", NOW)

    async def kept(self) -> Kept:
        async with self.services.database.read() as conn:
            page = await resolutions.latest(conn, 200)
            waiting = await outbox.counts(conn)
            entries = [entry for source in self.services.catalogue for entry in await _entries(conn, source.id)]
        found = sorted((stored.resolution.number or "", stored.revision) for stored in page.items)
        read = sorted(entry.address.rpartition("/")[2] for entry in entries if entry.status == "read")
        return Kept(tuple(found), waiting["pending"], tuple(read))

    async def source(self, id: str = "feed") -> SourceState:
        async with self.services.database.read() as conn:
            state = await sources.state(conn, id)
        assert state
        return state

    async def entry(self, publisher: Publisher, path: str, id: str = "feed") -> EntryState:
        async with self.services.database.read() as conn:
            state = await sources.entry(conn, id, publisher.address(path))
        assert state
        return state


async def _entries(conn: Connection, id: str) -> Sequence[EntryState]:
    """All entries of a source that will ever be due."""
    return await sources.due_entries(conn, id, NOW + 1000 * DAY)


@dataclass(slots=True)
class Workshop:
    """Opens stores of the newest schema, each with the whole machinery around it."""

    store: Callable[[], str]
    analyser: Analyser
    topics: Sequence[Topic]
    limits: Limits = field(default_factory=lambda: Limits(pause=0, time=5.0))
    read: Reads | None = None
    """Where it does not matter, documents are read in this process, which is faster."""

    @asynccontextmanager
    async def open(
        self, *catalogue: Source, url: str | None = None, fault: Callable[[str], None] | None = None
    ) -> AsyncIterator[Watching]:
        """Watch the sources on a fresh store, or on the one at `url`; `fault` is called at every point of danger."""
        database, worker = Database.open(url or self.store()), Worker()
        try:
            async with hasty_fetcher(("127.0.0.0/8", "localhost"), self.limits) as fetcher:
                read = self.read or ReadHere(worker)
                parts = (catalogue, database, fetcher, worker, self.analyser, self.topics, read)
                services = WatchServices(*parts, read_index=IndexHere(worker))
                yield Watching(faulty(services, fault) if fault else services)
        finally:
            worker.close()
            await database.dispose()


def make_workshop(folder: Path) -> Workshop:
    """Stores in the folder, each a copy of one that was brought to the newest schema."""
    template = folder / "empty.sqlite"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{template}"))
    numbers = itertools.count()

    def store() -> str:
        path = folder / f"{next(numbers)}.sqlite"
        shutil.copy(template, path)
        return f"sqlite+aiosqlite:///{path}"

    return Workshop(store, Analyser.load(), load_topics())


class Killed(BaseException):
    """The process ends here: no `except Exception` may go on."""


class KillAt:
    """Ends the program at the n-th point of danger, counted from 1; `points` are those that were passed."""

    def __init__(self, point: int) -> None:
        self._point = point
        self.points: list[str] = []

    def __call__(self, name: str) -> None:
        self.points.append(name)
        if len(self.points) == self._point:
            raise Killed(name)


def faulty(services: WatchServices, fault: Callable[[str], None]) -> WatchServices:
    """The same services, with a point of danger before and after whatever leaves the process."""
    worker = FaultyWorker(services.worker, fault)
    return replace(
        services,
        database=FaultyDatabase(services.database, fault),
        fetcher=FaultyFetcher(services.fetcher, fault),
        worker=worker,
        read=ReadHere(worker),
        read_index=IndexHere(worker),
    )


class FaultyDatabase(Database):
    def __init__(self, inner: Database, fault: Callable[[str], None]) -> None:
        self._inner = inner
        self._fault = fault

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        self._fault("before the transaction")
        async with self._inner.begin() as conn:
            self._fault("in the transaction")
            yield conn
            self._fault("before the commit")
        self._fault("after the commit")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        self._fault("before reading")
        async with self._inner.read() as conn:
            yield conn
        self._fault("after reading")


class FaultyFetcher:
    def __init__(self, inner: Fetches, fault: Callable[[str], None]) -> None:
        self._inner = inner
        self._fault = fault

    async def get(
        self, address: str, validators: Validators | None = None, authorization: str | None = None
    ) -> FetchResult:
        self._fault(f"before fetching {address}")
        answer = await self._inner.get(address, validators, authorization)
        self._fault(f"after fetching {address}")
        return answer


@dataclass(frozen=True, slots=True)
class ReadHere:
    """Reads documents in the worker's thread."""

    worker: Works

    async def __call__(self, data: bytes, source: str, content_type: str | None = None) -> Reading:
        return await self.worker.run(read_document, data, source, content_type)


@dataclass(frozen=True, slots=True)
class IndexHere:
    """Reads indexes in the worker's thread."""

    worker: Works

    async def __call__(self, source: Source, answer: Fetched) -> Listing:
        index = (source.kind, source.links, source.match)
        return await self.worker.run(read_index, *index, answer.body, answer.address, answer.content_type)


class FaultyWorker:
    def __init__(self, inner: Works, fault: Callable[[str], None]) -> None:
        self._inner = inner
        self._fault = fault

    async def run(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        self._fault(f"before {job.__name__}")
        result = await self._inner.run(job, *args, **kwargs)
        self._fault(f"after {job.__name__}")
        return result
