"""/fristen: what falls due, the next first; what has been due behind a button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from config.texts import Texts
from feeds.query_language import Filter, QueryError, Request, parse
from feeds.sentences_with import sentence_of
from handlers.command_arguments import as_argument
from handlers.compiling import compiled, unknown_conference
from handlers.document_name import document_name
from handlers.lookup_commands import ShowDeadlines
from handlers.marking import marked_literally
from handlers.no_deadlines import dated, without_deadline
from handlers.paging import ButtonRow, Stretch, in_rows
from handlers.phrases import counted, place, shortened
from handlers.query_problem import explain_query
from handlers.render_list import buttons_to, quotation
from handlers.render_resolution import heading, hit
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.spoken_query import spoken_query
from storage import deadlines, search
from storage.database import Connection
from storage.deadlines import ALL, Among, Deadline
from storage.resolutions import Page

PAGE = 8
_SHOWN = 60


async def show_deadlines(command: ShowDeadlines, incoming: Incoming, services: Services) -> Reply:
    typed = typed_search(command.query, services)
    request = parse(typed, services.values)
    if isinstance(request, QueryError):
        return explain_query(request, typed, _command(command.past), services)
    size = incoming.page or PAGE
    today, limit = _today(incoming, services), max(size, incoming.hits)
    async with services.database.read() as conn:
        if wrong := await unknown_conference(conn, typed, request, services):
            return explain_query(wrong, typed, _command(command.past), services)
        among = await among_of(conn, request, services)
        page = await deadlines.due(conn, today, command.past, limit, command.first - 1, among)
        others = await deadlines.count(conn, today, not command.past, among)
        if not page.total and not others and not request.empty:
            back = (Button(services.texts("button.all_deadlines"), _command(command.past)),)
            return await without_deadline(conn, request, back, services)
    return _page(replace(command, query=str(request)), page, others, size, services)


def typed_search(query: str, services: Services) -> str:
    """The search; a Land alone means those that it has to do with."""
    state = services.states.find(query) if query else None
    return str(Filter("land", state.name)) if state else query


async def among_of(conn: Connection, request: Request, services: Services) -> Among:
    """Which deadlines a search means. Of whom something is asked is a matter of the sentence that sets the deadline,
    all else one of the resolution."""
    if request.empty:
        return ALL
    asking = [one for one in request.filters if one.name == "an"]
    rest = replace(request, filters=tuple(one for one in request.filters if one not in asking))
    asked = tuple(_names(one, services) for one in asking if not one.excluded)
    not_asked = frozenset().union(*(_names(one, services) for one in asking if one.excluded))
    return Among(await _found(conn, rest, services), asked, not_asked)


def _names(one: Filter, services: Services) -> frozenset[str]:
    """The addressee and its parts: the Bund, and its ministries."""
    return frozenset({one.value, *services.values.addressees.parts_of(one.value)})


async def _found(conn: Connection, request: Request, services: Services) -> frozenset[int] | None:
    """What the search finds of what sets a date at all; None without a search."""
    if request.empty:
        return None
    return await search.all_ids(conn, services.index, dated(await compiled(conn, request, services)))


def _page(command: ShowDeadlines, page: Page[Deadline], others: int, size: int, services: Services) -> Reply:
    texts = services.texts
    stretch = Stretch(command.first, size, page.total)
    shown = page.items[:size]
    blocks = (block for one in shown for block in _blocks(one, texts))
    return Reply(
        blocks=(_heading(command, stretch, services), *blocks),
        buttons=(
            *buttons_to([one.stored for one in shown], texts),
            *_marking(shown, texts),
            *stretch.turning(_command(command.past, command.query), texts),
            *_other_way(command, others, texts),
            *_without_search(command, texts),
            *_calendar(command, stretch, texts),
        ),
        hits=tuple(hit(one.stored, "text") for one in page.items),
        total=page.total,
    )


def _calendar(command: ShowDeadlines, stretch: Stretch, texts: Texts) -> tuple[ButtonRow, ...]:
    """The same for a calendar program; what is over needs none."""
    if command.past or not stretch.total:
        return ()
    search = f" {as_argument(command.query)}" if command.query else ""
    return ((Button(texts("button.as_calendar"), f"/kalender{search}"),),)


def _command(past: bool, query: str = "") -> str:
    return " ".join(filter(None, ("/fristen", "vorbei" if past else "", as_argument(query) if query else "")))


def _today(incoming: Incoming, services: Services) -> dt.date:
    return incoming.at.astimezone(ZoneInfo(services.default_timezone)).date()


def _marking(shown: Sequence[Deadline], texts: Texts) -> tuple[ButtonRow, ...]:
    """To watch what falls due, a button each."""
    buttons = [
        Button(
            shortened(texts("button.mark_date", date=one.mention.text), 40),
            f"/merken #{one.stored.id} frist {one.stored.resolution.dates.index(one.mention) + 1}",
        )
        for one in shown
    ]
    return in_rows(buttons, 2)


def _heading(command: ShowDeadlines, stretch: Stretch, services: Services) -> Block:
    texts = services.texts
    only = f" – {shortened(spoken_query(command.query, services), _SHOWN)}" if command.query else ""
    if stretch.beyond:
        return plain(stretch.beyond_text(texts))
    if not stretch.total:
        return plain(texts("deadlines.none_past" if command.past else "deadlines.none") + only)
    total = counted("count.deadline", stretch.total, texts)
    text = texts("deadlines.past" if command.past else "deadlines.heading", total=total) + only
    part = stretch.heading(texts)
    return plain(f"{text} ({part})" if part else text, "heading")


def _blocks(one: Deadline, texts: Texts) -> tuple[Block, ...]:
    """The date as it is printed, the resolution, and the sentence that sets it."""
    document = document_name(one.stored.publication, texts)
    where = ", ".join(filter(None, (document, heading(one.stored, texts))))
    head = Block((Span(one.mention.text, "bold"), Span(f" – {where}")))
    sentence = sentence_of(one.stored.resolution, one.mention)
    if sentence:
        return head, quotation(sentence, marked_literally(sentence.text, (one.mention.text,)), texts)
    there = place(one.mention.item, one.mention.lines, texts)
    return (head, Block((Span(there, "italic"),), "bullet")) if there else (head,)


def _other_way(command: ShowDeadlines, others: int, texts: Texts) -> Sequence[ButtonRow]:
    if not others:
        return ()
    label = "button.deadlines" if command.past else "button.past_deadlines"
    return ((Button(texts(label, count=others), _command(not command.past, command.query)),),)


def _without_search(command: ShowDeadlines, texts: Texts) -> Sequence[ButtonRow]:
    return ((Button(texts("button.all_deadlines"), _command(command.past)),),) if command.query else ()
