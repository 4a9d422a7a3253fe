"""In which language a chat is answered: German by default, another where it was chosen, for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.reply import Incoming, Reply
from handlers.router import answer
from storage import chats
from tests.handlers.samples import CHAT, NOW, Talk, commands
from tests.handlers.test_answer_any import LINES, fit
from tests.handlers.test_notice import composed, id_of, notice

OFFER = "/sprache de"


async def english(talk: Talk) -> Talk:
    """The same chat, after it has chosen English."""
    await talk.say("/sprache en")
    return talk


@pytest.mark.parametrize(
    ("client", "hello"),
    [("de", "Guten Tag"), ("fr", "Guten Tag"), (None, "Guten Tag"), ("en", "Hello!"), ("en-GB", "Hello!")],
)
async def test_who_has_not_chosen_is_spoken_to_as_the_client_speaks(talk: Talk, client: str | None, hello: str) -> None:
    assert hello in (await talk.say("/start", language=client)).text


async def test_a_group_is_not_spoken_to_as_one_members_client_speaks(talk: Talk) -> None:
    assert "Guten Tag" in (await talk.say("/start", language="en", kind="group")).text


async def test_who_subscribed_in_english_is_written_to_in_english(talk: Talk) -> None:
    await talk.say("/topic Sprachkurse", language="en")
    async with talk.services.database.read() as conn:
        assert await chats.get(conn, CHAT) is None, "who only looks things up is not kept for that"
    await talk.say("/abo topic Sprachkurse", language="en")
    entry = notice(await id_of(talk, "2.1"), "Sprachkurse")
    assert (await composed(talk, "notice", entry)).blocks[0].text.startswith("New resolution")
    await talk.say("/sprache de", language="en")
    assert "Guten Tag" in (await talk.say("/start", language="en")).text, "what was chosen decides"


@pytest.mark.parametrize("line", ["/start", "/hilfe"])
@pytest.mark.parametrize(("client", "offered"), [("en", True), ("en-GB", True), ("de", False), ("fr", False)])
async def test_german_is_offered_to_who_has_an_english_client(
    talk: Talk, line: str, client: str, offered: bool
) -> None:
    told = commands(await talk.say(line, language=client))
    assert any(command.startswith(OFFER) for command in told) is offered


async def test_who_has_chosen_german_is_offered_nothing_more(talk: Talk) -> None:
    await talk.say("/sprache de")
    assert not any(command.startswith(OFFER) for command in commands(await talk.say("/start", language="en")))


async def test_the_offer_leads_to_german_and_back(talk: Talk) -> None:
    shown = (await talk.say("/start", language="en")).buttons
    offer = next(button for row in shown for button in row if button.command.startswith(OFFER))
    assert offer.label == "Auf Deutsch, bitte"
    begun = await talk.say(offer.command, language="en")
    assert (begun.text.startswith("Guten Tag"), begun.replaces) == (True, True)
    await talk.say("/sprache en")
    assert "I write English" in (await talk.say("/language")).text
    choice = await talk.say("/language")
    assert commands(choice) == ["/sprache de", "/sprache en"]
    assert "Deutsch" in (await talk.say("/sprache de")).text
    assert "Guten Tag" in (await talk.say("/start")).text


@pytest.mark.parametrize("typed", ["en", "EN", "englisch", "English", "„english“"])
async def test_a_language_by_any_of_its_names(talk: Talk, typed: str) -> None:
    await talk.say(f"/sprache {typed}")
    assert "Hello!" in (await talk.say("/start")).text


async def test_a_language_that_i_do_not_speak(talk: Talk) -> None:
    reply = await talk.say("/sprache Klingonisch")
    assert reply.error == "„Klingonisch“ kann ich nicht. Zur Wahl stehen „Deutsch“ oder „English“."
    assert commands(reply) == ["/sprache de", "/sprache en"]


async def test_each_chat_has_its_own(talk: Talk) -> None:
    await english(talk)
    assert "Guten Tag" in (await replace(talk, chat="console:other").say("/start")).text


async def test_a_topic_of_a_forum_speaks_as_the_forum_unless_it_has_chosen(talk: Talk) -> None:
    forum, topic = replace(talk, chat="telegram:-5"), replace(talk, chat="telegram:-5/7")
    await forum.say("/sprache en")
    assert "Hello!" in (await topic.say("/start")).text
    await topic.say("/sprache de")
    assert "Guten Tag" in (await topic.say("/start")).text
    assert "Hello!" in (await forum.say("/start")).text


async def test_a_language_whose_texts_are_gone_is_german_again(talk: Talk) -> None:
    await english(talk)
    async with talk.services.database.begin() as conn:
        await chats.configure(conn, CHAT, language="tlh")
    assert "Guten Tag" in (await talk.say("/start")).text


async def test_a_result_in_english_quotes_german(talk: Talk) -> None:
    text = (await (await english(talk)).say("/topic Sprachkurse")).text
    for expected in (
        "“Sprachkurse”: 4 results (1–3 of 4)",
        "12. BspMK, 4–5 March 2026",
        "✓ unanimous · Applied: all 16 states",
        "dauerhaft zu finanzieren. (item 2, lines 3–4)",
        "Protocol note by Bayern on item 2 (lines 5–6)",
        "Bayern weist auf die Haushaltslage des Bundes hin.",
    ):
        assert expected in text


async def test_notices_and_digests_speak_the_language_that_the_chat_has_when_they_go_out(talk: Talk) -> None:
    entry = notice(await id_of(talk, "2.1"), "Sprachkurse")
    assert (await composed(talk, "notice", entry)).blocks[0].text.startswith("Neuer Beschluss")
    await english(talk)
    assert (await composed(talk, "notice", entry)).blocks[0].text == "New resolution on your subscription “Sprachkurse”"
    digest = await composed(talk, "digest", {"date": "2026-03-06", "entries": [entry]})
    assert digest.blocks[0].text == "Your overview of 6 March 2026: 1 resolution"


async def test_the_last_word_of_a_forgotten_chat_is_in_its_language(talk: Talk) -> None:
    await english(talk)
    assert "is erased" in (await talk.say("/stop yes")).text
    assert "Guten Tag" in (await talk.say("/start")).text


def german(reply: Reply, typed: str) -> list[str]:
    """Signs that something was not translated, in what is neither quoted, nor typed, nor remarked by the reader."""
    repeated = typed.partition(" ")[2][:20] or "\0"
    said = [
        block.text
        for block in reply.blocks
        if block.kind != "quote" and "remark: " not in block.text and repeated not in block.text
    ]
    labels = [button.label for row in reply.buttons for button in row]
    return [text for text in (*said, *labels) if "„" in text or " oder " in text or "Sie" in text.split()]


@pytest.mark.parametrize("line", LINES, ids=[repr(line[:24]) for line in LINES])
async def test_whatever_is_typed_is_answered_in_english(talk: Talk, empty_talk: Talk, line: str) -> None:
    for chat in (talk, empty_talk):
        await english(chat)
        reply = await chat.say(line)
        fit(reply)
        assert german(reply, line) == []


async def test_the_language_of_the_wiring_is_that_of_nobody(talk: Talk) -> None:
    """The services that all chats share stay as they are."""
    await english(talk)
    assert talk.services.language == "de"
    reply = await answer(Incoming("console:third", "/start", NOW), talk.services)
    assert reply.text.startswith("Guten Tag")
