"""Full-text search: what is found, in which order, and which words exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from config.states import States
from feeds.content import content_of
from feeds.query import Query, matches
from feeds.traits import trait
from storage import search
from storage.database import Database
from storage.search_index import SearchIndex
from tests.storage.samples import note, reading, resolution
from tests.storage.searching import Searching
from tests.storage.taking import analyser, query

FILLER = "Die Konferenz nimmt den Bericht zur Kenntnis und dankt der Arbeitsgruppe für die geleistete Arbeit."
ABOUT = resolution("1", "Berufssprachkurse sichern", f"{FILLER} {FILLER}")
IN_DEPTH = resolution("2", "Teilhabe am Arbeitsmarkt", "Sprachkurse helfen. Sprachkurse fehlen. Sprachkurse kosten.")
IN_PASSING = resolution("3", "Gesundheit", f"{FILLER} {FILLER} Auch Sprachkurse werden erwähnt. {FILLER} {FILLER}")
ELSEWHERE = resolution("4", "Ausländerbehörden entlasten", FILLER)
IN_A_NOTE = resolution("5", "Verkehr", FILLER, protocol_notes=(note("Bayern", text="Die Barrierefreiheit fehlt."),))
ALL = (IN_PASSING, ELSEWHERE, IN_A_NOTE, IN_DEPTH, ABOUT)
PUBLICATION = reading(*ALL).publication


@pytest.fixture
async def searching(database: Database, index: SearchIndex) -> Searching:
    made = Searching(database, index)
    await made.take(reading(*ALL))
    return made


@pytest.mark.parametrize(
    ("text", "numbers", "reason"),
    [
        ("Sprachkurse", ["1", "2", "3"], "the title before much text before one mention"),
        ("Berufssprachkurs", ["1"], "the longer word is the narrower one"),
        ("auslaenderbehoerden", ["4"], "umlauts spelt out"),
        ("Behörde", ["4"], "the end of a compound"),
        ("Barrierefreiheit", ["5"], "the text of a protocol note"),
        ("Sprachkurse Arbeitsmarkt", ["2"], "several words must all be there"),
        ("Wohnen", [], "nothing of the kind"),
        ("und", [], "no word at all"),
        ('"" OR title:* NEAR(', [], "the index's own language means nothing here"),
    ],
)
async def test_what_is_found(searching: Searching, text: str, numbers: list[str], reason: str) -> None:
    assert await searching.numbers(text) == numbers, reason


async def test_pages_follow_each_other_and_know_the_whole(searching: Searching) -> None:
    assert [await searching.numbers("Sprachkurse", 1, offset) for offset in range(4)] == [["1"], ["2"], ["3"], []]
    assert (await searching.page(query("Sprachkurse"), 1)).total == 3
    assert (await searching.page(query("Sprachkurse"), 1, 7)).total == 3


async def test_better_hits_have_higher_scores(searching: Searching) -> None:
    scores = [hit.score for hit in (await searching.page(query("Sprachkurse"), 10)).items]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
    assert scores[-1] > 0


async def test_of_equal_hits_the_newer_session_comes_first(searching: Searching) -> None:
    for session, date in ((9, dt.date(2024, 3, 1)), (11, dt.date(2026, 3, 1)), (10, dt.date(2025, 3, 1))):
        document = reading(resolution("8", "Feuerwehr", FILLER), session=session, date=date, content=str(session))
        await searching.take(document, f"{session}.pdf")
    page = await searching.page(query("Feuerwehr"), 10)
    assert [hit.stored.publication.publication.session for hit in page.items] == [11, 10, 9]


async def test_a_topic_by_any_of_its_words(searching: Searching) -> None:
    assert await searching.numbers("Deutschkurse") == await searching.numbers("Language courses") == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("asked", "numbers", "reason"),
    [
        (Query((), None, ""), set(), "nothing is asked"),
        (Query((frozenset({"sprachkurs"}), frozenset({"konferenz"})), None, ""), {"1", "3"}, "both words"),
        (Query((frozenset({"sprachkurs", "behoerde"}),), None, ""), {"1", "2", "3", "4"}, "any of a group"),
        (Query((), None, "", tokens=()), set(), "no group, no token"),
        (Query((), None, "", filters=(frozenset({trait("noted", "Bayern")}),)), {"5"}, "a filter alone"),
        (Query((), None, "", phrases=(("leist", "arbeit"),)), {"1", "3", "4", "5"}, "one after the other"),
        (Query((), None, "", phrases=(("arbeit", "leist"),)), set(), "not the other way round"),
        (Query((frozenset({"konferenz"}),), None, "", excluded=(frozenset({"sprachkurs"}),)), {"4", "5"}, "without"),
        (
            Query((frozenset({"konferenz"}),), None, "", excluded=(frozenset({trait("noted", "Bayern")}),)),
            {"1", "3", "4"},
            "without a trait",
        ),
        (Query((), None, "", since=dt.date(2026, 2, 12)), {"1", "2", "3", "4", "5"}, "from its day on"),
        (Query((), None, "", since=dt.date(2026, 2, 13)), set(), "only later ones"),
        (Query((frozenset({"sprachkurs"}),), None, "", until=dt.date(2026, 2, 11)), set(), "only earlier ones"),
    ],
)
async def test_what_a_query_can_ask(searching: Searching, asked: Query, numbers: set[str], reason: str) -> None:
    page = await searching.page(asked)
    assert {hit.stored.resolution.number for hit in page.items} == numbers, reason
    assert page.total == len(numbers)
    contents = {one.number: content_of(one, PUBLICATION, analyser(), States.load()) for one in ALL}
    assert {number for number, content in contents.items() if matches(asked, content)} == numbers, "a subscription"


async def test_filters_alone_bring_the_newest_first(searching: Searching) -> None:
    for session, date in ((9, dt.date(2024, 3, 1)), (11, dt.date(2026, 3, 1))):
        document = reading(resolution("8", "Feuerwehr"), session=session, date=date, content=str(session))
        await searching.take(document, f"{session}.pdf")
    page = await searching.page(Query((), None, "", filters=(frozenset({trait("conference", "BspMK")}),)))
    sessions = [hit.stored.publication.publication.session for hit in page.items]
    assert sessions == [11, 7, 7, 7, 7, 7, 9]
    assert [hit.stored.resolution.number for hit in page.items[1:6]] == ["3", "4", "5", "2", "1"], "as printed"


async def test_the_index_forgets_what_a_revision_no_longer_says(searching: Searching) -> None:
    about_courses = replace(ELSEWHERE, title="Verkehr", passages=IN_DEPTH.passages)
    assert await searching.numbers("Ausländerbehörden") == ["4"]
    await searching.take(reading(IN_PASSING, about_courses, IN_A_NOTE, IN_DEPTH, ABOUT))
    assert await searching.numbers("Ausländerbehörden") == []
    assert "4" in await searching.numbers("Sprachkurse")


async def test_an_abbreviation_that_only_the_documents_explain(searching: Searching) -> None:
    long = resolution("6", "Personal", "Der Quartiersbezogene Beratungsdienst (QBD) wird fortgesetzt.")
    only_long = resolution("7", "Haushalt", "Ein Quartiersbezogener Beratungsdienst kostet Geld.")
    only_short = resolution("8", "Bericht", "Der QBD hat berichtet.")
    assert await searching.numbers("QBD") == []
    await searching.take(reading(long, only_long, only_short, session=8), "8.pdf")
    for asked in ("QBD", "qbd", "Quartiersbezogener Beratungsdienst", "quartiersbezogenen Beratungsdienste"):
        assert set(await searching.numbers(asked)) == {"6", "7", "8"}, asked
    assert await searching.numbers("QBD Haushalt") == ["7"]


async def test_the_words_that_exist_commonest_first(searching: Searching) -> None:
    words = await searching.words()
    assert {"Berufssprachkurse", "Ausländerbehörden", "Barrierefreiheit"} <= set(words)
    assert words.index("Konferenz") < words.index("Ausländerbehörden")
    assert all(len(word) > 3 for word in words)
    assert await searching.words(2) == words[:2]


async def test_a_revision_adds_its_words_without_counting_the_rest_again(searching: Searching) -> None:
    changed = resolution("3", "Gesundheit", FILLER, "Krankenhäuser werden gebaut.")
    before = await searching.words()
    await searching.take(reading(ELSEWHERE, changed, IN_A_NOTE, IN_DEPTH, ABOUT))
    after = await searching.words()
    assert "Krankenhäuser" in after
    assert [word for word in after if word in before] == list(before)


@pytest.mark.parametrize(
    ("dates", "steady", "why"),
    [
        ((dt.date(2024, 3, 1),), True, "on two days, two years apart"),
        ((), False, "all of them on one day"),
        ((dt.date(2026, 2, 1),), False, "on two days, but nothing is older than a year"),
    ],
)
async def test_a_rate_needs_several_days_and_more_than_a_year(
    searching: Searching, dates: tuple[dt.date, ...], steady: bool, why: str
) -> None:
    for date in dates:
        await searching.take(
            reading(resolution("8", "Sprachkurse", FILLER), date=date, session=date.year), f"{date}.pdf"
        )
    async with searching.database.read() as conn:
        seen = await search.outlook(conn, searching.index, query("Sprachkurse"), dt.date(2026, 3, 1), 2)
    assert (seen.total, len(seen.newest)) == (3 + len(dates), 2)
    assert seen.steady == steady, why
