"""`ingest`: documents from files into the store."""

from __future__ import annotations

from pathlib import Path

from bot.app import App, open_app
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.files import READABLE, documents, empty_folders, must_have_text, read_file
from bot.cli.terminal import counted
from config.catalogue import Source
from feeds.isolated import read_isolated
from feeds.unreadable import UnreadableDocument
from storage.intake import Arrival, Taken, prepare, take_in

OUTCOMES = {"new": "new", "changed": "changed", "same": "known already"}


def register(commands: Commands) -> None:
    parser = add_command(
        commands, "ingest", run, "Take documents in from files. Nobody is notified of them unless --notify is given."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders or patterns")
    parser.add_argument("--source", metavar="ID", help="the source of the catalogue that they come from")
    parser.add_argument("--notify", action="store_true", help="tell subscribers, as if a source had listed them")


async def run(call: Call) -> int:
    async with open_app(call.settings(), call.clock) as app:
        _check_source(call.args.source, app.sources)
        empty = empty_folders(call.args.paths)
        for folder in empty:
            call.terminal.problem(f"{folder}: no documents in this folder (looked for {', '.join(READABLE)})")
        failed = len(empty)
        for path in documents(call.args.paths):
            try:
                taken = await _take(path, app, call)
            except (OSError, UnreadableDocument) as error:
                failed += 1
                call.terminal.problem(f"{path}: {getattr(error, 'strerror', None) or error}")
            else:
                call.terminal.say(f"{path}: {_told(taken)}")
        await app.services.index.catch_up()
    return 1 if failed else 0


async def _take(path: Path, app: App, call: Call) -> Taken:
    reading = await read_isolated(read_file(path), str(path))
    must_have_text(reading)
    prepare(reading, app.services.analyser)
    arrival = Arrival(reading, call.args.source, str(path), call.clock.now(), silent=not call.args.notify)
    async with app.database.begin() as conn:
        return await take_in(conn, arrival, app.services.analyser, app.services.topics)


def _told(taken: Taken) -> str:
    count = f", {counted(len(taken.resolutions), 'resolution')}" if taken.resolutions else ""
    told = f", {counted(taken.enqueued, 'message')} enqueued" if taken.enqueued else ""
    return f"{OUTCOMES[taken.outcome]}{count}{told}"


def _check_source(id: str | None, sources: tuple[Source, ...]) -> None:
    if id is not None and id not in {source.id for source in sources}:
        raise WrongUse(f"--source: {id!r} is not in the catalogue; known are {', '.join(one.id for one in sources)}")
