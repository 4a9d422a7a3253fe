"""/pause, /weiter, /ruhe, /leise, /zeitzone and the days of /digest, from the line to the store."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from storage import chats, outbox
from storage.chats import Chat
from tests.handlers.samples import CHAT, NOW, Talk


async def chat_of(talk: Talk) -> Chat:
    async with talk.services.database.read() as conn:
        chat = await chats.get(conn, CHAT)
    assert chat is not None
    return chat


@pytest.mark.parametrize(
    ("line", "said", "kept"),
    [
        ("/digest werktags 07:30", "werktags (Montag bis Freitag) um 07:30 Uhr", {"digest_days": 0b0011111}),
        ("/digest mo fr 8", "montags und freitags um 08:00 Uhr", {"digest_days": 0b0010001, "digest_minute": 480}),
        ("/digest leer ja", "Auch Tage ohne Neues", {"empty_digests": True}),
        ("/ruhe 22:00-06:00", "Von 22:00 bis 06:00 Uhr", {"quiet_from": 1320, "quiet_until": 360}),
        ("/leise", "ohne Ton", {"silent": True}),
        ("/zeitzone europe/lisbon", "Ihre Zeitzone ist jetzt Europe/Lisbon", {"timezone": "Europe/Lisbon"}),
        ("/zeitzone Lissabon", "Ihre Zeitzone ist jetzt Europe/Lisbon", {"timezone": "Europe/Lisbon"}),
        ("/zeitzone münchen", "Ihre Zeitzone ist jetzt Europe/Berlin", {"timezone": "Europe/Berlin"}),
        ("/zeitzone NRW", "Ihre Zeitzone ist jetzt Europe/Berlin", {"timezone": "Europe/Berlin"}),
        ("/zeitzone Kathmandu", "Ihre Zeitzone ist jetzt Asia/Kathmandu", {"timezone": "Asia/Kathmandu"}),
        ("/pause 14 Tage", "Pause für 14 Tage", {"paused_until": NOW + dt.timedelta(days=14)}),
    ],
)
async def test_a_wish_is_kept_and_said(talk: Talk, line: str, said: str, kept: dict[str, object]) -> None:
    assert said in (await talk.say(line)).text
    chat = await chat_of(talk)
    assert {name: getattr(chat, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("first", "then", "said", "name", "value"),
    [
        ("/ruhe 22-6", "/ruhe aus", "keine Ruhezeit mehr", "quiet_from", None),
        ("/leise", "/leise aus", "wieder mit Ton", "silent", False),
        ("/pause 3 Tage", "/weiter", "Die Pause ist zu Ende", "paused_until", None),
        ("/digest leer ja", "/digest leer nein", "bleiben jetzt still", "empty_digests", False),
    ],
)
async def test_a_wish_can_be_taken_back(talk: Talk, first: str, then: str, said: str, name: str, value: object) -> None:
    await talk.say(first)
    assert said in (await talk.say(then)).text
    assert getattr(await chat_of(talk), name) == value


async def test_a_new_time_holds_from_its_next_moment_on(talk: Talk) -> None:
    """Nothing is sent at once because the day's new moment has passed already."""
    local = NOW.astimezone(ZoneInfo("Europe/Berlin"))
    passed, ahead = local - dt.timedelta(hours=1), local + dt.timedelta(hours=1)
    await talk.say(f"/digest {passed:%H:%M}")
    assert (await chat_of(talk)).last_digest_on == local.date()
    await talk.say(f"/digest {ahead:%H:%M}")
    assert (await chat_of(talk)).last_digest_on == local.date(), "and a day that was closed stays so"


@pytest.mark.parametrize("line", ["/ruhe aus", "/ruhe 1-2", "/zeitzone Kathmandu"])
async def test_when_the_quiet_hours_change_what_waited_for_their_end_is_looked_at(talk: Talk, line: str) -> None:
    later = NOW + dt.timedelta(hours=6)
    async with talk.services.database.begin() as conn:
        for event, reason in (("one", outbox.QUIET_HOURS), ("two", "retry after 21600 s")):
            await outbox.enqueue(conn, CHAT, event, "text", {"text": event}, NOW)
            (waiting,) = [row for row in await outbox.in_state(conn, "pending") if row.event == event]
            await outbox.postpone(conn, waiting, later, reason)
    await talk.say(line)
    async with talk.services.database.read() as conn:
        due = {row.event: row.due_at for row in await outbox.in_state(conn, "pending")}
    assert due == {"one": NOW, "two": later}


async def test_without_a_pause_there_is_none_to_end(talk: Talk) -> None:
    assert "/pause 14 Tage" in (await talk.say("/weiter")).text


async def test_a_zone_that_does_not_exist_gets_the_nearest(talk: Talk) -> None:
    reply = await talk.say("/zeitzone Europa/Lisabon")
    assert reply.error
    assert "Europe/Lisbon" in reply.suggestions
    assert (await talk.say("/zeitzone xqzw")).suggestions == ("Europe/Berlin",)


async def test_the_days_show_wherever_the_rhythm_does(talk: Talk) -> None:
    await talk.say("/abo topic Sprachkurse")
    await talk.say("/digest montags 8")
    assert "montags um 08:00 Uhr" in (await talk.say("/abos")).text
    assert "montags um 08:00 Uhr" in (await talk.say("/digest")).text
