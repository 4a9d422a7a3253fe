"""/abo step by step: nothing is stored before it was shown, and what is typed in between is understood."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from handlers import outlook
from handlers.reply import Incoming, Reply
from handlers.router import answer
from storage import chats, dialogs, subscriptions
from storage.dialogs import LASTS
from storage.subscriptions import Subscription
from tests.handlers.samples import NOW, Talk, commands


async def held(talk: Talk) -> tuple[Subscription, ...]:
    async with talk.services.database.read() as conn:
        return await subscriptions.of_chat(conn, talk.chat)


async def tap(talk: Talk, reply: Reply, label: str) -> Reply:
    (button,) = [one for row in reply.buttons for one in row if one.label == label]
    return await talk.say(button.command)


@pytest.fixture
def broad(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that ever matched brings very much."""
    monkeypatch.setattr(outlook, "_BROAD_NUMBER", 1)
    monkeypatch.setattr(outlook, "_BROAD_SHARE", 0.1)


async def test_a_topic_in_four_taps(talk: Talk) -> None:
    reply = await talk.say("/abo")
    for label in ("Ein Thema", "Sprachkurse", "Montags im Überblick"):
        assert await held(talk) == ()
        reply = await tap(talk, reply, label)
    assert "Bisher" in reply.text
    assert "montags um 07:30 Uhr" in reply.text
    assert "Noch ist nichts gespeichert" in reply.text
    assert await held(talk) == ()
    reply = await tap(talk, reply, "Abonnieren")
    assert "Abonniert: Thema „Sprachkurse“" in reply.text
    (one,) = await held(talk)
    assert (one.query, one.topic, one.rhythm) == ("sprachkurse", "sprachkurse", "weekly")


async def test_a_state_and_another_rhythm(talk: Talk) -> None:
    reply = await tap(talk, await talk.say("/abo"), "Ein Land")
    reply = await tap(talk, await tap(talk, reply, "Bayern"), "Sofort")
    reply = await tap(talk, await tap(talk, reply, "Anderer Rhythmus"), "Täglich im Überblick")
    await tap(talk, reply, "Abonnieren")
    (one,) = await held(talk)
    assert (one.kind, one.query, one.rhythm) == ("state", "Bayern", "digest")


async def test_the_topics_have_pages(talk: Talk) -> None:
    reply = await talk.say("/aboneu thema")
    seen: list[str] = []
    while "/aboneu thema ab 13" in commands(reply) or not seen:
        seen += [command for command in commands(reply) if command.startswith("/aboneu wann topic ")]
        reply = await tap(talk, reply, "Weiter ▸")
    assert len(seen) == 12
    assert not {command for command in commands(reply) if command.startswith("/aboneu wann")} & set(seen)
    assert "So viele sind es nicht" in (await talk.say("/aboneu thema ab 999")).text


@pytest.mark.parametrize(("step", "typed"), [("Eigene Wörter", "Fahrtkosten"), ("Suche mit Filtern", "Fahrt an:Bund")])
async def test_what_is_typed_next_is_the_search(talk: Talk, step: str, typed: str) -> None:
    reply = await tap(talk, await talk.say("/abo"), step)
    reply = await talk.say(typed)
    assert "Wann möchten Sie" in reply.text
    await tap(talk, await tap(talk, reply, "Sofort"), "Abonnieren")
    (one,) = await held(talk)
    assert one.query == typed
    assert "Fahrt" in (await talk.say("Fahrtkosten")).text, "and then a line is a search again"
    assert len(await held(talk)) == 1


async def test_a_rhythm_can_be_typed_along(talk: Talk) -> None:
    await talk.say("/aboneu worte")
    reply = await talk.say("Fahrtkosten wöchentlich")
    assert "montags um 07:30 Uhr" in reply.text


async def test_a_slip_in_a_filter_is_explained_and_may_be_typed_again(talk: Talk) -> None:
    await talk.say("/aboneu filter")
    assert (await talk.say("Kita land:Bayren")).error
    assert "Wann möchten Sie" in (await talk.say("Kita land:Bayern")).text


async def test_a_command_leaves_the_question(talk: Talk) -> None:
    for command in ("/abbrechen", "/abos", "/topic Sprachkurse"):
        await talk.say("/aboneu worte")
        await talk.say(command)
        assert "Wann möchten Sie" not in (await talk.say("Fahrtkosten")).text
    assert "bleibt alles" in (await talk.say("/abbrechen")).text


async def test_a_question_waits_an_hour_and_for_who_was_asked(talk: Talk) -> None:
    anna, bert = "telegram:1", "telegram:2"

    async def say(user: str, line: str, at: dt.datetime = NOW) -> str:
        incoming = replace(Incoming(talk.chat, line, NOW), user=user, at=at)
        return (await answer(incoming, talk.services)).text

    await say(anna, "/aboneu worte")
    assert "Wann möchten Sie" not in await say(bert, "Fahrtkosten")
    assert "Wann möchten Sie" not in await say(anna, "Fahrtkosten", NOW + LASTS)
    assert "Wann möchten Sie" in await say(anna, "Fahrtkosten")


async def test_asking_stores_nothing_but_the_question(talk: Talk) -> None:
    await talk.say("/abo")
    await talk.say("/aboneu worte")
    async with talk.services.database.read() as conn:
        assert await chats.get(conn, talk.chat) is None
        assert await dialogs.open_question(conn, talk.chat, "", NOW)


@pytest.mark.usefixtures("broad")
async def test_what_is_broad_is_shown_before_it_is_stored(talk: Talk) -> None:
    reply = await talk.say("/abo Sprachkurse täglich")
    assert "sehr weit gefasst" in reply.text
    assert await held(talk) == ()
    reply = await tap(talk, reply, "Abonnieren")
    assert "Abonniert" in reply.text
    (one,) = await held(talk)
    assert one.rhythm == "digest"
    assert "schon abonniert" in (await talk.say("/abo Sprachkurse")).text, "what one has needs no preview"


@pytest.mark.usefixtures("broad")
async def test_a_conference_is_followed_at_once_however_much_it_brings(talk: Talk) -> None:
    reply = await talk.say("/folgen BspMK")
    assert "Abonniert" in reply.text
    assert len(await held(talk)) == 1


async def test_what_takes_most_of_one_session_is_stored_with_a_warning(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no rate yet by which it could be known to bring much."""
    monkeypatch.setattr(outlook, "_MUCH_AT_ONCE", 1)
    monkeypatch.setattr(outlook, "_SHARE_AT_ONCE", 0.0)
    reply = await talk.say("/abo Sprachkurse")
    assert "sehr weit gefasst" in reply.text
    assert len(await held(talk)) == 1


async def test_what_is_not_broad_is_stored_at_once_and_taken_back(talk: Talk) -> None:
    reply = await talk.say("/abo Fahrtkosten")
    (one,) = await held(talk)
    assert "zuletzt" in reply.text
    reply = await tap(talk, reply, "Rückgängig")
    assert await held(talk) == ()
    await tap(talk, reply, "Rückgängig")
    assert await held(talk) == (one,), "and back again"


async def test_the_same_is_said_and_stored_once(talk: Talk) -> None:
    for line in ("/abo Wohnraum", "/abo topic wohnungsbau", "/aboneu ja sofort topic Wohnen und Bauen"):
        reply = await talk.say(line)
    assert "schon abonniert" in reply.text
    assert len(await held(talk)) == 1
