"""Fetching updates through the real request stack: nothing lost, nothing twice, nothing that blocks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, Update

from bot.transports.attempts import BackOff, TokenRefusedError
from bot.transports.polling import Poller
from bot.transports.telegram import telegram_bot
from config.settings import Secret
from tests.fake_telegram import FakeTelegram, Fault, RefusedError, conflict

ANNA, BERT = 4711, 4712
QUICK = BackOff(first=0.01, most=0.02)


class Reader:
    """Notes the texts it is given, in the order in which it had finished with them."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.seen: list[str] = []
        self._telegram = telegram

    async def __call__(self, update: Update) -> None:
        assert update.message is not None
        self.seen.append(update.message.text or "")
        self._telegram.world.changed()


@pytest.fixture
def reader(telegram: FakeTelegram) -> Reader:
    telegram.people.person(ANNA)
    telegram.people.person(BERT)
    return Reader(telegram)


@asynccontextmanager
async def polling(bot: Bot, handle: Callable[[Update], Awaitable[None]]) -> AsyncIterator[Poller]:
    """A running poller, stopped in the orderly way at the end."""
    poller = Poller(bot, handle, QUICK)
    task = asyncio.create_task(poller.run())
    try:
        yield poller
    finally:
        poller.stop()
        await asyncio.wait_for(task, 20)


