"""`run`: everything at once, until told to stop.

Told to stop, the loops finish what they have begun (an update, a message on its way), then the jobs do; what is
enqueued meanwhile waits in the outbox for the next start. Connections and the store are closed last.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
import signal
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from urllib.parse import urlsplit

from telegram import Bot

from bot.app import App, open_telegram, open_watching
from bot.deliver import Delivery, Policy
from bot.delivery_loop import DeliveryLoop
from bot.digest import enqueue_digests
from bot.gate import Gate
from bot.http import Route, alive, ready, serve_http
from bot.limiter import Limiter, telegram_limits
from bot.loops import Loop, run_loops
from bot.metrics import Metrics
from bot.observe import health, metrics_route
from bot.pseudonyms import Pseudonyms
from bot.receive import Receiver
from bot.rounds import Rounds
from bot.run_lock import only_run
from bot.scheduler import Job, running_jobs
from bot.transports.polling import Poller
from bot.transports.raw_update import Handle
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_inbox import TelegramInbox
from bot.transports.telegram_profile import show_profile
from bot.transports.webhook import LARGEST_UPDATE, WebhookDoor, WebhookUpdates
from bot.troubles import tell_troubles
from bot.turnstile import Turnstile
from bot.watch import WatchServices, run_round
from handlers.access import Links
from handlers.profile import profiles
from storage import admissions

ROUND_EVERY = dt.timedelta(minutes=1)
"""How often it is asked which sources are due; each has its own interval."""

DIGESTS_EVERY = dt.timedelta(seconds=30)
PROFILE_EVERY = dt.timedelta(days=1)
TROUBLES_EVERY = dt.timedelta(minutes=10)
WEBHOOK_EVERY = dt.timedelta(minutes=10)

TOKEN_BYTES = 16
"""Of chance in an invitation: more than anybody can try."""

GRACE = 20.0
"""Seconds that the loops get to finish, and then the jobs."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Talking:
    """The side that talks to a chat system; without one there is nothing to run and nobody to wake."""

    loops: tuple[Loop, ...] = ()
    jobs: tuple[Job, ...] = ()
    wake: Callable[[], None] = lambda: None
    rounds: Rounds | None = None
    routes: tuple[Route, ...] = ()


async def serve(app: App, stop: asyncio.Event) -> None:
    """The service until `stop` is set.

    Raises `AlreadyRunning` where another serves this database, and what ends it early, e.g. a token that Telegram
    refuses.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(only_run(app.settings.database_file))
        await _enforce_access(app)
        watching = await stack.enter_async_context(open_watching(app))
        metrics = Metrics(app.clock)
        talking = await stack.enter_async_context(_talking(app, metrics))
        await stack.enter_async_context(_http(app, (*talking.routes, metrics_route(app, metrics))))
        jobs = (
            *talking.jobs,
            Job("watch", ROUND_EVERY, partial(_round, app, watching, talking, metrics)),
            Job("troubles", TROUBLES_EVERY, partial(_troubles, app, talking)),
            Job("digests", DIGESTS_EVERY, partial(_digests, app, talking, metrics)),
        )
        await stack.enter_async_context(running_jobs(jobs, app.clock.now(), GRACE))
        _log.info("service.started", extra={"fields": {"sources": len(app.sources), "loops": len(talking.loops)}})
        await run_loops(talking.loops, stop, GRACE)
        _log.info("service.stopping")
    _log.info("service.stopped")


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


@asynccontextmanager
async def _talking(app: App, metrics: Metrics) -> AsyncIterator[Talking]:
    token = app.settings.telegram_token
    if token is None:
        _log.warning("telegram.off", extra={"fields": {"problem": "BESCHLUSSBOTE_TELEGRAM_TOKEN is not set"}})
        yield Talking()
        return
    async with open_telegram(token, app.settings.telegram_api_base) as bot:
        yield _telegram(app, bot, metrics)


def _telegram(app: App, bot: Bot, metrics: Metrics) -> Talking:
    """Answers and deliveries share one limiter, as they share Telegram's limits."""
    settings, transport, rounds = app.settings, TelegramTransport(bot), Rounds(app.clock)
    turnstile = Turnstile(Limiter({transport.name: telegram_limits(settings.broadcast_rate)}), app.clock)
    services = replace(app.services, links=Links(lambda: bot.username, partial(secrets.token_urlsafe, TOKEN_BYTES)))
    gate = Gate(services, Pseudonyms.of_token(settings.telegram_token))
    receiver = Receiver(services, transport, app.clock, turnstile, owner=uuid.uuid4().hex, gate=gate)
    inbox = TelegramInbox(bot, receiver, turnstile, app.clock)
    updates = _updates(app, bot, metrics.timing(inbox.handle))
    delivery = Delivery(
        app.services, {transport.name: transport}, app.clock, turnstile, Policy(settings.burst), rounds.gathering
    )
    loop = DeliveryLoop(metrics.counting(delivery.step), finish=delivery.finish)
    return Talking(
        loops=(*updates.loops, Loop("deliver", loop.run, loop.stop)),
        jobs=(*updates.jobs, Job("profile", PROFILE_EVERY, partial(_profile, app, bot))),
        wake=loop.wake,
        rounds=rounds,
        routes=updates.routes,
    )


async def _profile(app: App, bot: Bot) -> None:
    await show_profile(bot, profiles(app.services.languages))


def _updates(app: App, bot: Bot, handle: Handle) -> Talking:
    """How updates come in: by webhook where one is set, else they are fetched."""
    url, secret = app.settings.webhook_url, app.settings.webhook_secret
    if url is None or secret is None:
        poller = Poller(bot, handle)
        return Talking(loops=(Loop("receive", poller.run, poller.stop),))
    hook = WebhookUpdates(bot, handle, app.database, app.clock, url, secret)
    door = WebhookDoor(secret, app.database, app.clock, hook.wake)
    return Talking(
        loops=(Loop("receive", hook.run, hook.stop),),
        jobs=(Job("webhook", WEBHOOK_EVERY, hook.look_after),),
        routes=(Route("POST", urlsplit(url).path or "/", door.answer),),
    )


async def _round(app: App, watching: WatchServices, talking: Talking, metrics: Metrics) -> None:
    now = app.clock.now()
    with talking.rounds.at(now) if talking.rounds else nullcontext():
        report = await run_round(watching, now)
    metrics.round(report)
    if report.count("new") or report.count("changed"):
        await app.services.index.catch_up()
    if report.looked_at:
        fields = {"looked_at": report.looked_at, "failed": report.failed_sources, "enqueued": report.enqueued}
        _log.info("round.finished", extra={"fields": {**fields, "new": report.count("new")}})
    if report.enqueued:
        talking.wake()


async def _troubles(app: App, talking: Talking) -> None:
    if await tell_troubles(app):
        talking.wake()


async def _digests(app: App, talking: Talking, metrics: Metrics) -> None:
    if count := await enqueue_digests(app.services, app.clock.now()):
        metrics.digests(count)
        _log.info("digests.enqueued", extra={"fields": {"count": count}})
        talking.wake()


@asynccontextmanager
async def _http(app: App, routes: tuple[Route, ...]) -> AsyncIterator[None]:
    if app.settings.http_listen is None:
        yield
        return
    own = (alive(version("beschlussbote")), ready(partial(health, app)))
    async with serve_http(app.settings.http_listen, (*own, *routes), LARGEST_UPDATE) as at:
        _log.info("http.listening", extra={"fields": {"at": at}})
        yield
