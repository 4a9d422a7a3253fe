"""Documents into the store as the program takes them in, with one analyser for all tests (loading it takes a while)."""

from __future__ import annotations

import datetime as dt
from functools import cache

from config.topics import Topic
from feeds.query import Query, compile_query
from feeds.record import Reading
from feeds.words import Analyser
from storage.database import Connection
from storage.intake import Arrival, Taken, take_in
from tests.storage.samples import NOW

TOPICS = (
    Topic("sprachkurse", "Sprachkurse", "Language courses", ("Sprachförderung", "Deutschkurs")),
    Topic("wohnen", "Wohnen", "Housing", ("Wohnraum",), broader="siedlung"),
    Topic("siedlung", "Siedlungswesen", "Settlement"),
)
HERE = "https://bspmk.example/beschluesse.pdf"


@cache
def analyser() -> Analyser:
    return Analyser.load()


async def take(
    conn: Connection,
    reading: Reading,
    address: str = HERE,
    silent: bool = False,
    at: dt.datetime = NOW,
    source: str | None = "bspmk",
) -> Taken:
    return await take_in(conn, Arrival(reading, source, address, at, silent), analyser(), TOPICS)


def query(text: str) -> Query:
    return compile_query(text, analyser(), TOPICS)
