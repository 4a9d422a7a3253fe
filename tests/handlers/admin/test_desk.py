"""The administrators' commands: who has them, and what each one does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from handlers.access import Access, Mode
from handlers.admin.commands import ADMIN_COMMANDS
from handlers.admin.desk import ACTIONS
from handlers.command import spec_of
from handlers.reply import ChatKind, Incoming
from handlers.router import answer
from storage import admissions, chats, holds, invitations, outbox, sources, subscriptions
from tests.handlers.admin.conftest import ADMIN, ANNA, GROUP, Desk
from tests.handlers.samples import NOW

LEASE = dt.timedelta(minutes=5)
COMMANDS = ("/admin", "/admin quellen", "/einladen 1 7 Referat", "/rundruf Guten Tag")


async def subscribe(desk: Desk, *keys: str) -> None:
    async with desk.services.database.begin() as conn:
        for key in keys:
            await chats.ensure(conn, key, "Europe/Berlin", NOW)
            await subscriptions.add(conn, key, "state", "Bayern", "Bayern", "immediate", NOW)


async def to_be_sent(desk: Desk) -> list[outbox.OutboxMessage]:
    async with desk.services.database.begin() as conn:
        return list(await outbox.claim(conn, NOW, LEASE, 99))


@pytest.mark.parametrize("line", COMMANDS)
@pytest.mark.parametrize(
    ("chat", "user", "kind"),
    [
        (ANNA, ANNA, "private"),
        (GROUP, ADMIN, "group"),
        (GROUP, GROUP, "group"),
        ("telegram:-100", None, "channel"),
        (ADMIN, ANNA, "private"),
    ],
    ids=["a stranger", "the administrator in a group", "an anonymous one", "a channel", "not their chat"],
)
async def test_for_others_these_commands_do_not_exist(
    desk: Desk, line: str, chat: str, user: str | None, kind: ChatKind
) -> None:
    """The answer is the one to any unknown command, word for word."""
    unknown = "/xyzzy" + line[line.index(line.split()[0]) + len(line.split()[0]) :]
    got = await answer(Incoming(chat, line, NOW, user=user, kind=kind), desk.services)
    invented = await answer(Incoming(chat, unknown, NOW, user=user, kind=kind), desk.services)
    assert got.text == invented.text.replace("/xyzzy", line.split()[0])
    assert got.error
    assert [[button.command for button in row] for row in got.buttons] == [
        [button.command for button in row] for row in invented.buttons
    ]


def test_nothing_shows_them() -> None:
    assert all(spec_of(name) is None for spec in ADMIN_COMMANDS for name in (spec.name, *spec.aliases))
    assert not any(spec.shown for spec in ADMIN_COMMANDS)


async def test_the_menu_leads_everywhere(desk: Desk) -> None:
    menu = await desk.says("/admin")
    for button in (button for row in menu.buttons for button in row):
        assert button.command.removeprefix("/admin ") in ACTIONS
        assert (await desk.says(button.command)).error is None
    assert (await desk.says("/admin unsinn")).text == menu.text


async def test_sources_tell_their_health(desk: Desk) -> None:
    assert "noch nie gelesen" in (await desk.says("/admin quellen")).text
    async with desk.services.database.begin() as conn:
        await sources.sync(conn, [source.id for source in desk.services.sources])
        await sources.record_failure(conn, "bspmk", "404 Not Found", NOW, NOW + LEASE)
    assert "404 Not Found" in (await desk.says("/admin quellen")).text
    assert "404 Not Found" in (await desk.says("/admin runden")).text


async def test_an_unclear_message_is_sent_again_or_dropped(desk: Desk) -> None:
    async with desk.services.database.begin() as conn:
        for number in (1, 2):
            await outbox.enqueue(conn, ANNA, f"resolution:{number}", "text", {"text": "geheim"}, NOW)
            (row,) = await outbox.claim(conn, NOW, LEASE, 9)
            await outbox.begin_sending(conn, row, NOW)
            await outbox.mark_unknown(conn, row, "cut", NOW)
    assert "unklar: 2" in (await desk.says("/admin postausgang")).text
    shown = await desk.says("/admin unklar")
    assert "geheim" not in shown.text
    assert "4711" not in shown.text
    assert "geht noch einmal hinaus" in (await desk.taps(shown, "1 noch einmal")).text
    assert "verworfen" in (await desk.taps(shown, "2 verwerfen")).text
    assert "schon entschieden" in (await desk.taps(shown, "2 verwerfen")).text
    assert [message.event for message in await to_be_sent(desk)] == ["resolution:1"]


@pytest.mark.parametrize("citation", ["2.2", "12. BspMK TOP 2.2", "#3"])
async def test_a_resolution_is_held_and_released(desk: Desk, citation: str) -> None:
    held = await desk.says(f"/admin halten {citation}")
    async with desk.services.database.read() as conn:
        assert len(await holds.held(conn)) == 1
    assert held.error is None
    listed = await desk.says("/admin gehalten")
    await desk.taps(listed, "Freigeben")
    async with desk.services.database.read() as conn:
        assert await holds.held(conn) == frozenset()


@pytest.mark.parametrize(("citation", "says"), [("99.9", "nennt keinen"), ("", "nennt keinen"), ("2.1", "mehrmals")])
async def test_what_is_not_one_resolution_is_said(desk: Desk, citation: str, says: str) -> None:
    reply = await desk.says(f"/admin halten {citation}")
    assert says in reply.text
    async with desk.services.database.read() as conn:
        assert await holds.held(conn) == frozenset()


async def test_the_audience_is_counts_only(desk: Desk) -> None:
    await subscribe(desk, ANNA, GROUP)
    async with desk.services.database.begin() as conn:
        await subscriptions.add(conn, ANNA, "topic", "Mein Geheimnis", "Mein Geheimnis", "digest", NOW)
    text = (await desk.says("/admin abos")).text
    assert "Bayern: 2 Chats" in text
    assert "2 sofort, 1 gesammelt" in text
    assert not any(said in text for said in ("4711", "telegram", "Geheimnis"))


async def test_a_broadcast_goes_once_to_every_chat_that_can_be_reached(desk: Desk) -> None:
    await subscribe(desk, ANNA, GROUP, "telegram:-6", "telegram:-6/7", "telegram:-8/3", "telegram:1", "telegram:2")
    async with desk.services.database.begin() as conn:
        await chats.pause(conn, "telegram:1", NOW)
        for key in (ANNA, GROUP, "telegram:-6", "telegram:-8", "telegram:1"):
            await admissions.admit(conn, key, "Referat", NOW)
        await admissions.enforce(conn, everybody=False, others=(), now=NOW)
        assert len(await outbox.claim(conn, NOW, dt.timedelta(days=1), 9)) == 1, "the one that has no access is told"
    preview = await desk.says("/rundruf  Am Montag\n\nist {Wartung}.")
    assert "Am Montag\n\nist {Wartung}." in preview.text
    assert "4 Chats" in preview.text
    assert await to_be_sent(desk) == []
    assert "4 Chats" in (await desk.taps(preview, "Senden")).text
    assert "nicht (mehr)" in (await desk.taps(preview, "Senden")).text, "a second tap sends nothing"
    sent = await to_be_sent(desk)
    assert [message.chat for message in sent] == ["telegram:-5", "telegram:-6", "telegram:-8/3", "telegram:4711"]
    assert len({message.event for message in sent}) == 1


async def test_a_broadcast_that_is_discarded_is_not_sent(desk: Desk) -> None:
    await subscribe(desk, ANNA)
    preview = await desk.says("/rundruf Doch nicht")
    assert "verworfen" in (await desk.taps(preview, "Verwerfen")).text
    assert "nicht (mehr)" in (await desk.taps(preview, "Senden")).text
    assert await to_be_sent(desk) == []


@pytest.mark.parametrize("text", ["/rundruf", "/rundruf  ", "/admin rundruf"])
async def test_a_broadcast_without_words_is_explained(desk: Desk, text: str) -> None:
    assert (await desk.says(text)).text == desk.services.texts("broadcast.how")


async def test_a_broadcast_that_is_too_long_is_refused(desk: Desk) -> None:
    assert "3001" in (await desk.says(f"/rundruf {'x' * 3001}")).text


async def test_inviting_offers_how_many_and_gives_a_link(desk: Desk) -> None:
    offer = await desk.says("/einladen Referat 21")
    issued = await desk.taps(offer, "10 Personen")
    assert "https://t.me/BeschlussProbeBot?start=einladung_token-1" in issued.text
    assert "https://t.me/BeschlussProbeBot?startgroup=einladung_token-1" in issued.text
    async with desk.services.database.read() as conn:
        (made,) = await invitations.open_ones(conn, NOW)
    assert (made.note, made.uses, made.expires_at - NOW) == ("Referat 21", 10, dt.timedelta(days=30))
    listed = await desk.says("/admin zugang")
    assert "token-1" not in listed.text
    assert "noch 10 von 10" in listed.text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/einladen", "als Stelle und nicht als Person"),
        ("/einladen 0 7 Referat", "Höchstens"),
        ("/einladen 10 999 Referat", "Höchstens"),
        (f"/einladen {'x' * 41}", "höchstens 40"),
        ("/admin zulassen", "Nummer des Chats"),
        ("/admin sperren Anna", "Nummer des Chats"),
        ("/admin sperren 4700", "Einstellungen"),
        ("/admin beenden 99", "nicht (mehr)"),
        ("/admin einladung x", "nicht (mehr)"),
        ("/admin nochmal", "Nummer der Nachricht"),
    ],
)
async def test_what_cannot_be_done_is_said(desk: Desk, line: str, says: str) -> None:
    assert says in (await desk.says(line)).text


@pytest.mark.parametrize(("mode", "says"), [("open", "steht allen offen"), ("allowlist", "/admin zulassen")])
async def test_invitations_belong_to_their_mode(desk: Desk, mode: Mode, says: str) -> None:
    other = Desk(replace(desk.services, access=Access(mode, frozenset({ADMIN}))))
    assert says in (await other.says("/einladen 1 7 Referat")).text
    assert (await other.says("/admin zugang")).error is None


async def came_in(desk: Desk, *keys: str) -> int:
    """With one invitation, of which one use is left."""
    async with desk.services.database.begin() as conn:
        made = await invitations.issue(conn, "secret", "Referat 21", len(keys) + 1, NOW + LEASE, NOW)
        for key in keys:
            await invitations.redeem(conn, "secret", NOW)
            await admissions.admit(conn, key, made.note, NOW, made.id)
    await subscribe(desk, *keys)
    return made.id


async def inside(desk: Desk, key: str) -> bool:
    async with desk.services.database.read() as conn:
        return await admissions.of_chat(conn, key) is not None


async def test_one_access_is_ended_and_its_link_with_it(desk: Desk) -> None:
    await came_in(desk, ANNA, GROUP)
    asked = await desk.taps(await desk.says("/admin zugang"), "1. Zugang beenden")
    assert "Gruppe: Referat 21" in asked.text
    assert [await inside(desk, key) for key in (ANNA, GROUP)] == [True, True], "it is asked first"
    await desk.taps(asked, "Ja, Zugang beenden")
    assert [await inside(desk, key) for key in (ANNA, GROUP)] == [True, False]
    async with desk.services.database.begin() as conn:
        assert await invitations.redeem(conn, "secret", NOW) is None, "else its link would open the door again"
    assert [(one.chat, one.payload) for one in await to_be_sent(desk)] == [(GROUP, {"say": "access.ended"})]


async def test_an_invitation_is_closed_and_all_its_guests_go(desk: Desk) -> None:
    await came_in(desk, ANNA, GROUP)
    closed = await desk.taps(await desk.says("/admin zugang"), "Einladung schließen")
    assert [await inside(desk, key) for key in (ANNA, GROUP)] == [True, True]
    await desk.taps(closed, "Auch deren Zugang")
    assert [await inside(desk, key) for key in (ANNA, GROUP)] == [False, False]


async def test_a_chat_is_let_in_and_locked_out_by_hand(desk: Desk) -> None:
    assert "Zugelassen" in (await desk.says("/admin zulassen 4711 Referat 21")).text
    assert await inside(desk, ANNA)
    assert "schon" in (await desk.says("/admin zulassen 4711")).text
    assert "beendet" in (await desk.says("/admin sperren 4711")).text
    assert not await inside(desk, ANNA)


async def test_in_open_mode_nobody_is_locked_out(desk: Desk) -> None:
    await came_in(desk, ANNA)
    other = Desk(replace(desk.services, access=Access("open", frozenset({ADMIN}))))
    assert "ACCESS" in (await other.says("/admin sperren 4711")).text
    assert await inside(desk, ANNA)


async def test_guests_are_paged(desk: Desk) -> None:
    await came_in(desk, *(f"telegram:{number}" for number in range(1, 9)))
    first = await desk.says("/admin zugang")
    second = await desk.taps(first, "Weiter")
    assert "7–8 von 8" in second.text
    assert "7. Person: Referat 21" in second.text


async def test_an_administrator_is_spoken_to_in_english_too(desk: Desk) -> None:
    texts = desk.services.languages.of("en")
    await desk.says("/language en")
    assert texts("admin.heading") in (await desk.says("/admin")).text
    preview = await desk.says("/broadcast Closed on Monday")
    assert texts("broadcast.message", text="Closed on Monday") in preview.text
    assert (await desk.taps(await desk.says("/invite Unit 21"), "1 person")).error is None
