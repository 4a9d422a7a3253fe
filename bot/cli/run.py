"""`run`: the service."""

from __future__ import annotations

import asyncio
import logging

from bot.app import open_app
from bot.cli.command import Call, Commands, Failure, add_command
from bot.run_lock import AlreadyRunning
from bot.service import serve, stopped_by_signals
from bot.transports.attempts import TokenRefusedError


def register(commands: Commands) -> None:
    add_command(
        commands, "run", run, "Run the service: watch sources, deliver messages, send digests, answer in Telegram."
    )


async def run(call: Call) -> int:
    settings = call.settings(level=logging.INFO)
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        async with open_app(settings, call.clock) as app:
            try:
                await serve(app, stop)
            except (AlreadyRunning, TokenRefusedError) as error:
                raise Failure(str(error)) from error
    return 0
