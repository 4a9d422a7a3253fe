"""/admin: the way to everything that administrators may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from handlers.admin.audience import show_audience
from handlers.admin.broadcast import broadcast, decide_broadcast
from handlers.admin.guests import close_invitation, end_access, invite, let_in, lock_out, show_guests
from handlers.admin.holding import hold, release, show_held
from handlers.admin.messages import drop, resend, show_outbox, show_unknown
from handlers.admin.watching import show_rounds, show_sources
from handlers.command_types import Administer
from handlers.paging import in_rows
from handlers.phrases import counted, grouped
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from storage import broadcasts, outbox, subscriptions

Action = Callable[[str, Incoming, Services], Awaitable[Reply]]
"""Takes what stands behind the action's name."""


async def administer(command: Administer, incoming: Incoming, services: Services) -> Reply:
    """Any action; the menu where there is none of that name."""
    return await ACTIONS.get(command.action, _menu)(command.argument, incoming, services)


async def _menu(_argument: str, _incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        chats_known, subscribed = (
            len(await broadcasts.recipients(conn, services.access.allowed)),
            await subscriptions.count(conn),
        )
        unknown = (await outbox.counts(conn))["unknown"]
    told = {
        "chats": counted("count.chat", chats_known, texts),
        "subscriptions": counted("count.subscription", subscribed, texts),
        "unknown": grouped(unknown, texts),
    }
    facts = texts("admin.facts", **told)
    buttons = [Button(texts(f"admin.button.{name}"), f"/admin {name}") for name in _MENU]
    return Reply(
        (plain(texts("admin.heading"), "heading"), plain(facts), plain(texts("admin.typed"))), in_rows(buttons, 2)
    )


_MENU = ("quellen", "runden", "postausgang", "gehalten", "abos", "zugang")

ACTIONS: Mapping[str, Action] = {
    "quellen": show_sources,
    "runden": show_rounds,
    "postausgang": show_outbox,
    "unklar": show_unknown,
    "nochmal": resend,
    "verwerfen": drop,
    "gehalten": show_held,
    "halten": hold,
    "freigeben": release,
    "abos": show_audience,
    "rundruf": broadcast,
    "senden": decide_broadcast,
    "zugang": show_guests,
    "einladen": invite,
    "zulassen": let_in,
    "sperren": lock_out,
    "einladung": close_invitation,
    "beenden": end_access,
}
