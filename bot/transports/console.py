"""The local prompt as a chat: plain text, and numbered buttons that are pressed by typing the number."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp

from bot.outcome import Accepted, Outcome
from bot.payload import Payload, compose
from bot.styled import utf16_offsets
from handlers.reply import Reply


class ConsoleTransport:
    """`write` gets the text of every message with its buttons, e.g. `sys.stdout.write`."""

    name = "console"

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._commands: dict[str, str] = {}
        self._sent = 0

    def compose(self, reply: Reply) -> tuple[Payload, ...]:
        return compose(reply)

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        buttons = [button for row in payload["buttons"] for button in row]
        if buttons:
            numbered = enumerate(buttons, 1)
            self._commands = {str(number): button["command"] for number, button in numbered if "command" in button}
        labels = [f"[{number}] {_label(button)}" for number, button in enumerate(buttons, 1)]
        text = _with_addresses(payload) + (_kept(payload["attachment"]) if "attachment" in payload else "")
        self._write(text + ("\n\n" + "\n".join(labels) if labels else "") + "\n")
        self._sent += 1
        return Accepted(str(self._sent))

    async def show_work(self, chat_id: str) -> None:
        """Who sits at the prompt sees that it does not come back."""

    async def leave(self, chat_id: str) -> None:
        """The prompt is nothing that one could leave."""

    def typed(self, line: str) -> str:
        """What a line means: the number of a button of the newest message that has some, or the line itself."""
        return self._commands.get(line.strip().strip("[]"), line)


def _kept(attachment: Mapping[str, str]) -> str:
    """A prompt cannot show it, so it lies beside: a folder of its own, which nobody else can read."""
    file = Path(mkdtemp(prefix="beschlussbote-")) / Path(attachment["name"]).name
    file.write_bytes(base64.b64decode(attachment["data"]))
    return f"\n→ {file}"


def _label(button: Mapping[str, str]) -> str:
    """What a prompt cannot open stands behind the label."""
    return f"{button['label']}: {button['url']}" if "url" in button else button["label"]


def _with_addresses(payload: Payload) -> str:
    """The text with each link's address behind it, as a prompt cannot hide it in the words."""
    text: str = payload["text"]
    at = {unit: place for place, unit in enumerate(utf16_offsets(text))}
    links = [(at[mark["offset"] + mark["length"]], mark["url"]) for mark in payload["entities"] if mark.get("url")]
    for end, url in sorted(links, reverse=True):
        if not text[:end].endswith(url):
            text = f"{text[:end]} ({url}){text[end:]}"
    return text
