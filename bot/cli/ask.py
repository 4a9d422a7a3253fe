"""`ask`: one message in, the reply out."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.app import open_app
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.reply_as_json import reply_as_json
from bot.cli.terminal import Terminal
from bot.payload import compose
from bot.transports.console import ConsoleTransport
from bot.transports.transport import chat_key, parse_chat_key
from handlers.reply import Incoming, Reply
from handlers.router import answer

LOCAL_CHAT = chat_key("console", "ask")
UNLIMITED = 10**9
PATIENCE = 120.0
"""Seconds that a single question waits for an index that is being made: no later one would find it further on."""

HITS = 50
"""So many hits the JSON holds at most, unless --limit says otherwise."""


def register(commands: Commands) -> None:
    parser = add_command(commands, "ask", run, 'Send one message, e.g. "/topic Sprachkurse", and print the reply.')
    parser.add_argument("message", metavar="MESSAGE", help="what one would type into the chat")
    parser.add_argument("--json", action="store_true", help="print the reply as JSON, with the hits")
    parser.add_argument("--limit", type=int, metavar="N", help="show up to N results at once")
    parser.add_argument(
        "--chat", metavar="ID", default=LOCAL_CHAT, help="speak as this chat, e.g. telegram:4711 (default: a local one)"
    )


async def run(call: Call) -> int:
    limit: int | None = call.args.limit
    if limit is not None and limit < 1:
        raise WrongUse(f"--limit is {limit}: right is a number from 1 on")
    chat = full_chat_key(call.args.chat)
    incoming = Incoming(chat, call.args.message, call.clock.now(), page=limit, hits=limit or HITS, whole=True)
    async with open_app(call.settings(), call.clock, PATIENCE) as app:
        reply = await answer(incoming, app.services)
    if call.args.json:
        call.terminal.say(json.dumps(reply_as_json(reply, limit or HITS), ensure_ascii=False, indent=1))
    else:
        await _show(reply, call.terminal)
    return 0


async def _show(reply: Reply, terminal: Terminal) -> None:
    """The reply in one piece, as the prompt shows it; instead of buttons the commands that they would type."""
    transport = ConsoleTransport(terminal.stdout.write)
    for payload in compose(replace(reply, buttons=()), UNLIMITED, UNLIMITED):
        await transport.send("ask", payload)
    for button in (button for row in reply.buttons for button in row):
        terminal.say(f"  {button.command or button.url or '@… ' + (button.share or ''):40} {button.label}")


def full_chat_key(typed: str) -> str:
    """A bare id means a chat of the local console."""
    key = typed if ":" in typed else chat_key("console", typed)
    try:
        parse_chat_key(key)
    except ValueError as error:
        raise WrongUse(f"--chat: {error}") from error
    return key
