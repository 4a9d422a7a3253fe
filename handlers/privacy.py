"""/datenschutz and /meine_daten: what is kept, how long, and all of it as a file."""

from __future__ import annotations

import json

from handlers.command_types import SendMyData, ShowPrivacy
from handlers.phrases import counted
from handlers.reply import Attachment, Button, Incoming, Reply, plain
from handlers.services import Services
from storage import personal
from storage.retention import Rule, rules


async def show_privacy(_command: ShowPrivacy, _incoming: Incoming, services: Services) -> Reply:
    """From the very table that the job carries out."""
    texts = services.texts
    lines = [plain(_line(rule, services), "bullet") for rule in rules(services.keeping)]
    buttons = ((Button(texts("button.my_data"), "/meine_daten"), Button(texts("button.erase"), "/stopp")),)
    return Reply(
        (
            plain(texts("privacy.heading"), "heading"),
            plain(texts("privacy.what")),
            plain(texts("privacy.how_long"), "heading"),
            *lines,
            plain(texts("privacy.others")),
        ),
        buttons,
    )


def _line(rule: Rule, services: Services) -> str:
    return services.texts(f"privacy.kept.{rule.name}", days=counted("count.day", rule.days, services.texts))


async def send_my_data(_command: SendMyData, incoming: Incoming, services: Services) -> Reply:
    """As JSON: by table, every row with all its columns."""
    texts = services.texts
    async with services.database.read() as conn:
        kept = await personal.kept(conn, incoming.chat)
    if not kept:
        return Reply((plain(texts("forget.nothing")),))
    data = json.dumps(kept, ensure_ascii=False, indent=2, default=str).encode()
    file = Attachment("file", texts("privacy.file"), data, texts("privacy.caption"))
    erase = (Button(texts("button.erase"), "/stopp"),)
    return Reply((plain(texts("privacy.data")),), (erase,), attachments=(file,))
