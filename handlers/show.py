"""/beschluss and /notiz: one resolution as a whole, one note as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from config.texts import Texts
from handlers.command_arguments import as_argument
from handlers.command_types import ShowById, ShowByNumber, ShowNote
from handlers.gone import gone
from handlers.nearest import nearest_numbers
from handlers.paging import ButtonRow
from handlers.phrases import quoted, shortened
from handlers.referred import referred_to
from handlers.render_list import buttons_to
from handlers.render_note import note_head
from handlers.render_overview import overview
from handlers.render_resolution import button_to, heading, hit, short_name, whole
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from storage import resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution

OTHERS = 10
"""So many sessions with the same number get a button; how many more there are is said."""
_NEAREST = 4


async def show_by_id(command: ShowById, _incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        stored = await resolutions.by_id(conn, command.id)
        return await _shown(conn, (stored,), services) if stored else gone(services.texts)


async def show_by_number(command: ShowByNumber, _incoming: Incoming, services: Services) -> Reply:
    """The newest of that number; buttons to the same number in other sessions; else the nearest numbers."""
    async with services.database.read() as conn:
        found = _of_section(
            await resolutions.by_number(conn, command.number, command.body, command.session), command.section
        )
        return await _shown(conn, found, services) if found else await _nearest(conn, command, services)


async def show_note(command: ShowNote, _incoming: Incoming, services: Services) -> Reply:
    """One protocol note in full, with the way to its resolution."""
    texts = services.texts
    async with services.database.read() as conn:
        stored = await resolutions.by_id(conn, command.resolution)
    notes = stored.resolution.protocol_notes if stored else ()
    if stored is None or not 1 <= command.position <= len(notes):
        return gone(texts)
    note = notes[command.position - 1]
    head = Block((Span(note_head(note, texts), "bold"),))
    return Reply(
        (plain(heading(stored, texts), "heading"), head, plain(note.text, "quote")),
        ((button_to(stored, texts("button.whole_of", name=short_name(stored, texts))),),),
        hits=(hit(stored, "protocol_note"),),
        total=1,
    )


def _of_section(found: Sequence[StoredResolution], section: str | None) -> tuple[StoredResolution, ...]:
    """Those under that kind of heading; all where none is, or none was asked for."""
    fitting = tuple(one for one in found if one.resolution.section == section)
    return fitting if section and fitting else tuple(found)


async def _shown(conn: Connection, found: Sequence[StoredResolution], services: Services) -> Reply:
    """The first in full, with the ways onwards; the others as buttons."""
    newest, *others = found
    texts = services.texts
    blocks = whole(newest, services)
    if others:
        more = len(others) - OTHERS
        text = texts("show.also_in") if more <= 0 else texts("show.also_in_many", more=more)
        blocks = (*blocks, Block((Span(text, "italic"),)))
    buttons = (
        *buttons_to(others[:OTHERS], texts),
        *_details_row(newest, texts),
        *_reference_rows(await referred_to(conn, newest), texts),
    )
    return Reply(blocks, buttons, hits=tuple(hit(one, "text") for one in found), total=len(found))


def _details_row(stored: StoredResolution, texts: Texts) -> tuple[ButtonRow, ...]:
    """Where the overview had to leave something out."""
    if not overview(stored.resolution, texts).hidden:
        return ()
    return ((Button(texts("button.details"), f"/einzelheiten {stored.id}"),),)


def _reference_rows(referred: Sequence[StoredResolution], texts: Texts) -> tuple[ButtonRow, ...]:
    return tuple((button_to(one, texts("button.reference", name=short_name(one, texts))),) for one in referred)


async def _nearest(conn: Connection, command: ShowByNumber, services: Services) -> Reply:
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
        return Reply((plain(texts("latest.empty")),), ((as_topic,),), error=texts("show.unknown", cited=cited))
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
