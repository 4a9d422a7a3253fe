"""`sources add URL`: finds what can be watched there, tries it, and puts it into the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from bot.app import App, open_app, open_watching
from bot.cli.command import Call, Failure, WrongUse
from bot.cli.terminal import counted
from bot.watch import CheckReport, WatchServices, check
from config.catalogue import Source, load_catalogue
from config.durations import parse_duration
from config.settings import PACKAGED_SOURCES, PREFIX
from feeds.discover import DOCUMENTS, Candidate, candidates, sitemaps_of
from feeds.fetched import Fetched, FetchResult

INTERVAL, EXPECTED = "6h", "400d"


async def add_source(call: Call) -> int:
    """Exit code 1 when nothing there could be watched."""
    async with open_app(call.settings(), call.clock) as app, open_watching(app) as watching:
        name = call.args.name or urlsplit(call.args.id).hostname or ""
        id = call.args.as_id or _id_of(call.args.id)
        if id in {source.id for source in app.sources}:
            raise WrongUse(f"there is a source {id!r} already: name another one with --as ID")
        for candidate in await _candidates(watching, call.args.id):
            report = await check(watching, _source(id, name, candidate), call.clock.now())
            if report.ok:
                _add(call, app, candidate, report)
                return 0
            call.terminal.problem(f"{candidate.address}: {report.problem or report.document_problem}")
    right = "right is a feed, a sitemap, or a page that links documents"
    raise Failure(f"nothing at {call.args.id} can be watched: {right}")


async def _candidates(watching: WatchServices, address: str) -> tuple[Candidate, ...]:
    answer = await watching.fetcher.get(address)
    if not isinstance(answer, Fetched):
        raise Failure(_reason(answer))
    found = await watching.worker.run(candidates, answer)
    robots = await watching.fetcher.get(f"{urlsplit(answer.address)._replace(path='', query='').geturl()}/robots.txt")
    return (*found, *(sitemaps_of(robots) if isinstance(robots, Fetched) else ()))


def _reason(answer: FetchResult) -> str:
    return getattr(answer, "reason", "the server says that nothing has changed, although it was not asked for that")


def _source(id: str, name: str, candidate: Candidate) -> Source:
    durations = parse_duration(INTERVAL), parse_duration(EXPECTED)
    match = candidate.match or DOCUMENTS
    return Source(id, name, candidate.kind, candidate.address, *durations, links=candidate.links, match=match)


def _add(call: Call, app: App, candidate: Candidate, report: CheckReport) -> None:
    source = report.source
    entry = "\n".join(_entry(source, candidate))
    call.terminal.say(f"{candidate.address}: {candidate.kind}, {counted(len(report.entries), 'entry', 'entries')}")
    if app.settings.sources == PACKAGED_SOURCES:
        call.terminal.say(f"{entry}\n")
        call.terminal.say(f"not written: set {PREFIX}SOURCES to a catalogue of your own, and it is added there")
        return
    _append(app.settings.sources, entry)
    call.terminal.say(f"added to {app.settings.sources} as {source.id!r}; 'run' watches it from its next start on")


def _append(catalogue: Path, entry: str) -> None:
    """Behind what stands there; if the whole could not be read any more, nothing is changed."""
    before = catalogue.read_text(encoding="utf-8")
    tried = catalogue.with_name(f".{catalogue.name}.new")
    tried.write_text(f"{before.rstrip()}\n\n{entry}\n".lstrip(), encoding="utf-8")
    try:
        load_catalogue(tried)
        tried.replace(catalogue)
    finally:
        tried.unlink(missing_ok=True)


def _entry(source: Source, candidate: Candidate) -> Iterable[str]:
    yield "[[source]]"
    yield f"id = {_quoted(source.id)}"
    yield f"name = {_quoted(source.name)}"
    yield f"kind = {_quoted(source.kind)}"
    yield f"address = {_quoted(source.address)}"
    if candidate.links:
        yield f"links = {_quoted(candidate.links)}"
    if candidate.match:
        yield f"match = [{', '.join(map(_quoted, candidate.match))}]"
    yield f'interval = "{INTERVAL}"'
    yield f'expected_every = "{EXPECTED}"'
    yield "verified = true"


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(char if char.isprintable() else " " for char in escaped)}"'


def _id_of(address: str) -> str:
    """For instance "bspmk-example" for https://www.bspmk.example/beschluesse."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-") or "source"
