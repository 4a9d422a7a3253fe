"""What takes the place of a message: edited where that is possible, else new; never twice, never lost."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot

from bot.limiter import Limiter
from bot.outcome import Accepted, Outcome, Rejected, Unknown
from bot.payload import Payload, compose, is_web_address, replacing
from bot.receive import Receiver
from bot.tap import Tap
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from tests.bot.conftest import NOON, HandClock, store_resolutions
from tests.fake_telegram import FakeTelegram, Fault, RefusedError

ANNA = 4711
HELLO: Payload = {"text": "Guten Tag", "entities": [], "buttons": []}


@pytest.fixture
def transport(telegram: FakeTelegram, bot: Bot) -> TelegramTransport:
    telegram.people.person(ANNA)
    return TelegramTransport(bot)


@pytest.fixture
async def receiver(
    telegram: FakeTelegram, transport: TelegramTransport, services: Services, clock: HandClock
) -> Receiver:
    """Over seven resolutions on language courses."""
    await store_resolutions(services, 7)
    return Receiver(services, transport, clock, Turnstile(Limiter({}), clock, clock.sleep), clock.sleep)


class Toasts:
    """Acknowledges taps; `shows` says whether a toast appears."""

    def __init__(self, shows: bool = True) -> None:
        self.said: list[str] = []
        self._shows = shows

    async def acknowledge(self, toast: str) -> bool:
        self.said.append(toast)
        return self._shows


def said(line: str, pressed: str | None = None) -> Incoming:
    return Incoming(f"telegram:{ANNA}", line, NOON, pressed=pressed)


async def press(receiver: Receiver, message: str, line: str, toasts: Toasts, number: int | None = None) -> None:
    """Tap a button under that message."""
    await receiver.receive(said(line, message), number, Tap(toasts.acknowledge))


async def outcome_of(transport: TelegramTransport, payload: Payload) -> Outcome:
    """Of the form that Telegram takes at last."""
    outcome = await transport.send(str(ANNA), payload)
    while isinstance(outcome, Rejected) and outcome.other is not None:
        outcome = await transport.send(str(ANNA), outcome.other)
    return outcome


async def sent(transport: TelegramTransport, payload: Payload = HELLO) -> str:
    outcome = await outcome_of(transport, payload)
    assert isinstance(outcome, Accepted)
    return outcome.message_id


async def test_a_message_is_replaced_with_its_buttons(telegram: FakeTelegram, transport: TelegramTransport) -> None:
    number = await sent(transport, {**HELLO, "buttons": [[{"label": "Weiter", "command": "/neu ab 4"}]]})
    other = compose(Reply((plain("Seite 2"),), ((Button("Quelle (PDF)", url="https://a.example/x.pdf"),),)))
    (payload,) = replacing(other, number)
    assert await transport.send(str(ANNA), payload) == Accepted(number)
    (message,) = telegram.messages(ANNA)
    assert (message.text, message.labels()) == ("Seite 2", ["Quelle (PDF)"])


async def test_the_same_once_more_counts_as_accepted(telegram: FakeTelegram, transport: TelegramTransport) -> None:
    number = await sent(transport)
    assert await transport.send(str(ANNA), {**HELLO, "replaces": number}) == Accepted(number)
    assert telegram.texts(ANNA) == ["Guten Tag"]


@pytest.mark.parametrize("gone", [True, False])
async def test_what_cannot_be_edited_comes_as_a_new_message(
    telegram: FakeTelegram, transport: TelegramTransport, gone: bool
) -> None:
    number = await sent(transport)
    chat = telegram.world.chats[ANNA]
    if gone:
        chat.messages.clear()
    else:
        chat.frozen.add(int(number))
    assert await sent(transport, {**HELLO, "text": "Seite 2", "replaces": number}) != number
    assert telegram.texts(ANNA)[-1] == "Seite 2"


@pytest.mark.parametrize(
    ("fault", "text"),
    [(Fault.ERROR_BEFORE, "Guten Tag"), (Fault.CUT_AFTER, "Seite 2"), (Fault.ODD_RESULT, "Seite 2")],
)
async def test_an_edit_of_unknown_fate_may_be_repeated(
    telegram: FakeTelegram, transport: TelegramTransport, fault: Fault, text: str
) -> None:
    number = await sent(transport)
    telegram.misbehave("editMessageText", fault)
    payload = {**HELLO, "text": "Seite 2", "replaces": number}
    outcome = await transport.send(str(ANNA), payload)
    assert isinstance(outcome, Unknown)
    assert outcome.harmless
    assert telegram.texts(ANNA) == [text]
    assert await transport.send(str(ANNA), payload) == Accepted(number)
    assert telegram.texts(ANNA) == ["Seite 2"]


async def test_a_new_message_in_place_of_an_edit_is_not_repeated(
    telegram: FakeTelegram, transport: TelegramTransport
) -> None:
    telegram.misbehave("sendMessage", Fault.CUT_AFTER)
    outcome = await outcome_of(transport, {**HELLO, "replaces": "999"})
    assert isinstance(outcome, Unknown)
    assert not outcome.harmless


async def test_an_edit_in_a_closed_chat_is_refused(telegram: FakeTelegram, transport: TelegramTransport) -> None:
    number = await sent(transport)
    telegram.people.blocks(ANNA)
    outcome = await transport.send(str(ANNA), {**HELLO, "text": "Seite 2", "replaces": number})
    assert isinstance(outcome, Rejected)
    assert outcome.gone


async def test_a_refused_address_takes_only_its_button_along(
    telegram: FakeTelegram, transport: TelegramTransport
) -> None:
    telegram.misbehave("sendMessage", RefusedError(400, "Bad Request: BUTTON_URL_INVALID"))
    rows = [[{"label": "Quelle", "url": "https://a.example"}, {"label": "Neu", "command": "/neu"}]]
    await sent(transport, {**HELLO, "buttons": rows})
    assert telegram.messages(ANNA)[0].labels() == ["Neu"]


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://a.example/x.pdf#page=3", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost/x", False),
        ("ftp://a.example/x", False),
        ("https://a.example/x y", False),
        ("https://[broken", False),
        ("/home/x.pdf", False),
        ("https://a.example/" + "x" * 2100, False),
    ],
)
def test_addresses_that_a_button_may_open(url: str, fine: bool) -> None:
    assert is_web_address(url) is fine
    buttons = compose(Reply((plain("Text"),), ((Button("Quelle", url=url),),)))[0]["buttons"]
    assert bool(buttons) is fine


def test_several_parts_cannot_replace_one() -> None:
    payloads = compose(Reply(tuple(plain("Wort " * 300) for _ in range(6))))
    assert replacing(payloads, "7") == payloads


async def test_turning_the_page_edits_the_message(telegram: FakeTelegram, receiver: Receiver) -> None:
    """Forward, back, and a second tap on the same button."""
    await receiver.receive(said("/neu"))
    first = telegram.texts(ANNA)[0]
    seen = []
    for command in ("/neu ab 6", "/neu ab 6", "/neu ab 1"):
        number = str(telegram.messages(ANNA)[0].message_id)
        await press(receiver, number, command, Toasts())
        assert len(telegram.texts(ANNA)) == 1
        seen.append(telegram.texts(ANNA)[0])
    assert seen == [seen[0], seen[0], first]
    assert seen[0] != first


async def test_typed_or_opened_it_is_a_new_message(telegram: FakeTelegram, receiver: Receiver) -> None:
    await receiver.receive(said("/neu"))
    number = str(telegram.messages(ANNA)[0].message_id)
    await receiver.receive(said("/neu ab 6"))
    await press(receiver, number, "/neu", Toasts())
    assert len(telegram.texts(ANNA)) == 3


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.CUT_AFTER])
async def test_an_edit_is_tried_until_it_is_sure(telegram: FakeTelegram, receiver: Receiver, fault: Fault) -> None:
    await receiver.receive(said("/neu"))
    number = str(telegram.messages(ANNA)[0].message_id)
    telegram.misbehave("editMessageText", fault)
    await press(receiver, number, "/neu ab 6", Toasts())
    assert len(telegram.called("editMessageText")) == 2
    assert ["6–7 von 7" in text for text in telegram.texts(ANNA)] == [True]


async def test_an_edit_that_was_interrupted_is_simply_made(
    telegram: FakeTelegram, receiver: Receiver, transport: TelegramTransport, services: Services, clock: HandClock
) -> None:
    """The process died after the note that it answers; the update comes again."""
    await receiver.receive(said("/neu"))
    number = str(telegram.messages(ANNA)[0].message_id)
    telegram.misbehave("editMessageText", Fault.ERROR_BEFORE, times=9)
    await press(receiver, number, "/neu ab 6", Toasts(), 1001)
    telegram.behave()
    async with services.database.begin() as conn:
        await conn.exec_driver_sql("UPDATE updates SET done = 0")
    turnstile = Turnstile(Limiter({}), clock, clock.sleep)
    later = Receiver(services, transport, clock, turnstile, clock.sleep, owner="second")
    await press(later, number, "/neu ab 6", Toasts(), 1001)
    assert ["6–7 von 7" in text for text in telegram.texts(ANNA)] == [True]


async def test_a_tap_is_acknowledged_once_with_the_first_words() -> None:
    toasts = Toasts()
    tap = Tap(toasts.acknowledge)
    async with tap.in_time():
        assert await tap.acknowledge("Gespeichert")
        assert not await tap.acknowledge("Noch etwas")
    assert toasts.said == ["Gespeichert"]


async def test_a_tap_whose_answer_takes_long_is_acknowledged_before_it() -> None:
    acknowledged = asyncio.Event()

    async def acknowledge(toast: str) -> bool:
        assert toast == ""
        acknowledged.set()
        return True

    tap = Tap(acknowledge)
    async with tap.in_time(patience=0.0):
        await acknowledged.wait()
        assert not await tap.acknowledge("Gespeichert"), "there is no second one"


async def test_a_tap_is_acknowledged_when_its_answer_fails() -> None:
    toasts = Toasts()
    tap = Tap(toasts.acknowledge)
    with pytest.raises(RuntimeError):
        async with tap.in_time():
            raise RuntimeError
    assert toasts.said == [""]


async def test_a_switch_turns_the_message_and_says_so_in_a_toast(telegram: FakeTelegram, receiver: Receiver) -> None:
    await receiver.receive(said("/leise"))
    number, toasts = str(telegram.messages(ANNA)[0].message_id), Toasts()
    await press(receiver, number, "/leise aus", toasts)
    assert telegram.texts(ANNA) == toasts.said == ["Meldungen kommen jetzt wieder mit Ton."]


@pytest.mark.parametrize(("shows", "messages"), [(True, 0), (False, 1)])
async def test_a_toast_is_enough_unless_it_cannot_be_shown(
    telegram: FakeTelegram, receiver: Receiver, shows: bool, messages: int
) -> None:
    toasts = Toasts(shows)
    await press(receiver, "7", "/weiter", toasts, 1001)
    assert toasts.said[0].startswith("Sie haben gerade keine Pause.")
    assert len(telegram.texts(ANNA)) == messages
