"""The buttons below a resolution that keep an eye on it."""

from __future__ import annotations

from config.texts import Texts
from handlers.paging import ButtonRow
from handlers.reply import Button
from storage import subscriptions
from storage.database import Connection
from storage.resolutions import StoredResolution


async def follow_row(conn: Connection, chat: str, stored: StoredResolution, texts: Texts) -> ButtonRow:
    """Below a resolution: the way to follow it, or to what one has chosen about that; and to watch a demand of it."""
    known = await subscriptions.find(conn, chat, "resolution", str(stored.id))
    one = Button(texts("button.follow"), f"/folgen #{stored.id}")
    if known is not None:
        one = Button(texts("button.following"), f"/meinabo {known.id}")
    marked = (Button(texts("button.mark"), f"/merken #{stored.id}"),) if stored.resolution.demands else ()
    return (one, *marked)
