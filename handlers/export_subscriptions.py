"""/abos export: all subscriptions as lines that one would type, to copy and as a file, for another chat."""

from __future__ import annotations

from collections.abc import Sequence

from config.texts import Texts
from handlers.citation import parse_citation
from handlers.command import spoken
from handlers.command_arguments import as_argument
from handlers.phrases import counted, with_spoken_filters
from handlers.reply import Attachment, Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.show import find
from handlers.subscription_commands import ExportSubscriptions
from handlers.subscription_list import with_name
from handlers.subscriptions import no_subscription
from storage import subscriptions
from storage.database import Connection
from storage.subscriptions import Subscription

_SHOWN = 3000
"""Characters that are shown to copy, too; more is easier to handle as a file."""


async def export_subscriptions(_command: ExportSubscriptions, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        mine = await subscriptions.of_chat(conn, incoming.chat)
        lines = [await _line(conn, one, texts) for one in mine]
    if not mine:
        return no_subscription(services)
    total = counted("count.subscription", len(mine), texts)
    listed = "\n".join(lines)
    shown = (plain(listed, "quote"),) if len(listed) <= _SHOWN else ()
    attachment = Attachment("file", texts("moving.file"), _file(lines, texts), total)
    back = (Button(texts("button.subscriptions"), "/abos"),)
    told = plain(texts("moving.exported", total=total))
    return Reply((told, *shown), (back,), total=len(mine), attachments=(attachment,))


def _file(lines: Sequence[str], texts: Texts) -> bytes:
    """With a byte order mark and the line ends of Windows, so that every editor shows it as it is."""
    head = texts("moving.head")
    return "\r\n".join((f"# {head}", *lines, "")).encode("utf-8-sig")


async def _line(conn: Connection, one: Subscription, texts: Texts) -> str:
    """For instance "/abo thema Sprachkurse täglich # Mein Thema"."""
    rhythm = texts(f"moving.typed.{one.rhythm}")
    if one.kind == "resolution":
        return with_name(f"{spoken('folgen', texts)} {await _cited(conn, one)} {rhythm}", one.name)
    query = with_spoken_filters(one.label if one.topic else one.query, texts)
    kind = texts(f"moving.typed.{one.kind}")
    return with_name(f"{spoken('abo', texts)} {kind} {as_argument(query)} {rhythm}", one.name)


async def _cited(conn: Connection, one: Subscription) -> str:
    """As people cite it, where that means this one alone; else by its number here."""
    meant = parse_citation(one.label)
    found = await find(conn, meant) if meant else ()
    return one.label if [str(stored.id) for stored in found] == [one.query] else f"#{one.query}"
