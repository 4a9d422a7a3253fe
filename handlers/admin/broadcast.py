"""/rundruf: a word to everybody. Typed, shown as it will look, and sent only on a further tap."""

from __future__ import annotations

import re

from handlers.admin.commands import number
from handlers.admin.wording import said, way_back, wrong
from handlers.phrases import counted
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from storage import broadcasts

LONGEST = 3000
"""Characters: it fits into one message with what stands around it."""

_BEHIND_COMMAND = re.compile(r"\s*/(?:admin\s+)?\S+\s*(?P<text>.*)", re.DOTALL)


async def broadcast(argument: str, incoming: Incoming, services: Services) -> Reply:
    """The draft, with lines as they were typed."""
    texts = services.texts
    text = _as_typed(incoming.text) if argument else ""
    if not text:
        return said("broadcast.how", services)
    if len(text) > LONGEST:
        return wrong("broadcast.too_long", services, limit=LONGEST, length=len(text))
    async with services.database.read() as conn:
        chats = len(await broadcasts.recipients(conn, services.access.allowed))
    if not chats:
        return said("broadcast.nobody", services)
    async with services.database.begin() as conn:
        draft = await broadcasts.draft(conn, text, incoming.at)
    return Reply(
        (
            plain(texts("broadcast.preview", chats=counted("count.chat", chats, texts)), "heading"),
            plain(texts("broadcast.message", text=text), "quote"),
        ),
        (
            (
                Button(texts("broadcast.send", chats=counted("count.chat", chats, texts)), f"/admin senden {draft.id}"),
                Button(texts("broadcast.discard"), f"/admin senden {draft.id} nein"),
            ),
            way_back(texts),
        ),
    )


async def decide_broadcast(argument: str, incoming: Incoming, services: Services) -> Reply:
    id = number(argument)
    if id is None:
        return said("broadcast.how", services)
    if argument.endswith(" nein"):
        async with services.database.begin() as conn:
            gone = await broadcasts.discard(conn, id)
        return said("broadcast.discarded" if gone else "broadcast.none", services)
    async with services.database.begin() as conn:
        sent = await broadcasts.send(conn, id, incoming.at, services.access.allowed)
    if sent is None:
        return said("broadcast.none", services)
    return said("broadcast.sent", services, chats=counted("count.chat", sent.chats, services.texts))


def _as_typed(line: str) -> str:
    """Commands are read as one line; this is not."""
    match = _BEHIND_COMMAND.fullmatch(line)
    return match["text"].strip() if match else ""
