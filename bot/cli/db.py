"""`db`: the schema of the database."""

from __future__ import annotations

from bot.cli.command import Call, Commands, add_command
from storage.migrate import current, newest, upgrade


def register(commands: Commands) -> None:
    parser = add_command(commands, "db", run, "Bring the database to the schema of this version, or show where it is.")
    parser.add_argument("what", choices=("upgrade", "current"), help="upgrade it, or print its revision")


async def run(call: Call) -> int:
    settings = call.settings()
    before = await current(settings.database_url)
    if call.args.what == "upgrade":
        await upgrade(settings.database_url)
        was = f"was at {before or 'nothing'}" if before != newest() else "nothing to do"
        call.terminal.say(f"{settings.database_shown} is at {newest()} ({was})")
        return 0
    call.terminal.say(f"{before or 'empty'}" + ("" if before == newest() else f" (this version needs {newest()})"))
    return 0