async def test_updates_are_handled_and_confirmed(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    telegram.people.says(ANNA, "vorher")
    async with polling(bot, reader):
        telegram.people.says(ANNA, "während")
        await telegram.until(lambda: len(reader.seen) == 2)
        await telegram.until(lambda: not telegram.world.updates.pending)
    assert reader.seen == ["vorher", "während"]


async def test_nothing_is_confirmed_before_it_was_handled(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    go_on = asyncio.Event()

    async def slow(update: Update) -> None:
        if update.message and update.message.text == "eins":
            await go_on.wait()
        await reader(update)

    telegram.people.says(ANNA, "eins")
    async with polling(bot, slow):
        await telegram.until(lambda: telegram.called("getUpdates"))
        telegram.people.says(BERT, "zwei")
        await telegram.until(lambda: reader.seen == ["zwei"])
        await telegram.until(lambda: len(telegram.called("getUpdates")) > 3)
        assert len(telegram.world.updates.pending) == 2, "the later one is not confirmed over the head of the first"
        go_on.set()
    assert reader.seen == ["zwei", "eins"], "each one once, though Telegram gave them again"
    assert not telegram.world.updates.pending, "an orderly stop confirms what was handled"


async def test_after_a_crash_the_same_updates_come_again(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    begun = asyncio.Event()

    async def stuck(update: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    telegram.people.says(ANNA, "eins")
    crashed = asyncio.create_task(Poller(bot, stuck, QUICK).run())
    await asyncio.wait_for(begun.wait(), 20)
    crashed.cancel()
    await asyncio.wait([crashed])
    async with polling(bot, reader):
        await telegram.until(lambda: reader.seen == ["eins"])


BROKEN: tuple[dict[str, object], ...] = (
    {"message": {"message_id": 1}},
    {"message": "no object"},
    {"callback_query": {"id": 5}},
    {"my_chat_member": []},
)


@pytest.mark.parametrize("broken", BROKEN, ids=repr)
async def test_an_update_that_cannot_be_read_blocks_nobody(
    telegram: FakeTelegram, bot: Bot, reader: Reader, broken: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    telegram.people.says(ANNA, "davor")
    number = telegram.world.updates.add(broken)
    telegram.people.says(ANNA, "danach")
    async with polling(bot, reader):
        await telegram.until(lambda: len(reader.seen) == 2)
        await telegram.until(lambda: not telegram.world.updates.pending)
    assert reader.seen == ["davor", "danach"]
    (record,) = [record for record in caplog.records if record.getMessage() == "telegram.update_unreadable"]
    assert record.__dict__["fields"]["update_id"] == number
    assert "davor" not in caplog.text, "what people write is not logged"


async def test_an_update_without_a_number_blocks_nobody(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    telegram.world.updates.put({"message": {}})
    telegram.people.says(ANNA, "eins")
    async with polling(bot, reader):
        await telegram.until(lambda: reader.seen == ["eins"])
        telegram.people.says(ANNA, "zwei")
        await telegram.until(lambda: reader.seen == ["eins", "zwei"])


async def test_a_handler_that_fails_loses_only_its_own(
    telegram: FakeTelegram, bot: Bot, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    async def choosy(update: Update) -> None:
        if update.message and update.message.text == "schlecht":
            raise RuntimeError("on purpose")
        await reader(update)

    for text in ("gut", "schlecht", "auch gut"):
        telegram.people.says(ANNA, text)
    async with polling(bot, choosy):
        await telegram.until(lambda: len(reader.seen) == 2)
        await telegram.until(lambda: not telegram.world.updates.pending)
    assert "telegram.update_failed" in caplog.text


async def test_a_slow_chat_does_not_hold_up_another(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    go_on = asyncio.Event()

    async def slow_for_anna(update: Update) -> None:
        if update.effective_chat and update.effective_chat.id == ANNA:
            await go_on.wait()
        await reader(update)

    telegram.people.says(ANNA, "langsam")
    telegram.people.says(BERT, "schnell")
    async with polling(bot, slow_for_anna):
        await telegram.until(lambda: reader.seen == ["schnell"])
        go_on.set()
    assert reader.seen == ["schnell", "langsam"]


async def test_an_update_that_comes_twice_is_handled_once(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    telegram.people.says(ANNA, "eins")
    telegram.world.updates.put(telegram.world.updates.pending[0])
    async with polling(bot, reader):
        await telegram.until(lambda: not telegram.world.updates.pending)
        telegram.people.says(ANNA, "zwei")
        await telegram.until(lambda: "zwei" in reader.seen)
    assert reader.seen == ["eins", "zwei"]


@pytest.mark.parametrize(
    ("trouble", "event"),
    [
        (Fault.ERROR_BEFORE, "telegram.not_reached"),
        (Fault.CUT_BEFORE, "telegram.not_reached"),
        (Fault.BROKEN_JSON, "telegram.not_reached"),
        (Fault.ODD_RESULT, "telegram.not_reached"),
        (Fault.NOT_HTTP, "telegram.not_reached"),
        (Fault.PROXY_PAGE, "telegram.not_reached"),
        (conflict(), "telegram.conflict"),
        (RefusedError(401, "Unauthorized"), "telegram.not_reached"),
    ],
    ids=str,
)
async def test_it_recovers(
    telegram: FakeTelegram,
    bot: Bot,
    reader: Reader,
    trouble: Fault | RefusedError,
    event: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    telegram.misbehave("getUpdates", trouble, times=3)
    telegram.people.says(ANNA, "eins")
    async with polling(bot, reader):
        await telegram.until(lambda: reader.seen == ["eins"])
    events = [record.getMessage() for record in caplog.records if record.name == "bot.transports.attempts"]
    assert events == [event] * 3 + ["telegram.reached_again"]


async def test_two_pollers_are_told_so(
    telegram: FakeTelegram, bot: Bot, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(bot, reader):
        await telegram.until(lambda: telegram.called("getUpdates"))
        await bot.get_updates(timeout=0)
        await telegram.until(lambda: "telegram.conflict" in caplog.text)
        telegram.people.says(ANNA, "eins")
        await telegram.until(lambda: reader.seen == ["eins"])


async def test_an_outage_at_the_start_and_in_between(telegram: FakeTelegram, reader: Reader) -> None:
    bot = telegram_bot(Secret(telegram.token), telegram.api_base)
    await telegram.stop()
    async with polling(bot, reader) as poller:
        await asyncio.sleep(0.05)
        await telegram.start()
        telegram.people.says(ANNA, "eins")
        await telegram.until(lambda: reader.seen == ["eins"])
        await telegram.stop()
        await asyncio.sleep(0.05)
        await telegram.start()
        telegram.people.says(ANNA, "zwei")
        await telegram.until(lambda: reader.seen == ["eins", "zwei"])
        poller.stop()
    await bot.shutdown()


async def test_a_webhook_that_was_set_is_ended(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    await bot.set_webhook("https://bote.example/hook")
    telegram.people.says(ANNA, "eins")
    async with polling(bot, reader):
        await telegram.until(lambda: reader.seen == ["eins"])
    assert telegram.world.webhook is None


async def test_a_refused_token_is_a_clear_error(telegram: FakeTelegram, reader: Reader) -> None:
    bot = telegram_bot(Secret("1:wrong"), telegram.api_base)
    with pytest.raises(TokenRefusedError, match="BESCHLUSSBOTE_TELEGRAM_TOKEN") as caught:
        await Poller(bot, reader, QUICK).run()
    assert "1:wrong" not in str(caught.value)
    await bot.shutdown()


async def test_stopping_does_not_wait_for_the_long_poll(telegram: FakeTelegram, bot: Bot, reader: Reader) -> None:
    """The request would be held for 25 s; the test's own deadline of 20 s would strike first."""
    async with polling(bot, reader):
        await telegram.until(lambda: telegram.called("getUpdates"))


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1.0), (2, 2.0), (5, 16.0), (7, 60.0), (10_000, 60.0)])
def test_back_off_doubles_up_to_a_minute(failures: int, seconds: float) -> None:
    assert BackOff().after(failures) == seconds


POLL = {"id": "1", "question": "Wann?", "options": 7}
NEW_KINDS: tuple[tuple[dict[str, object], list[str]], ...] = (
    ({"poll": POLL}, [" "]),
    ({"poll": POLL, "caption": "/hilfe"}, ["/hilfe"]),
    ({"poll": POLL, "chat": {"id": -5, "type": "group", "title": "Gruppe"}}, []),
)


@pytest.mark.parametrize(("news", "read"), NEW_KINDS, ids=["private", "with words", "group"])
async def test_a_person_whose_message_the_library_cannot_read_is_answered(
    telegram: FakeTelegram, bot: Bot, reader: Reader, news: dict[str, object], read: list[str]
) -> None:
    anna = {"id": ANNA, "type": "private", "first_name": "Anna"}
    sender = {"id": ANNA, "is_bot": False, "first_name": "Anna"}
    telegram.world.updates.add({"message": {"message_id": 1, "date": 1, "chat": anna, "from": sender, **news}})
    telegram.people.says(ANNA, "danach")
    async with polling(bot, reader):
        await telegram.until(lambda: "danach" in reader.seen)
    assert reader.seen == [*read, "danach"]
