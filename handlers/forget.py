"""/stopp: erase everything that is kept about a chat, after asking once."""

from __future__ import annotations

from handlers.command_types import Forget
from handlers.phrases import counted
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from storage import personal


async def forget(command: Forget, incoming: Incoming, services: Services) -> Reply:
    return await (_erase if command.confirmed else _ask)(incoming, services)


async def _ask(incoming: Incoming, services: Services) -> Reply:
    """What goes, also what one might not think of."""
    texts = services.texts
    async with services.database.read() as conn:
        kept = await personal.kept(conn, incoming.chat)
    if not kept.keys() - personal.PASSING:
        return Reply((plain(texts("forget.nothing")),))
    held = len(kept.get("subscriptions", ()))
    said = [texts("forget.sure", subscriptions=counted("count.subscription", held, texts))]
    if "channels" in kept:
        said.append(texts("forget.channels"))
    if "admissions" in kept and services.access.mode != "open":
        said.append(texts("forget.access"))
    buttons = (Button(texts("button.forget"), "/stopp ja"),), (Button(texts("button.keep"), "/abos"),)
    return Reply(tuple(plain(text) for text in said), buttons)


async def _erase(incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        erased = await personal.erase(conn, incoming.chat)
    return Reply((plain(services.texts("forget.done" if erased else "forget.nothing")),))
