"""The judged queries asked of the running handlers, over a store with the documents that they were judged on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from config.topics import load_topics
from feeds.read import read_document
from feeds.record import Reading
from feeds.words import Analyser
from handlers.reply import Hit, Incoming
from handlers.router import answer
from handlers.services import Services
from tests.corpus.reviewed import FOLDER as CORPUS
from tests.handlers.conftest import fill_store, services_at
from tests.judged.judged import Judged, judged_documents
from tests.seeds import Seeds

NOW = dt.datetime(2026, 3, 6, 9, tzinfo=dt.UTC)
_MOST = 50

Documents = Sequence[tuple[str, Reading]]
"""Each with the name that it has among the grades."""


def seed_documents(seeds: Seeds) -> Documents:
    named = (("", seeds.intmk), ("R", seeds.roadmap), ("A", seeds.alliance))
    return tuple((name, read_document(path.read_bytes(), path.name)) for name, path in named)


def invented_documents() -> Documents:
    paths = (CORPUS / name for name in judged_documents())
    return tuple((f"{path.stem}:", read_document(path.read_bytes(), path.name)) for path in paths)


def numbers(documents: Documents) -> dict[tuple[str, str], str]:
    """What each resolution is called among the grades, by its document's name and its title or number.

    Sections without a number are counted in letters.
    """
    named: dict[tuple[str, str], str] = {}
    for name, reading in documents:
        unnumbered = iter("abcdefgh")
        for one in reading.resolutions:
            number = re.sub(r"\s", "", one.number) if one.number else next(unnumbered)
            named[name, one.name] = f"{name}{number}"
    return named


@asynccontextmanager
async def asking(folder: Path, documents: Documents, url: str | None = None) -> AsyncIterator[Asking]:
    """Take the documents into a new store in that folder, or into the empty one at `url`."""
    analyser, topics = Analyser.load(), load_topics()
    at = url or f"sqlite+aiosqlite:///{folder / 'judged.sqlite'}"
    await fill_store(at, [(f"{name}|", reading) for name, reading in documents], analyser, topics)
    async with services_at(at, folder / "judged.index", analyser, topics) as services:
        await services.index.catch_up()
        yield Asking(services, documents)


class Asking:
    def __init__(self, services: Services, documents: Documents) -> None:
        self._services = services
        self._named = numbers(documents)

    async def found(self, judged: Judged) -> tuple[str, ...]:
        """What /topic finds, as it is called among the grades, best first."""
        reply = await answer(Incoming("console:judged", f"/topic {judged.typed}", NOW, hits=_MOST), self._services)
        return tuple(map(self._called, reply.hits))

    def _called(self, hit: Hit) -> str:
        return self._named[hit.source.removesuffix("|"), hit.number]
