"""/notizen and /notiz: the protocol notes of a resolution, and one of them as a whole."""

from __future__ import annotations

from handlers.document_name import meeting
from handlers.gone import gone
from handlers.lookup_commands import ShowById, ShowByNumber, ShowNote, ShowNotes
from handlers.paging import ButtonRow, in_rows
from handlers.render_note import note_blocks, note_head
from handlers.render_resolution import button_to, heading, hit, short_name, source_button
from handlers.reply import Block, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.sheets import sheet_of, turning
from handlers.show import find, nearest
from handlers.whole import changed_since
from storage import resolutions
from storage.resolutions import StoredResolution


async def show_notes(command: ShowNotes, incoming: Incoming, services: Services) -> Reply:
    """Every note in full, with the way to its resolution."""
    async with services.database.read() as conn:
        found = await find(conn, command.of)
        if not found and isinstance(command.of, ShowByNumber):
            return await nearest(conn, command.of, services)
        if not found:
            return gone(services.texts)
        revision = command.of.revision if isinstance(command.of, ShowById) else None
        since = await changed_since(conn, found[0], revision, services)
    return _all_notes(found[0], command.of.sheet, since, incoming, services)


async def show_note(command: ShowNote, _incoming: Incoming, services: Services) -> Reply:
    """One protocol note in full, with the way to its resolution."""
    async with services.database.read() as conn:
        stored = await resolutions.by_id(conn, command.resolution)
    notes = stored.resolution.protocol_notes if stored else ()
    if stored is None or not 1 <= command.position <= len(notes):
        return gone(services.texts)
    note = notes[command.position - 1]
    head = Block((Span(note_head(note, services.texts), "bold"),))
    blocks = (plain(heading(stored, services.texts), "heading"), head, plain(note.text, "quote"))
    return Reply(blocks, _ways_back(stored, services), hits=(hit(stored, "protocol_note"),), total=1)


def _all_notes(
    stored: StoredResolution, number: int, since: tuple[Block, ...], incoming: Incoming, services: Services
) -> Reply:
    texts = services.texts
    head = (plain(heading(stored, texts), "heading"), plain(meeting(stored.publication, texts)))
    notes = note_blocks(stored, texts, limit=None) or (plain(texts("show.no_notes")),)
    sheet = sheet_of(((*head, *notes),), number, short_name(stored, texts), incoming, texts)
    command = f"/notizen #{stored.id}.{stored.revision}"
    buttons = (*turning(command, sheet.number, sheet.total, texts), *_ways_back(stored, services))
    total = len(stored.resolution.protocol_notes)
    return Reply((*since, *sheet.blocks), buttons, hits=(hit(stored, "protocol_note"),), total=total)


def _ways_back(stored: StoredResolution, services: Services) -> tuple[ButtonRow, ...]:
    whole = button_to(stored, services.texts("button.whole"))
    return in_rows([whole, *source_button(stored, services.texts)], 2)
