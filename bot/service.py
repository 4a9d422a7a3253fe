"""`run`: everything at once, until told to stop.

Told to stop, the loops finish what they have begun (an update, a message on its way), then the jobs do; what is
enqueued meanwhile waits in the outbox for the next start. Connections and the store are closed last.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from importlib.metadata import version

from bot import retention
from bot.app import App, open_watching
from bot.digest import enqueue_digests
from bot.http import Route, alive, ready, serve_http
from bot.leading import Leading
from bot.loops import Loop, run_loops
from bot.metrics import Metrics
from bot.observe import health, metrics_route
from bot.reading_desk import ReadingDesk
from bot.reminders import enqueue_reminders, tell_unclear
from bot.run_lock import only_run
from bot.scheduler import Job
from bot.talking import Term, open_talking
from bot.transports.webhook_door import LARGEST_UPDATE
from bot.troubles import tell_troubles
from bot.watch import WatchServices, run_round
from config.settings import Settings
from storage import admissions
from storage.instance import Alone, Instance, Shared
from storage.retention import rules
from storage.wrong_clock import heal

ROUND_EVERY = dt.timedelta(minutes=1)
"""How often it is asked which sources are due; each has its own interval."""

REMINDERS_EVERY = dt.timedelta(minutes=1)
UNCLEAR_EVERY = dt.timedelta(days=1)
DIGESTS_EVERY = dt.timedelta(seconds=5)
"""A look that finds nothing due costs a few milliseconds, with a hundred thousand chats too."""
TROUBLES_EVERY = dt.timedelta(minutes=10)
HEAL_EVERY = dt.timedelta(minutes=1)

GRACE = 20.0
"""Seconds that the loops get to finish, and then the jobs."""

_log = logging.getLogger(__name__)


async def serve(app: App, stop: asyncio.Event) -> None:
    """The service until `stop` is set.

    Raises `AlreadyRunning` where another serves this file, and what ends it early, e.g. a token that Telegram refuses.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(only_run(app.settings.database_file))
        await _enforce_access(app)
        desk = ReadingDesk(app.database, app.clock)
        told = _Told(app, desk)
        instance = await stack.enter_async_context(open_instance(app.settings, told))
        watching = await stack.enter_async_context(open_watching(app))
        reading: tuple[Loop, ...] = ()
        if not app.settings.embedded_database:
            watching, reading = replace(watching, read=desk.read), (Loop("read", desk.run, desk.stop),)
        metrics = Metrics(app.clock)
        talking = await stack.enter_async_context(open_talking(app, instance, metrics))
        await stack.enter_async_context(_http(app, (*talking.routes, metrics_route(app, metrics))))
        jobs = partial(_jobs, app, watching, metrics)
        leading = Leading(instance, app.database, app.clock, talking.term, jobs, GRACE)
        told.wake = leading.wake
        loops = (*talking.loops, *reading, Loop("lead", leading.run, leading.stop))
        _log.info("service.started", extra={"fields": {"sources": len(app.sources), "instance": instance.number}})
        # The leader's own loops get their grace inside.
        await run_loops(loops, stop, 2 * GRACE + 1.0)
        _log.info("service.stopping")
    _log.info("service.stopped")


@asynccontextmanager
async def open_instance(settings: Settings, told: Callable[[str], None]) -> AsyncIterator[Instance]:
    """The only one on a file of its own, or one of those that share a server."""
    number = secrets.randbits(31)
    if settings.embedded_database:
        yield Alone(number)
        return
    name = f"{socket.gethostname()}:{os.getpid()}"
    async with Shared(settings.database_url, number, name, told).running() as instance:
        yield instance


