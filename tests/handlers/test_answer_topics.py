"""/themen: the taxonomy with counts."""

from __future__ import annotations

import re

from config.topics import below
from tests.handlers.samples import Talk, commands


async def test_topics_by_broader_topic_with_counts(talk: Talk) -> None:
    reply = await talk.say("/themen")
    assert "Sprachkurse (2)" in reply.text
    line = next(block.text for block in reply.blocks if block.text.startswith("Integration ("))
    assert "Sprachkurse (2)" in line, "below its broader topic"
    silent, counted = (block.text for block in reply.blocks[-2:])
    assert silent.startswith("Noch nichts zu: ")
    assert "Cybersicherheit" in silent
    assert "Sprachkurse" not in silent
    assert "nur nennen" in counted, "why a search may find more"


async def test_every_topic_is_named_once_or_more(talk: Talk) -> None:
    text = (await talk.say("/themen")).text
    assert [topic.name for topic in talk.services.topics if topic.name not in text] == []


async def test_buttons_lead_down_to_what_there_is(talk: Talk) -> None:
    reply = await talk.say("/themen")
    assert "/themen Integration" in commands(reply)
    below = await talk.say("/themen Integration")
    assert "/topic thema:sprachkurse" in commands(below), "those that are counted, and no others"
    assert "/themen" in commands(below)
    assert "/abo topic Integration" in commands(below)
    for command in commands(reply):
        assert (await talk.say(command)).error is None


async def test_counts_are_what_the_filter_finds(talk: Talk) -> None:
    reply = await talk.say("/suche thema:Sprachkurse")
    assert f"Sprachkurse ({reply.total})" in (await talk.say("/themen")).text


async def test_a_topic_counts_what_lies_below_it(talk: Talk) -> None:
    """What is counted is what the button leads to."""
    total = (await talk.say("/suche thema:integration")).total
    own = [(await talk.say(f"/suche thema:{one.id}")).total for one in below("integration", talk.services.topics)]
    assert 0 < max(own) <= total
    assert f"Integration ({total})" in (await talk.say("/themen")).text


async def test_no_topic_counts_less_than_one_below_it(talk: Talk) -> None:
    for block in (await talk.say("/themen")).blocks:
        counts = [int(number) for number in re.findall(r"\((\d+)\)", block.text)]
        assert not counts or counts[0] == max(counts), block.text


async def test_a_topic_by_another_word_and_an_unknown_one(talk: Talk) -> None:
    assert (await talk.say("/themen Deutschkurs")).blocks[0].text.startswith("Sprachkurse (")
    unknown = await talk.say("/themen Sprachkruse")
    assert unknown.suggestions[0] == "Sprachkurse"
    assert unknown.error
    assert (await talk.say("/themen Quastenflosser")).suggestions
