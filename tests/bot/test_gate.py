"""Every entrance, in every mode, for those who have access and those who have not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.receive import Receiver
from bot.transports.telegram_update import ALLOWED_UPDATES
from handlers.access import Access, Mode
from handlers.services import Services
from storage import admissions, chats, invitations, outbox, subscriptions
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


@pytest.mark.parametrize("mode", CLOSED)
@pytest.mark.parametrize("entrance", PRIVATE, ids=lambda one: one.__name__)
async def test_a_stranger_gets_one_polite_line_and_nothing_else(scene: Scene, entrance: Entrance, mode: Mode) -> None:
    over = mode == "invite" and entrance is an_invented_invitation
    async with scene.running(mode):
        await entrance(scene, ANNA)
        await scene.telegram.until(lambda: scene.telegram.texts(ANNA))
        await scene.handled()
    assert scene.telegram.texts(ANNA) == [scene.services.texts("access.over") if over else scene.stranger()]
    assert scene.telegram.messages(ANNA)[0].buttons == []
    assert await scene.subscribed() == 0


@pytest.mark.parametrize("mode", CLOSED)
@pytest.mark.parametrize("chat", [GROUP, FORUM])
@pytest.mark.parametrize("entrance", IN_GROUPS, ids=lambda one: one.__name__)
async def test_a_strange_group_gets_the_line_and_is_left(
    scene: Scene, entrance: Entrance, chat: int, mode: Mode
) -> None:
    async with scene.running(mode):
        await entrance(scene, chat)
        await scene.telegram.until(lambda: scene.telegram.called("leaveChat"))
        await scene.handled()
        assert len(scene.telegram.texts(chat)) == 1
        scene.telegram.people.adds(chat, by=ANNA)
        await entrance(scene, chat)
        await scene.telegram.until(lambda: len(scene.telegram.called("leaveChat")) == 2)
        assert len(scene.telegram.texts(chat)) <= 1, "once a day is enough"
    assert await scene.subscribed() == 0


@pytest.mark.parametrize("mode", ["open", *CLOSED])
@pytest.mark.parametrize("chat", [ANNA, GROUP])
@pytest.mark.parametrize("entrance", UNHEARD, ids=lambda one: one.__name__)
async def test_what_is_not_asked_for_does_nothing_even_if_it_arrives(
    scene: Scene, entrance: Entrance, chat: int, mode: Mode
) -> None:
    async with scene.running(mode):
        scene.telegram.people.says(ADMIN, "/hilfe")
        await scene.telegram.until(lambda: scene.telegram.texts(ADMIN))
        await entrance(scene, chat)
        scene.telegram.world.updates.allowed = None  # as if it had been asked for once
        await entrance(scene, chat)
        scene.telegram.people.says(ADMIN, "/neu")
        await scene.telegram.until(lambda: len(scene.telegram.texts(ADMIN)) == 2)
    assert (scene.telegram.texts(chat), scene.telegram.called("leaveChat")) == ([], [])
    assert scene.telegram.world.updates.allowed == list(ALLOWED_UPDATES)


@pytest.mark.parametrize("mode", ["open", *CLOSED])
@pytest.mark.parametrize("admitted", [True, False])
@pytest.mark.parametrize("typed", ["", "Sprachkurse", f"/start einladung_{TOKEN}"])
async def test_a_search_from_another_chat_is_for_those_who_have_access(
    scene: Scene, mode: Mode, admitted: bool, typed: str
) -> None:
    if admitted:
        await scene.admit(ANNA)
    await scene.invite()
    async with scene.running(mode):
        query = scene.telegram.people.looks_up(ANNA, typed)
        await scene.telegram.until(lambda: query in scene.telegram.world.inline_answers)
    answer = scene.telegram.world.inline_answers[query]
    known = admitted or mode == "open"
    assert bool(answer.results) is (known and typed != f"/start einladung_{TOKEN}")
    stranger = scene.services.texts("inline.stranger")
    assert ((answer.button or {}).get("text") == stranger) is not known
    async with scene.services.database.read() as conn:
        assert [one.left for one in await invitations.open_ones(conn, NOON)] == [1], "an invitation is not redeemed so"


@pytest.mark.parametrize("mode", CLOSED)
async def test_a_strange_channel_is_left_without_a_word(scene: Scene, mode: Mode) -> None:
    async with scene.running(mode):
        scene.telegram.people.says(CHANNEL, "/hilfe")
        await scene.telegram.until(lambda: scene.telegram.called("leaveChat"))
    assert scene.telegram.texts(CHANNEL) == []


@pytest.mark.parametrize("mode", ["open", *CLOSED])
@pytest.mark.parametrize("entrance", PRIVATE, ids=lambda one: one.__name__)
async def test_who_has_access_is_answered(scene: Scene, entrance: Entrance, mode: Mode) -> None:
    if mode != "open":
        await scene.admit(ANNA)
    async with scene.running(mode):
        await entrance(scene, ANNA)
        await scene.telegram.until(lambda: scene.telegram.texts(ANNA))
    assert scene.telegram.texts(ANNA)[0] not in (scene.stranger(), scene.services.texts("access.over"))


@pytest.mark.parametrize("mode", CLOSED)
@pytest.mark.parametrize("chat", [ADMIN, 4799])
async def test_who_stands_in_the_settings_has_access(scene: Scene, chat: int, mode: Mode) -> None:
    scene.telegram.people.person(chat)
    async with scene.running(mode):
        scene.telegram.people.says(chat, "/hilfe")
        await scene.telegram.until(lambda: scene.telegram.texts(chat))
    assert scene.telegram.texts(chat)[0] != scene.stranger()


async def test_being_taken_into_a_group_says_nothing(scene: Scene) -> None:
    """The link of an invitation to a group takes the bot in first, and tells it the invitation after that."""
    async with scene.running("invite"):
        scene.telegram.people.adds(GROUP, by=ANNA)
        await scene.handled()
    assert (scene.telegram.texts(GROUP), scene.telegram.called("leaveChat")) == ([], [])


async def test_an_administrator_lets_a_group_in_by_taking_the_bot_into_it(scene: Scene) -> None:
    async with scene.running("allowlist"):
        scene.telegram.people.adds(GROUP, by=ADMIN)
        scene.telegram.people.says(GROUP, "/hilfe")
        await scene.telegram.until(lambda: scene.telegram.texts(GROUP))
    assert scene.telegram.texts(GROUP)[0] != scene.stranger()


@pytest.mark.parametrize("chat", [ANNA, GROUP])
async def test_an_invitation_lets_in_and_is_used_up(scene: Scene, chat: int) -> None:
    await scene.invite(uses=1)
    scene.telegram.people.person(4712)
    async with scene.running("invite"):
        scene.telegram.people.says(chat, f"/start einladung_{TOKEN}")
        await scene.telegram.until(lambda: scene.telegram.texts(chat))
        assert scene.telegram.texts(chat)[0].startswith(scene.services.texts("access.welcome"))
        scene.telegram.people.says(chat, "/hilfe")
        await scene.telegram.until(lambda: len(scene.telegram.texts(chat)) == 2)
        scene.telegram.people.says(4712, f"/start einladung_{TOKEN}")
        await scene.telegram.until(lambda: scene.telegram.texts(4712))
    assert scene.telegram.texts(4712) == [scene.services.texts("access.over")]


async def test_who_is_in_uses_up_nothing(scene: Scene) -> None:
    await scene.invite(uses=2)
    async with scene.running("invite"):
        for _ in range(3):
            scene.telegram.people.says(ANNA, f"/start einladung_{TOKEN}")
        await scene.telegram.until(lambda: len(scene.telegram.texts(ANNA)) == 3)
    async with scene.services.database.read() as conn:
        assert [one.left for one in await invitations.open_ones(conn, NOON)] == [1]


async def test_an_expired_invitation_lets_nobody_in(scene: Scene) -> None:
    await scene.invite()
    await scene.clock.sleep(8 * 24 * 3600)
    async with scene.running("invite"):
        scene.telegram.people.says(ANNA, f"/start einladung_{TOKEN}")
        await scene.telegram.until(lambda: scene.telegram.texts(ANNA))
    assert scene.telegram.texts(ANNA) == [scene.services.texts("access.over")]


async def test_without_a_store_nobody_is_let_in(scene: Scene) -> None:
    async with scene.services.database.begin() as conn:
        await conn.exec_driver_sql("DROP TABLE admissions")
    async with scene.running("invite"):
        scene.telegram.people.says(ANNA, "/topic Sprachkurse")
        await scene.telegram.until(lambda: scene.telegram.texts(ANNA))
    assert scene.telegram.texts(ANNA) == [scene.services.texts("problem.failed")]


async def test_a_stranger_who_unblocks_the_bot_is_not_written_to(scene: Scene) -> None:
    """Access has ended while the bot was blocked; the chat stays barred, and closed."""
    async with scene.services.database.begin() as conn:
        await chats.ensure(conn, f"telegram:{ANNA}", "Europe/Berlin", NOON)
        await chats.pause(conn, f"telegram:{ANNA}", NOON)
        await admissions.enforce(conn, everybody=False, others=(), now=NOON)
    async with scene.running("invite"):
        scene.telegram.people.unblocks(ANNA)
        await scene.handled()
    async with scene.services.database.begin() as conn:
        chat = await chats.get(conn, f"telegram:{ANNA}")
        assert chat is not None
        assert (chat.state, chat.barred_at) == ("paused", NOON)
        assert await outbox.claim(conn, NOON, NOON - NOON, 9) == ()


@pytest.mark.parametrize(("client", "language"), [("de", "de"), ("en-GB", "en")])
async def test_strangers_and_guests_are_spoken_to_as_their_client_is_set(
    scene: Scene, client: str, language: str
) -> None:
    """Who has no access cannot choose a language; who comes in has not chosen one yet."""
    texts = scene.services.languages.of(language)
    scene.telegram.people.person(4720, language=client)
    await scene.invite()
    async with scene.running("invite"):
        for text in ("/topic Sprachkurse", "/start einladung_gibtesnicht"):
            scene.telegram.people.says(4720, text)
        await scene.telegram.until(lambda: len(scene.telegram.texts(4720)) == 2)
        assert scene.telegram.texts(4720) == [texts("access.stranger"), texts("access.over")]
        scene.telegram.people.says(4720, f"/start einladung_{TOKEN}")
        await scene.telegram.until(lambda: len(scene.telegram.texts(4720)) == 3)
    assert scene.telegram.texts(4720)[2].startswith(texts("access.welcome"))
