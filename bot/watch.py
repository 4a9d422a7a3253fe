"""One polling round over the sources that are due, and the trial of a single source without storing anything."""

from __future__ import annotations

import asyncio
import datetime as dt
import difflib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.group_commit import GroupCommit
from bot.look import Looked
from bot.round_report import RoundReport, SourceReport
from bot.visit import Visit, WatchServices
from config.catalogue import Source
from config.settings import PREFIX
from feeds import read_dip
from feeds.decide import Decider
from feeds.entry import Entry, Listing
from feeds.fetched import Fetched, FetchFailed, NotModified, Validators
from feeds.read import UnreadableDocument
from feeds.record import Reading
from storage import sources
from storage.sources import SourceState

__all__ = ["CheckReport", "UnknownSource", "WatchServices", "check", "run_round"]

_log = logging.getLogger(__name__)

PARALLEL = 100
"""Sources visited at once; their hosts are still asked one thing at a time. Many, as some will hang for a minute."""

READING = 8
"""Indexes and documents that are read side by side, each in a process of its own."""


class UnknownSource(ValueError):
    """There is no such source in the catalogue; the message names near ones."""


async def run_round(services: WatchServices, now: dt.datetime, only: str | None = None) -> RoundReport:
    """Visit every source that is due, and fetch every document that is.

    With `only` that one source is looked at even if it is not due. A source or document that fails is recorded and
    reported and stops nobody. Raises `UnknownSource`, and what is wrong with the store.
    """
    chosen = services.catalogue if only is None else (find_source(services.catalogue, only),)
    visits = await _visits(_with_bounds(services), chosen, now, forced=only is not None)
    places = asyncio.Semaphore(PARALLEL)
    async with asyncio.TaskGroup() as group:
        # Those that failed lately come last, as they may keep their places for long.
        hopeful = sorted(visits, key=lambda visit: visit.state.failures)
        by_source = {visit.state.id: group.create_task(_visit(visit, places)) for visit in hopeful}
    tasks = [by_source[source.id] for source in chosen]
    report = RoundReport(now, tuple(task.result() for task in tasks))
    if report.offline:
        _log.error("round.offline", extra={"fields": {"sources": len(report.offline)}})
        again = {visit.decider.source.id: visit.decider.after_outage() for visit in visits}
        async with services.database.begin() as conn:
            await sources.forgive(conn, report.offline, min(again[id] for id in report.offline))
    if report.looked_at:
        async with services.database.begin() as conn:
            await sources.forget_rounds(conn)
    return report


async def _visits(
    services: WatchServices, chosen: Sequence[Source], now: dt.datetime, forced: bool
) -> tuple[Visit, ...]:
    """One to each source, knowing what the store knows."""
    known = await _known(services, now)
    if any(source.id not in known.states for source in services.catalogue):
        async with services.database.begin() as conn:
            await sources.sync(conn, [source.id for source in services.catalogue])
        known = await _known(services, now)
    commits = GroupCommit(services.database)
    return tuple(
        Visit(services, Decider(source, now), known.states[source.id], commits, source.id in known.waiting, forced)
        for source in chosen
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Of all sources: their states, and of which documents are due."""

    states: Mapping[str, SourceState]
    waiting: frozenset[str]


async def _known(services: WatchServices, now: dt.datetime) -> _Known:
    async with services.database.read() as conn:
        states = {state.id: state for state in await sources.states(conn)}
        return _Known(states, await sources.with_due_entries(conn, now))


def _with_bounds(services: WatchServices) -> WatchServices:
    """Many are fetched at a time, few are read."""
    places = asyncio.Semaphore(READING)

    async def read(data: bytes, source: str, content_type: str | None = None) -> Reading:
        async with places:
            return await services.read(data, source, content_type)

    async def read_index(source: Source, answer: Fetched) -> Listing:
        async with places:
            return await services.read_index(source, answer)

    return replace(services, read=read, read_index=read_index)


def find_source(catalogue: tuple[Source, ...], id: str) -> Source:
    """The source of that id; raises `UnknownSource`."""
    ids = {source.id: source for source in catalogue}
    if id in ids:
        return ids[id]
    near = difflib.get_close_matches(id, ids, n=3, cutoff=0.4)
    right = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(ids)}"
    raise UnknownSource(f"there is no source {id!r}: {right}")


async def _visit(visit: Visit, places: asyncio.Semaphore) -> SourceReport:
    if visit.idle:
        return await visit.run()
    async with places:
        try:
            report = await visit.run()
        except Exception as error:
            report = await _fell(visit, error)
    if report.look == "failed":
        _log.warning("source.failed", extra={"fields": {"source": report.source, "problem": report.problem}})
    return report


async def _fell(visit: Visit, error: Exception) -> SourceReport:
    """An error that nobody foresaw, or one of the store; if the store can still be written to, it is recorded."""
    source, reason = visit.decider.source, f"unexpected: {type(error).__name__}: {error}"
    _log.error("source.unexpected", exc_info=error, extra={"fields": {"source": source.id}})
    try:
        again = visit.decider.after_failure(visit.state.failures + 1)
        async with visit.services.database.begin() as conn:
            await sources.record_failure(conn, source.id, reason, visit.decider.now, again)
    except Exception as second:
        _log.error("source.unrecorded", exc_info=second, extra={"fields": {"source": source.id}})
    return SourceReport(source.id, "failed", problem=reason)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a trial of one source showed; nothing of it was stored.

    `problem` says why the index cannot be used, `remark` what is odd about a usable one. `tried` is the first entry,
    with what its document gave (`reading`) or why it gave nothing (`document_problem`).
    """

    source: Source
    problem: str | None = None
    remark: str | None = None
    entries: tuple[Entry, ...] = ()
    tried: Entry | None = None
    reading: Reading | None = None
    document_problem: str | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None and self.document_problem is None


async def check(services: WatchServices, source: Source, now: dt.datetime) -> CheckReport:
    """Fetch and read the index and its first document, as a round would, and store nothing."""
    if not services.looker.can(source):
        return CheckReport(source, problem=_why_not(source))
    answer = await services.looker.look(source, source.address, Validators(), read_dip.since(None, now))
    if not isinstance(answer, Looked):
        return CheckReport(source, problem=_why_nothing(answer))
    listing = answer.listing
    report = CheckReport(source, remark=listing.problem, entries=listing.entries)
    return await _check_document(services, report, listing.entries[0]) if listing.entries else report


async def _check_document(services: WatchServices, report: CheckReport, entry: Entry) -> CheckReport:
    answer = await services.fetcher.get(entry.address)
    if not isinstance(answer, Fetched):
        return replace(report, tried=entry, document_problem=_why_nothing(answer))
    try:
        reading = await services.read(answer.body, entry.address, answer.content_type)
    except UnreadableDocument as error:
        return replace(report, tried=entry, document_problem=str(error))
    except Exception as error:  # a round would go on as well
        return replace(report, tried=entry, document_problem=f"unexpected: {type(error).__name__}: {error}")
    return replace(report, tried=entry, reading=reading)


def _why_not(source: Source) -> str:
    if source.kind == "dip":
        return f"{PREFIX}DIP_KEY is not set: the Bundestag's documentation gives keys free of charge"
    return f"sources of kind {source.kind!r} are not watched yet"


def _why_nothing(answer: FetchFailed | NotModified) -> str:
    if isinstance(answer, FetchFailed):
        return answer.reason
    return "the server says that nothing has changed, although it was not asked for that"
