"""An operator holds a resolution back, or corrects it, while messages about it are on their way."""

from __future__ import annotations

import pytest

from bot.deliver import CLAIM
from bot.outcome import Rejected
from bot.transports.telegram_errors import NETWORK_PAUSE
from storage import chats, digests, holds, outbox
from tests.bot.conftest import NOON, store_resolutions
from tests.fake_telegram import Fault
from tests.faults.conftest import FIRST, Scene

CHATS = range(FIRST, FIRST + 12)


async def digests_due(scene: Scene, known: list[int]) -> None:
    async with scene.services.database.begin() as conn:
        for chat in CHATS:
            key = f"telegram:{chat}"
            scene.telegram.people.person(chat)
            await chats.ensure(conn, key, "Europe/Berlin", NOON)
            for id in known:
                await digests.put(conn, key, id, 1, "new", ["Sprachkurse"], NOON)
            await digests.close(conn, key, NOON.date(), NOON)


async def hold(scene: Scene, id: int) -> int:
    async with scene.services.database.begin() as conn:
        return await holds.hold(conn, id, scene.clock.now())


async def release(scene: Scene, id: int) -> int:
    async with scene.services.database.begin() as conn:
        return await holds.release(conn, id, scene.clock.now())


@pytest.mark.parametrize("sent", [0, 5, 12])
async def test_a_resolution_is_told_or_held_back_and_never_both(scene: Scene, sent: int) -> None:
    """Digests are being composed, and some have gone out, when one of their resolutions is held back."""
    known = await store_resolutions(scene.services, 2)
    await digests_due(scene, known)
    await scene.delivery.step(0)
    await scene.telegram.until(lambda: len(scene.telegram.called("sendMessage")) >= sent)
    await hold(scene, known[0])
    await scene.deliver()
    async with scene.services.database.read() as conn:
        waits = [chat for chat in CHATS if await digests.entries(conn, f"telegram:{chat}")]
    assert [chat for chat in CHATS if 1 in scene.told(chat)] == [chat for chat in CHATS if chat not in waits]
    assert all(2 in scene.told(chat) for chat in CHATS)
    await release(scene, known[0])
    async with scene.services.database.begin() as conn:
        for chat in CHATS:
            await digests.close(conn, f"telegram:{chat}", NOON.date().replace(day=2), scene.clock.now())
    await scene.deliver()
    assert [scene.told(chat) for chat in CHATS] == [[1, 2]] * 12


async def test_what_was_tried_in_vain_is_held_back_all_the_same(scene: Scene) -> None:
    """An outage: its words are fixed, and it certainly did not arrive."""
    known = await store_resolutions(scene.services, 1)
    await scene.notify(known, chats_=1)
    await scene.telegram.stop()
    await scene.deliver()
    assert await hold(scene, known[0]) == 1
    await scene.telegram.start()
    await scene.later(seconds=NETWORK_PAUSE)
    assert scene.told(FIRST) == []
    assert await release(scene, known[0]) == 1
    await scene.deliver()
    assert scene.told(FIRST) == [1]


async def test_a_digest_that_was_tried_in_vain_loses_that_entry_only(scene: Scene) -> None:
    known = await store_resolutions(scene.services, 2)
    await digests_due(scene, known)
    await scene.telegram.stop()
    await scene.deliver()
    assert await hold(scene, known[0]) == len(CHATS)
    await scene.telegram.start()
    await scene.later(seconds=NETWORK_PAUSE)
    assert [scene.told(chat) for chat in CHATS] == [[2]] * len(CHATS)


async def test_what_is_refused_for_now_while_it_is_held_back_is_not_sent_again(scene: Scene) -> None:
    """It was under way when the hold came, and Telegram told it to wait."""
    known = await store_resolutions(scene.services, 1)
    await scene.notify(known, chats_=1)
    async with scene.services.database.begin() as conn:
        (message,) = await outbox.claim(conn, scene.clock.now(), CLAIM, 1)
        await outbox.fix_parts(conn, message, [{"text": "Sprachkurse, Teil 1", "entities": [], "buttons": []}])
        await outbox.begin_sending(conn, message, scene.clock.now())
    assert await hold(scene, known[0]) == 0
    await scene.delivery._settle(message, Rejected("Too Many Requests", retry_after=1, flood=True))
    await scene.later(seconds=5)
    assert scene.told(FIRST) == []
    assert await scene.counts() == {"held": 1}


@pytest.mark.parametrize("dies", [False, True], ids=["under way", "unknown"])
async def test_a_correction_goes_to_who_may_be_reading_it_at_this_moment(scene: Scene, dies: bool) -> None:
    known = await store_resolutions(scene.services, 1)
    await scene.notify(known, chats_=1)
    if dies:
        scene.telegram.misbehave("sendMessage", Fault.CUT_AFTER)
        await scene.deliver()
    else:
        async with scene.services.database.begin() as conn:
            (message,) = await outbox.claim(conn, scene.clock.now(), CLAIM, 1)
            await outbox.begin_sending(conn, message, scene.clock.now())
    async with scene.services.database.begin() as conn:
        assert await holds.correct(conn, known[0], 1, "Die Frist war falsch.", scene.clock.now()) == 1


async def test_who_was_not_reached_is_told_what_is_right_by_now(scene: Scene) -> None:
    """Two chats wait for one that was tried in vain, and for a digest; the resolution has been read anew in silence."""
    known = await store_resolutions(scene.services, 1)
    await scene.notify(known, chats_=1)
    await scene.telegram.stop()
    await scene.deliver()
    await store_resolutions(scene.services, 1, title="Integrationskurse, Teil")
    async with scene.services.database.begin() as conn:
        assert await holds.correct(conn, known[0], 2, "Der Titel war falsch.", scene.clock.now()) == 0
    await scene.telegram.start()
    await scene.later(seconds=NETWORK_PAUSE)
    (text,) = scene.telegram.texts(FIRST)
    assert "Integrationskurse, Teil 1" in text
