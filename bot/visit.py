"""One source in one round: look at its index, then fetch, read and take in the documents that are due.

What must not be lost is written before the next step begins: entries are remembered as waiting in the same transaction
as the validators that will hide them next time, and a document is marked as read in the transaction that stores it.
So after a crash at any point the next round goes on where this one ended.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.group_commit import GroupCommit
from bot.look import Fetches, Looked, Looker, ReadsIndex
from bot.round_report import DocumentReport, SourceReport
from bot.worker import Works
from config.catalogue import Source
from config.settings import Secret
from config.topics import Topic
from feeds import read_dip
from feeds.cut_off import breaks_off
from feeds.decide import Decider
from feeds.fetched import FetchFailed, FetchResult, NotModified, Validators
from feeds.isolated import read_isolated
from feeds.isolated_index import read_index_isolated
from feeds.read import UnreadableDocument
from feeds.recognised import NO_RESOLUTION
from feeds.record import Reading
from feeds.words import Analyser
from storage import sources
from storage.database import Connection, Database
from storage.intake import Arrival, prepare, take_in
from storage.matching import Standing
from storage.sources import EntryState, SourceState

_log = logging.getLogger(__name__)

MAX_DOCUMENTS = 100
"""Per source and round: the rest stays due, so that one long list does not hold up the round."""


class Reads(Protocol):
    """How the bytes of a document from `source` become a record; raises `UnreadableDocument`."""

    async def __call__(self, data: bytes, source: str, content_type: str | None = None) -> Reading: ...


@dataclass(frozen=True, slots=True)
class WatchServices:
    """What watching works with; built once in the wiring. Documents are read in a process of their own."""

    catalogue: tuple[Source, ...]
    database: Database
    fetcher: Fetches
    worker: Works
    analyser: Analyser
    topics: Sequence[Topic]
    read: Reads = read_isolated
    standing: Standing | None = None
    dip_key: Secret | None = None
    read_index: ReadsIndex = read_index_isolated

    @property
    def looker(self) -> Looker:
        """How indexes are looked at."""
        return Looker(self.fetcher, self.read_index, self.dip_key)


@dataclass(frozen=True, slots=True)
class Visit:
    """`state`: what is known of the source as the round begins; `waiting`: documents of it are due. `forced`: look at
    the index whether it is due or not, and at the whole of it (without validators). `commits`: what is written of many
    sources shares its transactions."""

    services: WatchServices
    decider: Decider
    state: SourceState
    commits: GroupCommit
    waiting: bool = False
    forced: bool = False

    @property
    def _id(self) -> str:
        return self.decider.source.id

    async def run(self) -> SourceReport:
        """Raises only what is wrong with the store."""
        if not self.services.looker.can(self.decider.source):
            return SourceReport(self._id, "not watched")
        look = await self._look()
        if look.look == "failed" or not (self.waiting or look.look == "listed"):
            return look
        return replace(look, documents=await self._documents())

    @property
    def idle(self) -> bool:
        """Nothing is to be done."""
        return not (self.forced or self.waiting or self.decider.is_due(self.state.next_due))

    async def _look(self) -> SourceReport:
        state = self.state
        if not (self.forced or self.decider.is_due(state.next_due)):
            return SourceReport(self._id, "not due")
        known = Validators() if self.forced else Validators(state.etag, state.last_modified)
        where = self.decider.where(state.moved_from, state.moved_to)
        changed_since = read_dip.since(None if self.forced else state.last_success, self.decider.now)
        answer = await self.services.looker.look(self.decider.source, where, known, changed_since)
        match answer:
            case FetchFailed():
                return await self._look_failed(state, answer)
            case NotModified():
                return await self._unchanged(answer)
        return await self._remember(state, answer)

    async def _look_failed(self, state: SourceState, failure: FetchFailed) -> SourceReport:
        again = self.decider.after_failure(state.failures + 1, failure.retry_after)
        await self.commits.run(
            lambda conn: sources.record_failure(conn, self._id, failure.reason, self.decider.now, again)
        )
        return SourceReport(self._id, "failed", problem=failure.reason, unreachable=failure.unreachable)

    async def _unchanged(self, answer: NotModified) -> SourceReport:
        known, again = answer.validators, self.decider.after_success(answer.fresh_for)

        async def note(conn: Connection) -> None:
            await sources.record_success(conn, self._id, self.decider.now, again, known.etag, known.last_modified)
            await self._note_move(conn, answer.moved_to)

        await self.commits.run(note)
        return SourceReport(self._id, "unchanged")

    async def _remember(self, state: SourceState, answer: Looked) -> SourceReport:
        """Entries and validators in one transaction: the next "not modified" must not hide a forgotten entry."""
        now, silent = self.decider.now, self.decider.is_silent(state.looked_once)
        listing, given, listed = answer.listing, answer.validators, len(answer.listing.entries)
        async with self.services.database.begin() as conn:
            fresh = await sources.upsert_entries(conn, self._id, listing.entries, now, silent)
            again = self.decider.after_success(answer.fresh_for)
            await sources.record_success(conn, self._id, now, again, given.etag, given.last_modified, listed, fresh)
            await self._note_move(conn, answer.moved_to)
        return SourceReport(self._id, "listed", listed, fresh, problem=listing.problem)

    async def _note_move(self, conn: Connection, moved_to: str | None) -> None:
        """Where it is asked for from now on; said once, as the catalogue should be corrected."""
        source = self.decider.source
        if moved_to is not None and await sources.record_move(conn, source.id, source.address, moved_to):
            fields = {"source": source.id, "from": source.address, "to": moved_to}
            _log.warning("source.moved", extra={"fields": fields})

    async def _documents(self) -> tuple[DocumentReport, ...]:
        async with self.services.database.read() as conn:
            due = await sources.due_entries(conn, self._id, self.decider.now)
        reports: list[DocumentReport] = []
        for entry in due[:MAX_DOCUMENTS]:
            reports.append(await self._document(entry))
            if reports[-1].ends_visit:
                break
        return tuple(reports)

    async def _document(self, entry: EntryState) -> DocumentReport:
        try:
            answer = await self.services.fetcher.get(entry.address, Validators(entry.etag, entry.last_modified))
            return await self._take(entry, answer)
        except Exception as error:  # whatever one document breaks must not keep the others waiting
            return await self._failed(entry, FetchFailed(f"unexpected: {type(error).__name__}: {error}"))

    async def _take(self, entry: EntryState, answer: FetchResult) -> DocumentReport:
        match answer:
            case FetchFailed():
                return await self._failed(entry, answer)
            case NotModified():
                return await self._same(entry, answer.validators)
        if entry.sha256 == hashlib.sha256(answer.body).hexdigest():
            return await self._same(entry, answer.validators)
        try:
            reading = await self.services.read(answer.body, entry.address, answer.content_type)
        except UnreadableDocument as error:
            return await self._failed(entry, FetchFailed(str(error)))
        return await self._store(entry, answer.validators, reading)

    async def _failed(self, entry: EntryState, failure: FetchFailed) -> DocumentReport:
        again = self.decider.after_failed_document(entry.failures + 1, failure.retry_after)
        async with self.services.database.begin() as conn:
            await sources.mark_entry(conn, self._id, entry.address, "failed", again, error=failure.reason)
        ends_visit = failure.unreachable or failure.retry_after is not None
        return DocumentReport(entry.address, "failed", problem=failure.reason, ends_visit=ends_visit)

    async def _same(self, entry: EntryState, known: Validators) -> DocumentReport:
        async with self.services.database.begin() as conn:
            await sources.mark_entry(
                conn, self._id, entry.address, "read", self._again(entry), known.etag, known.last_modified, entry.sha256
            )
        return DocumentReport(entry.address, "same")

    def _again(self, entry: EntryState) -> dt.datetime:
        """Old documents rarely change: counted from the publisher's date, or from when it was first listed."""
        return self.decider.after_reading(min(entry.updated or entry.first_seen, entry.first_seen))

    async def _store(self, entry: EntryState, known: Validators, reading: Reading) -> DocumentReport:
        """Record, messages and the mark in one transaction: a document is either news and read, or neither.

        What was not understood or breaks off is read anew at the next look, also if it has not changed until then.
        """
        arrival = Arrival(reading, self._id, entry.address, self.decider.now, entry.silent)
        sha256, services = reading.publication.sha256, self.services
        await services.worker.run(prepare, reading, services.analyser)
        async with services.database.begin() as conn:
            taken = await take_in(conn, arrival, services.analyser, services.topics, services.standing)
            doubtful = taken.outcome == "not recognised" or any(map(breaks_off, reading.resolutions))
            seen = (None, None, None) if doubtful else (known.etag, known.last_modified, sha256)
            silent = entry.silent and doubtful
            await sources.mark_entry(conn, self._id, entry.address, "read", self._again(entry), *seen, silent=silent)
        problem = NO_RESOLUTION if taken.outcome == "not recognised" else None
        report = DocumentReport(
            entry.address, taken.outcome, len(taken.resolutions), taken.enqueued, problem, shortened=taken.shortened
        )
        if report.remark:
            fields = {"source": self._id, "document": entry.address, "remark": report.remark}
            _log.warning("document.doubtful", extra={"fields": fields})
        return report
