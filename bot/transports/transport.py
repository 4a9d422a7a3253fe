"""What a chat system must be able to do for us. Chats are named “<transport>:<id>” everywhere else,
and the topics of a forum “<transport>:<id>/<topic>”."""

from __future__ import annotations

from typing import Protocol

from bot.outcome import Outcome
from bot.payload import Payload
from handlers.reply import Reply


class Transport(Protocol):
    @property
    def name(self) -> str:
        """The first half of its chats' keys, e.g. “telegram”."""
        ...

    def compose(self, reply: Reply) -> tuple[Payload, ...]:
        """The reply as the messages to send, in order; JSON-ready, within the chat system's limits."""
        ...

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        """One attempt to send one message; never raises for what the chat system or the network does.

        `payload` is one of `compose`'s, perhaps with `"silent": True`: it should make no noise, or with `"replaces"`
        and a message's id: it takes the place of that message where the chat system can do that, else it is new.
        """
        ...

    async def show_work(self, chat_id: str) -> None:
        """Show that an answer is being worked on, where the chat system can; never raises for what it answers."""
        ...

    async def leave(self, chat_id: str) -> None:
        """Go out of a group or channel, where the chat system has such; never raises for what it answers."""
        ...


def chat_key(transport: str, chat_id: int | str) -> str:
    return f"{transport}:{chat_id}"


def parse_chat_key(key: str) -> tuple[str, str]:
    """“telegram:-42” → (“telegram”, “-42”). Raises ValueError for anything else."""
    name, colon, chat_id = key.partition(":")
    if not (name and colon and chat_id):
        raise ValueError(f"Chat {key!r} is not of the form “<transport>:<id>”, e.g. “telegram:4711”.")
    return name, chat_id
