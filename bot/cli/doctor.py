"""`doctor`: is everything in place? Each line says ok or problem, and what mends it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot

from bot.app import open_telegram
from bot.checks import Finding, findings
from bot.cli.command import Call, Commands, add_command
from config.settings import Settings, SettingsError


def register(commands: Commands) -> None:
    add_command(commands, "doctor", run, "Check settings, database, migrations, token and sources; changes nothing.")


async def run(call: Call) -> int:
    try:
        settings = call.settings()
    except SettingsError as error:
        for problem in error.problems:
            _show(call, Finding("settings", problem, "correct the setting"))
        return 1
    return await _examine(call, settings)


async def _examine(call: Call, settings: Settings) -> int:
    problems = 0
    async with _bot(settings) as bot:
        async for finding in findings(settings, bot, call.clock.now()):
            _show(call, finding)
            problems += not finding.ok
    return 1 if problems else 0


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[Bot | None]:
    if settings.telegram_token is None:
        yield None
        return
    async with open_telegram(settings.telegram_token, settings.telegram_api_base) as bot:
        yield bot


def _show(call: Call, finding: Finding) -> None:
    mend = f"  → {finding.mend}" if finding.mend else ""
    call.terminal.say(f"{'ok' if finding.ok else 'problem':8} {finding.about:11} {finding.text}{mend}")
