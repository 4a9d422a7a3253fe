"""The side that talks to a chat system: what every instance does, and what only the one that leads does."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from telegram import Bot

from bot.app import App, open_telegram
from bot.deliver import Delivery, Policy
from bot.delivery_loop import DeliveryLoop
from bot.flood import Flood
from bot.gate import Gate
from bot.http import Route
from bot.inline import InlineDesk
from bot.limiter import Limiter, telegram_limits
from bot.loops import Loop
from bot.metrics import Metrics
from bot.pseudonyms import Pseudonyms
from bot.receive import Receiver
from bot.rounds import Rounds
from bot.scheduler import Job
from bot.share import Sharing
from bot.transports.polling import Poller
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_files import TelegramFiles
from bot.transports.telegram_inbox import TelegramInbox
from bot.transports.telegram_inline import TelegramInline
from bot.transports.telegram_profile import show_profile
from bot.transports.telegram_rights import TelegramRights
from bot.transports.webhook import WebhookUpdates
from bot.transports.webhook_door import WebhookDoor
from bot.turnstile import Turnstile
from handlers.access import Links
from handlers.profile import profiles
from storage.instance import Instance

PROFILE_EVERY = dt.timedelta(days=1)
WEBHOOK_EVERY = dt.timedelta(minutes=10)

TOKEN_BYTES = 16
"""Of chance in an invitation: more than anybody can try."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Term:
    """What the leader runs from its election to its end. `wake` tells it that something was enqueued."""

    loops: tuple[Loop, ...] = ()
    jobs: tuple[Job, ...] = ()
    wake: Callable[[], None] = lambda: None
    rounds: Rounds | None = None


@dataclass(frozen=True, slots=True)
class Talking:
    """`loops` and `routes` are for every instance; `term` makes what is for the leader alone, anew for each time."""

    loops: tuple[Loop, ...] = ()
    routes: tuple[Route, ...] = ()
    term: Callable[[], Term] = Term


@asynccontextmanager
async def open_talking(app: App, instance: Instance, metrics: Metrics) -> AsyncIterator[Talking]:
    """Nothing but a warning without a token."""
    token = app.settings.telegram_token
    if token is None:
        _log.warning("telegram.off", extra={"fields": {"problem": "BESCHLUSSBOTE_TELEGRAM_TOKEN is not set"}})
        yield Talking()
        return
    async with open_telegram(token, app.settings.telegram_api_base) as bot:
        yield _telegram(app, instance, bot, metrics)


def _telegram(app: App, instance: Instance, bot: Bot, metrics: Metrics) -> Talking:
    """Answers and deliveries share one limiter, as they share Telegram's limits."""
    transport = TelegramTransport(bot)
    limiter = Limiter({transport.name: telegram_limits(app.settings.broadcast_rate)})
    turnstile = Turnstile(limiter, app.clock)
    links = Links(partial(_name, bot), partial(secrets.token_urlsafe, TOKEN_BYTES))
    rights, files = TelegramRights(bot, app.clock.seconds), TelegramFiles(bot)
    services = replace(app.services, links=links, rights=rights, files=files)
    gate = Gate(services, Pseudonyms.of_token(app.settings.telegram_token))
    url, secret = app.settings.webhook_url, app.settings.webhook_secret
    receiver = Receiver(
        services,
        transport,
        app.clock,
        turnstile,
        owner=str(instance.number),
        gate=gate,
        flood=Flood(),
        notes_end=url is None,  # a webhook's updates are done with in one transaction
        failed=metrics.answer_failed,
    )
    desk = InlineDesk(services, TelegramInline(bot, turnstile).answer, gate)
    handle = metrics.timing(TelegramInbox(bot, receiver, turnstile, app.clock, desk).handle)
    delivering = partial(_delivering, replace(app, services=services), instance, transport, turnstile, metrics)
    profile = Job("profile", PROFILE_EVERY, partial(_profile, app, bot))
    if url is None or secret is None:
        return Talking(term=lambda: _with(delivering(), Poller(bot, handle), profile))
    hook = WebhookUpdates(bot, handle, app.database, app.clock, url, secret, owner=instance.number)
    # By webhook every instance answers; by polling only the one that leads sends anything.
    sharing = Sharing(instance, app.settings.broadcast_rate, partial(limiter.share, transport.name))
    return Talking(
        loops=(Loop("receive", hook.run, hook.stop), Loop("share", sharing.run, sharing.stop)),
        routes=(Route("POST", urlsplit(url).path or "/", WebhookDoor(secret, hook.keep).answer),),
        term=lambda: _with(delivering(), None, profile, Job("webhook", WEBHOOK_EVERY, hook.look_after)),
    )


def _delivering(
    app: App, instance: Instance, transport: TelegramTransport, turnstile: Turnstile, metrics: Metrics
) -> Term:
    rounds, policy, transports = Rounds(app.clock), Policy(app.settings.burst), {transport.name: transport}
    services, gathering = app.services, rounds.gathering
    delivery = Delivery(services, transports, app.clock, turnstile, policy, gathering, may_send=instance.may)
    loop = DeliveryLoop(metrics.counting(delivery.step), finish=delivery.finish)
    return Term((Loop("deliver", loop.run, loop.stop),), (), loop.wake, rounds)


def _with(term: Term, poller: Poller | None, *jobs: Job) -> Term:
    """Without a webhook the leader fetches the updates: Telegram gives them to one program only."""
    receiving = (Loop("receive", poller.run, poller.stop),) if poller else ()
    return replace(term, loops=(*receiving, *term.loops), jobs=jobs)


def _name(bot: Bot) -> str | None:
    """None until Telegram was asked for it."""
    try:
        return bot.username
    except RuntimeError:
        return None


async def _profile(app: App, bot: Bot) -> None:
    await show_profile(bot, profiles(app.services.languages))
