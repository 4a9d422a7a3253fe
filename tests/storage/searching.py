"""A store with its index, for the tests of searching: every call is a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.query import Query, compile_query
from feeds.record import Reading
from storage import search
from storage.database import Database
from storage.search import Finding
from storage.search_index import SearchIndex
from tests.storage.taking import HERE, TOPICS, analyser, take


@dataclass(frozen=True)
class Searching:
    database: Database
    index: SearchIndex

    async def take(self, document: Reading, address: str = HERE) -> None:
        async with self.database.begin() as conn:
            await take(conn, document, address)

    async def page(self, asked: Query, limit: int = 10, offset: int = 0) -> Finding:
        async with self.database.read() as conn:
            return await search.find(conn, self.index, asked, limit, offset)

    async def numbers(self, text: str, limit: int = 10, offset: int = 0) -> list[str | None]:
        """The agenda numbers of what the typed text finds."""
        async with self.database.read() as conn:
            known = await self.index.abbreviations(conn)
        found = await self.page(compile_query(text, analyser(), TOPICS, known), limit, offset)
        return [hit.stored.resolution.number for hit in found.items]

    async def words(self, limit: int = 1000) -> tuple[str, ...]:
        async with self.database.read() as conn:
            return await search.vocabulary(conn, limit)
