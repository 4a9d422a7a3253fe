"""Button commands that are longer than chat systems allow become tokens that the router turns back."""

from __future__ import annotations

from dataclasses import replace

from handlers.reply import Reply
from storage import shortcuts
from storage.database import Connection


def fits(reply: Reply) -> bool:
    """Whether every button's command is short enough as it is."""
    return all(len(button.command.encode()) <= shortcuts.MAX_BYTES for row in reply.buttons for button in row)


async def with_fitting_buttons(conn: Connection, reply: Reply) -> Reply:
    """The same reply, long commands remembered under a token (needs a write transaction)."""
    rows = []
    for row in reply.buttons:
        commands = [await shortcuts.remember(conn, button.command) for button in row]
        rows.append(tuple(replace(button, command=text) for button, text in zip(row, commands, strict=True)))
    return replace(reply, buttons=tuple(rows))
