"""Every entrance, in every mode, for those who have access and those who have not."""

from __future__ import annotations

import pytest

from bot.transports.telegram_update import ALLOWED_UPDATES
from handlers.access import Mode
from storage import admissions, chats, invitations, outbox
from tests.bot.conftest import NOON
from tests.bot.entrances import (
    ADMIN,
    ANNA,
    CHANNEL,
    CLOSED,
    FORUM,
    GROUP,
    IN_GROUPS,
    PRIVATE,
    TOKEN,
    UNHEARD,
    Entrance,
    Scene,
    an_invented_invitation,
)
from tests.bot.entrances import scene as scene


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


OWN_DATA = [("/stopp", "forget.sure"), ("/loeschen", "forget.sure"), ("/meine_daten", "privacy.data")]


@pytest.mark.parametrize("mode", CLOSED)
@pytest.mark.parametrize(("line", "said"), OWN_DATA)
async def test_who_has_no_access_any_more_sees_and_erases_what_is_kept(
    scene: Scene, line: str, said: str, mode: Mode
) -> None:
    async with scene.services.database.begin() as conn:
        await chats.ensure(conn, f"telegram:{ANNA}", "Europe/Berlin", NOON)
    async with scene.running(mode):
        for typed in (line, "/abos", "/hilfe", line + "x"):
            scene.telegram.people.says(ANNA, typed)
            await scene.handled()
        await scene.telegram.until(lambda: len(scene.telegram.texts(ANNA)) >= 4)
    first, *others = (text for text in scene.telegram.texts(ANNA) if text != scene.services.texts("privacy.caption"))
    assert first.startswith(scene.services.texts(said, kept="")[:20])
    assert others == [scene.stranger()] * 3, "nothing else is open"


@pytest.mark.parametrize("mode", CLOSED)
@pytest.mark.parametrize(("line", "_said"), OWN_DATA)
async def test_of_a_stranger_nothing_is_kept(scene: Scene, line: str, _said: str, mode: Mode) -> None:
    async with scene.running(mode):
        for _ in range(2):
            scene.telegram.people.says(ANNA, line)
        await scene.telegram.until(lambda: len(scene.telegram.texts(ANNA)) == 2)
    assert scene.telegram.texts(ANNA) == [scene.stranger()] * 2
