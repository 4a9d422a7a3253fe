"""From /start to a first subscription in three taps, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.texts import Languages
from handlers.reply import Button, Reply
from handlers.welcome import TOPICS, offered_topics
from storage import subscriptions
from tests.handlers.samples import CHAT, Talk, commands

LANGUAGES = Languages.load()
ON_A_TELEPHONE = 15
"""Characters of a button of half its width."""


def button(reply: Reply, label: str) -> Button:
    found = [one for row in reply.buttons for one in row if one.label == label]
    assert found, (label, [one.label for row in reply.buttons for one in row])
    return found[0]


async def kept(talk: Talk) -> list[str]:
    async with talk.services.database.read() as conn:
        return [one.label for one in await subscriptions.of_chat(conn, CHAT)]


@pytest.mark.parametrize(
    ("code", "mine", "save", "end"),
    [("de", "Mein Land", "Abonnieren", "/abos"), ("en", "My state", "Subscribe", "/subscriptions")],
)
async def test_three_taps_to_ones_land(talk: Talk, code: str, mine: str, save: str, end: str) -> None:
    await talk.say(f"/sprache {code}")
    page = await talk.say(button(await talk.say("/start"), mine).command)
    preview = await talk.say(button(page, "Bayern").command)
    assert "2.2" in preview.text, "the last matches are shown"
    assert await kept(talk) == [], "nothing is stored yet"
    done = await talk.say(button(preview, save).command)
    assert await kept(talk) == ["Bayern"]
    assert {"/abos", "/ende 1"} <= set(commands(done)), "how to change and end it"


async def test_two_taps_to_a_topic(talk: Talk) -> None:
    first = next(topic.name for topic in await offered_topics(talk.services))
    preview = await talk.say(button(await talk.say("/start"), first).command)
    await talk.say(button(preview, "Abonnieren").command)
    assert await kept(talk) == [first]


@pytest.mark.parametrize("code", LANGUAGES.codes)
async def test_three_lines_say_what_it_is(talk: Talk, code: str) -> None:
    await talk.say(f"/sprache {code}")
    reply = await talk.say("/start")
    assert [block.text.count("\n") for block in reply.blocks] == [0, 0, 0]
    assert max(len(block.text) for block in reply.blocks) <= 140


async def test_sixteen_buttons_that_fit_a_telephone(talk: Talk) -> None:
    page = await talk.say("/start land", pressed="7")
    states = [one for row in page.buttons for one in row if " state " in one.command]
    assert [one.command.rpartition(" state ")[2] for one in states] == list(talk.services.states.names)
    assert [one.label for one in states if len(one.label) > ON_A_TELEPHONE] == []
    assert len({one.label for one in states}) == 16
    assert page.replaces
    assert (await talk.say(commands(page)[-1], pressed="7")).replaces, "and back in the same place"


async def test_the_best_filled_topics_are_offered(talk: Talk) -> None:
    names = [topic.name for topic in await offered_topics(talk.services)]
    assert len(names) == TOPICS
    assert names[0] == "Sprachkurse"


async def test_topics_that_many_have_subscribed_to_come_first(talk: Talk) -> None:
    for chat, topics in (("console:a", ["Wohnen"]), ("console:b", ["Wohnen", "Sport"])):
        for topic in topics:
            await replace(talk, chat=chat).say(f"/abo topic {topic}")
    names = [topic.name for topic in await offered_topics(talk.services)]
    assert names == ["Wohnen und Bauen", "Sport", "Sprachkurse"]


async def test_an_empty_store_offers_topics_too(empty_talk: Talk) -> None:
    assert len(await offered_topics(empty_talk.services)) == TOPICS


async def test_who_comes_back_finds_the_subscriptions(talk: Talk) -> None:
    assert "/abos" not in commands(await talk.say("/start"))
    await talk.say("/abo state Bayern")
    assert "/abos" in commands(await talk.say("/start"))
