"""`sources`: the catalogue with its health, and a trial of a source that stores nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.app import open_app, open_watching
from bot.cli.add_source import add_source
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.terminal import counted
from bot.cli.watch import patient
from bot.source_health import documents_trouble, source_trouble
from bot.watch import CheckReport, UnknownSource, check, find_source
from config.catalogue import Source
from feeds.recognised import NO_RESOLUTION, is_recognised
from storage.sources import FailingDocuments, SourceState, failing_documents, states


def register(commands: Commands) -> None:
    parser = add_command(
        commands,
        "sources",
        run,
        "Show the catalogue with its health, try a source without storing anything, or add one.",
    )
    parser.add_argument(
        "what", choices=("list", "check", "add"), help="list all, fetch and read now, or find what can be watched"
    )
    parser.add_argument("id", nargs="?", metavar="ID|URL", help="with check: this source only; with add: where to look")
    parser.add_argument("--as", dest="as_id", metavar="ID", help="with add: the id of the new source")
    parser.add_argument("--name", help="with add: what people call it")


async def run(call: Call) -> int:
    if call.args.what == "list" and call.args.id:
        raise WrongUse("sources list takes no ID; right is 'sources check ID' or 'sources list'")
    if call.args.what == "add":
        if not call.args.id:
            raise WrongUse("sources add needs an address; right is 'sources add https://…'")
        return await add_source(call)
    return await (_list(call) if call.args.what == "list" else _check(call))


async def _list(call: Call) -> int:
    async with open_app(call.settings(), call.clock) as app, app.database.read() as conn:
        known = {state.id: state for state in await states(conn)}
        failing = await failing_documents(conn)
    now = call.clock.now()
    for line in _table(_row(one, known.get(one.id), failing.get(one.id), now) for one in app.sources):
        call.terminal.say(line)
    return 0


async def _check(call: Call) -> int:
    """Exit code 1 when any source that is watched cannot be used."""
    failed = False
    async with open_app(call.settings(), call.clock) as app, open_watching(app) as watching:
        async with app.database.read() as conn:
            failing = await failing_documents(conn)
        for source in _chosen(app.sources, call.args.id):
            async with patient(call.terminal, f"{source.id} …"):
                report = await check(watching, source, call.clock.now())
            failed = failed or not report.ok
            for line in _told(report, failing.get(source.id)):
                call.terminal.say(line)
    return 1 if failed else 0


def _chosen(catalogue: tuple[Source, ...], id: str | None) -> Iterable[Source]:
    if id is None:
        return [source for source in catalogue if source.watched]
    try:
        return [find_source(catalogue, id)]
    except UnknownSource as error:
        raise WrongUse(str(error)) from error


def _told(report: CheckReport, failing: FailingDocuments | None) -> Iterator[str]:
    """What the trial showed, and what the rounds before it left behind."""
    yield from _tried(report)
    if failing:
        yield f"{report.source.id}:   remembered: {documents_trouble(failing)}"


def _tried(report: CheckReport) -> Iterator[str]:
    name = report.source.id
    if report.problem:
        yield f"{name}: problem: {report.problem}"
        return
    yield f"{name}: ok, {counted(len(report.entries), 'entry', 'entries')}" + (
        f" ({report.remark})" if report.remark else ""
    )
    if report.tried and report.reading:
        about = report.reading.publication
        title = about.title or report.tried.title or "without a title"
        found = counted(len(report.reading.resolutions), "resolution")
        told = found if is_recognised(report.reading) else f"not recognised: {NO_RESOLUTION}"
        yield f"{name}:   {report.tried.address}: {title}, {told}"
    elif report.tried:
        yield f"{name}:   problem: {report.tried.address}: {report.document_problem}"


def _row(
    source: Source, state: SourceState | None, failing: FailingDocuments | None, now: dt.datetime
) -> tuple[str, ...]:
    looked = f"{state.last_success:%Y-%m-%d %H:%M}" if state and state.last_success else "never"
    health = "not watched" if not source.watched else source_trouble(source, state, failing, now) or "ok"
    if state is None or state.last_try is None:
        health = health if not source.watched else "not looked at yet"
    unverified = "" if source.verified else " (unverified)"
    return source.id, source.kind, looked, health + unverified, source.name


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Columns as wide as their widest cell, the last one as it is."""
    table = [("ID", "KIND", "LAST READ (UTC)", "HEALTH", "NAME"), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]) - 1)]
    for row in table:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
