"""`ingest`: documents from files into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.app import App, open_app
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.files import READABLE, documents, empty_folders, must_have_text, read_file
from bot.cli.terminal import counted
from config.catalogue import Source
from feeds.isolated import read_isolated
from feeds.record import Reading
from feeds.unreadable import UnreadableDocument
from storage.intake import Arrival, Taken, prepare, take_in

OUTCOMES = {"new": "new", "changed": "changed", "same": "known already", "not recognised": "not recognised"}
FAILED = "failed"


def register(commands: Commands) -> None:
    parser = add_command(
        commands, "ingest", run, "Take documents in from files. Nobody is notified of them unless --notify is given."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders or patterns")
    parser.add_argument("--source", metavar="ID", help="the source of the catalogue that they come from")
    parser.add_argument("--notify", action="store_true", help="tell subscribers, as if a source had listed them")
    parser.add_argument(
        "--accept-shorter",
        action="store_true",
        help="a text that only leaves out what is stored is a correction (else it is taken for a cut-off copy)",
    )


async def run(call: Call) -> int:
    """1 if a document could not be read or was not recognised; the others are taken in all the same."""
    async with open_app(call.settings(), call.clock) as app:
        _check_source(call.args.source, app.sources)
        empty = empty_folders(call.args.paths)
        for folder in empty:
            call.terminal.problem(f"{folder}: no documents in this folder (looked for {', '.join(READABLE)})")
        became = Counter([await _one(path, app, call) for path in documents(call.args.paths)])
        await app.services.index.catch_up()
    if became.total() > 1:
        call.terminal.say(_summary(became))
    return 1 if empty or became[FAILED] or became["not recognised"] else 0


async def _one(path: Path, app: App, call: Call) -> str:
    """What became of one file, told as a line of its own with what the reader was not sure of below it."""
    try:
        reading = await _read(path)
        taken = await _take(path, reading, app, call)
    except (OSError, UnreadableDocument) as error:
        call.terminal.problem(f"{path}: {getattr(error, 'strerror', None) or error}")
        return FAILED
    if taken.outcome == "not recognised":
        call.terminal.problem(f"{path}: {_not_recognised(path, reading)}")
    else:
        for line in (f"{path}: {_told(taken)}", *_warnings(reading)):
            call.terminal.say(line)
    return taken.outcome


async def _read(path: Path) -> Reading:
    reading = await read_isolated(read_file(path), str(path))
    must_have_text(reading)
    return reading


async def _take(path: Path, reading: Reading, app: App, call: Call) -> Taken:
    prepare(reading, app.services.analyser)
    arrival = Arrival(
        reading,
        call.args.source,
        str(path),
        call.clock.now(),
        silent=not call.args.notify,
        accept_shorter=call.args.accept_shorter,
    )
    async with app.database.begin() as conn:
        return await take_in(conn, arrival, app.services.analyser, app.services.topics)


def _told(taken: Taken) -> str:
    count = f", {counted(len(taken.resolutions), 'resolution')}" if taken.resolutions else ""
    told = f", {counted(taken.enqueued, 'message')} enqueued" if taken.enqueued else ""
    return f"{OUTCOMES[taken.outcome]}{count}{told}{_shortened(taken.shortened)}"


def _shortened(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    cut = counted(len(names), "resolution")
    return (
        f"; {cut} shorter than stored, the stored text stays: {', '.join(names)}"
        " (if that is a correction, repeat with --accept-shorter)"
    )


def _warnings(reading: Reading) -> Iterator[str]:
    yield from (f"  warning: {one}" for one in reading.warnings)
    yield from (f"  warning: {one.name}: {doubt}" for one in reading.resolutions for doubt in one.warnings)


def _not_recognised(path: Path, reading: Reading) -> str:
    return (
        f"not recognised, kept as a document without resolutions ({' '.join(reading.warnings)})"
        f" See what was read with 'beschlussbote read {path}'; if it is an error page or a cookie notice, take in the"
        " document itself"
    )


def _summary(became: Counter[str]) -> str:
    kinds = (*OUTCOMES, FAILED)
    counts = (f"{became[kind]} {OUTCOMES.get(kind, kind)}" for kind in kinds if became[kind])
    return f"{counted(became.total(), 'document')}: {', '.join(counts)}"


def _check_source(id: str | None, sources: tuple[Source, ...]) -> None:
    if id is not None and id not in {source.id for source in sources}:
        raise WrongUse(f"--source: {id!r} is not in the catalogue; known are {', '.join(one.id for one in sources)}")
