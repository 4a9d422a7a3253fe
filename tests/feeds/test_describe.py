"""What a resolution is about: which of two of them is more about a word."""

from __future__ import annotations

import pytest

from config.states import States
from config.topics import Topic
from feeds.classify import TopicIndex
from feeds.describe import LEVELS, Describer
from feeds.query import topic_token
from feeds.record import Demand, Passage, PassageRole, Resolution
from feeds.words import Analyser
from tests.storage.samples import note, reading, resolution

FILLER = "Die Länder nehmen das zur Kenntnis. " * 60


def said(*texts: str, title: str = "Verschiedenes", role: PassageRole = "paragraph") -> Resolution:
    return Resolution("1", title, passages=tuple(Passage(text, role=role) for text in texts))


@pytest.fixture
def describer(analyser: Analyser, topics: tuple[Topic, ...]) -> Describer:
    return Describer(TopicIndex.of(topics, analyser), States.load())


ONCE = said("Die Länder reden über Fahrräder. Sie reden weiter.")
PAIRS = [
    (said("Sie reden.", title="Fahrräder"), ONCE, "the title before the text"),
    (said("Die Länder reden über Fahrräder. Sie reden weiter.", role="bullet"), ONCE, "a bullet before a paragraph"),
    (said("Fahrräder", "Die Länder reden. Sie reden weiter.", role="heading"), ONCE, "a heading before a paragraph"),
    (
        ONCE,
        resolution("1", "Verschiedenes", "Sie reden.", protocol_notes=(note("Bayern", text="Fahrräder."),)),
        "a note",
    ),
    (said("Fahrräder rollen. Fahrräder stehen."), ONCE, "two sentences before one"),
    (ONCE, said(f"Die Länder reden über Fahrräder. {FILLER}"), "a short text before a long one"),
    (ONCE, said("Die Länder reden über Fahrradwege. Sie reden weiter."), "a word before the beginning of a compound"),
]


@pytest.mark.parametrize(("more", "less", "why"), PAIRS, ids=[why for *_, why in PAIRS])
def test_what_is_more_about_a_word(describer: Describer, more: Resolution, less: Resolution, why: str) -> None:
    levels = [describer.describe(one, reading(one).publication).levels["fahrrad"] for one in (more, less)]
    assert levels[0] > levels[1], why
    assert all(1 <= level <= LEVELS for level in levels)


def test_a_demand_says_more_than_a_remark(describer: Describer) -> None:
    text = "Der Bund wird gebeten, Fahrräder zu fördern."
    asked = resolution("1", "Verschiedenes", text, demands=(Demand(None, "Bund", "bitten", text),))
    levels = [
        describer.describe(one, reading(one).publication).levels["fahrrad"]
        for one in (asked, resolution("1", "Verschiedenes", text))
    ]
    assert levels[0] > levels[1]


def test_a_sentence_that_repeats_a_word_says_it_once(describer: Describer) -> None:
    once, often = said("Fahrräder rollen."), said("Fahrräder, Fahrräder und nochmals Fahrräder.")
    levels = [describer.describe(one, reading(one).publication).levels["fahrrad"] for one in (once, often)]
    assert levels[0] == levels[1]


def test_words_for_parts_of_a_topic_count_for_the_topic(describer: Describer) -> None:
    described = describer.describe(one := said("Berufssprachkurse beginnen."), reading(one).publication)
    assert described.levels[topic_token("sprachkurse")] == described.levels["berufsprachkurs"]
