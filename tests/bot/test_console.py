from __future__ import annotations

import pytest

from bot.transports.console import ConsoleTransport
from handlers.reply import Block, Button, Reply, Span, plain


async def shown(transport: ConsoleTransport, reply: Reply) -> None:
    for payload in transport.compose(reply):
        await transport.send("local", payload)


async def test_buttons_are_numbered_through_all_rows() -> None:
    written: list[str] = []
    rows = ((Button("Ganzer Beschluss", "/beschluss 5.2"), Button("Abonnieren", "/abo 1")), (Button("Mehr", "/neu 2"),))
    await shown(ConsoleTransport(written.append), Reply((plain("Text"),), rows))
    assert written == ["Text\n\n[1] Ganzer Beschluss\n[2] Abonnieren\n[3] Mehr\n"]


@pytest.mark.parametrize(
    ("line", "means", "why"),
    [
        ("1", "/beschluss 5.2", "the number presses the button"),
        (" [2] ", "/neu 2", "as it is printed"),
        ("3", "3", "there is no third button: a line as any other"),
        ("5.2", "5.2", "an agenda item is no button"),
        ("/topic 1", "/topic 1", "a command is a command"),
    ],
)
async def test_what_a_typed_line_means(line: str, means: str, why: str) -> None:
    written: list[str] = []
    transport = ConsoleTransport(written.append)
    buttons = ((Button("Ganzer Beschluss", "/beschluss 5.2"), Button("Mehr", "/neu 2")),)
    await shown(transport, Reply((plain("Text"),), buttons))
    await shown(transport, Reply((plain("Eine Nachricht ohne Schaltflächen"),)))
    assert transport.typed(line) == means, why


async def test_a_link_shows_its_address() -> None:
    written: list[str] = []
    spans = (Span("😀 siehe "), Span("hier", "link", "https://a.example"), Span(", und "))
    own = Span("https://b.example", "link", "https://b.example")
    await shown(ConsoleTransport(written.append), Reply((Block((*spans, own)),)))
    assert written == ["😀 siehe hier (https://a.example), und https://b.example\n"]
