"""Every filter gives the same in a look-up and for a subscription: one table of cases, asked of both."""

from __future__ import annotations

import datetime as dt

import pytest

from config.states import States
from feeds.compile_request import compile_request
from feeds.filter_values import FilterValues
from feeds.query_language import FILTERS, Request, parse
from feeds.record import DateMention, Demand, LawReference, Resolution
from storage import chats, outbox, search, subscriptions
from storage.database import Database
from storage.search_index import SearchIndex
from tests.storage.samples import NOW, note, reading, resolution
from tests.storage.taking import TOPICS, analyser, take

STATES = States.load()
VALUES = FilterValues.load(STATES, TOPICS)

COURSES = resolution(
    "1",
    "Sprachkurse für Frauen",
    "Der Bund wird gebeten, Sprachkurse für Frauen dauerhaft zu finanzieren.",
    applicants=STATES.names,
    protocol_notes=(note("Bayern", item=1, text="Der Freistaat weist auf den Haushalt hin."),),
    demands=(Demand(1, "Bund", "bitten", "Der Bund wird gebeten, Sprachkurse für Frauen dauerhaft zu finanzieren."),),
    dates=(DateMention(dt.date(2026, 6, 30), "day", "30. Juni 2026", "deadline"),),
)
RESIDENCE = resolution(
    "2",
    "Aufenthalt nach der Schule",
    "Wer die Schule beendet, soll nach § 25a AufenthG bleiben dürfen; künstliche Intelligenz hilft bei der Prüfung.",
    applicants=("Hessen", "Bremen"),
    vote="mehrheitlich",
    against=("Bayern",),
    abstained=("Sachsen",),
    laws=(LawReference("AufenthG", "25a Abs. 1 Nr. 2", "§ 25a Abs. 1 Nr. 2 AufenthG"),),
    demands=(Demand(1, "BMI", "bitten", "Das BMI wird gebeten zu prüfen."),),
)
HOUSING = resolution(
    "3",
    "Wohnraum in Berlin",
    "In Berlin fehlt Wohnraum; die Länder prüfen Abhilfe. Die Intelligenz ist keine künstliche.",
    applicants=("Hamburg",),
    vote=None,
    outcome="vertagt",
    laws=(LawReference("AufenthG", "60a", "§ 60a AufenthG"),),
    demands=(Demand(1, "Länder", "bitten", "Die Länder prüfen Abhilfe."),),
)
ALL = (COURSES, RESIDENCE, HOUSING)

