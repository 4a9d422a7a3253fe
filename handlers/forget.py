"""/stopp: erase everything that is kept about a chat, after asking once."""

from __future__ import annotations

from config.texts import Texts
from handlers.command_types import Forget
from handlers.phrases import counted, enumeration
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from storage import admissions, personal
from storage.database import Connection


async def forget(command: Forget, incoming: Incoming, services: Services) -> Reply:
    return await (_erase if command.confirmed else _ask)(incoming, services)


async def _ask(incoming: Incoming, services: Services) -> Reply:
    """What goes, also what one might not think of."""
    texts = services.texts
    async with services.database.read() as conn:
        kept = await personal.kept(conn, incoming.chat)
        inside = await _has_access(conn, incoming, services)
    if not kept.keys() - personal.PASSING:
        return Reply((plain(texts("forget.nothing")),))
    said = [texts("forget.sure", kept=_counts(kept, texts))]
    if "channels" in kept:
        said.append(texts("forget.channels"))
    if "admissions" in kept and services.access.mode != "open":
        said.append(texts("forget.access"))
    # Who has no access any more finds nothing behind the other button.
    keep = ((Button(texts("button.keep"), "/abos"),),) if inside else ()
    return Reply(tuple(plain(text) for text in said), ((Button(texts("button.forget"), "/stopp ja"),), *keep))


def _counts(kept: personal.Rows, texts: Texts) -> str:
    """Subscriptions always; of the rest what there is."""
    held = {"subscription": len(kept.get("subscriptions", ())), "watch": len(kept.get("watches", ()))}
    held["watch_note"] = sum(one["note"] is not None for one in kept.get("watches", ()))
    told = [counted(f"count.{name}", number, texts) for name, number in held.items() if number]
    return enumeration(told or [counted("count.subscription", 0, texts)], texts)


async def _erase(incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        erased = await personal.erase(conn, incoming.chat)
        inside = await _has_access(conn, incoming, services)
    if not erased:
        return Reply((plain(texts("forget.nothing")),))
    await services.database.scrub()
    done, back = texts("forget.done"), texts("forget.back" if inside else "forget.back_invited")
    return Reply((plain(f"{done} {back}"),))


async def _has_access(conn: Connection, incoming: Incoming, services: Services) -> bool:
    access = services.access
    return access.knows(incoming.chat) or await admissions.admits(conn, incoming.chat, access.set_by_hand)
