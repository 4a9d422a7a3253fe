"""`db`: the schema of the database, and a copy of the whole of it into another."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

from bot.cli.command import Call, Commands, Failure, WrongUse, add_command
from bot.run_lock import AlreadyRunning, only_run
from config.setting_values import database_url
from config.settings import Settings
from storage.copying import CopyError, copy_store
from storage.migrate import current, newest, upgrade


def register(commands: Commands) -> None:
    parser = add_command(
        commands, "db", run, "Bring the database to the schema of this version, show where it is, or copy all of it."
    )
    parser.add_argument(
        "what", choices=("upgrade", "current", "copy"), help="upgrade it, print its revision, or copy SOURCE to TARGET"
    )
    parser.add_argument("source", nargs="?", metavar="SOURCE", help="address of the database to copy, as DATABASE_URL")
    parser.add_argument(
        "target", nargs="?", metavar="TARGET", help="address of an empty one; PGPASSWORD may hold a server's password"
    )


async def run(call: Call) -> int:
    if call.args.what == "copy":
        return await _copy(call)
    if call.args.source:
        raise WrongUse(f"'db {call.args.what}' takes no address: it works on the one that is set")
    settings = call.settings()
    before = await current(settings.database_url)
    if call.args.what == "upgrade":
        await upgrade(settings.database_url)
        was = f"was at {before or 'nothing'}" if before != newest() else "nothing to do"
        call.terminal.say(f"{settings.database_shown} is at {newest()} ({was})")
        return 0
    call.terminal.say(f"{before or 'empty'}" + ("" if before == newest() else f" (this version needs {newest()})"))
    return 0


async def _copy(call: Call) -> int:
    if not call.args.target:
        raise WrongUse("'db copy' needs two addresses: SOURCE and TARGET")
    source, target = (_settings_of(call, name) for name in ("source", "target"))
    if source.database_url == target.database_url:
        raise WrongUse("SOURCE and TARGET are the same")
    if source.database_file and not source.database_file.exists():
        raise Failure(f"{source.database_file} is not there")
    try:
        with ExitStack() as stack:
            for one in (source, target):
                stack.enter_context(only_run(one.database_file))
            rows = await copy_store(source.database_url, target.database_url, partial(_tell, call))
    except (CopyError, AlreadyRunning) as error:
        raise Failure(str(error)) from error
    call.terminal.say(f"{rows} rows from {source.database_shown} to {target.database_shown}; the counts agree")
    return 0


def _settings_of(call: Call, name: str) -> Settings:
    """What was typed is not repeated where it is wrong: there may be a password in it."""
    try:
        return Settings(database_url=database_url(getattr(call.args, name)))
    except ValueError as error:
        raise WrongUse(f"{name.upper()} {error}") from error


def _tell(call: Call, table: str, rows: int) -> None:
    if rows:
        call.terminal.say(f"{table}: {rows}")
