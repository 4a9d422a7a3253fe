"""/folgen and the notice that comes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from feeds.record import Reference
from handlers.notice import compose
from handlers.reply import Reply
from storage import digests, outbox, subscriptions
from storage.intake import Arrival, take_in
from storage.subscriptions import Subscription
from tests.handlers.samples import CHAT, COURSES, NOW, Talk, commands, publication, readings, resolution

REPORT = resolution(
    "6.1",
    "Bericht über Sprachkurse",
    "Der Bericht zum Beschluss der 12. BspMK unter TOP 2.1 wird erbeten.",
    references=(Reference("BspMK", 12, "2.1", "Beschluss der 12. BspMK unter TOP 2.1"),),
)


async def held(talk: Talk) -> tuple[Subscription, ...]:
    async with talk.services.database.read() as conn:
        return await subscriptions.of_chat(conn, talk.chat)


async def publish(talk: Talk, *, changed: bool = False) -> None:
    """A later meeting with a report that refers to TOP 2.1, or that one in new words."""
    address, meeting = readings()[1]
    reading = publication("resolutions", (REPORT,), body="BspMK", session=13, date_start=dt.date(2026, 9, 1))
    if changed:
        reading = replace(meeting, resolutions=(replace(COURSES, title="Sprachkurse anders finanzieren"),))
        reading = replace(reading, publication=replace(meeting.publication, sha256="changed"))
    else:
        address = "https://bspmk.example/beschluesse/13.pdf"
    async with talk.services.database.begin() as conn:
        services = talk.services
        await take_in(conn, Arrival(reading, None, address, NOW), services.analyser, services.topics)


async def told(talk: Talk) -> list[Reply]:
    async with talk.services.database.begin() as conn:
        rows = await outbox.in_state(conn, "pending")
        return [await compose(conn, row, talk.services) for row in rows]


@pytest.mark.parametrize("cited", ["2.1 BspMK 12", "12. BspMK TOP 2.1", "TOP 2.1 der 12. BspMK"])
async def test_a_resolution(talk: Talk, cited: str) -> None:
    reply = await talk.say(f"/folgen {cited}")
    assert "Abonniert: Beschluss 12. BspMK, TOP 2.1" in reply.text
    assert "wenn ein späterer Beschluss darauf verweist" in reply.text
    assert "schon abonniert" in (await talk.say(f"/folgen {cited}")).text
    assert len(await held(talk)) == 1


async def test_a_number_that_exists_twice_is_asked_about(talk: Talk) -> None:
    reply = await talk.say("/folgen 2.1")
    assert "Welchen Beschluss" in reply.text
    assert [button.label for row in reply.buttons for button in row] == ["12. BspMK, TOP 2.1", "11. BspMK, TOP 2.1"]
    await talk.say(commands(reply)[1])
    assert [one.label for one in await held(talk)] == ["11. BspMK, TOP 2.1"]


@pytest.mark.parametrize(
    ("typed", "query", "says"),
    [
        ("BspMK", "konferenz:BspMK", "Konferenz BspMK"),
        ("13. BspMK", "konferenz:13.BspMK", "Konferenz 13. BspMK"),
        ("intmk", "konferenz:IntMK", "Konferenz IntMK"),
    ],
)
async def test_a_conference_is_the_search_for_it(talk: Talk, typed: str, query: str, says: str) -> None:
    assert says in (await talk.say(f"/folgen {typed}")).text
    (one,) = await held(talk)
    assert (one.kind, one.query) == ("topic", query)
    assert "schon abonniert" in (await talk.say(f"/abo {query}")).text


async def test_what_does_not_exist(talk: Talk) -> None:
    for typed in ("9.9 BspMK 12", "#999", "die vom Mai"):
        reply = await talk.say(f"/folgen {typed}")
        assert reply.error, typed
        assert commands(reply)
    assert await held(talk) == ()


async def test_how_it_is_done(talk: Talk) -> None:
    reply = await talk.say("/folgen")
    assert "/folgen BspMK" in commands(reply)


async def test_the_button_below_a_resolution(talk: Talk) -> None:
    shown = await talk.say("/beschluss 3.2")
    (button,) = [one for row in shown.buttons for one in row if one.label == "Folgen"]
    await talk.say(button.command)
    (one,) = await held(talk)
    again = await talk.say("/beschluss 3.2")
    (button,) = [one for row in again.buttons for one in row if one.label == "✓ Sie folgen"]
    assert button.command == f"/meinabo {one.id}"
    assert "Beschluss 12. BspMK, TOP 3.2" in (await talk.say(button.command)).text


async def test_a_later_one_refers_to_it(talk: Talk) -> None:
    await talk.say("/folgen 2.1 BspMK 12")
    await publish(talk)
    (reply,) = await told(talk)
    assert reply.blocks[0].text == "Neuer Beschluss verweist auf einen, dem Sie folgen"
    assert reply.blocks[1].text == "Weil Sie „12. BspMK, TOP 2.1“ folgen: TOP 6.1 verweist darauf."


async def test_what_following_would_have_brought(talk: Talk) -> None:
    await talk.say("/folgen 2.1 BspMK 12")
    (one,) = await held(talk)
    assert "hätte bisher nichts gebracht" in (await talk.say(f"/meinabo {one.id} test")).text
    await publish(talk)
    reply = await talk.say(f"/meinabo {one.id} test")
    assert "hätte bisher gebracht: 1 Beschluss" in reply.text
    assert "TOP 6.1" in reply.text


async def test_it_is_revised(talk: Talk) -> None:
    await talk.say("/folgen 2.1 BspMK 12")
    await publish(talk, changed=True)
    (reply,) = await told(talk)
    assert reply.blocks[0].text == "Geändert: ein Beschluss, dem Sie folgen"
    assert "Weil Sie „12. BspMK, TOP 2.1“ folgen: Der Beschluss wurde geändert." in reply.text
    assert "Titel geändert" in reply.text


async def test_one_notice_names_all_reasons(talk: Talk) -> None:
    for line in ("/folgen 2.1 BspMK 12", "/abo Sprachkurse", "/folgen BspMK"):
        await talk.say(line)
    named = (await held(talk))[1]
    await talk.say(f"/meinabo {named.id} name Meine Kurse")
    await publish(talk)
    (reply,) = await told(talk)
    assert reply.blocks[0].text == "Neuer Beschluss zu Ihren Abos „Meine Kurse“ und „konferenz:BspMK“"
    assert "Weil Sie „12. BspMK, TOP 2.1“ folgen" in reply.text


async def test_in_a_digest_it_says_why_too(talk: Talk) -> None:
    await talk.say("/digest 07:30")
    await talk.say("/folgen 2.1 BspMK 12")
    await publish(talk)
    async with talk.services.database.begin() as conn:
        await digests.close(conn, CHAT, NOW.date() + dt.timedelta(days=1), NOW)
    (reply,) = await told(talk)
    assert "TOP 6.1 verweist darauf" in reply.text
