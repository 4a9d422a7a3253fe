"""As many resolutions as one likes, made by recombining the titles and paragraphs of our invented documents."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from config.topics import load_topics
from feeds.as_json import resolution_to_json
from feeds.classify import TopicIndex, classify
from feeds.read import read_document
from feeds.record import Demand, Passage, Publication, Resolution
from feeds.words import Analyser
from storage import changes, documents, tables
from storage.database import Connection, Database
from storage.identity import fingerprint, number_key

NOW = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
_FOLDERS = (Path(__file__).parents[1] / "tests" / "corpus", Path(__file__).parents[1] / "bot" / "demo" / "documents")
_BODIES = ("IntMK", "IMK", "ASMK", "GMK", "UMK", "VMK", "WMK", "AMK")
_IN_DOCUMENT = 40
_FEWEST, _MOST = 3, 8
"""Paragraphs of a resolution."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is recombined: whole resolutions for their heads, and paragraphs with what is demanded in them."""

    heads: tuple[Resolution, ...]
    paragraphs: tuple[tuple[Passage, tuple[Demand, ...]], ...]

    @classmethod
    def load(cls, analyser: Analyser) -> Pieces:
        topics = TopicIndex.of(load_topics(), analyser)
        paths = sorted(path for folder in _FOLDERS for path in folder.iterdir() if path.suffix in (".txt", ".html"))
        readings = (read_document(path.read_bytes(), path.name) for path in paths)
        heads = [
            replace(one, topics=classify(one, topics)) for read in readings for one in read.resolutions if one.text
        ]
        paragraphs = [(passage, _demanded(one, passage)) for one in heads for passage in one.passages]
        return cls(tuple(heads), tuple(paragraphs))

    def resolutions(self, chance: random.Random) -> Iterator[Resolution]:
        """Endless."""
        while True:
            head = chance.choice(self.heads)
            chosen = chance.sample(self.paragraphs, chance.randint(_FEWEST, _MOST))
            yield replace(
                head,
                number=f"{chance.randint(1, 9)}.{chance.randint(1, 40)}",
                passages=tuple(passage for passage, _ in chosen),
                demands=tuple(chain.from_iterable(demands for _, demands in chosen)),
            )


async def fill(database: Database, pieces: Pieces, count: int, seed: int = 1) -> None:
    """Write so many into an empty store, in the way that intake leaves them but many at once."""
    chance = random.Random(seed)
    made = islice(pieces.resolutions(chance), count)
    mark, id = changes.Mark(), 0
    while batch := list(islice(made, _IN_DOCUMENT)):
        async with database.begin() as conn:
            source = publication(chance, id)
            document = await documents.store(conn, source, (), source.source, None, NOW)
            mark = await _write(conn, batch, source, document, id, mark)
        id += len(batch)


async def _write(
    conn: Connection, batch: Sequence[Resolution], publication: Publication, document: int, id: int, mark: changes.Mark
) -> changes.Mark:
    heads: list[dict[str, Any]] = []
    revisions: list[dict[str, Any]] = []
    for position, one in enumerate(batch):
        id += 1
        key, print_ = f"{publication.source}#{position}", fingerprint(one)
        mark = changes.Mark(mark.change + 1, changes.trail_after(mark.trail, id, key, 1, print_))
        heads.append(_head(one, publication, document, id, key, position))
        revisions.append(_revision(one, document, id, print_, mark))
    await conn.execute(sa.insert(tables.resolutions), heads)
    await conn.execute(sa.insert(tables.revisions), revisions)
    await conn.execute(sa.update(tables.last_change).values(change=mark.change, trail=mark.trail))
    return mark


def _head(one: Resolution, publication: Publication, document: int, id: int, key: str, position: int) -> dict[str, Any]:
    return {
        "id": id,
        "natural_key": key,
        "publication_id": document,
        "body": publication.body,
        "session": publication.session,
        "newest_on": publication.date_start,
        "position": position,
        "stored_at": NOW,
        "changed_at": NOW,
        "revision": 1,
        "number": one.number,
        "number_key": number_key(one.number or ""),
        "title": one.title,
        "vote": one.vote,
        "outcome": one.outcome,
        "needs_review": False,
    }


def _revision(one: Resolution, document: int, id: int, print_: str, mark: changes.Mark) -> dict[str, Any]:
    return {
        "resolution_id": id,
        "revision": 1,
        "publication_id": document,
        "fingerprint": print_,
        "record": resolution_to_json(one),
        "stored_at": NOW,
        "change": mark.change,
        "trail": mark.trail,
    }


def publication(chance: random.Random, number: int) -> Publication:
    """A collection of one of the conferences, on a day of the last twenty years."""
    day = dt.date(2006, 1, 1) + dt.timedelta(days=chance.randrange(7600))
    source = f"https://bspmk.example/{number}.pdf"
    return Publication(
        source=source,
        kind="resolutions",
        title=f"Beschlüsse {number}",
        body=chance.choice(_BODIES),
        session=1 + number // _IN_DOCUMENT % 120,
        date_start=day,
        date_end=day,
        sha256=hashlib.sha256(source.encode()).hexdigest(),
    )


def _demanded(one: Resolution, passage: Passage) -> tuple[Demand, ...]:
    return tuple(demand for demand in one.demands if demand.text in passage.text)
