"""`backup`: the whole store as one file."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.cli.command import Call, Commands, Failure, add_command
from storage.backup import BackupError, back_up


def register(commands: Commands) -> None:
    parser = add_command(commands, "backup", run, "Copy the whole store into a file, also while `run` uses it.")
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file; nothing is overwritten")


async def run(call: Call) -> int:
    settings, file = call.settings(), call.args.file
    try:
        await asyncio.to_thread(back_up, settings.database_url, file)
    except BackupError as error:
        raise Failure(str(error)) from error
    size = file.stat().st_size / 1_000_000
    call.terminal.say(f"{settings.database_shown} is saved in {file} ({size:.1f} MB)")
    return 0
