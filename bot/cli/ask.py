"""`ask`: one message in, the reply out."""

from __future__ import annotations

import json

from bot.app import open_app
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.reply_as_json import reply_as_json
from bot.transports.transport import chat_key, parse_chat_key
from handlers.reply import Incoming, Reply
from handlers.router import answer

LOCAL_CHAT = chat_key("console", "ask")
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
    incoming = Incoming(chat, call.args.message, call.clock.now(), page=limit, hits=limit or HITS)
    async with open_app(call.settings(), call.clock) as app:
        reply = await answer(incoming, app.services)
    call.terminal.say(
        json.dumps(reply_as_json(reply, limit or HITS), ensure_ascii=False, indent=1)
        if call.args.json
        else shown(reply)
    )
    return 0


def shown(reply: Reply) -> str:
    """The reply as it stands at the prompt; what buttons would do is listed below it."""
    buttons = [f"  [{button.label}]  {button.command}" for row in reply.buttons for button in row]
    return "\n".join([reply.text, "", *buttons]) if buttons else reply.text


def full_chat_key(typed: str) -> str:
    """A bare id means a chat of the local console."""
    key = typed if ":" in typed else chat_key("console", typed)
    try:
        parse_chat_key(key)
    except ValueError as error:
        raise WrongUse(f"--chat: {error}") from error
    return key