CASES: list[tuple[str, set[str], str]] = [
    ("Sprachkurse Frauen", {"1"}, "several words"),
    ("Wohnraum Frauen", set(), "all of them have to be there"),
    ('"künstliche Intelligenz"', {"2"}, "one after the other"),
    ('"Sprachkurse für Frauen"', {"1"}, "small words inside a phrase"),
    ('"Frauen Sprachkurse"', set(), "not the other way round"),
    ("künstliche -Schule", {"3"}, "a word excluded"),
    ('Intelligenz -"künstliche Intelligenz"', {"3"}, "a phrase excluded"),
    ("Deutschkurs", {"1"}, "a topic by another word"),
    ("land:Bayern", {"1", "2"}, "in any role"),
    ("land:Berlin", {"1", "3"}, "named, and one of all sixteen"),
    ("antrag:Hessen", {"1", "2"}, "applied"),
    ("antrag:alle", {"1"}, "all sixteen applied"),
    ("notiz:Bayern", {"1"}, "noted"),
    ("dagegen:Bayern", {"2"}, "voted against"),
    ("enthalten:Sachsen", {"2"}, "abstained"),
    ("genannt:Berlin", {"3"}, "named in the text"),
    ("dagegen:Hessen", set(), "had another role"),
    ("-land:Bayern Wohnraum", {"3"}, "a filter excluded"),
    ("land:Bayern land:Sachsen", {"1", "2"}, "both"),
    ("konferenz:BspMK", {"1", "2", "3"}, "the conference"),
    ("konferenz:7.BspMK", {"1", "2", "3"}, "its session"),
    ("konferenz:8.BspMK", set(), "another session"),
    ("konferenz:IMK konferenz:BspMK", {"1", "2", "3"}, "either"),
    ("an:Bund", {"1", "2"}, "asked of it or of a ministry"),
    ("an:Bundesinnenministerium", {"2"}, "asked of the ministry"),
    ("an:Länder", {"3"}, "asked of the Länder"),
    ("abstimmung:mehrheitlich", {"2"}, "by a majority"),
    ("abstimmung:einstimmig abstimmung:vertagt", {"1", "3"}, "either"),
    ("gesetz:AufenthG", {"2", "3"}, "a law"),
    ('gesetz:"§ 25a AufenthG"', {"2"}, "a section, with whatever of it is cited"),
    ("gesetz:§ 25a Abs. 1 AufenthG", {"2"}, "a part of it"),
    ("gesetz:§ 25a Abs. 2 AufenthG", set(), "another part of it"),
    ("gesetz:§ 25 AufenthG", set(), "another section"),
    ("gesetz:§ 60a", {"3"}, "a section of whatever law"),
    ("gesetz:§ 60", set(), "another section of whatever law"),
    ("thema:wohnen", {"3"}, "filed under a topic"),
    ("thema:siedlung", {"3"}, "filed under a topic below it"),
    ("-thema:siedlung Intelligenz", {"2"}, "not even under a topic below it"),
    ("mit:protokollnotiz", {"1"}, "with a note"),
    ("mit:frist", {"1"}, "with a deadline"),
    ("mit:forderung -mit:frist", {"2", "3"}, "with a demand and without a deadline"),
    ("seit:2026", {"1", "2", "3"}, "from that year on"),
    ("seit:2026-02-12 bis:2026-02", {"1", "2", "3"}, "the day itself counts"),
    ("seit:2026-02-13", {"1", "2", "3"}, "it met until the 13th"),
    ("bis:2026-02-12", {"1", "2", "3"}, "it began on the 12th"),
    ("seit:2026-02-14", set(), "it was over"),
    ("seit:2026-03", set(), "only later"),
    ("bis:2026-02-11", set(), "only earlier"),
    ("Sprachkurse an:Bund notiz:BY seit:2026 -Kinder", {"1"}, "everything together"),
]


def request(text: str) -> Request:
    read = parse(text, VALUES)
    assert isinstance(read, Request), read
    return read


async def subscribe_all(database: Database) -> None:
    """A chat for each case."""
    async with database.begin() as conn:
        for number, (text, _, _) in enumerate(CASES):
            await chats.ensure(conn, f"case:{number}", "Europe/Berlin", NOW)
            await subscriptions.add(conn, f"case:{number}", "topic", str(request(text)), text, "immediate", NOW)


async def told(database: Database, numbers: dict[int, str]) -> dict[str, set[str]]:
    """Of which resolutions each chat was told."""
    async with database.read() as conn:
        messages = await outbox.in_state(conn, "pending")
    heard: dict[str, set[str]] = {}
    for message in messages:
        heard.setdefault(message.chat, set()).add(numbers[message.payload["resolution"]])
    return heard


async def test_looked_up_and_subscribed_to_are_the_same(database: Database, index: SearchIndex) -> None:
    await subscribe_all(database)
    async with database.begin() as conn:
        taken = await take(conn, reading(*ALL, date_end=dt.date(2026, 2, 13)))
    heard = await told(database, {one.id: str(one.number) for one in taken.resolutions})
    async with database.read() as conn:
        for number, (text, expected, reason) in enumerate(CASES):
            query = compile_request(request(text), analyser(), TOPICS)
            page = await search.find(conn, index, query, 10)
            assert {hit.stored.resolution.number for hit in page.items} == expected, f"looked up: {text} ({reason})"
            assert heard.get(f"case:{number}", set()) == expected, f"subscribed to: {text} ({reason})"


def test_every_filter_is_tried() -> None:
    assert {one.name for text, _, _ in CASES for one in request(text).filters} == set(FILTERS)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.title)
def test_every_document_is_found_by_some_case_and_not_by_another(one: Resolution) -> None:
    assert any(one.number in numbers for _, numbers, _ in CASES)
    assert any(one.number not in numbers for _, numbers, _ in CASES)
