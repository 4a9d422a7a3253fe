"""Looking at a source's index, in whichever way its kind is looked at: a value comes back, whatever happens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from config.catalogue import Source
from config.settings import Secret
from feeds import read_dip
from feeds.entry import Entry, Listing, distinct
from feeds.fetched import Fetched, FetchFailed, FetchResult, NotModified, Validators


class Fetches(Protocol):
    """Where documents come from."""

    async def get(
        self, address: str, validators: Validators | None = None, authorization: str | None = None
    ) -> FetchResult: ...


class ReadsIndex(Protocol):
    """How the answer of an index becomes a listing; never raises for what is in it."""

    async def __call__(self, source: Source, answer: Fetched) -> Listing: ...


@dataclass(frozen=True, slots=True)
class Looked:
    """A usable listing, and what the server said beside it."""

    listing: Listing
    validators: Validators
    moved_to: str | None = None
    fresh_for: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Looker:
    """`dip_key`: without it interfaces of the kind "dip" cannot be asked."""

    fetcher: Fetches
    read_index: ReadsIndex
    dip_key: Secret | None = None

    def can(self, source: Source) -> bool:
        """Whether this source is looked at at all."""
        return source.watched and (source.kind != "dip" or self.dip_key is not None)

    async def look(
        self, source: Source, address: str, known: Validators, changed_since: dt.datetime
    ) -> Looked | NotModified | FetchFailed:
        """`address`: where the source is now. `changed_since`: for interfaces that are asked for changes."""
        if source.kind == "dip":
            return await self._pages(address, changed_since)
        answer = await self.fetcher.get(address, known)
        if not isinstance(answer, Fetched):
            return answer
        listing = await self.read_index(source, answer)
        if not listing.usable:
            return FetchFailed(listing.problem or "the index lists nothing")
        return Looked(listing, answer.validators, answer.moved_to, answer.fresh_for)

    async def _pages(self, address: str, changed_since: dt.datetime) -> Looked | FetchFailed:
        entries: list[Entry] = []
        cursor: str | None = None
        key = self.dip_key.reveal() if self.dip_key else ""
        for _ in range(read_dip.MOST_PAGES):
            place = read_dip.page_address(address, changed_since, cursor)
            answer = await self.fetcher.get(place, authorization=f"ApiKey {key}")
            if not isinstance(answer, Fetched):
                return answer if isinstance(answer, FetchFailed) else FetchFailed("a 304 that nobody asked for")
            page = read_dip.read_page(answer.body, cursor)
            if page.problem:
                return FetchFailed(page.problem)
            entries.extend(page.entries)
            if page.cursor is None:
                return Looked(Listing(distinct(entries)), Validators())
            cursor = page.cursor
        return FetchFailed(f"the list goes on after {read_dip.MOST_PAGES} pages")
