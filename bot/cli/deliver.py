"""`deliver`: send what the outbox holds and is due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.app import App, open_app, open_telegram
from bot.cli.command import Call, Commands, Failure, add_command
from bot.deliver import Delivery, Policy
from bot.delivery_loop import deliver_all
from bot.delivery_report import DeliveryReport
from bot.limiter import Limiter, telegram_limits
from bot.transports.telegram import TelegramTransport
from bot.transports.transport import Transport
from bot.turnstile import Turnstile
from config.settings import PREFIX


def register(commands: Commands) -> None:
    parser = add_command(commands, "deliver", run, "Send what the outbox holds and is due, once.")
    parser.add_argument(
        "--once", action="store_true", required=True, help="until nothing is due (`run` delivers all the time)"
    )


async def run(call: Call) -> int:
    async with open_app(call.settings(), call.clock) as app, _transports(app) as transports:
        limits = telegram_limits(app.settings.broadcast_rate)
        turnstile = Turnstile(Limiter({TelegramTransport.name: limits}), call.clock)
        delivery = Delivery(app.services, transports, call.clock, turnstile, Policy(app.settings.burst))
        report = await deliver_all(delivery.one_pass)
    call.terminal.say(_told(report))
    return 1 if report.failed else 0


@asynccontextmanager
async def _transports(app: App) -> AsyncIterator[Mapping[str, Transport]]:
    token = app.settings.telegram_token
    if token is None:
        raise Failure(f"{PREFIX}TELEGRAM_TOKEN is not set: there is no way to send anything")
    async with open_telegram(token, app.settings.telegram_api_base) as bot:
        transport = TelegramTransport(bot)
        yield {transport.name: transport}


def _told(report: DeliveryReport) -> str:
    names = ("sent", "rejected", "unknown", "closed", "set_aside", "postponed", "failed")
    counts = {name.replace("_", " "): getattr(report, name) for name in names}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing was due"
