"""`restore`: a backup in the place of the store."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.cli.command import Call, Commands, Failure, add_command
from bot.run_lock import AlreadyRunning, only_run
from storage.backup import BackupError, restore


def register(commands: Commands) -> None:
    parser = add_command(
        commands, "restore", run, "Put a backup in the place of the store; what was there is kept beside it."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` has made")


async def run(call: Call) -> int:
    settings = call.settings()
    try:
        with only_run(settings.database_file):
            kept = await asyncio.to_thread(restore, settings.database_url, call.args.file)
    except (BackupError, AlreadyRunning) as error:
        raise Failure(str(error)) from error
    call.terminal.say(f"{settings.database_shown} is what {call.args.file} holds")
    if kept is not None:
        call.terminal.say(f"what was there before lies in {kept}")
    return 0
