"""/kalender: deadlines as a calendar file, of all resolutions, of a search, or of one resolution."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from feeds.due import due_on
from feeds.query_language import QueryError, parse
from feeds.sentences_with import sentence_of
from handlers.compiling import unknown_conference
from handlers.deadlines import among_of, typed_search
from handlers.document_name import document_name
from handlers.file_commands import MakeCalendar
from handlers.files.calendar_file import Entry, calendar_file
from handlers.gone import gone
from handlers.lookup_commands import FindTopic
from handlers.phrases import counted
from handlers.query_problem import explain_query
from handlers.render_resolution import heading
from handlers.reply import Attachment, Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.topic import find_topic
from handlers.watched_sentences import said_without_day
from storage import deadlines, resolutions
from storage.deadlines import Deadline

MOST = 500


async def make_calendar(command: MakeCalendar, incoming: Incoming, services: Services) -> Reply:
    today = incoming.at.astimezone(ZoneInfo(services.default_timezone)).date()
    found = await _found(command, today, incoming, services)
    if isinstance(found, Reply):
        return found
    entries = [_entry(one, services) for one in found]
    texts = services.texts
    onwards = ((Button(texts("button.all_deadlines"), "/fristen"),),)
    if not entries:
        return Reply((plain(texts("calendar.nothing")),), onwards)
    data = await asyncio.to_thread(calendar_file, texts("calendar.name"), entries, incoming.at)
    said = texts("calendar.made", total=counted("count.deadline", len(entries), texts))
    attachment = Attachment("file", "fristen.ics", data, said)
    return Reply((plain(texts("calendar.how")),), onwards, total=len(entries), attachments=(attachment,))


async def _found(
    command: MakeCalendar, today: dt.date, incoming: Incoming, services: Services
) -> Sequence[Deadline] | Reply:
    """Those to come; what is over clutters a calendar."""
    if command.resolution is not None:
        return await _of_one(command.resolution, today, services)
    typed = typed_search(command.query, services)
    request = parse(typed, services.values)
    if isinstance(request, QueryError):
        return explain_query(request, typed, "/kalender", services)
    async with services.database.read() as conn:
        if wrong := await unknown_conference(conn, typed, request, services):
            return explain_query(wrong, typed, "/kalender", services)
        among = await among_of(conn, request, services)
        page = await deadlines.due(conn, today, False, MOST, among=among)
    nothing = among.resolutions is not None and not among.resolutions
    return await find_topic(FindTopic(command.query), incoming, services) if nothing else page.items


async def _of_one(id: int, today: dt.date, services: Services) -> Sequence[Deadline] | Reply:
    async with services.database.read() as conn:
        stored = await resolutions.by_id(conn, id)
    if stored is None:
        return gone(services.texts)
    kept = (one for one in stored.resolution.dates if one.role == "deadline" and due_on(one) >= today)
    return tuple(Deadline(stored, one) for one in kept)


def _entry(one: Deadline, services: Services) -> Entry:
    texts, stored, mention = services.texts, one.stored, one.mention
    address, sentence = stored.publication.address, sentence_of(stored.resolution, mention)
    place = document_name(stored.publication, texts)
    said = said_without_day(mention)
    title, doubt = texts("calendar.title", what=heading(stored, texts)), ""
    if said is not None:
        title = texts("calendar.title_no_day", said=said, what=heading(stored, texts))
        doubt = texts("calendar.no_day", said=said)
    return Entry(
        name=f"frist-{stored.id}-{stored.resolution.dates.index(mention)}",
        day=due_on(mention),
        title=title,
        description="\n".join(filter(None, (doubt, place, mention.text, sentence.text if sentence else ""))),
        url=address if address.startswith(("http://", "https://")) else None,
    )
