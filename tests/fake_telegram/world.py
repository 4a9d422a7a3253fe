"""What the fake Telegram knows: its bot, the chats, and what stands in them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram.answers import Json, RefusedError, bad_request, too_many_requests
from tests.fake_telegram.files import SentFile
from tests.fake_telegram.inline import InlineAnswer
from tests.fake_telegram.text import cut
from tests.fake_telegram.update_queue import UpdateQueue

BOT: Json = {
    "id": 999,
    "is_bot": True,
    "first_name": "Beschlussbote",
    "username": "BeschlussProbeBot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
# 2026-10-01 00:00 UTC; each message is a second later than the one before.
_FIRST_DATE = 1_790_812_800


@dataclass
class SentMessage:
    """A message of the bot as it stands in a chat. `keyboard`: the one it brings below the chat; []: none any more."""

    message_id: int
    text: str
    entities: list[Json]
    buttons: list[list[Json]]
    thread: int | None = None
    file: SentFile | None = None
    keyboard: list[list[Json]] | None = None

    def marked(self, kind: str) -> list[str]:
        """The stretches of the text that are shown as `kind`."""
        return [cut(self.text, mark["offset"], mark["length"]) for mark in self.entities if mark["type"] == kind]

    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]


@dataclass
class FakeChat:
    """`closed`: the 403 that sending gets. `floods`: the seconds that the next sends are told to wait (429). `frozen`:
    messages that can no longer be edited. `language`: that of the person's client (`User.language_code`).
    `members`: what people are in it (ChatMember by user), as far as they are more or less than members.
    """

    id: int
    type: str
    name: str
    messages: list[SentMessage] = field(default_factory=list)
    closed: str | None = None
    moved_to: int | None = None
    floods: list[int] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    frozen: set[int] = field(default_factory=set)
    language: str | None = None
    members: dict[int, Json] = field(default_factory=dict)

    def as_json(self) -> Json:
        named = {"first_name": self.name} if self.type == "private" else {"title": self.name}
        return {"id": self.id, "type": self.type, **named, **({"is_forum": True} if self.threads else {})}

    def check_open(self) -> None:
        """Raises the refusal that sending to this chat meets now."""
        if self.moved_to is not None:
            what = "Bad Request: group chat was upgraded to a supergroup chat"
            raise RefusedError(400, what, {"migrate_to_chat_id": self.moved_to})
        if self.closed is not None:
            raise RefusedError(403, f"Forbidden: {self.closed}")
        if self.floods:
            raise too_many_requests(self.floods.pop(0))


def person_json(number: int, language: str | None = None) -> Json:
    spoken = {} if language is None else {"language_code": language}
    return {"id": number, "is_bot": False, "first_name": "Probe", **spoken}


def _member(status: str | Json) -> Json:
    if not isinstance(status, str):
        return status
    return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})


class World:
    def __init__(self) -> None:
        self.chats: dict[int, FakeChat] = {}
        self.updates = UpdateQueue()
        self.open_queries: set[str] = set()
        self.answered_queries: list[str] = []
        self.toasts: list[str] = []
        self.open_inline: set[str] = set()
        self.inline_answers: dict[str, InlineAnswer] = {}
        self.files: dict[str, bytes] = {}
        """What people have sent, by its id."""
        self.menus: dict[tuple[str, str], list[Json]] = {}
        """Menus by scope and language ("" for all others)."""
        self.descriptions: dict[tuple[str, str], str] = {}
        """`description` and `short_description` by language."""
        self.webhook: Json | None = None
        self.webhook_error: str | None = None
        self._message_ids: Iterator[int] = itertools.count(1)
        self._watchers: set[asyncio.Event] = set()

    def chat(self, chat_id: int) -> FakeChat:
        try:
            return self.chats[chat_id]
        except KeyError:
            raise bad_request("chat not found") from None

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def message_json(self, chat: FakeChat, message_id: int, author: Json | None, **content: Any) -> Json:
        about = {"message_id": message_id, "date": _FIRST_DATE + message_id, "chat": chat.as_json()}
        return (
            about
            | ({"from": author} if author else {})
            | {name: value for name, value in content.items() if value is not None}
        )

    def membership(self, chat: FakeChat, by: Json, before: str | Json, after: str | Json) -> int:
        """The bot is told that what it is in a chat has changed; returns the update's number."""
        content = {"chat": chat.as_json(), "from": by, "date": _FIRST_DATE}
        members = {"old_chat_member": _member(before), "new_chat_member": _member(after)}
        return self.updates.add({"my_chat_member": content | members})

    def changed(self) -> None:
        for watcher in self._watchers:
            watcher.set()

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until something is so; looked at after every change. Raises TimeoutError with what stands instead."""
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await watcher.wait()
                    watcher.clear()
        except TimeoutError:
            seen = {chat.id: [message.text for message in chat.messages] for chat in self.chats.values()}
            raise TimeoutError(f"Not so within {seconds} s; in the chats stands: {seen}") from None
        finally:
            self._watchers.discard(watcher)
