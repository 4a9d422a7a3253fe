"""/start and /hilfe."""

from __future__ import annotations

from handlers.command import COMMANDS
from handlers.command_types import Help, Start
from handlers.language import offer
from handlers.paging import in_rows
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services

_EXAMPLES = 4


async def start(_command: Start, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    examples = [Button(topic.name, f"/topic {topic.name}") for topic in services.topics[:_EXAMPLES]]
    ways = (Button(texts("button.latest"), "/neu"), Button(texts("button.help"), "/hilfe"))
    return Reply(
        (plain(texts("start.hello")), plain(texts("start.how"))),
        (*await offer(incoming, services), *in_rows(examples, 2), ways),
    )


async def help_(_command: Help, incoming: Incoming, services: Services) -> Reply:
    """Every command of the table with its use, then how privacy and sources are handled."""
    texts = services.texts
    lines = tuple(
        Block(
            (Span(texts(f"command.{spec.name}.usage"), "bold"), Span(f" – {texts(f'command.{spec.name}.does')}")),
            "bullet",
        )
        for spec in COMMANDS
        if spec.shown
    )
    buttons = (Button(texts("button.latest"), "/neu"), Button(texts("button.subscriptions"), "/abos"))
    return Reply(
        (plain(texts("help.heading"), "heading"), *lines, plain(texts("sign.legend")), plain(texts("help.notes"))),
        (*await offer(incoming, services), buttons),
    )
