"""Who receives what: counts only. Nothing tells one chat from another."""

from __future__ import annotations

from handlers.admin.wording import way_back
from handlers.phrases import counted, grouped
from handlers.reply import Incoming, Reply, plain
from handlers.services import Services
from storage.audience import Audience, audience

_SHOWN = 12
_COUNTS = ("active", "closed", "barred", "digests", "immediate", "collected", "free")


async def show_audience(_argument: str, _incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        found = await audience(conn, _SHOWN, services.access.allowed)
    facts = [plain(line, "bullet") for line in _facts(found, services)]
    named = [
        plain(texts("admin.audience.subject", label=label, chats=counted("count.chat", number, texts)), "bullet")
        for label, number in found.subjects
    ]
    subjects = (plain(texts("admin.audience.subjects"), "heading"), *named) if named else ()
    return Reply((plain(texts("admin.audience.heading"), "heading"), *facts, *subjects), (way_back(texts),))


def _facts(found: Audience, services: Services) -> list[str]:
    texts = services.texts
    numbers = {name: grouped(getattr(found, name), texts) for name in _COUNTS}
    keys = ("admin.audience.chats", "admin.audience.digests", "admin.audience.subscriptions", "admin.audience.free")
    return [texts(key, **numbers) for key in keys]
