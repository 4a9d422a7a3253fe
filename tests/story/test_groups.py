"""Groups and channels, as the people in them see it: who may change something, and where it is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from telegram import Bot

from bot.deliver import Delivery
from bot.delivery_loop import deliver_all
from bot.limiter import Limiter
from bot.receive import Receiver
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from handlers.access import Access, Links
from handlers.services import Services
from storage import admissions, channels, chats, outbox, subscriptions
from tests.bot.conftest import NOON, HandClock, answering, store_resolutions
from tests.fake_telegram import FakeTelegram, Fault

ANNA, BERT, GROUP, FORUM, CHANNEL = 4711, 4712, -5, -6, -1007
SUBSCRIBE = "/abo topic Sprachkurse"


@pytest.fixture
async def running(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> AsyncIterator[Receiver]:
    """Anna administers the group, the forum and the channel; Bert is in them."""
    people = telegram.people
    for person in (ANNA, BERT):
        people.person(person)
    people.group(GROUP)
    people.group(FORUM, threads=(7, 8))
    people.channel(CHANNEL, "Aus den Konferenzen")
    for chat in (GROUP, FORUM, CHANNEL):
        people.administers(chat, ANNA)
    await store_resolutions(services, 2)
    async with answering(bot, services, clock) as receiver:
        yield receiver


async def held(services: Services, chat: int | str) -> int:
    async with services.database.read() as conn:
        return len(await subscriptions.of_chat(conn, f"telegram:{chat}"))


async def newest(telegram: FakeTelegram, chat: int, before: int) -> str:
    await telegram.until(lambda: len(telegram.texts(chat)) > before)
    return telegram.texts(chat)[-1]


async def asked(telegram: FakeTelegram, chat: int, text: str, by: int | None = None, thread: int | None = None) -> str:
    before = len(telegram.texts(chat))
    telegram.people.says(chat, text, by=by, thread=thread)
    return await newest(telegram, chat, before)


async def handled(telegram: FakeTelegram) -> None:
    await telegram.until(lambda: not telegram.world.updates.pending)


@pytest.mark.usefixtures("running")
async def test_a_groups_subscriptions_are_its_administrators(telegram: FakeTelegram, services: Services) -> None:
    assert await asked(telegram, GROUP, SUBSCRIBE, by=BERT) == services.texts("rights.group")
    assert await held(services, GROUP) == 0
    assert "Abonniert" in await asked(telegram, GROUP, SUBSCRIBE, by=ANNA)
    assert await held(services, GROUP) == 1
    for line in ("/stopp ja", "/digest 07:30", "/abos", "/topic Sprachkurse"):
        refused = await asked(telegram, GROUP, line, by=BERT) == services.texts("rights.group")
        assert refused == line.startswith(("/stopp", "/digest")), line
    assert await held(services, GROUP) == 1


@pytest.mark.usefixtures("running")
async def test_a_tap_is_judged_by_who_taps(telegram: FakeTelegram, services: Services) -> None:
    await asked(telegram, GROUP, "/topic Sprachkurse", by=BERT)
    label = next(label for label in telegram.messages(GROUP)[-1].labels() if label.startswith("Abonnieren"))
    telegram.people.presses(GROUP, label, by=BERT)
    await telegram.until(lambda: telegram.world.toasts)
    assert telegram.world.toasts == [services.texts("rights.group")]
    assert await held(services, GROUP) == 0
    before = len(telegram.texts(GROUP))
    telegram.people.presses(GROUP, label, by=ANNA)
    assert "Abonniert" in await newest(telegram, GROUP, before)


@pytest.mark.usefixtures("running")
async def test_an_anonymous_administrator_is_one(telegram: FakeTelegram, services: Services) -> None:
    sender = {"id": GROUP, "type": "group", "title": "Referat"}
    telegram.people.posts(GROUP, text=SUBSCRIBE, sender_chat=sender)
    assert "Abonniert" in await newest(telegram, GROUP, 0)
    telegram.people.posts(GROUP, text="/stopp", sender_chat={"id": -77, "type": "channel", "title": "Fremd"})
    assert await newest(telegram, GROUP, 1) == services.texts("rights.group")


async def test_who_is_none_any_more_is_none_soon(
    telegram: FakeTelegram, services: Services, running: Receiver, clock: HandClock
) -> None:
    await asked(telegram, GROUP, SUBSCRIBE, by=ANNA)
    await asked(telegram, GROUP, "/digest 07:30", by=ANNA)
    assert len(telegram.called("getChatMember")) == 1, "remembered for a moment"
    telegram.people.steps_down(GROUP, ANNA)
    await clock.sleep(61)
    assert await asked(telegram, GROUP, "/stopp ja", by=ANNA) == services.texts("rights.group")


@pytest.mark.usefixtures("running")
async def test_when_telegram_does_not_say_nothing_is_changed(telegram: FakeTelegram, services: Services) -> None:
    telegram.misbehave("getChatMember", Fault.ERROR_BEFORE)
    assert await asked(telegram, GROUP, SUBSCRIBE, by=ANNA) == services.texts("rights.unknown")
    assert "Abonniert" in await asked(telegram, GROUP, SUBSCRIBE, by=ANNA)


@pytest.mark.usefixtures("running")
async def test_the_topics_of_a_forum_have_subscriptions_of_their_own(
    telegram: FakeTelegram, services: Services
) -> None:
    await asked(telegram, FORUM, SUBSCRIBE, by=ANNA, thread=7)
    await asked(telegram, FORUM, "/abo state Bayern", by=ANNA, thread=8)
    await asked(telegram, FORUM, "/abo state Hessen", by=ANNA, thread=8)
    assert [await held(services, f"{FORUM}/{topic}") for topic in (7, 8)] == [1, 2]
    assert await held(services, FORUM) == 0
    assert await asked(telegram, FORUM, SUBSCRIBE, by=BERT, thread=8) == services.texts("rights.group")


OURS = {"message_id": 3, "date": 1, "text": "Neuer Beschluss", "chat": {"id": GROUP, "type": "group", "title": "R"}}
BOT_USER = {"id": 999, "is_bot": True, "first_name": "Beschlussbote", "username": "BeschlussProbeBot"}
OPENING = {**OURS, "text": None, "forum_topic_created": {"name": "Referat", "icon_color": 1}}


@pytest.mark.usefixtures("running")
async def test_it_answers_only_when_addressed(telegram: FakeTelegram) -> None:
    people = telegram.people
    people.says(GROUP, "Sprachkurse")
    people.posts(GROUP, text="Sprachkurse", reply_to_message={**OURS, "from": {**BOT_USER, "id": 7, "username": "x"}})
    people.posts(GROUP, text="Sprachkurse", reply_to_message={**OPENING, "from": BOT_USER})
    people.posts(GROUP, text="@BeschlussProbeBote Sprachkurse")
    people.posts(GROUP, photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}])
    await handled(telegram)
    assert telegram.texts(GROUP) == []
    people.posts(GROUP, text="@beschlussprobebot Sprachkurse?")
    assert "Sprachkurse, Teil 1" in await newest(telegram, GROUP, 0)
    people.posts(GROUP, text="Sprachkurse", reply_to_message={**OURS, "from": BOT_USER})
    assert "Sprachkurse, Teil 1" in await newest(telegram, GROUP, 1)


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
async def test_all_of_it_in_english(telegram: FakeTelegram, services: Services) -> None:
    texts = services.languages.of("en")
    await asked(telegram, GROUP, "/sprache en", by=ANNA)
    assert await asked(telegram, GROUP, "/subscribe Sprachkurse", by=BERT) == texts("rights.group")
    await asked(telegram, ANNA, "/language en")
    assert await asked(telegram, ANNA, "/channel") == texts("channel.choose")
    before = len(telegram.texts(ANNA))
    telegram.people.shares(ANNA, CHANNEL)
    assert await newest(telegram, ANNA, before) == texts("channel.connected", title="Aus den Konferenzen", id=1)
    await asked(telegram, ANNA, "/channel")
    before = len(telegram.texts(ANNA))
    telegram.people.presses(ANNA, texts("channel.manage", title="Aus den Konferenzen"))
    assert texts("channel.name", title="Aus den Konferenzen") in await newest(telegram, ANNA, before)
