"""Updates as the Bot API sends them, to events: who is answered, and who is not."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.transports.telegram_update import LARGEST_LIST, Closed, Event, Moved, Opened, Said, read_update
from handlers.reply import ChatKind
from tests.fake_telegram.people import People
from tests.fake_telegram.world import World

ANNA, GROUP, FORUM = 4711, -5, -6
COMMANDS = {"topic", "hilfe", "land"}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def people(world: World) -> People:
    made = People(world)
    made.person(ANNA)
    made.group(GROUP)
    made.group(FORUM, threads=(7,))
    return made


def by(chat: int) -> dict[str, Any]:
    """Who writes in the chats of this file."""
    return {"user_id": str(chat) if chat > 0 else "5001", "kind": "private" if chat > 0 else "group"}


def newest(world: World) -> Event | None:
    return read_update(Update.de_json(world.updates.pending[-1], None), "BeschlussProbeBot", COMMANDS.__contains__)


@pytest.mark.parametrize(
    ("chat", "text", "said", "why"),
    [
        (ANNA, "/topic Sprachkurse", "/topic Sprachkurse", "a command"),
        (ANNA, "Sprachkurse", "Sprachkurse", "a plain word in a private chat"),
        (ANNA, "/unbekannt x", "/unbekannt x", "in a private chat everything is for us"),
        (ANNA, "/topic@BeschlussProbeBot Sprachkurse", "/topic Sprachkurse", "our own name is taken off"),
        (ANNA, "/topic@AnderBot Sprachkurse", None, "another bot's command"),
        (ANNA, "/topic\nSprach\nkurse", "/topic\nSprach\nkurse", "lines are kept"),
        (ANNA, "/", "/", "a lone slash is a line like any other"),
        (GROUP, "/topic@beschlussprobebot Sprachkurse", "/topic Sprachkurse", "addressed; names have no case"),
        (GROUP, "/topic Sprachkurse", "/topic Sprachkurse", "a command of ours without a name"),
        (GROUP, "/land@AnderBot Hessen", None, "a command of ours, but another bot is meant"),
        (GROUP, "/wetter Berlin", None, "a command that is not ours: another bot's"),
        (GROUP, "/wetter@BeschlussProbeBot", "/wetter", "we are meant: say that there is no such command"),
        (GROUP, "Guten Morgen", None, "people talk to each other"),
        (GROUP, "/", None, "no command at all"),
    ],
)
def test_what_is_for_us(world: World, people: People, chat: int, text: str, said: str | None, why: str) -> None:
    people.says(chat, text)
    assert newest(world) == (Said(str(chat), said, **by(chat)) if said else None), why


def test_a_forum_topic_is_kept(world: World, people: People) -> None:
    people.says(FORUM, "/hilfe", thread=7)
    assert newest(world) == Said(str(FORUM), "/hilfe", thread=7, **by(FORUM))


PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]


@pytest.mark.parametrize(
    ("chat", "content", "event", "why"),
    [
        (ANNA, {"photo": PHOTO}, Said("4711", "", **by(ANNA)), "a picture is not met with silence"),
        (
            ANNA,
            {"photo": PHOTO, "caption": "Sprachkurse"},
            Said("4711", "Sprachkurse", **by(ANNA)),
            "its caption is what was said",
        ),
        (GROUP, {"photo": PHOTO}, None, "pictures in a group are not for us"),
        (
            GROUP,
            {"photo": PHOTO, "caption": "/hilfe"},
            Said("-5", "/hilfe", **by(GROUP)),
            "unless the caption is a command",
        ),
        (ANNA, {"delete_chat_photo": True}, None, "news of the chat is no message"),
        (GROUP, {"migrate_to_chat_id": -100}, Moved("-5", "-100"), "the old group tells where it goes"),
        (FORUM, {"migrate_from_chat_id": -9}, Moved("-9", "-6"), "the new one where it comes from"),
    ],
)
def test_other_messages(
    world: World, people: People, chat: int, content: dict[str, Any], event: Event | None, why: str
) -> None:
    people.posts(chat, **content)
    assert newest(world) == event, why


@pytest.mark.parametrize("chat", [ANNA, GROUP])
def test_blocking_and_coming_back(world: World, people: People, chat: int) -> None:
    people.blocks(chat)
    assert newest(world) == Closed(str(chat))
    people.unblocks(chat)
    assert newest(world) == Opened(str(chat), **by(chat))


def test_a_channel_post_is_treated_like_a_group(world: World) -> None:
    chat = {"id": -7, "type": "channel", "title": "Kanal"}
    world.updates.add({"channel_post": {"message_id": 1, "date": 1, "chat": chat, "text": "/hilfe"}})
    assert newest(world) == Said("-7", "/hilfe", kind="channel")


@pytest.mark.parametrize(
    ("sender", "user", "why"),
    [
        ({"id": GROUP, "type": "group", "title": "Referat"}, str(GROUP), "an administrator who stays anonymous"),
        ({"id": -100, "type": "channel", "title": "Kanal"}, None, "somebody in a channel's name is nobody we know"),
    ],
)
def test_who_writes_in_a_chats_name(
    world: World, people: People, sender: dict[str, Any], user: str | None, why: str
) -> None:
    people.posts(GROUP, text="/hilfe", sender_chat=sender)
    assert newest(world) == Said(str(GROUP), "/hilfe", user_id=user, kind="group"), why


@pytest.mark.parametrize(
    "content", [{}, {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}}]
)
def test_what_does_not_concern_us(world: World, content: dict[str, Any]) -> None:
    world.updates.add(content)
    assert newest(world) is None


@pytest.mark.parametrize(
    ("message", "chat", "kind"),
    [
        ({"message_id": 3, "date": 1, "chat": {"id": -5, "type": "group", "title": "x"}}, "-5", "group"),
        ({"message_id": 3, "date": 0, "chat": {"id": -5, "type": "group", "title": "x"}}, "-5", "group"),
        (None, "4711", "private"),
    ],
    ids=["ordinary", "too old to be seen", "gone"],
)
def test_a_tap_is_its_command_typed(world: World, message: dict[str, Any] | None, chat: str, kind: ChatKind) -> None:
    author = {"id": ANNA, "is_bot": False, "first_name": "Probe"}
    query = {"id": "q", "from": author, "chat_instance": "1", "data": "/neu 2"}
    world.updates.add({"callback_query": query | ({"message": message} if message else {})})
    pressed = str(message["message_id"]) if message else None
    assert newest(world) == Said(chat, "/neu 2", query="q", user_id="4711", kind=kind, pressed=pressed)


OURS = {"message_id": 3, "date": 1, "text": "Die Liste?", "chat": {"id": GROUP, "type": "group", "title": "R"}}
BOT_USER = {"id": 999, "is_bot": True, "first_name": "B", "username": "BeschlussProbeBot"}


@pytest.mark.parametrize(
    ("chat", "more", "heard", "document", "why"),
    [
        (ANNA, {}, "", True, "a text file in a private chat"),
        (ANNA, {"caption": "/abo import"}, "/abo import", True, "with a command"),
        (GROUP, {}, None, False, "people send files to each other"),
        (GROUP, {"caption": "/topic x"}, "/topic x", True, "with a command of ours"),
        (GROUP, {"reply_to_message": {**OURS, "from": BOT_USER}}, "", True, "in answer to us"),
        (GROUP, {"reply_to_message": {**OURS, "from": {**BOT_USER, "username": "x"}}}, None, False, "to somebody else"),
    ],
)
def test_a_file_that_may_be_a_list(
    world: World, people: People, chat: int, more: dict[str, Any], heard: str | None, document: bool, why: str
) -> None:
    people.sends(chat, "abos.txt", b"/abo Sprachkurse", **more)
    (file,) = world.files
    expected = Said(str(chat), heard or "", document=file if document else None, **by(chat))
    assert newest(world) == (None if heard is None else expected), why


@pytest.mark.parametrize(
    ("name", "size", "kind", "taken", "why"),
    [
        ("abos.txt", 100, "application/octet-stream", True, "by its name"),
        ("abos", 100, "text/plain", True, "by its kind"),
        ("abos.pdf", 100, "application/pdf", False, "no text"),
        ("abos.txt", LARGEST_LIST + 1, "text/plain", False, "more than anybody subscribes to"),
    ],
)
def test_only_small_texts_are_fetched(
    world: World, people: People, name: str, size: int, kind: str, taken: bool, why: str
) -> None:
    about = {"file_id": "f", "file_unique_id": "f", "file_name": name, "file_size": size, "mime_type": kind}
    people.posts(ANNA, document=about)
    assert newest(world) == Said(str(ANNA), "", document="f" if taken else None, **by(ANNA)), why


@pytest.mark.parametrize(
    ("content", "heard", "why"),
    [
        ({"text": "/hilfe"}, "/hilfe", "a line"),
        ({"photo": PHOTO, "caption": "Sprachkurse"}, "Sprachkurse", "what stands below a picture"),
        ({"location": {"longitude": 13.4, "latitude": 52.5}}, None, "a place that moves is edited all the time"),
    ],
)
def test_corrections(world: World, people: People, content: dict[str, Any], heard: str | None, why: str) -> None:
    people.posts(ANNA, **content)
    message = world.updates.pending[-1]["message"] | {"edit_date": 1_790_812_900}
    people.does("edited_message", None, **message)
    assert newest(world) == (None if heard is None else Said(str(ANNA), heard, **by(ANNA))), why


def test_a_post_that_is_forwarded_from_the_linked_channel_is_not_answered(world: World, people: People) -> None:
    people.posts(GROUP, text="/hilfe", sender_chat={"id": -100, "type": "channel"}, is_automatic_forward=True)
    assert newest(world) is None
