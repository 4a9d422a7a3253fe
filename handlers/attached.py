"""A text file that came along with a message: the one kind that is read is a list of subscriptions."""

from __future__ import annotations

from dataclasses import replace

from handlers.reply import Incoming
from handlers.services import Services
from handlers.subscription_list import is_list


async def with_list(incoming: Incoming, services: Services) -> Incoming:
    """The list in the file as if it had been typed; a message without such a file stays as it is."""
    if incoming.document is None:
        return incoming
    data = await services.files.read(incoming.document)
    text = "" if data is None else decoded(data)
    return replace(incoming, text=f"/abo import\n{text}") if is_list(text) else incoming


def decoded(data: bytes) -> str:
    """As editors save texts: UTF-8, with or without a byte order mark, or what Windows used before it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
