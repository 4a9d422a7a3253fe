"""/stopp: erase everything that is kept about a chat, after asking once."""

from __future__ import annotations

from handlers.command_types import Forget
from handlers.phrases import counted
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from storage import chats, subscriptions


async def forget(command: Forget, incoming: Incoming, services: Services) -> Reply:
    return await (_erase if command.confirmed else _ask)(incoming, services)


async def _ask(incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        known = await chats.get(conn, incoming.chat)
        held = len(await subscriptions.of_chat(conn, incoming.chat))
    if known is None:
        return Reply((plain(texts("forget.nothing")),))
    text = texts("forget.sure", subscriptions=counted("count.subscription", held, texts))
    buttons = (Button(texts("button.forget"), "/stopp ja"),), (Button(texts("button.keep"), "/abos"),)
    return Reply((plain(text),), buttons)


async def _erase(incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        erased = await chats.forget(conn, incoming.chat)
    return Reply((plain(services.texts("forget.done" if erased else "forget.nothing")),))
