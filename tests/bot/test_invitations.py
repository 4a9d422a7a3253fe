"""Invitations: whom they let in, how often, how long."""

from __future__ import annotations

import pytest

from storage import invitations
from tests.bot.conftest import NOON
from tests.bot.entrances import ANNA, GROUP, TOKEN, Scene
from tests.bot.entrances import scene as scene


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
