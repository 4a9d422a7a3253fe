"""Groups, as the people in them see it: who may change something, and where it is answered."""

from __future__ import annotations

import pytest

from bot.receive import Receiver
from config.texts import Languages
from handlers.services import Services
from tests.bot.conftest import HandClock
from tests.fake_telegram import FakeTelegram, Fault
from tests.story.meeting import ANNA, BERT, FORUM, GROUP, SUBSCRIBE, asked, handled, held, newest


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


LANGUAGES = Languages.load()


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", LANGUAGES.codes)
async def test_a_group_speaks_its_language_to_everybody_in_it(
    telegram: FakeTelegram, services: Services, language: str
) -> None:
    texts = LANGUAGES.of(language)
    assert await asked(telegram, GROUP, f"/sprache {language}", by=BERT) == services.texts("rights.group")
    await asked(telegram, GROUP, f"/sprache {language}", by=ANNA)
    assert await asked(telegram, GROUP, SUBSCRIBE, by=BERT) == texts("rights.group")
    found = texts("topic.found", query="Sprachkurse", total=texts("count.result.many", number=2))
    assert (await asked(telegram, GROUP, "/topic Sprachkurse", by=BERT)).startswith(found)
    before = len(telegram.texts(GROUP))
    telegram.people.posts(GROUP, text="@BeschlussProbeBot Sprachkurse", by=BERT)
    assert found in await newest(telegram, GROUP, before)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", LANGUAGES.codes)
async def test_a_group_that_becomes_a_supergroup_keeps_all_it_has(
    telegram: FakeTelegram, services: Services, language: str
) -> None:
    texts, moved = LANGUAGES.of(language), -1005
    for line in (f"/sprache {language}", SUBSCRIBE, "/digest 07:30"):
        await asked(telegram, GROUP, line, by=ANNA)
    telegram.people.migrates(GROUP, moved)
    await handled(telegram)
    telegram.people.administers(moved, ANNA)
    assert (await held(services, GROUP), await held(services, moved)) == (0, 1)
    listed = await asked(telegram, moved, "/abos", by=BERT)
    assert texts("rhythm.digest_at", time="07:30") in listed, "its settings and its language went along"
    before = len(telegram.texts(moved))
    telegram.people.presses(moved, "1. Sprachkurse", by=ANNA)
    await handled(telegram)
    assert len(telegram.texts(moved)) == before, "its page takes the place of the list"
    telegram.people.presses(moved, texts("button.end"), by=ANNA)
    await telegram.until(lambda: texts("button.undo") in telegram.messages(moved)[-1].labels())
    assert await held(services, moved) == 0


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", LANGUAGES.codes)
async def test_in_each_topic_of_a_forum_the_forums_language(
    telegram: FakeTelegram, services: Services, language: str
) -> None:
    texts = LANGUAGES.of(language)
    await asked(telegram, FORUM, f"/sprache {language}", by=ANNA)
    await asked(telegram, FORUM, "/abo state Bayern", by=ANNA, thread=7)
    await asked(telegram, FORUM, "/abo state Hessen", by=ANNA, thread=8)
    for thread, state in ((7, "Bayern"), (8, "Hessen")):
        listed = await asked(telegram, FORUM, "/abos", by=BERT, thread=thread)
        assert listed.startswith(texts("subscriptions.heading", total=texts("count.subscription.one")))
        assert texts("subscription.state", label=state) in listed
        assert telegram.messages(FORUM)[-1].thread == thread
