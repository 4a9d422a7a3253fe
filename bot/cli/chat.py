"""`chat`: the same handlers at a local prompt, on the configured database."""

from __future__ import annotations

from bot.app import App, open_app
from bot.cli.ask import full_chat_key
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.prompt import ask_line, terminal_as_before
from bot.cli.terminal import Terminal
from bot.limiter import Limiter
from bot.receive import Receiver
from bot.transports.console import ConsoleTransport
from bot.transports.transport import chat_key, parse_chat_key
from bot.turnstile import Turnstile
from handlers.reply import Incoming

LOCAL_CHAT = "console:local"
PROMPT = "» "
WELCOME = "Bitte eingeben, zum Beispiel /hilfe; eine Nummer drückt den Knopf. Strg-D beendet."


def register(commands: Commands) -> None:
    parser = add_command(commands, "chat", run, "Talk to the bot at a local prompt, on the configured database.")
    parser.add_argument("--chat", metavar="ID", default=LOCAL_CHAT, help="speak as this local chat (default: local)")


async def run(call: Call) -> int:
    name, chat_id = parse_chat_key(full_chat_key(call.args.chat))
    if name != ConsoleTransport.name:
        raise WrongUse(f"--chat: {call.args.chat} is no local chat; 'ask' can speak as any")
    async with open_app(call.settings(), call.clock) as app:
        await converse(app, chat_id, call.terminal)
    return 0


async def converse(app: App, chat_id: str, terminal: Terminal) -> None:
    """Answer line after line until there are no more."""
    chat = chat_key(ConsoleTransport.name, chat_id)
    transport = ConsoleTransport(lambda text: terminal.say(f"\n{text}"))
    receiver = Receiver(app.services, transport, app.clock, Turnstile(Limiter({}), app.clock))
    if terminal.interactive:
        terminal.say(WELCOME)
    with terminal_as_before():
        while (line := await ask_line(PROMPT if terminal.interactive else "")) is not None:
            if line.strip():
                await receiver.receive(Incoming(chat, transport.typed(line), app.clock.now(), whole=True))
    if terminal.interactive:
        terminal.say("\nAuf Wiedersehen.")
