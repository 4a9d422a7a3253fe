"""Open questions: the last one of each chat and person, for a while."""

from __future__ import annotations

from storage import chats, dialogs
from storage.database import Connection
from storage.dialogs import LASTS
from tests.storage.samples import MINUTE, NOW

ANNA, GROUP = "telegram:1", "telegram:-2"
WORDS, NAME = "/aboneu wann topic", "/meinabo 17 name"


async def test_the_last_question_waits_for_its_answer(conn: Connection) -> None:
    for command in (WORDS, NAME):
        await dialogs.ask(conn, ANNA, "", command, NOW)
    assert await dialogs.open_question(conn, ANNA, "", NOW + MINUTE) == NAME
    assert await dialogs.end(conn, ANNA, "")
    assert await dialogs.open_question(conn, ANNA, "", NOW + MINUTE) is None
    assert not await dialogs.end(conn, ANNA, "")


async def test_two_people_in_one_group_are_asked_separately(conn: Connection) -> None:
    await dialogs.ask(conn, GROUP, "7", WORDS, NOW)
    await dialogs.ask(conn, GROUP, "8", NAME, NOW)
    await dialogs.end(conn, GROUP, "8")
    assert await dialogs.open_question(conn, GROUP, "7", NOW) == WORDS
    assert await dialogs.open_question(conn, GROUP, "8", NOW) is None
    assert await dialogs.open_question(conn, ANNA, "7", NOW) is None


async def test_a_question_that_nobody_answers_is_dropped(conn: Connection) -> None:
    await dialogs.ask(conn, ANNA, "", WORDS, NOW)
    assert await dialogs.open_question(conn, ANNA, "", NOW + LASTS - MINUTE) == WORDS
    assert await dialogs.open_question(conn, ANNA, "", NOW + LASTS) is None
    await dialogs.ask(conn, GROUP, "", WORDS, NOW + LASTS)
    assert not await dialogs.end(conn, ANNA, ""), "the row is gone too"


async def test_a_chat_that_is_forgotten_or_moves(conn: Connection) -> None:
    await dialogs.ask(conn, ANNA, "", WORDS, NOW)
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    await chats.move(conn, ANNA, GROUP)
    assert await dialogs.open_question(conn, GROUP, "", NOW) == WORDS
    await chats.forget(conn, GROUP)
    assert await dialogs.open_question(conn, GROUP, "", NOW) is None
