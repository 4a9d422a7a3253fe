"""The page of one subscription: every button does what it says, and nobody touches another's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from handlers.reply import Reply
from storage import chats, subscriptions
from storage.subscriptions import Subscription
from tests.handlers.samples import CHAT, NOW, Talk, commands


async def the_one(talk: Talk) -> Subscription:
    async with talk.services.database.read() as conn:
        (one,) = await subscriptions.of_chat(conn, talk.chat)
    return one


async def tap(talk: Talk, reply: Reply, label: str) -> Reply:
    (button,) = [one for row in reply.buttons for one in row if one.label == label]
    return await talk.say(button.command)


async def page(talk: Talk, line: str = "/abo Sprachkurse") -> Reply:
    await talk.say(line)
    return await talk.say(f"/meinabo {(await the_one(talk)).id}")


async def test_it_says_what_it_is(talk: Talk) -> None:
    reply = await page(talk)
    assert reply.text == "Thema „Sprachkurse“\nMeldung: sofort\nSeit dem 6. März 2026"


@pytest.mark.parametrize(
    ("label", "rhythm", "says"),
    [
        ("Täglich im Überblick", "digest", "jetzt täglich um 07:30 Uhr"),
        ("Montags im Überblick", "weekly", "jetzt montags um 07:30 Uhr"),
    ],
)
async def test_the_rhythm_and_back(talk: Talk, label: str, rhythm: str, says: str) -> None:
    reply = await tap(talk, await page(talk), label)
    assert says in reply.text
    assert (await the_one(talk)).rhythm == rhythm
    await tap(talk, reply, "Sofort")
    assert (await the_one(talk)).rhythm == "immediate"


async def test_weekly_leaves_the_chat_without_a_time_of_its_own(talk: Talk) -> None:
    await tap(talk, await page(talk), "Montags im Überblick")
    async with talk.services.database.read() as conn:
        chat = await chats.get(conn, CHAT)
    assert chat
    assert chat.digest_minute is None, "so that the next subscription is told at once, as before"


@pytest.mark.parametrize(
    ("how", "until"),
    [
        ("1 Woche", "2026-03-13T07:00"),
        ("1 Monat", "2026-04-06T06:00"),
        ("Bis auf Weiteres", None),
        ("bis 1.5.", "2026-05-01T06:00"),
        ("2. Januar 2027", "2027-01-02T07:00"),
        ("10 Tage", "2026-03-16T07:00"),
    ],
)
async def test_a_pause_ends_on_the_morning_of_its_day(talk: Talk, how: str, until: str | None) -> None:
    asked = await tap(talk, await page(talk), "Pausieren")
    labels = {button.label for row in asked.buttons for button in row}
    reply = await (tap(talk, asked, how) if how in labels else talk.say(how))
    one = await the_one(talk)
    assert one.paused
    assert one.paused_until == (dt.datetime.fromisoformat(until).replace(tzinfo=dt.UTC) if until else None)
    assert "pausiert" in (await talk.say("/abos")).text
    reply = await tap(talk, reply, "Weiter melden")
    assert "Weiter geht es: sofort" in reply.text
    assert not (await the_one(talk)).paused


@pytest.mark.parametrize("how", ["gestern", "6.3.2026", "heute", "31.2.2027", "irgendwann"])
async def test_a_pause_needs_a_day_to_come(talk: Talk, how: str) -> None:
    await tap(talk, await page(talk), "Pausieren")
    assert f"„{how}“" in ((await talk.say(how)).error or "")
    assert not (await the_one(talk)).paused
    assert "pausiert bis" in (await talk.say("morgen")).text, "the question still waits"


async def test_a_name_of_its_own_and_away_again(talk: Talk) -> None:
    asked = await tap(talk, await page(talk), "Umbenennen")
    assert "Schreiben Sie jetzt den Namen" in asked.text
    assert (await talk.say("x" * 41)).error
    assert "„Kurse“ (Thema „Sprachkurse“)" in (await talk.say("Kurse")).text
    assert "1. Kurse" in {button.label for row in (await talk.say("/abos")).buttons for button in row}
    reply = await tap(talk, await talk.say(f"/meinabo {(await the_one(talk)).id} name"), "Ohne eigenen Namen")
    assert "„Kurse“" not in reply.text
    assert (await the_one(talk)).name is None


async def test_what_it_would_have_brought(talk: Talk) -> None:
    reply = await tap(talk, await page(talk), "Was wäre gekommen?")
    assert "hätte bisher gebracht: 4 Beschlüsse" in reply.text
    assert "TOP 2.1" in reply.text
    id = (await the_one(talk)).id
    assert "(4 von 4)" in (await talk.say(f"/meinabo {id} test ab 4")).text
    assert "So viele sind es nicht" in (await talk.say(f"/meinabo {id} test ab 99")).text


async def test_what_would_have_brought_nothing(talk: Talk) -> None:
    reply = await tap(talk, await page(talk, "/abo Quastenflosser"), "Was wäre gekommen?")
    assert "hätte bisher nichts gebracht" in reply.text


@pytest.mark.parametrize(
    "line",
    [
        "/abo Sprachkurse",
        "/abo state Bayern",
        '/abo topic Kita "täglich"',
        "/abo Fahrt an:Bund -Kinder",
        "/folgen IntMK",
        "/folgen 3.2",
    ],
)
async def test_the_line_to_share_makes_the_same_elsewhere(talk: Talk, line: str) -> None:
    reply = await tap(talk, await page(talk, line), "Weitergeben")
    (shared,) = [block.text for block in reply.blocks if block.kind == "quote"]
    other = replace(talk, chat="console:other")
    await other.say(shared)
    one, same = await the_one(talk), await the_one(other)
    assert (same.kind, same.query, same.label, same.topic) == (one.kind, one.query, one.label, one.topic)


async def test_the_end_can_be_taken_back_with_everything(talk: Talk) -> None:
    await page(talk)
    id = (await the_one(talk)).id
    await talk.say(f"/meinabo {id} name Kurse")
    before = await the_one(talk)
    ended = await tap(talk, await talk.say(f"/meinabo {id}"), "Abo beenden")
    assert "noch kein Abo" in (await talk.say("/abos")).text
    assert (await talk.say(f"/meinabo {id}")).error
    assert "wieder da" in (await tap(talk, ended, "Rückgängig")).text
    assert await the_one(talk) == before


async def test_a_topic_that_is_no_more_is_told(talk: Talk) -> None:
    await page(talk)
    left = tuple(topic for topic in talk.services.topics if topic.id != "sprachkurse")
    without = replace(talk, services=replace(talk.services, topics=left))
    assert "wird nicht mehr verstanden" in (await without.say("/abos")).text
    assert "verstehe ich nicht mehr" in (await without.say(f"/meinabo {(await the_one(talk)).id}")).text
    assert "verstehe ich nicht mehr" not in (await talk.say(f"/meinabo {(await the_one(talk)).id}")).text


@pytest.mark.parametrize("what", ["", "sofort", "pause immer", "weiter", "name X", "test", "teilen", "wieder", "ende"])
async def test_nobody_touches_the_subscription_of_another_chat(talk: Talk, what: str) -> None:
    await page(talk)
    before = await the_one(talk)
    stranger = replace(talk, chat="console:stranger")
    reply = await stranger.say(f"/meinabo {before.id} {what}")
    assert reply.error
    assert commands(reply) == ["/abos"]
    assert await the_one(talk) == before
    async with talk.services.database.read() as conn:
        assert before.created_at == NOW
        assert await subscriptions.of_chat(conn, stranger.chat) == ()
