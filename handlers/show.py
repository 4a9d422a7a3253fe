"""/beschluss: which resolution is meant; where there is none, what is near."""

from __future__ import annotations

from collections.abc import Sequence

from config.texts import Texts
from handlers.command_arguments import as_argument
from handlers.gone import gone
from handlers.lookup_commands import ShowById, ShowByNumber
from handlers.nearest import nearest_numbers
from handlers.paging import ButtonRow
from handlers.phrases import quoted, shortened
from handlers.render_list import buttons_to
from handlers.render_resolution import short_name
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.whole import OTHERS, Asked, whole_reply
from storage import resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution

_NEAREST = 4


async def show_by_id(command: ShowById, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        found = await find(conn, command)
        asked = Asked(command.sheet, command.revision)
        return await whole_reply(conn, found, asked, incoming, services) if found else gone(services.texts)


async def show_by_number(command: ShowByNumber, incoming: Incoming, services: Services) -> Reply:
    """The newest of that number; buttons to the same number in other sessions; else the nearest numbers."""
    async with services.database.read() as conn:
        found = await find(conn, command)
        if not found:
            return await nearest(conn, command, services)
        return await whole_reply(conn, found, Asked(command.sheet), incoming, services)


async def find(conn: Connection, command: ShowById | ShowByNumber) -> Sequence[StoredResolution]:
    """The one of that id; all of that number, the newest first."""
    if isinstance(command, ShowById):
        stored = await resolutions.by_id(conn, command.id)
        return (stored,) if stored else ()
    return _of_section(
        await resolutions.by_number(conn, command.number, command.body, command.session), command.section
    )


def _of_section(found: Sequence[StoredResolution], section: str | None) -> tuple[StoredResolution, ...]:
    """Those under that kind of heading; all where none is, or none was asked for."""
    fitting = tuple(one for one in found if one.resolution.section == section)
    return fitting if section and fitting else tuple(found)


async def nearest(conn: Connection, command: ShowByNumber, services: Services) -> Reply:
    """The same number elsewhere if a conference was named; else the numbers next to it."""
    texts, cited = services.texts, _cited(command, services.texts)
    if command.body or command.session:
        elsewhere = await resolutions.by_number(conn, command.number)
        if elsewhere:
            return _elsewhere(cited, elsewhere[:OTHERS], texts)
    numbers = nearest_numbers(command.number, await resolutions.numbers(conn), _NEAREST)
    as_topic = Button(
        texts("button.as_topic", query=shortened(command.number, 30)), f"/topic {as_argument(command.number)}"
    )
    if not numbers:
        empty = not await resolutions.count(conn)
        text = texts("latest.empty") if empty else texts("show.no_number", cited=cited)
        return Reply((plain(text),), ((as_topic,),), error=texts("show.unknown", cited=cited))
    text = texts("show.nearest", cited=cited, numbers=quoted(numbers, texts))
    rows: tuple[ButtonRow, ...] = (tuple(Button(number, f"/beschluss {number}") for number in numbers),)
    searched = () if any(char.isdigit() for char in command.number) else ((as_topic,),)
    return Reply((plain(text),), (*rows, *searched), suggestions=numbers, error=text)


def _elsewhere(cited: str, found: Sequence[StoredResolution], texts: Texts) -> Reply:
    names = tuple(short_name(one, texts) for one in found)
    text = texts("show.elsewhere", cited=cited, names=quoted(names, texts))
    return Reply((plain(text),), buttons_to(found, texts), suggestions=names, error=text)


def _cited(command: ShowByNumber, texts: Texts) -> str:
    """As it was understood: "20. IntMK, TOP 5.2"."""
    number = shortened(command.number, 60)
    session = f"{command.session}." if command.session else ""
    name = f"{command.section} {number}" if command.section else texts("resolution.top", number=number)
    place = " ".join(part for part in (session, command.body) if part)
    return f"{place}, {name}" if place else name
