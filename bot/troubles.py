"""What the administrators are told of the sources: what is remembered goes in, troubles come out.

A conference publishes once or twice a year, so a source that has died looks well for months: silence is judged by what
the catalogue calls normal.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.app import App
from config.catalogue import Source
from storage import documents
from storage import sources as source_states
from storage.sources import SourceState
from storage.troubles import Trouble, tell

_log = logging.getLogger(__name__)

FAILURES = 5
"""So many failed looks in a row are no passing fault: with the growing pauses they take some five hours."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """`news`: when a source last listed something new; `headless`: those whose newest document alone gave no heads."""

    states: Mapping[str, SourceState]
    news: Mapping[str, dt.datetime]
    headless: Mapping[str, str]


def troubles(sources: Sequence[Source], known: Remembered, now: dt.datetime) -> tuple[Trouble, ...]:
    """All there are now, in the order of the catalogue."""
    return tuple(one for source in sources if source.watched for one in _of(source, known, now))


async def tell_troubles(app: App) -> int:
    """Look at what is remembered, and enqueue a word to every administrator where a trouble began or ended; how many
    did."""
    now = app.clock.now()
    async with app.database.begin() as conn:
        states = {state.id: state for state in await source_states.states(conn)}
        known = Remembered(states, await source_states.last_news(conn), await documents.headless(conn))
        watched = {source.id for source in app.sources if source.watched}
        begun, over = await tell(conn, troubles(app.sources, known, now), watched, app.services.access.admins, now)
    if begun or over:
        _log.warning("sources.troubled", extra={"fields": {"begun": begun, "over": over}})
    return begun + over


def _of(source: Source, known: Remembered, now: dt.datetime) -> Iterator[Trouble]:
    state = known.states.get(source.id)
    if state is None:
        return
    if state.failures >= FAILURES:
        yield Trouble(source.id, "failing", state.last_error or "")
    if state.moved_to and state.moved_from == source.address:
        yield Trouble(source.id, "moved", state.moved_to)
    if address := known.headless.get(source.id):
        yield Trouble(source.id, "headless", address)
    news = known.news.get(source.id)
    if news is not None and now - news > source.expected_every:
        yield Trouble(source.id, "silent", f"{news:%Y-%m-%d}")
