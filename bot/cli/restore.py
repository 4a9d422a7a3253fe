"""`restore`: a backup in the place of the store."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

from bot.cli.command import Call, Commands, Failure, add_command
from bot.cli.terminal import counted
from bot.run_lock import AlreadyRunning, only_run
from config.settings import Settings
from storage import recovery
from storage.backup import BackupError, restore
from storage.database import Database
from storage.instance import sessions


def register(commands: Commands) -> None:
    parser = add_command(
        commands, "restore", run, "Put a backup in the place of the store; what was there is kept beside it."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` has made")


async def run(call: Call) -> int:
    settings = call.settings()
    await _must_be_idle(settings)
    try:
        with only_run(settings.database_file):
            kept = await asyncio.to_thread(restore, settings.database_url, call.args.file)
            doubtful = await _doubt(settings, call.clock.now())
    except (BackupError, AlreadyRunning) as error:
        raise Failure(str(error)) from error
    call.terminal.say(f"{settings.database_shown} is what {call.args.file} holds")
    if kept is not None:
        place = "" if settings.embedded_database else "the schema "
        call.terminal.say(f"what was there before lies in {place}{kept}")
    if doubtful:
        call.terminal.say(_decide(doubtful))
    return 0


async def _doubt(settings: Settings, now: dt.datetime) -> int:
    """How many messages nobody can say of whether they were sent after the backup was made."""
    database = Database.open(settings.database_url)
    try:
        async with database.begin() as conn:
            return await recovery.doubt_waiting(conn, now)
    finally:
        await database.dispose()


def _decide(count: int) -> str:
    waited = f"{counted(count, 'message')} waited when the backup was made and may have been sent since"
    decide = "`outbox resend --all` sends what is unknown (perhaps twice), `outbox drop --all` does not (perhaps never)"
    return f"{waited}: unknown until you decide.\n`outbox list --state unknown` shows it; {decide}"


async def _must_be_idle(settings: Settings) -> None:
    """A file says by its lock whether it is served; a server is asked."""
    if settings.embedded_database:
        return
    database = Database.open(settings.database_url)
    try:
        async with database.read() as conn:
            names = ", ".join(name for name, _ in await sessions(conn))
    finally:
        await database.dispose()
    if names:
        raise Failure(f"{settings.database_shown} is served by {names}: stop every instance first")
