"""The search index: derived from the store, beside it, and made again by itself whenever it is not what it should be.

It knows of which place in the store's history it is made (a stamp in the same commit). Before a search that is compared
with where the store is; what is missing is read from the store, analysed and added. An index that is lost, damaged,
made by another version, from another store or from a future that a backup has undone is left and a new one begun; what
was added is committed in pieces, so a process that is killed has done its share.

Several processes share one index. One at a time writes (a lock that dies with its holder), with a fresh look at the
files each time; the others read on, and wait a little for what they miss.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

import tantivy

from config.states import States
from config.topics import Topic
from feeds.abbreviations import Abbreviations
from feeds.classify import TopicIndex
from feeds.describe import Describer
from feeds.words import Analyser
from storage import abbreviations, changes
from storage.changes import Mark
from storage.database import Connection, Database, DatabaseError
from storage.engine import Asking
from storage.index_files import IndexFolder
from storage.index_reader import IndexReader, Snapshot, Unusable, guarded
from storage.index_writer import IndexWriter, version_of
from storage.kept_records import KeptRecords

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that a search waits for the index to catch up; then it answers from what is there."""

_BATCH = 200
"""Changes that are read and analysed at once, in about a second."""

_AGAIN = 0.05
"""Seconds between two looks whether another process has let go of the lock."""

_log = logging.getLogger(__name__)


class SearchIndexError(DatabaseError):
    """The index can neither be read nor made; the message says why."""


@dataclass(frozen=True, slots=True)
class View:
    """The index as it was at one moment. `behind`: changes of the store that it did not hold yet."""

    searcher: tantivy.Searcher
    asking: Asking
    mark: Mark
    abbreviations: Abbreviations
    folder: Path | None
    behind: int = 0


class SearchIndex:
    """One for a process. Nothing is read or made before the first search; `close` must be awaited at the end.

    `records`: those that were found lately.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        analyser: Analyser,
        topics: Sequence[Topic],
        states: States,
        patience: float = PATIENCE,
    ) -> None:
        self._folder = IndexFolder(folder)
        # Connections of its own: a search that holds one of the others' must not wait here for another.
        self._database = Database.open(url)
        self.records = KeptRecords()
        self._analyser = analyser
        version = version_of([(topic.id, topic.terms) for topic in topics])
        self._reader = IndexReader(self._folder, version)
        self._writer = IndexWriter(self._folder, version, lambda: Describer(TopicIndex.of(topics, analyser), states))
        self._patience = patience
        self._view: View | None = None
        self._marks: WeakKeyDictionary[Connection, Mark] = WeakKeyDictionary()
        self._late: WeakKeyDictionary[Connection, View] = WeakKeyDictionary()
        self._behind = 0
        self._work: asyncio.Task[str | None] | None = None

    async def close(self) -> None:
        """What is being written is given up; the next process goes on from the last commit."""
        if self._work is not None:
            self._work.cancel()
            with suppress(asyncio.CancelledError):
                await self._work
        self._view = None
        await self._database.dispose()

    async def mark(self, conn: Connection) -> Mark:
        """Where the store is as `conn` sees it: a transaction sees one picture, so it is asked once."""
        if (known := self._marks.get(conn)) is not None:
            return known
        self._marks[conn] = mark = await changes.last(conn)
        return mark

    @property
    def behind(self) -> int:
        """How many changes of the store the last answer did not know of yet, since the index is being made."""
        return self._behind

    async def catch_up(self) -> View:
        """Bring the index to where the store is, however long that takes."""
        async with self._database.read() as conn:
            wanted = await changes.last(conn)
        return await self._view_of(wanted, None)

    async def view(self, conn: Connection) -> View:
        """The index as of the store that `conn` sees, or later; after some patience what there is of it.

        That is then so for all of the transaction: of two questions the second must not know more than the first.
        """
        if (late := self._late.get(conn)) is not None:
            return late
        wanted = await self.mark(conn)
        if self._view is not None and self._view.mark == wanted:
            return self._view
        view = await self._view_of(wanted, self._patience)
        if view.behind:
            self._late[conn] = view
        return view

    async def abbreviations(self, conn: Connection) -> Abbreviations:
        """What the documents have explained."""
        return (await self.view(conn)).abbreviations

    async def search(self, conn: Connection, ask: Callable[[View], T]) -> T:
        """What `ask` finds, off the event loop. An index that turns out to be damaged is made again, once."""
        view = await self.view(conn)
        try:
            return await asyncio.to_thread(guarded, partial(ask, view))
        except Unusable as error:
            _log.warning("index.damaged", extra={"fields": {"folder": str(view.folder), "problem": str(error)}})
        self._view = None
        self._late.pop(conn, None)
        self._reader.distrust(view.folder)
        view = await self.view(conn)
        try:
            return await asyncio.to_thread(guarded, partial(ask, view))
        except Unusable as error:
            raise SearchIndexError(f"The search index in {self._folder.path} cannot be read: {error}") from error

    async def _view_of(self, wanted: Mark, patience: float | None) -> View:
        snapshot, problem = await asyncio.to_thread(self._reader.look), None
        if snapshot.mark != wanted:
            problem = await self._waited(patience)
            snapshot = await asyncio.to_thread(self._reader.look)
        if snapshot.mark is None and problem is not None:
            raise SearchIndexError(f"The search index in {self._folder.path} cannot be made: {problem}")
        return await self._seen(snapshot, wanted)

    async def _waited(self, patience: float | None) -> str | None:
        """For the work to end, or one's patience: the work goes on by itself. What prevented it, if anything did."""
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._catch_up())
        done, _ = await asyncio.wait({self._work}, timeout=patience)
        return next((task.result() for task in done if not task.cancelled()), None)

    async def _seen(self, snapshot: Snapshot, wanted: Mark) -> View:
        async with self._database.read() as conn:
            known = await abbreviations.known(conn, self._analyser)
        mark = snapshot.mark or Mark()
        behind = max(0, wanted.change - mark.change)
        self._behind = behind
        view = View(snapshot.searcher, Asking(snapshot.schema), mark, known, snapshot.folder, behind)
        self._view = view if snapshot.mark is not None else None
        return view

    async def _catch_up(self) -> str | None:
        """Write what is missing, or see another process do it; None, or what prevented it."""
        try:
            if await self._begun():
                try:
                    await self._write()
                finally:
                    await asyncio.to_thread(self._writer.end)
        except (OSError, Unusable) as error:
            _log.error("index.unwritable", extra={"fields": {"folder": str(self._folder.path), "problem": str(error)}})
            return str(error)
        return None

    async def _begun(self) -> bool:
        """Whether there is something to write, and nobody else to do it."""
        while True:
            async with self._database.read() as conn:
                wanted = await changes.last(conn)
            snapshot = await asyncio.to_thread(self._reader.look)
            if snapshot.mark == wanted:
                return False
            if await asyncio.to_thread(self._writer.begin, self._reader.distrusted):
                return True
            await asyncio.sleep(_AGAIN)

    async def _write(self) -> None:
        """Batch after batch to the end of the store, each read for itself so that nothing is held up for long."""
        async with self._database.read() as conn:
            sound = await changes.passed(conn, self._writer.mark)
        if not sound:
            await asyncio.to_thread(self._writer.start_anew)
        while True:
            async with self._database.read() as conn:
                batch = await changes.after(conn, self._writer.mark.change, _BATCH)
            if not batch:
                break
            await asyncio.to_thread(self._writer.add, batch)
        await asyncio.to_thread(self._writer.commit)
