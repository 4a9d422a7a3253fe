"""Every way in which something comes in from a chat, and the scene on which it is tried."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.receive import Receiver
from handlers.access import Access, Mode
from handlers.services import Services
from storage import admissions, invitations, subscriptions
from tests.bot.conftest import NOON, HandClock, answering, store_resolutions
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.world import person_json

ADMIN, ANNA, GROUP, FORUM, CHANNEL = 4700, 4711, -5, -6, -1007
TOKEN = "Zufall_fuer-Tests-0123"
PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
FORWARDED = {"type": "user", "sender_user": {"id": 99, "is_bot": False, "first_name": "X"}, "date": 1}


@dataclass
class Scene:
    telegram: FakeTelegram
    bot: Bot
    services: Services
    clock: HandClock

    def running(self, mode: Mode) -> AbstractAsyncContextManager[Receiver]:
        access = Access(mode, frozenset({f"telegram:{ADMIN}"}), frozenset({"telegram:4799"}))
        return answering(self.bot, replace(self.services, access=access), self.clock)

    async def admit(self, chat: int) -> None:
        async with self.services.database.begin() as conn:
            await admissions.admit(conn, f"telegram:{chat}", "Referat 21", NOON)

    async def invite(self, uses: int = 1) -> int:
        async with self.services.database.begin() as conn:
            return (await invitations.issue(conn, TOKEN, "Referat 21", uses, NOON.replace(day=8), NOON)).id

    async def subscribed(self) -> int:
        async with self.services.database.read() as conn:
            return await subscriptions.count(conn)

    async def handled(self) -> None:
        await self.telegram.until(lambda: not self.telegram.world.updates.pending)

    def stranger(self) -> str:
        return self.services.texts("access.stranger")


@pytest.fixture
async def scene(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> Scene:
    for person in (ADMIN, ANNA):
        telegram.people.person(person)
    telegram.people.group(GROUP)
    telegram.people.group(FORUM, threads=(7,))
    telegram.people.channel(CHANNEL)
    await store_resolutions(services, 2)
    return Scene(telegram, bot, services, clock)


async def a_command(scene: Scene, chat: int) -> None:
    scene.telegram.people.says(chat, "/abo topic Sprachkurse")


async def a_word(scene: Scene, chat: int) -> None:
    scene.telegram.people.says(chat, "Sprachkurse")


async def a_tap(scene: Scene, chat: int) -> None:
    button = InlineKeyboardButton("Abo", callback_data="/abo topic Sprachkurse")
    await scene.bot.send_message(chat, "Alte Nachricht", reply_markup=InlineKeyboardMarkup([[button]]))
    scene.telegram.people.presses(chat, "Abo")
    scene.telegram.messages(chat).clear()


async def a_picture(scene: Scene, chat: int) -> None:
    scene.telegram.people.posts(chat, photo=PHOTO, caption="/abo topic Sprachkurse")


async def a_forwarded_message(scene: Scene, chat: int) -> None:
    scene.telegram.people.posts(chat, text="/abo topic Sprachkurse", forward_origin=FORWARDED)


async def a_deep_link(scene: Scene, chat: int) -> None:
    scene.telegram.people.says(chat, "/start thema_sprachkurse")


async def an_invented_invitation(scene: Scene, chat: int) -> None:
    scene.telegram.people.says(chat, "/start einladung_gibtesnicht")


async def a_correction(scene: Scene, chat: int) -> None:
    scene.telegram.people.edits(chat, "/abo topic Sprachkurse")


async def a_list_as_a_file(scene: Scene, chat: int) -> None:
    scene.telegram.people.sends(chat, "abos.txt", b"/abo topic Sprachkurse")


async def a_reaction(scene: Scene, chat: int) -> None:
    thumb = {"type": "emoji", "emoji": "👍"}
    about = {"message_id": 1, "date": 1, "old_reaction": [], "new_reaction": [thumb]}
    scene.telegram.people.does("message_reaction", chat, **about)


async def a_vote_in_a_poll(scene: Scene, chat: int) -> None:
    scene.telegram.people.does("poll_answer", None, poll_id="1", user=person_json(chat), option_ids=[0])


async def somebody_joining(scene: Scene, chat: int) -> None:
    joined = {"user": person_json(99), "status": "member"}
    about = {"from": person_json(99), "date": 1, "old_chat_member": joined | {"status": "left"}}
    scene.telegram.people.does("chat_member", chat, **about, new_chat_member=joined)


async def a_wish_to_join(scene: Scene, chat: int) -> None:
    scene.telegram.people.does("chat_join_request", chat, **{"from": person_json(99)}, user_chat_id=99, date=1)


Entrance = Callable[[Scene, int], Awaitable[None]]
PRIVATE: tuple[Entrance, ...] = (
    a_command,
    a_word,
    a_tap,
    a_picture,
    a_forwarded_message,
    a_deep_link,
    an_invented_invitation,
    a_correction,
    a_list_as_a_file,
)
IN_GROUPS: tuple[Entrance, ...] = (a_command, a_tap, a_picture, a_forwarded_message, an_invented_invitation)
UNHEARD: tuple[Entrance, ...] = (a_reaction, a_vote_in_a_poll, somebody_joining, a_wish_to_join)
"""What the bot does not ask Telegram for."""
CLOSED: tuple[Mode, ...] = ("invite", "allowlist")
