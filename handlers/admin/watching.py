"""The sources with their health, and the last rounds."""

from __future__ import annotations

from config.catalogue import Source
from handlers.admin.wording import clock_time, way_back
from handlers.phrases import shortened
from handlers.reply import Block, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.source_troubles import Trouble, troubles
from storage import sources
from storage.sources import Round, SourceState

_ROUNDS = 12
_LONGEST_REASON = 120


async def show_sources(_argument: str, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        known = {state.id: state for state in await sources.states(conn)}
        failing = await sources.failing_documents(conn)
    lines = []
    for source in services.sources:
        if source.watched:
            state = known.get(source.id)
            found = troubles(source, state, failing.get(source.id), incoming.at)
            lines.append(_source_line(source, state, found, services))
    heading = services.texts("admin.sources.heading", number=len(lines))
    return Reply((plain(heading, "heading"), *lines), (way_back(services.texts),))


def _source_line(source: Source, state: SourceState | None, found: tuple[Trouble, ...], services: Services) -> Block:
    texts = services.texts
    if found:
        said = "; ".join(_trouble(one, services) for one in found)
    elif state is None or state.last_success is None:
        said = texts("admin.sources.never")
    else:
        said = texts("admin.sources.well", time=clock_time(state.last_success, services))
    return Block((Span(source.id, "bold"), Span(f": {said}")), "bullet")


def _trouble(trouble: Trouble, services: Services) -> str:
    since = clock_time(trouble.since, services) if trouble.since else ""
    reason = shortened(trouble.reason, _LONGEST_REASON)
    return services.texts(f"admin.sources.{trouble.kind}", count=trouble.count, reason=reason, time=since)


async def show_rounds(_argument: str, _incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        rounds = await sources.latest_rounds(conn, _ROUNDS)
    if not rounds:
        return Reply((plain(texts("admin.rounds.none")),), (way_back(texts),))
    lines = [_round_line(one, services) for one in rounds]
    return Reply((plain(texts("admin.rounds.heading"), "heading"), *lines), (way_back(texts),))


def _round_line(one: Round, services: Services) -> Block:
    key = "admin.rounds.failed" if one.error else "admin.rounds.good"
    reason = shortened(one.error or "", _LONGEST_REASON)
    said = services.texts(key, listed=one.listed, fresh=one.fresh, reason=reason)
    return Block((Span(clock_time(one.at, services)), Span(f" {one.source_id}", "bold"), Span(f": {said}")), "bullet")
