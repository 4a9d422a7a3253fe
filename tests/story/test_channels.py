"""Channels, managed from the private chat of somebody who may post there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telegram import Bot

from bot.deliver import Delivery
from bot.delivery_loop import deliver_all
from bot.limiter import Limiter
from bot.receive import Receiver
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from config.texts import Languages
from handlers.access import Access, Links
from handlers.services import Services
from storage import admissions, channels, chats, outbox, subscriptions
from tests.bot.conftest import NOON, HandClock, answering
from tests.fake_telegram import FakeTelegram
from tests.story.meeting import ANNA, BERT, CHANNEL, GROUP, SUBSCRIBE, asked, handled, held, newest


async def connected(telegram: FakeTelegram, title: str = "Aus den Konferenzen") -> None:
    await asked(telegram, ANNA, "/kanal")
    before = len(telegram.texts(ANNA))
    telegram.people.shares(ANNA, CHANNEL)
    assert f"Verbunden: „{title}“" in await newest(telegram, ANNA, before)
    assert telegram.messages(ANNA)[-1].keyboard == [], "the button below the chat goes again"


@pytest.mark.usefixtures("running")
async def test_a_channel_is_connected_and_managed_from_the_private_chat(
    telegram: FakeTelegram, services: Services
) -> None:
    await connected(telegram)
    shown = await asked(telegram, ANNA, "/kanal")
    assert "Aus den Konferenzen: kein Abo" in shown
    assert "Kanal „Aus den Konferenzen“" in await asked(telegram, ANNA, f"/kanal 1 {SUBSCRIBE}")
    assert (await held(services, CHANNEL), await held(services, ANNA)) == (1, 0)
    await asked(telegram, ANNA, "/kanal")
    before = len(telegram.texts(ANNA))
    telegram.people.presses(ANNA, "Abos: Aus den Konferenzen")
    assert "Sprachkurse" in await newest(telegram, ANNA, before)
    assert all(
        button["callback_data"].startswith(("/kanal 1 ", "~"))
        for row in telegram.messages(ANNA)[-1].buttons
        for button in row
    ), "one goes on with the channel"
    assert telegram.texts(CHANNEL) == [], "nothing of this is seen there"


@pytest.mark.usefixtures("running")
async def test_a_question_about_a_channel_is_answered_for_it(telegram: FakeTelegram, services: Services) -> None:
    await connected(telegram)
    await asked(telegram, ANNA, f"/kanal 1 {SUBSCRIBE}")
    async with services.database.read() as conn:
        (subscription,) = await subscriptions.of_chat(conn, f"telegram:{CHANNEL}")
    await asked(telegram, ANNA, f"/kanal 1 /meinabo {subscription.id} name")
    await asked(telegram, ANNA, "Kurse")
    async with services.database.read() as conn:
        (subscription,) = await subscriptions.of_chat(conn, f"telegram:{CHANNEL}")
    assert subscription.name == "Kurse"


@pytest.mark.usefixtures("running")
async def test_both_sides_need_the_right_to_post(telegram: FakeTelegram, services: Services) -> None:
    """Whatever the client offers, what it sends is looked at again."""
    people, texts = telegram.people, services.texts
    assert await asked(telegram, ANNA, f"/kanal verbinden {CHANNEL}") == texts("channel.bot_may_not")
    people.promotes(CHANNEL, by=ANNA)
    assert await asked(telegram, BERT, f"/kanal verbinden {CHANNEL}") == texts("channel.person_may_not")
    people.administers(CHANNEL, BERT, may_post=False)
    people.group(-99)
    people.administers(-99, BERT)
    assert await asked(telegram, BERT, "/kanal verbinden -99") == texts("channel.bot_may_not"), "no channel at all"
    assert await asked(telegram, BERT, "/kanal verbinden -12345") == texts("channel.bot_may_not"), "none such"
    async with services.database.read() as conn:
        assert await channels.of_manager(conn, f"telegram:{BERT}") == ()


async def test_who_lost_the_right_manages_it_no_more(
    telegram: FakeTelegram, services: Services, running: Receiver, clock: HandClock
) -> None:
    await connected(telegram)
    assert await asked(telegram, BERT, "/kanal 1 /abos") == services.texts("channel.gone"), "not Bert's"
    telegram.people.steps_down(CHANNEL, ANNA)
    await clock.sleep(61)
    assert await asked(telegram, ANNA, f"/kanal 1 {SUBSCRIBE}") == services.texts("channel.person_may_not")
    assert await held(services, CHANNEL) == 0


@pytest.mark.usefixtures("running")
async def test_in_groups_and_channels_channels_are_not_managed(telegram: FakeTelegram, services: Services) -> None:
    await connected(telegram)
    for line in ("/kanal", f"/kanal verbinden {CHANNEL}", f"/kanal 1 {SUBSCRIBE}"):
        assert await asked(telegram, GROUP, line, by=ANNA) == services.texts("channel.private")
    assert await asked(telegram, CHANNEL, SUBSCRIBE) == services.texts("rights.channel")


@pytest.mark.usefixtures("running")
async def test_a_bot_that_may_not_post_any_more_is_paused(telegram: FakeTelegram, services: Services) -> None:
    await connected(telegram)
    for may_post, state in ((False, "paused"), (True, "active")):
        telegram.people.promotes(CHANNEL, by=ANNA, may_post=may_post)
        await handled(telegram)
        async with services.database.read() as conn:
            chat = await chats.get(conn, f"telegram:{CHANNEL}")
        assert chat is not None
        assert chat.state == state


@pytest.mark.usefixtures("running")
async def test_disconnecting_erases_what_nobody_else_manages(telegram: FakeTelegram, services: Services) -> None:
    await connected(telegram)
    telegram.people.administers(CHANNEL, BERT)
    await asked(telegram, BERT, f"/kanal verbinden {CHANNEL}")
    await asked(telegram, ANNA, f"/kanal 1 {SUBSCRIBE}")
    assert "andere verwalten ihn weiter" in await asked(telegram, ANNA, "/kanal trennen 1 ja")
    assert await held(services, CHANNEL) == 1
    assert "wirklich" not in await asked(telegram, BERT, "/kanal trennen 2")
    before = len(telegram.texts(BERT))
    telegram.people.presses(BERT, "Ja, trennen")
    assert "gelöscht" in await newest(telegram, BERT, before)
    async with services.database.read() as conn:
        assert await chats.get(conn, f"telegram:{CHANNEL}") is None


async def test_news_in_a_channel_leads_to_the_private_chat(
    telegram: FakeTelegram, bot: Bot, services: Services, running: Receiver, clock: HandClock
) -> None:
    """Its readers may change nothing there, and no answer to one of them disturbs the others."""
    await connected(telegram)
    async with services.database.begin() as conn:
        payload = {"resolution": 1, "revision": 1, "subscriptions": ["Sprachkurse"], "change": "new"}
        await outbox.enqueue(conn, f"telegram:{CHANNEL}", "resolution:1", "notice", payload, clock.now())
    linked = replace(services, links=Links(lambda: "BeschlussProbeBot", lambda: ""))
    turnstile = Turnstile(Limiter({}), clock, clock.sleep)
    await deliver_all(Delivery(linked, {"telegram": TelegramTransport(bot)}, clock, turnstile).one_pass, clock.sleep)
    (message,) = telegram.messages(CHANNEL)
    buttons = [button for row in message.buttons for button in row]
    assert buttons
    assert all("callback_data" not in button for button in buttons)
    assert "https://t.me/BeschlussProbeBot?start=b_1" in {button["url"] for button in buttons}


async def test_a_tap_in_a_channel_is_answered_to_who_taps_alone(
    telegram: FakeTelegram, services: Services, running: Receiver
) -> None:
    await asked(telegram, CHANNEL, "/topic Sprachkurse")
    telegram.people.presses(CHANNEL, telegram.messages(CHANNEL)[-1].labels()[0], by=BERT)
    await telegram.until(lambda: telegram.world.toasts)
    assert telegram.world.toasts == [services.texts("channel.tap")]
    assert len(telegram.texts(CHANNEL)) == 1


async def test_a_channel_has_the_access_of_who_manages_it(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> None:
    telegram.people.person(ANNA)
    telegram.people.channel(CHANNEL)
    telegram.people.administers(CHANNEL, ANNA)
    key = f"telegram:{CHANNEL}"
    async with services.database.begin() as conn:
        await admissions.admit(conn, f"telegram:{ANNA}", "Referat", NOON)
    async with answering(bot, replace(services, access=Access("invite")), clock):
        await connected(telegram, "Kanal")
        assert "Kanal „Kanal“" in await asked(telegram, ANNA, f"/kanal 1 {SUBSCRIBE}")
        async with services.database.begin() as conn:
            assert await admissions.enforce(conn, False, (), NOON) == (0, 0)
            admission = await admissions.of_chat(conn, f"telegram:{ANNA}")
            assert admission is not None
            await admissions.revoke(conn, [admission], (), NOON)
            chat = await chats.get(conn, key)
        assert chat is not None
        assert chat.barred_at == NOON
        async with services.database.begin() as conn:
            await admissions.admit(conn, f"telegram:{ANNA}", "Referat", NOON)
            chat = await chats.get(conn, key)
        assert chat is not None
        assert chat.barred_at is None


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", Languages.load().codes)
async def test_from_the_button_that_asks_for_it_to_its_subscriptions(
    telegram: FakeTelegram, services: Services, language: str
) -> None:
    texts = services.languages.of(language)
    await asked(telegram, ANNA, f"/sprache {language}")
    assert await asked(telegram, ANNA, "/kanal") == texts("channel.choose")
    before = len(telegram.texts(ANNA))
    telegram.people.shares(ANNA, CHANNEL)
    title = "Aus den Konferenzen"
    assert await newest(telegram, ANNA, before) == texts("channel.connected", title=title, id=1)
    assert texts("channel.line", title=title, total=texts("count.subscription.none")) in await asked(
        telegram, ANNA, "/kanal"
    )
    before = len(telegram.texts(ANNA))
    telegram.people.presses(ANNA, texts("channel.manage", title=title))
    assert texts("channel.name", title=title) in await newest(telegram, ANNA, before)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", Languages.load().codes)
async def test_subscriptions_are_taken_along_to_a_channel(
    telegram: FakeTelegram, services: Services, language: str
) -> None:
    texts = services.languages.of(language)
    await connected(telegram)
    await asked(telegram, ANNA, f"/sprache {language}")
    await asked(telegram, ANNA, SUBSCRIBE)
    await asked(telegram, ANNA, "/abo state Bayern")
    assert texts("moving.how") in await asked(telegram, ANNA, "/kanal 1 /abo import")
    total = texts("count.subscription.many", number=2)
    shown = await asked(telegram, ANNA, "/abo topic Sprachkurse sofort\n/abo state Bayern täglich")
    assert texts("moving.preview", total=total) in shown
    assert texts("channel.name", title="Aus den Konferenzen") in shown
    before = telegram.texts(ANNA)[-1]
    telegram.people.presses(ANNA, texts("moving.add", total=total))
    await telegram.until(lambda: telegram.texts(ANNA)[-1] != before)
    assert texts("moving.done", total=total) in telegram.texts(ANNA)[-1]
    assert (await held(services, CHANNEL), await held(services, ANNA)) == (2, 2)
