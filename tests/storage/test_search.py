"""Full-text search: what is found, in which order, and which words exist."""

from __future__ import annotations

import datetime as dt

import pytest

from feeds.query import TextQuery
from storage import search
from storage.database import Connection
from storage.search import match_expression
from tests.storage.samples import note, reading, resolution
from tests.storage.taking import query, take

FILLER = "Die Konferenz nimmt den Bericht zur Kenntnis und dankt der Arbeitsgruppe für die geleistete Arbeit."
ABOUT = resolution("1", "Berufssprachkurse sichern", f"{FILLER} {FILLER}")
IN_DEPTH = resolution("2", "Teilhabe am Arbeitsmarkt", "Sprachkurse helfen. Sprachkurse fehlen. Sprachkurse kosten.")
IN_PASSING = resolution("3", "Gesundheit", f"{FILLER} {FILLER} Auch Sprachkurse werden erwähnt. {FILLER} {FILLER}")
ELSEWHERE = resolution("4", "Ausländerbehörden entlasten", FILLER)
IN_A_NOTE = resolution("5", "Verkehr", FILLER, protocol_notes=(note("Bayern", text="Die Barrierefreiheit fehlt."),))
ALL = (IN_PASSING, ELSEWHERE, IN_A_NOTE, IN_DEPTH, ABOUT)


async def found(conn: Connection, text: str, limit: int = 10, offset: int = 0) -> list[str | None]:
    page = await search.find(conn, query(text), limit, offset)
    return [hit.stored.resolution.number for hit in page.items]


@pytest.fixture(autouse=True)
async def documents(conn: Connection) -> None:
    await take(conn, reading(*ALL))


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
async def test_what_is_found(conn: Connection, text: str, numbers: list[str], reason: str) -> None:
    assert await found(conn, text) == numbers, reason


async def test_pages_follow_each_other_and_know_the_whole(conn: Connection) -> None:
    assert [await found(conn, "Sprachkurse", 1, offset) for offset in range(4)] == [["1"], ["2"], ["3"], []]
    assert (await search.find(conn, query("Sprachkurse"), 1)).total == 3
    assert (await search.find(conn, query("Sprachkurse"), 1, 7)).total == 3


async def test_better_hits_have_higher_scores(conn: Connection) -> None:
    scores = [hit.score for hit in (await search.find(conn, query("Sprachkurse"), 10)).items]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
    assert scores[-1] > 0


async def test_of_equal_hits_the_newer_session_comes_first(conn: Connection) -> None:
    for session, date in ((9, dt.date(2024, 3, 1)), (11, dt.date(2026, 3, 1)), (10, dt.date(2025, 3, 1))):
        document = reading(resolution("8", "Feuerwehr", FILLER), session=session, date=date, content=str(session))
        await take(conn, document, f"{session}.pdf")
    page = await search.find(conn, query("Feuerwehr"), 10)
    assert [hit.stored.publication.publication.session for hit in page.items] == [11, 10, 9]


async def test_a_topic_by_any_of_its_words(conn: Connection) -> None:
    assert await found(conn, "Deutschkurse") == await found(conn, "Language courses") == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("asked", "expression"),
    [
        (TextQuery((), None, ""), ""),
        (TextQuery((frozenset({"b", "a"}),), None, ""), '(("a" OR "b"))'),
        (TextQuery((frozenset({"a"}), frozenset({"b"})), None, ""), '(("a") AND ("b"))'),
        (TextQuery((frozenset({"a"}),), "x-y", ""), '(("a")) OR topics : "topic_x-y"'),
        (TextQuery((), "x", ""), 'topics : "topic_x"'),
        (TextQuery((frozenset({'a" OR "b'}), frozenset()), None, ""), '(("a"" OR ""b"))'),
    ],
)
def test_the_query_in_the_language_of_the_index(asked: TextQuery, expression: str) -> None:
    assert match_expression(asked) == expression


async def test_a_topic_is_not_found_by_the_beginning_of_its_id(conn: Connection) -> None:
    assert (await search.find(conn, TextQuery((), "sprachkurse", ""), 10)).total == 2
    assert (await search.find(conn, TextQuery((), "sprach", ""), 10)).total == 0


async def test_the_words_that_exist_commonest_first(conn: Connection) -> None:
    words = await search.vocabulary(conn)
    assert {"Berufssprachkurse", "Ausländerbehörden", "Barrierefreiheit"} <= set(words)
    assert words.index("Konferenz") < words.index("Ausländerbehörden")
    assert all(len(word) > 3 for word in words)
    assert await search.vocabulary(conn, 2) == words[:2]


async def test_a_revision_adds_its_words_without_counting_the_rest_again(conn: Connection) -> None:
    changed = resolution("3", "Gesundheit", FILLER, "Krankenhäuser werden gebaut.")
    before = await search.vocabulary(conn)
    await take(conn, reading(ELSEWHERE, changed, IN_A_NOTE, IN_DEPTH, ABOUT))
    after = await search.vocabulary(conn)
    assert "Krankenhäuser" in after
    assert [word for word in after if word in before] == list(before)