class _Told:
    """What other instances have written: messages to deliver, resolutions to search in, documents to read."""

    def __init__(self, app: App, desk: ReadingDesk) -> None:
        self._app = app
        self._desk = desk
        self._catching_up: asyncio.Task[object] | None = None
        self.wake: Callable[[], None] = lambda: None

    def __call__(self, what: str) -> None:
        if what == "outbox":
            self.wake()
        if what == "unread":
            self._desk.wake()
        if what == "revisions" and (self._catching_up is None or self._catching_up.done()):
            self._catching_up = asyncio.create_task(self._catch_up())

    async def _catch_up(self) -> None:
        """A search would do it by itself; this way the first one need not wait."""
        try:
            await self._app.services.index.catch_up()
        except Exception:
            _log.exception("index.not_caught_up")


def _jobs(app: App, watching: WatchServices, metrics: Metrics, term: Term) -> tuple[Job, ...]:
    return (
        Job("heal", HEAL_EVERY, partial(_heal, app, term)),
        Job("watch", ROUND_EVERY, partial(_round, app, watching, term, metrics)),
        Job("troubles", TROUBLES_EVERY, partial(_troubles, app, term)),
        Job("reminders", REMINDERS_EVERY, partial(_reminders, app, term)),
        Job("unclear", UNCLEAR_EVERY, partial(_unclear, app, term)),
        Job("retention", retention.EVERY, partial(_retention, app), retention.AFTER),
        Job("digests", DIGESTS_EVERY, partial(_digests, app, term, metrics)),
    )


async def _retention(app: App) -> None:
    await retention.tidy(app.database, rules(app.services.keeping), app.clock.now())


@contextmanager
def stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """SIGTERM and the first Ctrl-C set `stop`; a second Ctrl-C ends the program at once, as usual."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def told() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    for number in signals:
        loop.add_signal_handler(number, told)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def _enforce_access(app: App) -> None:
    """The settings may have changed since the last start."""
    access = app.services.access
    async with app.database.begin() as conn:
        barred, back = await admissions.enforce(conn, access.mode == "open", access.set_by_hand, app.clock.now())
    if barred or back:
        _log.info("access.changed", extra={"fields": {"barred": barred, "back": back}})


async def _round(app: App, watching: WatchServices, term: Term, metrics: Metrics) -> None:
    now = app.clock.now()
    with term.rounds.at(now) if term.rounds else nullcontext():
        report = await run_round(watching, now)
    metrics.round(report)
    if report.count("new") or report.count("changed"):
        await app.services.index.catch_up()
    if report.looked_at:
        fields = {"looked_at": report.looked_at, "failed": report.failed_sources, "enqueued": report.enqueued}
        _log.info("round.finished", extra={"fields": {**fields, "new": report.count("new")}})
    if report.enqueued:
        term.wake()


async def _heal(app: App, term: Term) -> None:
    async with app.database.begin() as conn:
        count = await heal(conn, app.clock.now())
    if count:
        _log.warning("clock.was_wrong", extra={"fields": {"rows": count}})
        term.wake()


async def _troubles(app: App, term: Term) -> None:
    if await tell_troubles(app):
        term.wake()


async def _reminders(app: App, term: Term) -> None:
    if count := await enqueue_reminders(app.services, app.clock.now()):
        _log.info("reminders.enqueued", extra={"fields": {"count": count}})
        term.wake()


async def _unclear(app: App, term: Term) -> None:
    if count := await tell_unclear(app.services, app.clock.now()):
        _log.warning("subscriptions.unclear", extra={"fields": {"count": count}})
        term.wake()


async def _digests(app: App, term: Term, metrics: Metrics) -> None:
    if count := await enqueue_digests(app.services, app.clock.now()):
        metrics.digests(count)
        _log.info("digests.enqueued", extra={"fields": {"count": count}})
        term.wake()


@asynccontextmanager
async def _http(app: App, routes: tuple[Route, ...]) -> AsyncIterator[None]:
    if app.settings.http_listen is None:
        yield
        return
    own = (alive(version("beschlussbote")), ready(partial(health, app)))
    async with serve_http(app.settings.http_listen, (*own, *routes), LARGEST_UPDATE) as at:
        _log.info("http.listening", extra={"fields": {"address": at}})
        yield
