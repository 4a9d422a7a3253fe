"""The grammar of searches: tables of what people type, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.states import States
from config.topics import load_topics
from feeds.filter_values import AsWritten, FilterValues
from feeds.query_language import DATES, FILTERS, ErrorKind, Filter, FilterName, QueryError, Request, parse

VALUES = FilterValues.load(States.load(), load_topics())


def only(name: FilterName, value: str, excluded: bool = False) -> Request:
    return Request(filters=(Filter(name, value, excluded),))


QUERIES: list[tuple[str, Request, str]] = [
    ("", Request(), "nothing"),
    (" \n ", Request(), "blanks"),
    ("Sprachkurse", Request(("Sprachkurse",)), "a word"),
    ("Sprachkurse für Frauen", Request(("Sprachkurse", "für", "Frauen")), "words in their order"),
    ("Sprachkurse Sprachkurse", Request(("Sprachkurse",)), "twice is once"),
    ('"künstliche Intelligenz"', Request(phrases=("künstliche Intelligenz",)), "a phrase"),
    ("„künstliche Intelligenz“ Schule", Request(("Schule",), ("künstliche Intelligenz",)), "German quotation marks"),
    ("“künstliche Intelligenz”", Request(phrases=("künstliche Intelligenz",)), "those of a telephone"),
    ("«künstliche Intelligenz»", Request(phrases=("künstliche Intelligenz",)), "French ones"),
    ('"künstliche Intelligenz', Request(phrases=("künstliche Intelligenz",)), "never closed: up to the end"),
    ('"Sprachkurse"', Request(("Sprachkurse",)), "a phrase of one word is a word"),
    ('Sprach"kurse', Request(("Sprachkurse",)), "a stray mark"),
    ("<Sprachkurse>", Request(("Sprachkurse",)), "copied from a manual"),
    ("Sprachkurse -Kinder", Request(("Sprachkurse",), excluded=("Kinder",)), "an exclusion"),
    ("Sprachkurse –Kinder", Request(("Sprachkurse",), excluded=("Kinder",)), "a dash that a telephone made of it"),
    ('Sprachkurse -"zur Kenntnis"', Request(("Sprachkurse",), excluded=("zur Kenntnis",)), "a phrase excluded"),
    ("Bund-Länder-AG", Request(("Bund-Länder-AG",)), "a hyphen inside a word"),
    ("Sprachkurse - Kinder", Request(("Sprachkurse", "Kinder")), "a dash between blanks is no sign"),
    ("– § ' …", Request(), "signs alone"),
    ("--Kinder", Request(("Kinder",)), "two dashes are no sign"),
    ("Integrations- und Sprachkurse", Request(("Integrations-", "und", "Sprachkurse")), "a suspended word"),
    ("land:Bayern", only("land", "Bayern"), "a filter"),
    ("LAND:bayern", only("land", "Bayern"), "in any case"),
    ("Länder:nrw", only("land", "Nordrhein-Westfalen"), "another name, an abbreviation"),
    ("land: Bayern", only("land", "Bayern"), "a blank behind the colon"),
    ("land:thueringen", only("land", "Thüringen"), "no umlauts on the keyboard"),
    ('land:"Freistaat Bayern"', only("land", "Bayern"), "in quotation marks"),
    ("land:„Freistaat Bayern“", only("land", "Bayern"), "in German ones"),
    ("land:Freistaat Bayern Kita", Request(("Kita",), filters=(Filter("land", "Bayern"),)), "the longest known value"),
    ("land:Bayern, Kita", Request(("Kita",), filters=(Filter("land", "Bayern"),)), "a comma behind it"),
    ("antrag:Bayern", only("antrag", "Bayern"), "who applied"),
    ("antrag:alle", only("antrag", "alle"), "all sixteen"),
    ("antrag:alle 16 Länder", only("antrag", "alle"), "all sixteen, spelt out"),
    ("Protokollerklärung:BY", only("notiz", "Bayern"), "who put a note on record"),
    ("dagegen:Sachsen", only("dagegen", "Sachsen"), "who voted against"),
    ("enthalten:Sachsen-Anhalt", only("enthalten", "Sachsen-Anhalt"), "who abstained"),
    ("genannt:Berlin", only("genannt", "Berlin"), "who is named"),
    ("-land:Bayern Kita", Request(("Kita",), filters=(Filter("land", "Bayern", True),)), "a filter excluded"),
    ("konferenz:IntMK", only("konferenz", "IntMK"), "a conference"),
    ("konferenz:intmk", only("konferenz", "IntMK"), "in small letters"),
    ("konferenz:Integrationsministerkonferenz", only("konferenz", "IntMK"), "by its full name"),
    ("konferenz:20.IntMK", only("konferenz", "20.IntMK"), "one session"),
    ("konferenz:20. IntMK", only("konferenz", "20.IntMK"), "one session, with a blank"),
    ("konferenz:IntMK 20", only("konferenz", "20.IntMK"), "one session, behind"),
    ("konferenz:BspMK", only("konferenz", "BspMK"), "not listed, but named like one"),
    ("an:Bund", only("an", "Bund"), "whom it is asked of"),
    ("an:den Bund", only("an", "Bund"), "with an article"),
    ("an:Europäische Kommission", only("an", "EU-Kommission"), "two words"),
    ("an:Bundesinnenministerium", only("an", "BMI"), "a full name"),
    ("an:Hessen", only("an", "Hessen"), "a Land"),
    ("abstimmung:mehrheitlich", only("abstimmung", "mehrheitlich"), "a result"),
    ("abstimmung:Mehrheit", only("abstimmung", "mehrheitlich"), "a form of it"),
    ("abstimmung:einstimmig Kita", Request(("Kita",), filters=(Filter("abstimmung", "einstimmig"),)), "and a word"),
    ("abstimmung:zur Kenntnis genommen", only("abstimmung", "zur Kenntnis"), "three words"),
    ('gesetz:"§ 25a AufenthG"', only("gesetz", "§ 25a AufenthG"), "a section"),
    ("gesetz:§ 25a AufenthG", only("gesetz", "§ 25a AufenthG"), "without quotation marks"),
    ("gesetz:25a AufenthG", only("gesetz", "§ 25a AufenthG"), "without the sign"),
    ("gesetz:AufenthG 25a", only("gesetz", "§ 25a AufenthG"), "without the sign, the other way round"),
    ("gesetz:§ 104c", only("gesetz", "§ 104c"), "of whatever law"),
    ("gesetz:§25A aufenthg", only("gesetz", "§ 25a AufenthG"), "run together"),
    ("gesetz:AufenthG §25a", only("gesetz", "§ 25a AufenthG"), "the other way round"),
    ("gesetz:§ 32 Absatz 2 Nr. 5 BeschV", only("gesetz", "§ 32 Abs. 2 Nr. 5 BeschV"), "paragraph and number"),
    ("gesetz:Aufenthaltsgesetz", only("gesetz", "AufenthG"), "by its full name"),
    ("gesetz:Art. 3 GG", only("gesetz", "§ 3 GG"), "an article"),
    ("gesetz:AEVO Meister", Request(("Meister",), filters=(Filter("gesetz", "AEVO"),)), "not listed, but like one"),
    ("thema:Deutschkurs", only("thema", "sprachkurse"), "filed under a topic"),
    ("mit:Protokollnotizen", only("mit", "protokollnotiz"), "a plural"),
    ("seit:2024", only("seit", "2024"), "a year"),
    ("seit:2025-4", only("seit", "2025-04"), "a month"),
    ("ab:04/2025", only("seit", "2025-04"), "a month as people write it"),
    ("seit:April 2025 Kita", Request(("Kita",), filters=(Filter("seit", "2025-04"),)), "a month by its name"),
    ("bis:9.4.2025", only("bis", "2025-04-09"), "a day"),
    ("Bürger:innen", Request(("Bürger:innen",)), "a gender colon is no filter"),
    ("jede:r", Request(("jede:r",)), "nor this one"),
    ("https://bspmk.example/a", Request(("https://bspmk.example/a",)), "nor an address"),
    ("Frage: Kita", Request(("Frage", "Kita")), "nor the beginning of a sentence"),
    ('"foo:bar"', Request(("foo:bar",)), "quotation marks make a word of it"),
    ("12:30", Request(("12:30",)), "a time"),
    ("a:b", Request(("a:b",)), "a single letter names nothing"),
    ("(a|b)* [c-d]+ x{2}", Request(("a|b)*", "c-d]+", "x{2}")), "no pattern, only signs"),
]


@pytest.mark.parametrize(("text", "query", "_why"), QUERIES, ids=[f"{text[:30]!r}: {why}" for text, _, why in QUERIES])
def test_a_text_means(text: str, query: Request, _why: str) -> None:
    assert parse(text, VALUES) == query


ERRORS: list[tuple[str, ErrorKind, str, tuple[str, ...]]] = [
    ("Kita lnad:Bayern", "unknown filter", "lnad:Bayern", ("land:Bayern",)),
    ("konferez:IntMK", "unknown filter", "konferez:IntMK", ("konferenz:IntMK",)),
    ("xyzzyx:Bayern", "unknown filter", "xyzzyx:Bayern", ()),
    ("land:", "missing value", "land:", ("land:Bayern", "land:NRW")),
    ("land: konferenz:IntMK", "missing value", "land:", ("land:Bayern", "land:NRW")),
    ('an:""', "missing value", "an:", ("an:Bund", "an:Länder")),
    ("Kita land:Bayren", "unknown value", "Bayren", ("land:Bayern",)),
    ("-land:Bayren Kita", "unknown value", "Bayren", ("-land:Bayern",)),
    ("land:Atlantis", "unknown value", "Atlantis", ("land:Bayern", "land:NRW")),
    ("konferenz:IntKM", "unknown value", "IntKM", ("konferenz:IntMK",)),
    ("an:Bunt", "unknown value", "Bunt", ("an:Bund",)),
    ("gesetz:AufnthG", "unknown value", "AufnthG", ("gesetz:AufenthG",)),
    ("abstimmung:knapp", "unknown value", "knapp", ("abstimmung:einstimmig", "abstimmung:mehrheitlich")),
    ("mit:protokolnotiz", "unknown value", "protokolnotiz", ("mit:protokollnotiz",)),
    ("seit:gestern", "unknown value", "gestern", ("seit:2024", "seit:2025-04")),
    ("seit:2025-13", "unknown value", "2025-13", ("seit:2024", "seit:2025-04")),
    ("bis:31.2.2025", "unknown value", "31.2.2025", ("bis:2024", "bis:2025-04")),
    ("Kita -seit:2024", "excluded date", "-seit:2024", ("bis:2024",)),
    ('Kita -"eins zwei drei vier"', "long exclusion", "eins zwei drei vier", ()),
    ("seit:2025 bis:2024", "backwards", "seit:2025 bis:2024", ()),
    ("-Kinder", "only excluded", "-Kinder", ()),
    ("-land:Bayern", "only excluded", "-land:Bayern", ()),
]


@pytest.mark.parametrize(("text", "kind", "given_", "right"), ERRORS, ids=[text for text, *_ in ERRORS])
def test_what_is_wrong_is_said(text: str, kind: ErrorKind, given_: str, right: tuple[str, ...]) -> None:
    error = parse(text, VALUES)
    assert isinstance(error, QueryError)
    assert (error.kind, error.given) == (kind, given_)
    assert error.suggestions[: len(right)] == right
    assert given_ in text[error.start : error.end]


@pytest.mark.parametrize("text", [text for text, _, _, right in ERRORS if right])
def test_what_is_suggested_is_right(text: str) -> None:
    error = parse(text, VALUES)
    assert isinstance(error, QueryError)
    for better in error.mended(text):
        again = parse(better, VALUES)
        assert isinstance(again, Request) or again.start > error.start, better


_VALUE_SAMPLES: dict[FilterName, list[str]] = {
    "konferenz": ["IntMK", "20.IntMK", "BspMK", "Bundesrat", "3.JuMiKo"],
    "an": ["Bund", "EU-Kommission", "kommunale Spitzenverbände", "Hessen"],
    "abstimmung": ["einstimmig", "zur Kenntnis", "zurückgezogen"],
    "gesetz": ["AufenthG", "§ 25a AufenthG", "§ 32 Abs. 2 Nr. 5 BeschV", "SGB II"],
    "thema": ["sprachkurse", "eu-foerderung"],
    "mit": ["protokollnotiz", "frist"],
    "seit": ["2019", "2019-04", "2019-04-30"],
    "bis": ["2025", "2025-12", "2026-01-01"],
}
_STATES = ["Bayern", "Mecklenburg-Vorpommern", "alle"]
_FILTERS = st.sampled_from(sorted(FILTERS)).flatmap(
    lambda name: st.builds(
        Filter,
        st.just(name),
        st.sampled_from(_VALUE_SAMPLES.get(name, _STATES)),
        st.just(False) if name in DATES else st.booleans(),
    )
)
_WORDS = st.lists(st.sampled_from(["Kita", "Bund-Länder-AG", "ü"]), max_size=3)
_PIECES = st.sampled_from(
    ["Kita", "-", '"', "„", "“", "land:", "-land:", "Bayern", "seit:", "2024", "an:", "Bund", ":", " ", ",", "§", "25a"]
)
_TEXTS = st.text(max_size=40) | st.lists(_PIECES | st.text(max_size=3), max_size=12).map("".join)


@given(text=_TEXTS)
def test_any_text_is_a_query_or_an_error_that_names_its_place(text: str) -> None:
    read = parse(text, VALUES)
    if isinstance(read, QueryError):
        assert 0 <= read.start <= read.end <= len(text)
    else:
        assert parse(str(read), VALUES) == read
        assert parse(str(read), AsWritten()) == read


@given(filters=st.lists(_FILTERS, max_size=5), words=_WORDS)
def test_a_query_reads_back_as_itself(filters: list[Filter], words: list[str]) -> None:
    query = Request(
        words=tuple(dict.fromkeys(words)), excluded=("zur Kenntnis",), filters=tuple(dict.fromkeys(filters))
    )
    read = parse(str(query), VALUES)
    assert read == query or (isinstance(read, QueryError) and read.kind in ("backwards", "only excluded"))
    assert parse(str(query), AsWritten()) == read


def test_a_very_long_text_needs_no_stack() -> None:
    assert isinstance(parse("land:Bayern " * 5_000, VALUES), Request)
    assert isinstance(parse('-"' * 5_000 + "a", VALUES), Request | QueryError)
