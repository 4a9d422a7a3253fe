"""What people do in their clients: write, tap, block, move a group. Each act reaches the bot as an update."""

from __future__ import annotations

from typing import Any

from tests.fake_telegram.answers import Json
from tests.fake_telegram.membership import administrator
from tests.fake_telegram.text import units
from tests.fake_telegram.world import BOT, FakeChat, SentMessage, World, person_json

_GROUP_MEMBER = 5001


class People:
    def __init__(self, world: World) -> None:
        self._world = world

    def person(self, chat_id: int, name: str = "Probe", language: str | None = None) -> FakeChat:
        """A private chat with the bot; `language`: what the person's client is set to, as an IETF tag."""
        return self._add(FakeChat(chat_id, "private", name, language=language))

    def group(self, chat_id: int, name: str = "Referat", threads: tuple[int, ...] = ()) -> FakeChat:
        """A group (with `threads`: a forum) that has the bot as a member; `chat_id` is negative."""
        return self._add(FakeChat(chat_id, "supergroup" if threads else "group", name, threads=set(threads)))

    def channel(self, chat_id: int, name: str = "Kanal") -> FakeChat:
        """A channel that has the bot in it; what is written there is written by the channel itself."""
        return self._add(FakeChat(chat_id, "channel", name))

    def says(self, chat_id: int, text: str, thread: int | None = None, by: int | None = None) -> int:
        """Somebody writes (in a group the person `by`, else just a member); returns the update's number."""
        return self.posts(
            chat_id,
            by,
            text=text,
            entities=_command_entities(text),
            message_thread_id=thread,
            is_topic_message=True if thread else None,
        )

    def posts(self, chat_id: int, by: int | None = None, **content: Any) -> int:
        """Somebody sends a message with that content (text, photo, migrate_to_chat_id …)."""
        chat = self._world.chats[chat_id]
        if chat.type == "channel":
            post = self._world.message_json(
                chat, self._world.next_message_id(), None, sender_chat=chat.as_json(), **content
            )
            return self._world.updates.add({"channel_post": post})
        author = _author(chat) if by is None else person_json(by)
        message = self._world.message_json(chat, self._world.next_message_id(), author, **content)
        return self._world.updates.add({"message": message})

    def sends(self, chat_id: int, name: str, data: bytes, by: int | None = None, **content: Any) -> int:
        """Somebody sends a text file."""
        file_id = f"file-{self._world.next_message_id()}"
        self._world.files[file_id] = data
        about = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(data)}
        return self.posts(chat_id, by, document=about | {"file_name": name, "mime_type": "text/plain"}, **content)

    def edits(self, chat_id: int, text: str) -> int:
        """Somebody changes a message of theirs to this."""
        chat = self._world.chats[chat_id]
        number = self._world.next_message_id()
        message = self._world.message_json(chat, number, _author(chat), text=text, edit_date=1_790_812_900)
        return self._world.updates.add({"edited_message": message | {"entities": _command_entities(text) or []}})

    def presses(self, chat_id: int, label: str, by: int | None = None) -> str:
        """Somebody (see `says`) taps the newest button with that label; returns the query's number."""
        chat = self._world.chats[chat_id]
        message, button = _find_button(chat, label)
        query = f"query-{self._world.next_message_id()}"
        self._world.open_queries.add(query)
        under = self._world.message_json(chat, message.message_id, BOT, text=message.text)
        author = _author(chat) if by is None else person_json(by)
        content = {"id": query, "from": author, "message": under, "chat_instance": "1"}
        self._world.updates.add({"callback_query": content | {"data": button["callback_data"]}})
        return query

    def looks_up(self, user_id: int, text: str, offset: str = "", language: str | None = None) -> str:
        """Somebody types "@bot text" in any chat; returns the query's number."""
        query = f"inline-{self._world.next_message_id()}"
        self._world.open_inline.add(query)
        person = {"id": user_id, "is_bot": False, "first_name": "Probe"} | (
            {"language_code": language} if language else {}
        )
        self._world.updates.add({"inline_query": {"id": query, "from": person, "query": text, "offset": offset}})
        return query

    def chooses(self, query: str, title: str, chat_id: int) -> SentMessage:
        """Somebody taps the card with that title: its message stands in the chat, in the person's own name."""
        answer = self._world.inline_answers[query]
        result = next(one for one in answer.results if one["title"] == title)
        content = result["input_message_content"]
        rows = result.get("reply_markup", {}).get("inline_keyboard", [])
        number = self._world.next_message_id()
        message = SentMessage(number, content["message_text"], content.get("entities", []), rows)
        self._world.chats[chat_id].messages.append(message)
        return message

    def blocks(self, chat_id: int) -> int:
        """A person blocks the bot, a group throws it out."""
        chat = self._world.chats[chat_id]
        private = chat.type == "private"
        chat.closed = "bot was blocked by the user" if private else "bot was kicked from the group chat"
        return self._world.membership(chat, _author(chat), "member", "kicked")

    def unblocks(self, chat_id: int) -> int:
        chat = self._world.chats[chat_id]
        chat.closed = None
        return self._world.membership(chat, _author(chat), "kicked", "member")

    def adds(self, chat_id: int, by: int) -> int:
        """A person takes the bot into a group (again)."""
        chat = self._world.chats[chat_id]
        chat.closed = None
        return self._world.membership(chat, person_json(by), "left", "member")

    def administers(self, chat_id: int, user: int, *, may_post: bool = True) -> None:
        """From now on that person is an administrator there."""
        chat = self._world.chats[chat_id]
        chat.members[user] = administrator(person_json(user), chat, may_post=may_post)

    def steps_down(self, chat_id: int, user: int) -> None:
        """From now on that person is a member like any other."""
        self._world.chats[chat_id].members.pop(user)

    def promotes(self, chat_id: int, by: int, *, may_post: bool = True) -> int:
        """The bot becomes an administrator, with the right to post or (again) without."""
        chat = self._world.chats[chat_id]
        before = chat.members.get(BOT["id"], "member")
        chat.members[BOT["id"]] = administrator(BOT, chat, may_post=may_post)
        chat.closed = None if may_post else "bot has not enough rights to send text messages to the chat"
        return self._world.membership(chat, person_json(by), before, chat.members[BOT["id"]])

    def shares(self, chat_id: int, channel_id: int) -> int:
        """In a private chat: tap the newest button that asks for a channel, and choose that one. The client makes the
        bot an administrator there, where the button wants it."""
        chat, channel = self._world.chats[chat_id], self._world.chats[channel_id]
        request = _find_request(chat)
        assert request["chat_is_channel"] == (channel.type == "channel"), "such a chat is not offered"
        assert channel.members.get(chat_id, {}).get("can_post_messages"), "a channel without that right is not offered"
        if request.get("bot_administrator_rights"):
            self.promotes(channel_id, by=chat_id)
        shared = {"request_id": request["request_id"], "chat_id": channel_id}
        return self.posts(chat_id, chat_shared=shared)

    def migrates(self, old: int, new: int) -> int:
        """A group becomes a supergroup: sending to the old number is refused, and a service message in each of the two
        tells the bot."""
        self._add(FakeChat(new, "supergroup", self._world.chats[old].name))
        self._world.chats[old].moved_to = new
        self.posts(old, migrate_to_chat_id=new)
        return self.posts(new, migrate_from_chat_id=old)

    def does(self, kind: str, chat_id: int | None, **content: Any) -> int:
        """Something else happens, in that chat or in none: an update of that kind, which arrives if it is asked for."""
        place = {} if chat_id is None else {"chat": self._world.chats[chat_id].as_json()}
        return self._world.updates.add({kind: place | content})

    def _add(self, chat: FakeChat) -> FakeChat:
        self._world.chats[chat.id] = chat
        return chat


def _find_request(chat: FakeChat) -> Json:
    for message in reversed(chat.messages):
        for button in (button for row in message.keyboard or [] for button in row):
            if "request_chat" in button:
                request: Json = button["request_chat"]
                return request
        assert message.keyboard is None, "the keyboard was taken away"
    raise AssertionError(f"No button in chat {chat.id} asks for a chat")


def _author(chat: FakeChat) -> Json:
    return person_json(chat.id if chat.type == "private" else _GROUP_MEMBER, chat.language)


def _command_entities(text: str) -> list[Json] | None:
    if not text.startswith("/"):
        return None
    return [{"type": "bot_command", "offset": 0, "length": units(text.split()[0])}]


def _find_button(chat: FakeChat, label: str) -> tuple[SentMessage, Json]:
    for message in reversed(chat.messages):
        for row in message.buttons:
            for button in row:
                if button["text"] == label:
                    return message, button
    offered = [message.labels() for message in chat.messages]
    raise AssertionError(f"No button „{label}“ in chat {chat.id}; there are {offered}")
