"""What each part of a request asks of a resolution, and that stored requests ask the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from config.states import States
from config.topics import Topic, load_topics
from feeds.compile_request import compile_request, compile_stored
from feeds.filter_values import FilterValues
from feeds.query import Query
from feeds.query_language import Request, parse
from feeds.traits import STATE_ROLES
from feeds.words import Analyser

VALUES = FilterValues.load(States.load(), load_topics())


@pytest.fixture(scope="module")
def topics() -> tuple[Topic, ...]:
    return load_topics()


def compiled(text: str, analyser: Analyser, topics: Sequence[Topic]) -> Query:
    request = parse(text, VALUES)
    assert isinstance(request, Request)
    return compile_request(request, analyser, topics)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("land:Bayern", [{f"{role}:bayern" for role in STATE_ROLES}]),
        ("antrag:NRW", [{"applied:nordrheinwestfalen"}]),
        ("notiz:Bayern", [{"noted:bayern"}]),
        ("dagegen:Bayern", [{"against:bayern"}]),
        ("enthalten:Bayern", [{"abstained:bayern"}]),
        ("genannt:Bayern", [{"named:bayern"}]),
        ("antrag:alle", [{"applied:alle"}]),
        ("konferenz:IntMK", [{"conference:intmk"}]),
        ("konferenz:20.IntMK", [{"session:intmk/20"}]),
        ("konferenz:IntMK konferenz:KMK", [{"conference:intmk", "conference:kmk"}]),
        ("land:Bayern land:Hessen", [{f"{role}:{land}" for role in STATE_ROLES} for land in ("bayern", "hessen")]),
        ("an:Länder", [{"to:laender"}]),
        ("abstimmung:mehrheitlich", [{"vote:mehrheitlich"}]),
        ("abstimmung:vertagt", [{"outcome:vertagt"}]),
        ("gesetz:AufenthG", [{"law:aufenthg"}]),
        ("gesetz:§ 25a AufenthG", [{"law:aufenthg/25a"}]),
        ("gesetz:§ 32 Abs. 2 BeschV", [{"law:beschv/32abs2"}]),
        ("thema:Deutschkurs", [{"topic:sprachkurse"}]),
        ("mit:protokollnotiz", [{"with:protokollnotiz"}]),
    ],
)
def test_filters_ask_for_traits(
    analyser: Analyser, topics: Sequence[Topic], text: str, filters: list[set[str]]
) -> None:
    query = compiled(text, analyser, topics)
    assert [set(one) for one in query.filters] == filters
    assert query.asks
    assert query.problem is None
    assert query.groups == ()


def test_the_bund_is_asked_with_its_ministries(analyser: Analyser, topics: Sequence[Topic]) -> None:
    (asked,) = compiled("an:Bund", analyser, topics).filters
    assert {"to:bund", "to:bundesregierung", "to:bmi", "to:bamf"} <= asked
    assert "to:laender" not in asked
    assert compiled("an:BMI", analyser, topics).filters == (frozenset({"to:bmi"}),)


def test_dates_are_stretches_and_the_narrowest_counts(analyser: Analyser, topics: Sequence[Topic]) -> None:
    query = compiled("seit:2024 seit:2024-05 bis:2025 bis:2025-02", analyser, topics)
    assert (query.since, query.until) == (dt.date(2024, 5, 1), dt.date(2025, 2, 28))


def test_words_keep_their_topic_beside_filters(analyser: Analyser, topics: Sequence[Topic]) -> None:
    query = compiled("Sprachkurse land:Bayern", analyser, topics)
    assert query.topic == "sprachkurse"
    assert query.label == "Sprachkurse land:Bayern"
    assert query.groups == compiled("Sprachkurse", analyser, topics).groups


def test_what_is_excluded_is_the_word_and_not_its_topic(analyser: Analyser, topics: Sequence[Topic]) -> None:
    query = compiled('Kita -Integrationskurs -"zur Kenntnis" -land:Bayern', analyser, topics)
    words, phrase, land = query.excluded
    assert "integrationkurs" in words
    assert "deutschkurs" not in words
    assert phrase
    assert land == frozenset(f"{role}:bayern" for role in STATE_ROLES)


def test_a_phrase_is_keys_in_order(analyser: Analyser, topics: Sequence[Topic]) -> None:
    query = compiled('"Sprachkurse für Frauen"', analyser, topics)
    assert query.phrases == ((analyser.key("Sprachkurse"), analyser.key("Frauen")),)


@pytest.mark.parametrize("text", ["", "und", '"und der"', "…"])
def test_nothing_to_ask_for_says_why(analyser: Analyser, topics: Sequence[Topic], text: str) -> None:
    query = compiled(text, analyser, topics)
    assert not query.asks
    assert query.problem is not None


@pytest.mark.parametrize(
    "text",
    [
        "Sprachkurse",
        "Sprachkurse für Frauen",
        'Kita "künstliche Intelligenz" -Kinder -"zur Kenntnis" land:Bayern -notiz:Hessen',
        'konferenz:20.IntMK gesetz:"§ 25a AufenthG" an:"kommunale Spitzenverbände" seit:2024-04 bis:2025',
        "antrag:alle abstimmung:mehrheitlich mit:protokollnotiz thema:ki",
    ],
)
def test_a_stored_request_asks_the_same(analyser: Analyser, topics: Sequence[Topic], text: str) -> None:
    request = parse(text, VALUES)
    assert compile_stored(str(request), analyser, topics) == compiled(text, analyser, topics)


@pytest.mark.parametrize("text", ["foo:bar", "-nur", "land:"])
def test_a_stored_text_that_is_no_request_any_more_is_words(
    analyser: Analyser, topics: Sequence[Topic], text: str
) -> None:
    assert compile_stored(text, analyser, topics).filters == ()


@pytest.mark.parametrize("word", ["Sprachkurse", "Deutschkurse", "Berufssprachkurse", "Fahrtkosten"])
def test_a_word_excludes_what_it_finds(analyser: Analyser, topics: tuple[Topic, ...], word: str) -> None:
    """So that what is found with it and without it is everything."""
    found = compile_request(Request((word,)), analyser, topics)
    left = compile_request(Request(("Frauen",), excluded=(word,)), analyser, topics)
    assert (left.excluded, left.excluded_tokens) == (found.groups, found.tokens)


def test_beside_its_topic_only_the_word_is_excluded(analyser: Analyser, topics: tuple[Topic, ...]) -> None:
    query = compile_request(Request(("Sprachkurse",), excluded=("Deutschkurse",)), analyser, topics)
    assert query.excluded == query.excluded_tokens == (analyser.keys("Deutschkurse"),)
