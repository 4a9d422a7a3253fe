"""/abo, /abos, /digest, /stopp: what a chat wants to hear, when, and the end of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.reply import Reply
from storage import chats, subscriptions
from storage.subscriptions import LIMIT, Subscription
from tests.handlers.samples import CHAT, NOW, Talk, commands

ON_EVERY_STORE = True


async def held(talk: Talk) -> tuple[Subscription, ...]:
    async with talk.services.database.read() as conn:
        return await subscriptions.of_chat(conn, talk.chat)


async def digest_minute(talk: Talk) -> int | None:
    async with talk.services.database.read() as conn:
        chat = await chats.get(conn, talk.chat)
    return chat.digest_minute if chat else None


@pytest.mark.parametrize(
    ("line", "kind", "label", "rhythm"),
    [
        ("/abo topic Sprachkurse", "topic", "Sprachkurse", "immediate"),
        ("/abo thema Wohnraum täglich", "topic", "Wohnen und Bauen", "digest"),
        ("/subscribe state by", "state", "Bayern", "immediate"),
        ("/abo NRW", "state", "Nordrhein-Westfalen", "immediate"),
        ("/abo Fahrtkosten", "topic", "Fahrtkosten", "immediate"),
        ("/abo topic Bayern", "topic", "Bayern", "immediate"),
    ],
)
async def test_subscribing(talk: Talk, line: str, kind: str, label: str, rhythm: str) -> None:
    reply = await talk.say(line)
    (one,) = await held(talk)
    assert (one.kind, one.label, one.rhythm) == (kind, label, rhythm)
    assert reply.error is None
    assert label in reply.text
    assert f"/ende {one.id}" in commands(reply)


async def test_the_first_daily_subscription_gets_a_time(talk: Talk) -> None:
    reply = await talk.say("/abo Wohnraum täglich")
    assert "täglich um 07:30 Uhr" in reply.text
    assert await digest_minute(talk) == 450


async def test_a_chat_with_a_digest_gets_new_subscriptions_into_it(talk: Talk) -> None:
    await talk.say("/digest 18:00")
    assert "täglich um 18:00 Uhr" in (await talk.say("/abo Wohnraum")).text
    assert "davon sofort" in (await talk.say("/abo Sprachkurse sofort")).text
    assert [one.rhythm for one in await held(talk)] == ["digest", "immediate"]


async def test_the_same_again_is_one_and_can_change_its_rhythm(talk: Talk) -> None:
    await talk.say("/abo Wohnraum")
    assert "schon abonniert" in (await talk.say("/abo topic Wohnungsbau")).text
    assert "täglich" in (await talk.say("/abo Wohnraum täglich")).text
    (one,) = await held(talk)
    assert one.rhythm == "digest"


async def test_a_word_that_nothing_contains_is_kept_and_questioned(talk: Talk) -> None:
    reply = await talk.say("/abo topic Sprachkruse")
    assert len(await held(talk)) == 1
    assert "Sprachkurse" in reply.suggestions
    assert "/abo topic Sprachkurse" in commands(reply)
    assert "wartet auf den ersten" in (await talk.say("/abo topic Quastenflosser")).text


async def test_an_unknown_state_is_not_subscribed(talk: Talk) -> None:
    reply = await talk.say("/abo state Bayren")
    assert await held(talk) == ()
    assert reply.error
    assert "/abo state Bayern" in commands(reply)


async def test_a_subscription_without_a_word(talk: Talk) -> None:
    assert (await talk.say("/abo topic ?!")).error
    assert await held(talk) == ()


async def test_the_limit_is_said(talk: Talk) -> None:
    async with talk.services.database.begin() as conn:
        await chats.ensure(conn, CHAT, "Europe/Berlin", NOW)
        for number in range(LIMIT):
            await subscriptions.add(conn, CHAT, "topic", f"Wort{number}", f"Wort{number}", "immediate", NOW)
    reply = await talk.say("/abo Wohnraum")
    assert str(LIMIT) in (reply.error or "")
    listed = await talk.say("/abos")
    assert "/abos ab 21" in commands(listed)
    assert sum(len(row) for row in listed.buttons) <= 100
    assert "Wort49" in (await talk.say("/abos ab 41")).text


async def test_the_list_ends_and_switches_each_one(talk: Talk) -> None:
    await talk.say("/abo Wohnraum")
    await talk.say("/abo state Bayern täglich")
    wohnraum, bayern = await held(talk)
    reply = await talk.say("/abos")
    assert "1. Thema „Wohnen und Bauen“ – sofort" in reply.text
    assert "2. Land Bayern – täglich um 07:30 Uhr" in reply.text
    assert commands(reply) == [f"/meinabo {wohnraum.id}", f"/meinabo {bayern.id}", "/abo", "/abos export"]
    assert "jetzt sofort" in (await talk.say(f"/rhythmus {bayern.id} sofort")).text
    assert "Beendet: Thema „Wohnen und Bauen“" in (await talk.say(f"/ende {wohnraum.id}")).text
    (left,) = await held(talk)
    assert (left.label, left.rhythm) == ("Bayern", "immediate")


async def test_nobody_ends_the_subscription_of_another_chat(talk: Talk) -> None:
    await talk.say("/abo Wohnraum")
    (one,) = await held(talk)
    stranger = replace(talk, chat="console:stranger")
    assert (await stranger.say(f"/ende {one.id}")).error
    assert (await stranger.say(f"/rhythmus {one.id} täglich")).error
    assert await held(talk) == (one,)


async def test_no_subscription_yet(talk: Talk) -> None:
    reply = await talk.say("/abos")
    assert "noch kein Abo" in reply.text
    assert commands(reply)


async def test_the_digest_moves_everything_and_back(talk: Talk) -> None:
    await talk.say("/abo Wohnraum")
    await talk.say("/abo Bayern")
    on = await talk.say("/digest 7.30 Uhr")
    assert "jetzt täglich um 07:30 Uhr (Ortszeit Berlin)" in on.text
    assert "2 Abos" in on.text
    assert {one.rhythm for one in await held(talk)} == {"digest"}
    assert "um 07:30 Uhr" in (await talk.say("/digest")).text
    off = await talk.say("/digest aus")
    assert "abgeschaltet" in off.text
    assert {one.rhythm for one in await held(talk)} == {"immediate"}
    assert await digest_minute(talk) is None
    assert "keinen Tagesüberblick" in (await talk.say("/digest")).text


@pytest.mark.parametrize("time", ["25:00", "7:75", "morgens", "07:30:00"])
async def test_a_bad_time_changes_nothing(talk: Talk, time: str) -> None:
    reply = await talk.say(f"/digest {time}")
    assert f"„{time}“ ist keine Uhrzeit" in (reply.error or "")
    assert "/digest 07:30" in reply.text
    assert await digest_minute(talk) is None


async def test_stopp_asks_once_and_then_forgets_everything(talk: Talk) -> None:
    await talk.say("/abo Wohnraum")
    asked = await talk.say("/stopp")
    assert "1 Abo" in asked.text
    assert commands(asked)[0] == "/stopp ja"
    assert len(await held(talk)) == 1
    assert "gelöscht" in (await talk.say("/stopp ja")).text
    assert await held(talk) == ()
    async with talk.services.database.read() as conn:
        assert await chats.get(conn, talk.chat) is None
    for line in ("/stopp", "/stopp ja"):
        assert "nichts gespeichert" in (await talk.say(line)).text


async def test_asking_leaves_no_trace(talk: Talk) -> None:
    for line in ("/start", "/topic Sprachkurse", "/state Bayern", "/abos", "/digest", "/digest 99"):
        reply: Reply = await talk.say(line)
        assert reply.text
    async with talk.services.database.read() as conn:
        assert await chats.get(conn, talk.chat) is None
