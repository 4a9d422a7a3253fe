"""/kalender: deadlines as a calendar file, of all resolutions, of a search, or of one resolution."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from feeds.due import due_on
from feeds.sentences_with import sentence_of
from handlers.document_name import document_name
from handlers.file_commands import MakeCalendar
from handlers.files.calendar_file import Entry, calendar_file
from handlers.gone import gone
from handlers.hits import hits_of
from handlers.phrases import counted
from handlers.render_resolution import heading
from handlers.reply import Attachment, Button, Incoming, Reply, plain
from handlers.services import Services
from storage import deadlines, resolutions
from storage.resolutions import StoredResolution

MOST = 500


async def make_calendar(command: MakeCalendar, incoming: Incoming, services: Services) -> Reply:
    found = await _found(command, incoming, services)
    if isinstance(found, Reply):
        return found
    today = incoming.at.astimezone(ZoneInfo(services.default_timezone)).date()
    entries = [entry for one in found for entry in _entries(one, today, services)]
    texts = services.texts
    onwards = ((Button(texts("button.all_deadlines"), "/fristen"),),)
    if not entries:
        return Reply((plain(texts("calendar.nothing")),), onwards)
    data = await asyncio.to_thread(calendar_file, texts("calendar.name"), entries, incoming.at)
    said = texts("calendar.made", total=counted("count.deadline", len(entries), texts))
    attachment = Attachment("file", "fristen.ics", data, said)
    return Reply((plain(texts("calendar.how")),), onwards, total=len(entries), attachments=(attachment,))


async def _found(command: MakeCalendar, incoming: Incoming, services: Services) -> Sequence[StoredResolution] | Reply:
    if command.query:
        hits = await hits_of(command.query, "/kalender", incoming, services)
        return hits if isinstance(hits, Reply) else hits.found
    async with services.database.read() as conn:
        if command.resolution is not None:
            stored = await resolutions.by_id(conn, command.resolution)
            return (stored,) if stored else gone(services.texts)
        page = await deadlines.due(conn, incoming.at.date(), False, MOST)
    return tuple({one.stored.id: one.stored for one in page.items}.values())


def _entries(stored: StoredResolution, today: dt.date, services: Services) -> Iterable[Entry]:
    """Those to come; what is over clutters a calendar."""
    texts, resolution = services.texts, stored.resolution
    place = document_name(stored.publication, texts)
    address = stored.publication.address
    for position, mention in enumerate(resolution.dates):
        if mention.role != "deadline" or due_on(mention) < today:
            continue
        sentence = sentence_of(resolution, mention)
        yield Entry(
            name=f"frist-{stored.id}-{position}",
            day=due_on(mention),
            title=texts("calendar.title", what=heading(stored, texts)),
            description="\n".join(filter(None, (place, mention.text, sentence.text if sentence else ""))),
            url=address if address.startswith(("http://", "https://")) else None,
        )
