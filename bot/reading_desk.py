"""Reading spread over the instances that share a store: the leader lays documents out, whoever is free reads them.

leader: fetched ─▶ put ─────────────── wait ─────────────▶ the reading, to be stored
                    │ NOTIFY              ▲ NOTIFY
any:                └─▶ claim ─▶ read ─▶ give
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from bot.clock import Clock
from bot.visit import Reads
from feeds.as_json import reading_from_json, reading_to_json
from feeds.isolated import DEFAULT_LIMITS, read_isolated
from feeds.record import Reading
from feeds.unreadable import UnreadableDocument
from storage import unread
from storage.database import Database, allow_thought
from storage.unread import Answer, Unread

READERS = 2
"""Documents that one instance reads side by side."""

LOOK_EVERY = 1.0
"""Seconds between two looks when nobody calls."""

PATIENCE = 180.0
"""Seconds after which the leader reads a document itself that nobody has read."""

_LONGEST = int(2 * DEFAULT_LIMITS.seconds)

_log = logging.getLogger(__name__)


class ReadingDesk:
    """`run` until `stop`, in every instance; `read` in the one that leads. `wake` when there may be something new."""

    def __init__(self, database: Database, clock: Clock, reads: Reads = read_isolated) -> None:
        self._database = database
        self._clock = clock
        self._reads = reads
        self._news: set[asyncio.Event] = set()
        self._stopping = False

    def wake(self) -> None:
        for event in self._news:
            event.set()

    def stop(self) -> None:
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """What is being read is finished at the end."""
        async with asyncio.TaskGroup() as group:
            for _ in range(READERS):
                group.create_task(self._reader())

    async def read(self, data: bytes, source: str, content_type: str | None = None) -> Reading:
        """As `feeds.isolated.read_isolated`, wherever there is a free processor."""
        async with self._database.begin() as conn:
            id = await unread.put(conn, source, data, content_type, self._clock.now())
        answer = await self._answer(id)
        if answer is None:
            _log.warning("reading.not_taken", extra={"fields": {"document": source}})
            return await self._reads(data, source, content_type)
        if "reading" not in answer:
            raise UnreadableDocument(str(answer.get("problem")))
        return reading_from_json(answer["reading"])

    async def _answer(self, id: int) -> Answer | None:
        """None where nobody has read it in time, or another leader has cleared the desk."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    async with self._database.read() as conn:
                        found = await unread.answers(conn, [id])
                    if id not in found or found[id] is not None:
                        return found.get(id)
                    await self._doze()
        except TimeoutError:
            return None
        finally:
            async with self._database.begin() as conn:
                await unread.remove(conn, [id])

    async def _reader(self) -> None:
        while not self._stopping:
            if not await self._read_one():
                await self._doze()

    async def _read_one(self) -> bool:
        """Whether there was one. Never raises: the store may be away for a while."""
        try:
            async with self._database.begin() as conn:
                await allow_thought(conn, _LONGEST)
                document = await unread.claim(conn)
                if document is None:
                    return False
                await unread.give(conn, document.id, await self._told(document))
                return True
        except Exception:
            _log.exception("reading.not_given")
            return False

    async def _told(self, document: Unread) -> Mapping[str, Any]:
        try:
            return {
                "reading": reading_to_json(await self._reads(document.body, document.source, document.content_type))
            }
        except UnreadableDocument as error:
            return {"problem": str(error)}
        except Exception as error:
            _log.exception("reading.broke")
            return {"problem": f"unexpected: {type(error).__name__}: {error}"}

    async def _doze(self) -> None:
        event = asyncio.Event()
        self._news.add(event)
        try:
            async with asyncio.timeout(LOOK_EVERY):
                await event.wait()
        except TimeoutError:
            return
        finally:
            self._news.discard(event)
