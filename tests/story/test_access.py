"""Access as both sides see it: an administrator invites, looks after things and ends access again; a guest comes, uses
the bot and goes. All in Telegram, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from telegram import Bot

from bot.deliver import Delivery
from bot.delivery_loop import deliver_all
from bot.limiter import Limiter
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from config.texts import Languages, Texts
from handlers.access import Access, Links
from handlers.services import Services
from storage import chats, outbox
from tests.bot.conftest import NOON, HandClock, answering, store_resolutions
from tests.bot.phone import Phone
from tests.fake_telegram import FakeTelegram

ADMIN, ANNA, GROUP = 4700, 4711, -5
LANGUAGES = Languages.load()
KEY = f"telegram:{ANNA}"


@dataclass
class Office:
    """The administrator's and a guest's telephones, and what goes out between."""

    admin: Phone
    anna: Phone
    texts: Texts
    bot: Bot
    clock: HandClock

    async def deliver(self) -> None:
        turnstile = Turnstile(Limiter({}), self.clock, self.clock.sleep)
        transports = {"telegram": TelegramTransport(self.bot)}
        delivery = Delivery(self.admin.services, transports, self.clock, turnstile, sleep=self.clock.sleep)
        await deliver_all(delivery.one_pass, self.clock.sleep)

    async def invited(self) -> str:
        """What the link of a new invitation brings."""
        days = self.texts("count.day.many", number=7)
        await self.admin.types("/einladen Referat 21")
        issued = await self.admin.taps(self.texts("guests.offer", people=self.texts("count.person.one"), days=days))
        assert self.texts("guests.once") in issued
        return next(line.rpartition("start=")[2] for line in issued.splitlines() if "?start=" in line)


@pytest.fixture(params=LANGUAGES.codes)
async def office(
    request: pytest.FixtureRequest, telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> AsyncIterator[Office]:
    for person in (ADMIN, ANNA):
        telegram.people.person(person, language=request.param)
    telegram.people.group(GROUP)
    telegram.people.administers(GROUP, ADMIN)
    await store_resolutions(services, 2)
    tokens = (f"Zufall-{number:016}" for number in range(99))
    links = Links(lambda: bot.username, lambda: next(tokens))
    access = Access("invite", frozenset({f"telegram:{ADMIN}"}))
    services = replace(services, access=access, links=links)
    async with answering(bot, services, clock):
        admin, anna = (Phone(telegram, services, chat) for chat in (ADMIN, ANNA))
        await admin.types(f"/sprache {request.param}")
        yield Office(admin, anna, LANGUAGES.of(request.param), bot, clock)


async def test_a_guest_comes_stays_and_goes(office: Office) -> None:
    texts, anna, admin = office.texts, office.anna, office.admin
    assert await anna.types("Sprachkurse") == texts("access.stranger")
    payload = await office.invited()
    assert await anna.opens("einladung_falsch") == texts("access.over")
    assert (await anna.opens(payload)).startswith(texts("access.welcome"))
    await anna.types(f"/sprache {texts.language}")
    await anna.types("/abo Sprachkurse")
    assert await anna.subscribed() == ["Sprachkurse"]
    assert texts("guests.guests", number=1, part="").strip() in await admin.types("/admin zugang")
    asked = await admin.taps(texts("guests.end", number=1, note="Referat 21"))
    assert (
        texts("guests.sure", who="X").partition("X")[0] + texts("guests.person", note="Referat 21", day="")[:8] in asked
    )
    assert await anna.types("/hilfe") != texts("access.stranger"), "nothing has happened yet"
    ended = await admin.taps(texts("guests.end_yes"))
    assert texts("guests.ended_with_invitation", note="Referat 21") in ended
    await office.deliver()
    assert office.anna.telegram.texts(ANNA)[-1] == texts("access.ended")
    assert await anna.types("Sprachkurse") == texts("access.stranger")
    assert await anna.opens(payload) == texts("access.over"), "the invitation is closed with it"
    assert await anna.subscribed() == ["Sprachkurse"], "they rest"
    assert texts("count.subscription.one") in await anna.types("/stopp"), "one's data stay one's own"
    await anna.types("/meine_daten")
    assert anna.telegram.messages(ANNA)[-1].file
    assert await anna.types("Sprachkurse") == texts("access.stranger")
    assert (await anna.opens(await office.invited())).startswith(texts("access.welcome"))


async def test_every_page_of_the_menu_and_back(office: Office) -> None:
    texts, admin = office.texts, office.admin
    for name in ("quellen", "runden", "postausgang", "gehalten", "abos", "zugang"):
        assert texts("admin.heading") in await admin.types("/admin")
        shown = await admin.taps(texts(f"admin.button.{name}"))
        assert texts("admin.heading") not in shown
        assert texts("admin.heading") in await admin.taps(texts("admin.button.menu"))


async def test_a_word_to_everybody(office: Office) -> None:
    texts, admin, anna = office.texts, office.admin, office.anna
    await anna.opens(await office.invited())
    await anna.types("/abo Sprachkurse")
    preview = await admin.types("/rundruf Am Montag ist Wartung.\nDanach geht es weiter.")
    message = texts("broadcast.message", text="Am Montag ist Wartung.\nDanach geht es weiter.")
    assert message in preview
    before = len(anna.telegram.texts(ANNA))
    await admin.taps(next(label for label in admin.labels() if label.startswith(texts("broadcast.send", chats=""))))
    await office.deliver()
    (word,) = anna.telegram.texts(ANNA)[before:]
    assert "Am Montag ist Wartung.\nDanach geht es weiter." in word


async def test_holding_a_resolution_back(office: Office) -> None:
    texts, admin = office.texts, office.admin
    await admin.types("/admin gehalten")
    held = await admin.taps(texts("admin.button.hold", name="7. BspMK, TOP 1.1"))
    assert texts("admin.held.done", title="Sprachkurse, Teil 1", stopped=0) in held
    await admin.types("/admin gehalten")
    released = await admin.taps(texts("admin.button.release", name="7. BspMK, TOP 1.1"))
    assert texts("admin.held.released", title="Sprachkurse, Teil 1", freed=0) in released


@pytest.mark.parametrize(("button", "said"), [("resend", "resent"), ("drop", "dropped")])
async def test_deciding_about_what_may_have_arrived(office: Office, button: str, said: str) -> None:
    texts, admin = office.texts, office.admin
    async with admin.services.database.begin() as conn:
        await chats.ensure(conn, KEY, "Europe/Berlin", NOON)
        await outbox.enqueue(conn, KEY, "resolution:1", "text", {"text": "x"}, NOON)
        (message,) = await outbox.claim(conn, NOON, dt.timedelta(minutes=1), 1)
        await outbox.begin_sending(conn, message, NOON)
        await outbox.mark_unknown(conn, message, "the connection was cut", NOON)
    await admin.types("/admin postausgang")
    assert texts("admin.unknown.why") in await admin.taps(texts("admin.button.unknown", count=1))
    decided = await admin.taps(texts(f"admin.button.{button}", id=message.id))
    assert texts(f"admin.unknown.{said}", id=message.id) in decided


@pytest.mark.parametrize("line", ["/admin", "/einladen 1 7 Referat", "/rundruf Hallo"])
async def test_never_from_a_group_nor_for_others(office: Office, line: str) -> None:
    """For whom these commands are not, they do not exist: the answer is that to any mistyped one."""
    texts, telegram = office.texts, office.admin.telegram
    await office.anna.opens(await office.invited())
    await office.anna.types(f"/sprache {texts.language}")
    await office.admin.types(f"/admin zulassen {GROUP}")
    telegram.people.says(GROUP, f"/sprache {texts.language}@BeschlussProbeBot", by=ADMIN)
    assert texts("problem.unknown", command=line.split()[0]) in await office.anna.types(line)
    before = len(telegram.texts(GROUP))
    telegram.people.says(GROUP, line, by=ADMIN)
    telegram.people.says(GROUP, line.replace(line.split()[0], f"{line.split()[0]}@BeschlussProbeBot"), by=ADMIN)
    await telegram.until(lambda: len(telegram.texts(GROUP)) > before)
    assert line.split()[0] in telegram.texts(GROUP)[-1]
    assert texts("admin.heading") not in telegram.texts(GROUP)[-1]


async def test_who_has_no_access_any_more_can_erase_it_all(office: Office) -> None:
    texts, anna, admin = office.texts, office.anna, office.admin
    await anna.opens(await office.invited())
    await anna.types(f"/sprache {texts.language}")
    await anna.types("/abo Sprachkurse")
    await admin.types("/admin beenden 1 ja")
    await anna.types("/stopp")
    assert anna.labels() == [texts("button.forget")]
    assert await anna.taps(texts("button.forget")) == f"{texts('forget.done')} {texts('forget.back_invited')}"
    assert await anna.subscribed() == []
    assert await anna.types("/stopp") == texts("access.stranger"), "nothing is kept any more"


async def test_who_erases_all_is_not_promised_a_way_back_that_is_closed(office: Office) -> None:
    texts, anna = office.texts, office.anna
    await anna.opens(await office.invited())
    await anna.types(f"/sprache {texts.language}")
    await anna.types("/stopp")
    assert texts("forget.back_invited") in await anna.taps(texts("button.forget"))
    assert await anna.types("/start") == texts("access.stranger")


async def test_a_word_reaches_who_has_access_and_no_subscription(office: Office) -> None:
    texts, admin, anna = office.texts, office.admin, office.anna
    await admin.types("/stopp ja")
    assert await admin.types("/rundruf Wartung") == texts("broadcast.nobody")
    assert texts("broadcast.discard") not in admin.labels()
    await admin.types(f"/sprache {texts.language}")
    await admin.types("/stopp ja")
    await anna.opens(await office.invited())
    one = texts("count.chat.one")
    assert one in await admin.types("/admin")
    assert one in await admin.types("/rundruf Wartung")
    before = len(anna.telegram.texts(ANNA))
    await admin.taps(texts("broadcast.send", chats=one))
    await office.deliver()
    (word,) = anna.telegram.texts(ANNA)[before:]
    assert "Wartung" in word
