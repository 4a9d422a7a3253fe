"""`watch`: one polling round, with a word about where it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import open_app, open_watching
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.terminal import Terminal
from bot.round_report import RoundReport
from bot.watch import UnknownSource, WatchServices, run_round

PATIENCE = 5.0
"""Seconds without a word that somebody at a terminal bears."""


def register(commands: Commands) -> None:
    parser = add_command(commands, "watch", run, "Look at the sources that are due, once, and take in what is new.")
    parser.add_argument("--once", action="store_true", required=True, help="one round (`run` watches all the time)")
    parser.add_argument("--source", metavar="ID", help="look at this source only, due or not")


async def run(call: Call) -> int:
    """A source or document that failed is recorded and told; only a round in which nothing succeeded is a failure."""
    async with open_app(call.settings(), call.clock) as app, open_watching(app) as watching:
        report = await _round(call, watching)
    for line in report.lines():
        call.terminal.say(line)
    return 1 if report.looked_at and report.failed_sources == report.looked_at else 0


async def _round(call: Call, watching: WatchServices) -> RoundReport:
    what = call.args.source or f"{len(watching.catalogue)} sources"
    async with patient(call.terminal, f"looking at {what} …"):
        try:
            return await run_round(watching, call.clock.now(), call.args.source)
        except UnknownSource as error:
            raise WrongUse(str(error)) from error


@asynccontextmanager
async def patient(terminal: Terminal, what: str) -> AsyncIterator[None]:
    """Say what is going on, and every few seconds that it still is; on stderr, and only to a person."""
    if not terminal.stderr.isatty():
        yield
        return
    telling = asyncio.create_task(_tell(terminal, what))
    try:
        yield
    finally:
        telling.cancel()
        terminal.stderr.write("\r\033[K")


async def _tell(terminal: Terminal, what: str) -> None:
    seconds = 0
    while True:
        terminal.stderr.write(f"\r{what}" + (f" ({seconds} s)" if seconds else ""))
        terminal.stderr.flush()
        await asyncio.sleep(PATIENCE)
        seconds += int(PATIENCE)
